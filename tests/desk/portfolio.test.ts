import { expect, test } from 'vitest'
import { page } from '../../src/http/paging.ts'
import { patent } from '../../src/patents/patent.ts'
import { relatedItem } from '../../src/patents/related/related-item.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { declare, enrolPatent, openHolders } from '../support/holders.ts'
import { enrolled } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'

const place = '/ja/desk/portfolio'

async function desk() {
  const commons = await openHolders()
  const { kyoto, toyota } = commons
  const [officer, other] = await Promise.all([
    signedIn(commons, { name: '見本 京子', memberOf: kyoto.organisation.id }),
    signedIn(commons, { name: '見本 豊', memberOf: toyota.organisation.id }),
  ])
  return { ...commons, officer, other }
}

/** Numbers that the page lists, each from its box. */
function listed(text: string): string[] {
  return [...text.matchAll(/name="pick" value="([^"]+)"/g)].map(([, number = '']) => number).sort()
}

test('the portfolio is narrowed by what the office knows of it, and never shows what others hold', async () => {
  const { kyoto, toyota, own, shared, officer, other } = await desk()
  const foreign = await enrolPatent(toyota.officer, [toyota])
  const ending = await enrolled(kyoto.officer, [kyoto.organisation], {
    title: { ja: '量子もつれ光源' },
    filedOn: '2007-03-01',
    expires: { on: '2027-02-28', source: 'J-PlatPat', seenOn: '2026-11-01' },
  })
  await declare(kyoto.officer, [own.number])
  await declare(kyoto.officer, [shared.number])
  await kyoto.officer.post(`/v1/organisations/${kyoto.organisation.id}/exclusions`, {
    entries: [{ number: ending.number }],
  })
  const numbers = async (query: string) => listed((await officer.get(`${place}${query}`)).text)
  expect(await numbers('')).toEqual([own.number, shared.number, ending.number].sort())
  expect(await numbers('?state=open')).toEqual([own.number])
  expect(await numbers('?state=closed')).toEqual([shared.number, ending.number].sort())
  expect(await numbers('?state=waiting')).toEqual([shared.number])
  expect(await numbers('?state=excluded')).toEqual([ending.number])
  expect(await numbers('?state=expiring')).toEqual([ending.number])
  expect(await numbers('?coOwned=yes')).toEqual([shared.number])
  expect(await numbers('?coOwned=no&filedTo=2010')).toEqual([ending.number])
  expect(await numbers(`?q=${encodeURIComponent('量子もつれ')}`)).toEqual([ending.number])
  expect(await numbers(`?q=${encodeURIComponent(foreign.number)}`)).toEqual([])
  expect(await numbers('?status=lapsed')).toEqual([])
  expect(await numbers('?state=nonsense')).toHaveLength(3)
  const { text } = await officer.get(place)
  expect([text.includes('同意待ち'), text.includes('開放しない'), text.includes(toyota.organisation.name.ja)]).toEqual([
    true,
    true,
    true,
  ])
  expect(listed((await other.get(place)).text)).toEqual([shared.number, foreign.number].sort())
  const inOrder = [...(await officer.get(`${place}?sort=ends`)).text.matchAll(/name="pick" value="([^"]+)"/g)]
  expect(inOrder[0]?.[1]).toBe(ending.number)

  const file = await officer.get(`${place}.csv?state=waiting`)
  expect(file.headers.get('Content-Type')).toContain('text/csv')
  expect(file.text.split('\r\n').filter((line) => line !== '')).toHaveLength(2)
  expect(file.text).toContain(`"${shared.number}"`)
  const chosen = await officer.get(`${place}/declare?pick=${own.number}&pick=${ending.number}`)
  const to = chosen.headers.get('Location') ?? ''
  expect(chosen.status).toBe(303)
  const form = await officer.get(to)
  expect(form.text).toContain(`${own.number}\n${ending.number}`)
})

test('an officer mends a record, its status, its licences and what goes with it; others cannot', async () => {
  const registry = await desk()
  const { anonymous, own, officer, other } = registry
  const path = `${place}/${own.number}`
  const read = async () => (await anonymous.get(`/v1/patents/${own.number}`)).as(patent)
  const hidden = async () => /name="version" value="(\d+)"/.exec((await officer.get(path)).text)?.[1] ?? ''
  const version = await hidden()
  const saved = await officer.submit(`${path}/record`, {
    version,
    titleJa: '新しい名称',
    expiresOn: '2035-12-25',
    expiresSource: 'J-PlatPat',
  })
  expect([saved.status, saved.headers.get('Location')]).toEqual([303, `${path}?saved=yes`])
  expect(await read()).toMatchObject({
    title: { ja: '新しい名称' },
    end: { on: '2035-12-25', estimated: false, source: 'J-PlatPat' },
  })
  const stale = await officer.submit(`${path}/record`, { version, titleJa: '古い' })
  expect(stale.status).toBe(422)
  const wrong = await officer.submit(`${path}/record`, { version: await hidden(), numbers: 'x' })
  expect(wrong.status).toBe(422)
  const licence = { version: await hidden(), kind: 'exclusive_licence', from: '2026-01-01' }
  expect((await officer.submit(`${path}/encumbrance`, licence)).status).toBe(303)
  expect((await read()).encumbrances).toEqual([
    { kind: 'exclusive_licence', researchReserved: false, from: '2026-01-01' },
  ])
  expect((await officer.submit(`${path}/encumbrance`, { version: await hidden(), remove: '0' })).status).toBe(303)
  expect((await read()).encumbrances).toEqual([])
  const lapsed = { status: 'lapsed', on: '2026-10-01', source: 'J-PlatPat', seenOn: '2026-11-20' }
  expect((await officer.submit(`${path}/status`, lapsed)).status).toBe(303)
  expect((await read()).status).toMatchObject({ value: 'lapsed', on: '2026-10-01' })
  const paper = { kind: 'paper', relatedTitle: '超イオン伝導体', doi: '10.1038/nmat3066' }
  expect((await officer.submit(`${path}/related`, paper)).status).toBe(303)
  expect((await officer.submit(`${path}/related`, { ...paper, doi: '' })).status).toBe(422)
  const items = async () => (await anonymous.get(`/v1/patents/${own.number}/related-items`)).as(page(relatedItem)).items
  const [item] = await items()
  expect(item).toMatchObject({ kind: 'paper', title: { ja: '超イオン伝導体' } })
  expect((await officer.submit(`${path}/related`, { remove: item?.id ?? '' })).status).toBe(303)
  expect(await items()).toEqual([])
  expect((await other.get(path)).status).toBe(403)
  expect((await other.submit(`${path}/status`, { ...lapsed, status: 'granted' })).status).toBe(403)
  expect((await officer.get(`${place}/JP-1234567-B2`)).status).toBe(404)
  await checkRegistry(registry)
})

test('a portfolio with nothing in it leads to an import; the desk’s first places are these two', async () => {
  const registry = await openHolders()
  const { nara } = registry
  const officer = await signedIn(registry, { name: '見本 奈良', memberOf: nara.organisation.id })
  const { text } = await officer.get(place)
  expect(text).toContain('まだ特許の登録がありません')
  const places = [...text.matchAll(/href="\/ja\/desk\/([a-z]+)"/g)].map(([, one]) => one)
  expect(places.slice(0, 2)).toEqual(['imports', 'portfolio'])
  const home = await officer.get('/en/me')
  expect(home.text.indexOf('/en/desk/portfolio')).toBeGreaterThan(0)
  expect(home.text).toContain('/en/desk/imports')
  const viewer = await signedIn(registry, {
    name: '見本 見子',
    memberOf: [{ organisation: nara.organisation.id, role: 'viewer' }],
  })
  expect((await viewer.get(place)).status).toBe(403)
  expect((await viewer.get(`${place}.csv`)).status).toBe(303)
})
