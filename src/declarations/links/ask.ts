import { actorId, type Context } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { sha256Hex } from '../../log/canonical.ts'
import { commit, settle } from '../../log/commit.ts'
import { toBase64url } from '../../log/encoding.ts'
import { type Acting, actedBy, requireActingFor } from '../../mandates/acting.ts'
import { findOrganisation } from '../../organisations/queries.ts'
import { known } from '../../shapes.ts'
import { type DeclarationRecord, findDeclaration } from '../queries.ts'
import {
  type ConsentLink,
  type ConsentLinkInput,
  consentLinkDays,
  consentLinksPerDayMax,
  type NewConsentLink,
} from './link.ts'
import {
  countLinksSince,
  findLink,
  insertLink,
  queueMail,
  revokeLinkRow,
  revokeOpenLinks,
  stillPending,
  withOfficers,
} from './queries.ts'

/** 256 bits: nobody guesses one. */
const tokenBytes = 32

/**
 * A one-time link by which the named officer of a co-owner answers that has no officer here. A new one takes the place of
 * the one before, so to renew a link is to make it again. The declaring holder makes it.
 */
export function makeConsentLink(ctx: Context, declarationId: string, input: ConsentLinkInput): Promise<NewConsentLink> {
  return settle(async () => {
    const { acting, found } = await ofHolder(ctx, declarationId)
    const { declaration } = found
    const coOwner = await findOrganisation(ctx.db.read, input.organisation)
    const organisation = coOwner?.organisation.id
    const asked = declaration.consents.find((one) => one.organisation.id === organisation)
    if (!asked || organisation === undefined)
      throw new RegistryError('not_found', 'This declaration does not ask that organisation.')
    if (asked.answer !== 'pending')
      throw new RegistryError('already_decided', `The organisation has answered already: ${asked.answer}.`)
    if (declaration.state !== 'awaiting_consent')
      throw new RegistryError('not_allowed_now', `The declaration is ${declaration.state}.`)
    if ((await withOfficers(ctx.db.read, [organisation])).has(organisation))
      throw new RegistryError('not_allowed_now', 'The organisation has officers here: they answer on their own desk.')
    const day = new Date(ctx.now.getTime() - 86_400_000).toISOString()
    if ((await countLinksSince(ctx.db.read, declaration.organisation.id, day)) >= consentLinksPerDayMax)
      throw new RegistryError('not_allowed_now', `Up to ${consentLinksPerDayMax} links are made in one day.`)
    const token = toBase64url(ctx.randomBytes(tokenBytes))
    const at = ctx.now.toISOString()
    const link: ConsentLink = {
      id: ctx.newId(),
      declaration: declarationId,
      organisation,
      state: 'open',
      madeAt: at,
      expiresAt: new Date(ctx.now.getTime() + consentLinkDays * 86_400_000).toISOString(),
      ...known({ mail: input.email === undefined ? undefined : ('queued' as const) }),
    }
    return commit(ctx, {
      write: [
        ...acting.guards,
        stillPending(declarationId, organisation),
        ...revokeOpenLinks(declarationId, organisation, at),
        insertLink(link, { tokenSha256: await sha256Hex(token), madeBy: actorId(ctx.actor) }),
        ...(input.email === undefined ? [] : [queueMail(link.id, input.email, token, at)]),
      ],
      events: [
        {
          event: 'consent_link_made',
          subject: declarationId,
          source: 'officer',
          after: { id: link.id, organisation },
          ...actedBy(acting),
        },
      ],
      answer: { ...link, url: `${ctx.registryUrl}/consent/${token}` },
      secret: true,
    })
  })
}

/** Whoever opens it from now on is told that it is void. */
export function revokeConsentLink(ctx: Context, declarationId: string, id: string): Promise<void> {
  return settle(async () => {
    const { acting } = await ofHolder(ctx, declarationId)
    const link = await findLink(ctx.db.read, id, ctx.now)
    if (link?.declaration !== declarationId) throw new RegistryError('not_found', 'There is no such link.')
    if (link.state !== 'open') throw new RegistryError('already_decided', `The link is ${link.state}.`)
    await commit(ctx, {
      write: [...acting.guards, ...revokeLinkRow(id, ctx.now.toISOString())],
      events: [
        {
          event: 'consent_link_revoked',
          subject: declarationId,
          source: 'officer',
          before: { id, organisation: link.organisation },
          ...actedBy(acting),
        },
      ],
      answer: undefined,
    })
  })
}

/** The declaration, for an officer of the holder that made it or of its agent. */
export async function ofHolder(
  ctx: Context,
  declarationId: string,
): Promise<{ acting: Acting; found: DeclarationRecord }> {
  const found = await findDeclaration(ctx.db.read, declarationId)
  const acting = await requireActingFor(ctx, found ? [found.declaration.organisation.id] : [], 'declare')
  if (!found) throw new RegistryError('not_found', 'There is no such declaration.')
  return { acting, found }
}
