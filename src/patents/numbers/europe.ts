import { europeanCheckDigit } from './check-digits.ts'
import type { NumberWarningCode } from './number.ts'
import { nothing, patentNumberOf, type Reading, shownKind, unpadded, type Written } from './reading.ts'

/**
 * Numbers of the European Patent Office: publications of up to seven digits, whose A and B documents are one right with
 * one key, and applications `YYNNNNNN.C`, whose check digit is verified when it is written.
 */
export function readEurope(written: Written): Reading {
  const { body, kind } = written
  const compact = body.replace(/[ ,/-]/g, '')
  const checked = /^(\d{8})\.?(\d)$/.exec(compact)
  if (checked?.[1] !== undefined) {
    const wrong = europeanCheckDigit(checked[1]) !== checked[2]
    return applicationOf(checked[1].slice(0, 2), checked[1].slice(2), kind, wrong ? ['check_digit_wrong'] : [])
  }
  if (/\.\d{1,2}$/.test(compact)) return nothing
  const digits = compact.replaceAll('.', '')
  if (/^\d{8}$/.test(digits) && (!digits.startsWith('0') || isApplication(written) || kind === undefined)) {
    return applicationOf(digits.slice(0, 2), digits.slice(2), kind, [])
  }
  if (/^(?:19|20)\d{2}0\d{6}$/.test(digits)) return applicationOf(digits.slice(2, 4), digits.slice(5), kind, [])
  return /^\d{1,8}$/.test(digits) ? publicationOf(unpadded(digits), written) : nothing
}

function isApplication(written: Written): boolean {
  return written.wanted === 'application' || written.type === 'application'
}

function publicationOf(digits: string, written: Written): Reading {
  const { kind } = written
  if (digits === '0' || digits.length > 7) return nothing
  const granted =
    kind === undefined ? (written.type ?? written.wanted) === 'grant' : kind.startsWith('B') || kind.startsWith('C')
  const number = digits.padStart(7, '0')
  const found = patentNumberOf({
    office: 'EP',
    type: granted ? 'grant' : 'publication',
    number,
    kind,
    display: {
      ja: japaneseName(number, granted, kind),
      en: `EP ${number}${shownKind(kind)}`,
    },
  })
  return { numbers: [{ ...found, key: `EP:publication:${number}` }], warnings: [] }
}

// Without a kind the number is that of the application's publication and of the patent.
function japaneseName(number: string, granted: boolean, kind: string | undefined): string {
  if (granted) return `欧州特許第${number}号`
  return kind === undefined ? `EP ${number}` : `欧州特許出願公開第${number}号`
}

/** Applications began in 1978; the kind of an application is A. */
function applicationOf(
  yearDigits: string,
  serial: string,
  kind: string | undefined,
  warnings: NumberWarningCode[],
): Reading {
  const year = Number(yearDigits) >= 78 ? 1900 + Number(yearDigits) : 2000 + Number(yearDigits)
  if (kind !== undefined && !kind.startsWith('A')) return { numbers: [], warnings: ['kind_does_not_fit'] }
  const number = `${yearDigits}${serial}`
  const shown = `${number}.${europeanCheckDigit(number)}`
  const found = patentNumberOf({
    office: 'EP',
    type: 'application',
    number,
    kind: 'A',
    year,
    epodoc: `EP${year}0${serial}`,
    display: { ja: `欧州特許出願第${shown}号`, en: `EP application ${shown}` },
    keyNumber: `${year}${serial}`,
  })
  return { numbers: [found], warnings }
}
