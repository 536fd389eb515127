import { expect, test } from 'vitest'
import { z } from 'zod'
import { assignment } from '../../src/declarations/assignments/assignment.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { sendLinkMails } from '../../src/declarations/links/mail.ts'
import { remindCoOwners } from '../../src/declarations/remind.ts'
import { patent } from '../../src/patents/patent.ts'
import { expireEnded, tellOfExpiring } from '../../src/patents/upkeep.ts'
import { namedOrganisation } from '../support/named.ts'
import { declarationOf, enrolled } from '../support/opening.ts'
import { openRegistry } from '../support/registry.ts'

test('statuses, ends, later owners and reminders are kept on any runtime', async () => {
  const registry = await openRegistry()
  const [holder, owner, named] = await Promise.all([
    registry.organisation(),
    registry.organisation(),
    namedOrganisation(registry),
  ])
  const [officer, next] = await Promise.all([registry.member(holder.id), registry.member(owner.id)])
  const ended = await enrolled(officer, [holder], {
    expires: { on: '2025-12-31', source: 'J-PlatPat', seenOn: '2026-01-01' },
  })
  while ((await expireEnded(registry.context())) > 0);
  const record = (await registry.anonymous.get(`/v1/patents/${ended.number}`)).as(patent)
  expect(record.status).toMatchObject({ value: 'expired', on: '2026-01-01', source: 'J-PlatPat' })
  expect(await tellOfExpiring(registry.context())).toBeGreaterThanOrEqual(0)

  const own = await enrolled(officer, [holder])
  const seen = { value: 'granted', on: '2016-09-06', source: 'Espacenet', seenOn: '2026-11-01' }
  const recorded = await officer.post(`/v1/patents/${own.number}/statuses`, seen)
  expect([recorded.status, JSON.parse(recorded.text).status.source]).toEqual([201, 'Espacenet'])
  const page = (await officer.get(`/v1/organisations/${holder.id}/expiring?months=60`)).as(
    z.object({ items: z.array(z.unknown()) }),
  )
  expect(page.items).toEqual([])

  const made = (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [own.number]))).as(declaration)
  const passed = await officer.post(`/v1/patents/${own.number}/assignment`, {
    from: holder.id,
    to: owner.id,
    on: '2026-11-01',
  })
  // Had passed before it was declared on.
  expect(passed.as(assignment).effect.declarations).toMatchObject([{ id: made.id, code: 'not_bound' }])
  const withdrawn = await next.post(`/v1/declarations/${made.id}/withdrawal`, { reason: 'Not ours to open.' })
  expect(withdrawn.as(declaration).state).toBe('withdrawn')

  const shared = await enrolled(officer, [holder, named])
  const asked = (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [shared.number]))).as(declaration)
  const email = 'chizai@example.co.jp'
  await officer.post(`/v1/declarations/${asked.id}/consent-links`, { organisation: named.id, email })
  while ((await sendLinkMails(registry.context(), async () => undefined)) > 0);
  const consents = await officer.get(`/v1/declarations/${asked.id}/consents`)
  expect(consents.text).toMatch(/"mail":"(?:sent|not_configured)"/)
  const later = { ...registry.context(), now: new Date(registry.context().now.getTime() + 31 * 86_400_000) }
  while ((await remindCoOwners(later)) > 0);
  expect((await officer.get(`/v1/declarations/${asked.id}/consents`)).text).toContain('holder after 30 days')
})
