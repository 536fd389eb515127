// One size of the data: make it, prove the answers equal, then race every path against its references.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { closeSync, cpSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { numberAt, random } from './data.mjs'
import { proveEqual } from './equal.mjs'
import { httpRounds, loadOnce, placement, startServer } from './http.mjs'
import { median, race, ratioOf } from './in-process.mjs'
import { client, grantRequest, makeRegistry, officerContext, question, registryUrl } from './registry.mjs'

const unknownShare = 0.05
/** Two runs of the same server may differ by this much before a run says nothing. */
const alike = [0.85, 1.15]

export async function measure(count, seed, pace) {
  const product = await import('../../dist/bench/product.mjs')
  const references = await import('../../dist/bench/straightforward.mjs')
  const made = await makeRegistry(product, 'bench/out/registry', count, seed)
  rmSync('bench/out/plain', { recursive: true, force: true })
  cpSync('bench/out/registry', 'bench/out/plain', { recursive: true })
  const next = random(seed + 1)
  const anyNumber = () => {
    const i = Math.floor(next() * count)
    return next() < unknownShare ? numberAt(count + i, made.data.patents[i].office) : made.data.patents[i].number
  }
  const db = product.openDatabase('file:bench/out/registry/registry.db')
  const keys = await product.loadKeys(made.stored)
  const plainDb = drizzle({ client: createClient({ url: 'file:bench/out/plain/registry.db' }) })
  const run = { product, references, made, pace, db, keys, plainDb, anyNumber, ctx: officerContext(product, db, keys) }
  const equal = await proveEqual(product, references, run, Array.from({ length: pace.equal }, anyNumber))
  run.allowed = await allowedNumbers(run)
  const notes = [
    `NDJSON sha256 ${made.data.sha256}; answers of ${equal} numbers equal by every way; fdatasync of 12 KiB ${fdatasyncMilliseconds().toFixed(3)} ms; HTTP: ${placement}`,
  ]
  const inProcess = await inProcessRows(run)
  db.close()
  const http = await httpRows(run, notes)
  return {
    rows: [...http.rows, ...inProcess.rows],
    notes,
    figures: { http: http.figures, inProcess: inProcess.rates },
  }
}

async function allowedNumbers({ product, ctx, made }) {
  const some = made.data.patents.slice(0, 1000).map(({ number }) => product.parseNumber(number))
  const results = await product.checkNumbers(ctx(), some, question)
  return results.filter(({ verdict }) => verdict === 'allowed').map(({ input }) => input)
}

async function inProcessRows({ product, references, made, pace, ctx, anyNumber, allowed, plainDb }) {
  const lists = Array.from({ length: 20 }, () => Array.from({ length: 1000 }, anyNumber))
  const raw = new DatabaseSync('bench/out/registry/registry.db', { readOnly: true })
  const lookUp = raw.prepare(
    'select count(f.body) from json_each(?) k join patent_numbers n on n.key = k.value join facts f on f.patent_id = n.patent_id',
  )
  const keyLists = lists.map((list) =>
    JSON.stringify(list.map((number) => product.parseNumber(number).candidates[0].key)),
  )
  const jwk = made.stored.keys.find(({ use }) => use === 'grant').jwk
  const privateKey = { key: createPrivateKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }
  const text = Buffer.alloc(1100, 65)
  const signature = sign('sha256', text, privateKey)
  const requests = allowed.map((number) => grantRequest(product, number))
  const tokens = []
  let turn = 0
  const request = () => requests[turn++ % requests.length]
  const issueSome = async (some) => {
    const issued = await Promise.all(Array.from({ length: some }, () => product.issueGrant(ctx(), request())))
    tokens.push(...issued.map(({ token }) => token))
    return some
  }
  const plainKeys = references.plainKeys(made.stored)
  const rates = await race(
    {
      'batch, full answers': async () => {
        const list = lists[turn++ % lists.length]
        const results = await product.checkNumbers(
          ctx(),
          list.map((number) => product.parseNumber(number)),
          question,
        )
        return results.length
      },
      'lookups inside one SQL statement': async () => {
        lookUp.get(keyLists[turn++ % keyLists.length])
        return 1000
      },
      'issue, 1 at a time': () => issueSome(1),
      'issue, 64 in flight': () => issueSome(64),
      'drizzle transaction + jose': async () => {
        await references.issue(plainDb, plainKeys, registryUrl, client.id, request())
        return 1
      },
      'raw signing': async () => {
        for (let i = 0; i < 20; i++) sign('sha256', text, privateKey)
        return 20
      },
      'raw verifying': async () => {
        for (let i = 0; i < 20; i++) verify('sha256', text, publicKey, signature)
        return 20
      },
    },
    pace.rounds,
    pace.milliseconds,
  )
  // A token is shown once: the keys are loaded anew for each pass, and what was remembered goes with the old ones.
  let fresh = ctx
  const firstSight = async (inFlight) => {
    if (turn + inFlight > tokens.length) {
      turn = 0
      const again = await product.loadKeys(made.stored)
      fresh = () => ({ ...ctx(), keys: again })
    }
    const shown = tokens.slice(turn, turn + inFlight)
    turn += inFlight
    const answers = await Promise.all(shown.map((token) => product.verifyGrant(fresh(), token)))
    if (answers.some(({ valid }) => valid !== true)) throw new Error('a grant that was issued does not verify')
    return inFlight
  }
  const verified = await race(
    {
      'verify, 1 at a time': () => firstSight(1),
      'verify, 16 in flight': () => firstSight(16),
      'raw verifying again': async () => {
        for (let i = 0; i < 20; i++) verify('sha256', text, publicKey, signature)
        return 20
      },
    },
    pace.rounds,
    pace.milliseconds,
  )
  raw.close()
  Object.assign(rates, verified)
  const row = (path, subject, against, goal) => ({
    path,
    subject: perSecond(median(rates[subject])),
    against,
    reference: perSecond(median(rates[against])),
    ratio: ratioOf(rates[subject], rates[against]),
    ...(goal === undefined ? {} : { goal }),
  })
  const verifyRow = (path, subject, goal) => ({
    ...row(path, subject, 'raw verifying again', goal),
    against: 'raw one-thread verify',
  })
  return {
    rates,
    rows: [
      row('(b) batch of 1,000, full, in process', 'batch, full answers', 'lookups inside one SQL statement', 0.3),
      row('(c) issue, 1 at a time, in process', 'issue, 1 at a time', 'drizzle transaction + jose', 4.5),
      row('(c) issue, 64 in flight, in process', 'issue, 64 in flight', 'raw signing', 0.25),
      verifyRow('(d) verify, first sight, 1 at a time, in process', 'verify, 1 at a time'),
      verifyRow('(d) verify, first sight, 16 in flight, in process', 'verify, 16 in flight', 0.7),
    ],
  }
}

async function httpRows(run, notes) {
  const bare = ['dist/bench/reference-server.mjs', 'bare']
  const serving = { DATA_DIR: 'bench/out/registry', PORT: '0', REGISTRY_URL: registryUrl }
  const servers = {
    bareA: await startServer(bare),
    bareB: await startServer(bare),
    ours: await startServer(['scripts/bench/serve.mjs'], serving),
    plain: await startServer(['dist/bench/reference-server.mjs', 'straightforward', 'bench/out/plain']),
  }
  try {
    return await raceServers(run, servers, notes)
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()))
  }
}

async function raceServers({ product, pace, anyNumber, allowed }, servers, notes) {
  const { bareA, bareB, ours, plain } = servers
  const query = new URLSearchParams(question)
  const check = {
    name: 'check',
    method: 'GET',
    connections: 64,
    requests: Array.from({ length: 64 * 150 }, () => ({ path: `/v1/check?number=${anyNumber()}&${query}` })),
  }
  const batch = posting(
    'batch',
    '/v1/check',
    8,
    Array.from({ length: 32 }, () => ({ numbers: Array.from({ length: 1000 }, anyNumber), ...question })),
  )
  const grants = Array.from({ length: 320 }, (_, i) => grantRequest(product, allowed[i % allowed.length]))
  const bearer = { Authorization: `Bearer ${await accessToken(ours.url)}` }
  const issueOne = posting('issue', '/v1/grants', 1, grants, bearer)
  const issueMany = posting('issue', '/v1/grants', 16, grants, bearer)

  const timed = (server, job) => () => loadOnce(server, { ...job, seconds: pace.httpSeconds })
  const warmed = (server, job) => loadOnce(server, { ...job, seconds: pace.warmSeconds })
  for (const server of [bareA, bareB, ours, plain]) await warmed(server, check)
  const checkCases = {
    bareA: timed(bareA, check),
    ours: timed(ours, check),
    plain: timed(plain, check),
    bareB: timed(bareB, check),
  }
  let checks = await httpRounds(checkCases, pace.rounds)
  let control = ratioOf(rates(checks.bareB), rates(checks.bareA))
  if (!isAlike(control)) {
    notes.push(`A/A ${control.toFixed(2)} is outside ${alike.join('–')}: the check was run once more.`)
    checks = await httpRounds(checkCases, pace.rounds)
    control = ratioOf(rates(checks.bareB), rates(checks.bareA))
  }
  const isVoid = !isAlike(control)
  notes.push(
    `A/A (bare Hono against itself) ${control.toFixed(2)}${isVoid ? ': HTTP ratios of this run are void' : ''}`,
  )

  await warmed(ours, batch)
  await warmed(ours, issueMany)
  // By count and not by time: an answer of the straightforward version takes a good part of a second.
  const some = (count) => ({ ...batch, requests: batch.requests.slice(0, count) })
  await loadOnce(plain, some(8))
  const batches = await httpRounds(
    { ours: () => loadOnce(ours, batch), plain: () => loadOnce(plain, some(8)) },
    pace.rounds,
  )
  const issues = await httpRounds(
    { one: timed(ours, issueOne), plain: timed(plain, issueOne), many: timed(ours, issueMany) },
    pace.rounds,
  )
  const verifies = await verifyRounds({ product, pace, ours, bare: bareA, grants, bearer })

  const row = (path, subject, against, reference, goal) => {
    const ratio = ratioOf(rates(subject), rates(reference))
    const processor = median(reference.map((one, i) => one.processor / subject[i].processor))
    return {
      path,
      subject: `${perSecond(median(rates(subject)))}, p50 ${median(subject.map(({ p50 }) => p50))} p99 ${median(subject.map(({ p99 }) => p99))} ms, ${microseconds(subject)} µs cpu`,
      against,
      reference: `${perSecond(median(rates(reference)))}, ${microseconds(reference)} µs cpu`,
      ratio,
      processorRatio: processor,
      goal,
      void: isVoid,
    }
  }
  return {
    figures: { checks, batches, issues, verifies, control },
    rows: [
      row('(a) check, HTTP', checks.ours, 'bare Hono c.json', checks.bareA, 0.6),
      row('(a) check, HTTP', checks.ours, 'straightforward', checks.plain, 8),
      row('(b) batch of 1,000, full, HTTP', batches.ours, 'drizzle inArray', batches.plain, 4),
      row('(c) issue, HTTP, 1 at a time', issues.one, 'drizzle transaction + jose', issues.plain),
      row('(d) verify, HTTP, seen before', verifies.seen, 'JSON echo', verifies.echo, 0.75),
      {
        path: '(d) verify, HTTP, first sight',
        subject: perSecond(median(rates(verifies.first))),
        against: 'raw one-thread verify',
        reference: perSecond(median(verifies.raw)),
        ratio: median(verifies.first.map((one, i) => one.perSecond / verifies.raw[i])),
        goal: 0.8,
        void: isVoid,
      },
    ],
  }
}

/** First sight: every token of a round is new to the server and shown once. */
async function verifyRounds({ pace, ours, bare, grants, bearer }) {
  const perRound = 960
  const tokens = []
  while (tokens.length < perRound * (pace.rounds + 1)) {
    const bodies = Array.from({ length: 32 }, (_, i) => grants[(tokens.length + i) % grants.length])
    tokens.push(...(await Promise.all(bodies.map((body) => issued(ours.url, bearer, body)))))
  }
  const shown = (round) => tokens.slice(round * perRound, (round + 1) * perRound).map((token) => ({ token }))
  const first = (round) => loadOnce(ours, posting('verify', '/v1/grants/verify', 16, shown(round)))
  const seen = posting('verify', '/v1/grants/verify', 16, shown(pace.rounds))
  const echo = posting('echo', '/echo', 16, shown(pace.rounds))
  await first(pace.rounds)
  await loadOnce(ours, { ...seen, seconds: pace.warmSeconds })
  await loadOnce(bare, { ...echo, seconds: pace.warmSeconds })
  const raw = []
  const rounds = await httpRounds(
    {
      first: async (round) => {
        raw[round] = rawVerifiesPerSecond(pace.milliseconds)
        return first(round)
      },
      seen: () => loadOnce(ours, { ...seen, seconds: pace.httpSeconds }),
      echo: () => loadOnce(bare, { ...echo, seconds: pace.httpSeconds }),
    },
    pace.rounds,
  )
  return { ...rounds, raw }
}

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const sampleText = Buffer.alloc(1100, 65)
const samplePublic = { key: pair.publicKey, dsaEncoding: 'ieee-p1363' }
const sampleSignature = sign('sha256', sampleText, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })

function rawVerifiesPerSecond(milliseconds) {
  const start = performance.now()
  let done = 0
  for (; performance.now() - start < milliseconds; done++) verify('sha256', sampleText, samplePublic, sampleSignature)
  return (done / (performance.now() - start)) * 1000
}

async function accessToken(url) {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  })
  return (await response.json()).access_token
}

async function issued(url, bearer, body) {
  const headers = { 'Content-Type': 'application/json', ...bearer }
  const response = await fetch(`${url}/v1/grants`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (response.status !== 201) throw new Error(`issue: ${response.status} ${await response.text()}`)
  return (await response.json()).token
}

function posting(name, path, connections, bodies, headers = {}) {
  return {
    name,
    method: 'POST',
    connections,
    headers: { 'Content-Type': 'application/json', ...headers },
    requests: bodies.map((body) => ({ path, body: JSON.stringify(body) })),
  }
}

function rates(rounds) {
  return rounds.map(({ perSecond: rate }) => rate)
}

function isAlike(ratio) {
  return ratio >= alike[0] && ratio <= alike[1]
}

function perSecond(rate) {
  return `${Math.round(rate).toLocaleString('en')}/s`
}

function microseconds(rounds) {
  return Math.round(median(rounds.map(({ processor }) => processor)) * 1000).toLocaleString('en')
}

/** What one durable write costs here; the disk decides how much group commit wins. */
function fdatasyncMilliseconds() {
  const file = openSync('bench/out/fdatasync', 'w')
  const block = Buffer.alloc(12 * 1024, 1)
  const times = Array.from({ length: 50 }, () => {
    writeSync(file, block)
    const start = performance.now()
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  return median(times)
}
