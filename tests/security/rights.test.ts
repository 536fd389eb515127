import { describe, expect, test } from 'vitest'
import { currentAgreement } from '../../policies/participation.ts'
import { type Scope, scopes } from '../../src/context.ts'
import type { Patent } from '../../src/patents/patent.ts'
import { relatedItem } from '../../src/patents/related/related-item.ts'
import { newInvitation } from '../../src/people/members/invitation.ts'
import { noticesOf, subscribed } from '../notices/outbox.ts'
import { dumpState } from '../support/check-registry.ts'
import { documentOf, type Operation } from '../support/document.ts'
import { declarationOf, declare, grant, grantOf, type Holders, openHolders } from '../support/holders.ts'
import { previewed, tableMapping, tableOf } from '../support/imports.ts'
import { claimPath, hanako, printed, worksAt } from '../support/inventors.ts'
import { namedOrganisation } from '../support/named.ts'
import { enrolled } from '../support/opening.ts'
import { patentOf } from '../support/patents.ts'
import { type SignedIn, signedIn } from '../support/people.ts'
import type { Answer, Caller } from '../support/registry.ts'

type Request = { path: string; body?: unknown; headers?: Record<string, string> }

/** `who`: nobody has to say who they are · anyone signed in · an officer of that organisation, or its viewer too · a steward. */
type Row =
  | { who: 'open' }
  | { who: 'anyone signed in'; request: (commons: Holders) => Promise<Request>; answers: number; session?: true }
  /** A person for oneself, never a machine client. */
  | { who: 'person'; request: (commons: Holders, person: SignedIn) => Promise<Request>; answers: number }
  | {
      who: 'kyoto' | 'toyota' | 'osaka'
      scope: Scope
      request: (registry: Holders) => Promise<Request>
      answers: number
      /** What an officer of another organisation hears, where it is not 403 or 404. `its own`: served, for its own. */
      stranger?: 'not_a_holder' | 'its own'
      /** Reading that stays open to viewers and in suspension. */
      reads?: true
      /** The document says that a person's session serves as well. */
      session?: true
      /** A question that is too long for an address. */
      changes?: 'nothing'
    }
  | { who: 'steward'; scope: Scope; request: (registry: Holders) => Promise<Request>; answers: number; session?: true }

const officerScopes = scopes.filter((scope) => scope !== 'registry:steward')
const client = { name: 'Portfolio system', role: 'officer', scopes: ['patents:write'] }

const relatedSeed = { kind: 'seed', title: { en: 'A result' } }

function areaOf() {
  const text = { ja: '領域', en: 'An area' }
  return { slug: 'an-area', title: text, summary: text, rules: [{ ipc: ['H01M'] }] }
}

/** A draft that Kyoto keeps. */
async function areaOfKyoto({ steward, kyoto }: Holders): Promise<string> {
  await steward.post('/v1/areas', { ...areaOf(), curator: kyoto.organisation.id })
  return '/v1/areas/an-area'
}

async function clientOf(registry: Holders): Promise<string> {
  const path = `/v1/organisations/${registry.kyoto.organisation.id}/clients`
  const { text } = await registry.steward.post(path, client)
  return String(JSON.parse(text).client_id)
}

async function grantToOsaka(registry: Holders) {
  await declare(registry.kyoto.officer, [registry.own.number])
  return grant(registry.osaka.officer, [registry.own.number])
}

const participation = {
  signatory: { name: '署名 花子', post: '理事' },
  agreement: { id: currentAgreement.id, sha256: currentAgreement.sha256 },
}
const applying = {
  name: { ja: '権利大学', en: 'University of Rights' },
  kind: 'university',
  country: 'JP',
  ...participation,
}

/** The path of an application of Nara's client, whose organisation is another one. */
async function applicationOfNara({ nara }: Holders): Promise<string> {
  const { text } = await nara.officer.post('/v1/organisations', applying)
  return `/v1/applications/${JSON.parse(text).application}`
}

async function versionOf(registry: Holders, path: string): Promise<string> {
  return (await registry.anonymous.get(path)).headers.get('ETag') ?? ''
}

/** A person who has taken a post at Kyoto, beside its first officer. */
async function memberOfKyoto(commons: Holders): Promise<string> {
  const organisation = commons.kyoto.organisation.id
  await signedIn(commons, { name: '入会 太郎', memberOf: organisation })
  return (await signedIn(commons, { name: '入会 花子', memberOf: organisation })).person.id
}

async function invitationOfKyoto({ kyoto }: Holders): Promise<string> {
  const path = `/v1/organisations/${kyoto.organisation.id}/invitations`
  return (await kyoto.officer.post(path, { role: 'viewer' })).as(newInvitation).id
}

async function affiliationWith(commons: Holders, { organisation }: Holders['kyoto']): Promise<string> {
  const person = await signedIn(commons, hanako)
  return worksAt(person, { organisation, officer: commons.anonymous })
}

function invented({ kyoto }: Holders): Promise<Patent> {
  return enrolled(kyoto.officer, [kyoto.organisation], printed())
}

/** A request that waits for Osaka's officer. */
async function requestAtOsaka(commons: Holders): Promise<string> {
  const { kyoto, osaka, own } = commons
  await declare(kyoto.officer, [own.number])
  const path = `/v1/organisations/${osaka.organisation.id}`
  const headers = { 'If-Match': await versionOf(commons, path) }
  await osaka.officer.patch(path, { grantApproval: 'officer_approves' }, headers)
  const person = await signedIn(commons, hanako)
  const affiliation = await worksAt(person, osaka)
  await osaka.officer.post(`/v1/affiliations/${affiliation}/confirmation`, { state: 'confirmed' })
  const { grantee: _, ...asked } = grantOf([own.number])
  return String(JSON.parse((await person.post('/v1/grants', asked)).text).request.id)
}

/** The path of an import of Kyoto with a preview. */
async function importOfKyoto({ kyoto, context }: Holders, mapped = true): Promise<string> {
  const file = tableOf([{ grant: '特許第4300001号', title: '電池', holders: kyoto.organisation.name.ja }])
  const fields = mapped ? { mapping: JSON.stringify(tableMapping) } : {}
  const { id } = await previewed(kyoto.officer, file, context, fields)
  return `/v1/imports/${id}`
}

const result = { kind: 'paper', title: { en: 'Ion transport' }, doi: '10.1038/nmat3066', on: '2026-11-20' }
const enquiry = { subject: 'licence', message: 'Is a licence possible?' }

async function enquiryOf({ own }: Holders, { officer }: Holders['kyoto']): Promise<string> {
  const { text } = await officer.post(`/v1/patents/${own.number}/enquiries`, enquiry)
  return `/v1/enquiries/${JSON.parse(text).id}`
}

async function mandateOfKyoto({ kyoto }: Holders, { organisation }: Holders['kyoto']): Promise<string> {
  const { text } = await kyoto.officer.post('/v1/mandates', { agent: organisation.id, scope: ['enrol'] })
  return `/v1/mandates/${JSON.parse(text).id}`
}

async function noticeToToyota({ kyoto, toyota, shared }: Holders): Promise<string> {
  await declare(kyoto.officer, [shared.number])
  return (await noticesOf(toyota.officer)).items[0]?.id ?? ''
}

/** The path of a delivery that was given up. */
async function deadLetterOfKyoto({ kyoto, db }: Holders): Promise<string> {
  const path = `/v1/webhooks/${(await subscribed(kyoto.officer)).id}`
  const { text } = await kyoto.officer.post(`${path}/test`, {})
  await db.write([{ sql: "update deliveries set state = 'dead'", args: [] }])
  return `${path}/deliveries/${JSON.parse(text).notice}`
}

/** The whole portfolio under one version of the terms. */
function choiceOf({ organisation }: Holders['kyoto']) {
  const { termsId, termsSha256 } = declarationOf([])
  return { organisation: organisation.id, rules: [{ where: {}, termsId, termsSha256 }] }
}

async function confirmationOf(kyoto: Holders['kyoto']) {
  const choice = choiceOf(kyoto)
  const { text } = await kyoto.officer.post('/v1/declarations/preview', choice)
  return { ...choice, effectSha256: JSON.parse(text).sha256, encumbrancesChecked: true }
}

/** A declaration that waits for an organisation known by name only. */
async function sharedWithNamed(commons: Holders): Promise<{ id: string; named: string }> {
  const named = await namedOrganisation(commons)
  const { number } = await enrolled(commons.kyoto.officer, [commons.kyoto.organisation, named])
  return { id: (await declare(commons.kyoto.officer, [number])).id, named: named.id }
}

/** The path of a consent that its named officer gave behind a link. */
async function answeredByLink(commons: Holders): Promise<string> {
  const { id, named } = await sharedWithNamed(commons)
  const path = `/v1/declarations/${id}/consent-links`
  const { url } = JSON.parse((await commons.kyoto.officer.post(path, { organisation: named })).text)
  const fields = { answer: 'given', name: '入会 次郎', post: '部長', email: 'jiro@example.co.jp', authority: 'yes' }
  await commons.anonymous.send('POST', String(url).slice(commons.url.length), {
    body: new URLSearchParams(fields).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: commons.url },
  })
  return `/v1/declarations/${id}/consents/${named}`
}

/** Who may do what, by operation. The document and this table name the same operations. */
const rights: Record<string, Row> = {
  authorizationServerMetadata: { who: 'open' },
  readMap: { who: 'open' },
  readOrganisationUse: { who: 'open' },
  readPatentUse: { who: 'open' },
  readBadge: { who: 'open' },
  listGrantReports: { who: 'open' },
  listPatentReports: { who: 'open' },
  listFields: { who: 'open' },
  readField: { who: 'open' },
  authzenConfiguration: { who: 'open' },
  checkNumber: { who: 'open' },
  checkNumbers: { who: 'open' },
  evaluate: { who: 'open' },
  evaluateMany: { who: 'open' },
  issueAccessToken: { who: 'open' },
  listDeclarations: { who: 'open' },
  listKeys: { who: 'open' },
  listLogEntries: { who: 'open' },
  listChanges: { who: 'open' },
  listAreas: { who: 'open' },
  readArea: { who: 'open' },
  listAreaPatents: { who: 'open' },
  listRelatedItems: { who: 'open' },
  listOrganisations: { who: 'open' },
  listPatents: { who: 'open' },
  listSuggestions: { who: 'open' },
  listTerms: { who: 'open' },
  proveGrant: { who: 'open' },
  proveLogConsistency: { who: 'open' },
  proveLogEntry: { who: 'open' },
  readCheckpoint: { who: 'open' },
  readDeclaration: { who: 'open' },
  readGrant: { who: 'open' },
  readHealth: { who: 'open' },
  readKey: { who: 'open' },
  readKeySet: { who: 'open' },
  readLogKey: { who: 'open' },
  readNumber: { who: 'open' },
  readNumbers: { who: 'open' },
  findOrganisationCandidates: { who: 'open' },
  listOrganisationNames: { who: 'open' },
  readAgreement: { who: 'open' },
  readOrganisation: { who: 'open' },
  readPatent: { who: 'open' },
  readReadiness: { who: 'open' },
  readRoot: { who: 'open' },
  readStatusList: { who: 'open' },
  readTerms: { who: 'open' },
  readDump: { who: 'open' },
  readPatentLinkset: { who: 'open' },
  readTermsDocument: { who: 'open' },
  readTile: { who: 'open' },
  verifyGrant: { who: 'open' },
  applyForOrganisation: {
    who: 'anyone signed in',
    session: true,
    answers: 201,
    request: async () => ({ path: '/v1/organisations', body: applying }),
  },
  listApplications: {
    who: 'anyone signed in',
    session: true,
    answers: 200,
    request: async () => ({ path: '/v1/applications' }),
  },
  sendApplicationAgain: {
    who: 'anyone signed in',
    session: true,
    answers: 200,
    request: async (commons) => ({ path: `${await applicationOfNara(commons)}/sending`, body: applying }),
  },
  withdrawApplication: {
    who: 'anyone signed in',
    session: true,
    answers: 204,
    request: async (commons) => ({ path: await applicationOfNara(commons) }),
  },
  acceptParticipation: {
    who: 'kyoto',
    session: true,
    scope: 'organisation:manage',
    answers: 201,
    request: async ({ kyoto }) => ({
      path: `/v1/organisations/${kyoto.organisation.id}/participation`,
      body: participation,
    }),
  },
  readParticipation: {
    who: 'kyoto',
    session: true,
    scope: 'organisation:manage',
    answers: 200,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/participation` }),
  },
  setOrganisationNames: {
    who: 'kyoto',
    session: true,
    scope: 'organisation:manage',
    answers: 200,
    request: async ({ kyoto }) => ({
      path: `/v1/organisations/${kyoto.organisation.id}/names`,
      body: { names: ['京大'] },
    }),
  },
  leaveCommons: {
    who: 'kyoto',
    session: true,
    scope: 'organisation:manage',
    answers: 200,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/leaving`, body: {} }),
  },
  changeOrganisation: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 200,
    request: async (registry) => {
      const path = `/v1/organisations/${registry.kyoto.organisation.id}`
      return {
        path,
        body: { grantApproval: 'officer_approves' },
        headers: { 'If-Match': await versionOf(registry, path) },
      }
    },
  },
  approveOrganisation: {
    who: 'steward',
    session: true,
    scope: 'registry:steward',
    answers: 200,
    request: async ({ nara }) => ({
      path: `/v1/organisations/${nara.organisation.id}/approval`,
      body: { state: 'suspended' },
    }),
  },
  listClients: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 200,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/clients` }),
  },
  createClient: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 201,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/clients`, body: client }),
  },
  revokeClient: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 204,
    request: async (registry) => ({
      path: `/v1/organisations/${registry.kyoto.organisation.id}/clients/${await clientOf(registry)}`,
    }),
  },
  listSessions: { who: 'person', answers: 200, request: async () => ({ path: '/v1/me/sessions' }) },
  endSession: {
    who: 'person',
    answers: 204,
    request: async (_, person) => {
      const { text } = await person.get('/v1/me/sessions')
      return { path: `/v1/me/sessions/${JSON.parse(text).items[0].id}` }
    },
  },
  invite: {
    who: 'kyoto',
    scope: 'organisation:manage',
    session: true,
    answers: 201,
    request: async ({ kyoto }) => ({
      path: `/v1/organisations/${kyoto.organisation.id}/invitations`,
      body: { role: 'officer' },
    }),
  },
  listInvitations: {
    who: 'kyoto',
    scope: 'organisation:manage',
    session: true,
    answers: 200,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/invitations` }),
  },
  withdrawInvitation: {
    who: 'kyoto',
    scope: 'organisation:manage',
    session: true,
    answers: 204,
    request: async (commons) => ({
      path: `/v1/organisations/${commons.kyoto.organisation.id}/invitations/${await invitationOfKyoto(commons)}`,
    }),
  },
  listMembers: {
    who: 'kyoto',
    scope: 'organisation:manage',
    session: true,
    answers: 200,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/members` }),
  },
  endMembership: {
    who: 'kyoto',
    scope: 'organisation:manage',
    session: true,
    answers: 204,
    request: async (commons) => ({
      path: `/v1/organisations/${commons.kyoto.organisation.id}/members/${await memberOfKyoto(commons)}`,
    }),
  },
  createImport: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 202,
    stranger: 'its own',
    request: async () => ({ path: '/v1/imports', body: [{ numbers: ['JP5985120B1'] }] }),
  },
  listImports: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    stranger: 'its own',
    request: async () => ({ path: '/v1/imports' }),
  },
  readImport: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    request: async (commons) => ({ path: await importOfKyoto(commons) }),
  },
  followImport: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    request: async (commons) => ({ path: `${await importOfKyoto(commons)}/events` }),
  },
  listImportRows: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    request: async (commons) => ({ path: `${await importOfKyoto(commons)}/rows` }),
  },
  downloadImportRows: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    request: async (commons) => ({ path: `${await importOfKyoto(commons)}/rows.csv` }),
  },
  mapImport: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 202,
    request: async (commons) => ({ path: `${await importOfKyoto(commons, false)}/mapping`, body: tableMapping }),
  },
  decideImport: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 202,
    request: async (commons) => ({
      path: `${await importOfKyoto(commons)}/decisions`,
      body: { rows: [{ position: 0, decision: { skip: true } }] },
    }),
  },
  commitImport: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 202,
    request: async (commons) => ({ path: `${await importOfKyoto(commons)}/commit` }),
  },
  dropImport: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 204,
    request: async (commons) => ({ path: await importOfKyoto(commons) }),
  },
  openArea: {
    who: 'steward',
    scope: 'registry:steward',
    answers: 201,
    request: async () => ({ path: '/v1/areas', body: areaOf() }),
  },
  changeArea: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    session: true,
    request: async (registry) => ({
      path: await areaOfKyoto(registry),
      body: { rules: [] },
      headers: { 'If-Match': '"v1"' },
    }),
  },
  publishArea: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    session: true,
    request: async (registry) => ({ path: `${await areaOfKyoto(registry)}/publication`, body: {} }),
  },
  addAreaItem: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 201,
    session: true,
    request: async (registry) => ({ path: `${await areaOfKyoto(registry)}/related-items`, body: relatedSeed }),
  },
  removeAreaItem: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 204,
    session: true,
    request: async (registry) => {
      const path = `${await areaOfKyoto(registry)}/related-items`
      const { id } = (await registry.kyoto.officer.post(path, relatedSeed)).as(relatedItem)
      return { path: `${path}/${id}` }
    },
  },
  addRelatedItem: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 201,
    session: true,
    request: async ({ own }) => ({ path: `/v1/patents/${own.number}/related-items`, body: relatedSeed }),
  },
  removeRelatedItem: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 204,
    session: true,
    request: async ({ own, kyoto }) => {
      const path = `/v1/patents/${own.number}/related-items`
      const { id } = (await kyoto.officer.post(path, relatedSeed)).as(relatedItem)
      return { path: `${path}/${id}` }
    },
  },
  registerPatent: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 201,
    request: async ({ kyoto, toyota }) => ({
      path: '/v1/patents',
      body: patentOf([kyoto.organisation, toyota.organisation]),
    }),
  },
  changePatent: {
    who: 'toyota',
    scope: 'patents:write',
    answers: 200,
    request: async (registry) => {
      const path = `/v1/patents/${registry.shared.number}`
      return { path, body: { family: 'F1' }, headers: { 'If-Match': await versionOf(registry, path) } }
    },
  },
  declare: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 201,
    stranger: 'not_a_holder',
    request: async ({ own }) => ({ path: '/v1/declarations', body: declarationOf([own.number]) }),
  },
  consentToDeclaration: {
    who: 'toyota',
    scope: 'declarations:write',
    answers: 200,
    request: async ({ kyoto, shared }) => {
      const { id } = await declare(kyoto.officer, [shared.number])
      return { path: `/v1/declarations/${id}/consents`, body: { answer: 'given' } }
    },
  },
  listExclusions: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 200,
    session: true,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/exclusions` }),
  },
  exclude: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 201,
    session: true,
    request: async ({ kyoto }) => ({
      path: `/v1/organisations/${kyoto.organisation.id}/exclusions`,
      body: { entries: [{ ipc: 'A01B' }] },
    }),
  },
  endExclusion: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 204,
    session: true,
    request: async ({ kyoto }) => {
      const path = `/v1/organisations/${kyoto.organisation.id}/exclusions`
      const { text } = await kyoto.officer.post(path, { entries: [{ ipc: 'A01B' }] })
      return { path: `${path}/${JSON.parse(text).items[0].id}` }
    },
  },
  previewDeclarations: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 200,
    session: true,
    changes: 'nothing',
    request: async ({ kyoto }) => ({ path: '/v1/declarations/preview', body: choiceOf(kyoto) }),
  },
  confirmDeclarations: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 201,
    session: true,
    request: async ({ kyoto }) => ({ path: '/v1/declaration-batches', body: await confirmationOf(kyoto) }),
  },
  readDeclarationBatch: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 200,
    session: true,
    request: async ({ kyoto }) => {
      const { text } = await kyoto.officer.post('/v1/declaration-batches', await confirmationOf(kyoto))
      return { path: `/v1/declaration-batches/${JSON.parse(text).id}` }
    },
  },
  retryDeclarationBatch: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 200,
    session: true,
    request: async ({ kyoto, db }) => {
      const { text } = await kyoto.officer.post('/v1/declaration-batches', await confirmationOf(kyoto))
      const { id } = JSON.parse(text)
      await db.write([{ sql: `update declaration_batches set state = 'set_aside' where id = ?`, args: [id] }])
      return { path: `/v1/declaration-batches/${id}/retry` }
    },
  },
  listConsents: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 200,
    session: true,
    request: async ({ kyoto, shared }) => ({
      path: `/v1/declarations/${(await declare(kyoto.officer, [shared.number])).id}/consents`,
    }),
  },
  makeConsentLink: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 201,
    session: true,
    request: async (commons) => {
      const { id, named } = await sharedWithNamed(commons)
      return { path: `/v1/declarations/${id}/consent-links`, body: { organisation: named } }
    },
  },
  revokeConsentLink: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 204,
    session: true,
    request: async (commons) => {
      const { id, named } = await sharedWithNamed(commons)
      const path = `/v1/declarations/${id}/consent-links`
      const { text } = await commons.kyoto.officer.post(path, { organisation: named })
      return { path: `${path}/${JSON.parse(text).id}` }
    },
  },
  remindCoOwner: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 201,
    session: true,
    request: async ({ kyoto, toyota, shared }) => {
      const { id } = await declare(kyoto.officer, [shared.number])
      return { path: `/v1/declarations/${id}/consents/${toyota.organisation.id}/reminder` }
    },
  },
  readConsentEvidence: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 200,
    session: true,
    request: async (commons) => ({ path: `${await answeredByLink(commons)}/evidence` }),
  },
  eraseSignatory: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 204,
    session: true,
    request: async (commons) => ({ path: `${await answeredByLink(commons)}/signatory` }),
  },
  assignPatent: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 201,
    session: true,
    request: async ({ kyoto, osaka, own }) => ({
      path: `/v1/patents/${own.number}/assignment`,
      body: { from: kyoto.organisation.id, to: osaka.organisation.id, on: '2026-11-20' },
    }),
  },
  recordStatus: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 201,
    session: true,
    request: async ({ own }) => ({
      path: `/v1/patents/${own.number}/statuses`,
      body: { value: 'granted', source: 'J-PlatPat', seenOn: '2026-11-20' },
    }),
  },
  listExpiring: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    session: true,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/expiring` }),
  },
  withdrawDeclaration: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 200,
    request: async ({ kyoto, own }) => {
      const { id } = await declare(kyoto.officer, [own.number])
      return { path: `/v1/declarations/${id}/withdrawal`, body: { reason: 'The patent was assigned.' } }
    },
  },
  reportResults: {
    who: 'osaka',
    scope: 'grants:issue',
    answers: 201,
    session: true,
    request: async (registry) => ({ path: `/v1/grants/${(await grantToOsaka(registry)).id}/reports`, body: result }),
  },
  withdrawReport: {
    who: 'osaka',
    scope: 'grants:issue',
    answers: 204,
    session: true,
    request: async (registry) => {
      const path = `/v1/grants/${(await grantToOsaka(registry)).id}/reports`
      return { path: `${path}/${JSON.parse((await registry.osaka.officer.post(path, result)).text).id}` }
    },
  },
  askHolder: {
    who: 'osaka',
    scope: 'grants:issue',
    answers: 201,
    stranger: 'its own',
    session: true,
    request: async ({ own }) => ({ path: `/v1/patents/${own.number}/enquiries`, body: enquiry }),
  },
  listEnquiries: {
    who: 'anyone signed in',
    answers: 200,
    session: true,
    request: async () => ({ path: '/v1/enquiries' }),
  },
  readEnquiry: {
    who: 'anyone signed in',
    answers: 200,
    session: true,
    request: async (commons) => ({ path: await enquiryOf(commons, commons.nara) }),
  },
  answerEnquiry: {
    who: 'kyoto',
    scope: 'declarations:write',
    answers: 200,
    session: true,
    request: async (commons) => ({
      path: `${await enquiryOf(commons, commons.osaka)}/answer`,
      body: { decision: 'answered', text: 'Yes.' },
    }),
  },
  withdrawEnquiry: {
    who: 'osaka',
    scope: 'grants:issue',
    answers: 200,
    session: true,
    request: async (commons) => ({ path: await enquiryOf(commons, commons.osaka) }),
  },
  issueGrant: {
    who: 'osaka',
    scope: 'grants:issue',
    answers: 201,
    session: true,
    request: async ({ kyoto, osaka, own }) => {
      await declare(kyoto.officer, [own.number])
      const grantee = { name: '入会 花子', organisation: osaka.organisation.id }
      return { path: '/v1/grants', body: grantOf([own.number], { grantee }) }
    },
  },
  listGrants: {
    who: 'osaka',
    scope: 'grants:read',
    answers: 200,
    stranger: 'its own',
    reads: true,
    session: true,
    request: async (registry) => {
      await grantToOsaka(registry)
      return { path: '/v1/grants' }
    },
  },
  revokeGrant: {
    who: 'osaka',
    scope: 'grants:revoke',
    answers: 200,
    session: true,
    request: async (registry) => ({
      path: `/v1/grants/${(await grantToOsaka(registry)).id}/revocation`,
      body: { reason: 'issued_in_error' },
    }),
  },
  suspendGrant: {
    who: 'kyoto',
    scope: 'grants:revoke',
    answers: 200,
    request: async (registry) => ({
      path: `/v1/grants/${(await grantToOsaka(registry)).id}/suspension`,
      body: { note: 'A report is being looked into.' },
    }),
  },
  reinstateGrant: {
    who: 'kyoto',
    scope: 'grants:revoke',
    answers: 200,
    request: async (registry) => {
      const { id } = await grantToOsaka(registry)
      await registry.steward.post(`/v1/grants/${id}/suspension`, { note: 'A report is being looked into.' })
      return { path: `/v1/grants/${id}/reinstatement`, body: { note: 'It was a mistake.' } }
    },
  },
  listMyAffiliations: { who: 'person', answers: 200, request: async () => ({ path: '/v1/me/affiliations' }) },
  assertAffiliation: {
    who: 'person',
    answers: 201,
    request: async ({ kyoto }) => ({
      path: '/v1/me/affiliations',
      body: { organisation: kyoto.organisation.id, from: '2026-04-01' },
    }),
  },
  listAffiliations: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 200,
    session: true,
    request: async ({ kyoto }) => ({ path: `/v1/organisations/${kyoto.organisation.id}/affiliations` }),
  },
  recordAffiliation: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 201,
    session: true,
    request: async ({ kyoto }) => ({
      path: `/v1/organisations/${kyoto.organisation.id}/affiliations`,
      body: { orcid: hanako.orcid, from: '2026-04-01' },
    }),
  },
  decideAffiliation: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 200,
    session: true,
    request: async (commons) => ({
      path: `/v1/affiliations/${await affiliationWith(commons, commons.kyoto)}/confirmation`,
      body: { state: 'confirmed' },
    }),
  },
  endAffiliation: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 200,
    session: true,
    request: async (commons) => ({
      path: `/v1/affiliations/${await affiliationWith(commons, commons.kyoto)}/end`,
      body: {},
    }),
  },
  listMyInventions: { who: 'person', answers: 200, request: async () => ({ path: '/v1/me/inventions' }) },
  claimInventorship: {
    who: 'person',
    answers: 201,
    request: async (commons) => ({ path: claimPath(await invented(commons)), body: {} }),
  },
  disputeRejection: {
    who: 'person',
    answers: 200,
    request: async (commons, person) => {
      const made = await invented(commons)
      await person.post(claimPath(made), {})
      await commons.kyoto.officer.post(claimPath(made, 'confirmation'), { state: 'rejected', reason: 'No.' })
      return { path: claimPath(made, 'dispute'), body: { statement: 'See the notebook.' } }
    },
  },
  withdrawClaim: {
    who: 'person',
    answers: 200,
    request: async (commons, person) => {
      const made = await invented(commons)
      await person.post(claimPath(made), {})
      return { path: claimPath(made, 'withdrawal') }
    },
  },
  listInventorClaims: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    session: true,
    request: async (commons) => ({ path: `/v1/patents/${(await invented(commons)).number}/inventor-claims` }),
  },
  decideInventorship: {
    who: 'kyoto',
    scope: 'patents:write',
    answers: 200,
    session: true,
    request: async (commons) => {
      const made = await invented(commons)
      await (await signedIn(commons, hanako)).post(claimPath(made), {})
      return { path: claimPath(made, 'confirmation'), body: { state: 'confirmed' } }
    },
  },
  recordMove: {
    who: 'person',
    answers: 201,
    request: async ({ kyoto }) => ({ path: '/v1/me/moves', body: { to: kyoto.organisation.id } }),
  },
  recordMoveTo: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 201,
    session: true,
    request: async ({ kyoto }) => ({
      path: `/v1/organisations/${kyoto.organisation.id}/moves`,
      body: { orcid: hanako.orcid, from: '2026-04-01' },
    }),
  },
  exportMe: { who: 'person', answers: 200, request: async () => ({ path: '/v1/me/export' }) },
  eraseMe: {
    who: 'person',
    answers: 204,
    request: async () => ({ path: '/v1/me/erasure', body: { confirm: 'erase everything' } }),
  },
  listMyGrantRequests: { who: 'person', answers: 200, request: async () => ({ path: '/v1/me/grant-requests' }) },
  listGrantRequests: {
    who: 'osaka',
    scope: 'grants:issue',
    answers: 200,
    session: true,
    request: async ({ osaka }) => ({ path: `/v1/organisations/${osaka.organisation.id}/grant-requests` }),
  },
  decideGrantRequest: {
    who: 'osaka',
    scope: 'grants:issue',
    answers: 200,
    session: true,
    request: async (commons) => ({
      path: `/v1/organisations/${commons.osaka.organisation.id}/grant-requests/${await requestAtOsaka(commons)}/decision`,
      body: { decision: 'approved' },
    }),
  },
  objectToGrant: {
    who: 'kyoto',
    scope: 'grants:revoke',
    answers: 201,
    session: true,
    request: async (commons) => ({
      path: `/v1/grants/${(await grantToOsaka(commons)).id}/objection`,
      body: { reason: 'breach', note: 'Use in production.' },
    }),
  },
  listNotices: {
    who: 'toyota',
    scope: 'grants:read',
    answers: 200,
    stranger: 'its own',
    reads: true,
    session: true,
    request: async (commons) => {
      await noticeToToyota(commons)
      return { path: '/v1/notices' }
    },
  },
  readNotice: {
    who: 'toyota',
    scope: 'organisation:manage',
    answers: 200,
    session: true,
    request: async (commons) => ({ path: `/v1/notices/${await noticeToToyota(commons)}/read` }),
  },
  listWebhooks: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 200,
    stranger: 'its own',
    session: true,
    request: async () => ({ path: '/v1/webhooks' }),
  },
  createWebhook: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 201,
    stranger: 'its own',
    session: true,
    request: async () => ({ path: '/v1/webhooks', body: { url: 'https://hooks.example/iriai' } }),
  },
  listMandates: { who: 'anyone signed in', answers: 200, request: async () => ({ path: '/v1/mandates' }) },
  readMandate: {
    who: 'anyone signed in',
    answers: 200,
    request: async (commons) => ({ path: await mandateOfKyoto(commons, commons.nara) }),
  },
  giveMandate: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 201,
    stranger: 'its own',
    session: true,
    request: async ({ osaka }) => ({
      path: '/v1/mandates',
      body: { agent: osaka.organisation.id, scope: ['enrol'] },
    }),
  },
  endMandate: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 200,
    session: true,
    request: async (commons) => ({ path: await mandateOfKyoto(commons, commons.toyota) }),
  },
  deleteWebhook: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 204,
    session: true,
    request: async ({ kyoto }) => ({ path: `/v1/webhooks/${(await subscribed(kyoto.officer)).id}` }),
  },
  testWebhook: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 202,
    session: true,
    request: async ({ kyoto }) => ({ path: `/v1/webhooks/${(await subscribed(kyoto.officer)).id}/test` }),
  },
  listDeliveries: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 200,
    session: true,
    request: async ({ kyoto }) => ({ path: `/v1/webhooks/${(await subscribed(kyoto.officer)).id}/deliveries` }),
  },
  retryDelivery: {
    who: 'kyoto',
    scope: 'organisation:manage',
    answers: 202,
    session: true,
    request: async (commons) => ({ path: `${await deadLetterOfKyoto(commons)}/retry` }),
  },
}

const closed = Object.entries(rights).flatMap(([operationId, row]) =>
  row.who === 'open' ? [] : [{ operationId, row }],
)

function ask(caller: Caller, method: string, { path, body, headers }: Request): Promise<Answer> {
  if (body === undefined) return caller.send(method, path, headers ? { headers } : {})
  const json = { 'Content-Type': 'application/json', ...headers }
  return caller.send(method, path, { body: JSON.stringify(body), headers: json })
}

async function operations() {
  const registry = await openHolders()
  byId ??= documentOf(registry).then((document) => new Map(document.operations.map((one) => [one.operationId, one])))
  return { registry, byId: await byId }
}

/** Every registry of this file serves the same document. */
let byId: Promise<Map<string, Operation>> | undefined

test('the table and the document name the same operations, and the document names the scopes of the table', async () => {
  const { byId } = await operations()
  expect([...byId.keys()].sort()).toEqual(Object.keys(rights).sort())
  for (const [operationId, row] of Object.entries(rights)) {
    if (operationId === 'issueAccessToken') continue
    expect(byId.get(operationId)?.security, operationId).toEqual(securityOf(row))
  }
})

function securityOf(row: Row): Record<string, string[]>[] | undefined {
  if (row.who === 'open') return undefined
  if (row.who === 'person') return [{ session: [] }]
  const token = { oauth: row.who === 'anyone signed in' ? [] : [row.scope] }
  return 'session' in row ? [token, { session: [] }] : [token]
}

describe.each(closed)('$operationId', ({ operationId, row }) => {
  test('refuses who may not, leaves everything as it was, and serves who may', async () => {
    const { registry, byId } = await operations()
    const method = byId.get(operationId)?.method ?? ''
    const person = await signedIn(registry, { name: '入会 花子' })
    const request = await row.request(registry, person)
    const refused = await refusedCallers(registry, row)
    const before = await dumpState(registry)
    for (const { who, caller, codes } of refused) {
      const answer = await ask(caller, method, request)
      const { code, errors } = answer.problem()
      expect(codes, `${who}: ${answer.status} ${answer.text}`).toContain(errors?.[0]?.code ?? code)
    }
    expect(await dumpState(registry)).toBe(before)
    expect((await ask(rightCaller(registry, row, person), method, request)).status).toBe(row.answers)
    if (method !== 'GET' && !('changes' in row)) expect(await dumpState(registry)).not.toBe(before)
  })
})

function rightCaller(registry: Holders, { who }: (typeof closed)[number]['row'], person: SignedIn): Caller {
  if (who === 'steward') return registry.steward
  if (who === 'person') return { ...person, send: withJson(person) }
  return registry[who === 'anyone signed in' ? 'nara' : who].officer
}

/** A change by a session is JSON, with a body or without. */
function withJson({ send }: SignedIn): Caller['send'] {
  return (method, path, init = {}) =>
    send(method, path, { ...init, headers: { 'Content-Type': 'application/json', ...init.headers } })
}

type Refused = { who: string; caller: Caller; codes: readonly string[] }

async function refusedCallers(registry: Holders, row: (typeof closed)[number]['row']): Promise<Refused[]> {
  const nobody: Refused = { who: 'nobody', caller: registry.anonymous, codes: ['unauthenticated'] }
  if (row.who === 'anyone signed in') return [nobody]
  if (row.who === 'person')
    return [nobody, { who: 'a machine client', caller: registry.kyoto.officer, codes: ['forbidden'] }]
  const lacking = officerScopes.filter((scope) => scope !== row.scope)
  const organisation = registry[row.who === 'steward' ? 'kyoto' : row.who].organisation
  const others: Refused[] = [
    nobody,
    {
      who: 'an officer without the scope',
      caller: await registry.member(organisation.id, { scopes: lacking }),
      codes: ['insufficient_scope'],
    },
  ]
  if (row.who === 'steward')
    return [...others, { who: 'an officer', caller: registry.kyoto.officer, codes: ['insufficient_scope'] }]
  if (row.stranger !== 'its own')
    others.push({
      who: 'an officer of another organisation',
      caller: registry.nara.officer,
      codes: row.stranger ? [row.stranger] : ['forbidden', 'not_found'],
    })
  if (row.reads) return others
  const viewer = await registry.member(organisation.id, { role: 'viewer' })
  return [...others, { who: 'a viewer', caller: viewer, codes: ['insufficient_scope'] }]
}

describe.each(
  closed.flatMap(({ operationId, row }) =>
    row.who === 'anyone signed in' || row.who === 'person' || row.who === 'steward' || row.reads
      ? []
      : [{ operationId, row, who: row.who }],
  ),
)('$operationId in suspension', ({ operationId, row, who }) => {
  test.each(['suspended', 'left'])(
    'refuses the officer of an organisation that is %s, until then served',
    async (state) => {
      const { registry, byId } = await operations()
      const method = byId.get(operationId)?.method ?? ''
      const request = await row.request(registry)
      const approval = `/v1/organisations/${registry[who].organisation.id}/approval`
      expect((await registry.steward.post(approval, { state })).status).toBe(200)
      const before = await dumpState(registry)
      const answer = await ask(registry[who].officer, method, request)
      expect([answer.status, answer.problem().code]).toEqual([403, 'forbidden'])
      expect(await dumpState(registry)).toBe(before)
      if (state === 'left' || request.headers) return
      await registry.steward.post(approval, { state: 'approved' })
      expect((await ask(registry[who].officer, method, request)).status).toBe(row.answers)
    },
  )
})

test.each(closed.flatMap(({ operationId, row }) => (row.who === 'kyoto' ? [{ operationId, row }] : [])))(
  '$operationId refuses a viewer, even one on whose record the scope was put',
  async ({ operationId, row }) => {
    const { registry, byId } = await operations()
    const viewer = await registry.member(registry.kyoto.organisation.id, { role: 'viewer' })
    const put = "update clients set scopes = ? where role = 'viewer'"
    await registry.db.write([{ sql: put, args: [JSON.stringify(officerScopes)] }])
    const request = await row.request(registry)
    const before = await dumpState(registry)
    const answer = await ask(viewer, byId.get(operationId)?.method ?? '', request)
    expect([answer.status, answer.problem().code]).toEqual([403, 'forbidden'])
    expect(await dumpState(registry)).toBe(before)
  },
)

test('a list of grants holds the grants of the caller’s institution alone', async () => {
  const registry = await openHolders()
  const { id } = await grantToOsaka(registry)
  expect((await registry.osaka.officer.get('/v1/grants')).text).toContain(id)
  for (const other of [registry.kyoto, registry.nara]) {
    const { status, text } = await other.officer.get('/v1/grants')
    expect([status, JSON.parse(text)]).toEqual([200, { items: [], next: null }])
  }
  expect((await registry.steward.get('/v1/grants')).problem().code).toBe('insufficient_scope')
})

test('a grant shows its token and whose it is to the institution’s readers and to stewards alone', async () => {
  const registry = await openHolders()
  const { id, token } = await grantToOsaka(registry)
  const { osaka } = registry
  const reader = await registry.member(osaka.organisation.id, { role: 'viewer' })
  const blind = await registry.member(osaka.organisation.id, { scopes: ['patents:write'] })
  const path = `/v1/grants/${id}`
  for (const caller of [osaka.officer, reader, registry.steward]) {
    expect((await caller.get(path, { Accept: 'application/jwt' })).text).toBe(token)
    expect((await caller.get(path)).text).toContain('入会 花子')
  }
  for (const caller of [registry.kyoto.officer, registry.nara.officer, registry.anonymous, blind]) {
    const open = await caller.get(path)
    expect(open.status).toBe(200)
    expect(open.text).not.toContain('入会 花子')
    expect(open.text).not.toContain(osaka.organisation.id)
    const closedAnswer = await caller.get(path, { Accept: 'application/jwt' })
    expect([401, 403, 404]).toContain(closedAnswer.status)
    expect(closedAnswer.text).not.toContain(token)
  }
})

test('an organisation that no steward has approved is shown to itself, its applicant and stewards alone', async () => {
  const registry = await openHolders()
  const input = { ...applying, name: { ja: '未承認大学', en: 'Aaa Unapproved' } }
  const { text } = await registry.nara.officer.post('/v1/organisations', input)
  const path = `/v1/organisations/${JSON.parse(text).id}`
  const member = await registry.member(String(JSON.parse(text).id))
  for (const caller of [registry.steward, member, registry.nara.officer])
    expect((await caller.get(path)).status).toBe(200)
  for (const caller of [registry.anonymous, registry.kyoto.officer, registry.toyota.officer]) {
    expect((await caller.get(path)).problem().code).toBe('not_found')
    expect((await caller.get('/v1/organisations')).text).not.toContain('Aaa Unapproved')
    expect((await caller.get('/v1/log/entries')).text).not.toContain('Aaa Unapproved')
  }
  expect((await registry.steward.get('/v1/organisations')).text).toContain('Aaa Unapproved')
})

test('an officer gives no scope that stewards keep, and a viewer none that writes', async () => {
  const { kyoto } = await openHolders()
  const path = `/v1/organisations/${kyoto.organisation.id}/clients`
  const steward = await kyoto.officer.post(path, { ...client, scopes: ['registry:steward'] })
  expect(steward.problem().code).toBe('forbidden')
  const viewer = await kyoto.officer.post(path, { ...client, role: 'viewer' })
  expect(viewer.problem().errors?.[0]?.code).toBe('viewer_reads_only')
  expect((await kyoto.officer.post(path, { ...client, role: 'steward' })).problem().code).toBe('invalid_input')
})

test('an organisation that held the patent in the past changes its record no more', async () => {
  const { kyoto, toyota, nara, anonymous } = await openHolders()
  const holders = [
    { organisation: kyoto.organisation.id, until: '2020-03-31' },
    { organisation: toyota.organisation.id, from: '2020-04-01' },
  ]
  const made = await toyota.officer.post('/v1/patents', patentOf([], { holders }))
  const path = new URL(made.headers.get('Link')?.slice(1).split('>')[0] ?? '').pathname
  const headers = { 'If-Match': (await anonymous.get(path)).headers.get('ETag') ?? '' }
  for (const { officer } of [kyoto, nara])
    expect((await officer.patch(path, { family: 'F1' }, headers)).problem().code).toBe('forbidden')
  expect((await toyota.officer.patch(path, { family: 'F1' }, headers)).status).toBe(200)
})
