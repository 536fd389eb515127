import { expect, test } from 'vitest'
import { legalStatus } from '../../../policies/vocabulary.ts'
import { readJapaneseStage, readStatus, statusOf } from '../../../src/imports/reading/statuses.ts'

test.each([
  ['登録', 'granted'],
  ['登録済み', 'granted'],
  ['権利存続中', 'granted'],
  ['Issued', 'granted'],
  ['In Force', 'granted'],
  ['出願中', 'pending'],
  ['審査請求済', 'pending'],
  ['拒絶理由通知', 'pending'],
  ['Application', 'pending'],
  ['存続期間満了', 'expired'],
  ['年金不納', 'lapsed'],
  ['権利放棄', 'lapsed'],
  ['Lapsed', 'lapsed'],
  ['拒絶確定', 'refused'],
  ['refused (final)', 'refused'],
  ['みなし取下げ', 'withdrawn'],
  ['Withdrawn', 'withdrawn'],
  ['無効', 'revoked'],
  ['不明', 'unknown'],
  ['GM', undefined],
  ['', undefined],
  ['x'.repeat(1000), undefined],
])('%s means %s', (word, value) => {
  expect(readStatus(word)).toBe(value)
})

test('what is given up lapses when it was granted and is withdrawn otherwise', () => {
  expect(readStatus('放棄')).toBe('ended')
  expect(statusOf('ended', true)).toBe('lapsed')
  expect(statusOf('ended', false)).toBe('withdrawn')
})

test('a decision of refusal is not taken for final', () => {
  expect(statusOf(readStatus('拒絶査定') ?? 'unknown', false)).toBe('pending')
})

test('the registry’s own labels are understood', () => {
  for (const value of legalStatus.options) expect(readStatus(value)).toBe(value)
})

test.each([
  ['特許 有効', '年金の支払い', 'granted'],
  ['特許　有効', '', 'granted'],
  ['実用新案 有効', '', 'granted'],
  ['特許 消滅', '年金不納による特許権の消滅', 'lapsed'],
  ['特許 消滅', '存続期間満了による特許権の消滅', 'expired'],
  ['特許 消滅', '無効審判による特許権の消滅', 'revoked'],
  ['審査請求前', '公開公報の発行', 'pending'],
  ['査定不服', '拒絶査定', 'pending'],
  ['（出願の）却下・拒絶', '出願の拒絶・却下', 'refused'],
  ['（出願の）却下・拒絶', '出願のみなし取下げ', 'withdrawn'],
  ['（出願の）却下・拒絶', '出願の取下げ', 'withdrawn'],
  ['何か', '', undefined],
])('stage %s with event %s is %s', (stage, event, value) => {
  expect(readJapaneseStage(stage, event)).toBe(value)
})
