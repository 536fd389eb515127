import { expect, test } from 'vitest'
import { doubledInventors, inventorsOf } from '../../../src/imports/reading/inventors.ts'
import { splitNames, tidyName } from '../../../src/imports/reading/names.ts'
import { doubledOwners, ownersOf } from '../../../src/imports/reading/owners.ts'

const google = (cell: string) => doubledOwners(splitNames(cell, /, /))

test('a legal form after a comma belongs to its name', () => {
  expect(splitNames('Idemitsu Kosan Co., Ltd., Toyota Jidosha Kabushiki Kaisha', /, /)).toEqual([
    'Idemitsu Kosan Co., Ltd.',
    'Toyota Jidosha Kabushiki Kaisha',
  ])
  expect(splitNames('Repsol, S.A., Valence Technology, Inc.', /, /)).toEqual([
    'Repsol, S.A.',
    'Valence Technology, Inc.',
  ])
  expect(splitNames('Institute Of Physics, The Chinese Academy Of Sciences, The University Of Tokyo', /, /)).toEqual([
    'Institute Of Physics, The Chinese Academy Of Sciences',
    'The University Of Tokyo',
  ])
})

test('marks around replaced characters are taken out, the characters stay', () => {
  expect(tidyName('深▲セン▼有限公司')).toBe('深セン有限公司')
  expect(tidyName('モンホウ チョイ，')).toBe('モンホウ チョイ')
  expect(tidyName(' 国立大学法人　　筑波大学 ')).toBe('国立大学法人　筑波大学')
})

test('native and romanised names of one owner are one holder', () => {
  expect(google('Toyota Motor Corp, トヨタ自動車株式会社').holders).toEqual([
    { names: ['トヨタ自動車株式会社', 'Toyota Motor Corp'] },
  ])
  expect(google('出光興産株式会社, Idemitsu Kosan Co Ltd, 国立大学法人千葉大学, Univ Chiba Nat Univ Corp')).toEqual({
    holders: [
      { names: ['出光興産株式会社', 'Idemitsu Kosan Co Ltd'] },
      { names: ['国立大学法人千葉大学', 'Univ Chiba Nat Univ Corp'] },
    ],
    unpairedHolders: [],
  })
})

test('spellings of one name are one owner', () => {
  expect(google('Dic株式会社, Ｄｉｃ株式会社').holders).toHaveLength(1)
  expect(google('蜂巣能源科技股▲ふん▼有限公司, 蜂巣能源科技股▲フン▼有限公司').holders).toHaveLength(1)
  expect(google('国立大学法人 東京大学, Univ Of Tokyo, 国立大学法人  東京大学').holders).toEqual([
    { names: ['国立大学法人 東京大学', 'Univ Of Tokyo'] },
  ])
  expect(
    google(
      '三星電子株式会社Ｓａｍｓｕｎｇ Ｅｌｅｃｔｒｏｎｉｃｓ Ｃｏ．，Ｌｔｄ．, Samsung Electronics Co Ltd, 三星電子株式会社',
    ).holders,
  ).toEqual([{ names: ['三星電子株式会社', 'Samsung Electronics Co Ltd'] }])
})

test('owners of one script are each an owner', () => {
  expect(google('トヨタ自動車株式会社, 学校法人 名古屋電気学園, 株式会社カネカ').holders).toHaveLength(3)
  expect(ownersOf(['삼성전자주식회사', 'Basf Se']).holders).toHaveLength(2)
})

test('names that form does not pair are all left open', () => {
  expect(google('三菱商事株式会社, 株式会社日立製作所, Hitachi Ltd')).toEqual({
    holders: [],
    unpairedHolders: ['三菱商事株式会社', '株式会社日立製作所', 'Hitachi Ltd'],
  })
  expect(google('三菱商事株式会社, 株式会社日立製作所, Hitachi Ltd, Mitsubishi Corp').holders).toEqual([])
})

test('inventors printed twice and romanised are one person each, family name first', () => {
  const names = splitNames('宮下　徳彦, Norihiko Miyashita, 徳彦 宮下, 崇嗣 筑本, Takashi Tsukimoto', /, /)
  expect(doubledInventors(names)).toEqual([
    { name: '宮下 徳彦', romanised: 'Norihiko Miyashita' },
    { name: '筑本 崇嗣', romanised: 'Takashi Tsukimoto' },
  ])
})

test('inventors without a romanised name for each get none', () => {
  expect(doubledInventors(['栄幹 大木', 'John Smith', '徳彦 宮下'])).toEqual([
    { name: '大木 栄幹' },
    { name: '宮下 徳彦' },
  ])
})

test('names in katakana stay in their order', () => {
  expect(doubledInventors(['ビスバル ヘイディ', 'Visbal Heidy', 'ビスバル ヘイディ'])).toEqual([
    { name: 'ビスバル ヘイディ', romanised: 'Visbal Heidy' },
  ])
})

test('the same inventor twice is one', () => {
  expect(inventorsOf(['LIU JIE', 'Liu Jie', 'WANG LI'])).toEqual([{ name: 'LIU JIE' }, { name: 'WANG LI' }])
})
