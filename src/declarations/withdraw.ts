import { findTerms } from '../../policies/terms.ts'
import { type Context, today } from '../context.ts'
import { daysAfter } from '../dates.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { memberOf, requireOfficerOf } from '../organisations/rights.ts'
import { known } from '../shapes.ts'
import { type Declaration, partiesOf } from './declaration.ts'
import { findDeclaration, updateDeclaration } from './queries.ts'

/**
 * The holder, or a co-owner who consented, ends a declaration. New grants stop after the notice period of its terms;
 * grants already issued stay valid until their own end. One that was not yet in force ends at once.
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
        ]
      : []
    if (ctx.actor.kind !== 'registry') requireOfficerOf(ctx.actor, parties, 'declarations:write')
    if (!found) throw new RegistryError('not_found', 'There is no such declaration.')
    const by = memberOf(ctx.actor)
    const withdrawn = withdraw(found.declaration, today(ctx), reason)
    return commit(ctx, {
      write: [
        updateDeclaration(withdrawn, found.version, ctx.now.toISOString()),
        ...partiesOf(withdrawn)
          .filter((party) => party !== by)
          .flatMap((organisationId) =>
            notify(ctx, {
              to: { organisationId },
              kind: 'declaration_withdrawn',
              subject: id,
              body: { declaration: id, ...known({ by, closedFrom: withdrawn.closedFrom }) },
            }),
          ),
      ],
      entries: [{ type: 'declaration_withdrawn', subject: id, record: withdrawn }],
      touched: found.patentIds,
      answer: withdrawn,
    })
  })
}

function withdraw(declaration: Declaration, on: string, reason: string): Declaration {
  if (declaration.state === 'withdrawn')
    throw new RegistryError('already_decided', `The declaration was withdrawn on ${declaration.withdrawnOn}.`)
  const notice =
    declaration.state === 'in_force' ? (findTerms(declaration.termsId)?.tags.noticePeriodDays.value ?? 0) : 0
  return {
    ...declaration,
    state: 'withdrawn',
    withdrawnOn: on,
    closedFrom: daysAfter(on, notice),
    withdrawalReason: reason,
  }
}
