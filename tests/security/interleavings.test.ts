import { describe, expect, test } from 'vitest'
import { newClient } from '../../src/clients/client.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { issuedGrant } from '../../src/grants/grant.ts'
import { patent } from '../../src/patents/patent.ts'
import { between } from '../support/between.ts'
import { declarationOf, declare, grantOf, type Holders, openHolders } from '../support/holders.ts'
import { patentOf } from '../support/patents.ts'
import type { Caller } from '../support/registry.ts'

async function versioned({ anonymous }: Holders, path: string): Promise<Record<string, string>> {
  return { 'If-Match': (await anonymous.get(path)).headers.get('ETag') ?? '' }
}

const exclusive = { encumbrances: [{ kind: 'exclusive_licence', researchReserved: false }] }
const reason = { reason: 'The patent was assigned.' }
const given = { answer: 'given' }

describe('a grant that was decided before', () => {
  async function opened() {
    const registry = await openHolders()
    const { kyoto, toyota, osaka, own, shared } = registry
    const { id } = await declare(kyoto.officer, [own.number])
    const waiting = await declare(kyoto.officer, [shared.number])
    await toyota.officer.post(`/v1/declarations/${waiting.id}/consents`, given)
    const ask = () => osaka.officer.post('/v1/grants', grantOf([own.number, shared.number]))
    return { ...registry, id, ask }
  }
  const approval = (id: string) => `/v1/organisations/${id}/approval`

  test('its declaration was withdrawn is issued, within the notice period', async () => {
    const registry = await opened()
    const { kyoto, id, ask } = registry
    const { earlier } = await between(registry, ask, () =>
      kyoto.officer.post(`/v1/declarations/${id}/withdrawal`, reason),
    )
    expect(earlier.as(issuedGrant).covered.length).toBe(2)
  })

  test('a holder was suspended covers nothing of that holder', async () => {
    const registry = await opened()
    const { toyota, steward, own, shared, ask } = registry
    const suspend = () => steward.post(approval(toyota.organisation.id), { state: 'suspended' })
    const { covered, leftOut } = (await between(registry, ask, suspend)).earlier.as(issuedGrant)
    expect(covered.map(({ number }) => number)).toEqual([own.number])
    expect(leftOut.map(({ input, verdict }) => [input, verdict])).toEqual([[shared.number, 'ask']])
  })

  test.each(['suspended', 'left'])('its institution was %s is not issued', async (state) => {
    const registry = await opened()
    const { osaka, steward, ask } = registry
    const { earlier, later } = await between(registry, ask, () =>
      steward.post(approval(osaka.organisation.id), { state }),
    )
    expect([later.status, earlier.problem().code]).toEqual([200, 'conflict'])
    expect((await ask()).problem().code).toBe('forbidden')
  })

  test('an exclusive licence was recorded covers the other patents alone', async () => {
    const registry = await opened()
    const { kyoto, own, shared, ask } = registry
    const path = `/v1/patents/${own.number}`
    const headers = await versioned(registry, path)
    const { earlier, later } = await between(registry, ask, () => kyoto.officer.patch(path, exclusive, headers))
    expect(later.status).toBe(200)
    expect(earlier.as(issuedGrant).covered.map(({ number }) => number)).toEqual([shared.number])
  })

  test('the right was found to have ended leaves it out', async () => {
    const registry = await opened()
    const { kyoto, own, shared, ask } = registry
    const path = `/v1/patents/${own.number}`
    const status = { value: 'lapsed', on: '2026-10-01', source: 'J-PlatPat', seenOn: '2026-11-20' }
    const headers = await versioned(registry, path)
    const { earlier } = await between(registry, ask, () => kyoto.officer.patch(path, { status }, headers))
    expect(earlier.as(issuedGrant).covered.map(({ number }) => number)).toEqual([shared.number])
  })
})

describe('a declaration that was decided before', () => {
  const ask = ({ officer }: { officer: Caller }, number: string) =>
    officer.post('/v1/declarations', declarationOf([number]))

  test('a co-owner declared the same is refused', async () => {
    const registry = await openHolders()
    const { kyoto, toyota, shared } = registry
    const { earlier, later } = await between(
      registry,
      () => ask(kyoto, shared.number),
      () => ask(toyota, shared.number),
    )
    expect([later.status, earlier.problem().errors?.[0]?.code]).toEqual([201, 'already_declared'])
  })

  test('its patent got another holder waits for that holder', async () => {
    const registry = await openHolders()
    const { kyoto, nara, own } = registry
    const path = `/v1/patents/${own.number}`
    const holders = [kyoto, nara].map(({ organisation: { id } }) => ({ organisation: id }))
    const headers = await versioned(registry, path)
    const { earlier } = await between(
      registry,
      () => ask(kyoto, own.number),
      () => kyoto.officer.patch(path, { holders }, headers),
    )
    expect(earlier.as(declaration)).toMatchObject({
      state: 'awaiting_consent',
      consents: [{ organisation: { id: nara.organisation.id }, answer: 'pending' }],
    })
  })

  test('an exclusive licence was recorded is refused', async () => {
    const registry = await openHolders()
    const { kyoto, own } = registry
    const path = `/v1/patents/${own.number}`
    const headers = await versioned(registry, path)
    const { earlier } = await between(
      registry,
      () => ask(kyoto, own.number),
      () => kyoto.officer.patch(path, exclusive, headers),
    )
    expect(earlier.problem().errors?.[0]?.code).toBe('encumbered')
  })

  test('its organisation was suspended is refused', async () => {
    const registry = await openHolders()
    const { kyoto, own, steward } = registry
    const path = `/v1/organisations/${kyoto.organisation.id}/approval`
    const { earlier } = await between(
      registry,
      () => ask(kyoto, own.number),
      () => steward.post(path, { state: 'suspended' }),
    )
    expect(earlier.problem().code).toBe('conflict')
  })
})

describe('holders that were to change', () => {
  test.each([
    ['another one', (kyoto: string, nara: string) => [{ organisation: kyoto }, { organisation: nara }]],
    ['an end of its time', (kyoto: string) => [{ organisation: kyoto, until: '2026-11-20' }]],
  ])('to %s, before a declaration was made, stay', async (_, holdersOf) => {
    const registry = await openHolders()
    const { kyoto, nara, own } = registry
    const path = `/v1/patents/${own.number}`
    const headers = await versioned(registry, path)
    const holders = holdersOf(kyoto.organisation.id, nara.organisation.id)
    const { earlier, later } = await between(
      registry,
      () => kyoto.officer.patch(path, { holders }, headers),
      () => kyoto.officer.post('/v1/declarations', declarationOf([own.number])),
    )
    expect([later.status, earlier.problem().code]).toEqual([201, 'not_allowed_now'])
    expect((await kyoto.officer.patch(path, { holders }, headers)).problem().code).toBe('not_allowed_now')
    const share = [{ organisation: kyoto.organisation.id, share: '1/1' }]
    expect((await kyoto.officer.patch(path, { holders: share }, headers)).status).toBe(200)
  })
})

describe('a consent that was given before', () => {
  async function awaiting() {
    const registry = await openHolders()
    const { id } = await declare(registry.kyoto.officer, [registry.shared.number])
    const path = `/v1/declarations/${id}`
    return { ...registry, path, consent: () => registry.toyota.officer.post(`${path}/consents`, given) }
  }

  test('the declaration was withdrawn does not bring it into force', async () => {
    const registry = await awaiting()
    const { kyoto, path, consent, anonymous } = registry
    const { earlier } = await between(registry, consent, () => kyoto.officer.post(`${path}/withdrawal`, reason))
    expect(earlier.problem().code).toBe('not_allowed_now')
    expect((await anonymous.get(path)).as(declaration).state).toBe('withdrawn')
  })

  test('the same one counts once', async () => {
    const registry = await awaiting()
    const { consent } = registry
    const { earlier, later } = await between(registry, consent, consent)
    expect([later.status, earlier.problem().code]).toEqual([200, 'already_decided'])
  })

  test('the co-owner was suspended does not count', async () => {
    const registry = await awaiting()
    const { toyota, steward, consent, path, anonymous } = registry
    const suspend = () => steward.post(`/v1/organisations/${toyota.organisation.id}/approval`, { state: 'suspended' })
    expect((await between(registry, consent, suspend)).earlier.problem().code).toBe('conflict')
    expect((await anonymous.get(path)).as(declaration).state).toBe('awaiting_consent')
  })
})

describe('a record', () => {
  test('of a patent registered while its holder takes a new name carries the new name, in either order', async () => {
    const registry = await openHolders()
    const { kyoto, nara, anonymous } = registry
    const path = `/v1/organisations/${kyoto.organisation.id}`
    for (const [turn, name] of ['Kyoto One', 'Kyoto Two'].entries()) {
      const headers = await versioned(registry, path)
      const rename = () => kyoto.officer.patch(path, { name: { ja: '京都', en: name } }, headers)
      const register = () => kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation, nara.organisation]))
      const { earlier, later } = await (turn === 0
        ? between(registry, rename, register)
        : between(registry, register, rename))
      expect([earlier.status, later.status].sort()).toEqual([200, 201])
      const list = (await anonymous.get(`/v1/patents?holder=${nara.organisation.id}`)).text
      expect(list).toContain(name)
    }
  })

  test('changed by another since it was read is not overwritten', async () => {
    const registry = await openHolders()
    const { kyoto, toyota, shared, anonymous } = registry
    const path = `/v1/patents/${shared.number}`
    const headers = await versioned(registry, path)
    const { earlier } = await between(
      registry,
      () => kyoto.officer.patch(path, { filedOn: '2015-01-01' }, headers),
      () => toyota.officer.patch(path, { filedOn: '2016-01-01' }, headers),
    )
    expect(earlier.problem().code).toBe('stale_version')
    expect((await anonymous.get(path)).as(patent).filedOn).toBe('2016-01-01')
  })
})

describe('a client that was revoked before its write', () => {
  async function withClient() {
    const registry = await openHolders()
    const { kyoto } = registry
    const path = `/v1/organisations/${kyoto.organisation.id}/clients`
    const body = { name: 'Portfolio system', role: 'officer', scopes: ['patents:write', 'organisation:manage'] }
    const { client_id, client_secret } = (await kyoto.officer.post(path, body)).as(newClient)
    const headers = {
      Authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    }
    const form = 'grant_type=client_credentials'
    const { text } = await registry.anonymous.send('POST', '/oauth/token', { body: form, headers })
    const bearer = { Authorization: `Bearer ${JSON.parse(text).access_token}` }
    return { registry, path, body, bearer, revoke: () => kyoto.officer.delete(`${path}/${client_id}`) }
  }

  test('registers nothing', async () => {
    const { registry, bearer, revoke } = await withClient()
    const register = () => registry.anonymous.post('/v1/patents', patentOf([registry.kyoto.organisation]), bearer)
    expect((await between(registry, register, revoke)).earlier.problem().code).toBe('conflict')
    expect((await register()).status).toBe(401)
  })

  test('leaves no other client behind', async () => {
    const { registry, path, body, bearer, revoke } = await withClient()
    const create = () => registry.anonymous.post(path, { ...body, name: 'Left behind' }, bearer)
    expect((await between(registry, create, revoke)).earlier.problem().code).toBe('conflict')
    expect((await registry.kyoto.officer.get(path)).text).not.toContain('Left behind')
  })

  test('is revoked once', async () => {
    const { registry, revoke } = await withClient()
    const { earlier, later } = await between(registry, revoke, revoke)
    expect([later.status, earlier.problem().code]).toEqual([204, 'not_found'])
  })
})
