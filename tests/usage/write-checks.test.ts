import { expect, test } from 'vitest'
import { DatabaseError } from '../../src/database.ts'
import { newTally } from '../../src/tally.ts'
import { use } from '../../src/usage/use.ts'
import { writeChecks } from '../../src/usage/write-checks.ts'
import { openHolders } from '../support/holders.ts'

test('every check is counted once and written in one batch: one number, many, remembered answers, AuthZEN, the page', async () => {
  const registry = await openHolders()
  const { own, shared, anonymous, kyoto, toyota } = registry
  const ask = `/v1/check?number=${own.number}&purpose=basic_research&mode=with&beneficiary=university`
  for (let i = 0; i < 3; i++) expect((await anonymous.get(ask)).status).toBe(200)
  await anonymous.post('/v1/check', { numbers: [own.number, own.number, shared.number, 'nothing'] })
  await anonymous.post('/access/v1/evaluation', {
    subject: { type: 'person', id: 'a' },
    action: { name: 'basic_research' },
    resource: { type: 'patent', id: own.number },
  })
  await anonymous.get(`/ja/check?numbers=${own.number}`)
  const few = { value: null, hidden: true }
  const totals = async (path: string) => (await anonymous.get(`/v1/${path}/use`)).as(use).totals
  expect((await totals(`patents/${own.number}`)).checks).toEqual(few)
  expect(await writeChecks(registry.context())).toBe(2)
  expect(await writeChecks(registry.context())).toBe(0)
  expect((await totals(`patents/${own.number}`)).checks).toEqual({ value: 6, hidden: false })
  expect((await totals(`patents/${shared.number}`)).checks).toEqual(few)
  // The one check of the shared patent is in neither holder's figure.
  expect((await totals(`organisations/${kyoto.organisation.id}`)).checks).toEqual({ value: 6, hidden: false })
  expect((await totals(`organisations/${toyota.organisation.id}`)).checks).toEqual(few)
})

test('what cannot be written is counted again, unless it may have been written after all', async () => {
  const { db, own } = await openHolders()
  const failing = (fault: 'busy' | 'unreachable') => ({
    ...db,
    write: () => Promise.reject(new DatabaseError(fault, undefined)),
  })
  const tally = newTally()
  tally.add(own.id, '2026-11-21')
  await expect(writeChecks({ db: failing('busy'), tally })).rejects.toThrow()
  expect(await writeChecks({ db, tally })).toBe(1)
  tally.add(own.id, '2026-11-21')
  await expect(writeChecks({ db: failing('unreachable'), tally })).rejects.toThrow()
  expect(await writeChecks({ db, tally })).toBe(0)
  expect(await db.read.rows('select checks from check_counts', [])).toEqual([[1]])
})
