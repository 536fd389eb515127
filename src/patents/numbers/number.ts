import { z } from '@hono/zod-openapi'

const numberTypes = [
  'application',
  'publication',
  'examined_publication',
  'republication',
  'grant',
  'reissue',
  'utility_model_application',
  'utility_model_publication',
  'utility_model_examined_publication',
  'utility_model_grant',
  'design_application',
  'design',
  'plant',
] as const

const numberType = z.enum(numberTypes).openapi('PatentNumberType', {
  description: 'What the number was given to. `republication` is 再公表 (JPWO); `examined_publication` is 特公.',
})
export type NumberType = z.infer<typeof numberType>

const bilingual = z.object({ ja: z.string(), en: z.string() })

export const patentNumberExample = {
  office: 'JP',
  type: 'grant',
  number: '5985120',
  kind: 'B1',
  docdb: 'JP-5985120-B1',
  epodoc: 'JP5985120B',
  display: { ja: '特許第5985120号', en: 'JP 5985120 B1' },
  key: 'JP:grant:5985120',
}

/** One document number of one office. Two numbers name the same document number exactly when their `key` is equal. */
export const patentNumber = z
  .object({
    office: z.string().openapi({ description: 'WIPO ST.3 code', example: 'JP' }),
    type: numberType,
    number: z
      .string()
      .openapi({ description: 'Number as docdb spells it, without office and kind', example: '5985120' }),
    kind: z.string().optional().openapi({ description: 'WIPO ST.16 kind code, when known', example: 'B1' }),
    year: z.number().int().optional().openapi({ description: 'Year that is part of the number', example: 2016 }),
    docdb: z.string().openapi({ description: 'Canonical spelling, `CC-NUMBER-KIND`', example: 'JP-5985120-B1' }),
    epodoc: z.string().openapi({ example: 'JP5985120B' }),
    display: bilingual.openapi({ example: { ja: '特許第5985120号', en: 'JP 5985120 B1' } }),
    key: z
      .string()
      .openapi({ description: 'Office, number space and number, without kind', example: 'JP:grant:5985120' }),
  })
  .openapi('PatentNumber', { example: patentNumberExample })
export type PatentNumber = z.infer<typeof patentNumber>

const numberWarningCodes = [
  'application_number_of_granted',
  'check_digit_wrong',
  'era_after_1999',
  'era_not_written',
  'eu_means_ep',
  'input_too_long',
  'kind_does_not_fit',
  'office_missing',
  'old_law',
  'reiwa_in_number',
  'two_spellings_1989',
  'uk_means_gb',
] as const

const numberWarning = z
  .object({
    code: z.enum(numberWarningCodes).openapi({ example: 'office_missing' }),
    text: bilingual,
  })
  .openapi('NumberWarning')
export type NumberWarningCode = (typeof numberWarningCodes)[number]
export type NumberWarning = z.infer<typeof numberWarning>

/** Without a kind code in the spelling, the kind is not known. */
export const parsedNumberExample = {
  input: '特許第5985120号',
  candidates: [
    {
      office: 'JP',
      type: 'grant',
      number: '5985120',
      docdb: 'JP-5985120',
      epodoc: 'JP5985120B',
      display: { ja: '特許第5985120号', en: 'JP 5985120' },
      key: 'JP:grant:5985120',
    },
  ],
  warnings: [],
}

/** What one written number can mean: no candidate when unrecognised, several when ambiguous. */
export const parsedNumber = z
  .object({
    input: z.string().openapi({ example: '特許第5985120号' }),
    candidates: z.array(patentNumber),
    warnings: z.array(numberWarning),
  })
  .openapi('ParsedNumber', { example: parsedNumberExample })
export type ParsedNumber = z.infer<typeof parsedNumber>

export type NumberHints = { office?: string | undefined; type?: 'application' | 'publication' | 'grant' | undefined }
