import { holdsOn } from '../../../policies/question.ts'
import { type Context, today } from '../../context.ts'
import { invalid, RegistryError } from '../../errors.ts'
import { commit, settle } from '../../log/commit.ts'
import { listMandates } from '../../mandates/queries.ts'
import { notify } from '../../notices/notify.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import { findOrganisation, findOrganisations } from '../../organisations/queries.ts'
import { findRecord } from '../../patents/queries.ts'
import {
  type EnquiryInput,
  type EnquiryRecord,
  type EnquiryShown,
  enquiriesPerDayMax,
  openEnquiriesMax,
} from './enquiry.ts'
import { requireAsker } from './parties.ts'
import { holderTakesPart, insertEnquiry, loadOf, openEnquiriesAre } from './queries.ts'
import { showEnquiry } from './show.ts'

const dayMilliseconds = 86_400_000
/** More than a holder has agents. */
const agentsMax = 100

/**
 * A question to one holder of a patent. It is between the two: no log, no count, no feed tells of it, and a co-owner that
 * is not asked does not learn of it.
 */
export function askHolder(ctx: Context, patentId: string, input: EnquiryInput): Promise<EnquiryShown> {
  const asker = requireAsker(ctx)
  return settle(async () => {
    const holder = await holderAsked(ctx, patentId, input.holder)
    if (holder.id === asker.organisationId) throw invalid('/holder', 'own_patent', 'This is your own organisation.')
    const since = new Date(ctx.now.getTime() - dayMilliseconds).toISOString()
    const load = await loadOf(ctx.db.read, asker, holder.id, patentId, since)
    if (load.same !== undefined)
      throw new RegistryError('already_registered', 'Your enquiry to this holder on this patent is still open.', {
        extra: { existing: load.same },
      })
    if (load.open >= openEnquiriesMax || load.today >= enquiriesPerDayMax)
      throw new RegistryError(
        'not_allowed_now',
        `You may have up to ${openEnquiriesMax} enquiries open, and send up to ${enquiriesPerDayMax} a day.`,
      )
    const record: EnquiryRecord = {
      id: ctx.newId(),
      patentId,
      holderId: holder.id,
      ...asker,
      subject: input.subject,
      message: input.message,
      contact: input.contact ?? null,
      state: 'open',
      askedAt: ctx.now.toISOString(),
      answer: null,
      answerContact: null,
      answeredBy: null,
      answeredAt: null,
      mandateId: null,
      version: 1,
    }
    const shown = await showEnquiry(ctx, record, 'sent')
    const told = [holder.id, ...(await agentsOfHolder(ctx, holder.id))]
    return commit(ctx, {
      write: [
        openEnquiriesAre(asker, load.open),
        holderTakesPart(patentId, holder.id),
        insertEnquiry(record),
        ...told.flatMap((organisationId) =>
          notify(ctx, {
            to: { organisationId },
            kind: 'enquiry_received',
            subject: record.id,
            body: { patent: shown.patent.number, subject: record.subject },
          }),
        ),
      ],
      events: [{ event: 'enquiry_sent', subject: record.id, source: 'asker' }],
      answer: shown,
    })
  })
}

/** Those of the patent’s holders of today that take part, and so can be asked here. */
export async function holdersToAsk(ctx: Pick<Context, 'db' | 'now'>, patentId: string): Promise<Organisation[]> {
  const found = await findRecord(ctx.db.read, patentId)
  if (!found) throw new RegistryError('not_found', 'There is no such patent.')
  const holders = found.record.holders.filter((one) => holdsOn(one, today(ctx)))
  const known = await findOrganisations(
    ctx.db.read,
    holders.map(({ organisationId }) => organisationId),
  )
  return [...known.values()].filter(({ state }) => state === 'approved')
}

/** @throws not_allowed_now when no holder takes part, invalid_input at `/holder` when it is none or has to be named */
async function holderAsked(ctx: Context, patentId: string, named: string | undefined): Promise<Organisation> {
  const holders = await holdersToAsk(ctx, patentId)
  const [only, second] = holders
  if (only === undefined)
    throw new RegistryError(
      'not_allowed_now',
      'No holder of this patent takes part in the registry. Write to the holder directly.',
    )
  if (named === undefined) {
    if (second === undefined) return only
    const choices = holders.map(({ id, name }) => `${name.en} (${id})`).join(', ')
    throw invalid('/holder', 'choose_holder', `Name the holder that is asked: ${choices}.`)
  }
  const asked = (await findOrganisation(ctx.db.read, named))?.organisation.id
  const found = holders.find(({ id }) => id === asked)
  if (!found) throw invalid('/holder', 'not_a_holder', 'This is no holder of the patent that takes part.')
  return found
}

async function agentsOfHolder(ctx: Context, holderId: string): Promise<string[]> {
  const given = await listMandates(
    ctx.db.read,
    { principalId: holderId, state: 'in_force' },
    today(ctx),
    undefined,
    agentsMax,
  )
  return [...new Set(given.filter(({ scope }) => scope.includes('declare')).map(({ agent }) => agent.id))]
}
