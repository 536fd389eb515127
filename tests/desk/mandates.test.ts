import { expect, test } from 'vitest'
import { page } from '../../src/http/paging.ts'
import { mandate } from '../../src/mandates/mandate.ts'
import { openAgent } from '../support/agent-acts.ts'
import { dumpState } from '../support/check-registry.ts'
import { declare, enrolPatent, type Holders, openHolders } from '../support/holders.ts'
import { enrolled } from '../support/opening.ts'
import { type SignedIn, signedIn } from '../support/people.ts'
import type { Caller } from '../support/registry.ts'

const path = '/ja/desk/mandates'

async function desk() {
  const commons = await openHolders()
  const agent = await openAgent(commons)
  const [officer, tlo] = await Promise.all([
    signedIn(commons, { name: '見本 京子', memberOf: commons.kyoto.organisation.id }),
    signedIn(commons, { name: '見本 託子', memberOf: agent.organisation.id }),
  ])
  return { ...commons, agent, officer, tlo }
}

async function mandatesOf(caller: Caller) {
  return (await caller.get('/v1/mandates')).as(page(mandate)).items
}

/** What a row of a table says, cell by cell. */
function rows(text: string, table = 0): string[][] {
  const [body = ''] = [...text.matchAll(/<tbody>(.*?)<\/tbody>/gs)].map(([, inner = '']) => inner).slice(table)
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell
        .replaceAll(/<span class="hide">.*?<\/span>/gs, '')
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ),
  )
}

async function gives(officer: SignedIn, more: Record<string, string>) {
  return officer.submit(path, { 'scope-enrol': 'yes', 'scope-consent': 'yes', from: '2026-11-21', ...more })
}

test('an officer gives a mandate on the page, sees it there, and revokes it', async () => {
  const { officer, kyoto, agent, tlo } = await desk()
  expect((await gives(officer, { organisation: agent.organisation.name.ja, until: '2028-03-31' })).status).toBe(303)
  const [given] = await mandatesOf(kyoto.officer)
  expect(given).toMatchObject({
    agent: { id: agent.organisation.id },
    scope: ['enrol', 'consent'],
    until: '2028-03-31',
  })
  const { text } = await officer.get(path)
  expect(rows(text)[0]?.slice(0, 2)).toEqual([agent.organisation.name.ja, '登録・同意'])
  expect(text).toContain('2028年3月31日')
  expect((await tlo.get('/ja/me')).text).toContain('登録、同意の回答の委任を受けました（2026-11-21から）。')
  expect((await officer.submit(`${path}/end`, { mandate: given?.id ?? '' })).status).toBe(303)
  expect((await mandatesOf(kyoto.officer))[0]).toMatchObject({ state: 'ended', endedBy: 'principal' })
  expect(rows((await officer.get(path)).text)[0]?.slice(3)).toEqual(['終了 2026年11月21日 取り消し', ''])
})

test('a form sent twice gives one mandate', async () => {
  const { officer, kyoto, agent } = await desk()
  const shown = /name="shown" value="([^"]+)"/.exec((await officer.get(path)).text)?.[1] ?? ''
  expect(shown).not.toBe('')
  const fields = { organisation: agent.organisation.id, shown }
  for (const _ of [1, 2]) expect((await gives(officer, fields)).status).toBe(303)
  expect((await mandatesOf(kyoto.officer)).length).toBe(1)
})

test('what is wrong is said in the officer’s words beside the form, which keeps what was written', async () => {
  const { officer, kyoto, osaka, agent, ...commons } = await desk()
  await gives(officer, { organisation: agent.organisation.id, until: '2026-12-31' })
  const before = await dumpState(commons)
  const cases: [Record<string, string>, string][] = [
    [{ organisation: '' }, '入力するか、選んでください。'],
    [{ organisation: 'どこにもない機関' }, '登録されている機関に見つかりません'],
    [{ organisation: 'Test University' }, 'いくつかの機関が当てはまります'],
    [{ organisation: osaka.organisation.name.ja.slice(2) }, 'この機関でよければ、選んで送ってください。'],
    [{ organisation: kyoto.organisation.id }, '自分の機関に委任することはできません'],
    [{ organisation: agent.organisation.id }, 'すでに委任しています'],
    [{ organisation: agent.organisation.id, from: '2026-11-20' }, '今日からの日付にしてください'],
    [{ organisation: agent.organisation.id, until: '2026-11-20' }, '終わる日を、始まる日より後に'],
    [{ organisation: agent.organisation.id, 'scope-enrol': '', 'scope-consent': '' }, '任せることを、一つ以上'],
    [{ organisation: agent.organisation.id, until: 'いつか' }, '日付を入力してください'],
  ]
  for (const [more, says] of cases) {
    const answer = await gives(officer, more)
    expect([answer.status, answer.text.includes(says)], `${JSON.stringify(more)}`).toEqual([422, true])
    for (const [, anchor = ''] of answer.text.matchAll(/<a href="#([^"]+)">/g))
      if (anchor !== 'main') expect(answer.text, anchor).toContain(`id="${anchor}"`)
  }
  expect(await dumpState(commons)).toBe(before)
})

/** Kyoto: one open, one that waits for Toyota, one asked of Kyoto itself, one that ends within a year. */
async function portfolio({ kyoto, toyota, own, shared }: Holders) {
  await declare(kyoto.officer, [own.number])
  await declare(kyoto.officer, [shared.number])
  const asked = await enrolPatent(toyota.officer, [kyoto, toyota])
  await declare(toyota.officer, [asked.number])
  const old = { filedOn: '2007-01-10', grantedOn: '2012-01-10' }
  await enrolled(kyoto.officer, [kyoto.organisation], old)
  const status = { value: 'lapsed', on: '2020-01-01', source: 'J-PlatPat', seenOn: '2026-11-01' }
  await enrolled(kyoto.officer, [kyoto.organisation], { ...old, status })
  await enrolled(kyoto.officer, [kyoto.organisation], { filedOn: '2007-11-22' })
  const left = [
    { organisation: kyoto.organisation.id, until: '2020-03-31' },
    { organisation: toyota.organisation.id, from: '2020-04-01' },
  ]
  await enrolled(toyota.officer, [], { holders: left })
}

test('an agent sees those it acts for side by side, whoever waits for it first', async () => {
  const commons = await desk()
  const { kyoto, toyota, osaka, nara, agent, tlo } = commons
  await portfolio(commons)
  for (const { officer } of [kyoto, osaka])
    await officer.post('/v1/mandates', { agent: agent.organisation.id, scope: ['enrol', 'consent'] })
  await nara.officer.post('/v1/mandates', { agent: agent.organisation.id, scope: ['enrol'], from: '2026-12-01' })
  const { text } = await tlo.get(path)
  const [first, second, ...rest] = rows(text)
  expect(first?.[0]).toContain(kyoto.organisation.name.ja)
  expect(first?.slice(1)).toEqual([
    '6',
    '1',
    `2 ${toyota.organisation.name.ja}（特許1件、2026年11月21日から）`,
    '1',
    '同意の回答：1件（2026年11月21日から）',
  ])
  expect(second?.[0]).toContain(osaka.organisation.name.ja)
  expect(second?.slice(1)).toEqual(['0', '0', '0', '0', 'ありません'])
  expect(rest).toEqual([])
  expect(text).toContain(`href="/ja/patents?holder=${kyoto.organisation.id}&amp;open=true"`)
  const deskLinks = [...text.matchAll(/href="\/ja\/desk\/([a-z]+)\?organisation=([^"]+)"/g)].map(([, place, id]) => [
    place,
    id,
  ])
  // Declaring is not in its mandate.
  expect(deskLinks).toEqual([
    ['expiring', kyoto.organisation.id],
    ['consents', kyoto.organisation.id],
    ['expiring', osaka.organisation.id],
  ])
  const listed = await commons.anonymous.get(`/v1/patents?holder=${kyoto.organisation.id}&open=true`)
  expect(JSON.parse(listed.text).items.length).toBe(1)
  const home = (await tlo.get('/ja/me')).text
  expect(home).toMatch(/href="\/ja\/desk\/mandates">委任<\/a><\/h3><p>1件が待っています。/)
})

test('an agent sees for whom it cannot act, and what is not in its mandate', async () => {
  const commons = await desk()
  const { kyoto, toyota, agent, tlo, steward } = commons
  await portfolio(commons)
  for (const { officer } of [kyoto, toyota])
    await officer.post('/v1/mandates', { agent: agent.organisation.id, scope: ['enrol'] })
  await steward.post(`/v1/organisations/${toyota.organisation.id}/approval`, { state: 'suspended' })
  const { text } = await tlo.get(path)
  const byName = new Map(rows(text).map((row) => [row[0]?.split(' ')[0], row]))
  expect(byName.get(kyoto.organisation.name.ja)?.at(-1)).toBe('同意の回答1件（委任の範囲外）')
  expect(byName.get(toyota.organisation.name.ja)?.[0]).toContain('代わって手続きすることはできません')
  expect((await tlo.get('/ja/me')).text).toMatch(/desk\/mandates">委任<\/a><\/h3><p>待っているものはありません。/)
})

test('an agent gives a mandate back; another organisation’s officer ends nothing', async () => {
  const commons = await desk()
  const { kyoto, agent, tlo, nara } = commons
  await kyoto.officer.post('/v1/mandates', { agent: agent.organisation.id, scope: ['enrol'] })
  const [{ id } = { id: '' }] = await mandatesOf(kyoto.officer)
  const stranger = await signedIn(commons, { name: '見本 奈良', memberOf: nara.organisation.id })
  expect((await stranger.submit(`${path}/end`, { mandate: id })).status).toBe(422)
  expect((await mandatesOf(kyoto.officer))[0]?.state).toBe('in_force')
  expect((await tlo.submit(`${path}/end`, { mandate: id })).status).toBe(303)
  expect((await mandatesOf(kyoto.officer))[0]).toMatchObject({ state: 'ended', endedBy: 'agent' })
})

test('the page is said in English too, and is for officers alone', async () => {
  const commons = await desk()
  const { officer, kyoto } = commons
  const { text } = await officer.get('/en/desk/mandates')
  expect(text).toContain('You have given no mandate yet.')
  expect(text.replaceAll(/<bdi>.*?<\/bdi>|<title>.*?<\/title>/gs, '')).not.toContain('undefined')
  const viewer = await signedIn(commons, {
    name: '見本 見太',
    memberOf: [{ organisation: kyoto.organisation.id, role: 'viewer' }],
  })
  expect((await viewer.get(path)).status).toBe(403)
  expect((await commons.anonymous.get(path)).status).toBe(303)
})
