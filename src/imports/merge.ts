import type { Bilingual } from '../shapes.ts'
import { sameText } from './differences.ts'
import type { Prepared } from './prepare.ts'

/**
 * Two rows of one file about the same right, as one; or in what they contradict each other. Pure. What the first says
 * stands; the second adds.
 */
export function mergeRows(first: Prepared, second: Prepared): { merged: Prepared } | { differs: Bilingual } {
  for (const language of ['ja', 'en'] as const) {
    const [one, other] = [first.title[language], second.title[language]]
    if (one !== undefined && other !== undefined && !sameText(one, other) && !areDocumentsOfOne(first, second))
      return { differs: { ja: '発明の名称', en: 'title' } }
  }
  if (first.filedOn !== undefined && second.filedOn !== undefined && first.filedOn !== second.filedOn)
    return { differs: { ja: '出願日', en: 'filing date' } }
  if (first.office !== second.office) return { differs: { ja: '国', en: 'office' } }
  if (first.owners && second.owners && [...first.owners].sort().join() !== [...second.owners].sort().join())
    return { differs: { ja: '権利者', en: 'owner' } }
  const merged: Prepared = {
    ...second,
    ...first,
    number: strongerNumber(first, second),
    numbers: [...new Map([...first.numbers, ...second.numbers].map((number) => [number.key, number])).values()],
    ambiguous: [...first.ambiguous, ...second.ambiguous],
    title: { ...second.title, ...first.title },
    inventors: first.inventors.length > 0 ? first.inventors : second.inventors,
    classes: {
      ipc: union(first.classes.ipc, second.classes.ipc),
      cpc: union(first.classes.cpc, second.classes.cpc),
      fi: union(first.classes.fi, second.classes.fi),
    },
    fields: [...new Set([...first.fields, ...second.fields])].sort((a, b) => a - b),
  }
  const publishedOn = earliest(first.publishedOn, second.publishedOn)
  const priorityOn = earliest(first.priorityOn, second.priorityOn)
  if (publishedOn !== undefined) merged.publishedOn = publishedOn
  if (priorityOn !== undefined) merged.priorityOn = priorityOn
  const status = later(first.status, second.status)
  if (status) merged.status = status
  return { merged }
}

/** The application and the grant of China have one number: lists translate the title of each document by itself. */
function areDocumentsOfOne(first: Prepared, second: Prepared): boolean {
  const spelt = new Map(first.numbers.map(({ key, docdb }) => [key, docdb]))
  const otherKind = second.numbers.some(({ key, docdb }) => spelt.has(key) && spelt.get(key) !== docdb)
  return otherKind && first.filedOn !== undefined && first.filedOn === second.filedOn
}

const strength = ['reissue', 'grant', 'design', 'plant', 'examined_publication', 'publication', 'republication']

function strongerNumber(first: Prepared, second: Prepared): string {
  const rank = ({ numbers }: Prepared) =>
    Math.min(
      ...numbers.map(({ key }) => strength.findIndex((type) => key.split(':')[1]?.endsWith(type))).map(orLast),
      99,
    )
  return rank(second) < rank(first) ? second.number : first.number
}

function orLast(index: number): number {
  return index < 0 ? 98 : index
}

function later(one: Prepared['status'], other: Prepared['status']): Prepared['status'] {
  if (!one || !other) return one ?? other
  if (one.value === 'pending' || one.value === 'unknown') return other
  return (other.on ?? '') > (one.on ?? '') && other.value !== 'pending' ? other : one
}

function earliest(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one < other ? one : other
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])]
}
