import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parsedNumber } from '../../../src/patents/numbers/number.ts'
import { numberInputCharactersMax, parseNumber } from '../../../src/patents/numbers/parse.ts'
import { numberWithKey, unambiguousSpelling } from '../../../src/patents/numbers/spelling.ts'
import vectors from '../../vectors/numbers.json' with { type: 'json' }

const numberCase = z.strictObject({
  input: z.string(),
  hints: z
    .strictObject({ office: z.string().optional(), type: z.enum(['application', 'publication', 'grant']).optional() })
    .optional(),
  docdb: z.string().nullable(),
  epodoc: z.string().optional(),
  google: z.string().optional(),
  key: z.string().optional(),
  keys: z.array(z.string()).optional(),
  ambiguous: z.literal(true).optional(),
  evidence: z.enum(['real', 'library', 'rule']),
  note: z.string().optional(),
  exception: z.string().optional(),
})
const cases = z.array(numberCase).parse(vectors.cases)
const met = cases.filter(({ exception }) => exception === undefined)

const keysOf = (input: string) => parseNumber(input).candidates.map(({ key }) => key)
const codesOf = (input: string) => parseNumber(input).warnings.map(({ code }) => code)

describe('vectors', () => {
  test.each(met)('reads $input as $docdb', (expected) => {
    const { candidates } = parseNumber(expected.input, expected.hints)
    if (expected.docdb === null) {
      expect(candidates).toEqual([])
      return
    }
    const found = candidates.find(({ docdb }) => docdb === expected.docdb)
    expect(candidates.map(({ docdb }) => docdb)).toContain(expected.docdb)
    if (expected.epodoc !== undefined) expect(found?.epodoc).toBe(expected.epodoc)
    if (expected.key !== undefined) expect(found?.key).toBe(expected.key)
    if (expected.google !== undefined) expect(parseNumber(expected.google).candidates).toEqual([found])
    if (expected.keys !== undefined) expect(candidates.map(({ key }) => key).sort()).toEqual([...expected.keys].sort())
    expect(candidates.length > 1).toBe(expected.ambiguous === true)
  })

  test('are met but for the few exceptions that say why, fewer than two in a hundred', () => {
    expect(cases.length - met.length).toBeLessThan(cases.length * 0.02)
  })

  test('an exception is one only while it is needed', () => {
    for (const { input, hints, docdb, exception } of cases) {
      if (exception === undefined) continue
      expect(parseNumber(input, hints).candidates.map((candidate) => candidate.docdb)).not.toContain(docdb)
    }
  })

  test('what is read has the published shape', () => {
    for (const { input, hints } of cases) expect(parsedNumber.parse(parseNumber(input, hints)).input).toBe(input)
  })
})

describe('canonical spellings', () => {
  const inputs = fc.oneof(fc.constantFrom(...cases.map(({ input }) => input)), generatedNumbers())

  test('docdb and key together lead back to the same number', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        for (const candidate of parseNumber(input).candidates) {
          const { office, number, kind, docdb, key } = candidate
          const found = numberWithKey(docdb, key)
          expect(found).toMatchObject({ office, number, docdb, key })
          expect(found?.kind).toBe(kind)
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('the unambiguous spelling leads back to the number alone', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        for (const candidate of parseNumber(input).candidates) {
          expect(keysOf(unambiguousSpelling(candidate))).toEqual([candidate.key])
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('what is displayed can be typed in again', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        for (const { display, key } of parseNumber(input).candidates) {
          expect(keysOf(display.ja)).toContain(key)
          expect(keysOf(display.en)).toContain(key)
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('a docdb spelling that two documents share is that of the publication', () => {
    expect(parseNumber('JP-2018081998-A').candidates.map(({ type }) => type)).toEqual(['publication'])
    const [application] = parseNumber('特願2018-081998').candidates
    expect(application?.docdb).toBe('JP-2018081998-A')
    expect(application && unambiguousSpelling(application)).toBe('JP-20180081998')
  })
})

describe('keys', () => {
  test.each([
    ['a publication in every width', ['US2001003540A1', 'US20010003540A1', 'US200103540', 'US 2001/0003540 A1']],
    ['A and B of a European patent', ['EP1000000A1', 'EP 1000000 B1', 'EP1000000', '欧州特許第1000000号']],
    ['an international publication in every width', ['WO9923997', 'WO 99/23997', 'WO1999023997A1', 'WO99023997']],
    ['1989 under both eras', ['特開昭64-1234', '特開平1-1234', 'JPS641234A', 'JPH011234A', '特開1989-001234']],
    ['an application by office, EPO and docdb', ['特願平10-123456', 'JP19980123456', '平成10年特許願第123456号']],
    ['an international application', ['PCT/JP2004/000123', 'PCT/JP04/00123', 'WO2004JP00123', 'JP-2004000123-W']],
    ['B1 and B2 of a Japanese patent', ['JP4567890B1', 'JP4567890B2', '特許第4567890号']],
    ['an American application with and without its year', ['14/512,927', 'US201414512927A']],
  ])('%s has one key', (_, spellings) => {
    expect(new Set(spellings.flatMap(keysOf)).size).toBe(1)
  })

  test.each([
    ['特開平8-7001', '特公平8-7001'],
    ['特開2009-123456', '特願2009-123456'],
    ['CN1240150A', 'CN1240150C'],
    ['JP3157947B2', 'JP3157947U'],
    ['US558961', 'USD558961'],
    ['DE363301T1', 'DE363301C'],
    ['再表2005/012345', 'WO2005/012345'],
    ['KR20150124192A', 'KR201501241U'],
  ])('%s and %s differ', (one, other) => {
    expect(keysOf(one)).toHaveLength(1)
    expect(keysOf(one)).not.toEqual(keysOf(other))
  })
})

describe('kinds', () => {
  test('are not invented where a number space has several', () => {
    for (const input of ['特許第4567890号', 'US7650331', 'US20010003540', 'WO2005012345', 'EP1000000']) {
      expect(parseNumber(input).candidates.map(({ kind }) => kind)).toEqual([undefined])
    }
  })

  test('are given where a number space has one', () => {
    expect(parseNumber('特開2009-123456').candidates[0]?.kind).toBe('A')
    expect(parseNumber('再表2005/012345').candidates[0]?.kind).toBe('A1')
    expect(parseNumber('登録実用新案第3157947号').candidates[0]?.kind).toBe('U')
  })
})

describe('warnings', () => {
  test.each([
    ['EP 25153079.5', 'check_digit_wrong'],
    ['CN201080063196.8', 'check_digit_wrong'],
    ['特開令2-1234', 'reiwa_in_number'],
    ['特開平12-123456', 'era_after_1999'],
    ['JP8-7001A', 'era_not_written'],
    ['EU1000000B1', 'eu_means_ep'],
    ['UK2348875B', 'uk_means_gb'],
    ['4567890', 'office_missing'],
    ['2020123456', 'office_missing'],
    ['特許第1234567号', 'old_law'],
    ['特開昭64-1234', 'two_spellings_1989'],
    ['ZL 2010 8 0063196.9', 'application_number_of_granted'],
    ['JP2020123456B2', 'kind_does_not_fit'],
    ['1'.repeat(numberInputCharactersMax + 1), 'input_too_long'],
  ])('%s is answered with %s', (input, code) => {
    expect(codesOf(input)).toEqual([code])
  })

  test('a right check digit and a plain number give none', () => {
    for (const input of ['EP25153079.6', 'CN201080063196.9', '特許第4567890号', 'US 7,650,331 B1', 'Hello world']) {
      expect(codesOf(input)).toEqual([])
    }
  })
})

describe('hints', () => {
  test('an office that is written wins over the hint', () => {
    expect(keysOf('US7650331B1')).toEqual(parseNumber('US7650331B1', { office: 'JP' }).candidates.map(({ key }) => key))
  })

  test('a type chooses among the candidates, and is ignored when it fits none', () => {
    expect(parseNumber('JP2000-347427', { type: 'application' }).candidates.map(({ key }) => key)).toEqual([
      'JP:application:2000347427',
    ])
    expect(parseNumber('JP4567890B2', { type: 'publication' }).candidates).toHaveLength(1)
  })

  test('an unknown office changes nothing', () => {
    expect(parseNumber('4567890', { office: 'Ελλάς' }).candidates).toEqual([])
  })
})

describe('hostile input', () => {
  const alphabets = [
    '-',
    '０１２３平成特開第号',
    'JPUSWOEP0123456789-/. ',
    '\u0000\u200f\u202e😀(',
    '%/?&=:.HTPS',
    'ABYU ',
  ]

  test('any text is answered, and with nothing else than the published shape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(parsedNumber.safeParse(parseNumber(text)).success).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  test('texts made of what numbers are made of are answered', () => {
    const near = fc
      .constantFrom(...alphabets)
      .chain((alphabet) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 400 }))
    fc.assert(
      fc.property(near, (text) => {
        const { candidates } = parseNumber(text)
        expect(new Set(candidates.map(({ key, docdb }) => `${key} ${docdb}`)).size).toBe(candidates.length)
      }),
      { numRuns: 20_000 },
    )
  })

  test('invisible marks inside a number do no harm', () => {
    expect(keysOf('\u200fJP\u200b4567890\u202eB2\u0000')).toEqual(['JP:grant:4567890'])
  })

  test('a long address is read up to its query', () => {
    expect(keysOf(`https://patents.google.com/patent/JP5985120B1/en?oq=${'x'.repeat(500)}`)).toEqual([
      'JP:grant:5985120',
    ])
  })

  test('a broken escape in an address is no exception', () => {
    expect(keysOf('https://patents.google.com/patent/JP5985120B1/en?q=%E0%A4%A')).toEqual(['JP:grant:5985120'])
  })
})

function generatedNumbers(): fc.Arbitrary<string> {
  const digits = (least: number, most: number) =>
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.constant(''))
      .map(([length]) => length)
      .chain((length) => fc.integer({ min: 10 ** (length - 1), max: 10 ** length - 1 }).map(String))
  const year = fc.integer({ min: 2001, max: 2026 }).map(String)
  const era = fc.oneof(
    fc.integer({ min: 1, max: 11 }).map((count) => `平${count}`),
    fc.integer({ min: 46, max: 64 }).map((count) => `昭${count}`),
  )
  const joined = (...parts: (string | fc.Arbitrary<string>)[]) =>
    fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(''))
  return fc.oneof(
    joined(fc.constantFrom('特開', '特願', '実開', '実願', '特公'), era, '-', digits(1, 5)),
    joined(fc.constantFrom('特開', '特表', '特願', '実願'), year, '-', digits(1, 6)),
    joined('特許第', digits(5, 7), '号'),
    joined('JP', digits(7, 7), fc.constantFrom('B1', 'B2', '')),
    joined('再表', year, '/', digits(6, 6)),
    joined('US', digits(6, 7), fc.constantFrom('', 'A', 'B1', 'B2')),
    joined('US', year, '0', digits(6, 6), fc.constantFrom('', 'A1')),
    joined('USD', digits(6, 6), fc.constantFrom('', 'S1')),
    joined(fc.constantFrom('10', '14', '17'), '/', digits(6, 6)),
    joined('EP', digits(5, 7), fc.constantFrom('', 'A1', 'B1')),
    joined('EP', fc.constantFrom('99', '20', '12'), digits(6, 6)),
    joined('WO', year, '/', digits(5, 6), fc.constantFrom('', 'A1')),
    joined('WO', fc.constantFrom('85', '99', '00', '01', '03'), digits(5, 5)),
    joined('PCT/JP', year, '/', digits(5, 5)),
    joined('CN', fc.constantFrom('1', '2'), digits(6, 6), fc.constantFrom('A', 'C', 'U', '')),
    joined('CN10', digits(7, 7), fc.constantFrom('A', 'B', '')),
    joined('CN', year, '1', digits(7, 7)),
    joined('KR10', digits(7, 7), 'B1'),
    joined('KR10-', year, '-', digits(7, 7)),
    joined('DE', digits(7, 8), fc.constantFrom('A1', 'B4', 'C2', 'U1', 'T2', '')),
    joined(fc.constantFrom('GB', 'FR', 'CA', 'AU', 'RU', 'SE'), digits(7, 7), fc.constantFrom('A', 'B', 'A1', '')),
  )
}
