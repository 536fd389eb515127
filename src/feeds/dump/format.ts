import { z } from 'zod'
import { time } from '../../shapes.ts'

/** Grows when what was written before could be read wrongly by the rules of today. */
export const dumpFormat = 'iriai-dump/1'

/** The first line. */
export const dumpHead = z.object({
  kind: z.literal('dump'),
  format: z.literal(dumpFormat),
  registry: z.string(),
  version: z.string(),
  madeAt: time,
  /** The signed state of the log (C2SP tlog-checkpoint) over all log lines. */
  checkpoint: z.string(),
  /** The key of the log. Compare it with the one that you know: a forger would write another. */
  logKey: z.string(),
  /** Entries of the log when the records were read; those behind are of acts that came in meanwhile. */
  entries: z.number().int(),
  /** How it was read: all of one moment, or one after another while the registry went on. */
  reading: z.enum(['one_moment', 'while_open']),
  /** Where `/v1/changes` goes on. */
  resume: z.string(),
  withheld: z.string(),
  /** Real patents, invented declarations and grants. */
  sample: z.boolean(),
})
export type DumpHead = z.infer<typeof dumpHead>

/** The last line. Without it the dump is not whole. */
export const dumpEnd = z.object({
  kind: z.literal('end'),
  counts: z.record(z.string(), z.number().int()),
  /** Whether nothing changed while it was read. */
  steady: z.boolean(),
  /** Of all lines before, with their line ends. */
  sha256: z.string(),
})
export type DumpEnd = z.infer<typeof dumpEnd>

export const withheldText =
  'Not in here: who people are, accounts, keys, whose a grant is, requests, notices, the history of who wrote what.'
