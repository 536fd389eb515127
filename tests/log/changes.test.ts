import { expect, test } from 'vitest'
import { changesOf } from '../../src/log/changes.ts'
import { commit } from '../../src/log/commit.ts'
import { openLocalRegistry } from '../support/registry.ts'

const patent = { id: 'p', statuses: [{ value: 'pending' }], title: { ja: '電池' } }

test('acts have the word of their entry, and what only those concerned may know is no change', () => {
  const of = (type: 'declared' | 'organisation_applied' | 'participation_accepted' | 'mandate_given') =>
    changesOf([{ type, subject: 's', record: {} }], []).map(({ kind }) => kind)
  expect(of('declared')).toEqual(['declared'])
  expect(of('organisation_applied')).toEqual([])
  expect(of('participation_accepted')).toEqual([])
  expect(of('mandate_given')).toEqual([])
})

test('a status that is added and a title that is mended are two different changes', () => {
  const of = (after: object) =>
    changesOf([], [{ event: 'patent_changed', subject: 'p', source: 's', before: patent, after }]).map(
      ({ kind }) => kind,
    )
  expect(of({ ...patent, title: { ja: '蓄電池' } })).toEqual(['patent_changed'])
  expect(of({ ...patent, statuses: [...patent.statuses, { value: 'granted' }] })).toEqual(['patent_status_changed'])
  expect(of({ id: 'p', title: { ja: '蓄電池' }, statuses: [] })).toEqual(['patent_status_changed', 'patent_changed'])
  expect(of({ ...patent })).toEqual([])
})

test('what is recorded in other ways is said in the same words, and a draft of an area is no change', () => {
  const of = (event: string, source: string, before?: object) =>
    changesOf([], [{ event, subject: 's', source, before }]).map(({ kind }) => kind)
  expect(of('status_recorded', 'J-PlatPat')).toEqual(['patent_status_changed'])
  expect(of('patent_term_ended', 'register')).toEqual(['patent_status_changed'])
  expect(of('related_item_added', 'officer')).toEqual(['patent_changed'])
  expect(of('related_item_added', 'curator')).toEqual([])
  expect(of('area_changed', 'curator', { state: 'draft' })).toEqual([])
  expect(of('area_changed', 'curator', { state: 'published' })).toEqual(['area_changed'])
  expect(of('person_erased', 'self')).toEqual([])
})

test('an organisation that only asks to join makes no change that others see', () => {
  const of = (state: string) =>
    changesOf([], [{ event: 'organisation_changed', subject: 'o', source: 's', before: { state }, after: { state } }])
  expect(of('applied')).toEqual([])
  expect(of('approved').map(({ kind }) => kind)).toEqual(['organisation_changed'])
})

test('a follower misses nothing and reads nothing twice, with sixty writers at once', async () => {
  const registry = await openLocalRegistry()
  const { db } = registry
  const read: { sequence: number; subject: string; log: unknown }[] = []
  const follow = async () => {
    const rows = await db.read.rows(
      'select sequence, subject, log_sequence from changes where sequence > ? order by sequence limit 7',
      [read.at(-1)?.sequence ?? 0],
    )
    read.push(
      ...rows.map(([sequence, subject, log]) => ({ sequence: Number(sequence), subject: String(subject), log })),
    )
    return rows.length
  }
  const write = (i: number) => {
    const ctx = { ...registry.context(), now: new Date(registry.clock.now.getTime() - i * 1000) }
    const entries = [
      { type: 'declared' as const, subject: `d${i}`, record: { i } },
      { type: 'organisation_applied' as const, subject: `a${i}`, record: { i } },
      { type: 'declaration_in_force' as const, subject: `f${i}`, record: { i } },
    ] as const
    const write = i % 10 === 3 ? [{ sql: "insert into guard select 0, 'test'", args: [] }] : []
    return commit(ctx, { write, entries, answer: i }).catch(() => undefined)
  }
  const writers = Promise.all(Array.from({ length: 60 }, (_, i) => write(i)))
  let writing = true
  void writers.then(() => {
    writing = false
  })
  while (writing) {
    await follow()
    await new Promise((resolve) => setImmediate(resolve))
  }
  while ((await follow()) > 0);
  const kept = (await writers).filter((i) => i !== undefined)
  expect(kept).toHaveLength(54)
  expect(read.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 108 }, (_, i) => i + 1))
  expect(read.map(({ subject }) => subject).sort()).toEqual(kept.flatMap((i) => [`d${i}`, `f${i}`]).sort())
  const logged = await db.read.rows('select sequence, subject from log_entries', [])
  const bySubject = new Map(logged.map(([sequence, subject]) => [subject, sequence]))
  for (const { subject, log } of read) expect(log, subject).toBe(bySubject.get(subject))
})

test('no change is taken back or given another number', async () => {
  const { db } = await openLocalRegistry()
  await db.write([{ sql: "insert into changes (at, kind, subject) values ('2026', 'declared', 'd')", args: [] }])
  for (const sql of [
    "update changes set kind = 'granted'",
    'delete from changes',
    "insert or replace into changes (sequence, at, kind, subject) values (1, '2026', 'granted', 'd')",
  ])
    await expect(db.write([{ sql, args: [] }]), sql).rejects.toThrow()
  expect(await db.read.rows('select kind from changes', [])).toEqual([['declared']])
})
