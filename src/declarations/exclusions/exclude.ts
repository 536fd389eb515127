import { actorId, type Context } from '../../context.ts'
import { invalid, RegistryError } from '../../errors.ts'
import { commit, settle } from '../../log/commit.ts'
import { type Acting, actedBy, requireActingFor } from '../../mandates/acting.ts'
import { findOrganisation } from '../../organisations/queries.ts'
import { nameKey } from '../../patents/inventors/names.ts'
import { parseNumber } from '../../patents/numbers/parse.ts'
import {
  type Exclusion,
  type ExclusionInput,
  type ExclusionsInput,
  exclusionRulesPerOrganisationMax,
  exclusionsPerOrganisationMax,
  foldedTitle,
  symbolPrefix,
} from './exclusion.ts'
import {
  type ExclusionRecord,
  exclusionsUnchanged,
  insertExclusions,
  listExclusions,
  removeExclusion,
} from './queries.ts'

/**
 * Adds to what the organisation never declares. What is on the list already, just so, is not added again. Declarations
 * that stand are not touched: they end by withdrawal.
 * @throws invalid_input with a fault per entry that cannot be read; nothing is added then
 */
export function exclude(ctx: Context, organisationId: string, { entries }: ExclusionsInput): Promise<Exclusion[]> {
  return settle(async () => {
    const acting = await requireKeeper(ctx, organisationId)
    const before = await listExclusions(ctx.db.read, acting.organisationId)
    const faults: { pointer: string; code: string; detail: string }[] = []
    const read = entries.flatMap((entry, i) => {
      const one = readEntry(entry)
      if ('code' in one) {
        faults.push({ pointer: `/entries/${i}`, ...one })
        return []
      }
      return [one]
    })
    if (faults.length > 0)
      throw new RegistryError('invalid_input', `${faults.length} of the entries cannot be read. Nothing was added.`, {
        faults,
      })
    const known = new Map(before.map((one) => [identityOf(one), one]))
    const added = new Map<string, ExclusionRecord>()
    for (const one of read) {
      const identity = identityOf(one)
      if (known.has(identity) || added.has(identity)) continue
      added.set(identity, { id: ctx.newId(), addedAt: ctx.now.toISOString(), ...one })
    }
    const after = [...before, ...added.values()]
    if (after.length > exclusionsPerOrganisationMax)
      throw invalid('/entries', 'too_big', `A list has up to ${exclusionsPerOrganisationMax} entries.`)
    if (after.filter(({ rule }) => rule !== 'number').length > exclusionRulesPerOrganisationMax)
      throw invalid('/entries', 'too_big', `A list has up to ${exclusionRulesPerOrganisationMax} rules.`)
    const answer = read.flatMap((one) => added.get(identityOf(one)) ?? known.get(identityOf(one)) ?? []).map(toPublic)
    if (added.size === 0) return answer
    const made = [...added.values()]
    return commit(ctx, {
      write: [
        ...acting.guards,
        exclusionsUnchanged(acting.organisationId, before),
        insertExclusions(acting.organisationId, made, actorId(ctx.actor)),
      ],
      events: [
        {
          event: 'exclusions_added',
          subject: acting.organisationId,
          source: 'officer',
          after: made.map(toPublic),
          ...actedBy(acting),
        },
      ],
      answer,
    })
  })
}

/** Takes an entry off the list; the patents that it covered can be declared from then on. */
export function endExclusion(ctx: Context, organisationId: string, id: string): Promise<void> {
  return settle(async () => {
    const acting = await requireKeeper(ctx, organisationId)
    const found = (await listExclusions(ctx.db.read, acting.organisationId)).find((one) => one.id === id)
    if (!found) throw new RegistryError('not_found', 'There is no such entry on the list.')
    await commit(ctx, {
      write: [...acting.guards, removeExclusion(acting.organisationId, id, actorId(ctx.actor), ctx.now.toISOString())],
      events: [
        {
          event: 'exclusion_removed',
          subject: acting.organisationId,
          source: 'officer',
          before: toPublic(found),
          ...actedBy(acting),
        },
      ],
      answer: undefined,
    })
  })
}

/** The list as its own officers, and agents who may declare for it, read it. */
export async function readExclusions(ctx: Context, organisationId: string): Promise<Exclusion[]> {
  const acting = await requireKeeper(ctx, organisationId)
  return (await listExclusions(ctx.db.read, acting.organisationId)).map(toPublic)
}

async function requireKeeper(ctx: Context, idOrRor: string): Promise<Acting> {
  const found = await findOrganisation(ctx.db.read, idOrRor)
  return requireActingFor(ctx, found ? [found.organisation.id] : [], 'declare')
}

function toPublic({ keys: _keys, ...entry }: ExclusionRecord): Exclusion {
  return entry
}

function identityOf({ rule, keys }: Pick<ExclusionRecord, 'rule' | 'keys'>): string {
  return JSON.stringify([rule, keys])
}

type Read = Omit<ExclusionRecord, 'id' | 'addedAt'>

function readEntry(entry: ExclusionInput): Read | { code: string; detail: string } {
  const note = entry.note === undefined ? {} : { note: entry.note }
  if ('number' in entry) {
    const { candidates } = parseNumber(entry.number)
    if (candidates.length === 0)
      return { code: 'unrecognised_number', detail: `${entry.number} is not a number we can read.` }
    const value = candidates.length === 1 ? (candidates[0]?.docdb ?? entry.number) : entry.number
    return { rule: 'number', value, keys: candidates.map(({ key }) => key).sort(), ...note }
  }
  if ('ipc' in entry) {
    const prefix = symbolPrefix(entry.ipc)
    if (prefix === undefined)
      return { code: 'unrecognised_symbol', detail: `${entry.ipc} is not the beginning of a class symbol.` }
    return { rule: 'ipc', value: prefix, keys: [prefix], ...note }
  }
  if ('title' in entry) return { rule: 'title', value: entry.title, keys: [foldedTitle(entry.title)], ...note }
  if ('inventor' in entry) {
    const key = nameKey(entry.inventor)
    if (key === null) return { code: 'unreadable_name', detail: `${entry.inventor} is not a name we can read.` }
    return { rule: 'inventor', value: entry.inventor, keys: [key], ...note }
  }
  const { filedFrom, filedTo } = entry
  if (filedFrom === undefined && filedTo === undefined)
    return { code: 'required', detail: 'Give the first year, the last one, or both.' }
  if (filedFrom !== undefined && filedTo !== undefined && filedTo < filedFrom)
    return { code: 'before_from', detail: 'The last year is before the first.' }
  const keys = [String(filedFrom ?? '0000'), String(filedTo ?? '9999')]
  return { rule: 'filed', value: `${filedFrom ?? ''}–${filedTo ?? ''}`, keys, ...note }
}
