import { type Database, DatabaseError, type Reader, type Row, type Statement } from '../database.ts'
import { bounded } from '../kept.ts'
import { titleOf } from '../patents/classification/titles.ts'
import { documentId, fieldToken, holderToken, officeToken, symbolTokens } from '../patents/search/match.ts'
import { tokensOf } from '../patents/search/tokens.ts'

/** Documents made at once: a batch during which no reader waits for long. A thread of its own may take more. */
const documentsPerBatchMax = 100
/** Right after a write: more than these are left to scheduled work. */
const documentsAfterWriteMax = 500

/**
 * `search_text`: words need code, so a write only says which patents are due (in its own batch), and the document is made
 * right after it. What a crash leaves, and what is too much at once, scheduled work makes; until then a search finds what
 * the patent was before.
 * @param also patents whose words changed though their record did not, as those of an item related to them
 */
export function searchAfter(also: readonly string[]): Statement[] {
  return [
    {
      sql: `insert or replace into search_due (patent_id, mark)
            select p.id, abs(random() % 1125899906842624) from touched_patents t cross join patents p on p.id = t.patent_id
            left join search_documents s on s.patent_id = p.id where s.stamp is not ${stamp}`,
      args: [],
    },
    ...(also.length === 0
      ? []
      : [
          {
            sql: `insert or replace into search_due (patent_id, mark) select value, abs(random() % 1125899906842624) from json_each(?)`,
            args: [JSON.stringify(also)],
          },
        ]),
  ]
}

/** Everything is due. */
export function rebuildSearch(): Statement[] {
  return [
    {
      sql: 'insert or replace into search_due (patent_id, mark) select id, abs(random() % 1125899906842624) from patents',
      args: [],
    },
  ]
}

/** Makes what is due right after a write. The write stands whatever becomes of this. */
export async function indexAfterWrite(db: Database): Promise<void> {
  try {
    await indexDue(db, documentsAfterWriteMax)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
  }
}

/**
 * Makes up to so many documents that are due, newest writes and oldest alike. Two processes do not hurt: the second finds the
 * counter moved on and leaves the rest to the next turn.
 * @param atOnce documents in one batch: many cost less each, and hold the database longer
 * @returns how many were made
 */
export async function indexDue(db: Database, max: number, atOnce: number = documentsPerBatchMax): Promise<number> {
  let made = 0
  while (made < max) {
    const [rows, [progress]] = await Promise.all([
      db.read.rows(documents, [Math.min(atOnce, max - made)]),
      db.read.rows(`select at from projection_progress where name = 'search'`, []),
    ])
    if (rows.length === 0) break
    try {
      await db.write(put(rows, Number(progress?.[0] ?? 0)))
    } catch (error) {
      if (error instanceof DatabaseError && (error.fault === 'stale' || error.fault === 'busy')) break
      throw error
    }
    made += rows.length
  }
  return made
}

/** Patents without a document of their present record that are not due either, and documents of none. */
export async function searchAstray(read: Reader): Promise<string[]> {
  const rows = await read.rows(
    `select 'patent ' || p.id || ' is not in the search index' from patents p
     left join search_documents s on s.patent_id = p.id
     where (s.id is null or s.stamp not like p.version || ':%') and p.id not in (select patent_id from search_due)
     union all select 'the search document ' || id || ' is of no patent' from search_documents where patent_id not in (select id from patents)
     union all select 'the search document ' || s.id || ' has no words' from search_documents s
       where s.id not in (select id from search_text_docsize)
     union all select 'words of no document ' || id from search_text_docsize where id not in (select id from search_documents)`,
    [],
  )
  return rows.map(([what]) => String(what))
}

/** Versions of what the words are taken from. */
const stamp = `(p.version || ':' || coalesce((select sum(o.version) from patent_holders h
  join organisations o on o.id = h.organisation_id where h.patent_id = p.id), 0))`

const documents = `select d.patent_id, d.mark, ${stamp} as stamp, p.filed_on, p.office,
    coalesce(p.title_ja, '') || ' ' || coalesce(p.title_en, ''),
    (select json_group_array(name) from (select o.name_ja || ' ' || o.name_en as name from patent_holders h
       join organisations o on o.id = h.organisation_id where h.patent_id = p.id order by h.position)),
    (select json_group_array(name || ' ' || coalesce(romanised, '')) from patent_inventors i where i.patent_id = p.id),
    (select json_group_array(docdb) from patent_numbers n where n.patent_id = p.id),
    (select json_group_array(symbol) from patent_classes c where c.patent_id = p.id),
    (select json_group_array(field) from patent_fields f where f.patent_id = p.id),
    (select json_group_array(organisation_id) from patent_holders h where h.patent_id = p.id),
    (select json_group_array(coalesce(title_ja, '') || ' ' || coalesce(title_en, '') || ' ' || coalesce(doi, ''))
       from related_items r where r.patent_id = p.id)
  from search_due d left join patents p on p.id = d.patent_id limit ?`

type Document = {
  id: number
  patent: string
  mark: string
  stamp: string
  title: string
  names: string
  numbers: string
  classes: string
  related: string
  filters: string
}

function put(rows: readonly Row[], given: number): Statement[] {
  const list = JSON.stringify(rows.map((row, i) => documentOf(row, given + i)))
  const these = `in (select value ->> 'patent' from json_each(?))`
  return [
    {
      sql: `insert into projection_progress (name, at) values ('search', ?1)
            on conflict (name) do update set at = excluded.at where cast(at as integer) = ?2`,
      args: [String(given + rows.length), given],
    },
    { sql: `insert into guard select changes() = 1, 'search'`, args: [] },
    {
      sql: `delete from search_text where rowid in (select id from search_documents where patent_id ${these})`,
      args: [list],
    },
    { sql: `delete from search_documents where patent_id ${these}`, args: [list] },
    {
      sql: `insert into search_documents (id, patent_id, stamp)
            select value ->> 'id', value ->> 'patent', value ->> 'stamp' from json_each(?) where value ->> 'stamp' <> ''`,
      args: [list],
    },
    {
      sql: `insert into search_text (rowid, title, names, numbers, classes, related, filters)
            select value ->> 'id', value ->> 'title', value ->> 'names', value ->> 'numbers', value ->> 'classes',
              value ->> 'related', value ->> 'filters' from json_each(?) where value ->> 'stamp' <> ''`,
      args: [list],
    },
    {
      sql: `delete from search_due where rowid in (select d.rowid from json_each(?) j cross join search_due d
            on d.patent_id = j.value ->> 'patent' and d.mark = cast(j.value ->> 'mark' as integer))`,
      args: [list],
    },
  ]
}

function documentOf(row: Row, sequence: number): Document {
  const [
    patent,
    mark,
    stamp,
    filedOn,
    office,
    title,
    holders,
    inventors,
    numbers,
    symbols,
    fields,
    holderIds,
    related,
  ] = row
  const classes = texts(symbols)
  return {
    id: documentId(filedOn === null ? '' : String(filedOn), sequence),
    patent: String(patent),
    mark: String(mark),
    // A patent that is no more (of an import taken back, say) only leaves the index.
    stamp: stamp === null ? '' : String(stamp),
    title: words(title),
    names: [...texts(holders).map(wordsOfHolder), ...texts(inventors).map(words)].join(' '),
    numbers: words(texts(numbers).flatMap(spellings).join(' ')),
    classes: [...classes.map(wordsOfSymbol), ...levelsOf(classes).map(wordsOfTitle)].join(' '),
    related: words(texts(related).join(' ')),
    filters: [
      ...texts(fields).map((field) => fieldToken(Number(field))),
      ...new Set(classes.flatMap(tokensOfSymbol)),
      ...texts(holderIds).map(holderToken),
      ...(typeof office === 'string' ? [officeToken(office)] : []),
    ].join(' '),
  }
}

/** `JP-2015253457-A` is found by the number alone, too. */
function spellings(docdb: string): string[] {
  return [docdb, docdb.replaceAll('-', '')]
}

/** Subclasses and main groups: their titles say what patents are about though their own words do not. */
function levelsOf(symbols: readonly string[]): string[] {
  return [...new Set(symbols.flatMap((symbol) => [symbol.slice(0, 4), symbol.split('/')[0] ?? '']))]
}

/** Words of a title, in both languages; those of a wider class stand there already. */
const wordsOfTitle = keptBy(5000, (level: string): string => {
  const found = titleOf(level)
  return found?.of === level ? words(`${found.title.ja} ${found.title.en}`) : ''
})
/** The same symbols and holders come again and again. */
const wordsOfSymbol = keptBy(5000, words)
const tokensOfSymbol = keptBy(5000, symbolTokens)
const wordsOfHolder = keptBy(1000, words)

function keptBy<Value>(valuesMax: number, make: (text: string) => Value): (text: string) => Value {
  const kept = bounded<string, Value>(valuesMax)
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const made = make(text)
    kept.set(text, made)
    return made
  }
}

function words(text: unknown): string {
  return tokensOf(String(text)).join(' ')
}

function texts(json: unknown): string[] {
  const list: unknown = JSON.parse(String(json ?? '[]'))
  return Array.isArray(list) ? list.map(String) : []
}
