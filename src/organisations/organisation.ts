import { z } from '@hono/zod-openapi'
import type { Beneficiary } from '../../policies/vocabulary.ts'
import { bilingual, countryCode, line, time } from '../shapes.ts'
import { corporateNumber } from './corporate-number.ts'
import { ror } from './ror.ts'

export const organisationKinds = [
  'university',
  'research_institute',
  'hospital',
  'nonprofit',
  'government',
  'company',
  'tlo',
] as const
export const organisationKind = z.enum(organisationKinds)
export type OrganisationKind = z.infer<typeof organisationKind>

/**
 * `named → applied → approved → (suspended) → left`. Only an approved one declares or is named in a grant. `named`: a
 * patent names it as a holder, and it has not asked to join; it has no members.
 */
export const organisationState = z.enum(['named', 'applied', 'approved', 'suspended', 'left'])
export type OrganisationState = z.infer<typeof organisationState>

/** Whether grants that its people ask for are issued at once, or wait for one of its officers. */
export const grantApproval = z.enum(['automatic', 'officer_approves'])

/** RFC 5321: a path has up to 256 characters, with its brackets. */
const noticeAddress = z.email().max(254)

const nameCharactersMax = 300
const names = z.object({ ja: line(nameCharactersMax), en: line(nameCharactersMax) })

export const organisationInput = z
  .object({
    name: names,
    kind: organisationKind,
    country: countryCode,
    ror: ror.exactOptional(),
    corporateNumber: corporateNumber.exactOptional(),
  })
  .strict()
export type OrganisationInput = z.infer<typeof organisationInput>

export const organisationChange = z
  .object({
    name: names,
    kind: organisationKind,
    ror: ror,
    corporateNumber: corporateNumber,
    grantApproval,
    noticeAddress: noticeAddress
      .nullable()
      .openapi({ description: 'Where notices go by e-mail; null: nowhere. Officers alone set and see it.' }),
  })
  .partial()
  .strict()
  .openapi('OrganisationChange', { example: { name: { ja: '京都大学', en: 'Kyoto University' } } })
export type OrganisationChange = z.infer<typeof organisationChange>

export const organisationExample = {
  id: '01a200d7-7946-7101-bf95-f67a303e1c8f',
  ror: 'https://ror.org/02kpeqv85',
  corporateNumber: '3130005005532',
  name: { ja: '京都大学', en: 'Kyoto University' },
  kind: 'university',
  country: 'JP',
  state: 'approved',
  since: '2026-11-04T01:00:00.000Z',
}

/** The public record. */
export const organisation = z
  .object({
    id: z.uuid(),
    ror: z.string().exactOptional(),
    corporateNumber: z.string().exactOptional(),
    name: bilingual,
    kind: organisationKind,
    country: z.string(),
    state: organisationState,
    grantApproval: grantApproval.exactOptional().openapi({ description: 'Default: `automatic`.' }),
    since: time,
    noticeAddress: noticeAddress.exactOptional().openapi({ description: 'Shown to its own officers alone.' }),
    opened: z
      .object({ declarations: z.number().int(), patents: z.number().int() })
      .exactOptional()
      .openapi({ description: 'Declarations in force and the patents they open.' }),
  })
  .openapi('Organisation', { example: organisationExample })
export type Organisation = z.infer<typeof organisation>

/** An organisation goes by a few other names; a hundred would be a list of somebody else's. */
export const ownNamesMax = 30

export const ownNamesInput = z
  .object({ names: z.array(line(nameCharactersMax)).max(ownNamesMax) })
  .strict()
  .openapi('OwnNamesInput', { example: { names: ['京大', 'Kyoto Univ.'] } })

export const organisationNameExample = { name: '京大', source: 'own' }

/** A name under which an organisation is found. `source`: its record, a former record, its officers, an import. */
export const organisationName = z
  .object({ name: z.string(), source: z.enum(['record', 'former', 'own', 'import']) })
  .openapi('OrganisationName', { example: organisationNameExample })
export type OrganisationName = z.infer<typeof organisationName>

/** An organisation with what the use cases need besides the public record. `shownAs`: to others, while it applies. */
export type OrganisationRecord = { organisation: Organisation; version: number; shownAs?: ShownAs }
export const shownAs = z.enum(['named', 'left'])
export type ShownAs = z.infer<typeof shownAs>

/** The record as others see it; undefined while there is none for them: it has only applied. */
export function shownToOthers({ organisation, shownAs }: OrganisationRecord): Organisation | undefined {
  if (organisation.state !== 'applied') return organisation
  return shownAs === undefined ? undefined : { ...organisation, state: shownAs }
}

/** Under which class the terms see an organisation. A TLO is a business that licenses: it is read as a company. */
export function beneficiaryOf(kind: OrganisationKind): Beneficiary {
  return kind === 'tlo' ? 'company' : kind
}

export function isForProfit({ kind }: Pick<Organisation, 'kind'>): boolean {
  return beneficiaryOf(kind) === 'company'
}
