import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { schemaVersion } from '../schema/index.ts'
import { settings } from '../src/config.ts'
import { openLocalRegistry } from './support/registry.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * A change that touches two of these has its verb in the one further down; imports only ever go up. Notices stand high:
 * verbs of every folder below put them into their own act.
 */
const domain = [
  'organisations',
  'clients',
  'notices',
  'mandates',
  'people',
  'patents',
  'terms',
  'declarations',
  'imports',
  'check',
  'verifier',
  'grants',
  'standing',
  'usage',
  'maps',
  'areas',
  'feeds',
  'desk',
  'site',
]

/** What a folder shows to those further down: its noun, its queries, and what is pure beside them. */
const shownToOthers: Record<string, readonly RegExp[]> = {
  organisations: [
    /^organisation\.ts$/,
    /^application\.ts$/,
    /^names\.ts$/,
    /^ror\.ts$/,
    /^ror-names\.ts$/,
    /^corporate-number\.ts$/,
    /^(?:application-|name-)?queries\.ts$/,
    /^(?:rights|managed)\.ts$/,
  ],
  clients: [/^client\.ts$/, /^queries\.ts$/],
  notices: [/^notify\.ts$/],
  mandates: [/^(?:mandate|queries|acting|ending)\.ts$/],
  people: [/^orcid\.ts$/, /^person\.ts$/, /^queries\.ts$/, /^affiliations\/(?:affiliation|record|queries)\.ts$/],
  patents: [
    /^patent\.ts$/,
    /^(?:list-)?queries\.ts$/,
    /^facts\.ts$/,
    /^record\.ts$/,
    /^cells\.ts$/,
    /^cell-queries\.ts$/,
    /^links\.ts$/,
    /^(?:listing\.ts|lines\.tsx)$/,
    /^search\/match\.ts$/,
    /^related\/(?:related-item\.ts|queries\.ts|describe\.ts|related-list\.tsx)$/,
    /^inventors\/(?:inventor-claim|names|place|suggest|queries)\.ts$/,
    /^numbers\/(?:number|parse|spelling|text)\.ts$/,
    /^classification\//,
  ],
  terms: [/^terms\.ts$/],
  declarations: [/^declaration\.ts$/, /^queries\.ts$/],
  check: [/^(?:check|verdicts)\.ts$/],
  usage: [
    /^(?:figure|use|read|contribution-queries)\.ts$/,
    /^contribution\.tsx$/,
    /^(?:reports|enquiries)\/queries\.ts$/,
  ],
  maps: [
    /^(?:map|queries|labels|grids|links|question)\.ts$/,
    /^(?:drawings|living|figure|tables)\.tsx$/,
    /^pictures\//,
  ],
  // Pure and made for strangers: whoever signs or shows grants uses the rules by which they are verified.
  verifier: [/^(?!page\.ts$)/],
  // A change of standing reissues and ends grants in its own act: from what grants are made of, never by their verbs.
  grants: [/^grant\.ts$/, /^queries\.ts$/, /^requests\/queries\.ts$/, /^(?:make|consequences|enquiry|show)\.ts$/],
}

/** Pages on which a person or an officer acts on what all folders hold: forms of their verbs, as routes are. */
function isDesk(file: string): boolean {
  return folderOf(file) === 'desk'
}

/** The public log, as every write and every reader of proofs uses it. */
const shownOfLog = [
  'canonical.ts',
  'changes.ts',
  'commit.ts',
  'encoding.ts',
  'entry.ts',
  'prove.ts',
  'publish.ts',
  'queries.ts',
  // What the acts are called.
  'words.ts',
  // What a stranger needs to check a dump.
  'note.ts',
  'tree.ts',
]

/** Where a runtime is known: they read the clock, the environment and a random source for everything else. */
const entries = ['src/node.ts', 'src/worker.ts']

type Import = { from: string; to: string }

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** Of our own files by their path from the root, of packages by name. */
function importsOf(file: string): Import[] {
  const statements = /^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|\bimport\(\s*'([^']+)'|^import '([^']+)'/gm
  return [...read(file).matchAll(statements)]
    .map(([, named, lazy, plain]) => named ?? lazy ?? plain ?? '')
    .map((name) => ({
      from: file,
      to: name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)).replaceAll('\\', '/') : name,
    }))
}

const src = filesIn('src')
const imports = src.flatMap(importsOf)
const shown = ({ from, to }: Import) => `${from} imports ${to}`

function folderOf(file: string): string {
  const [top, folder, ...rest] = file.split('/')
  return top === 'src' && folder !== undefined && rest.length > 0 ? folder : ''
}

/** Files that answer requests: API routes and pages, with the words and parts of the pages. */
function speaksHttp(file: string): boolean {
  if (isDesk(file)) return !/\/(?:queries|words)\.ts$/.test(file)
  return (
    /(?:^|[/-])(?:routes|words)\.ts$|\.tsx$|\/authzen\.ts$|^src\/verifier\/assets\.ts$/.test(file) ||
    folderOf(file) === 'http'
  )
}

test('there is something to look at', () => {
  expect(src.length).toBeGreaterThan(80)
  expect(imports.length).toBeGreaterThan(400)
  expect(imports).toContainEqual({ from: 'src/log/commit.ts', to: 'src/projections/derived.ts' })
  expect(src.filter(speaksHttp).length).toBeGreaterThan(20)
})

describe('imports', () => {
  test('of the terms are zod and themselves', () => {
    const others = filesIn('policies')
      .flatMap(importsOf)
      .filter(({ to }) => to !== 'zod' && !to.startsWith('policies/'))
    expect(others.map(shown)).toEqual([])
  })

  test('of the tables are drizzle and themselves', () => {
    const others = filesIn('schema')
      .flatMap(importsOf)
      .filter(
        ({ from, to }) =>
          !(
            to.startsWith('schema/') ||
            to === 'drizzle-orm' ||
            to === 'drizzle-orm/sqlite-core' ||
            (from === 'schema/drizzle.config.ts' && to === 'drizzle-kit')
          ),
      )
    expect(others.map(shown)).toEqual([])
  })

  test('between folders of the domain go upstream only', () => {
    const downstream = imports.filter(({ from, to }) => {
      const [mine, other] = [domain.indexOf(folderOf(from)), domain.indexOf(folderOf(to))]
      return mine >= 0 && other > mine
    })
    expect(downstream.map(shown)).toEqual([])
  })

  test('between folders of the domain are of nouns, queries, rights, facts and numbers', () => {
    const inner = imports.filter(({ from, to }) => {
      const [mine, other] = [folderOf(from), folderOf(to)]
      if (!domain.includes(mine) || !domain.includes(other) || mine === other || isDesk(from)) return false
      // Pages that show what all folders hold; they act on nothing.
      if (mine === 'site') return false
      // How an address names a patent is the same in all routes.
      if (to === 'src/patents/routes.ts' && /[/-]routes\.ts$/.test(from)) return false
      return !shownToOthers[other]?.some((pattern) => pattern.test(to.slice(`src/${other}/`.length)))
    })
    expect(inner.map(shown)).toEqual([])
  })

  test('of the log, from other folders, are of what it is for', () => {
    const inner = imports.filter(({ from, to }) => {
      if (folderOf(to) !== 'log' || folderOf(from) === 'log' || from === 'src/app.ts' || entries.includes(from))
        return false
      return !shownOfLog.some((name) => to === `src/log/${name}`)
    })
    // The scheduled work and the sample are the operator's: they announce what the process serves.
    expect(
      inner
        .map(shown)
        .filter((one) => !/^src\/(?:scheduled|sample\/load)\.ts imports src\/log\/announce\.ts$/.test(one)),
    ).toEqual([])
  })

  test('of verbs, queries and nouns are never of HTTP', () => {
    const entangled = imports.filter(({ from, to }) => {
      if (speaksHttp(from) || from === 'src/app.ts' || entries.includes(from)) return false
      return to.startsWith('src/http/') || to === 'hono' || (to.startsWith('hono/') && to !== 'hono/jsx')
    })
    expect(entangled.map(shown)).toEqual([])
  })

  test('of what all routes share know one word of the domain: who asks, by token or by session', () => {
    const known = imports.filter(({ from, to }) => folderOf(from) === 'http' && domain.includes(folderOf(to)))
    expect(known.map(shown).sort()).toEqual([
      'src/http/api.ts imports src/people/session.ts',
      'src/http/identify.ts imports src/clients/token.ts',
      'src/http/identify.ts imports src/people/queries.ts',
      'src/http/identify.ts imports src/people/session.ts',
    ])
  })

  test('of tables and of drizzle stand in queries, in the log, and in what keeps requests', () => {
    const elsewhere = imports.filter(({ from, to }) => {
      if (!to.startsWith('schema/') && !to.startsWith('drizzle-orm')) return false
      if (/[/-]queries\.ts$/.test(from) || folderOf(from) === 'projections') return false
      return ![
        'src/log/commit.ts',
        'src/http/idempotency.ts',
        'src/http/root.ts',
        'src/database.ts',
        ...entries,
      ].includes(from)
    })
    expect(elsewhere.map(shown)).toEqual([])
  })

  test('of facts being kept true stand in the one door alone', () => {
    const others = imports.filter(
      ({ from, to }) =>
        folderOf(to) === 'projections' &&
        folderOf(from) !== 'projections' &&
        from !== 'src/log/commit.ts' &&
        // What changes with the day is made anew by scheduled work.
        !(from === 'src/scheduled.ts' && to === 'src/projections/settle.ts') &&
        // The words of an import are made after its last row, many at once.
        !(from === 'src/imports/step.ts' && to === 'src/projections/search.ts') &&
        !entries.includes(from),
    )
    expect(others.map(shown)).toEqual([])
  })

  test('of verbs stand in routes of their folder, at the desk, and in the sample', () => {
    const nouns = new Set(['routes.ts', 'queries.ts'])
    const verbs = src.filter(
      (file) => domain.includes(folderOf(file)) && /\bcommit\(ctx/.test(read(file)) && !nouns.has(file),
    )
    expect(verbs.length).toBeGreaterThan(8)
    const strangers = imports.filter(({ from, to }) => verbs.includes(to) && folderOf(from) !== folderOf(to))
    expect(
      strangers
        .map(({ from }) => from)
        .filter(
          // The scheduled work is the registry's own.
          (from) =>
            !isDesk(from) && folderOf(from) !== 'sample' && from !== 'src/scheduled.ts' && !entries.includes(from),
        ),
    ).toEqual([])
  })

  test('of a runtime stand in the entries alone', () => {
    const runtime = /^node:|^(?:libsql|@libsql\/client|@hono\/node-server)(?:\/|$)|^cloudflare:/
    const known = imports.filter(({ from, to }) => runtime.test(to) && !entries.includes(from))
    // `@libsql/client/web` speaks HTTP with `fetch` alone; the sample is loaded by the entry for Node.
    const expected = known.filter(({ from, to }) => to !== '@libsql/client/web' && folderOf(from) !== 'sample')
    expect(expected.map(shown)).toEqual([])
  })
})

describe('the clock, randomness and the environment', () => {
  test.each([
    ['the clock', /\bnew Date\(\)|\bDate\.now\(|\bperformance\.now\(/],
    ['a random source', /\bMath\.random\(|\bcrypto\.(?:randomUUID|getRandomValues)\(|\bv[1-7]\(\)/],
    ['the environment', /\bprocess\b(?!ed|es|ing)|\bglobalThis\b|\bDeno\b/],
  ])('%s is read in the entries alone', (_, pattern) => {
    const readers = [...src.filter(isServed), ...filesIn('policies'), ...filesIn('schema')].filter((file) =>
      pattern.test(withoutWords(read(file))),
    )
    expect(readers.filter((file) => !entries.includes(file) && file !== 'schema/drizzle.config.ts')).toEqual([])
    expect(entries.filter((file) => pattern.test(withoutWords(read(file)))).length).toBeGreaterThan(0)
  })

  /** Neither the script of the verify page, which runs in the reader's browser, nor the provider of the trial. */
  function isServed(file: string): boolean {
    return !['src/verifier/page.ts', 'src/sample/identity-provider.ts'].includes(file)
  }

  /** Comments and texts may speak of a process, and JSX too. */
  function withoutWords(text: string): string {
    return text
      .replaceAll('now: new Date(),\n  keySet: get,', '') // of the example that the verify page prints
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .replaceAll(/\/\/.*$/gm, '')
      .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
  }
})

test('the database is written through the door, and for what is no act: tree nodes, used assertions, files being imported, migrations, sessions, deliveries, what was read, counts', () => {
  const writers = src.filter((file) => /\bdb\.write\(|\bdatabase\.write\(/.test(read(file)))
  expect(writers.sort()).toEqual([
    'src/clients/token.ts',
    'src/feeds/dump/restore.ts',
    'src/imports/keep.ts',
    'src/log/commit.ts',
    'src/log/publish.ts',
    'src/node.ts',
    'src/notices/delivery-queries.ts',
    'src/notices/queries.ts',
    'src/people/queries.ts',
    'src/projections/map-fresh.ts',
    'src/projections/search.ts',
    'src/projections/settle.ts',
    'src/usage/queries.ts',
  ])
})

test('the README names every setting', () => {
  const readme = read('README.md')
  const names = Object.keys(settings.shape)
  expect(names.length).toBeGreaterThan(5)
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})

test('the tables are at the version that the code needs', async () => {
  const { db } = await openLocalRegistry()
  const migrations = readdirSync(join(root, 'schema/migrations')).filter((name) => name.endsWith('.sql'))
  const [row] = await db.read.rows('select count(*) from applied_migrations', [])
  expect([schemaVersion, Number(row?.[0])]).toEqual([migrations.length, migrations.length])
})
