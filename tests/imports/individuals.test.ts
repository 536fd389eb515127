import { expect, test } from 'vitest'
import { hasSignOfOrganisation } from '../../src/imports/individuals.ts'

test('names of organisations are seen as such by their form or their words', () => {
  const names = [
    'トヨタ自動車㈱',
    '国立大学法人京都大学',
    '東京都',
    '国',
    '（独）産業技術総合研究所',
    'Massachusetts Institute of Technology',
    'The Regents of the University of California',
    'Robert Bosch GmbH',
    'KABUSHIKI KAISHA TOSHIBA',
    'Université Paris-Saclay',
    '3M',
    'Johnson & Johnson',
    '清华大学',
  ]
  expect(names.filter((name) => !hasSignOfOrganisation(name))).toEqual([])
})

test('owners that are counted and not named are no organisation', () => {
  const names = ['ほか2名', '他１社', '外 3 名', '外１名']
  expect(names.filter(hasSignOfOrganisation)).toEqual([])
})

test('names of people have no such sign, in whatever script', () => {
  const names = [
    '山田 太郎',
    '山田太郎',
    'YAMADA Taro',
    'ジョン・スミス',
    'John A. Smith',
    '国分 健',
    '市川 海老蔵',
    '田村',
    'Maria Müller-Lüdenscheidt',
    '王 小明',
  ]
  expect(names.filter(hasSignOfOrganisation)).toEqual([])
})
