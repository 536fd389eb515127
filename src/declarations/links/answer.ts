import type { Context } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { canonical, sha256Hex } from '../../log/canonical.ts'
import { commit, settle } from '../../log/commit.ts'
import { toHex } from '../../log/encoding.ts'
import { requireActingFor } from '../../mandates/acting.ts'
import { isSteward } from '../../organisations/rights.ts'
import { recordAnswer } from '../consent.ts'
import { type Declaration, partiesOf } from '../declaration.ts'
import { type DeclarationRecord, findDeclaration } from '../queries.ts'
import { type ConsentLink, type LinkAnswer, linkStatements } from './link.ts'
import {
  deleteSignatory,
  findEvidence,
  findLinkByToken,
  insertEvidence,
  insertSignatory,
  stillWithoutOfficers,
  useLink,
  withOfficers,
} from './queries.ts'

/** A token of ours has 43 characters; what is longer is hashed no further. */
const tokenCharactersMax = 100

/**
 * What the link is about. A token that is not ours is not found, whatever it looks like. `officersHere`: the co-owner has
 * joined since the link was made, and answers by nobody but its own officers.
 */
export async function openConsentLink(
  ctx: Context,
  token: string,
): Promise<{
  link: ConsentLink
  found: DeclarationRecord
  asked: Declaration['consents'][number]
  officersHere: boolean
}> {
  const link = await findLinkByToken(ctx.db.read, await sha256Hex(token.slice(0, tokenCharactersMax)), ctx.now)
  const found = link && (await findDeclaration(ctx.db.read, link.declaration))
  const asked = found?.declaration.consents.find(({ organisation }) => organisation.id === link?.organisation)
  if (!link || !found || !asked) throw new RegistryError('not_found', 'There is no such link.')
  const officersHere = (await withOfficers(ctx.db.read, [link.organisation])).has(link.organisation)
  return { link, found, asked, officersHere }
}

/**
 * The named officer's answer, once. The consent carries the SHA-256 of the evidence: canonical JSON (RFC 8785) of what was
 * shown and said, in which a salted digest stands for the officer's name, post and address.
 */
export function answerByLink(
  ctx: Context,
  token: string,
  language: 'ja' | 'en',
  { answer, reason, name, post, email }: LinkAnswer,
): Promise<Declaration> {
  return settle(async () => {
    const { link, found, asked, officersHere } = await openConsentLink(ctx, token)
    if (link.state !== 'open') throw new RegistryError('already_decided', `The link is ${link.state}.`)
    if (officersHere)
      throw new RegistryError('not_allowed_now', 'The organisation has officers here: they answer on their own desk.')
    const { declaration } = found
    const salt = toHex(ctx.randomBytes(16))
    const text = canonical({
      v: 1,
      link: link.id,
      at: ctx.now.toISOString(),
      declaration: declaration.id,
      askedBy: { id: declaration.organisation.id, name: declaration.organisation.name },
      coOwner: { id: asked.organisation.id, name: asked.organisation.name },
      terms: { id: declaration.termsId, sha256: declaration.termsSha256 },
      period: { from: declaration.from, until: declaration.until ?? null },
      patents: declaration.patents,
      shown: {
        language,
        meaning: linkStatements.meaning[language],
        authority: linkStatements.authority[language],
      },
      answer,
      reason: reason ?? null,
      signatory: { sha256: await sha256Hex(salt + canonical({ name, post, email })) },
    })
    const evidenceSha256 = await sha256Hex(text)
    const given = { answer, evidenceSha256, ...(reason === undefined ? {} : { reason }) }
    return recordAnswer(ctx, { organisationId: link.organisation, guards: [] }, declaration.id, given, {
      linkId: link.id,
      write: [
        stillWithoutOfficers(link.organisation),
        useLink(link.id, ctx.now.toISOString()),
        insertEvidence(link.id, text, evidenceSha256),
        insertSignatory(link.id, { salt, name, post, email }),
      ],
    })
  })
}

/** For officers of the holder and of the co-owners, and stewards: what was shown and said, and who said it. */
export async function readEvidence(ctx: Context, declarationId: string, organisationId: string) {
  const found = await findDeclaration(ctx.db.read, declarationId)
  if (!isSteward(ctx.actor)) await requireActingFor(ctx, found ? partiesOf(found.declaration) : [], 'declare')
  const evidence = await findEvidence(ctx.db.read, declarationId, organisationId)
  if (!evidence) throw new RegistryError('not_found', 'There is no evidence of an answer by link.')
  const { text, sha256, signatory } = evidence
  return { text, sha256, ...(signatory === undefined ? {} : { signatory }) }
}

/** At the officer's own request, whoever it reaches: name, post and address go, the evidence goes on to prove. */
export function eraseSignatory(ctx: Context, declarationId: string, organisationId: string): Promise<void> {
  return settle(async () => {
    const found = await findDeclaration(ctx.db.read, declarationId)
    const holder = found?.declaration.organisation.id
    if (!isSteward(ctx.actor))
      await requireActingFor(ctx, holder === undefined ? [] : [holder, organisationId], 'declare')
    const evidence = await findEvidence(ctx.db.read, declarationId, organisationId)
    if (!evidence?.signatory) throw new RegistryError('not_found', 'Nothing is kept of who answered.')
    await commit(ctx, {
      write: [deleteSignatory(evidence.linkId)],
      events: [{ event: 'signatory_erased', subject: declarationId, source: 'officer' }],
      answer: undefined,
    })
    await ctx.db.purge()
  })
}
