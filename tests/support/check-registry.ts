import { z } from 'zod'
import type { Row } from '../../src/database.ts'
import { canonical, type JsonValue, sha256Hex } from '../../src/log/canonical.ts'
import { toHex } from '../../src/log/encoding.ts'
import { openNote, parseCheckpoint } from '../../src/log/note.ts'
import { logOrigin, logVerifierKey, publishCheckpoint } from '../../src/log/publish.ts'
import { appendLeaves, consistencyProof, leafHash, lookupIn, rootOf, verifyConsistency } from '../../src/log/tree.ts'
import { registryContext } from '../../src/node.ts'
import { factsAstray } from '../../src/projections/facts.ts'
import type { LocalRegistry } from './registry.ts'

const leafShape = z.strictObject({
  v: z.literal(1),
  type: z.string(),
  subject: z.string(),
  at: z.iso.datetime(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
})
type Leaf = z.infer<typeof leafShape>
const json: z.ZodType<JsonValue> = z.json()

type Checked = Pick<LocalRegistry, 'db' | 'keys' | 'url' | 'clock'>

/**
 * The state of the whole registry: the log adds up to its signed checkpoints, and every record agrees with the log.
 * Publishes a checkpoint first. Throws an error that lists every fault found.
 */
export async function checkRegistry(registry: Checked): Promise<void> {
  const { db, keys, url, clock } = registry
  const ctx = registryContext(db, keys, url, clock.now)
  const { size } = await publishCheckpoint(ctx)
  const { leaves, faults } = await checkEntries(registry)
  if (size !== leaves.length) faults.push(`the checkpoint covers ${size} of ${leaves.length} entries`)
  faults.push(...(await checkTree(registry, await logVerifierKey(ctx), logOrigin(ctx))))
  faults.push(...(await factsAstray(db.read)).map((id) => `the facts of patent ${id} are astray`))
  for (const table of ['guard', 'touched_patents']) {
    const rows = await db.read.rows(`select * from ${table}`, [])
    if (rows.length > 0) faults.push(`${table} is not empty: ${JSON.stringify(rows)}`)
  }
  for (const { fault, sql } of disagreements) {
    const rows = await db.read.rows(sql, [])
    faults.push(...rows.map((row) => `${fault}: ${row.join(' ')}`))
  }
  if (faults.length > 0)
    throw new Error(`the registry is not sound:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
}

/** Every row of every table, in an order that does not depend on how it came about: equal when nothing has changed. */
export async function dumpState({ db }: Pick<LocalRegistry, 'db'>): Promise<string> {
  const tables = await db.read.rows(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
    [],
  )
  const dumps = await Promise.all(
    tables.map(async ([name]) => {
      const rows = await db.read.rows(`select * from "${String(name)}"`, [])
      return [`# ${String(name)}`, ...rows.map(rowText).sort()].join('\n')
    }),
  )
  return dumps.join('\n')
}

async function checkEntries({ db }: Pick<LocalRegistry, 'db'>): Promise<{ leaves: Leaf[]; faults: string[] }> {
  const rows = await db.read.rows(
    `select e.sequence, e.type, e.subject, e.at, e.leaf, e.leaf_hash, r.salt, r.record
     from log_entries e left join log_records r on r.sequence = e.sequence order by e.sequence`,
    [],
  )
  const faults: string[] = []
  const leaves: Leaf[] = []
  for (const [expected, row] of rows.entries()) {
    const [sequence, type, subject, at, leafText, hash, salt, record] = row
    const say = (fault: string) => faults.push(`log entry ${String(sequence)} (${String(type)}): ${fault}`)
    if (sequence !== expected) say(`stands where ${expected} should`)
    const leaf = leafShape.parse(JSON.parse(String(leafText)))
    leaves.push(leaf)
    if (canonical(leaf) !== leafText) say('the leaf is not canonical JSON')
    if (leaf.type !== type || leaf.subject !== subject || leaf.at !== at) say('the leaf says something else')
    if (toHex(await leafHash(new TextEncoder().encode(String(leafText)))) !== hash) say('the leaf has another hash')
    if (record === null) continue
    if (canonical(json.parse(JSON.parse(String(record)))) !== record) say('the record is not canonical JSON')
    if ((await sha256Hex(`${String(salt)}${String(record)}`)) !== leaf.digest) say('the record has another digest')
  }
  const orphans = await db.read.rows(
    'select sequence from log_records where sequence not in (select sequence from log_entries)',
    [],
  )
  faults.push(...orphans.map(([sequence]) => `log record ${String(sequence)} has no entry`))
  return { leaves, faults }
}

async function checkTree({ db }: Pick<LocalRegistry, 'db'>, vkey: string, origin: string): Promise<string[]> {
  const leaves = await db.read.rows('select leaf from log_entries order by sequence', [])
  const hashes = await Promise.all(leaves.map(([leaf]) => leafHash(new TextEncoder().encode(String(leaf)))))
  const nodes = await appendLeaves(0, hashes, () => {
    throw new Error('an empty tree has no nodes')
  })
  const expected = nodes.map(({ level, index, hash }) => `${level}/${index} ${toHex(hash)}`)
  const rows = await db.read.rows('select level, position, hash from log_nodes', [])
  const stored = rows.map(([level, position, hash]) => `${String(level)}/${String(position)} ${String(hash)}`)
  const faults = [
    ...missing(expected, stored).map((node) => `tree node ${node} is missing`),
    ...missing(stored, expected).map((node) => `tree node ${node} is not of this tree`),
  ]
  const getNode = lookupIn(nodes)
  let before: { size: number; root: Uint8Array } | undefined
  for (const [size, note] of await db.read.rows('select size, note from log_checkpoints order by size', [])) {
    const opened = await openNote(String(note), [vkey])
    const checkpoint = opened && parseCheckpoint(opened.text)
    if (!checkpoint || checkpoint.size !== size || checkpoint.origin !== origin || checkpoint.size > leaves.length) {
      faults.push(`checkpoint ${String(size)} is not a signed checkpoint of this log`)
      continue
    }
    const root = await rootOf(checkpoint.size, getNode)
    if (toHex(checkpoint.root) !== toHex(root)) faults.push(`checkpoint ${checkpoint.size} has another root`)
    if (before) {
      const proof = await consistencyProof(before.size, checkpoint.size, getNode)
      const pair = { from: before.size, fromRoot: before.root, to: checkpoint.size, toRoot: checkpoint.root, proof }
      if (!(await verifyConsistency(pair)))
        faults.push(`checkpoint ${checkpoint.size} does not extend checkpoint ${before.size}`)
    }
    before = checkpoint
  }
  return faults
}

function missing(wanted: readonly string[], from: readonly string[]): string[] {
  const has = new Set(from)
  return wanted.filter((one) => !has.has(one))
}

function rowText(row: Row): string {
  return JSON.stringify(row, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value)
    return value instanceof Uint8Array ? toHex(value) : value
  })
}

/** How often the log holds an entry of that type about the record. */
function logged(type: string, subject: string): string {
  return `(select count(*) from log_entries e where e.subject = ${subject} and e.type = '${type}')`
}

/** Each names the records on which a table and the log do not agree. */
const disagreements: readonly { fault: string; sql: string }[] = [
  {
    fault: 'organisation whose latest entry says something else',
    sql: `select o.id, o.state from organisations o where 'organisation_' || o.state is not (select e.type from log_entries e
          where e.subject = o.id and e.type like 'organisation\\_%' escape '\\' order by e.sequence desc limit 1)`,
  },
  {
    fault: 'declaration without exactly one declared entry',
    sql: `select d.id, d.state from declarations d where d.state <> 'draft' and ${logged('declared', 'd.id')} <> 1`,
  },
  {
    fault: 'declaration whose coming into force is not in the log just so',
    sql: `select d.id, d.state from declarations d
          where ${logged('declaration_in_force', 'd.id')} <> (d.in_force_on is not null)
          or (d.state = 'in_force' and d.in_force_on is null) or (d.state = 'awaiting_consent' and d.in_force_on is not null)`,
  },
  {
    fault: 'declaration whose withdrawal is not in the log just so',
    sql: `select d.id, d.state from declarations d where ${logged('declaration_withdrawn', 'd.id')} <> (d.state = 'withdrawn')`,
  },
  {
    fault: 'declaration whose consents are not in the log just so',
    sql: `select d.id, d.state from declarations d where ${logged('consented', 'd.id')} <>
            (select count(*) from consents c where c.declaration_id = d.id and c.answer = 'given')
          or ${logged('consent_refused', 'd.id')} <>
            (select count(*) from consents c where c.declaration_id = d.id and c.answer = 'refused')`,
  },
  {
    fault: 'declaration in force while a co-owner has not consented',
    sql: `select d.id, c.organisation_id from declarations d join consents c on c.declaration_id = d.id
          where d.state = 'in_force' and c.answer <> 'given'`,
  },
  {
    fault: 'entry about a declaration that is not recorded',
    sql: `select e.sequence, e.type, e.subject from log_entries e
          where e.type in ('declared', 'consented', 'consent_refused', 'declaration_in_force', 'declaration_withdrawn')
          and e.subject not in (select id from declarations)`,
  },
  {
    fault: 'grant without exactly one granted entry',
    sql: `select g.id, g.state from grants g where ${logged('granted', 'g.id')} <> 1`,
  },
  {
    fault: 'grant whose revocation is not in the log just so',
    sql: `select g.id, g.state from grants g where (${logged('grant_revoked', 'g.id')} > 0) <> (g.state = 'revoked')`,
  },
  {
    fault: 'grant whose supersession is not in the log just so',
    sql: `select g.id, g.state from grants g where (${logged('grant_superseded', 'g.id')} > 0) <> (g.state = 'superseded')`,
  },
  {
    fault: 'grant whose suspension is not in the log just so',
    sql: `select g.id, g.state from grants g where g.state in ('valid', 'suspended') and
          ${logged('grant_suspended', 'g.id')} - ${logged('grant_reinstated', 'g.id')} <> (g.state = 'suspended')`,
  },
  {
    fault: 'grant whose latest event says something else',
    sql: `select g.id, g.state from grants g where exists (select 1 from grant_events v where v.grant_id = g.id)
          and g.state is not (select v.state from grant_events v where v.grant_id = g.id order by v.version desc limit 1)`,
  },
  {
    fault: 'grant that covers no patent',
    sql: 'select g.id, g.state from grants g where g.id not in (select grant_id from grant_patents)',
  },
  {
    fault: 'entry about a grant that is not recorded',
    sql: `select e.sequence, e.type, e.subject from log_entries e
          where e.type in ('granted', 'grant_revoked', 'grant_suspended', 'grant_reinstated', 'grant_superseded')
          and e.subject not in (select id from grants)`,
  },
]
