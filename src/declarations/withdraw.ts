import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { requireActingFor } from '../mandates/acting.ts'
import { agentsOf } from '../mandates/queries.ts'
import { notify } from '../notices/notify.ts'
import { known } from '../shapes.ts'
import { laterOwners } from './assignments/queries.ts'
import { type Declaration, partiesOf, withdrawn } from './declaration.ts'
import { findDeclaration, updateDeclaration } from './queries.ts'

/**
 * The holder, a co-owner who consented, or who now holds all of it in the holder's place, ends a declaration. New grants
 * stop after the notice period of its terms; grants already issued stay valid until their own end. One that was not yet in force ends at once.
 */
export function withdrawDeclaration(ctx: Context, id: string, reason: string): Promise<Declaration> {
  return settle(async () => {
    const found = await findDeclaration(ctx.db.read, id)
    const parties = found
      ? [
          found.declaration.organisation.id,
          ...found.declaration.consents
            .filter(({ answer }) => answer === 'given')
            .map(({ organisation }) => organisation.id),
          ...(await laterOwners(ctx.db.read, id, today(ctx))),
        ]
      : []
    const acting = ctx.actor.kind === 'registry' ? undefined : await requireActingFor(ctx, parties, 'declare')
    if (!found) throw new RegistryError('not_found', 'There is no such declaration.')
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
        updateDeclaration(after, found.version, ctx.now.toISOString()),
        ...partiesOf(after)
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
