import { z } from 'zod'
import { legalStatus } from '../../../../policies/vocabulary.ts'
import {
  addDate,
  addInventors,
  addNumbers,
  addOwners,
  addSymbols,
  type DateMember,
  type Draft,
  dateOf,
  newDraft,
  setMark,
  setTitle,
} from '../draft.ts'
import { faults } from '../faults.ts'
import type { ReadHolder } from '../row.ts'

/**
 * One patent a line in the shape of `PatentInput` (src/patents/patent.ts); besides an id or ROR id, a holder may be given by
 * `name`, one text or `{ ja, en }`. `reference` is the office's own mark. Members that do not belong here are named.
 */
export function readOwnJson(value: Readonly<Record<string, unknown>>): Draft {
  const draft = newDraft()
  for (const [name, member] of Object.entries(value)) {
    const read = Object.hasOwn(members, name) ? members[name] : undefined
    if (read === undefined) draft.warnings.push(faults.memberUnknown(name))
    else if (!read(draft, member)) draft.faults.push(faults.memberUnreadable(name, JSON.stringify(member) ?? ''))
  }
  draft.numberColumn = 'numbers'
  return draft
}

export function isOwnJson(value: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(value.numbers)
}

type Member = (draft: Draft, value: unknown) => boolean

const text = z.string().max(2000)
const languages = z.object({ ja: text.exactOptional(), en: text.exactOptional() })
const holder = z.object({ organisation: text.exactOptional(), name: z.union([text, languages]).exactOptional() })
const inventor = z.object({ name: text, romanised: text.exactOptional() })
const dated = z.union([text, z.object({ on: text })])

const members: Readonly<Record<string, Member>> = {
  numbers: member(z.array(text).min(1).max(100), (draft, numbers) => {
    for (const number of numbers) addNumbers(draft, { text: number, column: 'numbers' })
  }),
  title: member(languages, (draft, title) => {
    setTitle(draft, 'ja', { text: title.ja ?? '', column: 'title' })
    setTitle(draft, 'en', { text: title.en ?? '', column: 'title' })
  }),
  holders: member(z.array(holder).max(100), (draft, holders) => {
    const cell = { text: JSON.stringify(holders), column: 'holders' }
    addOwners(draft, cell, {
      holders: holders.map(namesOf).filter(({ names }) => names.length > 0),
      unpairedHolders: [],
    })
  }),
  inventors: member(z.array(inventor).max(1000), (draft, inventors) =>
    addInventors(
      draft,
      { text: '', column: 'inventors' },
      inventors.map(({ name, romanised }) => (romanised === undefined ? { name } : { name, romanised })),
    ),
  ),
  classes: member(
    z.object({
      ipc: z.array(text).max(1000).default([]),
      cpc: z.array(text).max(1000).default([]),
      fi: z.array(text).max(1000).default([]),
    }),
    (draft, classes) => {
      for (const scheme of ['ipc', 'cpc', 'fi'] as const) {
        addSymbols(draft, scheme, { text: classes[scheme].join(';'), column: 'classes' })
      }
    },
  ),
  priorityOn: date('priorityOn'),
  filedOn: date('filedOn'),
  publishedOn: date('publishedOn'),
  grantedOn: date('grantedOn'),
  expiresOn: date('expiresOn'),
  expires: date('expiresOn'),
  family: mark('family'),
  reference: mark('reference'),
  status: member(z.object({ value: legalStatus, on: text.exactOptional() }), (draft, status) => {
    const on = dateOf(draft, { text: status.on ?? '', column: 'status' })
    draft.status = on === undefined ? { value: status.value } : { value: status.value, on }
  }),
}

function member<Value>(shape: z.ZodType<Value>, use: (draft: Draft, value: Value) => void): Member {
  return (draft, value) => {
    const read = shape.safeParse(value)
    if (read.success) use(draft, read.data)
    return read.success
  }
}

function date(name: DateMember): Member {
  return member(dated, (draft, value) =>
    addDate(draft, name, { text: typeof value === 'string' ? value : value.on, column: name }),
  )
}

function mark(name: 'family' | 'reference'): Member {
  return member(text, (draft, value) => setMark(draft, name, { text: value, column: name }))
}

function namesOf(given: z.infer<typeof holder>): ReadHolder {
  const { organisation, name } = given
  if (organisation !== undefined) return { names: [organisation] }
  const names = typeof name === 'string' ? [name] : [name?.ja, name?.en]
  return { names: names.flatMap((one) => (one === undefined || one === '' ? [] : [one])) }
}
