import { allAsked } from '../patents/facts.ts'

/**
 * SQL for `map_members`: the values of a patent on a day, and until when they hold. `open` is said as in
 * `patents/facts.ts`: a right in force, a holder, no exclusive licence in the way, a declaration in force, and no holder
 * that is suspended or has left.
 */
export const memberColumns = 'patent_id, body, open, status, filed_on, as_of, changes_on'

/** One row for each patent `p` of `from`, as of the day that the expression `on` gives. */
export function members(from: string, on: string): string {
  return `with ${judged(from, on)} select m.id, ${body(on)}, m.open, m.status, m.filed_on, ${on}, ${changesOn(on)} from judged m`
}

/** Ids of patents `p` of `from` whose row is not what the records say for the day it was made for. */
export function membersAstray(from: string): string {
  const stored = ['body', 'open', 'status', 'filed_on', 'changes_on'].map((column) => `k.${column} as stored_${column}`)
  const kept = `${from} left join map_members k on k.patent_id = p.id where p.id not in (select patent_id from map_due)`
  return `with ${judged(kept, 'as_of', `, k.as_of, ${stored.join(', ')}`)}
    select m.id from judged m where m.as_of is null or m.stored_body is not ${body('as_of')}
    or m.stored_open is not m.open or m.stored_status is not m.status or m.stored_filed_on is not m.filed_on
    or m.stored_changes_on is not ${changesOn('as_of')}`
}

const alive = `('pending', 'granted', 'unknown')`

/** Materialized step by step: what is used twice is found once. */
function judged(from: string, on: string, more = ''): string {
  return `found as materialized (select p.id, p.office, p.expires_on, coalesce(p.filed_on, '') as filed_on, ${statusOn(on)} as status,
      case ${['ipc', 'fi'].map((scheme) => `when exists (select 1 from patent_classes c where c.patent_id = p.id and c.scheme = '${scheme}') then '${scheme}'`).join(' ')} else 'cpc' end as scheme${more} from ${from}),
    judged as materialized (select s.*, (s.status in ${alive}
      and exists (select 1 from declaration_patents dp join declarations d on d.id = dp.declaration_id
        where dp.patent_id = s.id and ${inForce(on)})
      and exists (select 1 from patent_holders h where h.patent_id = s.id and ${held('h', on)})
      and not exists (select 1 from patent_encumbrances e where e.patent_id = s.id and e.kind = 'exclusive_licence'
        and not e.research_reserved and ${held('e', on)})
      and not exists (select 1 from patent_holders h join organisation_suspensions u on u.organisation_id = h.organisation_id
        where h.patent_id = s.id and ${held('h', on)} and u.from_on <= ${on} and (u.until_on is null or u.until_on > ${on}))) as open
    from found s)`
}

/** As `statusOn` of `patents/facts.ts`. */
function statusOn(on: string): string {
  const last = `coalesce((select v.value from patent_statuses v where v.patent_id = p.id and v.valid_from <= ${on}
    order by v.valid_from desc, v.sequence desc limit 1), 'unknown')`
  return `case when p.expires_on < ${on} and ${last} in ${alive} then 'expired' else ${last} end`
}

function held(alias: string, on: string): string {
  return `(${alias}.from_on is null or ${alias}.from_on <= ${on}) and (${alias}.until_on is null or ${alias}.until_on >= ${on})`
}

/** As `openDeclarations` of `patents/facts.ts`. */
function inForce(on: string): string {
  return `d.state in ('in_force', 'withdrawn') and d.in_force_on <= ${on} and d.from_on <= ${on}
    and (d.closed_on is null or d.closed_on > ${on}) and (d.until_on is null or d.until_on >= ${on})
    and ${allAsked}`
}

/** A list of values for each of `counted` of `patents/cells.ts`, in its order. */
function body(on: string): string {
  const symbols = (value: string) =>
    listOf(`distinct ${value}`, `patent_classes c where c.patent_id = m.id and c.scheme = m.scheme and ${value} <> ''`)
  const holders = `patent_holders h where h.patent_id = m.id and ${held('h', on)}`
  return `json_array(
    json_array(json_array(m.office, m.status, iif(m.open, ${listOf(
      'distinct d.terms_id',
      `declaration_patents dp cross join declarations d on d.id = dp.declaration_id where dp.patent_id = m.id and ${inForce(on)}`,
    )}, json('[""]')), ${listOf('distinct o.kind', holders.replace(' where', ' cross join organisations o on o.id = h.organisation_id where'))})),
    ${symbols('substr(c.symbol, 1, 1)')},
    ${listOf('f.field', 'patent_fields f where f.patent_id = m.id', '[0]')},
    json_array(iif(m.filed_on >= '1000', cast(substr(m.filed_on, 1, 4) as integer), 0)),
    ${symbols('substr(c.symbol, 1, 3)')},
    ${symbols('substr(c.symbol, 1, 4)')},
    ${symbols(`substr(c.symbol, 1, max(instr(c.symbol, '/') - 1, 0))`)},
    ${listOf('distinct h.organisation_id', holders)})`
}

/** Values as JSON, in the order of the index that finds them, or else what stands for none. */
function listOf(value: string, from: string, none = '[""]'): string {
  return `json(coalesce(nullif((select json_group_array(${value}) from ${from}), '[]'), '${none}'))`
}

/** Later than every day. */
const never = `'~'`

/** The first day after `on` on which a date of the record begins or ceases to hold. */
function changesOn(on: string): string {
  const begins = (day: string) => `iif(${day} > ${on}, ${day}, ${never})`
  const ceases = (day: string) => `iif(${day} >= ${on}, date(${day}, '+1 day'), ${never})`
  const first = (days: readonly string[], from: string) =>
    `coalesce((select min(min(${[...days, never].join(', ')})) from ${from}), ${never})`
  const parts = [
    first([begins('v.valid_from')], 'patent_statuses v where v.patent_id = m.id'),
    ceases('m.expires_on'),
    first([begins('h.from_on'), ceases('h.until_on')], 'patent_holders h where h.patent_id = m.id'),
    first(
      [begins('u.from_on'), begins('u.until_on')],
      `patent_holders h join organisation_suspensions u on u.organisation_id = h.organisation_id where h.patent_id = m.id`,
    ),
    first([begins('e.from_on'), ceases('e.until_on')], 'patent_encumbrances e where e.patent_id = m.id'),
    first(
      [begins('d.in_force_on'), begins('d.from_on'), ceases('d.until_on'), begins('d.closed_on')],
      `declaration_patents dp join declarations d on d.id = dp.declaration_id
       where dp.patent_id = m.id and d.state in ('in_force', 'withdrawn')`,
    ),
  ]
  return `nullif(min(${parts.join(', ')}), ${never})`
}
