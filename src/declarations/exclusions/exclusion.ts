import { z } from '@hono/zod-openapi'
import { numberInputCharactersMax } from '../../patents/numbers/parse.ts'
import { line, time } from '../../shapes.ts'

/** A whole docket fits; more entries than this are a rule that was not written. */
export const exclusionsPerOrganisationMax = 5000
/** Rules are compared with every patent of a portfolio, numbers are looked up: so there are fewer of them. */
export const exclusionRulesPerOrganisationMax = 200
/** A list that is pasted in one go, and one act. */
export const exclusionsPerCallMax = 1000

const note = line(500).exactOptional().openapi({ description: 'Why, for your own officers.' })
const year = z.int().min(1900).max(2100)

/** One member says what is excluded. */
export const exclusionInput = z
  .union([
    z.strictObject({
      number: z.string().min(1).max(numberInputCharactersMax).openapi({
        description: 'In any spelling, enrolled or not yet. One that can mean several documents excludes all of them.',
      }),
      note,
    }),
    z.strictObject({
      ipc: z.string().min(1).max(60).openapi({
        description:
          'Section, class, subclass, main group or the beginning of a subgroup, of IPC, CPC or FI: `H01M`, `H01M10`, `H01M10/05`.',
      }),
      note,
    }),
    z.strictObject({ title: line(200).openapi({ description: 'Anywhere in the title, in either language.' }), note }),
    z.strictObject({ inventor: line(200).openapi({ description: 'A name in any order of its parts.' }), note }),
    z.strictObject({
      filedFrom: year.exactOptional(),
      filedTo: year.exactOptional().openapi({
        description: 'Years of filing. A patent whose filing date is not recorded is excluded too.',
      }),
      note,
    }),
  ])
  .openapi('ExclusionInput', { example: { ipc: 'H01M10/05', note: 'Negotiations with a partner.' } })
export type ExclusionInput = z.infer<typeof exclusionInput>

export const exclusionsInput = z
  .strictObject({ entries: z.array(exclusionInput).min(1).max(exclusionsPerCallMax) })
  .openapi('ExclusionsInput', {
    example: { entries: [{ number: '特許第5985120号' }, { ipc: 'H01M10/05', note: 'Negotiations with a partner.' }] },
  })
export type ExclusionsInput = z.infer<typeof exclusionsInput>

export const exclusionRule = z.enum(['number', 'ipc', 'title', 'inventor', 'filed'])

export const exclusionExample = {
  id: '01a200d7-9c08-71f6-a020-59b78103cab9',
  rule: 'ipc',
  value: 'H01M10/05',
  note: 'Negotiations with a partner.',
  addedAt: '2026-11-21T09:00:00.000Z',
}

export const exclusion = z
  .object({
    id: z.uuid(),
    rule: exclusionRule,
    value: z.string(),
    note: z.string().exactOptional(),
    addedAt: time,
  })
  .openapi('Exclusion', { example: exclusionExample })
export type Exclusion = z.infer<typeof exclusion>

/** How a title is compared: width, case and runs of spaces do not matter. */
export function foldedTitle(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ')
}

/**
 * What symbols of that class begin with: `H01M10` is the main group and no other one, `H01M10/05` every subgroup that
 * begins so. Undefined when it is not the beginning of a symbol.
 */
export function symbolPrefix(written: string): string | undefined {
  const text = written.normalize('NFKC').toUpperCase().replaceAll(' ', '')
  const match = /^([A-HY](?:\d{2}(?:[A-Z])?)?)(?:0{0,3}([1-9]\d{0,3})(?:([/:])(\d{0,6}))?)?$/.exec(text)
  if (match === null) return undefined
  const [, head = '', group, mark = '/', subgroup = ''] = match
  if (group === undefined) return head
  return head.length === 4 ? `${head}${group}${mark}${subgroup}` : undefined
}
