import { type Context, today } from '../context.ts'
import type { Statement } from '../database.ts'
import { RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import type { LogEntry } from '../log/commit.ts'
import type { Acting } from '../mandates/acting.ts'
import { agentsOf } from '../mandates/queries.ts'
import { notify } from '../notices/notify.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { holdersOn, type PatentFacts } from '../patents/facts.ts'
import { known } from '../shapes.ts'
import type { Declaration } from './declaration.ts'
import { exclusionsUnchanged } from './exclusions/queries.ts'
import { insertDeclaration, notYetDeclared, patentsUnchanged } from './queries.ts'

/** What was decided on: the patents that can be declared, and the exclusion list that was looked at. */
export type Decided = {
  acting: Pick<Acting, 'organisationId' | 'agent' | 'guards'>
  terms: { id: string; sha256: string }
  patents: readonly PatentFacts[]
  exclusions: readonly { id: string }[]
  from: string
  until?: string | undefined
}

/** A declaration and its act: one entry of the log, and with no co-owner a second one, for it is in force. */
export async function makeDeclaration(
  ctx: Context,
  { acting, terms, patents, exclusions, from, until }: Decided,
): Promise<{
  declaration: Declaration
  write: Statement[]
  entries: [LogEntry, ...LogEntry[]]
  touched: string[]
}> {
  const { organisationId, agent, guards } = acting
  const [holder, agents] = await Promise.all([
    findOrganisation(ctx.db.read, organisationId),
    agentsOf(ctx.db.read, agent ? [agent.mandateId] : []),
  ])
  if (!holder) throw new RegistryError('not_found', 'There is no such organisation.')
  const coOwners = new Map(
    patents.flatMap((facts) => holdersOn(facts, today(ctx)).map(({ id, name }) => [id, { id, name }])),
  )
  coOwners.delete(organisationId)
  const complete = coOwners.size === 0
  const numbers = patents.map(({ number }) => number).sort()
  const declaration: Declaration = {
    id: ctx.newId(),
    organisation: { id: organisationId, name: holder.organisation.name },
    ...known({ actedBy: agent && agents.get(agent.mandateId) }),
    termsId: terms.id,
    termsSha256: terms.sha256,
    state: complete ? 'in_force' : 'awaiting_consent',
    from,
    ...known({ until }),
    ...(complete ? { inForceFrom: today(ctx) } : {}),
    patents: {
      count: numbers.length,
      sha256: await sha256Hex(numbers.map((number) => `${number}\n`).join('')),
      numbers,
    },
    consents: [...coOwners.values()].map((organisation) => ({ organisation, answer: 'pending' as const })),
    declaredAt: ctx.now.toISOString(),
  }
  const touched = patents.map(({ patentId }) => patentId)
  const subject = declaration.id
  const declared: LogEntry = { type: 'declared', subject, record: declaration }
  const inForce: LogEntry = {
    type: 'declaration_in_force',
    subject,
    record: { id: subject, inForceFrom: declaration.inForceFrom },
  }
  return {
    declaration,
    write: [
      ...guards,
      patentsUnchanged(patents),
      exclusionsUnchanged(organisationId, exclusions),
      notYetDeclared(terms.id, touched, from),
      ...insertDeclaration({ declaration, version: 1, patentIds: touched }),
      ...[...coOwners.keys()].flatMap((coOwner) =>
        notify(ctx, {
          to: { organisationId: coOwner },
          kind: 'consent_asked',
          subject,
          body: { declaration: subject, by: organisationId, terms: terms.id, patents: touched.length },
        }),
      ),
    ],
    entries: complete ? [declared, inForce] : [declared],
    touched,
  }
}
