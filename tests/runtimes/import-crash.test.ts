import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Import, importShape } from '../../src/imports/import.ts'
import { openDatabase } from '../../src/node.ts'
import { started, tableMapping, tableOf, upload } from '../support/imports.ts'
import type { Caller } from '../support/registry.ts'
import { registryOf, runCommand, type Server, startServer, temporaryFolder } from '../support/server.ts'

// An import in the server as it is started by `npm run serve`, ended by force in the middle of its work.

const rows = 2500
const name = { ja: '中断試験大学', en: 'Interrupted University' }

test('kill -9 while a file is read, and again while it is committed: after the next start it ends as without', async () => {
  const [undisturbed, disturbed] = await Promise.all([run(false), run(true)])
  expect(disturbed.counts).toEqual([[rows, rows, rows, 2 * rows, rows]])
  expect(disturbed).toEqual(undisturbed)
}, 240_000)

async function run(killed: boolean): Promise<Awaited<ReturnType<typeof finalState>>> {
  const environment = { DATA_DIR: temporaryFolder() }
  expect((await runCommand(['keys', 'create'], environment)).code).toBe(0)
  let server = await startServer(environment)
  const registry = await registryOf(server, environment)
  const organisation = await registry.organisation({ name })
  let officer = await registry.member(organisation.id)
  const { id } = (await upload(officer, file(), { mapping: JSON.stringify(tableMapping), seenOn: '2026-11-01' })).as(
    started,
  )
  const again = async (moment: (one: Import) => boolean, leaseIsOver = false) => {
    if (!killed) return
    await vi.waitFor(async () => expect(moment(await look(officer, id))).toBe(true), { timeout: 60_000, interval: 15 })
    server.child.kill('SIGKILL')
    await server.ended
    if (leaseIsOver) await endLease(environment)
    server = await startServer(environment)
    officer = await officerOf(server, environment, organisation.id)
  }
  // The first time the lease of the dead process is waited for; once is enough of that minute.
  await again(({ state, progress }) => state === 'reading' && progress.rowsRead > 0)
  await vi.waitFor(async () => expect((await look(officer, id)).state).toBe('previewed'), {
    timeout: 90_000,
    interval: 100,
  })
  expect((await look(officer, id)).counts).toMatchObject({ rows, new: rows })
  expect((await officer.post(`/v1/imports/${id}/commit`, {})).status).toBe(202)
  await again(({ state, progress }) => state === 'committing' && (progress.rowsEnrolled ?? 0) > 0, true)
  await vi.waitFor(async () => expect((await look(officer, id)).state).toBe('committed'), {
    timeout: 120_000,
    interval: 100,
  })
  server.child.kill('SIGTERM')
  await server.ended
  return finalState(environment)
}

async function endLease({ DATA_DIR }: { DATA_DIR: string }): Promise<void> {
  const db = openDatabase(`file:${join(DATA_DIR, 'registry.db')}`)
  const now = new Date().toISOString()
  await db.write([{ sql: 'update imports set leased_until = ? where leased_until > ?', args: [now, now] }])
  db.close()
}

function file(): string {
  return tableOf(
    Array.from({ length: rows }, (_, i) => ({
      grant: `特許第${4_200_000 + i}号`,
      title: `発明${i}`,
      holders: i % 2 === 0 ? `${name.ja}、共同工業${i % 10}株式会社` : name.ja,
      inventors: '山田 太郎、佐藤 花子',
      filedOn: '2015-12-25',
      grantedOn: '2016-09-06',
    })),
  )
}

async function look(officer: Caller, id: string): Promise<Import> {
  return (await officer.get(`/v1/imports/${id}`)).as(importShape)
}

async function officerOf(server: Server, environment: { DATA_DIR: string }, organisationId: string): Promise<Caller> {
  return (await registryOf(server, environment)).member(organisationId)
}

/** What is enrolled, without the ids and times that differ from run to run. */
async function finalState({ DATA_DIR }: { DATA_DIR: string }) {
  const db = openDatabase(`file:${join(DATA_DIR, 'registry.db')}`)
  onTestFinished(() => db.close())
  const rowsOf = (sql: string) => db.read.rows(sql, [])
  return {
    counts: await rowsOf(
      `select (select count(*) from patents), (select count(*) from patent_numbers), (select count(*) from facts),
         (select count(*) from patent_inventors), (select count(*) from history where event = 'patent_registered')`,
    ),
    patents: await rowsOf('select number, title_ja, filed_on, granted_on, version from patents order by number'),
    holders: await rowsOf(
      `select p.number, group_concat(o.name_ja, ' ') from patents p join patent_holders h on h.patent_id = p.id
       join organisations o on o.id = h.organisation_id group by p.number order by p.number`,
    ),
    organisations: await rowsOf('select name_ja, state from organisations order by name_ja'),
    imports: await rowsOf('select state, counts, cursor from imports'),
  }
}
