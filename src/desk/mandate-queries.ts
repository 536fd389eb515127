import type { Reader } from '../database.ts'
import { monthsAfter } from '../dates.ts'
import { expiringMonths } from '../patents/upkeep.ts'
import type { Bilingual } from '../shapes.ts'

/** The desk names this many of those who are waited for; more are in the list of declarations. */
const awaitedShownMax = 5

export type Portfolio = {
  /** Patents that it holds today. */
  enrolled: number
  /** Open under a declaration today. */
  open: number
  /** In a declaration that waits for a co-owner. */
  blocked: number
  /** Living ones whose recorded or estimated end comes within a year. */
  expiring: number
  /** Whom the declarations wait for, longest first; the organisation itself is not among them. */
  awaited: readonly { name: Bilingual; patents: number; since: string }[]
  /** Declarations that wait for its own answer. */
  asked: number
  askedSince?: string
}

/** The state of several organisations’ portfolios side by side, by id. Three statements however many they are. */
export async function portfoliosOf(
  read: Reader,
  organisationIds: readonly string[],
  on: string,
): Promise<Map<string, Portfolio>> {
  const ids = JSON.stringify(organisationIds)
  const [counted, awaited, asked] = await Promise.all([
    read.rows(countPatents, [ids, on, monthsAfter(on, expiringMonths)]),
    read.rows(findAwaited, [ids, on, awaitedShownMax]),
    read.rows(countAsked, [ids]),
  ])
  const questions = new Map(asked.map(([id, count, since]) => [String(id), { count: Number(count), since }]))
  return new Map(
    counted.map(([id, enrolled, open, blocked, expiring]) => {
      const own = questions.get(String(id))
      return [
        String(id),
        {
          enrolled: Number(enrolled),
          open: Number(open ?? 0),
          blocked: Number(blocked ?? 0),
          expiring: Number(expiring ?? 0),
          awaited: awaited
            .filter(([principalId]) => principalId === id)
            .map(([, ja, en, patents, since]) => ({
              name: { ja: String(ja), en: String(en) },
              patents: Number(patents),
              since: String(since),
            })),
          asked: own?.count ?? 0,
          ...(own ? { askedSince: String(own.since) } : {}),
        },
      ]
    }),
  )
}

/** Patents that organisation `a.id` of the list `?1` holds on the day `?2`. */
const held = `select distinct a.value as id, h.patent_id from json_each(?1) a
  join patent_holders h on h.organisation_id = a.value
  and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2)`

/** `open` as the list of patents has it; the end as the facts of a patent have it, before `?3`. */
const countPatents = `with held as (${held})
  select a.value, count(h.patent_id),
    sum(exists (select 1 from declaration_patents dp join declarations d on d.id = dp.declaration_id
      where dp.patent_id = h.patent_id and d.state in ('in_force', 'withdrawn') and d.in_force_on <= ?2 and d.from_on <= ?2
      and (d.closed_on is null or d.closed_on > ?2) and (d.until_on is null or d.until_on >= ?2))),
    sum(exists (select 1 from declaration_patents dp join declarations d on d.id = dp.declaration_id
      where dp.patent_id = h.patent_id and d.state = 'awaiting_consent')),
    sum(coalesce(p.expires_on, date(p.filed_on, '+20 years')) between ?2 and ?3
      and coalesce((select s.value from patent_statuses s where s.patent_id = p.id and s.valid_from <= ?2
        order by s.valid_from desc, s.sequence desc limit 1), 'unknown') in ('pending', 'granted', 'unknown'))
  from json_each(?1) a left join held h on h.id = a.value left join patents p on p.id = h.patent_id group by a.value`

const findAwaited = `with held as (${held}),
  asked as (select h.id, c.organisation_id, count(distinct h.patent_id) as patents,
      min(coalesce(c.asked_at, d.created_at)) as since
    from held h join declaration_patents dp on dp.patent_id = h.patent_id
    join declarations d on d.id = dp.declaration_id and d.state = 'awaiting_consent'
    join consents c on c.declaration_id = d.id and c.answer <> 'given' and c.organisation_id <> h.id
    group by h.id, c.organisation_id),
  ranked as (select asked.*, row_number() over (partition by id order by since, organisation_id) as place from asked)
  select r.id, o.name_ja, o.name_en, r.patents, r.since from ranked r join organisations o on o.id = r.organisation_id
  where r.place <= ?3 order by r.id, r.place`

const countAsked = `select c.organisation_id, count(*), min(coalesce(c.asked_at, d.created_at))
  from consents c join declarations d on d.id = c.declaration_id
  where c.organisation_id in (select value from json_each(?1)) and c.answer = 'pending' and d.state = 'awaiting_consent'
  group by c.organisation_id`

/** How many questions wait for the answer of one for whom the agent may consent on that day. */
export async function countAskedOfPrincipals(read: Reader, agentId: string, on: string): Promise<number> {
  const [row] = await read.rows(
    `select count(*) from consents c join declarations d on d.id = c.declaration_id and d.state = 'awaiting_consent'
     where c.answer = 'pending' and c.organisation_id in (
       select m.principal_id from mandates m join organisations o on o.id = m.principal_id and o.state = 'approved'
       where m.agent_id = ?1 and m.ended_at is null and m.from_on <= ?2 and (m.until_on is null or m.until_on >= ?2)
       and exists (select 1 from json_each(m.scope) where value = 'consent'))`,
    [agentId, on],
  )
  return Number(row?.[0] ?? 0)
}
