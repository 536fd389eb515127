import { z } from '@hono/zod-openapi'
import { bilingual, date, sha256 } from '../../shapes.ts'

export const assignmentInput = z
  .strictObject({
    from: z.string().min(1).max(200).openapi({ description: 'Id or ROR id of the holder that assigns.' }),
    to: z.string().min(1).max(200).openapi({
      description: 'Id or ROR id of the new owner: an organisation on record, be it known by name only.',
    }),
    share: z
      .string()
      .regex(/^[1-9]\d{0,5}\/[1-9]\d{0,5}$/)
      .exactOptional()
      .openapi({ description: 'What passes, as a fraction of the whole right; default: all that `from` has.' }),
    on: date.openapi({ description: 'The first day of the new owner.' }),
    evidenceSha256: sha256.exactOptional().openapi({ description: 'Fingerprint of the deed that you keep.' }),
  })
  .openapi('AssignmentInput', {
    example: {
      from: '01a200d7-78bc-75aa-ac65-12afe86dff74',
      to: '01a200d7-7946-7101-bf95-f67a303e1c8f',
      on: '2026-11-01',
    },
  })
export type AssignmentInput = z.infer<typeof assignmentInput>

const party = z.object({ id: z.string(), name: bilingual, state: z.string() })

export const assignment = z
  .object({
    patent: z.object({ id: z.string(), number: z.string() }),
    from: party,
    to: party,
    share: z.string().exactOptional(),
    on: date,
    evidenceSha256: z.string().exactOptional(),
    effect: z
      .object({
        newOwner: z.object({ code: z.string(), text: bilingual }),
        declarations: z.array(
          z.object({
            id: z.string(),
            termsId: z.string(),
            code: z.enum(['stays_in_force', 'asks_new_owner', 'comes_into_force', 'closes', 'not_bound']),
            text: bilingual,
            clause: z.object({ id: z.string(), text: bilingual }),
          }),
        ),
      })
      .openapi({ description: 'What becomes of each declaration, with the clause of its terms on later owners.' }),
  })
  .openapi('Assignment', {
    example: {
      patent: { id: '01a200d7-79ee-7664-9259-513682b8a817', number: 'JP-5985120-B1' },
      from: {
        id: '01a200d7-78bc-75aa-ac65-12afe86dff74',
        name: { ja: '三井金属鉱業株式会社', en: 'Mitsui Mining & Smelting Co., Ltd.' },
        state: 'approved',
      },
      to: {
        id: '01a200d7-7946-7101-bf95-f67a303e1c8f',
        name: { ja: '京都大学', en: 'Kyoto University' },
        state: 'approved',
      },
      on: '2026-11-01',
      effect: {
        newOwner: {
          code: 'member',
          text: {
            ja: '新しい権利者は、この登録簿に参加しています。',
            en: 'The new owner takes part in the registry.',
          },
        },
        declarations: [],
      },
    },
  })
export type Assignment = z.infer<typeof assignment>
export type AssignmentEffect = Assignment['effect']['declarations'][number]

type Holders = readonly { organisationId: string; share?: string; from?: string; until?: string }[]

/** Why the holders cannot change so. */
export type AssignmentFault = 'not_a_holder' | 'before_from' | 'share_unknown' | 'share_too_big'

/**
 * The holders after `share` (default: all) passed from one to another on that day: who assigns holds until the day before,
 * and what remains of a share goes on from that day.
 */
export function assigned(
  holders: Holders,
  change: { from: string; to: string; share: string | undefined; on: string; dayBefore: string },
): { holders: Holders } | { fault: AssignmentFault } {
  const { from, to, share, on, dayBefore } = change
  const holdsThen = (one: Holders[number]) =>
    (one.from === undefined || one.from <= on) && (one.until === undefined || one.until >= on)
  const old = holders.find((one) => one.organisationId === from && holdsThen(one))
  if (!old) return { fault: 'not_a_holder' }
  if (old.from !== undefined && old.from > dayBefore) return { fault: 'before_from' }
  const soleHolder = !holders.some((one) => one !== old && holdsThen(one))
  const had = old.share ?? (soleHolder ? '1/1' : undefined)
  if (share !== undefined && had === undefined) return { fault: 'share_unknown' }
  const left = share === undefined || had === undefined ? undefined : difference(had, share)
  if (left === 'negative') return { fault: 'share_too_big' }
  const passes = share ?? old.share
  const owner = holders.find((one) => one.organisationId === to && holdsThen(one))
  const total = owner === undefined ? passes : sum(owner.share, passes)
  const { until, ...rest } = old
  const ends = until === undefined ? {} : { until }
  return {
    holders: holders.flatMap((one): Holders[number][] => {
      if (one === old)
        return [
          { ...rest, until: dayBefore },
          ...(left === undefined || left === 'none' ? [] : [{ organisationId: from, share: left, from: on, ...ends }]),
          { organisationId: to, from: on, ...(total === undefined ? {} : { share: total }), ...ends },
        ]
      if (one === owner && owner.from !== on) return [{ ...one, until: dayBefore }]
      return one === owner ? [] : [one]
    }),
  }
}

function difference(had: string, share: string): string | 'none' | 'negative' {
  const [a, b, c, d] = [...parts(had), ...parts(share)]
  const [over, under] = [a * d - c * b, b * d]
  if (over < 0n) return 'negative'
  return over === 0n ? 'none' : (fraction(over, under) ?? 'none')
}

function sum(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return undefined
  const [a, b, c, d] = [...parts(one), ...parts(other)]
  return fraction(a * d + c * b, b * d)
}

function parts(share: string): readonly [bigint, bigint] {
  const [over = '1', under = '1'] = share.split('/')
  return [BigInt(over), BigInt(under)]
}

/** In lowest terms; a share with more digits than a register prints is left unknown. */
function fraction(over: bigint, under: bigint): string | undefined {
  let [a, b] = [over, under]
  while (b > 0n) [a, b] = [b, a % b]
  const text = `${over / a}/${under / a}`
  return text.length <= 13 ? text : undefined
}
