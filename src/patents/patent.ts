import { z } from '@hono/zod-openapi'
import { legalStatus } from '../../policies/vocabulary.ts'
import { organisationKind } from '../organisations/organisation.ts'
import { orcid } from '../people/orcid.ts'
import { bilingual, date, line, time } from '../shapes.ts'
import { patentNumber, patentNumberExample } from './numbers/number.ts'
import { numberInputCharactersMax } from './numbers/parse.ts'

/** A right has an application, a few publications and a grant number; twenty holds every correction as well. */
export const numbersPerPatentMax = 20
/** Looked up anew every month of a life of twenty years, and as many events again. The facts row of a patent holds all. */
export const statusesPerPatentMax = 500
/** The facts of each member name all others; the widest families of one invention have some dozens of offices. */
export const membersPerFamilyMax = 200
/** The largest joint ownership met in practice has about a dozen names. */
export const holdersPerPatentMax = 50
export const inventorsPerPatentMax = 200
/** FI symbols of one patent run to several dozen. */
export const symbolsPerSchemeMax = 300
export const titleCharactersMax = 1000
export const nameCharactersMax = 200
const sourceCharactersMax = 200

export const encumbranceKind = z.enum(['exclusive_licence', 'option', 'pledge', 'government_rights'])

export const encumbrance = z
  .object({
    kind: encumbranceKind,
    researchReserved: z.boolean().openapi({ description: 'The holder kept the right to let others do research.' }),
    from: date.exactOptional(),
    until: date.exactOptional(),
  })
  .openapi('Encumbrance')

const title = z
  .object({ ja: line(titleCharactersMax).exactOptional(), en: line(titleCharactersMax).exactOptional() })
  .strict()
  .refine((given) => given.ja !== undefined || given.en !== undefined, { message: 'a title in ja or en is needed' })

const holderInput = z
  .object({
    organisation: z.string().max(200).openapi({ description: 'Id or ROR id of a registered organisation.' }),
    share: z
      .string()
      .regex(/^[1-9]\d{0,5}\/[1-9]\d{0,5}$/)
      .exactOptional()
      .openapi({ description: 'A fraction, as the register prints it.', example: '1/2' }),
    from: date.exactOptional(),
    until: date.exactOptional(),
  })
  .strict()

const inventorInput = z
  .object({
    name: line(nameCharactersMax).openapi({ description: 'As printed.' }),
    romanised: line(nameCharactersMax).exactOptional(),
    orcid: orcid.exactOptional(),
  })
  .strict()

const symbols = z.array(z.string().max(60)).max(symbolsPerSchemeMax).default([])

const statusInput = z
  .object({
    value: legalStatus,
    on: date.exactOptional().openapi({ description: 'Since when; by default the date that the status implies.' }),
    source: line(sourceCharactersMax),
    seenOn: date.openapi({ description: 'The day on which the source said so.' }),
  })
  .strict()

const members = {
  title,
  holders: z.array(holderInput).min(1).max(holdersPerPatentMax),
  inventors: z.array(inventorInput).max(inventorsPerPatentMax),
  classes: z.object({ ipc: symbols, cpc: symbols, fi: symbols }).strict(),
  priorityOn: date,
  filedOn: date,
  publishedOn: date,
  grantedOn: date,
  expires: z
    .object({ on: date, source: line(sourceCharactersMax), seenOn: date })
    .strict()
    .openapi({ description: 'End of term as a source records it. Without it the end is estimated and called so.' }),
  family: line(100).openapi({ description: 'Any id that the members of the family share.' }),
  status: statusInput,
  encumbrances: z.array(encumbrance.strict()).max(20),
  numbers: z.array(z.string().min(1).max(numberInputCharactersMax)).min(1).max(numbersPerPatentMax),
}

const example = {
  numbers: ['特許第5985120号', 'JP5985120B1'],
  title: {
    ja: 'リチウムイオン電池用硫化物系固体電解質及び固体電解質化合物',
    en: 'Sulfide solid electrolyte and solid electrolyte compound for lithium ion battery',
  },
  holders: [{ organisation: '01a200d7-78bc-75aa-ac65-12afe86dff74' }],
  inventors: [{ name: '宮下 徳彦' }, { name: '井手 仁彦' }],
  classes: { ipc: ['H01M10/0562'], cpc: [], fi: [] },
  priorityOn: '2014-12-26',
  filedOn: '2015-12-25',
  grantedOn: '2016-09-06',
  status: { value: 'granted', source: 'J-PlatPat', seenOn: '2026-11-01' },
}

export const patentInput = z
  .object({
    numbers: members.numbers.openapi({ description: 'Every number of the right, in any spelling.' }),
    title: members.title,
    holders: members.holders,
    inventors: members.inventors.default([]),
    classes: members.classes.default({ ipc: [], cpc: [], fi: [] }),
    priorityOn: members.priorityOn.exactOptional(),
    filedOn: members.filedOn.exactOptional(),
    publishedOn: members.publishedOn.exactOptional(),
    grantedOn: members.grantedOn.exactOptional(),
    expires: members.expires.exactOptional(),
    family: members.family.exactOptional(),
    status: members.status,
    encumbrances: members.encumbrances.default([]),
  })
  .strict()
  .openapi('PatentInput', { example })
export type PatentInput = z.infer<typeof patentInput>

/** Members that are given replace what was there; numbers are added, none is ever taken away. */
export const patentChange = z
  .object(members)
  .partial()
  .strict()
  .openapi('PatentChange', {
    example: { expires: { on: '2035-12-25', source: 'J-PlatPat', seenOn: '2026-11-01' } },
  })
export type PatentChange = z.infer<typeof patentChange>

const status = z.object({ value: legalStatus, on: date, source: z.string(), seenOn: date }).openapi('LegalStatus', {
  example: { value: 'granted', on: '2016-09-06', source: 'J-PlatPat', seenOn: '2026-11-01' },
})

const declarationLine = z.object({
  id: z.string(),
  termsId: z.string(),
  state: z.string(),
  from: date,
  until: date.exactOptional(),
  inForceFrom: date.exactOptional(),
  withdrawnOn: date.exactOptional().openapi({ description: 'From this day on no new grant is issued under it.' }),
})

const holder = z.object({
  organisation: z.object({ id: z.string(), ror: z.string().optional(), name: bilingual, kind: organisationKind }),
  share: z.string().exactOptional(),
  from: date.exactOptional(),
  until: date.exactOptional(),
})

export const patentExample = {
  id: '01a200d7-79ee-7664-9259-513682b8a817',
  number: 'JP-5985120-B1',
  office: 'JP',
  numbers: [patentNumberExample],
  title: {
    ja: 'リチウムイオン電池用硫化物系固体電解質及び固体電解質化合物',
    en: 'Sulfide solid electrolyte and solid electrolyte compound for lithium ion battery',
  },
  holders: [
    {
      organisation: {
        id: '01a200d7-78bc-75aa-ac65-12afe86dff74',
        name: { ja: '三井金属鉱業株式会社', en: 'Mitsui Mining & Smelting Co., Ltd.' },
        kind: 'company',
      },
    },
  ],
  inventors: [{ name: '宮下 徳彦' }, { name: '井手 仁彦' }],
  classes: { ipc: ['H01M10/0562'], cpc: [], fi: [] },
  fields: [
    { field: 1, name: { ja: '電気機械、電気装置、電気エネルギー', en: 'Electrical machinery, apparatus, energy' } },
  ],
  priorityOn: '2014-12-26',
  filedOn: '2015-12-25',
  grantedOn: '2016-09-06',
  end: { on: '2035-12-25', estimated: false, source: 'J-PlatPat', seenOn: '2026-11-01' },
  status: { value: 'granted', on: '2016-09-06', source: 'J-PlatPat', seenOn: '2026-11-01' },
  statuses: [
    { value: 'pending', on: '2015-12-25', source: 'J-PlatPat', seenOn: '2026-11-01' },
    { value: 'granted', on: '2016-09-06', source: 'J-PlatPat', seenOn: '2026-11-01' },
  ],
  encumbrances: [],
  declarations: [
    {
      id: '01a200d7-7a08-71f6-a020-59b78103cab9',
      termsId: 'RPC-OPEN-1.0',
      state: 'in_force',
      from: '2026-11-06',
      inForceFrom: '2026-11-06',
    },
  ],
  registeredAt: '2026-11-06T01:00:00.000Z',
  updatedAt: '2026-11-20T02:30:00.000Z',
}

export const patent = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ description: 'Canonical docdb spelling.' }),
    office: z.string(),
    numbers: z.array(patentNumber),
    title: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
    holders: z.array(holder),
    inventors: z.array(
      z.object({ name: z.string(), romanised: z.string().exactOptional(), orcid: z.string().exactOptional() }),
    ),
    classes: z.object({ ipc: z.array(z.string()), cpc: z.array(z.string()), fi: z.array(z.string()) }),
    fields: z.array(z.object({ field: z.number().int(), name: bilingual })),
    priorityOn: date.exactOptional(),
    filedOn: date.exactOptional(),
    publishedOn: date.exactOptional(),
    grantedOn: date.exactOptional(),
    end: z
      .object({ on: date, estimated: z.boolean(), source: z.string(), seenOn: date })
      .exactOptional()
      .openapi({ description: 'Recorded end of term, or an estimate that is called one.' }),
    family: z.object({ id: z.string(), members: z.array(z.string()) }).exactOptional(),
    status,
    statuses: z.array(status),
    encumbrances: z.array(encumbrance),
    declarations: z.array(declarationLine),
    registeredAt: time,
    updatedAt: time,
  })
  .openapi('Patent', { example: patentExample })
export type Patent = z.infer<typeof patent>

export const patentLineExample = {
  id: '01a200d7-79ee-7664-9259-513682b8a817',
  number: 'JP-5985120-B1',
  title: {
    ja: 'リチウムイオン電池用硫化物系固体電解質及び固体電解質化合物',
    en: 'Sulfide solid electrolyte and solid electrolyte compound for lithium ion battery',
  },
  holders: [
    {
      id: '01a200d7-78bc-75aa-ac65-12afe86dff74',
      name: { ja: '三井金属鉱業株式会社', en: 'Mitsui Mining & Smelting Co., Ltd.' },
    },
  ],
  filedOn: '2015-12-25',
  fields: [1],
  status: 'granted',
  open: true,
  terms: ['RPC-OPEN-1.0'],
}

const range = z.tuple([z.number().int(), z.number().int()]).openapi({ example: [0, 3] })

/** One line of a list. */
export const patentLine = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
    holders: z.array(z.object({ id: z.string(), name: bilingual })),
    filedOn: date.exactOptional(),
    fields: z.array(z.number().int()),
    status: legalStatus,
    open: z.boolean(),
    terms: z.array(z.string()).openapi({ description: 'Terms under which it is open today.' }),
    highlights: z
      .object({ ja: z.array(range).exactOptional(), en: z.array(range).exactOptional() })
      .exactOptional()
      .openapi({ description: 'Where the words of `q` stand in the titles: from and to which UTF-16 unit.' }),
  })
  .openapi('PatentLine', { example: patentLineExample })
export type PatentLine = z.infer<typeof patentLine>
