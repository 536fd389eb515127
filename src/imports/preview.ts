import type { Context } from '../context.ts'
import { today } from '../context.ts'
import type { Reader, Statement } from '../database.ts'
import { principalsOf } from '../mandates/acting.ts'
import { findOrganisationsByName } from '../organisations/name-queries.ts'
import { parseRor } from '../organisations/ror.ts'
import { type RorRecord, rorById, rorByName } from '../organisations/ror-names.ts'
import { type Alike, type Decided, decideRow, type Known, type KnownOwner, mayBeOne } from './decide.ts'
import { sameText } from './differences.ts'
import type { Counts, RowDecision, RowResult, World } from './import.ts'
import { mergeRows } from './merge.ts'
import { type Owner, type Resolved, resolveOwner } from './owners.ts'
import { type Prepared, type PreparedRow, withChosen } from './prepare.ts'
import type { Job } from './queries.ts'
import { reasons } from './reasons.ts'
import {
  findAlike,
  findKeys,
  findKnownRecords,
  findNameDecisions,
  findOrganisationNames,
  findOwnNames,
  type KnownRecord,
} from './records-queries.ts'
import {
  findLike,
  findOwners,
  findPositionOfLine,
  findRowKeys,
  findRows,
  insertRowKeys,
  insertRows,
  type KeptRow,
  markWaiting,
  putOwners,
  type StoredRow,
  updateRows,
} from './rows-queries.ts'
import { sourceOf } from './sources.ts'

/** What a piece of the preview writes, and how the counts stand afterwards. */
export type Previewed = { statements: Statement[]; counts: Counts; world: World }

type Working = {
  position: number
  line: number
  cells: readonly string[] | undefined
  before: { result: RowResult; world: string | undefined; declared: boolean } | undefined
  reasons: PreparedRow['reasons']
  patent: Prepared | undefined
  decision: RowDecision | undefined
  /** Put together with that row. */
  mergedInto?: { position: number; line: number; result?: RowResult }
  differs?: { line: number; what: { ja: string; en: string } }
}

/** Decides what rows just read would do. `from`: position of the first. Nothing but the import itself is written. */
export async function previewRows(
  ctx: Context,
  job: Job,
  rows: readonly PreparedRow[],
  from: number,
): Promise<Previewed> {
  const owners = new Map<string, { owner: Owner; rows: number }>()
  for (const { owners: named } of rows) {
    for (const owner of named) {
      const before = owners.get(owner.key)
      owners.set(owner.key, { owner: before?.owner ?? owner, rows: (before?.rows ?? 0) + 1 })
    }
  }
  const working = rows.map(
    (row, i): Working => ({
      position: from + i,
      line: row.line,
      cells: row.cells,
      before: undefined,
      reasons: row.reasons,
      patent: row.patent,
      decision: undefined,
    }),
  )
  return preview(ctx, job, working, owners)
}

/** Decides rows again, after something that they depend on was decided. */
export async function previewAgain(ctx: Context, job: Job, rows: readonly StoredRow[]): Promise<Previewed> {
  const working = rows.map(
    ({ position, line, result, world, declared, reasons: why, patent, decision }): Working => ({
      position,
      line,
      cells: undefined,
      before: { result, world, declared },
      reasons: why,
      patent,
      decision,
    }),
  )
  return preview(ctx, job, working, new Map())
}

async function preview(
  ctx: Context,
  job: Job,
  rows: Working[],
  owners: ReadonlyMap<string, { owner: Owner; rows: number }>,
): Promise<Previewed> {
  const { read } = ctx.db
  const claimed = await claimNumbers(read, job, rows)
  const known = await loadKnown(ctx, job, rows, owners)
  const results = new Map<number, RowResult>()
  const kept = rows.map((row): KeptRow => {
    const first = row.mergedInto && (results.get(row.mergedInto.position) ?? row.mergedInto.result)
    // What is put together with a row that is refused stands or falls by itself.
    const decided = decide(first === 'refused' ? alone(row) : row, known.known)
    results.set(row.position, decided.result)
    return {
      position: row.position,
      line: row.line,
      cells: row.cells ?? [],
      result: decided.result,
      patent: row.patent,
      likeness: row.patent && !row.mergedInto ? likenessOf(row.patent) : undefined,
      reasons: decided.reasons,
      changes: decided.changes,
      choices: decided.choices,
      world: decided.world,
      declared: decided.declared ?? false,
      patentId: decided.record?.id,
    }
  })
  const inserted = kept.filter((_, i) => rows[i]?.cells !== undefined)
  const updated = kept.filter((_, i) => rows[i]?.cells === undefined)
  return {
    statements: [
      ...insertRows(job.id, inserted),
      ...updateRows(job.id, updated),
      ...insertRowKeys(job.id, claimed.keys),
      ...claimed.statements,
      ...putOwners(job.id, met(rows, kept, known.owners)),
    ],
    ...countAgain(job, rows, kept),
  }
}

function alone({ mergedInto: _merged, ...row }: Working): Working {
  return row
}

function decide(row: Working, known: Known): Decided {
  const { patent, mergedInto, differs } = row
  if (!patent) return { result: 'refused', reasons: row.reasons }
  if (differs) return { result: 'refused', reasons: [reasons.differsFromLine(differs.line, differs.what)] }
  if (mergedInto) return { result: 'same', reasons: [reasons.merged(mergedInto.line)] }
  return decideRow(
    { patent, reasons: row.reasons, decision: row.decision },
    { ...known, alike: (one) => known.alike(one).filter(({ line }) => line === undefined || line < row.line) },
  )
}

/**
 * Each number is of one row of the file: a row that has a number of another is put together with it, or refused when the
 * two contradict each other.
 */
async function claimNumbers(read: Reader, job: Job, rows: Working[]) {
  const all = rows.flatMap(({ patent }) => patent?.numbers.map(({ key }) => key) ?? [])
  const chosen = rows.flatMap(({ decision }) => Object.values(decision?.numbers ?? {}))
  const lines = rows.flatMap(({ decision }) => {
    const same = decision?.same
    return same !== undefined && same !== 'none' && 'line' in same ? [same.line] : []
  })
  const [taken, positions] = await Promise.all([
    findRowKeys(read, job.id, [...all, ...chosen]),
    findPositionOfLine(read, job.id, lines),
  ])
  const mine = new Map(rows.map((row) => [row.position, row]))
  const elsewhere = await findRows(
    read,
    job.id,
    [...new Set([...taken.values(), ...positions.values()])].filter((position) => !mine.has(position)),
  )
  const keys = new Map<string, number>()
  const changed = new Map<number, Prepared>()
  for (const row of rows) {
    if (!row.patent || row.decision?.skip) continue
    const patent = withChosen(row.patent, row.decision?.numbers ?? {})
    if (!patent) continue
    const same = row.decision?.same
    const named = same !== undefined && same !== 'none' && 'line' in same ? positions.get(same.line) : undefined
    const owner =
      named ??
      patent.numbers
        .map(({ key }) => keys.get(key) ?? taken.get(key))
        .find((position) => position !== undefined && position !== row.position)
    const target = owner === undefined || owner === row.position ? undefined : (mine.get(owner) ?? elsewhere.get(owner))
    const first = target?.patent && (changed.get(target.position) ?? target.patent)
    if (!target || !first || ('mergedInto' in target && target.mergedInto)) {
      for (const { key } of patent.numbers) keys.set(key, row.position)
      continue
    }
    const both = mergeRows(first, patent)
    if ('differs' in both) {
      row.differs = { line: target.line, what: both.differs }
      continue
    }
    const { result } = elsewhere.get(target.position) ?? {}
    row.mergedInto = { position: target.position, line: target.line, ...(result === undefined ? {} : { result }) }
    for (const { key } of both.merged.numbers) keys.set(key, target.position)
    const here = mine.get(target.position)
    if (here) here.patent = both.merged
    else if (JSON.stringify(both.merged) !== JSON.stringify(first)) changed.set(target.position, both.merged)
  }
  const statements = [...changed].map(
    ([position, patent]): Statement => ({
      sql: 'update import_rows set patent = ? where import_id = ? and position = ?',
      args: [JSON.stringify(patent), job.id, position],
    }),
  )
  return { keys, statements: [...statements, ...markWaiting(job.id, [...changed.keys()])] }
}

/** Everything that decisions about these rows rest on, in a handful of questions however many rows there are. `alike`: whether others may be the same right. */
export async function loadKnown(
  ctx: Context,
  job: Job,
  rows: readonly Placed[],
  met: ReadonlyMap<string, { owner: Owner; rows: number }>,
  alike = true,
): Promise<{ known: Known; owners: ReadonlyMap<string, KnownOwner & Resolved> }> {
  const { read } = ctx.db
  const patents = rows.flatMap(({ patent, decision }) => {
    const chosen = patent && withChosen(patent, decision?.numbers ?? {})
    return chosen ? [chosen] : []
  })
  const ownerKeys = [...new Set([...patents.flatMap(({ owners }) => owners ?? []), ...met.keys()])]
  const own = await findOwnNames(read, job.organisationId)
  const principals = new Set([
    job.organisationId,
    ...(await principalsOf(read, job.by.organisationId, 'enrol', today(ctx))).map(
      ({ organisationId }) => organisationId,
    ),
  ])
  const stored = await findOwners(read, job.id, ownerKeys)
  const fresh = await resolveAll(
    read,
    job,
    own,
    [...met.values()].flatMap(({ owner }) => (stored.has(owner.key) ? [] : [owner])),
  )
  const owners = new Map<string, KnownOwner & Resolved>([...stored, ...fresh])
  const keys = await findKeys(
    read,
    patents.flatMap(({ numbers, ambiguous }) =>
      [...numbers, ...ambiguous.flatMap(({ candidates }) => candidates)].map(({ key }) => key),
    ),
  )
  const unseen = alike ? patents.filter(({ numbers }) => !numbers.some(({ key }) => keys.has(key))) : []
  const named = rows.flatMap(({ decision }) => {
    const same = decision?.same
    return same !== undefined && same !== 'none' && 'patent' in same ? [same.patent] : []
  })
  const [alikeIds, like, namedIds] = await Promise.all([
    findAlike(
      read,
      unseen.flatMap(({ office, filedOn, title }) => (filedOn === undefined ? [] : [{ office, filedOn, title }])),
    ),
    findLike(read, job.id, [...new Set(unseen.flatMap((patent) => likenessOf(patent) ?? []))]),
    idsOf(read, named),
  ])
  const records = await findKnownRecords(read, [...new Set([...keys.values(), ...alikeIds, ...namedIds])], today(ctx))
  const holderIds = [...owners.values()].flatMap(({ organisationId }) => organisationId ?? [])
  const { names } = await findOrganisationNames(read, [...holderIds, ...principals], [])
  const inFile = likeInFile(like, rows)
  return {
    known: {
      organisation: { id: job.organisationId, name: own.name },
      principals,
      owners,
      keys,
      records,
      alike: (patent) => alikeTo(patent, [...records.values()], inFile, owners, job.organisationId),
      organisationNames: names,
      source: sourceOf(job.layout?.format),
      seenOn: job.seenOn,
    },
    owners,
  }
}

async function idsOf(read: Reader, named: readonly string[]): Promise<string[]> {
  if (named.length === 0) return []
  const rows = await read.rows(
    'select id from patents where id in (select value from json_each(?1)) or number in (select value from json_each(?1))',
    [JSON.stringify(named)],
  )
  return rows.map(([id]) => String(id))
}

/** Who these owners are, as far as the registry, the officers and the carried list can tell. */
export async function resolveAll(
  read: Reader,
  job: Pick<Job, 'organisationId'>,
  own: { names: readonly string[] },
  owners: readonly Owner[],
): Promise<Map<string, KnownOwner & Resolved>> {
  if (owners.length === 0) return new Map()
  const names = [...new Set(owners.flatMap((owner) => owner.names))]
  const [found, decisions] = await Promise.all([
    findOrganisationsByName(read, names),
    findNameDecisions(
      read,
      job.organisationId,
      owners.map(({ key }) => key),
    ),
  ])
  const listed = new Map(names.filter((name) => found.get(name)?.length === 0).map((name) => [name, listedAs(name)]))
  const ids = [...found.values()].flatMap((some) => some.map(({ id }) => id))
  const rors = [
    ...[...listed.values()].flatMap((some) => some.map(({ ror }) => ror)),
    ...[...decisions.values()].flatMap((decided) => (decided === null ? [] : decided)),
  ]
  const known = await findOrganisationNames(read, [...ids, ...names.filter(isId), job.organisationId], rors)
  return new Map(
    owners.map((owner) => [
      owner.key,
      {
        key: owner.key,
        names: owner.names,
        ...resolveOwner(owner, {
          decided: decisions.get(owner.key),
          found: owner.names.flatMap((name) =>
            known.names.has(name) ? [name] : (found.get(name)?.map(({ id }) => id) ?? []),
          ),
          ror: owner.names.flatMap((name) => listed.get(name) ?? []),
          ofRor: known.ofRor,
          own: { id: job.organisationId, names: own.names },
          names: known.names,
        }),
      },
    ]),
  )
}

/** Our own CSV may name an owner by its ROR id. */
function listedAs(name: string): readonly RorRecord[] {
  const ror = parseRor(name)
  const record = ror === undefined ? undefined : rorById(ror)
  return record ? [record] : rorByName(name)
}

/** Or by its id here. */
function isId(name: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)
}

/** Equal for rights that may be the same: office, filing date and title. */
export function likenessOf({ office, filedOn, title }: Prepared): string | undefined {
  const text = (title.ja ?? title.en)?.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')
  return filedOn === undefined || text === undefined ? undefined : `${office} ${filedOn} ${text.slice(0, 200)}`
}

type InFile = { likeness: string; position: number; line: number; patent: Prepared }

type Placed = Pick<Working, 'position' | 'patent' | 'decision'> & Partial<Pick<Working, 'line' | 'mergedInto'>>

function likeInFile(stored: readonly InFile[], rows: readonly Placed[]): Map<string, InFile[]> {
  const all = new Map<string, InFile[]>()
  const add = (one: InFile) => all.set(one.likeness, [...(all.get(one.likeness) ?? []), one])
  const here = new Set(rows.map(({ position }) => position))
  for (const one of stored) if (!here.has(one.position)) add(one)
  for (const { position, line, patent, mergedInto } of rows) {
    const likeness = patent && likenessOf(patent)
    if (patent && likeness !== undefined && !mergedInto) add({ likeness, position, line: line ?? 0, patent })
  }
  return all
}

/** Rights of the same title, filing date and holder that no kind of number tells apart from this one. */
function alikeTo(
  patent: Prepared,
  records: readonly KnownRecord[],
  inFile: ReadonlyMap<string, readonly InFile[]>,
  owners: ReadonlyMap<string, KnownOwner>,
  organisationId: string,
): Alike[] {
  const holders = new Set(patent.owners?.map((key) => owners.get(key)?.organisationId) ?? [organisationId])
  const enrolled = records.filter(
    (record) =>
      record.office === patent.office &&
      record.filedOn === patent.filedOn &&
      record.holders.some(({ id }) => holders.has(id)) &&
      (['ja', 'en'] as const).some((language) => {
        const [one, other] = [record.title[language], patent.title[language]]
        return one !== undefined && other !== undefined && sameText(one, other)
      }) &&
      mayBeOne(record.numbers, patent.numbers),
  )
  const own = ownersText(patent)
  const before = (inFile.get(likenessOf(patent) ?? '') ?? []).filter(
    (one) => ownersText(one.patent) === own && mayBeOne(one.patent.numbers, patent.numbers),
  )
  return [
    ...enrolled.map(({ number, title, numbers }) => ({ patent: number, title: title.ja ?? title.en ?? '', numbers })),
    ...before.map(({ line, patent: { title, numbers } }) => ({ line, title: title.ja ?? title.en ?? '', numbers })),
  ]
}

function ownersText({ owners }: Prepared): string {
  return [...(owners ?? [])].sort().join()
}

/** Owners of rows that are not refused, and in how many rows more or fewer than before. */
function met(rows: readonly Working[], kept: readonly KeptRow[], owners: ReadonlyMap<string, KnownOwner & Resolved>) {
  const more = new Map<string, number>()
  for (const [i, row] of rows.entries()) {
    const counted = (result: RowResult | undefined) => (result === undefined || result === 'refused' ? 0 : 1)
    const by = counted(kept[i]?.result) - counted(row.before?.result)
    for (const key of row.patent?.owners ?? []) more.set(key, (more.get(key) ?? 0) + by)
  }
  return [...more].flatMap(([key, by]) => {
    const owner = owners.get(key)
    return owner ? [{ ...owner, rows: by }] : []
  })
}

function countAgain(job: Job, rows: readonly Working[], kept: readonly KeptRow[]): Pick<Previewed, 'counts' | 'world'> {
  const counts = { ...job.counts }
  const world = { ...job.world }
  const count = (row: { result: RowResult; world: string | undefined; declared: boolean }, by: 1 | -1) => {
    counts.rows += by
    counts[row.result] += by
    if (row.world === 'granted' || row.world === 'ended' || row.world === 'transferred') {
      world[row.world] += by
      if (row.declared) world.declared += by
    }
  }
  for (const { before } of rows) if (before) count(before, -1)
  for (const row of kept) count(row, 1)
  return { counts, world }
}
