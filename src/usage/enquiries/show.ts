import type { Context } from '../../context.ts'
import { agentsOf } from '../../mandates/queries.ts'
import { findOrganisations } from '../../organisations/queries.ts'
import { findFactsById } from '../../patents/queries.ts'
import { findPerson } from '../../people/queries.ts'
import { known } from '../../shapes.ts'
import { type EnquiryRecord, type EnquiryShown, enquiryShown } from './enquiry.ts'

/** As one side sees it. One that is withdrawn tells the holder only that it was. */
export async function showEnquiries(
  { db: { read } }: Pick<Context, 'db'>,
  records: readonly EnquiryRecord[],
  side: EnquiryShown['side'],
): Promise<EnquiryShown[]> {
  const [names, agents, facts] = await Promise.all([
    findOrganisations(
      read,
      records.flatMap(({ holderId, organisationId }) => [holderId, organisationId ?? holderId]),
    ),
    agentsOf(
      read,
      records.flatMap(({ mandateId }) => mandateId ?? []),
    ),
    findFactsById(
      read,
      records.map(({ patentId }) => patentId),
    ),
  ])
  const party = (id: string) => ({ id, name: names.get(id)?.name ?? { ja: id, en: id } })
  return Promise.all(
    records.map(async (one) => {
      const patent = facts.get(one.patentId)
      const person = one.personId === null ? undefined : await findPerson(read, one.personId)
      const told = side === 'sent' || one.state !== 'withdrawn'
      const asker = {
        ...known({ name: person?.name === '' ? undefined : person?.name, orcid: person?.orcid }),
        ...(one.organisationId === null ? {} : { organisation: party(one.organisationId) }),
      }
      const both = one.contact !== null && one.answerContact !== null && told
      return enquiryShown.parse({
        id: one.id,
        side,
        patent: { number: patent?.number ?? one.patentId, title: patent?.title ?? {} },
        holder: party(one.holderId),
        ...(told ? { asker, message: one.message } : {}),
        subject: one.subject,
        state: one.state,
        askedAt: one.askedAt,
        ...(one.answer === null || one.answeredAt === null
          ? {}
          : {
              answer: {
                text: one.answer,
                at: one.answeredAt,
                ...known({ actedBy: one.mandateId === null ? undefined : agents.get(one.mandateId) }),
              },
            }),
        ...(both ? { contacts: { asker: one.contact, holder: one.answerContact } } : {}),
      })
    }),
  )
}

export async function showEnquiry(
  ctx: Pick<Context, 'db'>,
  record: EnquiryRecord,
  side: EnquiryShown['side'],
): Promise<EnquiryShown> {
  const [shown] = await showEnquiries(ctx, [record], side)
  if (!shown) throw new TypeError('an enquiry was not shown')
  return shown
}
