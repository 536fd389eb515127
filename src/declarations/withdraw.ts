import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { requireActingFor } from '../mandates/acting.ts'
import { agentsOf } from '../mandates/queries.ts'
import { notify } from '../notices/notify.ts'
import { known } from '../shapes.ts'
import { type Declaration, partiesOf, withdrawn } from './declaration.ts'
import { findDeclaration, updateDeclaration } from './queries.ts'
import { findWithdrawers } from './withdrawers.ts'

/**
 * Who holds what a declaration opens ends it (`withdrawersOf`); who has assigned all of it no longer does. New grants stop
 * after the notice period of its terms; grants already issued stay valid until their own end. One that was not yet in force
 * ends at once.
 */
export function withdrawDeclaration(ctx: Context, id: string, reason: string): Promise<Declaration> {
  return settle(async () => {
    const found = await findDeclaration(ctx.db.read, id)
    const who = found && (await findWithdrawers(ctx, found.declaration))
    const acting =
      ctx.actor.kind === 'registry' ? undefined : await requireActingFor(ctx, who?.withdrawers ?? [], 'declare')
    if (!found || !who) throw new RegistryError('not_found', 'There is no such declaration.')
    const { state, withdrawnOn } = found.declaration
    if (state === 'withdrawn')
      throw new RegistryError('already_decided', `The declaration was withdrawn on ${withdrawnOn}.`)
    const by = acting?.organisationId
    const mandateId = acting?.agent?.mandateId
    const agents = await agentsOf(ctx.db.read, mandateId === undefined ? [] : [mandateId])
    const after: Declaration = {
      ...withdrawn(found.declaration, today(ctx), reason),
      ...known({ withdrawalActedBy: mandateId === undefined ? undefined : agents.get(mandateId) }),
    }
    return commit(ctx, {
      write: [
        ...(acting?.guards ?? []),
        who.unchanged,
        updateDeclaration(after, found.version, ctx.now.toISOString()),
        ...[...new Set([...partiesOf(after), ...who.holders])]
          .filter((party) => party !== by)
          .flatMap((organisationId) =>
            notify(ctx, {
              to: { organisationId },
              kind: 'declaration_withdrawn',
              subject: id,
              body: { declaration: id, ...known({ by, closedFrom: after.closedFrom }) },
            }),
          ),
      ],
      entries: [{ type: 'declaration_withdrawn', subject: id, record: after }],
      touched: found.patentIds,
      answer: after,
    })
  })
}
