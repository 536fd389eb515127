import { actorId, type Context, today } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { findOrganisation, organisationsUnchanged } from '../organisations/queries.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { known } from '../shapes.ts'
import { acts, type Mandate, type MandateInput, mandateStateOn, mandatesPerPrincipalMax } from './mandate.ts'
import { countOpenMandates, fewerMandatesThan, findSameMandate, insertMandate, notYetGiven } from './queries.ts'

/**
 * A holder lets an agent act for it within the scope and the dates. The agent cannot pass it on.
 * @throws already_decided when the agent has a mandate for one of these acts on one of these days
 */
export function giveMandate(ctx: Context, input: MandateInput): Promise<Mandate> {
  return settle(() => {
    const { organisationId } = requireOfficer(ctx.actor, 'organisation:manage')
    return give(ctx, organisationId, input)
  })
}

/** For those who have shown that they act for the organisation. */
export function giveMandateFor(ctx: Context, principalId: string, input: MandateInput): Promise<Mandate> {
  return settle(() => give(ctx, principalId, input))
}

async function give(ctx: Context, principalId: string, input: MandateInput): Promise<Mandate> {
  const on = today(ctx)
  const from = input.from ?? on
  if (from < on) throw invalid('/from', 'in_the_past', 'A mandate cannot begin before it is given.')
  if (input.until !== undefined && input.until < from)
    throw invalid('/until', 'before_from', '`until` is before `from`.')
  const { read } = ctx.db
  const [principal, agent] = await Promise.all([
    findOrganisation(read, principalId),
    findOrganisation(read, input.agent),
  ])
  if (!principal) throw new RegistryError('not_found', 'There is no such organisation.')
  if (!agent) throw invalid('/agent', 'unknown_organisation', `${input.agent} is not a registered organisation.`)
  if (agent.organisation.id === principalId)
    throw invalid('/agent', 'oneself', 'An organisation acts for itself without a mandate.')
  if (agent.organisation.state !== 'approved')
    throw invalid('/agent', 'not_approved', 'The agent is not an approved member of the commons at present.')
  const mandate: Mandate = {
    id: ctx.newId(),
    principal: { id: principalId, name: principal.organisation.name },
    agent: { id: agent.organisation.id, name: agent.organisation.name },
    scope: acts.filter((one) => input.scope.includes(one)),
    state: mandateStateOn({ from, until: input.until }, on),
    from,
    ...known({ until: input.until }),
    givenAt: ctx.now.toISOString(),
  }
  const same = await findSameMandate(read, mandate)
  if (same !== undefined)
    throw new RegistryError('already_decided', 'This agent has a mandate for that on some of those days already.', {
      faults: [{ pointer: '/scope', code: 'already_given', detail: same }],
      extra: { existing: `${ctx.registryUrl}/v1/mandates/${same}` },
    })
  if ((await countOpenMandates(read, principalId, on)) >= mandatesPerPrincipalMax)
    throw new RegistryError(
      'not_allowed_now',
      `An organisation gives up to ${mandatesPerPrincipalMax} mandates at a time.`,
    )
  const { state: _, ...record } = mandate
  return commit(ctx, {
    write: [
      organisationsUnchanged([{ id: agent.organisation.id, version: agent.version }]),
      notYetGiven(mandate),
      fewerMandatesThan(mandatesPerPrincipalMax, principalId, on),
      insertMandate(mandate, actorId(ctx.actor)),
      ...notify(ctx, {
        to: { organisationId: mandate.agent.id },
        kind: 'mandate_given',
        subject: mandate.id,
        body: { mandate: mandate.id, by: principalId, scope: mandate.scope, from, ...known({ until: input.until }) },
      }),
    ],
    entries: [{ type: 'mandate_given', subject: mandate.id, record }],
    answer: mandate,
  })
}
