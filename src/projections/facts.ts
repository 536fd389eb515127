import type { Reader, Statement } from '../database.ts'

/**
 * `facts`: one JSON row a patent in the shape that `policies/decide.ts` reads, so that a check is one point read. It
 * holds valid time (dates and intervals), so one row answers for any day. Family members are named in each other's
 * facts, so touching one touches its family, before and after the change.
 */
export function factsBefore(patentIds: readonly string[]): Statement[] {
  if (patentIds.length === 0) return []
  return [touch(patentIds), touchFamilies]
}

export function factsAfter(patentIds: readonly string[]): Statement[] {
  if (patentIds.length === 0) return []
  return [
    touch(patentIds),
    touchFamilies,
    {
      sql: `insert or replace into facts (patent_id, body)
            select p.id, ${body} from patents p where p.id in (select patent_id from touched_patents)`,
      args: [],
    },
  ]
}

/** Last of all that is derived. */
export const clearTouched: Statement = { sql: 'delete from touched_patents', args: [] }

/** Recomputes every row. */
export function rebuildFacts(): Statement[] {
  return [{ sql: `insert or replace into facts (patent_id, body) select p.id, ${body} from patents p`, args: [] }]
}

/** Patents whose stored facts differ from what their records say; empty when all is well. */
export async function factsAstray(read: Reader): Promise<string[]> {
  const rows = await read.rows(
    `select p.id from patents p left join facts f on f.patent_id = p.id where f.body is not ${body}
     union all select patent_id from facts where patent_id not in (select id from patents)
     union all select patent_id from touched_patents`,
    [],
  )
  return rows.map(([id]) => String(id))
}

export function touch(patentIds: readonly string[]): Statement {
  return {
    sql: 'insert or ignore into touched_patents (patent_id) select value from json_each(?)',
    args: [JSON.stringify(patentIds)],
  }
}

const touchFamilies: Statement = {
  sql: `insert or ignore into touched_patents (patent_id)
        select member.id from touched_patents t
        join patents p on p.id = t.patent_id join patents member on member.family = p.family`,
  args: [],
}

/**
 * `json_patch('{}', …)` leaves out what is null: an absent member means "not known". Rows are put in order in a subquery,
 * for libsql-server does not read `order by` within an aggregate; `json(…)` says again that they are JSON.
 */
const body = `json_patch('{}', json_object(
  'patentId', p.id,
  'version', p.version,
  'number', p.number,
  'office', p.office,
  'title', json_patch('{}', json_object('ja', p.title_ja, 'en', p.title_en)),
  'filedOn', p.filed_on,
  'grantedOn', p.granted_on,
  'end', case
    when p.expires_on is not null then json_object(
      'on', p.expires_on, 'estimated', json('false'), 'source', p.expires_source, 'seenOn', p.expires_seen_on)
    when date(p.filed_on, '+20 years') is not null then json_object(
      'on', date(p.filed_on, '+20 years'), 'estimated', json('true'),
      'source', 'estimate: 20 years after filing', 'seenOn', p.filed_on)
    end,
  'statuses', ${listOf(`select json_object(
      'value', s.value, 'on', s.valid_from, 'source', s.source, 'seenOn', s.seen_on) as line
    from patent_statuses s where s.patent_id = p.id order by s.valid_from, s.sequence`)},
  'holders', ${listOf(`select json_patch('{}', json_object(
      'id', o.id, 'name', json_object('ja', o.name_ja, 'en', o.name_en), 'from', h.from_on, 'until', h.until_on)) as line
    from patent_holders h join organisations o on o.id = h.organisation_id
    where h.patent_id = p.id order by h.position`)},
  'encumbrances', ${listOf(`select json_patch('{}', json_object(
      'kind', e.kind, 'researchReserved', json(iif(e.research_reserved, 'true', 'false')),
      'from', e.from_on, 'until', e.until_on)) as line
    from patent_encumbrances e where e.patent_id = p.id order by e.position`)},
  'declarations', ${listOf(`select json_patch('{}', json_object(
      'id', d.id, 'version', d.version, 'termsId', d.terms_id, 'termsSha256', d.terms_sha256, 'state', d.state,
      'from', d.from_on, 'until', d.until_on, 'inForceFrom', d.in_force_on, 'withdrawnOn', d.closed_on,
      'awaiting', ${listOf(`select json_object(
          'id', c.organisation_id, 'name', json_object('ja', co.name_ja, 'en', co.name_en)) as line
        from consents c join organisations co on co.id = c.organisation_id
        where c.declaration_id = d.id and c.answer <> 'given' order by co.id`)},
      'parties', ${listOf(`select json_quote(id) as line from (select d.organisation_id as id
        union select organisation_id from consents where declaration_id = d.id and answer = 'given') order by id`)})) as line
    from declaration_patents dp join declarations d on d.id = dp.declaration_id
    where dp.patent_id = p.id and d.state <> 'draft' order by d.created_at, d.id`)},
  'family', ${listOf(`select json_object('number', m.number, 'office', m.office) as line
    from patents m where m.family = p.family and m.id <> p.id order by m.number`)}
))`

function listOf(lines: string): string {
  return `json((select coalesce(json_group_array(json(line)), '[]') from (${lines})))`
}
