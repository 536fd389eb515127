import { expect, test } from 'vitest'
import { importShape } from '../../src/imports/import.ts'
import { workOnImports } from '../../src/imports/work.ts'
import { openHolders } from '../support/holders.ts'
import { started, tableMapping, tableOf, upload } from '../support/imports.ts'

test('an import that cannot be worked on keeps no other one waiting, and its fault is told', async () => {
  const { kyoto, toyota, db, clock, context } = await openHolders()
  const mapping = JSON.stringify(tableMapping)
  const begin = async ({ organisation, officer }: typeof kyoto, grant: string) => {
    const lines = [{ grant, title: '電池', holders: organisation.name.ja, grantedOn: '2016-09-06' }]
    return (await upload(officer, tableOf(lines), { mapping })).as(started).id
  }
  const broken = await begin(kyoto, '特許第6111111号')
  clock.now = new Date(clock.now.getTime() + 1000)
  const sound = await begin(toyota, '特許第6222222号')
  await db.write([{ sql: `update imports set sniffed = 'no JSON' where id = ?`, args: [broken] }])
  await expect(workOnImports(context, () => true)).rejects.toThrow()
  expect((await toyota.officer.get(`/v1/imports/${sound}`)).as(importShape).state).toBe('previewed')
})
