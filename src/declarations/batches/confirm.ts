import { actorId, type Context, today } from '../../context.ts'
import { DatabaseError } from '../../database.ts'
import { faultForLog, invalid, RegistryError } from '../../errors.ts'
import { commit, settle } from '../../log/commit.ts'
import { type Acting, actedBy, requireActingFor, requireActingForNamed } from '../../mandates/acting.ts'
import { agentsOf, findStanding, stillMandated } from '../../mandates/queries.ts'
import { findOrganisation } from '../../organisations/queries.ts'
import { findFactsById } from '../../patents/queries.ts'
import { obstacleTo } from '../eligible.ts'
import { excludedAmong, listExclusions } from '../exclusions/queries.ts'
import { makeDeclaration } from '../make.ts'
import type { Batch, BatchFault, BatchInput } from './batch.ts'
import { coOwnersOf, effectOf, requireSameEffect } from './effect.ts'
import {
  type BatchRow,
  countFault,
  findBatch,
  finishGroup,
  type GroupRow,
  insertBatch,
  nextGroup,
  readBatch,
  stillApproved,
  stopBatch,
  takeUpBatch,
  workingBatchIds,
} from './queries.ts'

/** Over a network every group costs some round trips, and a Worker may make fifty in one run. */
const groupsPerRunOverNetwork = 8
/** On a file a group of 1,000 patents takes a fraction of a second; a request stays within some seconds. */
const groupsPerRunOnFile = 200
/** What scheduled work takes up in one run; the rest goes on a minute later. */
const batchesPerRunMax = 5
/** A minute apart: what passes by itself has passed by then. */
const attemptsMax = 5

/**
 * Confirms what was previewed: first it is recorded what is to be declared, then each group is declared by itself, an act
 * and an entry of the log of its own. What is cut off in the middle is carried on by the scheduled work.
 * @throws conflict when the effect is no longer the one that was looked at
 */
export async function confirmDeclarations(ctx: Context, input: BatchInput): Promise<{ id: string }> {
  const made = await settle(async () => {
    const acting = await requireActingForNamed(ctx, input.organisation, 'declare')
    const { groups, sha256 } = await effectOf(ctx, acting.organisationId, input)
    requireSameEffect(input.effectSha256, sha256)
    if (groups.length === 0) throw invalid('/rules', 'nothing_chosen', 'None of the patents chosen can be declared.')
    const row: BatchRow = {
      id: ctx.newId(),
      organisationId: acting.organisationId,
      mandateId: acting.agent?.mandateId ?? null,
      confirmedBy: actorId(ctx.actor),
      confirmedAt: ctx.now.toISOString(),
      effectSha256: sha256,
      fromOn: input.from ?? null,
      untilOn: input.until ?? null,
      state: 'working',
      attempts: 0,
      fault: null,
    }
    return commit(ctx, {
      write: [...acting.guards, ...insertBatch(row, groups)],
      events: [
        {
          event: 'declarations_confirmed',
          subject: row.id,
          source: 'officer',
          after: { organisation: row.organisationId, effectSha256: sha256, declarations: groups.length },
          ...actedBy(acting),
        },
      ],
      answer: { id: row.id },
    })
  })
  const { idempotent: _once, ...rest } = ctx
  await workOff(rest, made.id)
  return made
}

/**
 * An officer has a batch that was set aside tried again. What it had declared stands; it goes on with the rest.
 * @throws not_allowed_now unless it is set aside
 */
export async function retryBatch(ctx: Context, id: string): Promise<{ id: string }> {
  const made = await settle(async () => {
    const row = await findBatch(ctx.db.read, id)
    const acting = await requireActingFor(ctx, row ? [row.organisationId] : [], 'declare')
    if (!row) throw new RegistryError('not_found', 'There is no such batch.')
    if (row.state !== 'set_aside') throw new RegistryError('not_allowed_now', `The batch is ${row.state}.`)
    return commit(ctx, {
      write: [...acting.guards, takeUpBatch(id)],
      events: [{ event: 'declarations_retried', subject: id, source: 'officer', ...actedBy(acting) }],
      answer: { id },
    })
  })
  const { idempotent: _once, ...rest } = ctx
  await workOff(rest, id)
  return made
}

/** As far as it has come, for officers of the holder and agents that may declare for it. */
export async function showBatch(ctx: Context, id: string): Promise<Batch> {
  const row = await findBatch(ctx.db.read, id)
  await requireActingFor(ctx, row ? [row.organisationId] : [], 'declare')
  if (!row) throw new RegistryError('not_found', 'There is no such batch.')
  return readBatch(ctx.db.read, row)
}

/**
 * Scheduled: goes on with what a request has not finished; one that fails holds up no other. How many groups were dealt
 * with.
 */
export async function continueBatches(ctx: Context): Promise<number> {
  let finished = 0
  for (const id of await workingBatchIds(ctx.db.read, batchesPerRunMax)) finished += await workOff(ctx, id)
  return finished
}

async function workOff(ctx: Context, id: string): Promise<number> {
  const most = ctx.db.read.version() === undefined ? groupsPerRunOverNetwork : groupsPerRunOnFile
  let finished = 0
  try {
    while (finished < most && (await workOffNext(ctx, id))) finished += 1
  } catch (error) {
    await remember(ctx, id, error)
  }
  return finished
}

/** Where this cannot be written either, the database is at fault and not the batch: the caller hears of it. */
async function remember(ctx: Context, id: string, error: unknown): Promise<void> {
  const fault = faultOf(error)
  await commit(ctx, {
    write: [countFault(id, fault, attemptsMax)],
    events: [{ event: 'declarations_failed', subject: id, source: 'registry', after: { fault } }],
    answer: undefined,
  })
  console.error(
    JSON.stringify({
      level: 'error',
      event: 'declaration_batch_failed',
      batch: id,
      fault: faultForLog(error),
    }),
  )
}

function faultOf(error: unknown): BatchFault {
  if (error instanceof RegistryError && error.code === 'conflict') return 'conflict'
  if (error instanceof DatabaseError && (error.fault === 'busy' || error.fault === 'unreachable')) return 'no_answer'
  return 'unexpected'
}

/** Whether there was a group to deal with. Processes that do it at once do each group once. */
function workOffNext(ctx: Context, id: string): Promise<boolean> {
  return settle(async () => {
    const { read } = ctx.db
    const [row, group] = await Promise.all([findBatch(read, id), nextGroup(read, id)])
    if (row?.state !== 'working' || group === undefined) return false
    const acting = await actingOf(ctx, row)
    if (acting === undefined) {
      await commit(ctx, {
        write: [stopBatch(id)],
        events: [{ event: 'declarations_stopped', subject: id, source: 'registry' }],
        answer: undefined,
      })
      return false
    }
    await declareGroup(ctx, row, group, acting)
    return true
  })
}

async function declareGroup(
  ctx: Context,
  row: BatchRow,
  group: GroupRow,
  acting: Pick<Acting, 'organisationId' | 'agent' | 'guards'>,
): Promise<void> {
  const { organisationId } = row
  const on = today(ctx)
  // A batch that is worked off after midnight begins no earlier than it is made.
  const from = row.fromOn !== null && row.fromOn > on ? row.fromOn : on
  const exclusions = await listExclusions(ctx.db.read, organisationId)
  const [facts, excluded] = await Promise.all([
    findFactsById(ctx.db.read, group.patentIds),
    excludedAmong(ctx.db.read, exclusions, group.patentIds),
  ])
  const wanted = JSON.stringify(group.coOwnerIds)
  const leftOut: { number: string; code: string }[] = []
  const patents = group.patentIds.flatMap((id) => {
    const one = facts.get(id)
    if (!one) return []
    const about = { organisationId, termsId: group.termsId, on, from, exclusion: excluded.get(id) }
    const code =
      obstacleTo(one, about)?.code ??
      (JSON.stringify(coOwnersOf(one, organisationId, on)) === wanted ? undefined : ('changed_meanwhile' as const))
    if (code === undefined) return [one]
    leftOut.push({ number: one.number, code })
    return []
  })
  const over = row.untilOn !== null && row.untilOn < from
  if (patents.length === 0 || over) {
    const none = over ? [...leftOut, ...patents.map(({ number }) => ({ number, code: 'over' }))] : leftOut
    await commit(ctx, {
      write: finishGroup(group, { declarationId: null, leftOut: none }),
      events: [{ event: 'declaration_left_out', subject: row.id, source: 'registry', after: none.slice(0, 100) }],
      answer: undefined,
    })
    return
  }
  const terms = { id: group.termsId, sha256: group.termsSha256 }
  const until = row.untilOn ?? undefined
  const { declaration, write, ...act } = await makeDeclaration(ctx, { acting, terms, patents, exclusions, from, until })
  await commit(ctx, {
    ...act,
    write: [...write, ...finishGroup(group, { declarationId: declaration.id, leftOut })],
    answer: undefined,
  })
}

/** In whose name it goes on; undefined when the holder, or the mandate that it was confirmed under, no longer stands. */
async function actingOf(
  ctx: Context,
  row: BatchRow,
): Promise<Pick<Acting, 'organisationId' | 'agent' | 'guards'> | undefined> {
  const { organisationId, mandateId } = row
  const holder = await findOrganisation(ctx.db.read, organisationId)
  if (holder?.organisation.state !== 'approved') return undefined
  if (mandateId === null) return { organisationId, guards: [stillApproved(organisationId)] }
  const agentId = (await agentsOf(ctx.db.read, [mandateId])).get(mandateId)?.organisation.id
  if (agentId === undefined) return undefined
  const standing = await findStanding(ctx.db.read, agentId, [organisationId], 'declare', today(ctx))
  if (standing?.mandateId !== mandateId) return undefined
  return { organisationId, agent: { organisationId: agentId, mandateId }, guards: [stillMandated([mandateId])] }
}
