import { expect, test } from 'vitest'
import { type Provider, settings } from '../../src/config.ts'
import { affiliationClaims } from '../../src/people/providers.ts'
import { deviceOf } from '../../src/people/session.ts'

const kyoto: Provider = {
  id: 'kyoto',
  name: { ja: '京都大学', en: 'Kyoto University' },
  issuer: 'https://login.example',
  clientId: 'registry',
  clientSecret: 'a secret of the client',
  scopes: ['openid'],
  tokenEndpointAuthMethod: 'client_secret_basic',
  kind: 'institution',
  organisation: '02kpeqv85',
  claims: {},
}

test('an institution’s issuer says who belongs to it', () => {
  const claims = {
    eduperson_scoped_affiliation: ['member@kyoto-u.ac.jp', 'Faculty@kyoto-u.ac.jp'],
    schac_home_organization: 'kyoto-u.ac.jp',
  }
  expect(affiliationClaims(kyoto, claims)).toEqual({
    organisation: '02kpeqv85',
    assertedBy: 'https://login.example',
    affiliation: 'faculty',
  })
})

test.each<[string, Partial<Provider>, Record<string, unknown>]>([
  ['somebody who has left', {}, { eduperson_scoped_affiliation: 'alum@kyoto-u.ac.jp' }],
  [
    'another institution’s',
    {},
    { eduperson_scoped_affiliation: 'staff@osaka-u.ac.jp', schac_home_organization: 'kyoto-u.ac.jp' },
  ],
  ['nothing', {}, {}],
  ['something that is not text', {}, { eduperson_scoped_affiliation: [{ value: 'staff' }, 7, null] }],
  ['staff, by an issuer tied to no institution', { organisation: '' }, { eduperson_scoped_affiliation: 'staff' }],
  ['staff, by ORCID, which proves no employment', { kind: 'orcid' }, { eduperson_scoped_affiliation: 'staff' }],
])('an issuer that says %s asserts no affiliation', (_, { organisation, ...more }, claims) => {
  const { organisation: named, ...rest } = kyoto
  const provider = { ...rest, ...(organisation === '' || named === undefined ? {} : { organisation: named }), ...more }
  expect(affiliationClaims(provider, claims)).toBeUndefined()
})

test.each([
  ['plain http', [{ ...kyoto, issuer: 'http://login.example' }]],
  ['an id that is no part of an address', [{ ...kyoto, id: '../evil' }]],
  ['one id twice', [kyoto, kyoto]],
  ['no secret', [{ ...kyoto, clientSecret: undefined }]],
  ['an unknown member', [{ ...kyoto, clientsecret: 'a secret of the client' }]],
  ['what is not a list', kyoto],
])('the settings refuse a provider with %s, and show no secret', (_, providers) => {
  const read = settings.safeParse({ OIDC_PROVIDERS: JSON.stringify(providers) })
  expect(read.success).toBe(false)
  expect(JSON.stringify(read.error?.issues)).not.toContain('a secret')
})

test('the settings take a provider, and fill in what is usual', () => {
  const { scopes: _, tokenEndpointAuthMethod: __, claims: ___, ...given } = kyoto
  expect(settings.parse({ OIDC_PROVIDERS: JSON.stringify([given]) }).OIDC_PROVIDERS).toEqual([kyoto])
  expect(settings.parse({}).OIDC_PROVIDERS).toEqual([])
  expect(settings.safeParse({ OIDC_PROVIDERS: '[{' }).error?.issues[0]?.message).toBe('is not JSON')
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/604.1',
    'Safari, iPhone',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ['<script>alert(1)</script>', ''],
  [undefined, ''],
])('of a browser only its kind and system are kept: %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device)
})
