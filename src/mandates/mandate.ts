import { z } from '@hono/zod-openapi'
import { bilingual, date, time } from '../shapes.ts'

/** What an agent does for a holder: enrol and mend patents, make and withdraw declarations, answer as co-owner. */
export const acts = ['enrol', 'declare', 'consent'] as const
export const act = z.enum(acts)
export type Act = z.infer<typeof act>

export const mandateStates = ['future', 'in_force', 'expired', 'ended'] as const
/** On the day of the question. `ended` is by a word of one of the two, `expired` by its own date. */
export const mandateState = z.enum(mandateStates)
export type MandateState = z.infer<typeof mandateState>

/** More than an organisation has agents; each act of an agent reads its mandates. */
export const mandatesPerPrincipalMax = 100

export const mandateInput = z
  .object({
    agent: z.string().min(1).max(200).openapi({ description: 'Id or ROR id of an approved organisation.' }),
    scope: z.array(act).min(1).max(acts.length).openapi({
      description: '`enrol`: register and change patents. `declare`: declare and withdraw. `consent`: answer.',
    }),
    from: date.exactOptional().openapi({ description: 'First day; default: today.' }),
    until: date.exactOptional().openapi({ description: 'Last day; default: until one of the two ends it.' }),
  })
  .strict()
  .openapi('MandateInput', {
    example: {
      agent: '01a200d7-7a44-7590-8a0e-6f1b60a3ce10',
      scope: ['enrol', 'declare', 'consent'],
      until: '2028-03-31',
    },
  })
export type MandateInput = z.infer<typeof mandateInput>

export const mandateExample = {
  id: '01a200d7-7a51-7c0a-9a53-2f6e0f9a7b1d',
  principal: {
    id: '01a200d7-7946-7101-bf95-f67a303e1c8f',
    name: { ja: '京都大学', en: 'Kyoto University' },
  },
  agent: {
    id: '01a200d7-7a44-7590-8a0e-6f1b60a3ce10',
    name: { ja: '入会サンプル技術移転機関', en: 'Iriai Sample Technology Licensing Office' },
  },
  scope: ['enrol', 'declare', 'consent'] as const,
  state: 'in_force' as const,
  from: '2026-11-05',
  until: '2028-03-31',
  givenAt: '2026-11-05T01:00:00.000Z',
}

const party = z.object({ id: z.string(), name: bilingual })

export const mandate = z
  .object({
    id: z.uuid(),
    principal: party.openapi({ description: 'For whom it is done.' }),
    agent: party.openapi({ description: 'Who does it.' }),
    scope: z.array(act),
    state: mandateState,
    from: date,
    until: date.exactOptional(),
    givenAt: time,
    endedAt: time.exactOptional(),
    endedBy: z.enum(['principal', 'agent']).exactOptional(),
  })
  .openapi('Mandate', { example: { ...mandateExample, scope: [...mandateExample.scope] } })
export type Mandate = z.infer<typeof mandate>

/** Who did an act for a holder, as logs and histories name it. */
export type ActedBy = { organisation: string; mandate: string }

/** The same as declarations and consents show it. */
export const actedByShown = z
  .object({ organisation: party, mandate: z.string() })
  .openapi('ActedBy', { description: 'The agent that did this for the organisation, and its mandate.' })
export type ActedByShown = z.infer<typeof actedByShown>

export function mandateStateOn(
  { from, until, endedAt }: { from: string; until?: string | undefined; endedAt?: string | undefined },
  on: string,
): MandateState {
  if (endedAt !== undefined) return 'ended'
  if (until !== undefined && until < on) return 'expired'
  return from > on ? 'future' : 'in_force'
}
