import { z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import type { Statement } from '../database.ts'
import { RegistryError } from '../errors.ts'
import { revocation } from '../grants/consequences.ts'
import { liveGrantsAre, liveGrantsOf } from '../grants/queries.ts'
import { commit, settle } from '../log/commit.ts'
import { eraseSignatories } from '../organisations/application-queries.ts'
import { requirePerson } from '../organisations/rights.ts'
import type { Person } from '../people/person.ts'
import { findPerson } from '../people/queries.ts'
import { said, statementsOf } from './lapse.ts'
import { liveGrantsNaming, patentsNaming } from './queries.ts'

export const erasureInput = z
  .object({ confirm: z.literal('erase everything') })
  .strict()
  .openapi('ErasureInput', { example: { confirm: 'erase everything' } })

/**
 * Takes away all that is held of the person: name, iDs, accounts, sessions, posts, claims, requests, saved checks, the
 * words of grants and their tokens, reports of results, enquiries. Valid grants end first, for a grant does not outlive its person. The log keeps its
 * leaves and still adds up; names printed on patents stay, as the patent's own public record, without the iD.
 */
export async function erasePerson(ctx: Context): Promise<void> {
  const actor = requirePerson(ctx.actor)
  await settle(async () => {
    const person = await findPerson(ctx.db.read, actor.id)
    if (!person) throw new RegistryError('unauthenticated', 'Sign in first.')
    const [own, live, patents] = await Promise.all([
      liveGrantsOf(ctx.db.read, person.id, ctx.now),
      liveGrantsNaming(ctx.db.read, person, ctx.now),
      patentsNaming(ctx.db.read, person),
    ])
    const ended = live.map((grant) => revocation(ctx, grant, { reason: 'ineligible' }, 'grantee'))
    return commit(ctx, {
      ...said([], ended, { event: 'person_erased', subject: person.id, source: 'self' }),
      write: [
        liveGrantsAre(person.id, own, ctx.now),
        ...statementsOf(ended),
        ...erasure(person, ctx.now.toISOString()),
      ],
      touched: patents,
      answer: undefined,
    })
  })
  await ctx.db.purge()
}

/** Grants that name the person: their own, and those that an institution asked for by their iD. */
const grantsOfPerson = `select id from grants where person_id = ?1 or request ->> '$.grantee.orcid' = ?2`
const affiliationsOfPerson = 'select id from affiliations where person_id = ?1 or orcid = ?2'
const claimsOfPerson = 'select id from inventor_claims where person_id = ?1'
const requestsOfPerson = 'select id from grant_requests where person_id = ?1'
/** Those that the person made, and those on grants that name the person: titles tell whose they are. */
const reportsOfPerson = `select id from result_reports where person_id = ?1 or grant_id in (${grantsOfPerson})`
/** Asked for oneself; one for an organisation stays its own, without the person. */
const enquiriesOfPerson = 'select id from enquiries where person_id = ?1 and organisation_id is null'

function erasure({ id, orcid, name }: Person, at: string): Statement[] {
  const args = [id, orcid ?? null]
  const one = (sql: string): Statement => ({ sql, args: sql.includes('?2') ? args : [id] })
  const recordsOf = `(${grantsOfPerson} union ${affiliationsOfPerson} union ${claimsOfPerson} union ${requestsOfPerson} union ${reportsOfPerson} union ${enquiriesOfPerson} union select ?1)`
  const noticesOf = `select id from notices where person_id = ?1 or subject in ${recordsOf}`
  return [
    one(`delete from log_records where sequence in (select sequence from log_entries where subject in ${recordsOf})`),
    one(`delete from deliveries where notice_id in (${noticesOf})`),
    one(`delete from notices where person_id = ?1 or subject in ${recordsOf}`),
    one(`delete from grant_objections where grant_id in (${grantsOfPerson})`),
    one('delete from grant_requests where person_id = ?1'),
    one(`delete from result_report_patents where report_id in (${reportsOfPerson})`),
    one(`delete from result_reports where id in (${reportsOfPerson})`),
    one(`delete from enquiries where id in (${enquiriesOfPerson})`),
    one('update enquiries set person_id = null, contact = null where person_id = ?1'),
    one('update enquiries set answer_contact = null where answered_by = ?1'),
    one(`update grants set token = '', request = json_set(json_remove(request, '$.partners'),
           '$.grantee', json('{"name":"—"}'), '$.project', json('{"title":"—"}')) where id in (${grantsOfPerson})`),
    one(`delete from affiliations where person_id = ?1 or orcid = ?2`),
    one(
      'update patents set version = version + 1 where id in (select patent_id from patent_inventors where orcid = ?2 and ?1 is not null)',
    ),
    one('update patent_inventors set orcid = null where orcid = ?2 and ?1 is not null'),
    one('delete from inventor_claims where person_id = ?1'),
    one('delete from saved_checks where person_id = ?1'),
    one('delete from sessions where person_id = ?1'),
    one('delete from identities where person_id = ?1'),
    one('delete from memberships where person_id = ?1'),
    one('delete from stewards where person_id = ?1'),
    eraseSignatories(id),
    ...(orcid === undefined ? [] : scrubbed(orcid)),
    {
      sql: `delete from idempotent_requests where principal = ?1 or instr(answer, ?2) > 0 or instr(answer, ?3) > 0`,
      args: [id, orcid ?? id, name === '' ? id : JSON.stringify(name).slice(1, -1)],
    },
    {
      sql: `update people set name = null, orcid = null, erased_at = ?, version = version + 1 where id = ? and erased_at is null`,
      args: [at, id],
      expects: 'person',
    },
  ]
}

/** History keeps what a patent's record said before and after; the iD leaves it there too. */
function scrubbed(orcid: string): Statement[] {
  return (['before', 'after'] as const).map((column) => ({
    sql: `update history set ${column} = replace(${column}, ?1, 'erased') where instr(${column}, ?1) > 0`,
    args: [orcid],
  }))
}
