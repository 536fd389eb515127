import type { Context } from '../../src/context.ts'
import type { Statement } from '../../src/database.ts'
import { commit, type LogEntry } from '../../src/log/commit.ts'

/** Small, fast and the same everywhere (mulberry32). */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((((t ^ (t >>> 14)) >>> 0) * below) / 4294967296) | 0
  }
}

const organisationCount = 12
/** So many that values meet often, and so few that a whole recount is quick. */
const patentsMax = 200
const symbols = [
  'H01M10/0562',
  'H01M4/13',
  'H01L21/02',
  'A61K39/395',
  'C12N15/09',
  'G06F3/06',
  'Y02E60/10',
  'B60L50/60',
]
const kinds = ['university', 'company', 'research_institute']
const statuses = ['pending', 'granted', 'lapsed', 'unknown', 'refused']
const termsIds = ['RPC-OPEN-1.0', 'RPC-ACADEMIC-1.0']
export const firstDay = '2026-11-21'

/** Writes straight into the tables, through the one door: what the verbs forbid comes up as well. */
export function randomWriter(seed: number, newContext: () => Context) {
  const next = random(seed)
  const pick = <Item>(list: readonly Item[]): Item => {
    const item = list[next(list.length)]
    if (item === undefined) throw new Error('there is nothing to pick from')
    return item
  }
  const patents: string[] = []
  const declarations: string[] = []
  let sequence = 0
  const organisation = () => `org-${next(organisationCount)}`
  const day = () => new Date(Date.parse(firstDay) + (next(120) - 60) * 86_400_000).toISOString().slice(0, 10)
  const maybe = (value: () => string) => (next(3) === 0 ? value() : null)
  const sql = (text: string, ...args: (string | number | null)[]): Statement => ({ sql: text, args })

  const holders = (id: string): Statement[] =>
    Array.from({ length: 1 + next(3) }, (_, position) =>
      sql(
        'insert into patent_holders (patent_id, organisation_id, position, from_on, until_on) values (?, ?, ?, ?, ?)',
        id,
        organisation(),
        position,
        maybe(day),
        maybe(day),
      ),
    )
  const classes = (id: string): Statement[] => [
    ...Array.from({ length: next(4) }, (_, position) =>
      sql(
        'insert or ignore into patent_classes (patent_id, scheme, symbol, position) values (?, ?, ?, ?)',
        id,
        pick(['ipc', 'ipc', 'cpc', 'fi']),
        pick(symbols),
        position,
      ),
    ),
    ...Array.from({ length: next(3) }, () =>
      sql('insert or ignore into patent_fields (patent_id, field) values (?, ?)', id, 1 + next(35)),
    ),
  ]
  const status = (id: string) =>
    sql(
      `insert into patent_statuses (patent_id, sequence, value, valid_from, source, seen_on, recorded_at)
       select ?1, coalesce(max(sequence) + 1, 0), ?2, ?3, 'test', ?3, '' from patent_statuses where patent_id = ?1`,
      id,
      pick(statuses),
      day(),
    )

  type Write = { write: Statement[]; touched: string[]; entries?: LogEntry[] }
  const bump = (id: string) => sql('update patents set version = version + 1 where id = ?', id)
  const changes: readonly (() => Write)[] = [
    () => {
      const id = `pat-${String(sequence++).padStart(6, '0')}`
      patents.push(id)
      const filed = next(5) === 0 ? null : `20${10 + next(15)}-0${1 + next(9)}-15`
      return {
        write: [
          sql(
            'insert into patents (id, number, office, title_ja, title_en, filed_on, expires_on, family, version, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)',
            id,
            `JP-${id}`,
            pick(['JP', 'US', 'EP']),
            pick(['全固体電池', '抗体', null]),
            'Solid battery',
            filed,
            maybe(day),
            maybe(() => `family-${next(200)}`),
            firstDay,
            firstDay,
          ),
          ...holders(id),
          ...classes(id),
          ...(next(4) === 0 ? [] : [status(id)]),
        ],
        touched: [id],
      }
    },
    () => {
      const id = pick(patents)
      return {
        write: [bump(id), sql('delete from patent_holders where patent_id = ?', id), ...holders(id)],
        touched: [id],
      }
    },
    () => {
      const id = pick(patents)
      return {
        write: [
          bump(id),
          sql('delete from patent_classes where patent_id = ?', id),
          sql('delete from patent_fields where patent_id = ?', id),
          ...classes(id),
        ],
        touched: [id],
      }
    },
    () => {
      const id = pick(patents)
      return { write: [bump(id), status(id)], touched: [id] }
    },
    () => {
      const id = pick(patents)
      return {
        write: [
          sql(
            'update patents set version = version + 1, expires_on = ?, filed_on = ? where id = ?',
            maybe(day),
            maybe(day),
            id,
          ),
        ],
        touched: [id],
      }
    },
    () => {
      const id = pick(patents)
      return {
        write: [
          bump(id),
          sql(
            'insert or replace into patent_encumbrances (patent_id, position, kind, research_reserved, from_on, until_on) values (?, 0, ?, ?, ?, ?)',
            id,
            pick(['exclusive_licence', 'option']),
            next(2),
            maybe(day),
            maybe(day),
          ),
        ],
        touched: [id],
      }
    },
    () => {
      const id = `decl-${sequence++}`
      declarations.push(id)
      const listed = [...new Set(Array.from({ length: 1 + next(8) }, () => pick(patents)))]
      return {
        write: [
          sql(
            'insert into declarations (id, organisation_id, terms_id, terms_sha256, state, from_on, until_on, in_force_on, patent_count, patents_sha256, version, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)',
            id,
            organisation(),
            pick(termsIds),
            '',
            next(5) === 0 ? 'awaiting_consent' : 'in_force',
            day(),
            maybe(day),
            next(5) === 0 ? null : day(),
            listed.length,
            '',
            firstDay,
            firstDay,
          ),
          ...listed.map((patent) =>
            sql('insert into declaration_patents (declaration_id, patent_id) values (?, ?)', id, patent),
          ),
        ],
        touched: listed,
      }
    },
  ]
  const withdraw = async (ctx: Context): Promise<Write> => {
    const id = pick(declarations)
    const rows = await ctx.db.read.rows('select patent_id from declaration_patents where declaration_id = ?', [id])
    return {
      write: [
        sql(
          `update declarations set state = 'withdrawn', closed_on = ?, version = version + 1 where id = ?`,
          day(),
          id,
        ),
      ],
      touched: rows.map(([patent]) => String(patent)),
    }
  }
  const rename = async (ctx: Context): Promise<Write> => {
    const id = organisation()
    const rows = await ctx.db.read.rows('select distinct patent_id from patent_holders where organisation_id = ?', [id])
    return {
      write: [
        sql(
          'update organisations set name_ja = ?, kind = ?, version = version + 1 where id = ?',
          `機関${next(1000)}`,
          pick(kinds),
          id,
        ),
      ],
      touched: rows.map(([patent]) => String(patent)),
    }
  }
  const attend = (): Write => {
    const id = organisation()
    const suspend = next(2) === 0
    return {
      write: suspend
        ? [sql('insert or ignore into organisation_suspensions (organisation_id, from_on) values (?, ?)', id, day())]
        : [
            sql(
              'update organisation_suspensions set until_on = ? where organisation_id = ? and until_on is null',
              day(),
              id,
            ),
          ],
      touched: [],
      entries: [{ type: suspend ? 'organisation_suspended' : 'organisation_approved', subject: id, record: { id } }],
    }
  }

  return {
    patents,
    async begin() {
      const ctx = newContext()
      await commit(ctx, {
        write: Array.from({ length: organisationCount }, (_, i) =>
          sql(
            'insert into organisations (id, name_ja, name_en, kind, country, state, version, created_at, updated_at) values (?, ?, ?, ?, ?, ?, 1, ?, ?)',
            `org-${i}`,
            `第${i}機関`,
            `Institution ${i}`,
            kinds[i % 3] ?? '',
            'JP',
            'approved',
            firstDay,
            firstDay,
          ),
        ),
        events: [{ event: 'test', subject: 'organisations', source: 'test' }],
        answer: undefined,
      })
    },
    /** One act of so many changes. */
    async write(changesPerAct: number) {
      const ctx = newContext()
      const made: Write[] = []
      for (let i = 0; i < changesPerAct; i++) {
        const kind = next(20)
        if (patents.length < 5) made.push(changes[0]?.() ?? attend())
        else if (kind === 0 && declarations.length > 0) made.push(await withdraw(ctx))
        else if (kind === 1 && i === 0) made.push(await rename(ctx))
        else if (kind === 2) made.push(attend())
        else made.push(pick(patents.length < patentsMax ? changes : changes.slice(1))())
      }
      const [first, ...more] = made.flatMap(({ entries = [] }) => entries)
      const write = made.flatMap((one) => one.write)
      const touched = [...new Set(made.flatMap((one) => one.touched))]
      const event = { event: 'test', subject: 'random', source: 'test' }
      await commit(ctx, {
        write,
        touched,
        answer: undefined,
        ...(first === undefined ? { events: [event] as const } : { entries: [first, ...more] as const }),
      })
    },
  }
}
