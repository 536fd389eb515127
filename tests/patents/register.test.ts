import { expect, test } from 'vitest'
import { patent } from '../../src/patents/patent.ts'
import { factsAstray } from '../../src/projections/facts.ts'
import { grantNumber, patentOf } from '../support/patents.ts'
import { openLocalRegistry, openRegistry } from '../support/registry.ts'

test('a registered patent is read by any spelling of any of its numbers', async () => {
  const registry = await openRegistry()
  const kyoto = await registry.organisation()
  const officer = await registry.member(kyoto.id)
  const number = grantNumber()
  const digits = number.replaceAll(/\D/g, '')
  const made = await officer.post('/v1/patents', patentOf([kyoto], { numbers: [number] }))
  expect(made.status).toBe(201)
  const { id } = made.as(patent)
  for (const spelling of [number, `JP${digits}B2`, `JP-${digits}-B2`, `特許${digits}`]) {
    const read = await registry.anonymous.get(`/v1/patents/${encodeURIComponent(spelling)}`)
    expect(read.as(patent).id).toBe(id)
    expect(read.headers.get('Link')).toContain('rel="canonical"')
  }
})

test('refuses the same right twice, names the record, and leaves facts as they were', async () => {
  const registry = await openLocalRegistry()
  const kyoto = await registry.organisation()
  const officer = await registry.member(kyoto.id)
  const number = grantNumber()
  const first = (await officer.post('/v1/patents', patentOf([kyoto], { numbers: [number, '特願2015-253457'] }))).as(
    patent,
  )
  const again = await officer.post('/v1/patents', patentOf([kyoto], { numbers: ['JP2015253457'] }))
  expect(again.status).toBe(422)
  const second = await officer.post('/v1/patents', patentOf([kyoto], { numbers: [`${number.replace('号', '')}`] }))
  expect(second.status).toBe(409)
  expect(second.problem()).toMatchObject({
    code: 'already_registered',
    existing: `${registry.url}/v1/patents/${first.number}`,
  })
  expect(await factsAstray(registry.db.read)).toEqual([])
})
