import { expect, test } from 'vitest'
import { z } from 'zod'
import type { MapFilter, MapQuestion } from '../../src/maps/map.ts'
import { countMembers, type Member } from '../../src/maps/members.ts'
import { readMap } from '../../src/maps/queries.ts'
import { dimensions } from '../../src/patents/cells.ts'
import { fieldsOf, isOfField } from '../../src/patents/classification/fields.ts'
import { mainGroupOf } from '../../src/patents/classification/symbol.ts'
import { openDeclarations, type PatentFacts, statusOn } from '../../src/patents/facts.ts'
import { declare } from '../support/holders.ts'
import { patentOf } from '../support/patents.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const on = '2026-11-21'
const kinds = ['university', 'company', 'research_institute'] as const
const symbols = [
  'H01M10/0562',
  'H01M4/13',
  'H01M10/052',
  'C01B25/14',
  'G01N33/50',
  'G01N27/30',
  'A61K8/02',
  'A61K31/00',
  'B60L50/60',
  'H10N10/17',
]

function randoms(seed: number): { below(n: number): number; some<Item>(items: readonly Item[], n: number): Item[] } {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const below = (n: number) => Math.floor(next() * n)
  return { below, some: (items, n) => [...items].sort(() => next() - 0.5).slice(0, n) }
}

/** A registry of patents in random classes, of random holders, some of them open. */
async function fill(registry: LocalRegistry, seed: number): Promise<void> {
  const random = randoms(seed)
  const holders = await Promise.all(
    kinds.flatMap((kind) => [kind, kind]).map((kind) => registry.organisation({ kind })),
  )
  const officers = await Promise.all(holders.map(({ id }) => registry.member(id)))
  const open: string[][] = holders.map(() => [])
  for (let i = 0; i < 45; i++) {
    const first = random.below(holders.length)
    const others = random.some(
      holders.filter((_, n) => n !== first),
      random.below(10) < 3 ? 1 + random.below(2) : 0,
    )
    const holder = holders[first]
    if (holder === undefined) throw new Error('no holder')
    const year = 2010 + random.below(9)
    const undated = random.below(12) === 0
    const lapsed = random.below(6) === 0
    const made = await officers[first]?.post(
      '/v1/patents',
      patentOf([holder, ...others], {
        classes: { ipc: random.some(symbols, random.below(4)), cpc: [], fi: [] },
        ...(undated ? { filedOn: undefined, grantedOn: undefined } : { filedOn: `${year}-0${1 + random.below(9)}-15` }),
        ...(lapsed ? { status: { value: 'lapsed', on: '2020-01-01', source: 'J-PlatPat', seenOn: '2026-11-01' } } : {}),
      }),
    )
    const { number } = made?.as(z.looseObject({ number: z.string() })) ?? { number: '' }
    if (!lapsed && others.length === 0 && random.below(2) === 0) open[first]?.push(number)
  }
  for (const [i, numbers] of open.entries()) {
    const officer = officers[i]
    if (numbers.length > 0 && officer !== undefined)
      await declare(officer, numbers, i % 2 === 0 ? 'RPC-OPEN-1.0' : 'RPC-ACADEMIC-1.0')
  }
}

/** The values of every patent, from the facts row that checks read and the classes as recorded. */
async function membersOf({ db }: LocalRegistry): Promise<{ members: Member[]; kindOf: (id: string) => string }> {
  const facts = await db.read.rows('select patent_id, body from facts', [])
  const classes = await db.read.rows("select patent_id, symbol from patent_classes where scheme = 'ipc'", [])
  const organisations = new Map(
    (await db.read.rows('select id, kind from organisations', [])).map(([id, kind]) => [String(id), String(kind)]),
  )
  const kindOf = (id: string) => organisations.get(id) ?? ''
  const members = facts.map(([id, body]): Member => {
    const known: PatentFacts = JSON.parse(String(body))
    const own = classes.flatMap(([patent, symbol]) => (patent === id ? [String(symbol)] : []))
    const status = statusOn(known, on).value
    const alive = ['pending', 'granted', 'unknown'].includes(status)
    const terms = alive ? openDeclarations(known, on).map(({ termsId }) => termsId) : []
    const holders = known.holders.map((holder) => holder.id)
    const values = (found: readonly string[]) => (found.length === 0 ? [''] : [...new Set(found)])
    return {
      open: terms.length > 0,
      filedOn: known.filedOn ?? '',
      values: {
        office: [known.office],
        status: [status],
        terms: values(terms),
        kind: values(holders.map(kindOf)),
        section: values(own.map((symbol) => symbol.slice(0, 1))),
        field: values(fieldsOf(own).map(String)),
        year: [known.filedOn?.slice(0, 4) ?? ''],
        class: values(own.map((symbol) => symbol.slice(0, 3))),
        subclass: values(own.map((symbol) => symbol.slice(0, 4))),
        group: values(own.map(mainGroupOf)),
        holder: values(holders),
      },
    }
  })
  return { members, kindOf }
}

/** Counts whole patents in the plainest way: one pass a cell, nothing shared with the code under test. */
function bruteForce(members: readonly Member[], { by, filter }: MapQuestion, kindOf: (id: string) => string) {
  const found = new Map<string, { patents: number; open: number }>()
  for (const { values, open, filedOn } of members) {
    const has = (name: keyof typeof values, value: string | undefined) =>
      value === undefined || values[name]?.includes(value)
    if (!(has('field', filter.field) && has('status', filter.status) && has('office', filter.office))) continue
    if (!(has('terms', filter.terms) && has('holder', filter.holder) && has('kind', filter.kind))) continue
    if (
      filter.ipc !== undefined &&
      !values.group?.some((group) => (filter.ipc === '' ? group === '' : group.startsWith(filter.ipc ?? '')))
    )
      continue
    if (filter.open !== undefined && open !== filter.open) continue
    if (filter.filedFrom !== undefined && filedOn < filter.filedFrom) continue
    if (filter.filedTo !== undefined && (filedOn === '' || filedOn > filter.filedTo)) continue
    const shown = by.map((dimension) => (values[dimension] ?? []).filter((value) => isShown(dimension, value)))
    const keys = (shown[0] ?? []).flatMap((a) => (shown[1] === undefined ? [a] : shown[1].map((b) => `${a}\n${b}`)))
    for (const key of keys.filter(agree)) {
      const cell = found.get(key) ?? { patents: 0, open: 0 }
      found.set(key, { patents: cell.patents + 1, open: cell.open + (open ? 1 : 0) })
    }
  }
  return found

  function isShown(dimension: (typeof dimensions)[number], value: string): boolean {
    const { field, ipc, holder, kind, terms } = filter
    if (dimension === 'field' && field !== undefined) return value === field
    if (dimension === 'terms' && terms !== undefined) return value === terms
    if (dimension === 'kind' && holder !== undefined) return value === kindOf(holder)
    if (dimension === 'kind' && kind !== undefined) return value === kind
    if (dimension === 'holder' && holder !== undefined) return value === holder
    if (dimension === 'holder' && kind !== undefined) return kindOf(value) === kind
    if (['section', 'class', 'subclass', 'group'].includes(dimension)) {
      if (ipc !== undefined && !(ipc === '' ? value === '' : value.startsWith(ipc) || ipc.startsWith(value)))
        return false
      if (ipc !== undefined && ipc !== '' && value === '') return false
      if (field !== undefined && field !== '' && (dimension === 'subclass' || dimension === 'group'))
        return isOfField(value, Number(field))
    }
    return true
  }

  /** Two classes or a kind and a holder are one way of telling patents apart. */
  function agree(key: string): boolean {
    const [a = '', b] = key.split('\n')
    if (b === undefined) return true
    const [first, second] = by
    const symbolic = ['section', 'class', 'subclass', 'group']
    if (symbolic.includes(first ?? '') && symbolic.includes(second ?? ''))
      return a.startsWith(b) ? b !== '' || a === '' : b.startsWith(a) && a !== ''
    if (first === 'kind' && second === 'holder') return kindOf(b) === a
    if (first === 'holder' && second === 'kind') return kindOf(a) === b
    return true
  }
}

function questionsOf(seed: number, members: readonly Member[]): MapQuestion[] {
  const random = randoms(seed)
  const pick = (name: (typeof dimensions)[number]) => {
    const values = [...new Set(members.flatMap(({ values: own }) => own[name] ?? []))]
    return values[random.below(values.length)] ?? ''
  }
  return Array.from({ length: 150 }, () => {
    const by = random.some(dimensions, 1 + random.below(2))
    const filter: MapFilter = {}
    for (const name of random.some(
      ['field', 'ipc', 'holder', 'kind', 'terms', 'status', 'office', 'years', 'days', 'open'] as const,
      random.below(3),
    )) {
      if (name === 'years') Object.assign(filter, { filedFrom: '2012-01-01', filedTo: '2015-12-31' })
      else if (name === 'days') Object.assign(filter, { filedFrom: '2012-05-03' })
      else if (name === 'open') filter.open = random.below(2) === 0
      else if (name === 'ipc')
        filter.ipc = pick((['section', 'class', 'subclass', 'group'] as const)[random.below(4)] ?? 'group')
      else if (name === 'holder' || name === 'office' || name === 'kind' || name === 'status') filter[name] = pick(name)
      else filter[name] = pick(name)
    }
    return { by, filter, count: 'whole', top: 100 }
  })
}

test.each([1, 2])(
  'every map equals a count by hand, from counters or patent by patent (%i)',
  { timeout: 120_000 },
  async (seed) => {
    const registry = await openLocalRegistry()
    await fill(registry, seed)
    const { members, kindOf } = await membersOf(registry)
    let answered = 0
    for (const question of questionsOf(seed * 7, members)) {
      const expected = bruteForce(members, question, kindOf)
      const { cells, totals } = await readMap(registry.db.read, question).catch((e) => {
        throw new Error(JSON.stringify(question), { cause: e })
      })
      const found = new Map(cells.map(({ keys, patents, open }) => [keys.join('\n'), { patents, open }]))
      expect(sorted(found), JSON.stringify(question)).toEqual(sorted(expected))
      const single = bruteForce(members, { ...question, by: ['office'] }, kindOf)
      const patents = [...single.values()].reduce((sum, cell) => sum + cell.patents, 0)
      expect(totals.patents, JSON.stringify(question)).toBe(patents)
      answered += cells.length > 0 ? 1 : 0
    }
    expect(answered).toBeGreaterThan(60)
  },
)

test('fractional counts are the same from counters and patent by patent, and add up to the patents', {
  timeout: 60_000,
}, async () => {
  const registry = await openLocalRegistry()
  await fill(registry, 3)
  const { members, kindOf } = await membersOf(registry)
  for (const by of [
    ['field'],
    ['holder'],
    ['field', 'year'],
    ['field', 'holder'],
    ['subclass'],
    ['group', 'year'],
    ['kind'],
  ] as const) {
    const question: MapQuestion = { by, filter: {}, count: 'fractional', top: 100 }
    const { cells, totals } = await readMap(registry.db.read, question)
    const byHand = countMembers(members, question, kindOf)
    const near = (some: typeof cells) =>
      sorted(
        new Map(
          some.map(({ keys, patents, open }) => [
            keys.join('\n'),
            { patents: Math.round(patents * 1000), open: Math.round(open * 1000) },
          ]),
        ),
      )
    expect({ by, cells: near(cells) }).toEqual({ by, cells: near(byHand.cells) })
    expect(cells.reduce((sum, { patents }) => sum + patents, 0)).toBeCloseTo(totals.patents, 3)
    expect(totals.patents).toBe(members.length)
  }
})

test('how many classes and holders are left out is what a count by hand leaves out, under every filter', {
  timeout: 60_000,
}, async () => {
  const registry = await openLocalRegistry()
  await fill(registry, 5)
  const { members, kindOf } = await membersOf(registry)
  const said = new Map<string, number>()
  for (const dimension of ['class', 'subclass', 'group', 'holder'] as const)
    for (const filter of [
      {},
      { field: '1' },
      { open: true },
      { open: false },
      { filedFrom: '2013-01-01' },
      { office: 'JP' },
      { ipc: 'H01' },
      { kind: 'company' },
    ] satisfies MapFilter[]) {
      const question: MapQuestion = { by: [dimension], filter, count: 'whole', top: 1 }
      const { others } = await readMap(registry.db.read, question)
      const byHand = bruteForce(members, question, kindOf).size - 1
      expect(others.get(dimension) ?? 0, JSON.stringify(question)).toBe(Math.max(0, byHand))
      said.set(dimension, Math.max(said.get(dimension) ?? 0, byHand))
    }
  expect([...said.values()].every((most) => most > 0)).toBe(true)
})

test('only the strongest are shown, and how many are left out is said', async () => {
  const registry = await openLocalRegistry()
  await fill(registry, 4)
  const question: MapQuestion = { by: ['holder', 'year'], filter: {}, count: 'whole', top: 2 }
  const { cells, others } = await readMap(registry.db.read, question)
  const { cells: all } = await readMap(registry.db.read, { ...question, by: ['holder'], top: 100 })
  const ranked = all.map(({ keys, patents }) => ({ holder: keys[0], patents })).sort((a, b) => b.patents - a.patents)
  const shown = new Set(cells.map(({ keys }) => keys[0]))
  expect(shown.size).toBe(2)
  expect(others.get('holder')).toBe(ranked.length - 2)
  const weakest = Math.min(...ranked.filter(({ holder }) => shown.has(holder)).map(({ patents }) => patents))
  expect(ranked.filter(({ holder }) => !shown.has(holder)).every(({ patents }) => patents <= weakest)).toBe(true)
})

function sorted(cells: ReadonlyMap<string, { patents: number; open: number }>) {
  return [...cells].sort((a, b) => (a[0] < b[0] ? -1 : 1))
}
