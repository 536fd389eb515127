import { type Context, today } from '../../context.ts'
import { invalid, RegistryError } from '../../errors.ts'
import { findGrant, findHolders, type GrantRecord } from '../../grants/queries.ts'
import { commit, settle } from '../../log/commit.ts'
import { notify } from '../../notices/notify.ts'
import { parseNumber } from '../../patents/numbers/parse.ts'
import { findPatentId } from '../../patents/queries.ts'
import { addressOf } from '../../patents/related/related-item.ts'
import { known } from '../../shapes.ts'
import { closeReport, insertReport, listReportsOfGrant, reportsAre } from './queries.ts'
import { type Report, type ReportInput, report, reportsPerGrantMax } from './report.ts'
import { requireReporter } from './rights.ts'

/**
 * The grantee, or the institution, says what came of a grant; the holders of these patents are told. Results come late,
 * so a grant that is over can be reported on; one that was revoked cannot. The public log names a report that is not
 * public by its id alone, and never the grant.
 * @throws already_registered when the grant has a report with this DOI
 */
export function reportResults(ctx: Context, grantId: string, input: ReportInput): Promise<Report> {
  return settle(async () => {
    const grant = await findGrant(ctx.db.read, grantId)
    if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
    const { personId } = requireReporter(ctx.actor, grant)
    if (grant.state === 'revoked') throw new RegistryError('not_allowed_now', 'The grant was revoked.')
    if (input.on > today(ctx)) throw invalid('/on', 'in_the_future', 'This day has not come yet.')
    const [covered, others, holders] = await Promise.all([
      coveredBy(ctx, grant, input.numbers),
      listReportsOfGrant(ctx.db.read, grant.id),
      findHolders(ctx.db.read, grant.id, today(ctx)),
    ])
    const same = others.find((one) => input.doi !== undefined && one.report.doi === input.doi)
    if (same)
      throw new RegistryError('already_registered', 'This DOI is reported for the grant already.', {
        extra: { existing: same.report.id },
      })
    if (others.length >= reportsPerGrantMax)
      throw new RegistryError('not_allowed_now', `A grant has up to ${reportsPerGrantMax} reports.`)
    const { kind, title, doi, url, on } = input
    const made = report.parse({
      id: ctx.newId(),
      kind,
      title,
      ...known({ doi, url, address: addressOf(known({ doi, url })) }),
      on,
      numbers: covered.map(({ number }) => number).sort(),
      public: input.public,
      reportedAt: ctx.now.toISOString(),
    })
    const patentIds = covered.map(({ patentId }) => patentId)
    const told = new Set(patentIds.flatMap((patentId) => [...(holders.get(patentId) ?? [])]))
    const { id, numbers } = made
    return commit(ctx, {
      write: [
        reportsAre(grant.id, others.length),
        ...insertReport(made, grant.id, personId, patentIds),
        ...[...told].flatMap((organisationId) =>
          notify(ctx, {
            to: { organisationId },
            kind: 'results_reported',
            subject: grant.id,
            body: { report: id, kind, ...known({ doi }) },
          }),
        ),
      ],
      entries: [
        {
          type: 'results_reported',
          subject: id,
          record: { id, kind, ...(made.public ? { ...known({ doi }), patents: numbers } : {}) },
        },
      ],
      answer: made,
    })
  })
}

/** Takes a report back, as when it was a mistake: it is shown and counted no more. That there was one stays in the log. */
export function withdrawReport(ctx: Context, grantId: string, id: string): Promise<void> {
  return settle(async () => {
    const grant = await findGrant(ctx.db.read, grantId)
    if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
    requireReporter(ctx.actor, grant)
    const found = (await listReportsOfGrant(ctx.db.read, grant.id)).find(({ report: one }) => one.id === id)
    if (!found) throw new RegistryError('not_found', 'The grant has no such report.')
    return commit(ctx, {
      write: [closeReport(id, ctx.now.toISOString())],
      events: [{ event: 'report_withdrawn', subject: id, source: 'grantee' }],
      answer: undefined,
    })
  })
}

/** @throws invalid_input at the number that the grant does not cover */
async function coveredBy(ctx: Context, { covered }: GrantRecord, numbers: readonly string[] | undefined) {
  if (numbers === undefined) return covered
  const byNumber = new Map(covered.map((one) => [one.number, one]))
  const byId = new Map(covered.map((one) => [one.patentId, one]))
  const found = await Promise.all(
    numbers.map(async (written, i) => {
      const known = byNumber.get(written)
      if (known) return known
      const keys = parseNumber(written).candidates.map(({ key }) => key)
      const patentId = keys.length === 1 ? await findPatentId(ctx.db.read, keys) : undefined
      const one = patentId === undefined ? undefined : byId.get(patentId)
      if (one) return one
      throw invalid(`/numbers/${i}`, 'not_covered', 'The grant does not cover this number.')
    }),
  )
  return [...new Set(found)]
}
