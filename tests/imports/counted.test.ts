import { expect, test } from 'vitest'
import { workOnImports } from '../../src/imports/work.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { type Holders, openHolders } from '../support/holders.ts'
import { committed, type Line, previewed, tableMapping, tableOf } from '../support/imports.ts'

// `checkRegistry` counts the whole map anew: these are imports whose patents are not as simple as most.

const mapping = JSON.stringify(tableMapping)
const later = { title: '固体電解質', filedOn: '2015-01-20', grantedOn: '2017-01-13', status: '' }

test('what an import enrols is counted as the records say: without classes, filed before the calendar, ended, about to end', async () => {
  const registry = await openHolders()
  const holders = registry.kyoto.organisation.name.ja
  await enrolled(registry, [
    { ...later, grant: '特許第6100001号', holders, ipc: 'H01M 10/0562, H01M 4/525, C01B 25/14, H01M 10/0525' },
    { ...later, grant: '特許第6100002号', holders, ipc: '' },
    { ...later, grant: '特許第6100003号', holders, ipc: 'H01M 10/0562', filedOn: '' },
    { ...later, grant: '特許第6100004号', holders, ipc: 'G06F', status: '年金不納' },
    { ...later, grant: '特許第6100005号', holders: `${holders}、未知工業株式会社`, ipc: 'H01M 10/0562' },
    { ...later, grant: '特許第6100006号', holders, ipc: 'H01M 10/0562', filedOn: '2001-01-20' },
  ])
  expect(await statuses(registry)).toContain('lapsed')
  await checkRegistry(registry)
})

test('patents of an organisation that was suspended once are counted from their records', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, steward } = registry
  const approval = `/v1/organisations/${toyota.organisation.id}/approval`
  for (const state of ['suspended', 'approved'])
    expect((await steward.post(approval, { state, reason: '調査' })).status).toBe(200)
  const ended = await registry.db.read.rows('select until_on is not null from organisation_suspensions', [])
  expect(ended).toEqual([[1]])
  const holders = `${kyoto.organisation.name.ja}、${toyota.organisation.name.ja}`
  await enrolled(registry, [{ ...later, grant: '特許第6100011号', holders, ipc: 'H01M 10/0562' }])
  await checkRegistry(registry)
})

test('a holder that is suspended between decision and write is counted as suspended', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, steward, db } = registry
  const holders = `${kyoto.organisation.name.ja}、${toyota.organisation.name.ja}`
  const lines = [{ ...later, grant: '特許第6100021号', holders, ipc: 'H01M 10/0562' }]
  const { id } = await previewed(kyoto.officer, tableOf(lines), registry.context, { mapping })
  await kyoto.officer.post(`/v1/imports/${id}/commit`, {})
  const write = db.write
  let refused = 0
  let suspended = false
  db.write = async (statements) => {
    if (!suspended && statements.some(({ sql }) => sql.includes('insert into map_members'))) {
      suspended = true
      await steward.post(`/v1/organisations/${toyota.organisation.id}/approval`, { state: 'suspended', reason: '調査' })
    }
    return write(statements).catch((error: unknown) => {
      refused += 1
      throw error
    })
  }
  await workOnImports(registry.context, () => true)
  db.write = write
  expect([suspended, refused]).toEqual([true, 1])
  const [row] = await db.read.rows("select count(*) from patent_numbers where key = 'JP:grant:6100021'", [])
  expect(row).toEqual([1])
  await checkRegistry(registry)
})

async function enrolled(registry: Holders, lines: readonly Line[]): Promise<void> {
  const { kyoto, context } = registry
  const { id, counts } = await previewed(kyoto.officer, tableOf(lines), context, { mapping })
  expect(counts).toMatchObject({ new: lines.length })
  expect((await committed(kyoto.officer, id, context)).state).toBe('committed')
}

async function statuses({ db }: Holders): Promise<unknown[]> {
  return (await db.read.rows('select status from map_members', [])).map(([status]) => status)
}
