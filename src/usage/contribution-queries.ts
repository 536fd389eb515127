import type { Reader } from '../database.ts'
import { readCells } from '../patents/cell-queries.ts'

export type Opened = {
  /** Patents that it holds, and of them those open to research today. */
  patents: number
  open: number
  /** Of the open ones, by terms; one open under two terms is in both. */
  terms: { terms: string; patents: number }[]
  /** Patents in declarations of its own or to which it consented, by the year in which they came into force. */
  years: { year: number; terms: string; patents: number }[]
}

/** What an organisation gave, from the counters of the maps and its declarations. */
export async function readOpened(read: Reader, organisationId: string): Promise<Opened> {
  const [total, byTerms, years] = await Promise.all([
    readCells(read, 'holder', { holder: [organisationId] }),
    readCells(read, 'terms,holder', { holder: [organisationId] }),
    read.rows(
      `select substr(d.in_force_on, 1, 4), d.terms_id, count(distinct dp.patent_id) from declarations d
       join declaration_patents dp on dp.declaration_id = d.id
       where d.in_force_on is not null and (d.organisation_id = ?1
         or d.id in (select declaration_id from consents where organisation_id = ?1 and answer = 'given'))
       and exists (select 1 from patent_holders h where h.patent_id = dp.patent_id and h.organisation_id = ?1)
       group by 1, 2 order by 1 desc, 2`,
      [organisationId],
    ),
  ])
  return {
    patents: total[0]?.patents ?? 0,
    open: total[0]?.open ?? 0,
    terms: byTerms
      .flatMap(({ values: [terms], open }) => (terms && open > 0 ? [{ terms, patents: open }] : []))
      .sort((a, b) => b.patents - a.patents || a.terms.localeCompare(b.terms)),
    years: years.map(([year, terms, patents]) => ({
      year: Number(year),
      terms: String(terms),
      patents: Number(patents),
    })),
  }
}
