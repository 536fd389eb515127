import { expect, test } from 'vitest'
import { page } from '../../src/http/paging.ts'
import { noticeShown } from '../../src/notices/notice.ts'
import { report } from '../../src/usage/reports/report.ts'
import { granted, grantOf, numbersOf, opened } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import { openRegistry } from '../support/registry.ts'

const paper = {
  kind: 'paper',
  title: { en: 'Ion transport' },
  doi: 'https://doi.org/10.1038/NMAT3066',
  on: '2026-11-20',
}

async function open() {
  const registry = await openRegistry()
  const holder = await opened(registry, 'RPC-OPEN-1.0', { count: 2 })
  const institution = await registry.organisation()
  const officer = await registry.member(institution.id)
  const numbers = numbersOf(holder.patents).sort()
  const { id } = await granted(officer, grantOf(numbers, ['RPC-OPEN-1.0']))
  return { registry, holder, officer, institution, numbers, path: `/v1/grants/${id}/reports`, grant: id }
}

test('a public report with a DOI shows on the patents it is about, and not whose grant it was', async () => {
  const { registry, holder, officer, institution, numbers, path, grant } = await open()
  const [first = '', second = ''] = numbers
  const made = (await officer.post(path, { ...paper, public: true, numbers: [first] })).as(report)
  expect(made).toMatchObject({ doi: '10.1038/nmat3066', numbers: [first], public: true })
  const shown = await registry.anonymous.get(`/v1/patents/${first}/reports`)
  expect(shown.as(page(report)).items).toEqual([made])
  expect(shown.text).not.toContain(grant)
  expect(shown.text).not.toContain(institution.id)
  expect((await registry.anonymous.get(`/v1/patents/${second}/reports`)).as(page(report)).items).toEqual([])
  const told = (await holder.officer.get('/v1/notices')).as(page(noticeShown)).items
  expect(told.find(({ kind }) => kind === 'results_reported')?.body).toMatchObject({ report: made.id })
  expect((await registry.anonymous.get(`/ja/patents/${first}`)).text).toContain('doi:10.1038/nmat3066')
  expect((await officer.delete(`${path}/${made.id}`)).status).toBe(204)
  expect((await registry.anonymous.get(`/v1/patents/${first}/reports`)).as(page(report)).items).toEqual([])
  expect((await officer.delete(`${path}/${made.id}`)).status).toBe(404)
})

test('one that is not public is for the grantee and the holders; the log has its id alone', async () => {
  const { registry, holder, officer, path } = await open()
  const stranger = await registry.member((await registry.organisation()).id)
  const made = (await officer.post(path, paper)).as(report)
  for (const caller of [officer, holder.officer]) expect((await caller.get(path)).text).toContain(made.id)
  for (const caller of [stranger, registry.anonymous]) expect((await caller.get(path)).text).not.toContain(made.id)
  const entries = await registry.anonymous.get(`/v1/log/entries?subject=${made.id}`)
  expect(entries.text).toContain('results_reported')
  expect(entries.text).not.toContain('nmat3066')
})

test('only the grantee reports, once a DOI, of what the grant covers, of days that have come', async () => {
  const { holder, officer, path, numbers } = await open()
  expect((await holder.officer.post(path, paper)).problem().code).toBe('forbidden')
  const both = await Promise.all([officer.post(path, paper), officer.post(path, paper)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const fault = async (more: Record<string, unknown>) => (await officer.post(path, { ...paper, ...more })).problem()
  expect((await fault({ doi: '10.1/x', on: '2999-01-01' })).code).toBe('invalid_input')
  expect((await fault({ doi: '10.1000/x', on: '2999-01-01' })).errors?.[0]?.code).toBe('in_the_future')
  expect((await fault({ doi: '10.1000/x', numbers: [...numbers, 'JP-9999999-B2'] })).errors?.[0]?.code).toBe(
    'not_covered',
  )
  for (const more of [
    { doi: 'javascript:alert(1)' },
    { url: 'javascript:alert(1)' },
    { title: {} },
    { title: { en: 'a\nb' } },
  ])
    expect((await fault(more)).code).toBe('invalid_input')
  const { doi: _, ...plain } = paper
  expect((await officer.post(path, { ...plain, public: true })).problem().code).toBe('invalid_input')
})

test('the badge is a picture by itself, with the number of open patents and a name that is text', async () => {
  const { registry } = await open()
  const name = { ja: '<script>&"大学', en: 'A <b> & "B"' }
  const { holder } = await opened(registry, 'RPC-OPEN-1.0', { organisation: { name } })
  const answer = await registry.anonymous.get(`/v1/organisations/${holder.id}/badge.svg?lang=en`)
  expect(answer.headers.get('Content-Type')).toContain('image/svg+xml')
  expect(answer.headers.get('Cache-Control')).toContain('max-age')
  expect(answer.text).toContain('1 patent')
  expect(answer.text).not.toMatch(/<b>|<script|href=|url\(/)
  expect((await registry.anonymous.get('/v1/organisations/none/badge.svg')).status).toBe(404)
})

test('a holder reads at its desk what was reported on its patents, public or not; nobody else does', async () => {
  const { registry, holder: owner, officer, numbers, path } = await open()
  const hidden = { kind: 'paper', title: { en: 'Told to holders alone' }, on: '2026-11-20', public: false }
  const made = (await officer.post(path, { ...hidden, numbers: numbers.slice(0, 1) })).as(report)
  const desk = await signedIn(registry, { name: '入会 花子', memberOf: owner.holder.id, language: 'en' })
  const list = await desk.get('/en/desk/reports')
  expect([list.status, list.text.includes('Told to holders alone'), list.text.includes('holders and the')]).toEqual([
    200,
    true,
    true,
  ])
  expect((await desk.get('/en/desk/portfolio')).text).toContain('href="/en/desk/reports"')
  expect((await desk.get('/ja/desk/reports')).text).toContain('成果報告')
  const stranger = await signedIn(registry, { name: '他者 太郎', memberOf: (await registry.organisation()).id })
  expect((await stranger.get('/en/desk/reports')).text).not.toContain('Told to holders alone')
  expect((await registry.anonymous.get('/en/desk/reports')).text).not.toContain('Told to holders alone')
  await officer.delete(`${path}/${made.id}`)
  expect((await desk.get('/en/desk/reports')).text).not.toContain('Told to holders alone')
})
