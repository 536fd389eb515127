import { actorId, type Context, today } from '../context.ts'
import type { Statement } from '../database.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, type LogEntry, settle } from '../log/commit.ts'
import { type Acting, actedBy, requireActingForNamed } from '../mandates/acting.ts'
import { agentsOf } from '../mandates/queries.ts'
import { notify } from '../notices/notify.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { known } from '../shapes.ts'
import { type ConsentInput, type Declaration, isComplete, partiesOf } from './declaration.ts'
import { nameOf } from './eligible.ts'
import { excludedAmong, exclusionsUnchanged, listExclusions } from './exclusions/queries.ts'
import { answerConsent, findDeclaration, updateDeclaration } from './queries.ts'

type Answer = Omit<ConsentInput, 'organisation'>

/** An answer that came by a one-time link: what goes in with it, and its evidence. */
export type ByLink = { linkId: string; write: readonly Statement[] }

/** A co-owner answers. With the last yes the declaration is in force; a no leaves it waiting for ever. */
export function consentToDeclaration(ctx: Context, id: string, input: ConsentInput): Promise<Declaration> {
  return settle(async () => {
    const { organisation, ...rest } = input
    return recordAnswer(ctx, await requireActingForNamed(ctx, organisation, 'consent'), id, rest)
  })
}

/** For those who have shown that they act for the organisation. */
export function consentFor(ctx: Context, organisationId: string, id: string, input: Answer): Promise<Declaration> {
  return settle(() => recordAnswer(ctx, { organisationId, guards: [] }, id, input))
}

/** Within `settle`. `byLink`: the answer of the officer behind a link, who acts for the organisation by declaring so. */
export async function recordAnswer(
  ctx: Context,
  acting: Pick<Acting, 'organisationId' | 'agent' | 'guards'>,
  id: string,
  input: Answer,
  byLink?: ByLink,
): Promise<Declaration> {
  const { organisationId, agent, guards } = acting
  if (input.answer === 'refused' && input.reason === undefined)
    throw invalid('/reason', 'required', 'A refusal says why, so that the holder can act on it.')
  const [found, agents] = await Promise.all([
    findDeclaration(ctx.db.read, id),
    agentsOf(ctx.db.read, agent ? [agent.mandateId] : []),
  ])
  if (!found) throw new RegistryError('not_found', 'There is no such declaration.')
  const { declaration, version, patentIds } = found
  const asked = declaration.consents.find(({ organisation }) => organisation.id === organisationId)
  if (!asked)
    throw new RegistryError('forbidden', 'Your organisation is not a co-owner that this declaration waits for.')
  if (asked.answer !== 'pending')
    throw new RegistryError('already_decided', `Your organisation has answered already: ${asked.answer}.`)
  if (declaration.state !== 'awaiting_consent')
    throw new RegistryError('not_allowed_now', `The declaration is ${declaration.state}.`)
  const maker = (await findOrganisation(ctx.db.read, declaration.organisation.id))?.organisation
  if (maker?.state === 'left')
    throw new RegistryError('not_allowed_now', 'The holder that declared has left the commons.')
  const excluded = await exclusionsOf(ctx, organisationId, patentIds, input, byLink !== undefined)
  const at = ctx.now.toISOString()
  const via = byLink && ('link' as const)
  const given = { ...input, answeredAt: at, ...known({ via, actedBy: agent && agents.get(agent.mandateId) }) }
  const answered = answer(declaration, organisationId, given, today(ctx))
  const entry: LogEntry = {
    type: input.answer === 'given' ? 'consented' : 'consent_refused',
    subject: id,
    record: { declaration: id, organisation: organisationId, ...input, ...known({ via }), ...actedBy(acting) },
  }
  const inForce: LogEntry = {
    type: 'declaration_in_force',
    subject: id,
    record: { id, inForceFrom: answered.inForceFrom },
  }
  return commit(ctx, {
    write: [
      ...guards,
      hasNotLeft(declaration.organisation.id),
      ...excluded,
      ...(byLink?.write ?? []),
      answerConsent(id, organisationId, {
        by: byLink ? `link:${byLink.linkId}` : actorId(ctx.actor),
        at,
        given: input,
        via,
        mandateId: agent?.mandateId,
      }),
      updateDeclaration(answered, version, at),
      ...tell(ctx, answered, organisationId, input),
    ],
    entries: answered.state === 'in_force' ? [entry, inForce] : [entry],
    touched: patentIds,
    answer: answered,
  })
}

/** A declaration of one that leaves meanwhile does not come into force before it is ended. */
function hasNotLeft(organisationId: string): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'organisation' from organisations where id = ? and state = 'left'`,
    args: [organisationId],
  }
}

/**
 * A yes never opens what the co-owner itself excludes.
 * @throws invalid_input naming the entries of its list; not to the bearer of a link, for the list is for officers alone
 */
async function exclusionsOf(
  ctx: Context,
  organisationId: string,
  patentIds: readonly string[],
  { answer: said }: Answer,
  byLink: boolean,
): Promise<Statement[]> {
  if (said !== 'given') return []
  const exclusions = await listExclusions(ctx.db.read, organisationId)
  const excluded = await excludedAmong(ctx.db.read, exclusions, patentIds)
  const entries = [...new Map([...excluded.values()].map((one) => [one.id, one])).values()]
  if (entries.length > 0)
    throw new RegistryError('invalid_input', `${excluded.size} of the patents are on your exclusion list.`, {
      faults: (byLink ? [] : entries).map((one) => ({
        pointer: '/answer',
        code: 'excluded',
        detail: `On your exclusion list: ${nameOf(one)}.`,
      })),
    })
  return [exclusionsUnchanged(organisationId, exclusions)]
}

/** The holder hears every answer; with the last one all but the last to answer hear that it is in force. */
function tell(ctx: Context, declaration: Declaration, by: string, { answer }: Answer): Statement[] {
  const { id, organisation, termsId: terms, state } = declaration
  const answered = notify(ctx, {
    to: { organisationId: organisation.id },
    kind: 'consent_answered',
    subject: id,
    body: { declaration: id, by, answer },
  })
  if (state !== 'in_force') return answered
  const others = partiesOf(declaration).filter((party) => party !== by)
  return [
    ...answered,
    ...others.flatMap((organisationId) =>
      notify(ctx, {
        to: { organisationId },
        kind: 'declaration_in_force',
        subject: id,
        body: { declaration: id, terms },
      }),
    ),
  ]
}

function answer(
  declaration: Declaration,
  organisationId: string,
  given: Partial<Declaration['consents'][number]>,
  on: string,
): Declaration {
  const consents = declaration.consents.map((one) =>
    one.organisation.id === organisationId ? { ...one, ...given } : one,
  )
  if (!isComplete(consents)) return { ...declaration, consents }
  return { ...declaration, consents, state: 'in_force', inForceFrom: on }
}
