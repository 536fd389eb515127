import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import { known } from '../../shapes.ts'
import { addressOf, itemsPerRecordMax, type RelatedInput, type RelatedItem, relatedKind } from './related-item.ts'

const { relatedItems: table, organisations } = schema

/** What the items go with: a patent or an area. */
export type Related = { patentId: string } | { areaId: string }

export async function listRelated(read: Reader, to: Related): Promise<RelatedItem[]> {
  const rows = await selectRelated(read, of(to)).orderBy(asc(table.kind), asc(table.id)).limit(itemsPerRecordMax)
  return rows.map(toItem)
}

export async function findRelated(
  read: Reader,
  id: string,
): Promise<{ item: RelatedItem; patentId: string | null; areaId: string | null } | undefined> {
  const [row] = await selectRelated(read, eq(table.id, id))
  return row && { item: toItem(row), patentId: row.item.patentId, areaId: row.item.areaId }
}

/** How many there are, and whether the same DOI or address is among them. */
export async function countRelated(
  read: Reader,
  to: Related,
  { doi, url }: Pick<RelatedInput, 'doi' | 'url'>,
): Promise<{ items: number; same: string | undefined }> {
  const [row] = await read
    .select({
      items: sql<number>`count(*)`,
      same: sql<
        string | null
      >`max(case when ${table.doi} = ${doi ?? null} or ${table.url} = ${url ?? null} then ${table.id} end)`,
    })
    .from(table)
    .where(of(to))
  return { items: Number(row?.items ?? 0), same: row?.same ?? undefined }
}

export function insertRelated(
  id: string,
  to: Related,
  { kind, title, note, doi, url }: RelatedInput,
  organisationId: string | undefined,
  at: string,
): Statement {
  return statement(
    build.insert(table).values({
      id,
      ...to,
      kind,
      titleJa: title.ja ?? null,
      titleEn: title.en ?? null,
      noteJa: note?.ja ?? null,
      noteEn: note?.en ?? null,
      doi: doi ?? null,
      url: url ?? null,
      organisationId: organisationId ?? null,
      addedAt: at,
    }),
  )
}

export function deleteRelated(id: string): Statement {
  return statement(build.delete(table).where(eq(table.id, id)), 'related item')
}

function of(to: Related): SQL {
  return 'patentId' in to ? eq(table.patentId, to.patentId) : eq(table.areaId, to.areaId)
}

function selectRelated(read: Reader, where: SQL | undefined) {
  return read
    .select({
      item: table,
      organisation: { id: organisations.id, ja: organisations.nameJa, en: organisations.nameEn },
    })
    .from(table)
    .leftJoin(organisations, eq(organisations.id, table.organisationId))
    .where(and(where))
    .$dynamic()
}

function toItem({ item, organisation }: Awaited<ReturnType<typeof selectRelated>>[number]): RelatedItem {
  const note = known({ ja: item.noteJa, en: item.noteEn })
  const links = known({ doi: item.doi, url: item.url })
  return {
    id: item.id,
    kind: relatedKind.parse(item.kind),
    title: known({ ja: item.titleJa, en: item.titleEn }),
    ...links,
    ...known({
      note: note.ja === undefined && note.en === undefined ? undefined : note,
      address: addressOf(links),
      by:
        organisation === null ? undefined : { id: organisation.id, name: { ja: organisation.ja, en: organisation.en } },
    }),
    addedAt: item.addedAt,
  }
}
