// DuckDB and PostgreSQL on the same rows as the registry's own GROUP BY, each in tables and with indexes that somebody who
// wants this answer quickly would make. Neither is a dependency: they take part where a path or an address is given.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Technology field, year of filing, holder, patent, open: one row for each field and holder of a patent. */
const factsSql = `select f.field, cast(substr(p.filed_on, 1, 4) as integer), h.organisation_id, p.rowid, m.open from patents p
  join patent_fields f on f.patent_id = p.id join patent_holders h on h.patent_id = p.id join map_members m on m.patent_id = p.id
  where p.rowid > ? and p.rowid <= ?`
const patentsAtOnce = 50_000

const fieldsByYears = 'select field, year, count(*), sum(open) from once group by 1, 2'
const holdersByYears = (field) => `with top as (
    select holder from held where field = ${Number(field)} group by 1 order by count(*) desc limit 20)
  select holder, year, count(*), sum(open) from held where field = ${Number(field)} and holder in (select holder from top) group by 1, 2`

async function eachFact(db, take) {
  const [[last]] = await db.read.rows('select max(rowid) from patents', [])
  for (let from = 0; from < Number(last); from += patentsAtOnce)
    await take(await db.read.rows(factsSql, [from, from + patentsAtOnce]))
}

/** @param path of a folder that has `node_modules/@duckdb/node-api` */
export async function openDuckdb(path) {
  if (!path)
    return { skipped: 'DuckDB does not take part: give --duckdb <folder>, in which @duckdb/node-api is installed.' }
  const { resolve: find } = createRequire(pathToFileURL(resolve(path, 'none.js')))
  const { DuckDBInstance, version } = await import(pathToFileURL(find('@duckdb/node-api')).href)
  return {
    note: `DuckDB ${version()} in process, in memory; tables once(field, year, patent, open) and held(field, year, holder, open), no index (its column statistics serve)`,
    async load(db) {
      const connection = await (await DuckDBInstance.create(':memory:')).connect()
      await connection.run(
        'create table facts (field integer, year integer, holder varchar, patent integer, open integer)',
      )
      const appender = await connection.createAppender('facts')
      await eachFact(db, (rows) => {
        for (const [field, year, holder, patent, open] of rows) {
          appender.appendInteger(Number(field))
          appender.appendInteger(Number(year))
          appender.appendVarchar(String(holder))
          appender.appendInteger(Number(patent))
          appender.appendInteger(Number(open))
          appender.endRow()
        }
      })
      appender.closeSync()
      await connection.run('create table once as select distinct field, year, patent, open from facts')
      await connection.run('create table held as select field, year, holder, open from facts')
      const read = async (sql) => (await connection.runAndReadAll(sql)).getRows()
      return {
        'Q1 DuckDB': { answer: () => read(fieldsByYears), ask: () => read(fieldsByYears) },
        'Q2 DuckDB': (field) => ({
          answer: () => read(holdersByYears(field)),
          ask: () => read(holdersByYears(field)),
        }),
        close: () => connection.closeSync(),
      }
    },
  }
}

/**
 * @param url of a database in which a schema may be made; psql asks, and says itself how long each answer took (`\timing`:
 * the statement prepared, the answer sent and thrown away).
 */
export async function openPostgres(url) {
  if (!url)
    return {
      skipped:
        'PostgreSQL does not take part: give --postgres <connection string> (or PGBENCH_URL); psql must be there.',
    }
  const psql = await Psql.open(url)
  const settings = []
  for (const name of ['server_version', 'shared_buffers', 'work_mem', 'max_parallel_workers_per_gather'])
    settings.push(`${name} ${(await psql.run(`show ${name};`)).trim()}`)
  return {
    note: `PostgreSQL as installed (${settings.join(', ')}); once: index (field, year) include (open), held: index (field, holder) include (year, open), vacuum analyze; beside it a materialised view of Q1, which no write keeps true`,
    async load(db) {
      await psql.run(`drop schema if exists iriai_bench cascade; create schema iriai_bench; set search_path = iriai_bench;
        create table facts (field smallint, year smallint, holder text, patent integer, open integer);`)
      await psql.copy('facts', (write) =>
        eachFact(db, (rows) => write(`${rows.map((row) => row.join('\t')).join('\n')}\n`)),
      )
      await psql.run(`create table once as select distinct field, year, patent, open from facts;
        create table held as select field, year, holder, open from facts;
        create index on once (field, year) include (open);
        create index on held (field, holder) include (year, open);
        create materialized view fields_by_years as ${fieldsByYears};
        vacuum analyze once; vacuum analyze held; vacuum analyze fields_by_years;`)
      await psql.run(`prepare q1 as ${fieldsByYears}; prepare view as select * from fields_by_years;`)
      const [refreshed] = timesIn(
        await psql.run('\\timing on\nrefresh materialized view fields_by_years;\n\\timing off'),
      )
      const asked = (statement) => ({
        answer: async () =>
          (await psql.run(statement))
            .trim()
            .split('\n')
            .map((line) => line.split('|')),
        ask: () => psql.time(statement),
      })
      return {
        'Q1 PostgreSQL': asked('execute q1;'),
        'Q1 PostgreSQL, materialised view': asked('execute view;'),
        'Q2 PostgreSQL': (field) => asked(`${holdersByYears(field)};`),
        refreshed,
        close: () => psql.run('drop schema iriai_bench cascade; deallocate all;'),
      }
    },
    end: () => psql.end(),
  }
}

function timesIn(text) {
  return [...text.matchAll(/^Time: ([\d.]+) ms/gm)].map(([, time]) => Number(time))
}

/** One session of psql, asked one thing after another. */
class Psql {
  #child
  #stopped
  #heard = ''
  #asked = 0

  static async open(url) {
    const psql = new Psql()
    psql.#child = spawn('psql', [url, '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    psql.#child.stdout.on('data', (text) => {
      psql.#heard += text
    })
    const stops = (event, say) => once(psql.#child, event).then((told) => Promise.reject(new Error(say(told))))
    psql.#stopped = Promise.race([
      stops('error', ([error]) => `psql does not start: ${error.message}`),
      stops('exit', () => 'psql ended: what it said stands above'),
    ])
    // It also ends when it is asked to.
    psql.#stopped.catch(() => {})
    await psql.run('set client_min_messages = warning;')
    return psql
  }

  /** @returns what it printed */
  async run(text) {
    const end = `end-${++this.#asked}`
    this.#child.stdin.write(`${text}\n\\echo ${end}\n`)
    while (!this.#heard.includes(`${end}\n`)) await Promise.race([once(this.#child.stdout, 'data'), this.#stopped])
    const at = this.#heard.indexOf(`${end}\n`)
    const printed = this.#heard.slice(0, at)
    this.#heard = this.#heard.slice(at + end.length + 1)
    return printed
  }

  async copy(table, produce) {
    this.#child.stdin.write(`\\copy ${table} from pstdin\n`)
    await produce(async (lines) => {
      if (!this.#child.stdin.write(lines)) await once(this.#child.stdin, 'drain')
    })
    await this.run('\\.')
  }

  async time(statement) {
    const [took] = timesIn(await this.run(`\\timing on\n\\o /dev/null\n${statement}\n\\o\n\\timing off`))
    return took
  }

  async end() {
    this.#child.stdin.end('\\q\n')
    if (this.#child.exitCode === null) await once(this.#child, 'exit')
  }
}
