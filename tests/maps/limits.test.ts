import { expect, test } from 'vitest'
import { membersReadMax } from '../../src/maps/queries.ts'
import { rebuildMap } from '../../src/projections/map.ts'
import { declare, holdMore, openHolders } from '../support/holders.ts'

test('what no counter answers is refused where there are too many patents, and answered where a filter leaves few', async () => {
  const commons = await openHolders()
  const { kyoto, own, anonymous, db } = commons
  await declare(kyoto.officer, [own.number])
  await holdMore(commons, kyoto.organisation.id, membersReadMax + 1)
  await db.write(rebuildMap('2026-11-21'))
  // No counter knows a day within a year.
  const asked = '/v1/map?by=office,status&filed_from=2001-02-03'
  const refused = await anonymous.get(asked)
  expect([refused.status, refused.problem().errors?.[0]?.code]).toEqual([422, 'too_many_patents'])
  for (const narrowed of [`${asked}&open=true`, `${asked}&field=1`, '/v1/map?by=office,status&filed_from=2015-06-02'])
    expect((await anonymous.get(narrowed)).status, narrowed).toBe(narrowed.endsWith('02') ? 422 : 200)
}, 120_000)
