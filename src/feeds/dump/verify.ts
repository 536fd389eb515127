import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { canonical } from '../../log/canonical.ts'
import { toHex } from '../../log/encoding.ts'
import { openNote, parseCheckpoint } from '../../log/note.ts'
import { type DumpEnd, type DumpHead, dumpEnd, dumpHead } from './format.ts'
import { named } from './lines.ts'
import { recordReaders } from './records.ts'
import { growingTree } from './tree.ts'

/** Faults beyond these are counted and not shown. */
const faultsShownMax = 100

const recordKinds = ['terms', 'organisation', 'mandate', 'patent', 'declaration', 'grant', 'area', 'related', 'change']

export type DumpReport = {
  sound: boolean
  head: DumpHead | undefined
  counts: Readonly<Record<string, number>>
  /** Of the log, as recomputed. */
  log: { size: number; root: string; signedBy: 'key given' | 'key in the dump' | undefined }
  checks: readonly { name: string; passed: boolean; detail: string }[]
  faults: readonly string[]
  faultCount: number
  /** It was read while others wrote: what came in meanwhile may disagree, and is in `/v1/changes` from `resume` on. */
  unsteady: boolean
}

/**
 * Checks a dump by itself: nothing but the lines, and the key of the log if one is known. One pass; what is kept of each
 * record is its ids.
 * @param vkey the verifier key of the log as it was learnt elsewhere; without it the dump vouches for its own key
 */
export async function verifyDump(lines: AsyncIterable<string>, vkey?: string): Promise<DumpReport> {
  const faults = collector()
  const digest = sha256.create()
  const encoder = new TextEncoder()
  const counts: Record<string, number> = {}
  const tree = growingTree()
  let head: DumpHead | undefined
  let end: DumpEnd | undefined
  let first = true

  const records = recordReaders(tree)

  for await (const text of lines) {
    if (end !== undefined) {
      faults.say('form', 'there are lines behind the last')
      break
    }
    const line = parsed(text)
    const { kind } = named.safeParse(line).data ?? { kind: '' }
    if (first) {
      head = dumpHead.safeParse(line).data
      if (!head) faults.say('form', 'the first line is not that of a dump that this version reads')
      first = false
    }
    if (kind === 'end') {
      end = dumpEnd.safeParse(line).data
      if (!end) faults.say('form', 'the last line is not that of a dump')
      continue
    }
    digest.update(encoder.encode(`${text}\n`))
    counts[kind] = (counts[kind] ?? 0) + 1
    if (kind === 'dump') continue
    const reader = Object.hasOwn(records.readers, kind) ? records.readers[kind] : undefined
    if (!reader) {
      faults.say('form', `a line is of the unknown kind ${kind.slice(0, 40)}`)
      continue
    }
    try {
      await reader(line, (fault) => faults.say(kind, fault))
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
      faults.say(kind, `a line of kind ${kind} cannot be read: ${why.slice(0, 300)}`)
    }
  }

  if (!end) faults.say('form', 'the last line is missing: the dump is not whole')
  const checks: { name: string; passed: boolean; detail: string }[] = []
  const check = (name: string, passed: boolean, detail: string) => checks.push({ name, passed, detail })
  check('form', faults.count('form') === 0, 'every line can be read, and the last one is there')
  const same = end !== undefined && textOf(end.counts) === textOf(counts)
  if (end && !same) faults.say('counts', 'the counts are not those of the last line')
  check(
    'counts',
    same,
    Object.entries(counts)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', '),
  )
  const found = toHex(digest.digest())
  if (end && end.sha256 !== found) faults.say('sha256', `the lines have the digest ${found}`)
  check('digest', end?.sha256 === found, `SHA-256 ${found}`)
  const root = await tree.root()
  const signedBy = await signatureOf(head, vkey, { size: tree.size(), root }, (fault) => faults.say('tree', fault))
  check('log', faults.count('tree') + faults.count('log') === 0, `${tree.size()} entries, root ${toHex(root)}`)
  check(
    'signature',
    signedBy !== undefined,
    signedBy === undefined ? 'the checkpoint is not signed by the log' : `the checkpoint is signed by the ${signedBy}`,
  )
  records.finish(faults.say)
  for (const kind of recordKinds)
    check(kind, faults.count(kind) === 0, `${counts[kind] ?? 0} of them agree with one another and with the log`)
  // What was read while the registry went on may disagree in what came in meanwhile; the log and the digest may not.
  const excused = end?.steady === false ? recordKinds.filter((kind) => kind !== 'terms') : []
  return {
    sound: checks.every(({ name, passed }) => passed || excused.includes(name)),
    head,
    counts,
    log: { size: tree.size(), root: toHex(root), signedBy },
    checks,
    faults: faults.shown,
    faultCount: faults.total(),
    unsteady: end?.steady === false,
  }
}

/** By whose key the checkpoint over just this tree is signed; undefined when it is not. */
async function signatureOf(
  head: DumpHead | undefined,
  vkey: string | undefined,
  { size, root }: { size: number; root: Uint8Array },
  say: (fault: string) => void,
): Promise<DumpReport['log']['signedBy']> {
  if (!head) return undefined
  const key = vkey ?? head.logKey
  const opened = await openNote(head.checkpoint, [key]).catch(() => undefined)
  const checkpoint = opened && parseCheckpoint(opened.text)
  if (!checkpoint) {
    say(
      vkey === undefined
        ? 'the checkpoint is not signed by the key in the dump'
        : 'the checkpoint is not signed by the key given',
    )
    return undefined
  }
  if (checkpoint.size !== size) say(`the checkpoint covers ${checkpoint.size} entries, the dump has ${size}`)
  if (toHex(checkpoint.root) !== toHex(root)) say('the checkpoint has another root than the entries')
  return vkey === undefined ? 'key in the dump' : 'key given'
}

function collector() {
  const shown: string[] = []
  const byName = new Map<string, number>()
  let all = 0
  return {
    shown,
    say(name: string, fault: string) {
      all += 1
      byName.set(name, (byName.get(name) ?? 0) + 1)
      if (shown.length < faultsShownMax) shown.push(fault)
    },
    count: (name: string) => byName.get(name) ?? 0,
    total: () => all,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(counts: Readonly<Record<string, number>>): string {
  return canonical(counts)
}
