import { type Context, today } from '../context.ts'
import { type Declaration, withdrawn } from '../declarations/declaration.ts'
import { type DeclarationRecord, findDeclarations, updateDeclaration } from '../declarations/queries.ts'
import { RegistryError } from '../errors.ts'
import { commit, type LogEntry, settle } from '../log/commit.ts'
import { endingOf } from '../mandates/ending.ts'
import { noMandateLeft, openMandatesOf } from '../mandates/queries.ts'
import { notify } from '../notices/notify.ts'
import { managedOrganisation } from '../organisations/managed.ts'
import { openSuspension, updateOrganisation } from '../organisations/queries.ts'
import { known } from '../shapes.ts'
import type { OrganisationAfter } from './participation.ts'
import { declarationsOnlyThese, extentOf, openDeclarationsOf } from './participation-queries.ts'

/** One act holds the records of all of them; an organisation with more withdraws or ends some beforehand. */
const declarationsPerLeavingMax = 1000
const mandatesPerLeavingMax = 1000

/**
 * An organisation leaves the commons, by its officer or a steward. From that day checks of its patents answer `ask` and
 * no new grant covers them; its declarations are withdrawn in the same act and close after the notice of their terms,
 * and the mandates that it gave or was given end, so that none stands again should it return; grants already issued stay
 * valid until their own end.
 */
export function leaveCommons(ctx: Context, id: string, reason: string | undefined): Promise<OrganisationAfter> {
  return settle(async () => {
    const found = await managedOrganisation(ctx, id)
    const { state } = found.organisation
    if (state !== 'approved' && state !== 'suspended')
      throw new RegistryError('not_allowed_now', `An organisation that is ${state} cannot become left.`)
    const organisation = { ...found.organisation, state: 'left' as const }
    const ids = await openDeclarationsOf(ctx.db.read, organisation.id, declarationsPerLeavingMax + 1)
    if (ids.length > declarationsPerLeavingMax)
      throw new RegistryError(
        'not_allowed_now',
        `More than ${declarationsPerLeavingMax} declarations stand. Withdraw some of them first.`,
      )
    const mandates = await openMandatesOf(ctx.db.read, organisation.id, today(ctx), mandatesPerLeavingMax + 1)
    if (mandates.length > mandatesPerLeavingMax)
      throw new RegistryError(
        'not_allowed_now',
        `More than ${mandatesPerLeavingMax} mandates stand. End some of them first.`,
      )
    const ended = mandates.map((mandate) => endingOf(ctx, mandate, organisation.id))
    const at = ctx.now.toISOString()
    const effect = await extentOf(ctx.db.read, organisation.id, ctx.now)
    const standing = await findDeclarations(ctx.db.read, ids)
    const closed = standing.map((one) => ({
      ...one,
      declaration: withdrawn(one.declaration, today(ctx), leavingReason),
    }))
    return commit(ctx, {
      write: [
        updateOrganisation({ ...found, organisation }, at),
        ...(state === 'suspended' ? [] : [openSuspension(organisation.id, today(ctx))]),
        ...closed.map(({ declaration, version }) => updateDeclaration(declaration, version, at)),
        declarationsOnlyThese(organisation.id, ids),
        ...closed.flatMap(({ declaration }) => coOwnersTold(ctx, declaration)),
        ...ended.flatMap(({ write }) => write),
        noMandateLeft(organisation.id, today(ctx)),
      ],
      entries: [
        { type: 'organisation_left', subject: organisation.id, record: { organisation, reason } },
        ...closed.map(entryOf),
        ...ended.map(({ entry }) => entry),
      ],
      touched: [...new Set(closed.flatMap(({ patentIds }) => patentIds))],
      answer: { ...organisation, effect },
    })
  })
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
