import { classesOfOneField, concordance, sectorNames, splitSubclasses } from './concordance.ts'
import { subclassOf } from './symbol.ts'

export type TechnologyField = {
  field: number
  name: { ja: string; en: string }
  sector: { ja: string; en: string }
}

/** WIPO's 35 technology fields in order. */
export const technologyFields: readonly TechnologyField[] = concordance.map(({ field, ja, en, sector }) => ({
  field,
  name: { ja, en },
  sector: sectorNames[sector],
}))

/**
 * WIPO fields of canonical symbols, ascending and each once (whole counting). A symbol of the IPC is in exactly one field;
 * one that is CPC's own (section Y, indexing subclasses) is in none.
 */
export function fieldsOf(symbols: readonly string[]): number[] {
  const found = new Set<number>()
  for (const symbol of symbols) {
    const field = fieldOf(symbol)
    if (field !== undefined) found.add(field)
  }
  return [...found].sort((a, b) => a - b)
}

export function fieldOf(symbol: string): number | undefined {
  const subclass = subclassOf(symbol)
  const split = groupsOfSplit.get(subclass)
  if (split === undefined) return ofSubclass.get(subclass) ?? classesOfOneField.get(symbol.slice(0, 3))
  return split.groups.get(mainGroupNumber(symbol)) ?? split.rest
}

/** Whether a subclass (`H01M`) or main group (`H01M10`) belongs to the field; a split subclass belongs to each of its fields. */
export function isOfField(symbol: string, field: number): boolean {
  const split = symbol.length === 4 ? groupsOfSplit.get(symbol) : undefined
  if (split === undefined) return fieldOf(symbol) === field
  return split.rest === field || [...split.groups.values()].includes(field)
}

/** Classes and subclasses that symbols of the field begin with; of a split subclass not all do (`isOfField`). */
export function beginningsOfField(field: number): string[] {
  const classes = [...classesOfOneField].flatMap(([one, of]) => (of === field ? [one] : []))
  const subclasses = new Set([...ofSubclass.keys(), ...groupsOfSplit.keys()])
  return [...classes, ...[...subclasses].filter((subclass) => isOfField(subclass, field))]
}

export function fieldName(field: number): { ja: string; en: string } {
  return technologyFields[field - 1]?.name ?? { ja: `分野${field}`, en: `Field ${field}` }
}

const ofSubclass: ReadonlyMap<string, number> = new Map(
  concordance.flatMap(({ field, subclasses }) =>
    subclasses
      .split(' ')
      .flatMap((run) => [...run.slice(3)].map((letter) => [`${run.slice(0, 3)}${letter}`, field] as const)),
  ),
)

const groupsOfSplit: ReadonlyMap<string, { rest: number; groups: ReadonlyMap<string, number> }> = new Map(
  Object.entries(splitSubclasses).map(([subclass, { rest, groups }]) => [
    subclass,
    {
      rest,
      groups: new Map(
        Object.entries(groups).flatMap(([field, list]) =>
          list.split(' ').map((group) => [group, Number(field)] as const),
        ),
      ),
    },
  ]),
)

function mainGroupNumber(symbol: string): string {
  const end = symbol.search(/[/:]/)
  return end === -1 ? symbol.slice(4) : symbol.slice(4, end)
}
