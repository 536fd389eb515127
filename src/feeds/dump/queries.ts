import type { Reader, Statement } from '../../database.ts'
import type { DumpHead } from './format.ts'
import { type Column, type List, type Part, parts, withheldOrganisation } from './parts.ts'

/** A page of records as JSON texts, behind `after`. Members that are null are left out. */
export async function readPart(
  read: Reader,
  part: Part,
  after: string | number | undefined,
): Promise<{ key: string | number; text: string }[]> {
  const rows = await read.rows(
    `select t.${part.key}, ${recordOf(part)} from ${part.table} t ${part.join ?? ''}
     where t.${part.key} > ? ${part.where === undefined ? '' : `and ${part.where}`} order by t.${part.key} limit ?`,
    [after ?? (part.numbered ? -1 : ''), part.rowsPerRead],
  )
  return rows.map(([key, text]) => ({ key: part.numbered ? Number(key) : String(key), text: String(text) }))
}

/** The records of these patents, in the same form, by id. */
export async function readPatents(read: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const part = parts.find(({ kind }) => kind === 'patent')
  if (!part) throw new Error('there is no part of patents')
  const rows = await read.rows(`select t.id, ${recordOf(part)} from json_each(?) j join patents t on t.id = j.value`, [
    JSON.stringify(ids),
  ])
  return new Map(rows.map(([id, text]) => [String(id), String(text)]))
}

/** `json_patch('{}', …)` leaves out what is null; JSON that a column holds is kept from it as a list of its own. */
function recordOf(part: Part): string {
  const members = [
    `'kind', '${part.kind}'`,
    ...part.columns.map((column) => memberOf(column, 't')),
    ...part.lists.map((one) => `'${one.member}', ${listOf(one, part.key)}`),
  ]
  return `json_patch('{}', json_object(${members.join(', ')}))`
}

function listOf({ table, owner, columns, order }: List, key: string): string {
  const members = columns.map((column) => memberOf(column, 'l')).join(', ')
  return `json((select coalesce(json_group_array(json(line)), '[]') from (
    select json_patch('{}', json_object(${members})) as line from ${table} l where l.${owner} = t.${key} order by ${order})))`
}

/** A column that is itself `kind` goes by another name: `kind` says which record it is. */
function memberOf({ member, column, sql, json }: Column, alias: 't' | 'l'): string {
  const value = sql ?? `${alias}.${column}`
  return `'${alias === 't' && member === 'kind' ? kindMember : member}', ${json ? `json(${value})` : value}`
}

const kindMember = 'type'

/** Puts records back, each into its tables; `lines` is a JSON array of records of that part. */
export function insertPart(part: Part, lines: string): Statement[] {
  const own = [...part.columns, ...(part.derived ?? [])]
  const filled = Object.entries(part.filled ?? {})
  return [
    {
      sql: `insert into ${part.table} (${[...own.map(({ column }) => column), ...filled.map(([name]) => name)].join(', ')})
            select ${[...own.map((column) => readOf(column, 'j', true)), ...filled.map(() => '?')].join(', ')}
            from json_each(?) j order by j.key`,
      args: [...filled.map(([, value]) => value), lines],
    },
    ...part.lists.map((one) => insertList(part, one, lines)),
  ]
}

function insertList(
  part: Part,
  { member, table, owner, columns, filled: fixed, derived }: List,
  lines: string,
): Statement {
  const own = [...columns, ...(derived ?? [])]
  const filled = Object.entries(fixed ?? {})
  return {
    sql: `insert into ${table} (${[owner, ...own.map(({ column }) => column), ...filled.map(([name]) => name)].join(', ')})
          select ${[`j.value ->> '$.${part.key}'`, ...own.map((column) => readOf(column, 'l', false)), ...filled.map(() => '?')].join(', ')}
          from json_each(?) j join json_each(j.value, '$.${member}') l order by j.key, l.key`,
    args: [...filled.map(([, value]) => value), lines],
  }
}

function readOf({ member }: Column, alias: 'j' | 'l', isRecord: boolean): string {
  return `${alias}.value ->> '$.${isRecord && member === 'kind' ? kindMember : member}'`
}

/** What the log's digests stand for; leaf hashes come with the lines. */
export function insertLog(lines: string): Statement[] {
  return [
    {
      sql: `insert into log_entries (sequence, type, subject, at, leaf, leaf_hash)
            select value ->> '$.sequence', value ->> '$.type', value ->> '$.subject', value ->> '$.at',
              value ->> '$.leaf', value ->> '$.leafHash' from json_each(?) order by key`,
      args: [lines],
    },
    {
      sql: `insert into log_records (sequence, salt, record)
            select value ->> '$.sequence', value ->> '$.salt', value ->> '$.record' from json_each(?)
            where value ->> '$.record' is not null order by key`,
      args: [lines],
    },
  ]
}

/** Stands for every institution whose grants are here without its name. Nobody but a steward is ever shown it. */
export function insertWithheldOrganisation(at: string): Statement {
  return {
    sql: `insert into organisations (id, name_ja, name_en, kind, country, state, version, created_at, updated_at)
          values (?, '（非公開の機関）', '(institution withheld)', 'university', 'ZZ', 'applied', 1, ?, ?)`,
    args: [withheldOrganisation, at, at],
  }
}

/** Whence the records are, and that they are a sample where they are. */
export function insertFacts({ registry, madeAt, sample }: DumpHead): Statement[] {
  const insert = 'insert into registry_facts (name, value) values (?, ?)'
  return [
    { sql: insert, args: ['restored_from', `${registry} ${madeAt}`] },
    ...(sample ? [{ sql: insert, args: ['sample', madeAt] }] : []),
  ]
}

/** Whether these are the sample's records: real patents, invented declarations. */
export async function isSample(read: Reader): Promise<boolean> {
  const rows = await read.rows("select 1 from registry_facts where name = 'sample'", [])
  return rows.length > 0
}

/** When co-owners are reminded is not in a dump: what is pending is looked at anew. */
export function remindersDue(at: string): Statement {
  return { sql: `update consents set next_reminder_at = ? where answer = 'pending'`, args: [at] }
}

/** What follows from the records and is kept beside them by no projection. */
export function insertStamps(): Statement {
  return { sql: 'insert into patent_stamps (patent_id, at) select id, updated_at from patents', args: [] }
}

/** Another text after every act: some of what a dump holds, such as a mandate, is no change that others follow. */
export async function stateOf(read: Reader): Promise<string> {
  const [row = []] = await read.rows(
    `select (select max(sequence) from changes), (select max(sequence) from log_entries),
       (select max(rowid) from history)`,
    [],
  )
  return row.join(' ')
}

/** Whether nothing was ever recorded here, so that a dump may be put in. */
export async function isEmpty(read: Reader): Promise<boolean> {
  const [row] = await read.rows(
    `select (select count(*) from organisations) + (select count(*) from patents) + (select count(*) from log_entries)
       + (select count(*) from people)`,
    [],
  )
  return Number(row?.[0]) === 0
}
