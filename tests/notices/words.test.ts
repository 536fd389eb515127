import { expect, test } from 'vitest'
import { noticeKinds } from '../../src/notices/notice.ts'
import { sentenceOf } from '../../src/notices/words.ts'

test.each(noticeKinds)('%s is said in one sentence of each language, with and without facts', (kind) => {
  const facts = {
    patent: 'JP-5985120-B1',
    inventor: 2,
    state: 'confirmed',
    terms: 'RPC-OPEN-1.0',
    patents: 3,
    answer: 'given',
  }
  for (const body of [{}, facts]) {
    const { ja, en } = sentenceOf(kind, body)
    expect(ja).toMatch(/(?:す|した|せん|さい)。$/)
    expect(en).toMatch(/^[A-Z].*[a-z0-9]\.$/)
    expect(`${ja}${en}`).not.toMatch(/undefined|NaN|\[object/)
  }
})

test('no two kinds say the same', () => {
  expect(new Set(noticeKinds.map((kind) => sentenceOf(kind, {}).ja)).size).toBe(noticeKinds.length)
})

test('what is known is said', () => {
  const body = { patent: 'JP-5985120-B1', inventor: 2 }
  expect(sentenceOf('inventorship_claimed', body).ja).toBe(
    'JP-5985120-B1の第2発明者であるという申し出がありました。確認または否認してください。',
  )
  expect(sentenceOf('inventorship_claimed', {}).ja).toBe(
    '特許の発明者であるという申し出がありました。確認または否認してください。',
  )
  expect(sentenceOf('consent_answered', { answer: 'refused' }).en).toBe('A co-owner refused to open the patents.')
})
