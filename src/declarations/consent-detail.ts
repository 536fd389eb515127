import { z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { requireActingFor } from '../mandates/acting.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { bilingual, known, time } from '../shapes.ts'
import { partiesOf } from './declaration.ts'
import { consentLink, consentLinkExample } from './links/link.ts'
import { linksOf, withOfficers } from './links/queries.ts'
import { findDeclaration } from './queries.ts'
import { waitingOn } from './waiting-queries.ts'

/** How it stands with one co-owner, for the parties: what the public record does not tell. */
export const consentDetail = z
  .object({
    organisation: z.object({ id: z.string(), name: bilingual, state: z.string() }),
    answer: z.enum(['pending', 'given', 'refused']),
    askedAt: time,
    answeredAt: time.exactOptional(),
    via: z.literal('link').exactOptional(),
    reason: z.string().exactOptional(),
    ask: z.enum(['registry', 'link']).exactOptional().openapi({ description: 'How it is asked while it is pending.' }),
    reminders: z.array(z.object({ kind: z.string(), sentAt: time })),
    links: z.array(consentLink).openapi({ description: 'The newest first; for the declaring holder alone.' }),
  })
  .openapi('ConsentDetail', {
    example: {
      organisation: {
        id: '01a200d7-78fe-73ea-b3b2-6f43e1d9bb65',
        name: { ja: 'トヨタ自動車株式会社', en: 'Toyota Motor Corporation' },
        state: 'named',
      },
      answer: 'pending',
      askedAt: '2026-11-06T01:00:00.000Z',
      ask: 'link',
      reminders: [{ kind: 'holder after 30 days', sentAt: '2026-12-06T01:00:00.000Z' }],
      links: [consentLinkExample],
    },
  })
export type ConsentDetail = z.infer<typeof consentDetail>

/** For officers of the parties and their agents. */
export async function readConsents(ctx: Context, declarationId: string): Promise<ConsentDetail[]> {
  const { read } = ctx.db
  const found = await findDeclaration(read, declarationId)
  const { organisationId } = await requireActingFor(ctx, found ? partiesOf(found.declaration) : [], 'declare')
  if (!found) throw new RegistryError('not_found', 'There is no such declaration.')
  const { declaration } = found
  const ids = declaration.consents.map(({ organisation }) => organisation.id)
  const holder = declaration.organisation.id
  const [organisations, here, waiting, links] = await Promise.all([
    findOrganisations(read, ids),
    withOfficers(read, ids),
    waitingOn(read, declarationId),
    organisationId === holder ? linksOf(read, [declarationId], ctx.now) : [],
  ])
  return declaration.consents.map(({ organisation, answer, answeredAt, via, reason }) => {
    const state = waiting.find(({ coOwner }) => coOwner.id === organisation.id)
    const ask = here.has(organisation.id) ? ('registry' as const) : ('link' as const)
    return {
      organisation: { ...organisation, state: organisations.get(organisation.id)?.state ?? '' },
      answer,
      askedAt: state?.since ?? declaration.declaredAt,
      ...known({ answeredAt, via, reason, ask: answer === 'pending' ? ask : undefined }),
      reminders: [...(state?.reminders ?? [])],
      links: links.filter((link) => link.organisation === organisation.id),
    }
  })
}
