import { describe, expect, test } from 'vitest'
import { currentAgreement } from '../../policies/participation.ts'
import { newClient } from '../../src/clients/client.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { organisation } from '../../src/organisations/organisation.ts'
import { patent } from '../../src/patents/patent.ts'
import { checkRegistry } from '../support/check-registry.ts'
import {
  declarationOf,
  declare,
  enrolPatent,
  grant,
  grantOf,
  type Holders,
  type Member,
  openHolders,
} from '../support/holders.ts'
import { grantNumber, patentOf } from '../support/patents.ts'
import type { Answer } from '../support/registry.ts'

/** Which of two comes first differs from round to round, and each round starts them in the other order. */
const rounds = Array.from({ length: 3 }, (_, round) => ({ round }))

async function race(round: number, ...requests: readonly (() => Promise<Answer>)[]): Promise<Answer[]> {
  const order = requests.map((run, at) => ({ run, at }))
  if (round % 2 === 1) order.reverse()
  const answers = await Promise.all(order.map(async ({ run, at }) => ({ at, answer: await run() })))
  return answers.sort((a, b) => a.at - b.at).map(({ answer }) => answer)
}

function statuses(answers: readonly Answer[]): number[] {
  return answers.map(({ status }) => status).sort()
}

async function logOf({ db }: Holders): Promise<string[]> {
  const rows = await db.read.rows('select type from log_entries order by sequence', [])
  return rows.map(([type]) => String(type))
}

function count(log: readonly string[], type: string): number {
  return log.filter((one) => one === type).length
}

async function etagOf({ anonymous }: Holders, path: string): Promise<string> {
  return (await anonymous.get(path)).headers.get('ETag') ?? ''
}

function approval({ organisation: { id } }: Member): string {
  return `/v1/organisations/${id}/approval`
}

describe.each(rounds)('a grant, round $round,', ({ round }) => {
  test('against the withdrawal of its declaration: both, for the notice period has only begun', async () => {
    const registry = await openHolders()
    const { kyoto, osaka, own } = registry
    const { id } = await declare(kyoto.officer, [own.number])
    const answers = await race(
      round,
      () => osaka.officer.post('/v1/grants', grantOf([own.number])),
      () => kyoto.officer.post(`/v1/declarations/${id}/withdrawal`, { reason: 'The patent was assigned.' }),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 200])
    const { closedFrom = '' } = (await registry.anonymous.get(`/v1/declarations/${id}`)).as(declaration)
    registry.clock.now = new Date(new Date(`${closedFrom}T00:00:00.000Z`).getTime() - 1)
    expect((await osaka.officer.post('/v1/grants', grantOf([own.number]))).status).toBe(201)
    registry.clock.now = new Date(`${closedFrom}T00:00:00.000Z`)
    expect((await osaka.officer.post('/v1/grants', grantOf([own.number]))).problem().code).toBe('nothing_covered')
    await checkRegistry(registry)
  })

  test('against the withdrawal of a declaration that still waits: never granted', async () => {
    const registry = await openHolders()
    const { kyoto, osaka, shared } = registry
    const { id } = await declare(kyoto.officer, [shared.number])
    const [granted, withdrawn] = await race(
      round,
      () => osaka.officer.post('/v1/grants', grantOf([shared.number])),
      () => kyoto.officer.post(`/v1/declarations/${id}/withdrawal`, { reason: 'The patent was assigned.' }),
    )
    expect([granted?.problem().code, withdrawn?.status]).toEqual(['nothing_covered', 200])
    await checkRegistry(registry)
  })

  test('against the last consent: granted only once it is in force', async () => {
    const registry = await openHolders()
    const { kyoto, toyota, osaka, shared } = registry
    const { id } = await declare(kyoto.officer, [shared.number])
    const [granted, consented] = await race(
      round,
      () => osaka.officer.post('/v1/grants', grantOf([shared.number])),
      () => toyota.officer.post(`/v1/declarations/${id}/consents`, { answer: 'given' }),
    )
    expect(consented?.status).toBe(200)
    const log = await logOf(registry)
    if (granted?.status === 201) expect(log.indexOf('granted')).toBeGreaterThan(log.indexOf('declaration_in_force'))
    else expect(granted?.problem().code).toBe('nothing_covered')
    await checkRegistry(registry)
  })

  test.each(['kyoto', 'osaka'] as const)(
    'against the suspension of %s, holder or grantee: never after it',
    async (who) => {
      const registry = await openHolders()
      const { kyoto, osaka, own, steward } = registry
      await declare(kyoto.officer, [own.number])
      const [granted, suspended] = await race(
        round,
        () => osaka.officer.post('/v1/grants', grantOf([own.number])),
        () => steward.post(approval(registry[who]), { state: 'suspended' }),
      )
      expect(suspended?.status).toBe(200)
      const log = await logOf(registry)
      if (granted?.status === 201) expect(log.indexOf('granted')).toBeLessThan(log.indexOf('organisation_suspended'))
      else {
        expect(['nothing_covered', 'forbidden', 'conflict']).toContain(granted?.problem().code)
        expect(log).not.toContain('granted')
      }
      await checkRegistry(registry)
    },
  )

  test('against an exclusive licence being recorded: never after it', async () => {
    const registry = await openHolders()
    const { kyoto, osaka, own } = registry
    await declare(kyoto.officer, [own.number])
    const path = `/v1/patents/${own.number}`
    const headers = { 'If-Match': await etagOf(registry, path) }
    const encumbrances = [{ kind: 'exclusive_licence', researchReserved: false }]
    const [granted, patched] = await race(
      round,
      () => osaka.officer.post('/v1/grants', grantOf([own.number])),
      () => kyoto.officer.patch(path, { encumbrances }, headers),
    )
    expect(patched?.status).toBe(200)
    expect([201, 422]).toContain(granted?.status)
    // The order of two acts of one moment shows in the row ids: a grant of a later row would stand on an old patent.
    expect((await osaka.officer.post('/v1/grants', grantOf([own.number]))).problem().code).toBe('nothing_covered')
    await checkRegistry(registry)
  })

  test('asked for twice at once is two grants with places of their own', async () => {
    const registry = await openHolders()
    const { kyoto, osaka, own } = registry
    await declare(kyoto.officer, [own.number])
    const ask = () => osaka.officer.post('/v1/grants', grantOf([own.number]))
    const answers = await race(round, ...Array.from({ length: 20 }, () => ask))
    expect(new Set(statuses(answers))).toEqual(new Set([201]))
    const rows = await registry.db.read.rows(
      'select count(distinct status_index), count(distinct number) from grants',
      [],
    )
    expect(rows[0]?.map(Number)).toEqual([20, 20])
    await checkRegistry(registry)
  })
})

test('a grant goes through while another patent of the same declaration has a suspended co-owner', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, osaka, own, shared, steward } = registry
  const { id } = await declare(kyoto.officer, [own.number, shared.number])
  await toyota.officer.post(`/v1/declarations/${id}/consents`, { answer: 'given' })
  await steward.post(approval(toyota), { state: 'suspended' })
  const { covered, leftOut } = await grant(osaka.officer, [own.number, shared.number])
  expect(covered.map(({ number }) => number)).toEqual([own.number])
  expect(leftOut.map(({ input }) => input)).toEqual([shared.number])
  await checkRegistry(registry)
})

test('a grant goes through while a former holder of the patent is suspended', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, osaka, steward } = registry
  const holders = [
    { organisation: kyoto.organisation.id },
    { organisation: toyota.organisation.id, until: '2020-03-31' },
  ]
  const { number } = (await kyoto.officer.post('/v1/patents', patentOf([], { holders }))).as(patent)
  await declare(kyoto.officer, [number])
  await steward.post(approval(toyota), { state: 'suspended' })
  expect((await grant(osaka.officer, [number])).covered.map((one) => one.number)).toEqual([number])
  await checkRegistry(registry)
})

describe.each(rounds)('of two acts on a grant, round $round,', ({ round }) => {
  async function granted() {
    const registry = await openHolders()
    await declare(registry.kyoto.officer, [registry.own.number])
    return { ...registry, path: `/v1/grants/${(await grant(registry.osaka.officer, [registry.own.number])).id}` }
  }

  test('two revocations: one is made, the other hears that it was', async () => {
    const registry = await granted()
    const answers = await race(
      round,
      () => registry.osaka.officer.post(`${registry.path}/revocation`, { reason: 'issued_in_error' }),
      () => registry.steward.post(`${registry.path}/revocation`, { reason: 'breach' }),
      () => registry.kyoto.officer.post(`${registry.path}/revocation`, { reason: 'false_statement' }),
    )
    expect(statuses(answers)).toEqual([200, 409, 409])
    for (const answer of answers.filter(({ status }) => status === 409))
      expect(answer.problem().code).toBe('already_decided')
    expect(count(await logOf(registry), 'grant_revoked')).toBe(1)
    await checkRegistry(registry)
  })

  test('revocation and suspension: it ends revoked, and nothing is suspended after that', async () => {
    const registry = await granted()
    const [revoked, suspended] = await race(
      round,
      () => registry.osaka.officer.post(`${registry.path}/revocation`, { reason: 'issued_in_error' }),
      () => registry.kyoto.officer.post(`${registry.path}/suspension`, { note: 'A report is being looked into.' }),
    )
    expect(revoked?.status).toBe(200)
    const log = await logOf(registry)
    if (suspended?.status === 200) expect(log.indexOf('grant_suspended')).toBeLessThan(log.indexOf('grant_revoked'))
    else expect(suspended?.problem().code).toBe('already_decided')
    expect((await registry.anonymous.get(registry.path)).text).toContain('"status":"revoked"')
    await checkRegistry(registry)
  })

  test('suspended twice, and lifted twice: each once', async () => {
    const registry = await granted()
    for (const act of ['suspension', 'reinstatement']) {
      const ask = () => registry.kyoto.officer.post(`${registry.path}/${act}`, { note: 'A report.' })
      expect(statuses(await race(round, ask, ask))).toEqual([200, 409])
    }
    await checkRegistry(registry)
  })

  test('two holders end their parts: both parts are ended, whichever came first', async () => {
    const registry = await openHolders()
    const { kyoto, toyota, osaka, own, anonymous } = registry
    const theirs = await enrolPatent(toyota.officer, [toyota])
    const third = await enrolPatent(kyoto.officer, [kyoto])
    await declare(kyoto.officer, [own.number, third.number])
    await declare(toyota.officer, [theirs.number])
    const { id } = await grant(osaka.officer, [own.number, theirs.number])
    const end = ({ officer }: Member) => officer.post(`/v1/grants/${id}/revocation`, { reason: 'breach' })
    const answers = await race(
      round,
      () => end(kyoto),
      () => end(toyota),
    )
    expect(statuses(answers)).toEqual([200, 409])
    const { supersededBy } = JSON.parse(answers.find(({ status }) => status === 200)?.text ?? '')
    expect((await anonymous.get(`/v1/grants/${supersededBy}`)).text).toContain('"status":"valid"')
    expect(count(await logOf(registry), 'grant_superseded')).toBe(1)
    await checkRegistry(registry)
  })
})

test('a holder that ends its part of a suspended grant does not lift the suspension of the rest', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, osaka, own, steward, anonymous } = registry
  const theirs = await enrolPatent(toyota.officer, [toyota])
  await declare(kyoto.officer, [own.number])
  await declare(toyota.officer, [theirs.number])
  const { id } = await grant(osaka.officer, [own.number, theirs.number])
  await steward.post(`/v1/grants/${id}/suspension`, { note: 'A report is being looked into.' })
  const { text } = await kyoto.officer.post(`/v1/grants/${id}/revocation`, { reason: 'breach' })
  const path = `/v1/grants/${JSON.parse(text).supersededBy}`
  expect((await anonymous.get(path)).text).toContain('"status":"suspended"')
  await checkRegistry(registry)
  expect((await steward.post(`${path}/reinstatement`, { note: 'It was a mistake.' })).status).toBe(200)
  expect((await anonymous.get(path)).text).toContain('"status":"valid"')
  await checkRegistry(registry)
})

describe.each(rounds)('consents, round $round:', ({ round }) => {
  async function awaiting() {
    const registry = await openHolders()
    const { kyoto, toyota, nara } = registry
    const { number } = await enrolPatent(kyoto.officer, [kyoto, toyota, nara])
    const { id } = await declare(kyoto.officer, [number])
    return { ...registry, id, consents: `/v1/declarations/${id}/consents` }
  }
  const given = { answer: 'given' }
  const state = async ({ anonymous, id }: Awaited<ReturnType<typeof awaiting>>) =>
    (await anonymous.get(`/v1/declarations/${id}`)).as(declaration).state

  test('of two co-owners at once bring it into force exactly once', async () => {
    const registry = await awaiting()
    const answers = await race(
      round,
      () => registry.toyota.officer.post(registry.consents, given),
      () => registry.nara.officer.post(registry.consents, given),
    )
    expect(statuses(answers)).toEqual([200, 200])
    expect(await state(registry)).toBe('in_force')
    const log = await logOf(registry)
    expect([count(log, 'consented'), count(log, 'declaration_in_force')]).toEqual([2, 1])
    await checkRegistry(registry)
  })

  test('the same one twice counts once', async () => {
    const registry = await awaiting()
    const ask = () => registry.toyota.officer.post(registry.consents, given)
    expect(statuses(await race(round, ask, ask))).toEqual([200, 409])
    expect(await state(registry)).toBe('awaiting_consent')
    await checkRegistry(registry)
  })

  test('a yes and a no of one co-owner: one stands', async () => {
    const registry = await awaiting()
    const { officer } = registry.toyota
    const answers = await race(
      round,
      () => officer.post(registry.consents, given),
      () => officer.post(registry.consents, { answer: 'refused', reason: 'We plan to license it.' }),
    )
    expect(statuses(answers)).toEqual([200, 409])
    await checkRegistry(registry)
  })

  test('against withdrawal: withdrawn in the end', async () => {
    const registry = await awaiting()
    await registry.nara.officer.post(registry.consents, given)
    const [consented, withdrawn] = await race(
      round,
      () => registry.toyota.officer.post(registry.consents, given),
      () => registry.kyoto.officer.post(`/v1/declarations/${registry.id}/withdrawal`, { reason: 'Assigned.' }),
    )
    expect(withdrawn?.status).toBe(200)
    if (consented?.status !== 200) expect(consented?.problem().code).toBe('not_allowed_now')
    expect(await state(registry)).toBe('withdrawn')
    await checkRegistry(registry)
  })

  test('two withdrawals: one', async () => {
    const registry = await awaiting()
    const ask = () => registry.kyoto.officer.post(`/v1/declarations/${registry.id}/withdrawal`, { reason: 'Assigned.' })
    expect(statuses(await race(round, ask, ask))).toEqual([200, 409])
    await checkRegistry(registry)
  })

  test('against the suspension of the co-owner: never after it', async () => {
    const registry = await awaiting()
    const [consented] = await race(
      round,
      () => registry.toyota.officer.post(registry.consents, given),
      () => registry.steward.post(approval(registry.toyota), { state: 'suspended' }),
    )
    const log = await logOf(registry)
    if (consented?.status === 200) expect(log.indexOf('consented')).toBeLessThan(log.indexOf('organisation_suspended'))
    else expect(log).not.toContain('consented')
    await checkRegistry(registry)
  })
})

describe.each(rounds)('records, round $round:', ({ round }) => {
  test('two declarations of the same patents under the same terms: one', async () => {
    const registry = await openHolders()
    const { kyoto, own } = registry
    const ask = () => kyoto.officer.post('/v1/declarations', declarationOf([own.number]))
    const answers = await race(round, ask, ask)
    expect(statuses(answers)).toEqual([201, 422])
    expect(answers.find(({ status }) => status === 422)?.problem().errors?.[0]?.code).toBe('already_declared')
    await checkRegistry(registry)
  })

  test('the same by two co-owners: one', async () => {
    const registry = await openHolders()
    const { kyoto, toyota, shared } = registry
    const ask = ({ officer }: Member) => officer.post('/v1/declarations', declarationOf([shared.number]))
    const answers = await race(
      round,
      () => ask(kyoto),
      () => ask(toyota),
    )
    expect(statuses(answers)).toEqual([201, 422])
    await checkRegistry(registry)
  })

  test('a declaration against a change of holders: who has to consent is who holds', async () => {
    const registry = await openHolders()
    const { kyoto, nara, own, anonymous } = registry
    const path = `/v1/patents/${own.number}`
    const headers = { 'If-Match': await etagOf(registry, path) }
    const holders = [kyoto, nara].map(({ organisation: { id } }) => ({ organisation: id }))
    const [declared, patched] = await race(
      round,
      () => kyoto.officer.post('/v1/declarations', declarationOf([own.number])),
      () => kyoto.officer.patch(path, { holders }, headers),
    )
    expect(declared?.status).toBe(201)
    if (patched?.status !== 200) expect(patched?.problem().code).toBe('not_allowed_now')
    const { consents } = (await anonymous.get(`/v1/declarations/${JSON.parse(declared?.text ?? '').id}`)).as(
      declaration,
    )
    expect(consents.length).toBe((await anonymous.get(path)).as(patent).holders.length - 1)
    await checkRegistry(registry)
  })

  test('an exclusive licence against a declaration: never declared over it', async () => {
    const registry = await openHolders()
    const { kyoto, own } = registry
    const path = `/v1/patents/${own.number}`
    const headers = { 'If-Match': await etagOf(registry, path) }
    const [declared, patched] = await race(
      round,
      () => kyoto.officer.post('/v1/declarations', declarationOf([own.number])),
      () =>
        kyoto.officer.patch(path, { encumbrances: [{ kind: 'exclusive_licence', researchReserved: false }] }, headers),
    )
    expect(patched?.status).toBe(200)
    if (declared?.status !== 201) expect(declared?.problem().errors?.[0]?.code).toBe('encumbered')
    await checkRegistry(registry)
  })

  test('two registrations of the same patent: one, and the other names it', async () => {
    const registry = await openHolders()
    const { kyoto, toyota } = registry
    const body = patentOf([kyoto.organisation, toyota.organisation])
    const answers = await race(
      round,
      () => kyoto.officer.post('/v1/patents', body),
      () => toyota.officer.post('/v1/patents', body),
    )
    expect(statuses(answers)).toEqual([201, 409])
    const refused = answers.find(({ status }) => status === 409)?.problem()
    expect(refused).toMatchObject({ code: 'already_registered', existing: expect.stringContaining('/v1/patents/') })
    await checkRegistry(registry)
  })

  test('two changes of the version that both read: one', async () => {
    const registry = await openHolders()
    const { kyoto, toyota, shared } = registry
    const path = `/v1/patents/${shared.number}`
    const headers = { 'If-Match': await etagOf(registry, path) }
    const answers = await race(
      round,
      () => kyoto.officer.patch(path, { family: 'F1' }, headers),
      () => toyota.officer.patch(path, { family: 'F2' }, headers),
    )
    expect(statuses(answers)).toEqual([200, 412])
    expect(answers.find(({ status }) => status === 412)?.problem().code).toBe('stale_version')
    const own = `/v1/organisations/${kyoto.organisation.id}`
    const version = { 'If-Match': await etagOf(registry, own) }
    const change = () => kyoto.officer.patch(own, { grantApproval: 'officer_approves' }, version)
    expect(statuses(await race(round, change, change))).toEqual([200, 412])
    await checkRegistry(registry)
  })

  test('a new name of a holder against a registration: the facts of the patent carry it', async () => {
    const registry = await openHolders()
    const { kyoto, osaka } = registry
    const path = `/v1/organisations/${osaka.organisation.id}`
    const headers = { 'If-Match': await etagOf(registry, path) }
    const name = { ja: '新大阪大学', en: 'New Osaka University' }
    const answers = await race(
      round,
      () => osaka.officer.patch(path, { name }, headers),
      () => kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation, osaka.organisation])),
      () => osaka.officer.post('/v1/patents', patentOf([osaka.organisation])),
    )
    expect(statuses(answers)).toEqual([200, 201, 201])
    await checkRegistry(registry)
  })

  test('two applications with the same ROR id: one', async () => {
    const registry = await openHolders()
    const body = {
      name: { ja: '大学', en: 'University' },
      kind: 'university',
      country: 'JP',
      ror: '02kpeqv85',
      signatory: { name: '署名 花子', post: '理事' },
      agreement: { id: currentAgreement.id, sha256: currentAgreement.sha256 },
    }
    const answers = await race(
      round,
      () => registry.kyoto.officer.post('/v1/organisations', body),
      () => registry.nara.officer.post('/v1/organisations', body),
    )
    expect(statuses(answers)).toEqual([201, 409])
    expect(answers.find(({ status }) => status === 409)?.problem().code).toBe('already_registered')
    await checkRegistry(registry)
  })

  test('two stewards approve and suspend at once: the log says what is so', async () => {
    const registry = await openHolders()
    const path = approval(registry.nara)
    const answers = await race(
      round,
      () => registry.steward.post(path, { state: 'suspended' }),
      () => registry.steward.post(path, { state: 'left' }),
    )
    expect(answers[1]?.status).toBe(200)
    const { state } = (await registry.anonymous.get(path.replace('/approval', ''))).as(organisation)
    expect(state).toBe('left')
    await checkRegistry(registry)
  })

  test('a client that is revoked while it writes: nothing of it comes after the revocation', async () => {
    const registry = await openHolders()
    const { kyoto } = registry
    const path = `/v1/organisations/${kyoto.organisation.id}/clients`
    const body = { name: 'Portfolio system', role: 'officer', scopes: ['patents:write', 'organisation:manage'] }
    const { client_id, client_secret } = (await kyoto.officer.post(path, body)).as(newClient)
    const headers = {
      Authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    }
    const { text } = await registry.anonymous.send('POST', '/oauth/token', {
      body: 'grant_type=client_credentials',
      headers,
    })
    const bearer = { Authorization: `Bearer ${JSON.parse(text).access_token}` }
    const answers = await race(
      round,
      () => kyoto.officer.delete(`${path}/${client_id}`),
      () => registry.anonymous.post('/v1/patents', patentOf([kyoto.organisation]), bearer),
      () => registry.anonymous.post(path, { ...body, name: 'Left behind' }, bearer),
    )
    expect(answers[0]?.status).toBe(204)
    const events = await registry.db.read.rows('select event, "by", subject from history order by rowid', [])
    const revoked = events.findIndex(([event, , subject]) => event === 'client_revoked' && subject === client_id)
    expect(events.slice(revoked + 1).filter(([, by]) => by === client_id)).toEqual([])
    for (const { status } of answers) expect(status).toBeLessThan(500)
    await checkRegistry(registry)
  })

  test('fifty registrations at once: none is lost', async () => {
    const registry = await openHolders()
    const { kyoto, anonymous } = registry
    const first = 3_000_000 + round * 1000
    const asked = Array.from({ length: 50 }, (_, i) => `特許第${first + i}号`)
    const answers = await race(
      round,
      ...asked.map(
        (number) => () =>
          kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation], { numbers: [number], family: 'F1' })),
      ),
    )
    expect(new Set(statuses(answers))).toEqual(new Set([201]))
    for (const number of asked)
      expect((await anonymous.get(`/v1/patents/${encodeURIComponent(number)}`)).as(patent).family?.members.length).toBe(
        49,
      )
    await checkRegistry(registry)
  })
})

describe.each(rounds)('an Idempotency-Key, round $round:', ({ round }) => {
  const key = { 'Idempotency-Key': 'e6ad7c9a' }

  test('sent twice at once has one effect and equal answers, and later the same', async () => {
    const registry = await openHolders()
    const { kyoto, osaka, own } = registry
    const asks = {
      '/v1/patents': () => kyoto.officer.post('/v1/patents', body, key),
      '/v1/declarations': () =>
        kyoto.officer.post('/v1/declarations', declarationOf([own.number]), { 'Idempotency-Key': 'd' }),
      '/v1/grants': () => osaka.officer.post('/v1/grants', grantOf([own.number]), key),
    }
    const body = patentOf([kyoto.organisation], { numbers: [grantNumber()] })
    for (const [path, ask] of Object.entries(asks)) {
      const answers = await race(round, ask, ask, ask)
      expect(statuses(answers), path).toEqual([201, 201, 201])
      expect(new Set(answers.map(({ text }) => text)).size, path).toBe(1)
      expect(answers.filter(({ headers }) => headers.has('Idempotency-Replayed')).length, path).toBe(2)
      const later = await ask()
      expect([later.text, later.headers.get('Idempotency-Replayed')], path).toEqual([answers[0]?.text, 'true'])
    }
    const log = await logOf(registry)
    expect([count(log, 'declared'), count(log, 'granted')]).toEqual([1, 1])
    await checkRegistry(registry)
  })

  test('with another body or path is refused, at once and later, and nothing is done', async () => {
    const registry = await openHolders()
    const { kyoto } = registry
    const one = patentOf([kyoto.organisation])
    const other = patentOf([kyoto.organisation])
    const answers = await race(
      round,
      () => kyoto.officer.post('/v1/patents', one, key),
      () => kyoto.officer.post('/v1/patents', other, key),
    )
    expect(statuses(answers)).toEqual([201, 422])
    expect(answers.find(({ status }) => status === 422)?.problem().code).toBe('idempotency_mismatch')
    const declared = await kyoto.officer.post('/v1/declarations', declarationOf([registry.own.number]), key)
    expect(declared.problem().code).toBe('idempotency_mismatch')
    expect(await logOf(registry)).not.toContain('declared')
    await checkRegistry(registry)
  })

  test('of one client is nothing to another, and is forgotten after a day', async () => {
    const registry = await openHolders()
    const { kyoto, nara } = registry
    const mine = await kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation]), key)
    const theirs = await nara.officer.post('/v1/patents', patentOf([nara.organisation]), key)
    expect(statuses([mine, theirs])).toEqual([201, 201])
    registry.clock.now = new Date(registry.clock.now.getTime() + 24 * 3_600_000)
    expect((await kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation]), key)).status).toBe(201)
    await checkRegistry(registry)
  })

  test('does not remember what was refused', async () => {
    const registry = await openHolders()
    const { kyoto, nara } = registry
    const body = patentOf([nara.organisation])
    expect((await kyoto.officer.post('/v1/patents', body, key)).problem().code).toBe('forbidden')
    expect((await kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation]), key)).status).toBe(201)
  })

  test('never gives a secret a second time', async () => {
    const registry = await openHolders()
    const path = `/v1/organisations/${registry.kyoto.organisation.id}/clients`
    const body = { name: 'Portfolio system', role: 'officer', scopes: ['patents:write'] }
    const ask = () => registry.kyoto.officer.post(path, body, key)
    const answers = await race(round, ask, ask)
    expect(statuses(answers)).toEqual([201, 409])
    const secret = answers.find(({ status }) => status === 201)?.as(newClient).client_secret ?? 'none'
    const later = await ask()
    expect(later.problem().code).toBe('idempotency_spent')
    expect(later.text).not.toContain(secret)
    const rows = await registry.db.read.rows(`select count(*) from clients where name = 'Portfolio system'`, [])
    expect(Number(rows[0]?.[0])).toBe(1)
    await checkRegistry(registry)
  })
})
