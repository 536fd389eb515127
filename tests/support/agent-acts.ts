import { z } from 'zod'
import { consentInput, declaration } from '../../src/declarations/declaration.ts'
import { page } from '../../src/http/paging.ts'
import type { Act } from '../../src/mandates/mandate.ts'

import { declarationOf, declare, enrolPatent, type Holders, type Member } from './holders.ts'
import { patentOf } from './patents.ts'
import type { Answer, Caller } from './registry.ts'

/** What an agent can do for Kyoto. A new act is one more line: everything tried of the others is then tried of it. */
export type AgentAct = {
  act: Act
  answers: number
  /** Makes what the act is about, and gives the request that the agent's client or officer sends. */
  prepare(commons: Holders): Promise<(caller: Caller) => Promise<Answer>>
  /** Where the record says who did it: the log's record or the history's event of this type, and what is shown. */
  recordedIn: { log: string; as?: string; asShown?: true } | { history: string }
  shown?(answer: Answer): unknown
}

export const agentActs: Record<string, AgentAct> = {
  'register a patent': {
    act: 'enrol',
    answers: 201,
    prepare: async ({ kyoto }) => {
      const input = patentOf([kyoto.organisation])
      return (caller) => caller.post('/v1/patents', input)
    },
    recordedIn: { history: 'patent_registered' },
  },
  'register a shared patent': {
    act: 'enrol',
    answers: 201,
    prepare: async ({ kyoto, toyota }) => {
      const input = patentOf([toyota.organisation, kyoto.organisation])
      return (caller) => caller.post('/v1/patents', input)
    },
    recordedIn: { history: 'patent_registered' },
  },
  'change a patent': {
    act: 'enrol',
    answers: 200,
    prepare: async ({ own, anonymous }) => {
      const path = `/v1/patents/${own.number}`
      const headers = { 'If-Match': (await anonymous.get(path)).headers.get('ETag') ?? '' }
      return (caller) => caller.patch(path, { family: 'F1' }, headers)
    },
    recordedIn: { history: 'patent_changed' },
  },
  declare: {
    act: 'declare',
    answers: 201,
    prepare: async ({ kyoto, own }) => {
      const input = { ...declarationOf([own.number]), organisation: kyoto.organisation.id }
      return (caller) => caller.post('/v1/declarations', input)
    },
    recordedIn: { log: 'declared', asShown: true },
    shown: (answer) => answer.as(declaration).actedBy,
  },
  'consent as co-owner': {
    act: 'consent',
    answers: 200,
    prepare: async (commons) => answering(commons, { answer: 'given' }),
    recordedIn: { log: 'consented' },
    shown: (answer) => answer.as(declaration).consents[0]?.actedBy,
  },
  'refuse consent as co-owner': {
    act: 'consent',
    answers: 200,
    prepare: async (commons) => answering(commons, { answer: 'refused', reason: 'Licensed to others.' }),
    recordedIn: { log: 'consent_refused' },
    shown: (answer) => answer.as(declaration).consents[0]?.actedBy,
  },
  'withdraw a declaration': {
    act: 'declare',
    answers: 200,
    prepare: async ({ kyoto, own }) => {
      const { id } = await declare(kyoto.officer, [own.number])
      return (caller) => caller.post(`/v1/declarations/${id}/withdrawal`, { reason: 'Assigned.' })
    },
    recordedIn: { log: 'declaration_withdrawn', as: 'withdrawalActedBy', asShown: true },
    shown: (answer) => answer.as(declaration).withdrawalActedBy,
  },
  'record a status': {
    act: 'enrol',
    answers: 201,
    prepare: async ({ own }) => {
      const input = { value: 'lapsed', on: '2026-10-01', source: 'J-PlatPat', seenOn: '2026-11-20' }
      return (caller) => caller.post(`/v1/patents/${own.number}/statuses`, input)
    },
    recordedIn: { history: 'status_recorded' },
  },
  'assign a patent': {
    act: 'enrol',
    answers: 201,
    prepare: async ({ kyoto, osaka, own }) => {
      const input = { from: kyoto.organisation.id, to: osaka.organisation.id, on: '2026-11-20' }
      return (caller) => caller.post(`/v1/patents/${own.number}/assignment`, input)
    },
    recordedIn: { log: 'patent_assigned' },
  },
  'keep a patent out of declarations': {
    act: 'declare',
    answers: 201,
    prepare: async (commons) => {
      const input = { entries: [{ number: commons.own.number }] }
      return (caller) => caller.post(exclusionsOf(commons), input)
    },
    recordedIn: { history: 'exclusions_added' },
  },
  'let a patent be declared again': {
    act: 'declare',
    answers: 204,
    prepare: async (commons) => {
      const path = exclusionsOf(commons)
      const made = await commons.kyoto.officer.post(path, { entries: [{ number: commons.own.number }] })
      const { id } = one.parse(made.as(page(one)).items[0])
      return (caller) => caller.delete(`${path}/${id}`)
    },
    recordedIn: { history: 'exclusion_removed' },
  },
  'declare many at once': {
    act: 'declare',
    answers: 201,
    prepare: async ({ kyoto }) => {
      const { termsId, termsSha256 } = declarationOf([])
      const input = { organisation: kyoto.organisation.id, rules: [{ termsId, termsSha256 }] }
      const { text } = await kyoto.officer.post('/v1/declarations/preview', input)
      const { sha256: effectSha256 } = z.object({ sha256: z.string() }).parse(JSON.parse(text))
      return (caller) => caller.post('/v1/declaration-batches', { ...input, effectSha256, encumbrancesChecked: true })
    },
    recordedIn: { history: 'declarations_confirmed' },
  },
  'ask a co-owner by a link': {
    act: 'declare',
    answers: 201,
    prepare: async (commons) => {
      const { path, organisation } = await waitingFor(commons)
      return (caller) => caller.post(path, { organisation })
    },
    recordedIn: { history: 'consent_link_made' },
  },
  'make a link void': {
    act: 'declare',
    answers: 204,
    prepare: async (commons) => {
      const { path, organisation } = await waitingFor(commons)
      const { id } = (await commons.kyoto.officer.post(path, { organisation })).as(one)
      return (caller) => caller.delete(`${path}/${id}`)
    },
    recordedIn: { history: 'consent_link_revoked' },
  },
  'remind a co-owner': {
    act: 'declare',
    answers: 201,
    prepare: async ({ kyoto, toyota, shared }) => {
      const { id } = await declare(kyoto.officer, [shared.number])
      return (caller) => caller.post(`/v1/declarations/${id}/consents/${toyota.organisation.id}/reminder`, {})
    },
    recordedIn: { history: 'consent_reminded' },
  },
}

const one = z.object({ id: z.string() })

function exclusionsOf({ kyoto }: Holders): string {
  return `/v1/organisations/${kyoto.organisation.id}/exclusions`
}

/** A declaration that waits for a co-owner without an officer here. */
async function waitingFor(commons: Holders): Promise<{ path: string; organisation: string }> {
  const { kyoto } = commons
  const organisation = await commons.organisation()
  const { number } = await enrolPatent(kyoto.officer, [kyoto, { organisation, officer: commons.anonymous }])
  const { id } = await declare(kyoto.officer, [number])
  return { path: `/v1/declarations/${id}/consent-links`, organisation: organisation.id }
}

async function answering({ kyoto, toyota, shared }: Holders, given: Record<string, string>) {
  const { id } = await declare(toyota.officer, [shared.number])
  const input = consentInput.parse({ ...given, organisation: kyoto.organisation.id })
  return (caller: Caller) => caller.post(`/v1/declarations/${id}/consents`, input)
}

/** A technology licensing office and a machine client of it. */
export async function openAgent(registry: Holders): Promise<Member> {
  const organisation = await registry.organisation({ kind: 'tlo' })
  return { organisation, officer: await registry.member(organisation.id) }
}
