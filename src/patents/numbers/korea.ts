import type { NumberType, PatentNumber } from './number.ts'
import { nothing, patentNumberOf, type Reading, shownKind, unpadded, type Written } from './reading.ts'

/**
 * Numbers of the Korean office: `10-YYYY-NNNNNNN` for applications and publications alike, `10-NNNNNNN` for grants;
 * 20 for utility models, 30 for designs. docdb leaves the 10 out of the first and keeps it in the second.
 */
export function readKorea(written: Written): Reading {
  const compact = written.body.replace(/[ .,/-]/g, '')
  if (!/^\d{6,13}$/.test(compact)) return nothing
  const grouped = /^(10|20|30)[-. ]/.exec(written.body)
  if (compact.length === 13 && /^[123]0(?:19|20)/.test(compact))
    return ofYear(written, compact.slice(2), compact.slice(0, 2))
  if (compact.length === 11 && /^(?:19|20)\d/.test(compact)) {
    return ofYear(written, compact, /^[UY]/.test(written.kind ?? '') ? '20' : '10')
  }
  // 10-NNNNNNN-0000: the last four count divided registrations.
  if (compact.length === 13 && compact.endsWith('0000')) return grantOf(written, compact.slice(0, 9))
  if (compact.length === 9) return grantOf(written, compact)
  return grouped === null && compact.length <= 8 ? grantOf(written, compact) : nothing
}

function ofYear(written: Written, digits: string, sort: string): Reading {
  const utility = sort === '20'
  const year = Number(digits.slice(0, 4))
  if (unpadded(digits.slice(4)) === '0') return nothing
  const publication: NumberType = utility ? 'utility_model_publication' : sort === '30' ? 'design' : 'publication'
  const application: NumberType = utility
    ? 'utility_model_application'
    : sort === '30'
      ? 'design_application'
      : 'application'
  const types =
    written.wanted === 'application' || written.type === 'application'
      ? [application]
      : written.kind === undefined && written.type === undefined
        ? [publication, application]
        : [publication]
  return { numbers: types.map((type) => yearDocument(type, digits, sort, year, written.kind)), warnings: [] }
}

function yearDocument(
  type: NumberType,
  digits: string,
  sort: string,
  year: number,
  given: string | undefined,
): PatentNumber {
  const shown = `${sort}-${digits.slice(0, 4)}-${digits.slice(4)}`
  const kind = given ?? (sort === '20' ? 'U' : sort === '30' ? 'S' : 'A')
  const application = type.endsWith('application')
  return patentNumberOf({
    office: 'KR',
    type,
    number: digits,
    kind,
    year,
    epodoc: `KR${digits}${kind.startsWith('A') ? '' : kind.charAt(0)}`,
    display: {
      ja: application ? `韓国出願第${shown}号` : `韓国公開第${shown}号`,
      en: application ? `KR application ${shown}` : `KR ${shown}${shownKind(kind)}`,
    },
  })
}

function grantOf(written: Written, digits: string): Reading {
  const { kind } = written
  const type = registeredType(written, digits)
  const utility = type === 'utility_model_grant'
  const shown = /^[123]0/.test(digits) && digits.length === 9 ? `${digits.slice(0, 2)}-${digits.slice(2)}` : digits
  const found = patentNumberOf({
    office: 'KR',
    type,
    number: digits,
    kind,
    display: {
      ja: `${utility ? '韓国実用新案登録' : type === 'grant' ? '韓国登録特許' : '韓国公開特許'}第${shown}号`,
      en: `KR ${shown}${shownKind(kind)}`,
    },
  })
  return { numbers: [found], warnings: [] }
}

function registeredType(written: Written, digits: string): NumberType {
  switch (written.kind?.charAt(0)) {
    case undefined:
      return written.type ?? (digits.length === 9 && digits.startsWith('20') ? 'utility_model_grant' : 'grant')
    case 'A':
      return 'publication'
    case 'U':
    case 'Y':
      return 'utility_model_grant'
    default:
      return 'grant'
  }
}
