import { z } from 'zod'
import { findTerms, type TermsId } from '../../policies/terms.ts'
import { createClient, createSteward } from '../clients/create.ts'
import type { Context, Scope } from '../context.ts'
import { consentFor } from '../declarations/consent.ts'
import type { Declaration } from '../declarations/declaration.ts'
import { declareFor } from '../declarations/declare.ts'
import { withdrawDeclaration } from '../declarations/withdraw.ts'
import { issueFor } from '../grants/issue.ts'
import { revokeGrant } from '../grants/revoke.ts'
import { announce } from '../log/announce.ts'
import { commit } from '../log/commit.ts'
import { giveMandateFor } from '../mandates/give.ts'
import { applyForOrganisation } from '../organisations/apply.ts'
import { insertNamedOrganisation } from '../organisations/name-queries.ts'
import { organisationInput } from '../organisations/organisation.ts'
import { patentInput } from '../patents/patent.ts'
import { registerPatent } from '../patents/register.ts'
import { approveOrganisation } from '../standing/approve-organisation.ts'
import { openSampleAreas } from './areas.ts'
import { sampleNamedOrganisation } from './named-organisation.ts'
import organisations from './organisations.json' with { type: 'json' }
import patents from './patents.json' with { type: 'json' }

export type SampleCredentials = {
  clients: {
    as: string
    organisation: string
    organisation_id: string | null
    role: string
    client_id: string
    client_secret: string
    scopes: readonly string[]
  }[]
}

const sampleOrganisations = z.array(
  organisationInput.omit({ ror: true, corporateNumber: true }).extend({
    slug: z.string(),
    ror: z.string().nullable(),
    corporateNumber: z.string().nullable(),
  }),
)
const samplePatents = z.array(patentInput)
type SamplePatent = z.infer<typeof patentInput>

/** The invented acts begin on this day, the day after the terms were published. */
const firstDay = '2026-11-02'
/** Writes under way at once; an embedded file joins them into one commit, a remote database overlaps round trips. */
const writesAtOnce = 8
/** What each holder opens: enough to browse, few enough to start in seconds. */
const patentsPerDeclaration = 30

/**
 * Fills an empty registry: real patents and organisations, invented declarations and grants.
 * @param at gives the registry's own context at a moment
 * @returns the credentials of the sample's clients, or undefined when the registry was not empty
 */
export async function loadSample(at: (now: Date) => Context, now: Date): Promise<SampleCredentials | undefined> {
  const day = (days: number) =>
    at(new Date(Math.min(Date.parse(`${firstDay}T09:00:00Z`) + days * 86_400_000, now.getTime())))
  const [begun] = await at(now).db.read.rows('select 1 from organisations limit 1', [])
  if (begun) return undefined
  await markSample(day(0))
  await announce(day(0))
  const ids = await enrolOrganisations(day(0))
  await nameOrganisation(day(0))
  await mandateSample(day(1), ids)
  const enrolled = await enrolPatents(day(1), ids)
  await declareSample(day, ids, enrolled)
  await grantSample(at(now), ids, enrolled)
  await openSampleAreas(day(7))
  return credentials(at(now), ids)
}

type Ids = ReadonlyMap<string, string>

async function markSample(ctx: Context): Promise<void> {
  await commit(ctx, {
    write: [{ sql: "insert into registry_facts (name, value) values ('sample', ?)", args: [ctx.now.toISOString()] }],
    events: [{ event: 'sample_loaded', subject: 'registry', source: 'sample' }],
    answer: undefined,
  })
}

async function enrolOrganisations(ctx: Context): Promise<Ids> {
  const ids = new Map<string, string>()
  for (const { slug, ror, corporateNumber, ...rest } of sampleOrganisations.parse(organisations)) {
    const input = organisationInput.parse({
      ...rest,
      ...(ror === null ? {} : { ror }),
      ...(corporateNumber === null ? {} : { corporateNumber }),
    })
    const { id } = await applyForOrganisation(ctx, input)
    await approveOrganisation(ctx, id, { state: 'approved' })
    ids.set(slug, id)
  }
  return ids
}

/** Two universities let the invented licensing office act for them. */
async function mandateSample(ctx: Context, ids: Ids): Promise<void> {
  const agent = idOf(ids, 'sample-tlo')
  await giveMandateFor(ctx, idOf(ids, 'kyoto-university'), { agent, scope: ['enrol', 'declare', 'consent'] })
  await giveMandateFor(ctx, idOf(ids, 'science-tokyo'), { agent, scope: ['consent'], until: '2028-03-31' })
}

/** One that nobody has enrolled: known by name only. */
async function nameOrganisation(ctx: Context): Promise<void> {
  const id = ctx.newId()
  await commit(ctx, {
    write: insertNamedOrganisation({ id, ...sampleNamedOrganisation }, [], ctx.now.toISOString()),
    events: [{ event: 'organisation_named', subject: id, source: 'sample' }],
    answer: undefined,
  })
}

async function enrolPatents(ctx: Context, ids: Ids): Promise<SamplePatent[]> {
  const inputs = samplePatents.parse(patents)
  for (let first = 0; first < inputs.length; first += writesAtOnce) {
    const together = inputs.slice(first, first + writesAtOnce)
    await Promise.all(
      together.map((input) =>
        registerPatent(ctx, {
          ...input,
          holders: input.holders.map((holder) => ({ ...holder, organisation: idOf(ids, holder.organisation) })),
        }),
      ),
    )
  }
  return inputs
}

async function declareSample(
  day: (days: number) => Context,
  ids: Ids,
  enrolled: readonly SamplePatent[],
): Promise<void> {
  const declare = async (
    days: number,
    terms: TermsId,
    slug: string,
    holders: readonly string[],
    skip = 0,
    count = patentsPerDeclaration,
  ) => {
    const numbers = heldExactlyBy(enrolled, holders).slice(skip, skip + count)
    const declared = await declareFor(day(days), idOf(ids, slug), {
      termsId: terms,
      termsSha256: findTerms(terms)?.sha256 ?? '',
      numbers,
      encumbrancesChecked: true,
    })
    return { declared, days }
  }
  const consent = async ({ declared, days }: { declared: Declaration; days: number }) => {
    for (const { organisation } of declared.consents)
      await consentFor(day(days + 2), organisation.id, declared.id, { answer: 'given' })
  }
  await declare(2, 'RPC-ACADEMIC-1.0', 'kyoto-university', ['kyoto-university'])
  await declare(2, 'RPC-ACADEMIC-1.0', 'university-of-tokyo', ['university-of-tokyo'])
  await declare(3, 'RPC-ACADEMIC-1.0', 'nims', ['nims'])
  await declare(3, 'RPC-OPEN-1.0', 'toyota', ['toyota'])
  await declare(3, 'RPC-OPEN-1.0', 'aist', ['aist'])
  await declare(4, 'RPC-OPEN-1.0', 'idemitsu', ['idemitsu'])
  await declare(4, 'RPC-OPEN-1.0', 'mitsui-kinzoku', ['mitsui-kinzoku'])
  await declare(4, 'RPC-OPEN-1.0', 'nasa', ['nasa'])
  await declare(4, 'RPC-RECIPROCAL-1.0', 'panasonic-ip', ['panasonic-ip'])
  await declare(5, 'RPC-RECIPROCAL-1.0', 'samsung-electronics', ['samsung-electronics'], 0, 12)
  await declare(5, 'RPC-INVENTOR-1.0', 'kyoto-university', ['kyoto-university'])
  await declare(6, 'RPC-INVENTOR-1.0', 'osaka-metropolitan-university', ['osaka-metropolitan-university'])
  const shared = ['toyota', 'science-tokyo']
  const half = Math.ceil(heldExactlyBy(enrolled, shared).length / 2)
  await consent(await declare(6, 'RPC-OPEN-1.0', 'toyota', shared, 0, half))
  await declare(8, 'RPC-OPEN-1.0', 'toyota', shared, half)
  const withdrawn = await declare(5, 'RPC-OPEN-1.0', 'kawasaki-heavy', ['kawasaki-heavy'], 0, 10)
  await withdrawDeclaration(day(12), withdrawn.declared.id, '見本の撤回です。 / A withdrawal, for the sample.')
}

async function grantSample(ctx: Context, ids: Ids, enrolled: readonly SamplePatent[]): Promise<void> {
  const accept = (...terms: TermsId[]) => terms.map((id) => ({ id, sha256: findTerms(id)?.sha256 ?? '' }))
  const first = (slug: string, count: number) => heldExactlyBy(enrolled, [slug]).slice(0, count)
  await issueFor(ctx, idOf(ids, 'osaka-university'), {
    kind: 'research',
    numbers: [...first('kyoto-university', 3), ...first('toyota', 4), ...first('idemitsu', 2)],
    purpose: 'basic_research',
    mode: 'with',
    project: { title: '硫化物ガラスのイオン伝導（見本）' },
    grantee: { name: '見本 花子' },
    acceptTerms: accept('RPC-ACADEMIC-1.0', 'RPC-OPEN-1.0'),
    allOrNothing: false,
  })
  await issueFor(ctx, idOf(ids, 'honda'), {
    kind: 'research',
    numbers: first('toyota', 3),
    purpose: 'evaluation',
    mode: 'on',
    project: { title: 'Evaluation of solid electrolytes (sample)' },
    grantee: { name: 'Sample project' },
    acceptTerms: accept('RPC-OPEN-1.0'),
    allOrNothing: true,
  })
  const mistaken = await issueFor(ctx, idOf(ids, 'tohoku-university'), {
    kind: 'research',
    numbers: first('aist', 2),
    purpose: 'verification',
    mode: 'on',
    project: { title: '追試（見本）' },
    grantee: { name: '見本 太郎' },
    acceptTerms: accept('RPC-OPEN-1.0'),
    allOrNothing: true,
  })
  await revokeGrant(ctx, mistaken.id, { reason: 'issued_in_error' })
}

async function credentials(ctx: Context, ids: Ids): Promise<SampleCredentials> {
  const clients: SampleCredentials['clients'] = []
  for (const [as, slug, scopes] of members) {
    const made = await createClient(ctx, idOf(ids, slug), {
      name: `Sample: ${as}`,
      role: 'officer',
      scopes: [...scopes],
    })
    const organisation = sampleOrganisations.parse(organisations).find((one) => one.slug === slug)?.name.en ?? slug
    clients.push({
      as,
      organisation,
      organisation_id: made.organisation,
      role: made.role,
      client_id: made.client_id,
      client_secret: made.client_secret ?? '',
      scopes: made.scopes,
    })
  }
  const steward = await createSteward(ctx, 'Sample: steward')
  clients.push({
    as: 'steward',
    organisation: 'Iriai',
    organisation_id: null,
    role: steward.role,
    client_id: steward.client_id,
    client_secret: steward.client_secret ?? '',
    scopes: steward.scopes,
  })
  return { clients }
}

const office: readonly Scope[] = ['patents:write', 'declarations:write', 'grants:revoke', 'organisation:manage']
const institution: readonly Scope[] = ['grants:issue', 'grants:read', 'grants:revoke']
const members: readonly (readonly [string, string, readonly Scope[]])[] = [
  ['university officer', 'kyoto-university', [...office, ...institution.slice(0, 2)]],
  ['co-owning university officer', 'science-tokyo', office],
  ['company officer', 'toyota', [...office, ...institution.slice(0, 2)]],
  ['researcher’s institution', 'osaka-university', institution],
  ['agent of two universities', 'sample-tlo', ['patents:write', 'declarations:write', 'organisation:manage']],
]

/** Numbers of living patents whose holders are exactly these, in the order of the file. */
function heldExactlyBy(enrolled: readonly SamplePatent[], slugs: readonly string[]): string[] {
  const wanted = [...slugs].sort().join()
  return enrolled
    .filter(({ holders, status }) => {
      const held = holders.map(({ organisation }) => organisation).sort()
      return (
        held.join() === wanted &&
        (status.value === 'granted' || status.value === 'pending' || status.value === 'unknown')
      )
    })
    .flatMap(({ numbers }) => numbers.slice(0, 1))
}

function idOf(ids: Ids, slug: string): string {
  const id = ids.get(slug)
  if (id === undefined) throw new Error(`the sample has no organisation ${slug}`)
  return id
}
