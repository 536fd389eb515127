import { z } from 'zod'

/** What of each line is looked at when a dump is checked. */

export const named = z.looseObject({ kind: z.string() })
export const termsLine = z.object({ id: z.string(), sha256: z.string(), document: z.string() })
export const organisationLine = z.object({ id: z.string(), state: z.string() })
export const mandateLine = z.object({ id: z.string(), principalId: z.string(), agentId: z.string() })
export const patentLine = z.object({
  id: z.string(),
  number: z.string(),
  office: z.string(),
  numbers: z.array(z.object({ key: z.string(), docdb: z.string() })).min(1),
  holders: z.array(z.object({ organisationId: z.string() })),
  classes: z.array(z.object({ scheme: z.string(), symbol: z.string() })),
  fields: z.array(z.object({ field: z.number().int() })),
  statuses: z.array(z.object({ sequence: z.number().int(), value: z.string(), validFrom: z.string() })).min(1),
})
export const declarationLine = z.object({
  id: z.string(),
  organisationId: z.string(),
  termsId: z.string(),
  termsSha256: z.string(),
  state: z.string(),
  inForceOn: z.string().optional(),
  patentCount: z.number().int(),
  patentsSha256: z.string(),
  patents: z.array(z.object({ patentId: z.string() })),
  consents: z.array(z.object({ organisationId: z.string(), answer: z.string() })),
})
export const grantLine = z.object({
  id: z.string(),
  state: z.string(),
  tokenSha256: z.string(),
  patents: z
    .array(z.object({ patentId: z.string(), termsId: z.string(), declarationId: z.string().optional() }))
    .min(1),
})
export const logLine = z.object({
  sequence: z.number().int(),
  type: z.string(),
  subject: z.string(),
  at: z.string(),
  leaf: z.string(),
  salt: z.string().optional(),
  record: z.string().optional(),
})
export const changeLine = z.object({
  sequence: z.number().int(),
  kind: z.string(),
  logSequence: z.number().int().optional(),
})
export const leafShape = z.object({
  v: z.literal(1),
  type: z.string(),
  subject: z.string(),
  at: z.string(),
  digest: z.string(),
})
export const declaredRecord = z.looseObject({
  termsId: z.string(),
  termsSha256: z.string(),
  patents: z.looseObject({ count: z.number(), sha256: z.string(), numbers: z.array(z.string()) }),
})
export const grantedRecord = z.looseObject({ tokenSha256: z.string() })
export const areaLine = z.object({ id: z.string(), patents: z.array(z.object({ patentId: z.string() })) })
export const relatedLine = z.object({ id: z.string(), patentId: z.string().optional(), areaId: z.string().optional() })
