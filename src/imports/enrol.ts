import type { Actor, Context } from '../context.ts'
import { DatabaseError, type Statement } from '../database.ts'
import { type Act, commit, type HistoryEvent } from '../log/commit.ts'
import { actedBy, requireActingForEach } from '../mandates/acting.ts'
import { insertNamedOrganisation, nobodyIsNamed, putName } from '../organisations/name-queries.ts'
import { nameKeyOf } from '../organisations/names.ts'
import { rorById, rorByName } from '../organisations/ror-names.ts'
import { type Decided, decideRow, type HolderRef, type Known, stillAsShown } from './decide.ts'
import { statusesOf } from './differences.ts'
import { type ChangedPatent, enrolMany, type NewPatent } from './enrol-queries.ts'
import type { RowResult } from './import.ts'
import { keep } from './keep.ts'
import { namedOrganisation, type Resolved } from './owners.ts'
import { loadKnown, resolveAll } from './preview.ts'
import { type Job, type JobChange, updateJob } from './queries.ts'
import { reasons } from './reasons.ts'
import { findHolderKinds, findOwnNames } from './records-queries.ts'
import { placeRows, putOwners, type StoredRow, settleDecisions, updateRows } from './rows-queries.ts'

/**
 * Enrols rows of a preview that somebody has confirmed: decided once more against what is enrolled now, and written in
 * one act. A row that meets another's change is decided again by itself, so that overlapping imports lose nothing and
 * make nothing twice. `change`: what becomes of the import when these rows are behind it.
 * @throws RegistryError forbidden when who confirmed it may no longer
 */
export async function enrolRows(ctx: Context, job: Job, rows: readonly StoredRow[], change: JobChange): Promise<Job> {
  const acting = { ...ctx, actor: actorOf(job) }
  for (let attempt = 1; ; attempt++) {
    try {
      return await enrolOnce(acting, job, rows, change)
    } catch (error) {
      const lost = error instanceof DatabaseError && (error.fault === 'stale' || error.fault === 'unique')
      if (!lost) throw error
      if (attempt < attemptsMax) continue
      if (rows.length === 1) return giveUp(acting, job, rows, change)
      break
    }
  }
  const half = Math.ceil(rows.length / 2)
  const [first, second] = [rows.slice(0, half), rows.slice(half)]
  const between = await enrolRows(ctx, job, first, { ...goingOn, cursor: behind(first, job) })
  return enrolRows(ctx, between, second, change)
}

const goingOn = { state: 'committing', phase: 'enrol' } as const

/** The position behind these rows. */
export function behind(rows: readonly StoredRow[], job: Job): number {
  const last = rows.at(-1)
  return last === undefined ? job.cursor : last.position + 1
}

/** Each attempt loses only to a write that went in between. */
const attemptsMax = 3

/** The officer who confirmed the import, as far as rights go; `commit` sees to it that they still have them. */
function actorOf({ by }: Job): Actor {
  if (by.kind === 'member')
    return {
      kind: 'member',
      id: by.id,
      organisationId: by.organisationId,
      organisationApproved: true,
      role: 'officer',
      scopes: new Set(['patents:write']),
    }
  return {
    kind: 'person',
    id: by.id,
    orcid: undefined,
    memberships: [{ organisationId: by.organisationId, role: 'officer', organisationApproved: true }],
    actingFor: by.organisationId,
  }
}

async function enrolOnce(ctx: Context, job: Job, rows: readonly StoredRow[], change: JobChange): Promise<Job> {
  const at = ctx.now.toISOString()
  const { known } = await loadKnown(ctx, job, rows, new Map(), false)
  const acting = await requireActingForEach(ctx, new Set([job.organisationId, ...principalsIn(rows, known)]), 'enrol')
  const decided = rows.map((row) => {
    if (!row.patent) return { row, made: { result: row.result, reasons: row.reasons } satisfies Decided }
    const { patent, reasons: why, decision } = row
    // What was told apart in the preview stays so.
    return { row, made: decideRow({ patent, reasons: why, decision }, { ...known, alike: () => [] }) }
  })
  const end = upToRepeat(decided)
  if (end < rows.length)
    return enrolOnce(ctx, job, rows.slice(0, end), { ...goingOn, cursor: behind(rows.slice(0, end), job) })
  const owners = await nameOwners(ctx, job, decided, known)
  const fresh: NewPatent[] = []
  const changed: ChangedPatent[] = []
  const events: HistoryEvent[] = []
  const results: { row: StoredRow; made: Decided; patentId: string | undefined }[] = []
  const { source, seenOn } = known
  for (const { row, made } of decided) {
    const by = actedBy(actingFor(made, acting.of, job))
    const waits = (made.holders ?? []).flatMap((holder) =>
      'ownerKey' in holder && owners.unsettled.has(holder.ownerKey) ? (known.owners.get(holder.ownerKey) ?? []) : [],
    )
    if (waits.length > 0) {
      const why = waits.map(({ names }) => reasons.ownerUndecided(names))
      results.push({
        row,
        made: { result: 'undecided', reasons: why, choices: { names: waits.map(({ key }) => key) } },
        patentId: undefined,
      })
      continue
    }
    if (made.result === 'new' && made.patent) {
      const id = ctx.newId()
      const statuses = statusesOf(made.patent, source, seenOn)
      const one = { id, patent: made.patent, holders: owners.idsOf(made.holders ?? []), statuses, source, seenOn }
      fresh.push(one)
      events.push({
        event: 'patent_registered',
        subject: id,
        source,
        after: { ...recordOf(one), import: job.id },
        ...by,
      })
      results.push({ row, made, patentId: id })
      continue
    }
    const { record } = made
    if (made.result !== 'changed' || !record) {
      results.push({ row, made, patentId: record?.id })
      continue
    }
    const { put, left, edits } = stillAsShown(
      made.edits ?? [],
      row.result === 'new' ? (made.changes ?? []) : row.changes,
    )
    const remarks = left.length === 0 ? made.reasons : [reasons.changedMeanwhile(left), ...made.reasons]
    const shown = { ...made, changes: edits.map(({ change: one }) => one), reasons: remarks }
    if (edits.length === 0) {
      results.push({ row, made: { ...shown, result: 'same' }, patentId: record.id })
      continue
    }
    const holders = put.holders?.map((ref) => owners.idOf(ref))
    const addition = holders ? { ...put, holders } : put
    changed.push({
      id: record.id,
      version: record.version,
      put: addition,
      numbers: record.numbers.length,
      inventors: record.inventors.length,
      statuses: record.statuses.length,
      classes: new Map(
        (['ipc', 'cpc', 'fi'] as const).map((scheme) => [
          scheme,
          record.classes.filter((one) => one.scheme === scheme).length,
        ]),
      ),
    })
    events.push({
      event: 'patent_changed',
      subject: record.id,
      source,
      ...beforeAndAfter(record, addition),
      ...by,
    })
    results.push({ row, made: shown, patentId: record.id })
  }
  const counts = { ...job.counts }
  const world = { ...job.world }
  const kept = results.map(({ row, made, patentId }) => {
    // A row that was new and is now enrolled by another with the same content counts as what it has become.
    recount(counts, row.result, made.result)
    return {
      position: row.position,
      result: made.result,
      patent: row.patent,
      likeness: undefined,
      reasons: made.reasons,
      changes: made.changes ?? (made.result === 'same' ? undefined : row.changes.length > 0 ? row.changes : undefined),
      choices: made.choices,
      world: made.world ?? row.world,
      declared: made.declared ?? row.declared,
      patentId: patentId ?? row.patentId,
    }
  })
  // Most rows become what the preview said.
  const asShown = new Set(
    results.filter(({ row, made }) => row.result === 'new' && made.result === 'new').map(({ row }) => row.position),
  )
  const after: JobChange = { ...change, counts, world }
  const written: Statement[] = [
    ...acting.guards,
    updateJob(job, after, at),
    ...owners.statements,
    ...enrolMany(fresh, changed, at),
    ...updateRows(
      job.id,
      kept.filter(({ position }) => !asShown.has(position)),
    ),
    ...placeRows(
      job.id,
      kept.filter(({ position }) => asShown.has(position)),
    ),
  ]
  const answer = undefined
  const [first, ...others] = [...owners.events, ...events]
  const holderIds = new Set(fresh.flatMap(({ holders }) => holders))
  const kinds = new Map([...(await findHolderKinds(ctx.db.read, [...holderIds])), ...owners.kinds])
  const touched = [...fresh.map(({ id }) => id), ...changed.map(({ id }) => id)]
  if (first)
    await commit(ctx, {
      write: written,
      events: [first, ...others],
      touched,
      fresh: fresh.flatMap((one) => asFresh(one, kinds) ?? []),
      indexedLater: true,
      answer,
    } satisfies Act<undefined>)
  else await keep(ctx.db, written)
  return advanced(job, after)
}

/** What its counts depend on; undefined where one of the holders' is not as simple. */
function asFresh({ id, patent, holders, statuses }: NewPatent, kinds: ReadonlyMap<string, string>) {
  const { office, filedOn, expiresOn, classes, fields } = patent
  const known = holders.flatMap((holder) => {
    const kind = kinds.get(holder)
    return kind === undefined ? [] : { id: holder, kind }
  })
  if (known.length < holders.length) return undefined
  return { id, office, filedOn, expiresOn, statuses, classes, fields, holders: known }
}

/** A row that loses again and again is left, and says so. */
async function giveUp(ctx: Context, job: Job, [row]: readonly StoredRow[], change: JobChange): Promise<Job> {
  if (!row) return job
  const counts = { ...job.counts }
  recount(counts, row.result, 'refused')
  const after: JobChange = { ...change, counts }
  const refused = {
    ...row,
    result: 'refused' as const,
    likeness: undefined,
    reasons: [reasons.couldNotBeWritten(), ...row.reasons],
    choices: undefined,
  }
  await keep(ctx.db, [updateJob(job, after, ctx.now.toISOString()), ...updateRows(job.id, [refused])])
  return advanced(job, after)
}

/** The import as it is after that change. */
export function advanced(job: Job, { leasedBy: _by, leasedUntil: _until, ...change }: JobChange): Job {
  return { ...job, ...change, version: job.version + 1 }
}

function recount(counts: Job['counts'], before: RowResult, after: RowResult): void {
  counts[before] -= 1
  counts[after] += 1
}

type ActingOf = Awaited<ReturnType<typeof requireActingForEach>>['of']

/** Under whose right a row is enrolled: its principal among the holders, the organisation of the import first. */
function actingFor(made: Decided, acting: ActingOf, job: Job): ReturnType<ActingOf['get']> {
  const ids = [
    ...(made.record?.holders.map(({ id }) => id) ?? []),
    ...(made.holders ?? []).flatMap((holder) => ('organisationId' in holder ? holder.organisationId : [])),
  ]
  return ids.includes(job.organisationId)
    ? acting.get(job.organisationId)
    : ids.map((id) => acting.get(id)).find(Boolean)
}

/** Other principals of the agent that are owners of these rows. */
function principalsIn(rows: readonly StoredRow[], { owners, principals, records }: Known): string[] {
  const named = rows.flatMap(({ patent }) => patent?.owners?.map((key) => owners.get(key)?.organisationId ?? '') ?? [])
  const recorded = [...records.values()].flatMap(({ holders }) => holders.map(({ id }) => id))
  return [...named, ...recorded].filter((id) => principals.has(id))
}

/** Rows up to the second that changes one record: that one is decided on the record as it is after the first. */
function upToRepeat(decided: readonly { made: Decided }[]): number {
  const seen = new Set<string>()
  const at = decided.findIndex(({ made: { result, record } }) => {
    if (result !== 'changed' || !record) return false
    if (seen.has(record.id)) return true
    seen.add(record.id)
    return false
  })
  return at < 0 ? decided.length : at
}

type Named = {
  idOf(ref: string): string
  idsOf(holders: readonly HolderRef[]): string[]
  unsettled: ReadonlySet<string>
  /** Of organisations that are made. */
  kinds: ReadonlyMap<string, string>
  statements: Statement[]
  events: HistoryEvent[]
}

/** Owners that are not here yet become organisations known by name only, each once however its names are spelt. */
async function nameOwners(ctx: Context, job: Job, decided: readonly { made: Decided }[], known: Known): Promise<Named> {
  const at = ctx.now.toISOString()
  const keys = new Set(
    decided.flatMap(({ made }) =>
      made.result === 'new' || made.edits?.some(({ put }) => put.holders)
        ? (made.holders ?? []).flatMap((holder) => ('ownerKey' in holder ? holder.ownerKey : []))
        : [],
    ),
  )
  const owners = [...keys].flatMap((key) => known.owners.get(key) ?? [])
  const ids = new Map<string, string>()
  const unsettled = new Set<string>()
  const kinds = new Map<string, string>()
  const [statements, events]: [Statement[], HistoryEvent[]] = [[], []]
  const met: (Resolved & { key: string; names: readonly string[]; rows: number })[] = []
  if (owners.length > 0) {
    const own = await findOwnNames(ctx.db.read, job.organisationId)
    const resolved = await resolveAll(ctx.db.read, job, own, owners)
    const made = new Map<string, string>()
    const guarded: string[] = []
    for (const { key, names, outcome: before } of owners) {
      const now = resolved.get(key)
      if (now?.outcome === 'several' && before !== 'new') {
        unsettled.add(key)
        continue
      }
      const same = now?.organisationId ?? names.map((name) => made.get(nameKeyOf(name))).find((id) => id !== undefined)
      const id = same ?? ctx.newId()
      ids.set(key, id)
      for (const name of names) made.set(nameKeyOf(name), id)
      met.push({
        outcome: 'new',
        candidates: [],
        ...(now?.ror ? { ror: now.ror } : {}),
        key,
        names,
        organisationId: id,
        rows: 0,
      })
      if (now?.organisationId !== undefined) continue
      if (same !== undefined) {
        statements.push(...names.map((name) => putName(id, name, 'import')))
        continue
      }
      const listed = now?.ror === undefined ? undefined : rorById(now.ror)
      const organisation = listed
        ? {
            id,
            ror: listed.ror,
            name: { ja: listed.name.ja ?? listed.name.en ?? '', en: listed.name.en ?? listed.name.ja ?? '' },
            kind: listed.kind,
            country: listed.country,
          }
        : { id, ...namedOrganisation(names) }
      if (now?.outcome !== 'several' && !now?.rorChosen) guarded.push(...names)
      // A name that the list does not give it stays the officer's own: others may mean somebody else by it.
      const aliases = names.filter((name) => !now?.rorChosen || rorByName(name).some(({ ror }) => ror === now.ror))
      statements.push(...insertNamedOrganisation(organisation, aliases, at))
      kinds.set(id, organisation.kind)
      events.push({ event: 'organisation_named', subject: id, source: 'import', after: organisation })
    }
    if (guarded.length > 0) statements.unshift(nobodyIsNamed(guarded))
    statements.push(...putOwners(job.id, met), ...settleDecisions(job.organisationId, ids))
  }
  const idOf = (ref: string) => (ref.startsWith('owner:') ? (ids.get(ref.slice('owner:'.length)) ?? ref) : ref)
  return {
    idOf,
    idsOf: (holders) => [
      ...new Set(
        holders.map((holder) =>
          'organisationId' in holder ? holder.organisationId : (ids.get(holder.ownerKey) ?? ''),
        ),
      ),
    ],
    unsettled,
    kinds,
    statements,
    events,
  }
}

/** The record as the history keeps it. */
function recordOf({ id, patent, holders, statuses, source, seenOn }: NewPatent) {
  const { owners: _owners, ambiguous: _ambiguous, status: _status, expiresOn, ...rest } = patent
  return {
    ...rest,
    id,
    holders: holders.map((organisationId) => ({ organisationId })),
    statuses,
    encumbrances: [],
    ...(expiresOn === undefined ? {} : { expires: { on: expiresOn, source, seenOn } }),
  }
}

function beforeAndAfter(
  record: Known['records'] extends ReadonlyMap<string, infer One> ? One : never,
  put: ChangedPatent['put'],
) {
  const before: Record<string, unknown> = { id: record.id }
  const after: Record<string, unknown> = { id: record.id }
  const became = (name: string, was: unknown, is: unknown) => {
    before[name] = was
    after[name] = is
  }
  if (put.title) became('title', record.title, { ...record.title, ...put.title })
  if (put.number !== undefined) became('number', record.number, put.number)
  if (put.numbers) became('numbers', record.numbers, [...record.numbers, ...put.numbers])
  if (put.statuses) became('statuses', record.statuses, [...record.statuses, ...put.statuses])
  if (put.inventors) became('inventors', record.inventors, [...record.inventors, ...put.inventors])
  if (put.romanised) became('romanised', [], put.romanised)
  if (put.classes) became('classes', record.classes, [...record.classes, ...put.classes])
  if (put.expires) became('expires', record.expires, put.expires)
  if (put.family !== undefined) became('family', record.family, put.family)
  if (put.holders)
    became(
      'holders',
      record.holders.map(({ id }) => ({ organisationId: id })),
      put.holders.map((organisationId) => ({ organisationId })),
    )
  for (const field of ['priorityOn', 'filedOn', 'publishedOn', 'grantedOn'] as const)
    if (put[field] !== undefined) became(field, record[field], put[field])
  return { before, after }
}
