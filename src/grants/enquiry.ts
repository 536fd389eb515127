import { z } from '@hono/zod-openapi'
import type { Organisation } from '../organisations/organisation.ts'
import { bilingual } from '../shapes.ts'

/** A letter to the holders, ready to be sent: the terms neither permit nor refuse, so the holder is asked. */
export const enquiry = z
  .object({
    holders: z.array(z.object({ id: z.string(), name: bilingual })),
    numbers: z.array(z.string()),
    subject: bilingual,
    text: bilingual,
  })
  .openapi('Enquiry')
export type Enquiry = z.infer<typeof enquiry>

export function enquiryTo(
  holders: readonly { id: string; name: { ja: string; en: string } }[],
  patents: readonly { number: string }[],
  institution: Pick<Organisation, 'name'>,
): Enquiry {
  const numbers = [...new Set(patents.map(({ number }) => number))]
  const { ja, en } = institution.name
  return {
    holders: holders.map(({ id, name }) => ({ id, name })),
    numbers,
    subject: {
      ja: '発明者による研究の継続についてのお願い',
      en: 'Request: an inventor would like to continue research',
    },
    text: {
      ja: `次の特許の発明者です。現在、${ja}に所属しています。RPC-INVENTOR-1.0 第2条6項により、${ja}での研究には貴機関の個別の同意が必要です。基礎研究の継続をお認めいただけるか、条件とあわせてお知らせください。\n${numbers.join('\n')}`,
      en: `I am an inventor of the patents below and now work at ${en}. Under RPC-INVENTOR-1.0 §2.6, research at ${en} needs your separate consent. Please tell me whether, and on what conditions, I may continue my basic research.\n${numbers.join('\n')}`,
    },
  }
}
