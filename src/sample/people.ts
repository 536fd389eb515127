import { currentAgreement } from '../../policies/participation.ts'
import type { Provider } from '../config.ts'
import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { listApplicationsOf } from '../organisations/application-queries.ts'
import { applyForOrganisation } from '../organisations/apply.ts'
import { findOrganisation, listOrganisations } from '../organisations/queries.ts'
import { linkIdentity } from '../people/link.ts'
import { invite } from '../people/members/invite.ts'
import { acceptInvitation } from '../people/members/join.ts'
import { becomeSteward, inviteSteward } from '../people/members/steward.ts'
import { listStewards } from '../people/members/steward-queries.ts'
import { listMemberships } from '../people/queries.ts'
import { welcome } from '../people/sign-in.ts'
import type { SampleAccount, SampleClient } from './identity-provider.ts'
import { sampleNamedOrganisation } from './named-organisation.ts'

type SamplePerson = {
  name: string
  note: string
  /** Below the range that ORCID gives out, so that it is nobody's. */
  orcid: string
  /** The account at the sample's Kyoto University. */
  kyotoAccount?: string
  /** ROR id, or the whole name, of the organisation whose officer the person is. */
  officerOf?: string
  steward?: true
  /** What the person has applied for. */
  appliesFor?: typeof sampleNamedOrganisation
}

/** Invented people for the trial. */
export const samplePeople: readonly SamplePerson[] = [
  {
    name: '見本 一郎',
    note: '発明者・京都大学 / inventor, Kyoto University',
    orcid: '0000-0000-1000-1008',
    kyotoAccount: 'ichiro@kyoto-university.example',
  },
  {
    name: '見本 京子',
    note: '京都大学の担当者 / officer, Kyoto University',
    orcid: '0000-0000-1000-2000',
    kyotoAccount: 'kyoko@kyoto-university.example',
    officerOf: '02kpeqv85',
  },
  {
    name: '見本 科子',
    note: '東京科学大学の担当者 / officer, Institute of Science Tokyo',
    orcid: '0000-0000-1000-3003',
    officerOf: '05dqf9946',
  },
  {
    name: '見本 豊',
    note: 'トヨタ自動車の担当者 / officer, Toyota Motor Corporation',
    orcid: '0000-0000-1000-4006',
    officerOf: '02zqm6r10',
  },
  {
    name: '見本 託子',
    note: '見本技術移転機関の担当者 / officer, Sample Technology Licensing Office',
    orcid: '0000-0000-1000-6001',
    officerOf: '見本技術移転機関（架空）',
  },
  { name: '見本 阪子', note: '大阪大学の研究者 / researcher, The University of Osaka', orcid: '0000-0000-1000-5009' },
  {
    name: '見本 司',
    note: '登録簿の運営者 / steward of the registry',
    orcid: '0000-0000-1000-8007',
    steward: true,
  },
  {
    name: '見本 電次',
    note: '見本電機株式会社の参加を申し込んだ人 / applied for Sample Electric Co., Ltd.',
    orcid: '0000-0000-1000-7004',
    appliesFor: sampleNamedOrganisation,
  },
]

const kyoto = '02kpeqv85'

/** The two ways to sign in of the trial, and what its identity provider has to know about them. */
export function sampleProviders(registryUrl: string, secret: () => string) {
  const secrets = { orcid: secret(), kyoto: secret() }
  const common = { scopes: ['openid'], claims: {} }
  const providers = (issuer: string): Provider[] => [
    {
      ...common,
      id: 'orcid',
      name: { ja: 'ORCID（見本）', en: 'ORCID (sample)' },
      issuer,
      clientId: 'orcid',
      clientSecret: secrets.orcid,
      tokenEndpointAuthMethod: 'client_secret_post',
      kind: 'orcid',
    },
    {
      ...common,
      id: 'kyoto-university',
      name: { ja: '京都大学（見本）', en: 'Kyoto University (sample)' },
      issuer,
      clientId: 'kyoto-university',
      clientSecret: secrets.kyoto,
      tokenEndpointAuthMethod: 'client_secret_basic',
      kind: 'institution',
      organisation: kyoto,
    },
  ]
  const clients = (issuer: string): SampleClient[] =>
    providers(issuer).map(({ id, clientId, clientSecret = '', tokenEndpointAuthMethod }) => ({
      clientId,
      clientSecret,
      redirectUris: [`${registryUrl}/sign-in/${id}/callback`],
      authMethod: tokenEndpointAuthMethod === 'client_secret_post' ? 'client_secret_post' : 'client_secret_basic',
      accounts: id === 'orcid' ? samplePeople.map(orcidAccount) : samplePeople.flatMap(kyotoAccount),
    }))
  return { providers, clients }
}

/** Makes the sample's people known to a registry that holds the sample; what is there already stays. */
export async function enrolSamplePeople(ctx: Context, issuer: string): Promise<void> {
  for (const { name, orcid: subject, kyotoAccount: account, officerOf, steward, appliesFor } of samplePeople) {
    const orcid = `https://orcid.org/${subject}`
    const person = await welcome(ctx, { issuer, subject, name, orcid }, 'ja')
    const actor = { kind: 'person', id: person.id, orcid, memberships: [], actingFor: undefined } as const
    if (account !== undefined)
      await linkIdentity({ ...ctx, actor }, { issuer, subject: account, name, orcid: undefined }).catch(unlessFull)
    if (steward) await makeSteward(ctx, actor)
    if (appliesFor) await applyOnce({ ...ctx, actor }, person.id, appliesFor)
    if (officerOf === undefined || (await listMemberships(ctx.db.read, person.id)).length > 0) continue
    const [named] = await listOrganisations(ctx.db.read, { q: officerOf, includeApplied: false }, undefined, 1)
    const organisation = named?.id ?? officerOf
    // A trial that was begun before its organisation came into the sample goes on without.
    if (!(await findOrganisation(ctx.db.read, organisation))) continue
    const { url } = await invite(ctx, organisation, { role: 'officer' })
    await acceptInvitation({ ...ctx, actor }, url.slice(url.lastIndexOf('/') + 1))
  }
}

/** Whoever is a steward already stays one. */
async function makeSteward(ctx: Context, actor: Extract<Context['actor'], { kind: 'person' }>): Promise<void> {
  if ((await listStewards(ctx.db.read)).some(({ id }) => id === actor.id)) return
  const { url } = await inviteSteward(ctx)
  await becomeSteward({ ...ctx, actor }, url.slice(url.lastIndexOf('/') + 1))
}

/** One application of this person, whatever became of it. */
async function applyOnce(ctx: Context, personId: string, proposed: typeof sampleNamedOrganisation): Promise<void> {
  if ((await listApplicationsOf(ctx.db.read, personId, 1)).length > 0) return
  await applyForOrganisation(ctx, {
    ...proposed,
    signatory: { name: '見本 太郎', post: '知的財産部長' },
    agreement: { id: currentAgreement.id, sha256: currentAgreement.sha256 },
  })
}

/** A trial begun on many ports has linked as many accounts as a person may have; it goes on with ORCID. */
function unlessFull(error: unknown): void {
  if (!(error instanceof RegistryError && error.code === 'not_allowed_now')) throw error
}

function orcidAccount({ orcid, name, note }: SamplePerson): SampleAccount {
  return { id: orcid, name, note }
}

function kyotoAccount({ kyotoAccount: id, name, note }: SamplePerson): SampleAccount[] {
  if (id === undefined) return []
  const claims = {
    eduperson_scoped_affiliation: ['faculty@kyoto-university.example'],
    schac_home_organization: 'kyoto-university.example',
  }
  return [{ id, name, note, claims }]
}
