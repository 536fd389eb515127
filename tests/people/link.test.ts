import { expect, test } from 'vitest'
import type { IssuedGrant } from '../../src/grants/grant.ts'
import { linkIdentity, unlinkIdentity } from '../../src/people/link.ts'
import { findPerson } from '../../src/people/queries.ts'
import { dumpState } from '../support/check-registry.ts'
import { confirmed, hanako, inventorGrant, type Laboratory, ok, openLaboratory, worksAt } from '../support/inventors.ts'
import { verified } from '../support/opening.ts'

const orcidAccount = { issuer: 'https://orcid.org', subject: hanako.orcid.slice('https://orcid.org/'.length) }
const other = { issuer: 'https://institution.test', subject: 'hanako', name: undefined, orcid: undefined }

function asHanako({ context, inventor }: Laboratory, orcid: string | undefined = hanako.orcid) {
  const actor = { kind: 'person', id: inventor.person.id, orcid, memberships: [], actingFor: undefined } as const
  return { ...context(), actor }
}

async function withGrant() {
  const lab = await openLaboratory()
  await linkIdentity(asHanako(lab), other)
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  return { lab, grant: await inventorGrant(lab.inventor) }
}

test('the account that shows the ORCID iD stays while an inventor grant is made out to the iD', async () => {
  const { lab, grant } = await withGrant()
  const before = await dumpState(lab)
  await expect(unlinkIdentity(asHanako(lab), orcidAccount)).rejects.toMatchObject({ code: 'not_allowed_now' })
  expect(await dumpState(lab)).toBe(before)
  await unlinkIdentity(asHanako(lab), other)
  await linkIdentity(asHanako(lab), other)
  expect((await verified(lab, grant.token)).valid).toBe(true)
  ok(await lab.inventor.post(`/v1/grants/${grant.id}/revocation`, { reason: 'issued_in_error' }))
  await unlinkIdentity(asHanako(lab), orcidAccount)
  expect(await findPerson(lab.db.read, lab.inventor.person.id)).not.toHaveProperty('orcid')
})

test('once the grant has ended by itself the account may go', async () => {
  const { lab } = await withGrant()
  lab.clock.now = new Date('2033-01-01T00:00:00.000Z')
  await unlinkIdentity(asHanako(lab), orcidAccount)
  expect(await findPerson(lab.db.read, lab.inventor.person.id)).not.toHaveProperty('orcid')
})

test('a grant that is made while the account is being unlinked keeps the account', async () => {
  const lab = await openLaboratory()
  await linkIdentity(asHanako(lab), other)
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const ctx = asHanako(lab)
  const made: IssuedGrant[] = []
  const write: typeof ctx.db.write = async (statements) => {
    if (made.length === 0) made.push(await inventorGrant(lab.inventor))
    return ctx.db.write(statements)
  }
  const unlinking = unlinkIdentity({ ...ctx, db: { ...ctx.db, write } }, orcidAccount)
  await expect(unlinking).rejects.toMatchObject({ code: 'not_allowed_now' })
  expect(await findPerson(lab.db.read, lab.inventor.person.id)).toMatchObject({ orcid: hanako.orcid })
  expect((await verified(lab, made[0]?.token ?? '')).valid).toBe(true)
})
