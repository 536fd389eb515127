import { z } from '@hono/zod-openapi'
import { bilingual, date, sha256, time } from '../shapes.ts'
import { decisionsPerCallMax } from './limits.ts'
import { mapping } from './reading/mapping.ts'
import { formats } from './reading/row.ts'

export const importState = z.enum([
  'reading',
  'needs_mapping',
  'previewed',
  'committing',
  'committed',
  'failed',
  'dropped',
])
export type ImportState = z.infer<typeof importState>

/** Nothing is done in these until somebody asks for it. */
export const restingStates: ReadonlySet<ImportState> = new Set([
  'needs_mapping',
  'previewed',
  'committed',
  'failed',
  'dropped',
])

export const rowResults = ['new', 'changed', 'same', 'refused', 'undecided'] as const
export const rowResult = z.enum(rowResults)
export type RowResult = z.infer<typeof rowResult>

const count = z.number().int().min(0)
export const counts = z
  .object({ rows: count, new: count, changed: count, same: count, refused: count, undecided: count })
  .openapi('ImportCounts')
export type Counts = z.infer<typeof counts>
export const noCounts: Counts = { rows: 0, new: 0, changed: 0, same: 0, refused: 0, undecided: 0 }

/** What became of rights since the registry last heard of them, and how many of these a declaration is on. */
export const world = z
  .object({
    granted: count,
    ended: count,
    transferred: count,
    declared: count.openapi({ description: 'Of these, patents that a declaration stands on.' }),
  })
  .openapi('ImportWorld')
export type World = z.infer<typeof world>
export const noWorld: World = { granted: 0, ended: 0, transferred: 0, declared: 0 }

export const reason = z.object({
  code: z.string(),
  column: z.string().openapi({ description: 'The header as written; empty: the row as a whole.' }),
  text: bilingual,
})
export type Reason = z.infer<typeof reason>

export const failure = z.object({ code: z.string(), text: bilingual })
export type Failure = z.infer<typeof failure>

export const nameCandidate = z.object({
  id: z.string().exactOptional().openapi({ description: 'An organisation of the registry.' }),
  ror: z.string().exactOptional().openapi({ description: 'One that the carried list of ROR ids names.' }),
  name: bilingual,
})
export type NameCandidate = z.infer<typeof nameCandidate>

export const nameOutcome = z.enum([
  'found',
  'decided',
  'ror',
  'new',
  'several',
  'close',
  'unpaired',
  'unclear',
  'individual',
])
export type NameOutcome = z.infer<typeof nameOutcome>

export const holderName = z
  .object({
    key: z.string().openapi({ description: 'Names the owner in a decision.' }),
    names: z.array(z.string()),
    outcome: nameOutcome.openapi({
      description:
        '`new`: becomes an organisation known by name only. `ror`: the same, with that ROR id. `several`, `close`, `unpaired`, `unclear`: an officer decides; `unclear` has no sign of an organisation and may be a natural person. `individual`: a natural person, as an officer said; such rows are refused.',
    }),
    organisation: z.string().exactOptional(),
    ror: z
      .string()
      .exactOptional()
      .openapi({ description: 'The ROR id of that organisation, where it is known by it.' }),
    candidates: z.array(nameCandidate),
    rows: count,
  })
  .openapi('ImportHolderName')
export type HolderName = z.infer<typeof holderName>

const example = {
  id: '01a200d7-7c00-7a0e-9d53-0f6e0f9a7b1d',
  organisation: '01a200d7-7946-7101-bf95-f67a303e1c8f',
  state: 'previewed' as const,
  fileName: 'kyoto-portfolio.csv',
  fileBytes: 48_213,
  fileSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  format: 'j_platpat' as const,
  encoding: 'shift_jis' as const,
  header: ['文献番号', '出願番号', '発明の名称', '出願人/権利者'],
  seenOn: '2026-11-21',
  counts: { rows: 120, new: 80, changed: 12, same: 25, refused: 2, undecided: 1 },
  progress: { rowsRead: 120, bytesRead: 48_213, secondsLeft: 0 },
  world: { granted: 4, ended: 1, transferred: 0, declared: 2 },
  names: [
    {
      key: '9f2c51d07a3e44b1',
      names: ['サンプル工業株式会社'],
      outcome: 'new' as const,
      candidates: [],
      rows: 3,
    },
  ],
  createdAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:04.000Z',
}

export const importShape = z
  .object({
    id: z.uuid(),
    organisation: z.string().openapi({ description: 'The holder for whom it is.' }),
    state: importState,
    fileName: z.string(),
    fileBytes: count,
    fileSha256: sha256.exactOptional(),
    format: z.enum(formats).exactOptional(),
    encoding: z.string().exactOptional(),
    header: z.array(z.string()).exactOptional(),
    sheet: z
      .object({ name: z.string(), othersNotRead: z.array(z.string()) })
      .exactOptional()
      .openapi({ description: 'Of a workbook: the sheet that was read, and others that hold a list too.' }),
    seenOn: date.openapi({ description: 'The day on which the source said all this.' }),
    counts,
    progress: z.object({
      rowsRead: count,
      rowsTotal: count.exactOptional().openapi({ description: 'Once the file is read.' }),
      rowsEnrolled: count.exactOptional().openapi({ description: 'Rows that the commit has behind it.' }),
      bytesRead: count,
      secondsLeft: count.nullable().openapi({ description: 'An estimate; null: not known yet.' }),
    }),
    world,
    names: z
      .array(holderName)
      .openapi({ description: 'Owners that are not yet organisations here, those to be decided first.' }),
    mapping: z
      .object({ guess: mapping, samples: z.array(z.array(z.string())) })
      .exactOptional()
      .openapi({ description: 'In `needs_mapping`: what the columns seem to hold, to be confirmed.' }),
    failure: failure.exactOptional(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Import', { example })
export type Import = z.infer<typeof importShape>

export const importLineExample = {
  id: example.id,
  organisation: example.organisation,
  state: example.state,
  fileName: example.fileName,
  counts: example.counts,
  createdAt: example.createdAt,
  updatedAt: example.updatedAt,
}

export const importLine = importShape
  .pick({ id: true, organisation: true, state: true, fileName: true, counts: true, createdAt: true, updatedAt: true })
  .openapi('ImportLine', { example: importLineExample })
export type ImportLine = z.infer<typeof importLine>

/** One field of a record, as it is and as it will be. */
export const fieldChange = z.object({
  field: z.string().openapi({ example: 'title.ja' }),
  old: z.string().exactOptional(),
  new: z.string(),
})
export type FieldChange = z.infer<typeof fieldChange>

export const choices = z.object({
  numbers: z
    .array(z.object({ written: z.string(), candidates: z.array(z.object({ key: z.string(), display: bilingual })) }))
    .exactOptional()
    .openapi({ description: 'Numbers that can mean several documents.' }),
  same: z
    .array(
      z.object({
        patent: z.string().exactOptional().openapi({ description: 'Canonical number of an enrolled patent.' }),
        line: z.number().int().exactOptional().openapi({ description: 'A line of this file.' }),
        title: z.string(),
      }),
    )
    .exactOptional()
    .openapi({ description: 'Rights that this row may be of.' }),
  holders: z
    .object({ record: z.array(z.string()), file: z.array(z.string()), assignment: z.string().exactOptional() })
    .exactOptional()
    .openapi({ description: 'Holders on record and in the file, where they differ.' }),
  own: bilingual
    .exactOptional()
    .openapi({ description: 'No owner is named: the organisation for which the import is, if it is the holder.' }),
  names: z.array(z.string()).exactOptional().openapi({ description: 'Keys of the owners to be decided.' }),
})
export type Choices = z.infer<typeof choices>

export const rowDecision = z
  .object({
    numbers: z
      .record(z.string().max(300), z.string().max(200))
      .exactOptional()
      .openapi({ description: 'The number as written → the `key` of what it means.' }),
    same: z
      .union([
        z.literal('none'),
        z.object({ patent: z.string().max(300) }).strict(),
        z.object({ line: count }).strict(),
      ])
      .exactOptional()
      .openapi({ description: '`none`: a right of its own.' }),
    holders: z.enum(['record', 'file', 'own']).exactOptional().openapi({
      description:
        'Which holders are right; `file` only where no declaration stands on the patent. `own`: of a row without an owner, that it is the organisation’s own.',
    }),
    skip: z.literal(true).exactOptional(),
  })
  .strict()
export type RowDecision = z.infer<typeof rowDecision>

const rowExample = {
  position: 3,
  line: 5,
  result: 'changed' as const,
  cells: ['特許第5985120号', '特願2015-254253', '硫化物系固体電解質', '三井金属鉱業株式会社'],
  reasons: [],
  changes: [{ field: 'status', old: 'pending', new: 'granted' }],
  patent: '01a200d7-79ee-7664-9259-513682b8a817',
}

export const importRow = z
  .object({
    position: count.openapi({ description: 'Names the row in a decision.' }),
    line: count.openapi({ description: 'Line of the file, or row of the sheet, where it begins.' }),
    result: rowResult,
    cells: z.array(z.string()),
    reasons: z.array(reason).openapi({ description: 'Why it is refused or undecided, and what was left aside.' }),
    changes: z.array(fieldChange).exactOptional(),
    choices: choices.exactOptional(),
    decision: rowDecision.exactOptional(),
    world: z.enum(['granted', 'ended', 'transferred']).exactOptional(),
    patent: z.string().exactOptional().openapi({ description: 'Id of the patent that it is, or will be.' }),
  })
  .openapi('ImportRow', { example: rowExample })
export type ImportRow = z.infer<typeof importRow>

export const decisionsInput = z
  .object({
    rows: z
      .array(z.object({ position: count, decision: rowDecision }).strict())
      .max(decisionsPerCallMax)
      .exactOptional(),
    names: z
      .array(
        z
          .object({
            key: z.string().max(100),
            organisation: z.string().max(200).openapi({
              description:
                'Id or ROR id, `new`: an organisation known by name only, or `individual`: a natural person, who never becomes a record here. A ROR id of the carried list that is not registered yet is registered with the rows, as known by name only.',
            }),
          })
          .strict(),
      )
      .max(decisionsPerCallMax)
      .exactOptional(),
  })
  .strict()
  .openapi('ImportDecisions', {
    example: {
      rows: [{ position: 7, decision: { numbers: { '2018-081998': 'JP:publication:2018081998' } } }],
      names: [{ key: '9f2c51d07a3e44b1', organisation: 'new' }],
    },
  })
export type DecisionsInput = z.infer<typeof decisionsInput>

export const importExample = example
export const importRowExample = rowExample

/** What comes with the file. */
export const importFields = z
  .object({
    organisation: z.string().min(1).max(200).exactOptional(),
    format: z.enum(['auto', ...formats]).exactOptional(),
    mapping: mapping.exactOptional(),
    seenOn: date.exactOptional(),
  })
  .strict()
export type ImportFields = z.infer<typeof importFields>
