import { z } from 'zod'
import type { Row } from '../../src/database.ts'
import { canonical, type JsonValue, sha256Hex } from '../../src/log/canonical.ts'
import { toHex } from '../../src/log/encoding.ts'
import { openNote, parseCheckpoint } from '../../src/log/note.ts'
import { logOrigin, logVerifierKey, publishCheckpoint } from '../../src/log/publish.ts'
import { appendLeaves, consistencyProof, leafHash, lookupIn, rootOf, verifyConsistency } from '../../src/log/tree.ts'
import { registryContext } from '../../src/node.ts'
import { factsAstray } from '../../src/projections/facts.ts'
import { mapAstray } from '../../src/projections/map.ts'
import { searchAstray } from '../../src/projections/search.ts'
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
  faults.push(...(await mapAstray(db.read)), ...(await searchAstray(db.read)))
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
    sql: `with latest (id, state, type) as (select o.id, o.state, (select e.type from log_entries e
            where e.subject = o.id and e.type like 'organisation\\_%' escape '\\' order by e.sequence desc limit 1) from organisations o)
          select id, state from latest where coalesce(type, 'none') not in (select value from json_each(case state
            when 'named' then '["none","organisation_applied","organisation_returned"]'
            when 'applied' then '["organisation_applied","organisation_returned"]'
            when 'left' then '["organisation_left","organisation_applied","organisation_returned"]'
            else json_array('organisation_' || state) end))`,
  },
  {
    fault: 'organisation whose name does not lead to it',
    sql: `select o.id, o.name_ja from organisations o where o.name_ja not in
          (select name from organisation_names n where n.organisation_id = o.id and n.source = 'record')
          and o.name_en not in (select name from organisation_names n where n.organisation_id = o.id and n.source = 'record')`,
  },
  {
    fault: 'application that waits for an organisation that does not',
    sql: `select a.id, o.state from organisation_applications a left join organisations o on o.id = a.organisation_id
          where (a.state in ('waiting', 'returned')) <> coalesce(o.state = 'applied', 0) and a.state in ('waiting', 'returned')`,
  },
  {
    fault: 'acceptance of the participation agreement that the log does not have',
    sql: `select p.id, p.organisation_id from participation_acceptances p where p.agreement_sha256 not in
          (select r.record ->> '$.agreement.sha256' from log_entries e join log_records r on r.sequence = e.sequence
           where e.type = 'participation_accepted')`,
  },
  {
    fault: 'entry that is a public change and not among the changes just once, in its order',
    sql: `select e.sequence, e.type from log_entries e where e.type in (select distinct kind from changes where log_sequence is not null)
          and (select count(*) from changes c where c.log_sequence = e.sequence and c.kind = e.type and c.subject = e.subject) <> 1
          union all select c.sequence, c.kind from changes c join changes d on d.sequence > c.sequence and d.log_sequence < c.log_sequence`,
  },
  {
    fault: 'change whose number does not follow the one before',
    sql: 'select * from (select coalesce(max(sequence), 0) as highest, count(*) as counted from changes) where highest <> counted',
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
    fault: 'consent by link without its evidence, or the other way round',
    sql: `select c.declaration_id, c.organisation_id from consents c where c.via = 'link' and not exists (
            select 1 from consent_links l join consent_evidence e on e.link_id = l.id
            where l.declaration_id = c.declaration_id and l.organisation_id = c.organisation_id
            and l.used_at is not null and e.sha256 = c.evidence_sha256)
          union all select l.declaration_id, l.organisation_id from consent_links l where l.used_at is not null and not exists (
            select 1 from consents c where c.declaration_id = l.declaration_id and c.organisation_id = l.organisation_id
            and c.via = 'link')`,
  },
  {
    fault: 'batch of declarations that is not as far as it says',
    sql: `select b.id, b.state from declaration_batches b where b.state <> 'stopped' and (b.state = 'done') <>
            (not exists (select 1 from declaration_batch_groups g where g.batch_id = b.id and g.state = 'waiting'))
          union all select g.batch_id, g.state from declaration_batch_groups g
            where (g.state = 'declared') <> (g.declaration_id is not null)`,
  },
  {
    fault: 'assignment of a patent that is not recorded, or whose owner never held it',
    sql: `select e.sequence, e.subject from log_entries e join log_records r on r.sequence = e.sequence
          where e.type = 'patent_assigned' and not exists (select 1 from patent_holders h
            where h.patent_id = e.subject and h.organisation_id = r.record ->> 'to')`,
  },
  {
    fault: 'entry about a declaration that is not recorded',
    sql: `select e.sequence, e.type, e.subject from log_entries e
          where e.type in ('declared', 'consented', 'consent_refused', 'declaration_in_force', 'declaration_withdrawn')
          and e.subject not in (select id from declarations)`,
  },
  {
    fault: 'mandate that is not in the log just so',
    sql: `select m.id, m.principal_id from mandates m where ${logged('mandate_given', 'm.id')} <> 1
          or ${logged('mandate_ended', 'm.id')} <> (m.ended_at is not null)
          or (m.ended_at is null) <> (m.ended_by_id is null)
          or m.ended_by_id not in (m.principal_id, m.agent_id) or m.principal_id = m.agent_id
          or exists (select 1 from log_entries e join log_records r on r.sequence = e.sequence
            where e.subject = m.id and e.type = 'mandate_given' and (r.record ->> '$.principal.id' <> m.principal_id
              or r.record ->> '$.agent.id' <> m.agent_id or r.record ->> '$.from' <> m.from_on
              or r.record ->> '$.until' is not m.until_on or r.record -> '$.scope' <> json(m.scope)))`,
  },
  {
    fault: 'entry about a mandate that is not recorded',
    sql: `select e.sequence, e.type, e.subject from log_entries e
          where e.type in ('mandate_given', 'mandate_ended') and e.subject not in (select id from mandates)`,
  },
  {
    fault: 'act of an agent that the log does not call so',
    sql: `with acts (subject, type, organisation, mandate, path) as (
            select id, 'declared', organisation_id, mandate_id, '$.actedBy.mandate' from declarations
            union all select id, 'declaration_withdrawn', null, withdrawal_mandate_id, '$.withdrawalActedBy.mandate'
              from declarations where state = 'withdrawn'
            union all select declaration_id, case answer when 'given' then 'consented' else 'consent_refused' end,
              organisation_id, mandate_id, '$.actedBy.mandate' from consents where answer <> 'pending')
          select a.subject, a.type, a.mandate from acts a join log_entries e on e.subject = a.subject and e.type = a.type
          join log_records r on r.sequence = e.sequence
          where (a.type not in ('consented', 'consent_refused') or r.record ->> '$.organisation' = a.organisation)
          and json_extract(r.record, a.path) is not a.mandate`,
  },
  {
    fault: 'act of an agent without a mandate that stood then',
    sql: `with acts (subject, mandate, act, organisation, at) as (
            select id, mandate_id, 'declare', organisation_id, created_at from declarations
            union all select d.id, d.withdrawal_mandate_id, 'declare', null, (select max(e.at) from log_entries e
              where e.subject = d.id and e.type = 'declaration_withdrawn') from declarations d
            union all select declaration_id, mandate_id, 'consent', organisation_id, answered_at from consents
            union all select h.subject, h.acted_by ->> '$.mandate',
              iif(h.event in ('patent_registered', 'patent_changed'), 'enrol', null), null, h.at from history h)
          select a.subject, a.act, a.mandate from acts a left join mandates m on m.id = a.mandate
          where a.mandate is not null and (m.id is null or a.at < m.given_at or a.at > m.ended_at
            or substr(a.at, 1, 10) < m.from_on or substr(a.at, 1, 10) > m.until_on
            or (a.organisation is not null and a.organisation <> m.principal_id)
            or (a.act is not null and a.act not in (select value from json_each(m.scope))))`,
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
    fault: 'report of results that is not in the log just so',
    sql: `select r.id, r.grant_id from result_reports r where ${logged('results_reported', 'r.id')} <> 1`,
  },
  {
    fault: 'report of results on a patent that its grant does not cover, or on none',
    sql: `select r.id, rp.patent_id from result_reports r left join result_report_patents rp on rp.report_id = r.id
          where not exists (select 1 from grant_patents gp where gp.grant_id = r.grant_id and gp.patent_id = rp.patent_id)`,
  },
  {
    fault: 'count of checks that is none',
    sql: `select patent_id, month from check_counts where checks < 1 or month not glob '[0-9][0-9][0-9][0-9]-[01][0-9]'`,
  },
  {
    fault: 'enquiry that nobody asked, or whose answer is not as its state says',
    sql: `select id, state from enquiries where (person_id is null and organisation_id is null)
          or (state in ('answered', 'declined')) <> (answer is not null) or (answer is null) <> (answered_at is null)`,
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
