import { type Context, today } from '../context.ts'
import type { Statement } from '../database.ts'
import { type Declaration, withdrawn } from '../declarations/declaration.ts'
import { type DeclarationRecord, findDeclarations, updateDeclaration } from '../declarations/queries.ts'
import { faultForLog, RegistryError } from '../errors.ts'
import { commit, type LogEntry, settle } from '../log/commit.ts'
import { endingOf } from '../mandates/ending.ts'
import { noMandateLeft, openMandatesOf } from '../mandates/queries.ts'
import { notify } from '../notices/notify.ts'
import { managedOrganisation } from '../organisations/managed.ts'
import { openSuspension, updateOrganisation } from '../organisations/queries.ts'
import { known } from '../shapes.ts'
import {
  declarationsOnlyThese,
  deleteLeaving,
  findLeaving,
  insertLeaving,
  listLeavings,
  openDeclarationsOf,
  stillLeaving,
} from './leaving-queries.ts'
import type { OrganisationAfter } from './participation.ts'
import { extentOf } from './participation-queries.ts'

/** Patents of the declarations that one act ends: what a declaration of the largest size is, within Turso's five seconds. */
const patentsPerStepMax = 1000
/** Each is a log entry and some notices of its own. */
const declarationsPerStepMax = 100
const mandatesPerStepMax = 100
/** What a request, or a run of the scheduled work, goes on with: over a network, fifty round trips are a Worker's limit. */
const stepsPerRunOverNetwork = 4
const stepsPerRunOnFile = 20
/** Organisations that leave within the same minutes; the rest is taken up a minute later. */
const leavingsPerRunMax = 5

/**
 * An organisation leaves the commons, by its officer or a steward. From that day checks of its patents answer `ask` and
 * no new grant covers them; its declarations are withdrawn as of that day and close after the notice of their terms, and
 * the mandates that it gave or was given end, so that none stands again should it return; grants already issued stay
 * valid until their own end. What is too much for one act is ended in further ones, which scheduled work goes on with.
 */
export async function leaveCommons(ctx: Context, id: string, reason: string | undefined): Promise<OrganisationAfter> {
  const left = await settle(async () => {
    const found = await managedOrganisation(ctx, id)
    const { state } = found.organisation
    if (state !== 'approved' && state !== 'suspended')
      throw new RegistryError('not_allowed_now', `An organisation that is ${state} cannot become left.`)
    const organisation = { ...found.organisation, state: 'left' as const }
    const [effect, step] = await Promise.all([
      extentOf(ctx.db.read, organisation.id, ctx.now),
      nextStep(ctx, organisation.id, today(ctx)),
    ])
    return commit(ctx, {
      write: [
        updateOrganisation({ ...found, organisation }, ctx.now.toISOString()),
        ...(state === 'suspended' ? [] : [openSuspension(organisation.id, today(ctx))]),
        ...(step.isLast ? [] : [insertLeaving(organisation.id, today(ctx))]),
        ...step.write,
      ],
      entries: [
        { type: 'organisation_left', subject: organisation.id, record: { organisation, reason } },
        ...step.entries,
      ],
      touched: step.touched,
      answer: { ...organisation, effect },
    })
  })
  // The officer is one no longer: the registry goes on with what follows.
  const { idempotent: _once, ...rest } = ctx
  await goOn({ ...rest, actor: { kind: 'registry' } }, left.id)
  return left
}

/** Scheduled: goes on where an organisation has left and something of it is still to be ended. How many acts it took. */
export async function continueLeavings(ctx: Context): Promise<number> {
  let steps = 0
  for (const id of await listLeavings(ctx.db.read, leavingsPerRunMax)) steps += await goOn(ctx, id)
  return steps
}

/** The organisation has left, whatever becomes of this: what fails is tried again a minute later, and holds up no other. */
async function goOn(ctx: Context, organisationId: string): Promise<number> {
  const most = ctx.db.read.version() === undefined ? stepsPerRunOverNetwork : stepsPerRunOnFile
  let steps = 0
  try {
    while (steps < most && (await takeStep(ctx, organisationId))) steps += 1
  } catch (error) {
    const fault = faultForLog(error)
    console.error(JSON.stringify({ level: 'error', event: 'leaving_failed', organisation: organisationId, fault }))
  }
  return steps
}

/** Whether there was something to end. Processes that do it at once end each thing once. */
function takeStep(ctx: Context, organisationId: string): Promise<boolean> {
  return settle(async () => {
    const leftOn = await findLeaving(ctx.db.read, organisationId)
    if (leftOn === undefined) return false
    const { isLast, write, entries, touched } = await nextStep(ctx, organisationId, leftOn)
    const done = isLast
      ? [{ event: 'leaving_finished', subject: organisationId, source: 'registry', after: { leftOn } } as const]
      : []
    const [first, ...others] = entries
    const [event] = done
    const act = {
      write: [stillLeaving(organisationId), ...(isLast ? [deleteLeaving(organisationId)] : []), ...write],
      touched,
      answer: true,
    }
    if (first) return commit(ctx, { ...act, entries: [first, ...others], events: done })
    return event ? commit(ctx, { ...act, events: [event] }) : false
  })
}

type Step = { write: Statement[]; entries: LogEntry[]; touched: string[]; isLast: boolean }

/** The oldest declarations and mandates, as many as one act takes; the last step proves that nothing else stands. */
async function nextStep(ctx: Context, organisationId: string, leftOn: string): Promise<Step> {
  const { read } = ctx.db
  const [open, mandates] = await Promise.all([
    openDeclarationsOf(read, organisationId, today(ctx), declarationsPerStepMax + 1),
    openMandatesOf(read, organisationId, today(ctx), mandatesPerStepMax + 1),
  ])
  let patents = 0
  const ids = open.slice(0, declarationsPerStepMax).flatMap((one, i) => {
    patents += one.patents
    return i === 0 || patents <= patentsPerStepMax ? [one.id] : []
  })
  const isLast = ids.length === open.length && mandates.length <= mandatesPerStepMax
  const closed = (await findDeclarations(read, ids)).map((one) => ({
    ...one,
    declaration: withdrawn(one.declaration, leftOn, leavingReason),
  }))
  const ended = mandates.slice(0, mandatesPerStepMax).map((mandate) => endingOf(ctx, mandate, organisationId))
  const at = ctx.now.toISOString()
  return {
    isLast,
    write: [
      ...closed.map(({ declaration, version }) => updateDeclaration(declaration, version, at)),
      ...closed.flatMap(({ declaration }) => coOwnersTold(ctx, declaration)),
      ...ended.flatMap(({ write }) => write),
      ...(isLast
        ? [declarationsOnlyThese(organisationId, today(ctx), ids), noMandateLeft(organisationId, today(ctx))]
        : []),
    ],
    entries: [...closed.map(entryOf), ...ended.map(({ entry }) => entry)],
    touched: [...new Set(closed.flatMap(({ patentIds }) => patentIds))],
  }
}

/** What the public record of a declaration says. */
const leavingReason = '権利者が参加を終えました。 / The holder left the commons.'

function coOwnersTold(ctx: Context, { id, consents, organisation, closedFrom }: Declaration) {
  return consents.flatMap((consent) =>
    notify(ctx, {
      to: { organisationId: consent.organisation.id },
      kind: 'declaration_withdrawn',
      subject: id,
      body: { declaration: id, by: organisation.id, ...known({ closedFrom }) },
    }),
  )
}

function entryOf({ declaration }: DeclarationRecord): LogEntry {
  return { type: 'declaration_withdrawn', subject: declaration.id, record: declaration }
}
