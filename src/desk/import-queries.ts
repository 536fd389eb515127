import type { Reader } from '../database.ts'
import type { Bilingual } from '../shapes.ts'

export type ImportBy = { person?: string; machine?: true; organisation: Bilingual }

/** Who started or confirmed each import, and for which holder it is. */
export async function findWho(read: Reader, importIds: readonly string[]): Promise<Map<string, ImportBy>> {
  const rows = await read.rows(
    `select i.id, i.by_kind, p.name, o.name_ja, o.name_en from imports i
     join organisations o on o.id = i.organisation_id
     left join people p on i.by_kind = 'person' and p.id = i.by_id
     where i.id in (select value from json_each(?))`,
    [JSON.stringify(importIds)],
  )
  return new Map(
    rows.map(([id, kind, person, ja, en]) => [
      String(id),
      {
        ...(person === null ? {} : { person: String(person) }),
        ...(kind === 'member' ? { machine: true as const } : {}),
        organisation: { ja: String(ja), en: String(en) },
      },
    ]),
  )
}

/** Imports that rest until an officer of the organisation does something. */
export async function countImportsToDo(read: Reader, organisationId: string): Promise<number> {
  const [row] = await read.rows(
    `select count(*) from imports where state in ('needs_mapping', 'previewed')
     and (organisation_id = ?1 or by_organisation_id = ?1)`,
    [organisationId],
  )
  return Number(row?.[0] ?? 0)
}

export type WorldLine = {
  line: number
  world: 'granted' | 'ended' | 'transferred'
  declared: boolean
  number: string
  title: { ja?: string; en?: string }
}

/** Rows of the import that tell what became of a right. */
export async function listWorld(read: Reader, importId: string, limit: number): Promise<WorldLine[]> {
  const rows = await read.rows(
    `select r.line, r.world, r.declared, p.number, p.title_ja, p.title_en from import_rows r
     join patents p on p.id = r.patent_id
     where r.import_id = ? and r.result = 'changed' and r.world in ('granted', 'ended', 'transferred')
     order by r.world, r.position limit ?`,
    [importId, limit],
  )
  return rows.map(([line, world, declared, number, ja, en]) => ({
    line: Number(line),
    world: world === 'granted' || world === 'ended' ? world : 'transferred',
    declared: Number(declared) === 1,
    number: String(number),
    title: { ...(ja === null ? {} : { ja: String(ja) }), ...(en === null ? {} : { en: String(en) }) },
  }))
}
