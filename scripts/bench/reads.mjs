// What readers ask of a large registry, at several sizes in turn: p50, p99 and rows read of each question, and how much
// slower the largest is than the smallest.
import { median } from './in-process.mjs'
import { on } from './kept.mjs'
import { countingDatabase } from './rows-read.mjs'
import { sample } from './sample.mjs'
import { wideAt, wideHolders } from './wide.mjs'

/** A map and a record have to be as quick with a million patents as with ten thousand, within this. */
const growthMax = 1.5
/** Two words among a million, p50. */
const wordsMillisecondsMax = 50
const countedAsks = 5
const pageSize = 50

export const sections = {
  map: (asker) => mapQuestions(asker),
  search: (asker) => searchQuestions(asker),
  patent: (asker) => patentQuestions(asker),
  list: (asker) => listQuestions(asker),
}

/** @param files where the set of each size is. @returns a row for each question: what was measured at each size, growth and goal */
export async function measureReads(product, names, files, seed, pace) {
  const keys = await product.loadKeys(await product.newKeys(new Date(`${on}T00:00:00Z`)))
  const holders = wideHolders()
  const sizes = [...files.keys()]
  const askerOf = (db, count) => ({
    product,
    read: db.read,
    app: product.nodeApp(db, keys, 'http://127.0.0.1', () => new Date(`${on}T03:00:00Z`)),
    // Another one each time, from all over the table.
    patent: (i) => wideAt((i * 7919 + 17) % count, seed, holders),
    holder: (i) => holders[i % 20].id,
  })
  const opened = sizes.map((count) => ({ count, db: product.openDatabase(`file:${files.get(count)}`) }))
  const rows = names.flatMap((section) =>
    sections[section](askerOf(opened[0].db, opened[0].count)).map(({ name, ...goals }) => ({
      section,
      name,
      goals,
      at: {},
    })),
  )
  for (const { count } of opened) {
    const counted = await countingDatabase(product, files.get(count), `bench/out/sqld-${count}`)
    try {
      const asker = askerOf(counted.db, count)
      for (const row of rows) {
        const { ask } = questionOf(row, asker)
        const reads = []
        for (let i = 0; i < countedAsks; i++) {
          counted.taken()
          await ask(i)
          reads.push(counted.taken())
        }
        row.at[count] = { rowsRead: median(reads) }
      }
    } finally {
      await counted.stop()
    }
  }
  const askers = opened.map(({ db, count }) => ({ count, asker: askerOf(db, count) }))
  for (const row of rows) {
    const cases = Object.fromEntries(
      askers.map(({ count, asker }) => {
        const { ask } = questionOf(row, asker)
        // What an answer is worth is not its own time.
        return [count, async (i) => void (await ask(i))]
      }),
    )
    const measured = await sample(cases, pace)
    for (const count of sizes) Object.assign(row.at[count], measured[count])
    const [first, last] = [measured[sizes[0]], measured[sizes.at(-1)]]
    row.growth = median(last.rounds.map((p50, round) => p50 / first.rounds[round]))
    row.met = outcome(row, sizes)
  }
  for (const { db } of opened) db.close()
  return rows
}

export function readsTable(rows, sizes) {
  const columns = sizes.flatMap((count) => [`${short(count)}: p50`, 'p99', 'rows read'])
  const lines = rows.map(({ section, name, at, growth, goals, met }) => {
    const each = sizes.flatMap((count) => {
      const { p50, p99, rowsRead } = at[count]
      return [figure(p50), figure(p99), Math.round(rowsRead).toLocaleString('en')]
    })
    const more = sizes.length > 1 ? [`${growth.toFixed(2)}×`] : []
    const goal = goals.flat ? `≤ ${growthMax}×` : goals.words ? `≤ ${wordsMillisecondsMax} ms at 1M` : ''
    return `| ${[section, name, ...each, ...more, met === undefined ? goal : `${goal}: ${met}`].join(' | ')} |`
  })
  const more = sizes.length > 1 ? [`${short(sizes.at(-1))} / ${short(sizes[0])}`] : []
  const head = ['', 'question', ...columns, ...more, 'goal']
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map((_, i) => (i < 2 || i === head.length - 1 ? '---' : '---:')).join('|')}|`,
    ...lines,
  ].join('\n')
}

function outcome({ goals, growth, at }, sizes) {
  if (goals.flat && sizes.length > 1) return growth <= growthMax ? 'met' : 'not met'
  if (goals.words && at[1_000_000]) return at[1_000_000].p50 <= wordsMillisecondsMax ? 'met' : 'not met'
  return undefined
}

function questionOf({ section, name }, asker) {
  return sections[section](asker).find((one) => one.name === name)
}

function mapQuestions({ product, read, app, holder }) {
  const map = (name, by, filter, top = 20) => ({
    name,
    flat: true,
    ask: (i) =>
      product.readMap(read, { by, filter: typeof filter === 'function' ? filter(i) : filter, count: 'whole', top }),
  })
  return [
    map('fields × years', ['field', 'year'], {}),
    map('one field × 20 holders × years', ['holder', 'year'], (i) => ({ field: String(1 + (i % 35)) })),
    map('fields × years of one holder', ['field', 'year'], (i) => ({ holder: holder(i) })),
    map('fields × years of one office', ['field', 'year'], { office: 'JP' }),
    map('one field by subclass', ['subclass'], (i) => ({ field: String(1 + (i % 35)) })),
    map('20 holders by subclass', ['holder', 'subclass'], {}),
    map('main groups, 100 strongest', ['group'], {}, 100),
    map('open patents, fields × years', ['field', 'year'], { open: true }),
    ...pages(app, true, [
      ['page /map', () => '/ja/map'],
      ['page /map, fields × years', () => '/ja/map?picture=heat'],
      ['page of a field', (i) => `/ja/fields/${1 + (i % 35)}`],
      ['home page', () => '/ja'],
    ]),
  ]
}

const words = ['電池', '触媒', '抗体', '合金', '薄膜', '表示装置', '測定方法', '樹脂組成物', '通信端末', '燃料電池']
const modifiers = ['全固体', '酸化物', '有機', '多孔質', '低温', '導電性', '硫化物系', '高分子', '複合', '透明']

function searchQuestions({ product, read, app }) {
  const word = (i) => words[i % words.length]
  const two = (i) => `${modifiers[i % modifiers.length]} ${words[Math.floor(i / modifiers.length) % words.length]}`
  const list = (name, asked, goals = {}) => ({ name, ...goals, ask: (i) => listed(product, read, asked(i)) })
  return [
    list('one word, newest', (i) => ({ q: word(i) })),
    list('two words, newest', (i) => ({ q: two(i) }), { words: true }),
    list('two words, best first', (i) => ({ q: two(i), sort: 'relevance' }), { words: true }),
    list('two words, open', (i) => ({ q: two(i), open: true }), { words: true }),
    list('two words in one field', (i) => ({ q: two(i), field: 1 + (i % 35) }), { words: true }),
    list('English word', () => ({ q: 'battery', sort: 'relevance' })),
    list('rare word', (i) => ({ q: `方法 ${100 + (i % 800)}` })),
    list('no hit', () => ({ q: '存在しない語句' })),
    { name: 'facets of one word', ask: (i) => product.readFacets(read, { sort: 'filed', q: word(i) }, on) },
    {
      name: 'facets of two words',
      words: true,
      ask: (i) => product.readFacets(read, { sort: 'filed', q: two(i) }, on),
    },
    { name: 'suggestions', ask: (i) => product.suggest(read, word(i)) },
    ...pages(app, false, [['page of two words', (i) => `/ja/patents?q=${encodeURIComponent(two(i))}`]]).map((page) => ({
      ...page,
      words: true,
    })),
  ]
}

function patentQuestions({ app, patent }) {
  return pages(app, true, [
    ['page /patents/{number}', (i) => `/ja/patents/${patent(i).number}`],
    ['GET /v1/patents/{number}', (i) => `/v1/patents/${patent(i).number}`],
    ['GET /v1/check of one number', (i) => `/v1/check?number=${patent(i).number}&purpose=basic_research&mode=with`],
  ])
}

function listQuestions({ product, read, app, holder }) {
  const list = (name, asked) => ({ name, ask: (i) => listed(product, read, asked(i)) })
  return [
    list('newest', () => ({})),
    list('open', () => ({ open: true })),
    list('one field', (i) => ({ field: 1 + (i % 35) })),
    list('one field, open', (i) => ({ field: 1 + (i % 35), open: true })),
    list('one subclass, open', () => ({ ipc: 'H01M', open: true })),
    list('one holder', (i) => ({ holder: holder(i) })),
    list('one office, lapsed', () => ({ office: 'EP', status: 'lapsed' })),
    list('under one of the terms', () => ({ terms: 'RPC-ACADEMIC-1.0' })),
    list('filed in one year', (i) => ({ filedFrom: `${2005 + (i % 15)}-01-01`, filedTo: `${2005 + (i % 15)}-12-31` })),
    list('enrolled last', () => ({ sort: 'registered' })),
    { name: 'facets of all', ask: () => product.readFacets(read, { sort: 'filed' }, on) },
    {
      name: 'facets of one field',
      ask: (i) => product.readFacets(read, { sort: 'filed', field: 1 + (i % 35) }, on),
    },
    { name: 'facets of open', ask: () => product.readFacets(read, { sort: 'filed', open: true }, on) },
    ...pages(app, false, [
      ['page /patents', () => '/ja/patents'],
      ['page of one field', (i) => `/ja/patents?field=${1 + (i % 35)}`],
    ]),
  ]
}

async function listed(product, read, asked) {
  const filter = await product.readFilter(read, { sort: 'filed', ...asked })
  return (await product.readListing(read, filter, on, undefined, pageSize)).lines.length
}

function pages(app, flat, list) {
  return list.map(([name, path]) => ({
    name,
    flat,
    async ask(i) {
      const response = await app.request(path(i))
      if (response.status !== 200) throw new Error(`${path(i)}: ${response.status}`)
      return (await response.text()).length
    },
  }))
}

function short(count) {
  return count >= 1_000_000 ? `${count / 1_000_000}M` : `${count / 1000}k`
}

function figure(milliseconds) {
  return milliseconds < 1
    ? milliseconds.toFixed(3)
    : milliseconds < 10
      ? milliseconds.toFixed(2)
      : milliseconds.toFixed(1)
}
