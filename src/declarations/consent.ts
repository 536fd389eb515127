import { actorId, type Context, today } from '../context.ts'
import type { Statement } from '../database.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, type LogEntry, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { type ConsentInput, type Declaration, isComplete, partiesOf } from './declaration.ts'
import { answerConsent, findDeclaration, updateDeclaration } from './queries.ts'

/** A co-owner answers. With the last yes the declaration is in force; a no leaves it waiting for ever. */
export function consentToDeclaration(ctx: Context, id: string, input: ConsentInput): Promise<Declaration> {
  const officer = requireOfficer(ctx.actor, 'declarations:write')
  return consentFor(ctx, officer.organisationId, id, input)
}

export function consentFor(
  ctx: Context,
  organisationId: string,
  id: string,
  input: ConsentInput,
): Promise<Declaration> {
  if (input.answer === 'refused' && input.reason === undefined)
    throw invalid('/reason', 'required', 'A refusal says why, so that the holder can act on it.')
  return settle(async () => {
    const found = await findDeclaration(ctx.db.read, id)
    if (!found) throw new RegistryError('not_found', 'There is no such declaration.')
    const { declaration, version, patentIds } = found
    const asked = declaration.consents.find(({ organisation }) => organisation.id === organisationId)
    if (!asked)
      throw new RegistryError('forbidden', 'Your organisation is not a co-owner that this declaration waits for.')
    if (asked.answer !== 'pending')
      throw new RegistryError('already_decided', `Your organisation has answered already: ${asked.answer}.`)
    if (declaration.state !== 'awaiting_consent')
      throw new RegistryError('not_allowed_now', `The declaration is ${declaration.state}.`)
    const at = ctx.now.toISOString()
    const answered = answer(declaration, organisationId, input, at, today(ctx))
    const entry: LogEntry = {
      type: input.answer === 'given' ? 'consented' : 'consent_refused',
      subject: id,
      record: { declaration: id, organisation: organisationId, ...input },
    }
    const inForce: LogEntry = {
      type: 'declaration_in_force',
      subject: id,
      record: { id, inForceFrom: answered.inForceFrom },
    }
    return commit(ctx, {
      write: [
        answerConsent(id, organisationId, actorId(ctx.actor), at, input),
        updateDeclaration(answered, version, at),
        ...tell(ctx, answered, organisationId, input),
      ],
      entries: answered.state === 'in_force' ? [entry, inForce] : [entry],
      touched: patentIds,
      answer: answered,
    })
  })
}

/** The holder hears every answer; with the last one all but the last to answer hear that it is in force. */
function tell(ctx: Context, declaration: Declaration, by: string, { answer }: ConsentInput): Statement[] {
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
  input: ConsentInput,
  at: string,
  on: string,
): Declaration {
  const consents = declaration.consents.map((one) =>
    one.organisation.id === organisationId ? { ...one, ...input, answeredAt: at } : one,
  )
  if (!isComplete(consents)) return { ...declaration, consents }
  return { ...declaration, consents, state: 'in_force', inForceFrom: on }
}
