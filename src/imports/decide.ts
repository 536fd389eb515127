import { numbersPerPatentMax, statusesPerPatentMax } from '../patents/patent.ts'
import type { Bilingual } from '../shapes.ts'
import { type Additions, additionsOf, differencesOf, type Edit, sameText } from './differences.ts'
import type { Choices, FieldChange, NameCandidate, NameOutcome, Reason, RowDecision, RowResult } from './import.ts'
import { isJapanese } from './owners.ts'
import { type Prepared, typeOf, withChosen } from './prepare.ts'
import { reasons } from './reasons.ts'
import type { KnownRecord } from './records-queries.ts'

/** What is known of an owner that the row names. */
export type KnownOwner = {
  key: string
  names: readonly string[]
  outcome: NameOutcome
  organisationId?: string
  candidates: readonly NameCandidate[]
}

/** All that a decision about a row rests on besides the row. */
export type Known = {
  /** For whom the import is. */
  organisation: { id: string; name: Bilingual }
  /** That organisation, and those for which its agent may enrol. */
  principals: ReadonlySet<string>
  owners: ReadonlyMap<string, KnownOwner>
  keys: ReadonlyMap<string, string>
  records: ReadonlyMap<string, KnownRecord>
  /** Rights that may be the same: of the registry, and rows before this one. */
  alike: (patent: Prepared) => readonly Alike[]
  organisationNames: ReadonlyMap<string, Bilingual>
  source: string
  seenOn: string
}

export type Alike = {
  patent?: string
  line?: number
  title: string
  numbers: readonly { key: string; docdb: string }[]
}

/** A holder of a new record: an organisation, or the owner that becomes one. */
export type HolderRef = { organisationId: string } | { ownerKey: string }

export type Decided = {
  result: RowResult
  reasons: Reason[]
  changes?: FieldChange[]
  choices?: Choices
  world?: 'granted' | 'ended' | 'transferred'
  declared?: boolean
  /** The patent as it goes in when it is new: with the numbers that were chosen. */
  patent?: Prepared
  holders?: HolderRef[]
  record?: KnownRecord
  edits?: Edit[]
}

/** What becomes of one row. Pure; the order is the rule. */
export function decideRow(
  row: { patent: Prepared; reasons: readonly Reason[]; decision: RowDecision | undefined },
  known: Known,
): Decided {
  const { decision } = row
  const said = row.reasons.filter(({ code }) => isRemark(code))
  const refused = (why: Reason): Decided => ({ result: 'refused', reasons: [why, ...said] })
  if (decision?.skip) return refused(reasons.skipped())
  const patent = withEnrolled(withChosen(row.patent, decision?.numbers ?? {}), known)
  if (!patent) return refused(reasons.otherOffice(row.patent.ambiguous[0]?.written ?? '', row.patent.office))
  if (patent.ambiguous.length > 0) return ambiguous(patent, said)
  if (patent.numbers.length > numbersPerPatentMax) return refused(reasons.tooManyNumbers(numbersPerPatentMax))

  const owners = ownersOf(patent, known)
  // Who the others are is asked only of a row that is, or may be, of the importing organisation.
  if (owners.undecided.length > 0 && !owners.ours && !owners.perhapsOurs) return notYours(owners, said, known)
  if (owners.undecided.length > 0)
    return {
      result: 'undecided',
      reasons: [
        ...owners.undecided.map(({ names, outcome }) =>
          outcome === 'unclear' ? reasons.ownerUnclear(names) : reasons.ownerUndecided(names),
        ),
        ...said,
      ],
      choices: { names: owners.undecided.map(({ key }) => key) },
    }
  const record = recordOf(patent, decision, known)
  // Without this owner's consent nothing may be declared, and there is nobody in the registry who could give it.
  if (owners.individuals.length > 0 && (owners.ours || record !== undefined))
    return {
      result: 'refused',
      reasons: [reasons.individualOwner(owners.individuals.map(({ names }) => names[0] ?? '')), ...said],
      choices: { names: owners.individuals.map(({ key }) => key) },
    }
  if (record === 'several') return several(patent, said, known)
  if (record) return againstRecord(record, patent, owners.holders, decision, said, known)

  const yours = owners.holders.some(
    (holder) => 'organisationId' in holder && known.principals.has(holder.organisationId),
  )
  if (!yours) return notYours(owners, said, known)
  if (patent.title.ja === undefined && patent.title.en === undefined) return refused(reasons.noTitle())
  if (patent.ownerless && decision?.holders !== 'own')
    return {
      result: 'undecided',
      reasons: [reasons.ownerless(known.organisation.name), ...said],
      choices: { own: known.organisation.name },
    }
  if (decision?.same !== 'none') {
    const alike = known.alike(patent)
    if (alike.length > 0) return possiblyDuplicate(alike, said)
  }
  const assumed = patent.owners === undefined && !patent.ownerless
  return {
    result: 'new',
    reasons: assumed ? [reasons.ownerAssumed(known.organisation.name), ...said] : said,
    patent,
    holders: owners.holders,
  }
}

/** Some of the names may be one's own that the registry does not know, in another script: an officer may say so. */
function notYours({ names, unknown }: { names: string[]; unknown: string[] }, said: Reason[], known: Known): Decided {
  return {
    result: 'refused',
    reasons: [reasons.notYours(known.organisation.name, names), ...said],
    ...(unknown.length === 0 ? {} : { choices: { names: unknown } }),
  }
}

/** A number that can mean several documents means the one that is enrolled as the caller's under the title of the row. */
function withEnrolled(patent: Prepared | undefined, known: Known): Prepared | undefined {
  if (!patent || patent.ambiguous.length === 0) return patent
  const chosen = patent.ambiguous.flatMap(({ written, candidates }) => {
    const ours = candidates.flatMap(({ key }) => {
      const record = known.records.get(known.keys.get(key) ?? '')
      return record && isOursByTitle(record, patent, known) ? [{ key, id: record.id }] : []
    })
    const [first] = ours
    return first && ours.every(({ id }) => id === first.id) ? [[written, first.key] as const] : []
  })
  return withChosen(patent, Object.fromEntries(chosen)) ?? patent
}

function isOursByTitle({ holders, title }: KnownRecord, patent: Prepared, { principals }: Known): boolean {
  return (
    holders.some(({ id }) => principals.has(id)) &&
    (['ja', 'en'] as const).some((language) => {
      const [one, other] = [title[language], patent.title[language]]
      return one !== undefined && other !== undefined && sameText(one, other)
    })
  )
}

/** Remarks stay with a row whatever is decided about it; the other reasons are those of the decision before. */
function isRemark(code: string): boolean {
  return !decisionCodes.has(code)
}

const decisionCodes: ReadonlySet<string> = new Set([
  'left_out',
  'other_office',
  'ambiguous_number',
  'too_many_numbers',
  'too_many_statuses',
  'owner_undecided',
  'several_records',
  'possible_duplicate',
  'not_yours',
  'owner_not_named',
  'owner_assumed',
  'individual_owner',
  'no_title',
  'held_by_others',
  'holders_differ',
  'holders_differ_declared',
  'decision_not_possible',
  'inventors_left',
  'ended_on_record',
  'changed_meanwhile',
  'merged',
  'duplicate_differs',
  'conflict',
])

function ambiguous(patent: Prepared, said: Reason[]): Decided {
  return {
    result: 'undecided',
    reasons: [
      ...patent.ambiguous.map(({ written, candidates }) =>
        reasons.ambiguousNumber(
          written,
          candidates.map(({ display }) => display),
        ),
      ),
      ...said,
    ],
    choices: {
      numbers: patent.ambiguous.map(({ written, candidates }) => ({
        written,
        candidates: candidates.map(({ key, display }) => ({ key, display })),
      })),
    },
  }
}

/**
 * Who the owners are. Names that form alone did not pair are dropped when the names in the other script already are
 * that many organisations: they are the same ones, spelt otherwise.
 */
function ownersOf(
  patent: Prepared,
  known: Known,
): {
  holders: HolderRef[]
  undecided: KnownOwner[]
  names: string[]
  unknown: string[]
  /** Natural persons, as an officer said. */
  individuals: KnownOwner[]
  ours: boolean
  perhapsOurs: boolean
} {
  if (!patent.owners || patent.owners.length === 0)
    return {
      holders: [{ organisationId: known.organisation.id }],
      undecided: [],
      names: [],
      unknown: [],
      individuals: [],
      ours: true,
      perhapsOurs: true,
    }
  const owners = patent.owners.flatMap((key) => known.owners.get(key) ?? [])
  const resolved = owners.filter(({ organisationId }) => organisationId !== undefined)
  const ours = resolved.some(({ organisationId = '' }) => known.principals.has(organisationId))
  const unpaired = owners.filter(({ outcome }) => outcome === 'unpaired')
  const scripts = (list: readonly KnownOwner[]) => new Set(list.map(({ names }) => isJapanese(names[0] ?? '')))
  const [script] = scripts(unpaired)
  const spelt =
    unpaired.length > 0 &&
    scripts(unpaired).size === 1 &&
    resolved.filter(({ names }) => isJapanese(names[0] ?? '') !== script).length >= unpaired.length
  const undecided = owners.filter(
    ({ outcome }) =>
      outcome === 'several' ||
      outcome === 'unclear' ||
      (outcome === 'unpaired' && !spelt) ||
      (outcome === 'close' && !ours),
  )
  const holders = owners
    .filter(({ outcome }) => outcome !== 'unpaired')
    .map(
      ({ key, organisationId }): HolderRef => (organisationId === undefined ? { ownerKey: key } : { organisationId }),
    )
  const distinct = new Map(
    holders.map((holder) => ['ownerKey' in holder ? holder.ownerKey : holder.organisationId, holder]),
  )
  const perhapsOurs = undecided.some(({ candidates }) =>
    candidates.some(({ id }) => id !== undefined && known.principals.has(id)),
  )
  return {
    ours,
    perhapsOurs,
    holders: [...distinct.values()],
    undecided,
    names: owners.flatMap(({ names }) => names[0] ?? []),
    unknown: owners.flatMap(({ key, organisationId }) => (organisationId === undefined ? key : [])),
    individuals: owners.filter(({ outcome }) => outcome === 'individual'),
  }
}

function recordOf(
  patent: Prepared,
  decision: RowDecision | undefined,
  known: Known,
): KnownRecord | 'several' | undefined {
  const same = decision?.same
  if (same !== undefined && same !== 'none' && 'patent' in same) {
    const chosen = [...known.records.values()].find(({ id, number }) => same.patent === id || same.patent === number)
    if (chosen && chosen.office === patent.office) return chosen
  }
  const ids = new Set(patent.numbers.flatMap(({ key }) => known.keys.get(key) ?? []))
  if (ids.size > 1) return 'several'
  const [id] = ids
  return id === undefined ? undefined : known.records.get(id)
}

function several(patent: Prepared, said: Reason[], known: Known): Decided {
  const ids = new Set(patent.numbers.flatMap(({ key }) => known.keys.get(key) ?? []))
  const records = [...ids].flatMap((id) => known.records.get(id) ?? [])
  return {
    result: 'undecided',
    reasons: [reasons.severalRecords(records.map(({ number }) => number)), ...said],
    choices: { same: records.map(({ number, title }) => ({ patent: number, title: title.ja ?? title.en ?? '' })) },
  }
}

function possiblyDuplicate(alike: readonly Alike[], said: Reason[]): Decided {
  const others = alike.map(({ patent, line }) => patent ?? `${line}`)
  return {
    result: 'undecided',
    reasons: [reasons.possibleDuplicate(others), ...said],
    choices: {
      same: alike.map(({ patent, line, title }) => ({
        ...(patent === undefined ? {} : { patent }),
        ...(line === undefined ? {} : { line }),
        title,
      })),
    },
  }
}

function againstRecord(
  record: KnownRecord,
  patent: Prepared,
  holders: HolderRef[],
  decision: RowDecision | undefined,
  said: Reason[],
  known: Known,
): Decided {
  const present = record.holders.map(({ name }) => name)
  if (!record.holders.some(({ id }) => known.principals.has(id)))
    return {
      result: 'refused',
      reasons: [reasons.heldByOthers(record.number, present), ...said],
      record,
    }
  // What stands on another record stays there.
  const numbers = patent.numbers.filter(({ key }) => (known.keys.get(key) ?? record.id) === record.id)
  const { edits, reasons: more, world } = differencesOf(record, { ...patent, numbers }, known)
  if (record.numbers.length + numbers.length > numbersPerPatentMax * 2)
    return { result: 'refused', reasons: [reasons.tooManyNumbers(numbersPerPatentMax), ...said] }
  const added = edits.flatMap(({ put }) => put.statuses ?? []).length
  if (added > 0 && record.statuses.length + added > statusesPerPatentMax)
    return { result: 'refused', reasons: [reasons.tooManyStatuses(statusesPerPatentMax), ...said], record }
  const named = patent.owners !== undefined && patent.owners.length > 0
  const differ = named && !sameHolders(record, holders)
  const locked = record.declared || takesOffMember(record, holders, known)
  if (differ && decision?.holders !== 'record' && (decision?.holders !== 'file' || locked))
    return holdersDiffer(record, locked, holders, said, known)
  const passed = differ && decision?.holders === 'file' ? [holdersEdit(record, holders, known)] : []
  const all = [...edits, ...passed]
  const became = passed.length > 0 ? 'transferred' : world
  return {
    result: all.length === 0 ? 'same' : 'changed',
    reasons: [...said, ...more],
    ...(all.length === 0 ? {} : { changes: all.map(({ change }) => change) }),
    ...(became === undefined ? {} : { world: became }),
    declared: record.declared,
    record,
    edits: all,
    holders,
  }
}

function sameHolders(record: KnownRecord, holders: readonly HolderRef[]): boolean {
  const ids = holders.map((holder) => ('organisationId' in holder ? holder.organisationId : undefined))
  return ids.length === record.holders.length && record.holders.every(({ id }) => ids.includes(id))
}

/** A holder that takes part gives up its share itself, by an assignment: as `patents/change.ts` has it. */
function takesOffMember(record: KnownRecord, holders: readonly HolderRef[], known: Known): boolean {
  const ids = holders.map((holder) => ('organisationId' in holder ? holder.organisationId : undefined))
  return record.holders.some(({ id, member }) => member && !known.principals.has(id) && !ids.includes(id))
}

function holdersDiffer(
  record: KnownRecord,
  locked: boolean,
  holders: readonly HolderRef[],
  said: Reason[],
  known: Known,
): Decided {
  const file = holders.map((holder) => nameOf(holder, known))
  const present = record.holders.map(({ name }) => name)
  return {
    result: 'undecided',
    reasons: [reasons.holdersDiffer(present, file, locked), ...said],
    choices: {
      holders: {
        record: present.map(({ ja }) => ja),
        file: file.map(({ ja }) => ja),
        ...(locked ? { assignment: `/v1/patents/${encodeURIComponent(record.number)}/assignment` } : {}),
      },
    },
    world: 'transferred',
    declared: record.declared,
    record,
  }
}

function holdersEdit(record: KnownRecord, holders: readonly HolderRef[], known: Known): Edit {
  const refs = holders.map((holder) =>
    'organisationId' in holder ? holder.organisationId : `owner:${holder.ownerKey}`,
  )
  return {
    change: {
      field: 'holders',
      old: record.holders.map(({ name }) => name.ja).join('、'),
      new: holders.map((holder) => nameOf(holder, known).ja).join('、'),
    },
    put: { holders: refs },
  }
}

function nameOf(holder: HolderRef, known: Known): Bilingual {
  if ('organisationId' in holder)
    return (
      known.organisationNames.get(holder.organisationId) ?? { ja: holder.organisationId, en: holder.organisationId }
    )
  const [name = ''] = known.owners.get(holder.ownerKey)?.names ?? []
  return { ja: name, en: name }
}

/** Whether these may be one right: no kind of number is in both, or one number is. */
export function mayBeOne(
  one: readonly { key: string; docdb: string }[],
  other: readonly { key: string; docdb: string }[],
): boolean {
  const types = new Set(one.map(typeOf))
  return !other.some((number) => types.has(typeOf(number)))
}

/**
 * The edits that may go in now. What replaces something has to replace what the officer saw; what only adds may.
 */
export function stillAsShown(
  edits: readonly Edit[],
  shown: readonly FieldChange[],
): { put: Additions; left: string[]; edits: Edit[] } {
  const seen = new Set(shown.map(({ field, old, new: is }) => `${field}\n${old}\n${is}`))
  const stands = ({ change }: Edit) =>
    change.old === undefined || change.field === 'status' || seen.has(`${change.field}\n${change.old}\n${change.new}`)
  const kept = edits.filter(stands)
  return {
    put: additionsOf(kept),
    left: edits.filter((edit) => !stands(edit)).map(({ change }) => change.field),
    edits: kept,
  }
}
