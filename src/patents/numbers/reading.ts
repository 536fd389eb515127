import type { NumberType, NumberWarningCode, PatentNumber } from './number.ts'
import { japaneseNameOf } from './offices.ts'

/** One number after clean-up: upper case, without office, words and kind; separators as written, runs shortened to one. */
export type Written = {
  office: string
  body: string
  kind: string | undefined
  type: NumberType | undefined
  wanted: 'application' | 'publication' | 'grant' | undefined
}

export type Reading = { numbers: PatentNumber[]; warnings: NumberWarningCode[] }

export const nothing: Reading = { numbers: [], warnings: [] }

type Parts = {
  office: string
  type: NumberType
  number: string
  kind?: string | undefined
  year?: number | undefined
  epodoc?: string | undefined
  display?: { ja: string; en: string }
  /** Number space and number of the key, where they are not the type and the docdb number. */
  space?: string
  keyNumber?: string
}

export function patentNumberOf(parts: Parts): PatentNumber {
  const { office, type, number, kind, year } = parts
  const space = parts.space ?? spaceOf(type)
  return {
    office,
    type,
    number,
    ...(kind === undefined ? {} : { kind }),
    ...(year === undefined ? {} : { year }),
    docdb: kind === undefined ? `${office}-${number}` : `${office}-${number}-${kind}`,
    epodoc: parts.epodoc ?? epodocOf(office, number, kind),
    display: parts.display ?? displayOf(office, type, number, kind),
    key: `${office}:${space}:${parts.keyNumber ?? number}`,
  }
}

/** What an application, a published application or a granted right is, whatever law it is under. */
export function categoryOf(type: NumberType): 'application' | 'publication' | 'grant' {
  if (type.endsWith('application')) return 'application'
  if (type.endsWith('publication')) return 'publication'
  return 'grant'
}

/** `A1`, `B2`, `Y` … → ` A1` for display; nothing when unknown. */
export function shownKind(kind: string | undefined): string {
  return kind === undefined ? '' : ` ${kind}`
}

export function unpadded(digits: string): string {
  return digits.replace(/^0+(?=.)/, '')
}

export function withThousands(digits: string): string {
  let text = digits
  for (let at = text.length - 3; at > 0; at -= 3) text = `${text.slice(0, at)},${text.slice(at)}`
  return text
}

function spaceOf(type: NumberType): string {
  return type.endsWith('examined_publication') ? type.slice(0, -'_publication'.length) : type
}

// epodoc keeps a kind letter only where an office gives the same digits to different documents.
const officesWithLetter = new Set(['AT', 'CN', 'JP', 'KR', 'NL', 'TW'])

function epodocOf(office: string, number: string, kind: string | undefined): string {
  const letter = kind === undefined || kind.startsWith('A') || !officesWithLetter.has(office) ? '' : kind.slice(0, 1)
  return `${office}${number}${letter}`
}

function displayOf(office: string, type: NumberType, number: string, kind: string | undefined) {
  const application = categoryOf(type) === 'application'
  const shown = `${number}${shownKind(kind)}`
  const en = application ? `${office} application ${shown}` : `${office} ${shown}`
  const name = japaneseNameOf(office)
  // Translations have no Japanese name of their own, and a number without its kind may be of either stage.
  const nameable = kind === undefined ? office === 'CN' || type !== 'publication' : /^[ABCUY]/.test(kind)
  if (name !== undefined && nameable) return { ja: `${name}${japaneseTypes[type]}第${number}号`, en }
  return { ja: application ? `${office}出願${number}` : `${office} ${shown}`, en }
}

const japaneseTypes = {
  application: '特許出願',
  publication: '特許出願公開',
  examined_publication: '特許出願公告',
  republication: '再公表特許',
  grant: '特許',
  reissue: '再発行特許',
  utility_model_application: '実用新案登録出願',
  utility_model_publication: '実用新案出願公開',
  utility_model_examined_publication: '実用新案出願公告',
  utility_model_grant: '実用新案登録',
  design_application: '意匠登録出願',
  design: '意匠登録',
  plant: '植物特許',
} as const satisfies Record<NumberType, string>
