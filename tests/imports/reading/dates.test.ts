import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ofDayNumber, readDate } from '../../../src/imports/reading/dates.ts'

const on = (text: string, ...how: [('mdy' | 'dmy')?, (1900 | 1904)?]) => {
  const read = readDate(text, ...how)
  return read.kind === 'date' ? read.on : read.kind
}

describe('a date', () => {
  test.each([
    ['2023/09/20', '2023-09-20'],
    ['2023-9-20', '2023-09-20'],
    ['2023.9.20', '2023-09-20'],
    ['20230920', '2023-09-20'],
    ['2023年9月20日', '2023-09-20'],
    ['２０２３年９月２０日', '2023-09-20'],
    ['２０２３／０９／２０', '2023-09-20'],
    ['2023年9月20日(水)', '2023-09-20'],
    ['2023-09-20T00:00:00.000Z', '2023-09-20'],
    ['2023/9/20 0:00', '2023-09-20'],
    ['20 Sep 2023', '2023-09-20'],
    ['20-Sep-2023', '2023-09-20'],
    ['Sept 20, 2023', '2023-09-20'],
    ['September 20, 2023', '2023-09-20'],
    ['2024-02-29', '2024-02-29'],
    [' 2023-09-20 ', '2023-09-20'],
  ])('%s is read', (text, expected) => {
    expect(on(text)).toBe(expected)
  })

  test.each([
    ['H20.5.12', '2008-05-12'],
    ['平成20年5月12日', '2008-05-12'],
    ['平20.5.12', '2008-05-12'],
    ['令和元年5月1日', '2019-05-01'],
    ['令和3年4月1日', '2021-04-01'],
    ['R3.4.1', '2021-04-01'],
    ['R3/4/1', '2021-04-01'],
    ['昭63.1.7', '1988-01-07'],
    ['S63-01-07', '1988-01-07'],
    ['昭和64年1月7日', '1989-01-07'],
    ['㍻20年5月12日', '2008-05-12'],
    ['Ｈ２０．５．１２', '2008-05-12'],
    ['大正15年12月24日', '1926-12-24'],
    ['平成40年3月1日', '2028-03-01'],
  ])('%s of a Japanese era is read', (text, expected) => {
    expect(on(text)).toBe(expected)
  })

  test('with the year last needs an order unless a day is over 12', () => {
    expect(on('10/03/2015')).toBe('order_unknown')
    expect(on('10/03/2015', 'mdy')).toBe('2015-10-03')
    expect(on('10/03/2015', 'dmy')).toBe('2015-03-10')
    expect(on('20.09.2023')).toBe('2023-09-20')
    expect(on('09/20/2023')).toBe('2023-09-20')
    expect(on('05/05/2023')).toBe('2023-05-05')
    expect(on('13/13/2023', 'mdy')).toBe('impossible')
  })

  test.each([
    '2023/02/29',
    '2023-13-01',
    '2023-00-10',
    '20231301',
    '平成元年1月7日',
    '令和元年4月30日',
    'H0.1.1',
    '9999-99-99',
  ])('%s is a day that never was', (text) => {
    expect(on(text)).toBe('impossible')
  })

  test.each(['', '-', 'なし', '未定', 'N/A', '0000-00-00', '0000/00/00', '0'])('%j is none', (text) => {
    expect(on(text)).toBe('none')
  })

  test('without month or day is incomplete', () => {
    for (const text of ['2023', '2023-09', '2023年9月', '2023年']) expect(on(text)).toBe('incomplete')
  })

  test('that is something else is not guessed', () => {
    for (const text of ['23/9/20', 'soon', '特許', '1/2', '20 Foo 2023', 'x'.repeat(5000)])
      expect(on(text)).toBe('unreadable')
  })

  test('may be the day number of a spreadsheet', () => {
    expect(on('45189')).toBe('2023-09-20')
    expect(on('45189.5')).toBe('2023-09-20')
    expect(on('43727', undefined, 1904)).toBe('2023-09-20')
    expect(ofDayNumber(1, 1900)).toEqual({ kind: 'date', on: '1900-01-01' })
    expect(ofDayNumber(59, 1900)).toEqual({ kind: 'date', on: '1900-02-28' })
    expect(ofDayNumber(61, 1900)).toEqual({ kind: 'date', on: '1900-03-01' })
    expect(ofDayNumber(0.5, 1900).kind).toBe('impossible')
    expect(ofDayNumber(1e12, 1900).kind).toBe('impossible')
  })

  test('of every day since 1900 comes back in each form', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (day) => {
        const iso = day.toISOString().slice(0, 10)
        const [year = '', month = '', date = ''] = iso.split('-')
        expect(on(iso)).toBe(iso)
        expect(on(iso.replaceAll('-', '/'))).toBe(iso)
        expect(on(`${year}年${Number(month)}月${Number(date)}日`)).toBe(iso)
        expect(on(`${month}/${date}/${year}`, 'mdy')).toBe(iso)
      }),
    )
  })
})
