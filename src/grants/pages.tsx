import { conditionsOf } from '../../policies/conditions.ts'
import { findTerms } from '../../policies/terms.ts'
import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { signpost } from '../http/links.ts'
import { paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { toBase64 } from '../log/encoding.ts'
import { publishCheckpoint } from '../log/publish.ts'
import { findOrganisation, findOrganisations } from '../organisations/queries.ts'
import { isSteward } from '../organisations/rights.ts'
import { Certificate, type CertificateFacts } from './certificate.tsx'
import { certificateWords } from './certificate-words.ts'
import type { GrantClaims } from './claims.ts'
import { findGrant, type GrantRecord } from './queries.ts'
import { readsGrant, showGrant } from './show.ts'
import { readClaims } from './token.ts'

/** Ten signs of Crockford's base 32, and the media type's usual ending. */
const tokenFile = '/g/:file{[0-9A-Z]{10}\\.jwt}'

/** The page behind a grant's short URL: its certificate. */
export const grantPages = pages()
  .on('GET', [tokenFile], async (c) => {
    const grant = await readGrantOf(c, c.req.param('file').slice(0, -'.jwt'.length))
    if (!isFor(c.var.ctx, grant)) throw new RegistryError('not_found', 'There is no such grant for you.')
    return c.body(grant.token, 200, {
      'Content-Type': 'application/jwt',
      'Content-Disposition': `attachment; filename="${grant.number}.jwt"`,
      'Cache-Control': 'private, no-store',
    })
  })
  .on('GET', paths('/g/:number'), async (c) => {
    const { lang } = languageOf(c)
    const grant = await readGrantOf(c, c.req.param('number') ?? '')
    const facts = await factsOf(c.var.ctx, grant)
    const title = `${certificateWords[lang][grant.kind]} ${grant.number}`
    const { registryUrl } = c.var.ctx
    // Who holds it is for those alone whom it concerns: no author.
    signpost(c, [
      { rel: 'cite-as', href: `${registryUrl}/g/${grant.number}` },
      { rel: 'type', href: 'https://schema.org/DigitalDocument' },
      { rel: 'describedby', href: `${registryUrl}/v1/grants/${grant.id}`, type: 'application/json' },
      ...facts.terms.map(({ id }) => ({ rel: 'license', href: `${registryUrl}/terms/${id}` })),
    ])
    return showPage(c, { title, path: `/g/${grant.number}` }, <Certificate lang={lang} {...facts} />)
  })

async function readGrantOf(c: Http, number: string): Promise<GrantRecord> {
  const grant = await findGrant(c.var.ctx.db.read, number.slice(0, 100))
  if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
  return grant
}

async function factsOf(ctx: Context, grant: GrantRecord): Promise<CertificateFacts> {
  const { db, now, registryUrl } = ctx
  const claims = readClaims(grant.token)
  const [{ status, events, patents, log }, institution] = await Promise.all([
    showGrant(ctx, grant, false),
    findOrganisation(db.read, grant.organisationId),
  ])
  const successor = grant.supersededBy === null ? undefined : await findGrant(db.read, grant.supersededBy)
  const details = claims?.authorization_details ?? []
  return {
    grant,
    now,
    registryUrl,
    status,
    events,
    patents,
    holders: await namesOf(ctx, claims),
    territory: [...new Set(details.flatMap(({ territory }) => territory))],
    terms: details.flatMap(({ terms }) => terms),
    conditions: conditionsIn(grant, new Set(details.flatMap(({ conditions }) => conditions))),
    record: log && { sequence: log.sequence, ...(await positionOf(ctx, log.sequence)) },
    successor: successor?.number,
    grantee: isFor(ctx, grant) ? { ...grant.request.grantee, institution: institution?.organisation.name } : undefined,
  }
}

/** Whether the visitor may see whose grant it is, and have the token. */
function isFor({ actor }: Context, grant: GrantRecord): boolean {
  return isSteward(actor) || readsGrant(actor, grant)
}

/** Holders as the registry names them today; a name of the token where the organisation is not on record. */
async function namesOf({ db }: Context, claims: GrantClaims | undefined) {
  const holders = claims?.authorization_details.flatMap(({ holders: listed }) => listed) ?? []
  const idOf = (address: string) => address.slice(address.lastIndexOf('/') + 1)
  const known = await findOrganisations(
    db.read,
    holders.map(({ id }) => idOf(id)),
  )
  return holders.map(({ id, name }) => known.get(idOf(id))?.name ?? { ja: name, en: name })
}

/** Each condition once, with every clause that it rests on. */
function conditionsIn(grant: GrantRecord, codes: ReadonlySet<string>): CertificateFacts['conditions'] {
  const merged = new Map<string, { text: { ja: string; en: string }; clauses: string[] }>()
  for (const id of new Set(grant.covered.map(({ termsId }) => termsId))) {
    const terms = findTerms(id)
    for (const { code, clause, text } of terms ? conditionsOf(terms, grant.purpose, 'recommended') : []) {
      if (!codes.has(code)) continue
      const same = merged.get(text.en) ?? { text, clauses: [] }
      merged.set(text.en, { text, clauses: [...same.clauses, clause] })
    }
  }
  return [...merged.values()]
}

/** The tree that proves the entry: the latest one signed, made now when none covers it yet. */
async function positionOf(ctx: Context, sequence: number): Promise<{ size: number; root: string }> {
  const { size, root } = await publishCheckpoint(ctx, sequence + 1)
  return { size, root: toBase64(root) }
}
