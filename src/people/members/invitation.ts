import { z } from '@hono/zod-openapi'
import { time } from '../../shapes.ts'
import { membershipRole } from '../person.ts'

/** Long enough to be read after a holiday, short enough not to lie about. */
export const invitationDays = 7

export const invitationInput = z
  .object({ role: membershipRole })
  .strict()
  .openapi('InvitationInput', { example: { role: 'officer' } })
export type InvitationInput = z.infer<typeof invitationInput>

export const invitationExample = {
  id: '0198c0de-0000-7000-8000-000000000005',
  organisation: '0198c0de-0000-7000-8000-000000000001',
  role: 'officer',
  madeAt: '2026-11-21T09:00:00.000Z',
  expiresAt: '2026-11-28T09:00:00.000Z',
  state: 'open',
}

export const invitation = z
  .object({
    id: z.uuid(),
    organisation: z.string(),
    role: membershipRole,
    madeAt: time,
    expiresAt: time,
    state: z.enum(['open', 'used', 'withdrawn', 'expired']),
  })
  .openapi('Invitation', { example: invitationExample })
export type Invitation = z.infer<typeof invitation>

export const newInvitation = invitation
  .extend({
    url: z.string().openapi({ description: 'The one-time link, shown once. Only a hash of it is kept.' }),
  })
  .openapi('NewInvitation', {
    example: { ...invitationExample, url: 'https://registry.example/join/4Kc…' },
  })
export type NewInvitation = z.infer<typeof newInvitation>

export const memberExample = {
  personId: '0198c0de-0000-7000-8000-000000000003',
  name: '入会 花子',
  role: 'officer',
  since: '2026-11-21T09:00:00.000Z',
}

/** A person's post as the organisation sees it. */
export const member = z
  .object({ personId: z.string(), name: z.string(), role: membershipRole, since: time })
  .openapi('Member', { example: memberExample })
export type Member = z.infer<typeof member>
