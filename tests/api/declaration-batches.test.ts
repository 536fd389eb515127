import { expect, test } from 'vitest'
import { pinnedFingerprints, type TermsId } from '../../policies/terms.ts'
import { batch, effect } from '../../src/declarations/batches/batch.ts'
import { continueBatches } from '../../src/declarations/batches/confirm.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { page } from '../../src/http/paging.ts'
import { namedOrganisation } from '../support/named.ts'
import { declarationOf, enrolled } from '../support/opening.ts'
import { type Caller, type OperatedRegistry, openRegistry } from '../support/registry.ts'

function rule(termsId: TermsId, where: Record<string, unknown> = {}) {
  return { where, termsId, termsSha256: pinnedFingerprints[termsId] }
}

async function previewed(officer: Caller, choice: Record<string, unknown>) {
  return (await officer.post('/v1/declarations/preview', choice)).as(effect)
}

function confirming(choice: Record<string, unknown>, effectSha256: string) {
  return { ...choice, effectSha256, encumbrancesChecked: true }
}

/** Until it is done, as the scheduled work carries it on. */
async function finished(registry: OperatedRegistry, officer: Caller, id: string) {
  for (;;) {
    const now = (await officer.get(`/v1/declaration-batches/${id}`)).as(batch)
    if (now.state !== 'working') return now
    await continueBatches(registry.context())
  }
}

async function portfolio(registry: OperatedRegistry) {
  const [mine, member, named] = await Promise.all([
    registry.organisation(),
    registry.organisation(),
    namedOrganisation(registry),
  ])
  const officer = await registry.member(mine.id)
  const coOwner = await registry.member(member.id)
  const [own, old, shared, withNamed, excluded, licensed, dead, declared] = await Promise.all([
    enrolled(officer, [mine]),
    enrolled(officer, [mine], {
      filedOn: '2001-05-01',
      grantedOn: '2003-01-01',
      classes: { ipc: ['G01N33/53'], cpc: [], fi: [] },
    }),
    enrolled(officer, [mine, member]),
    enrolled(officer, [mine, named]),
    enrolled(officer, [mine]),
    enrolled(officer, [mine], { encumbrances: [{ kind: 'exclusive_licence', researchReserved: false }] }),
    enrolled(officer, [mine], {
      status: { value: 'lapsed', on: '2024-01-01', source: 'J-PlatPat', seenOn: '2026-11-01' },
    }),
    enrolled(officer, [mine]),
  ])
  await officer.post(`/v1/organisations/${mine.id}/exclusions`, { entries: [{ number: excluded.number }] })
  await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [declared.number]))
  return { mine, member, named, officer, coOwner, own, old, shared, withNamed, excluded, licensed, dead, declared }
}

test('the effect groups by co-owners and terms, says whom to ask and how, and why the rest is left out', async () => {
  const registry = await openRegistry()
  const { officer, member, named, own, old, shared, withNamed, excluded, licensed, dead, declared } =
    await portfolio(registry)
  const choice = { rules: [rule('RPC-ACADEMIC-1.0', { filedTo: 2005 }), rule('RPC-OPEN-1.0')] }
  const shown = await previewed(officer, choice)
  expect(shown.patents).toBe(4)
  const groups = shown.declarations.map(({ termsId, numbers, coOwners }) => [
    termsId,
    numbers,
    coOwners.map(({ id, ask }) => [id, ask]),
  ])
  expect(groups).toHaveLength(4)
  expect(groups).toEqual(
    expect.arrayContaining([
      ['RPC-ACADEMIC-1.0', [old.number], []],
      ['RPC-OPEN-1.0', [own.number], []],
      ['RPC-OPEN-1.0', [shared.number], [[member.id, 'registry']]],
      ['RPC-OPEN-1.0', [withNamed.number], [[named.id, 'link']]],
    ]),
  )
  expect(shown.consents).toHaveLength(2)
  expect(shown.leftOut.reasons).toEqual({ excluded: 1, encumbered: 1, right_ended: 1, already_declared: 1 })
  expect(new Map(shown.leftOut.items.map(({ number, code }) => [number, code]))).toEqual(
    new Map([
      [excluded.number, 'excluded'],
      [licensed.number, 'encumbered'],
      [dead.number, 'right_ended'],
      [declared.number, 'already_declared'],
    ]),
  )
})

test('one confirmation makes them all, each its own declaration; the same key again makes none more', async () => {
  const registry = await openRegistry()
  const { officer, mine, coOwner, shared } = await portfolio(registry)
  const choice = { rules: [rule('RPC-OPEN-1.0')] }
  const { sha256 } = await previewed(officer, choice)
  const key = { 'Idempotency-Key': crypto.randomUUID() }
  const body = confirming(choice, sha256)
  const first = await officer.post('/v1/declaration-batches', body, key)
  expect(first.status).toBe(201)
  const made = await finished(registry, officer, first.as(batch).id)
  expect(made).toMatchObject({
    state: 'done',
    groups: { total: 3, finished: 3 },
    patents: { declared: 4, leftOut: 0, waiting: 0 },
  })
  const repeated = await officer.post('/v1/declaration-batches', body, key)
  expect(repeated.as(batch)).toEqual(made)
  const all = (await registry.anonymous.get(`/v1/declarations?organisation=${mine.id}`)).as(page(declaration)).items
  expect(all).toHaveLength(4)
  expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(made.declarations))
  // One slow co-owner holds up only its own.
  expect(all.filter(({ state }) => state === 'in_force')).toHaveLength(2)
  const waiting = (await coOwner.get('/v1/declarations?waiting=for_me')).as(page(declaration)).items
  expect(waiting.map(({ patents }) => patents.numbers)).toEqual([[shared.number]])
  expect((await officer.get('/v1/declarations?waiting=by_me')).as(page(declaration)).items).toHaveLength(2)
  expect((await coOwner.get('/v1/declarations?waiting=by_me')).as(page(declaration)).items).toEqual([])
  expect((await registry.anonymous.get('/v1/declarations?waiting=for_me')).status).toBe(401)
  // All of it is declared now.
  const after = await officer.post(
    '/v1/declaration-batches',
    confirming(choice, (await previewed(officer, choice)).sha256),
  )
  expect(after.problem().errors).toMatchObject([{ code: 'nothing_chosen' }])
})

test('another effect than the one that was looked at is refused', async () => {
  const registry = await openRegistry()
  const { officer, mine, own } = await portfolio(registry)
  const choice = { rules: [rule('RPC-OPEN-1.0', { coOwned: false })] }
  const { sha256 } = await previewed(officer, choice)
  await officer.post(`/v1/organisations/${mine.id}/exclusions`, { entries: [{ number: own.number }] })
  const stale = await officer.post('/v1/declaration-batches', confirming(choice, sha256))
  expect([stale.status, stale.problem().code]).toEqual([409, 'conflict'])
  const unchecked = { ...confirming(choice, sha256), encumbrancesChecked: false }
  expect((await officer.post('/v1/declaration-batches', unchecked)).problem().errors).toMatchObject([
    { pointer: '/encumbrancesChecked' },
  ])
})

test('numbers are chosen in any spelling, and each that cannot be is told', async () => {
  const registry = await openRegistry()
  const { officer, own, shared } = await portfolio(registry)
  const stranger = await registry.organisation()
  const foreign = await enrolled(await registry.member(stranger.id), [stranger])
  const numbers = [
    own.number.replaceAll('-', ''),
    'no number',
    'JP2031-123456',
    'JP7999999B2',
    foreign.number,
    shared.number,
  ]
  const shown = await previewed(officer, { rules: [rule('RPC-OPEN-1.0', { numbers, coOwned: false })] })
  expect(shown.declarations.flatMap((one) => one.numbers)).toEqual([own.number])
  expect(shown.leftOut.items.map(({ code }) => code)).toEqual([
    'unrecognised_number',
    'ambiguous_number',
    'not_enrolled',
    'not_a_holder',
  ])
})

test('nobody declares for another, and a batch is shown to its organisation alone', async () => {
  const registry = await openRegistry()
  const { officer, mine, coOwner } = await portfolio(registry)
  const choice = { rules: [rule('RPC-OPEN-1.0')] }
  const other = await coOwner.post('/v1/declarations/preview', { ...choice, organisation: mine.id })
  expect(other.status).toBe(403)
  const { sha256 } = await previewed(officer, choice)
  const made = (await officer.post('/v1/declaration-batches', confirming(choice, sha256))).as(batch)
  expect((await coOwner.get(`/v1/declaration-batches/${made.id}`)).status).toBe(403)
  expect((await registry.anonymous.get(`/v1/declaration-batches/${made.id}`)).status).toBe(401)
  for (const rules of [
    [],
    [rule('RPC-OPEN-1.0', { field: 36 })],
    [rule('RPC-OPEN-1.0', { ipc: "'; drop" })],
    [{ ...rule('RPC-OPEN-1.0'), termsSha256: '0'.repeat(64) }],
  ])
    expect((await officer.post('/v1/declarations/preview', { rules })).status).toBe(422)
})
