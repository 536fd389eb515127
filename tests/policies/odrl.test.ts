import jsonld from 'jsonld'
import { expect, test } from 'vitest'
import { odrlOffer, profileIri } from '../../policies/odrl.ts'
import { catalogue } from '../../policies/terms.ts'
import context from '../vectors/odrl-context-subset.json' with { type: 'json' }

const base = 'https://registry.example'
const odrl = 'http://www.w3.org/ns/odrl/2/'
const research = profileIri(base)

/** Nothing is loaded from elsewhere: the only known document is the local part of the ODRL context. */
async function documentLoader(url: string) {
  if (url !== 'http://www.w3.org/ns/odrl.jsonld') throw new Error(`not to be loaded: ${url}`)
  return { documentUrl: url, document: context }
}

test.each([...catalogue.values()])('$id expands to ODRL terms, every key known', async (terms) => {
  const offer = odrlOffer(terms, { base })
  const [expanded] = await jsonld.expand(offer, { documentLoader })
  expect(expanded).toMatchObject({
    '@id': `${base}/v1/terms/${terms.id}`,
    '@type': [`${odrl}Offer`],
    [`${odrl}profile`]: [{ '@id': research }],
    [`${odrl}conflict`]: [{ '@id': `${odrl}prohibit` }],
    [`${odrl}assigner`]: [{ '@id': `${research}DeclaringHolders`, '@type': [`${odrl}PartyCollection`] }],
    [`${odrl}target`]: [{ '@id': `${research}ListedPatents`, '@type': [`${odrl}AssetCollection`] }],
    [`${research}sha256`]: [{ '@value': terms.sha256 }],
  })
  // A key that the context does not know is dropped without a word: count them to be sure that none was.
  const known = JSON.stringify(expanded)
  for (const word of [
    'permission',
    'prohibition',
    'constraint',
    'leftOperand',
    'operator',
    'rightOperand',
    'duty',
    'action',
  ]) {
    expect(count(known, `"${odrl}${word}"`), word).toBe(count(JSON.stringify(offer), `"${word}"`))
  }
})

test('rules, purposes and duties survive the way through expansion and back', async () => {
  for (const terms of catalogue.values()) {
    const offer = odrlOffer(terms, { base })
    const expanded = await jsonld.expand(offer, { documentLoader })
    const compacted = await jsonld.compact(expanded, offer['@context'], { documentLoader })
    expect(await jsonld.expand(compacted, { documentLoader })).toEqual(expanded)

    const flat = JSON.stringify(expanded)
    for (const [purpose, { rule }] of Object.entries(terms.tags.purposes)) {
      const inPermission = JSON.stringify(offer.permission).includes(`research:${purpose}"`)
      const inProhibition = JSON.stringify(offer.prohibition).includes(`research:${purpose}"`)
      expect(flat).toContain(`${research}${purpose}`)
      expect([inPermission, inProhibition], `${terms.id} ${purpose}`).toEqual(
        rule === 'deny' ? [false, true] : [true, false],
      )
    }
    expect(flat).toContain(`${odrl}obtainConsent`)
    expect(flat).toContain(`${odrl}attribute`)
    expect(flat.includes(`${odrl}inform`)).toBe(terms.tags.report.value !== 'none')
    expect(flat.includes(`P24M`)).toBe(terms.tags.evaluationMonthsMax.value === 24)
    expect(flat.includes(`${research}holdsDeclaration`)).toBe(terms.tags.reciprocity.value !== 'none')
    expect(flat.includes(`${research}inventor"`)).toBe(terms.tags.inventorOnly.value)
    expect(flat).toContain('http://purl.obolibrary.org/obo/DUO_')
  }
})

test('evaluation with a time limit is never permitted without it', () => {
  const open = catalogue.get('RPC-OPEN-1.0')
  if (open === undefined) throw new Error('not published')
  const wholly = odrlOffer(open, { base }).permission.filter(({ duty }) =>
    duty.every(({ action }) => action !== 'obtainConsent'),
  )
  for (const permission of wholly) {
    const text = JSON.stringify(permission.constraint)
    expect(text.includes('research:evaluation')).toBe(text.includes('elapsedTime'))
  }
})

test('the offer of one declaration names its holder and its patents', async () => {
  const terms = catalogue.get('RPC-OPEN-1.0')
  if (terms === undefined) throw new Error('not published')
  const holder = 'https://ror.org/02kpeqv85'
  const [expanded] = await jsonld.expand(
    odrlOffer(terms, { base, assigner: holder, target: `${base}/v1/declarations/d1` }),
    {
      documentLoader,
    },
  )
  expect(expanded).toMatchObject({
    [`${odrl}assigner`]: [{ '@id': holder }],
    [`${odrl}target`]: [{ '@id': `${base}/v1/declarations/d1` }],
  })
})

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
