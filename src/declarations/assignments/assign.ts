import { unaskedBy } from '../../../policies/question.ts'
import { findTerms } from '../../../policies/terms.ts'
import { type Context, today } from '../../context.ts'
import type { Statement } from '../../database.ts'
import { daysAfter } from '../../dates.ts'
import { invalid, RegistryError } from '../../errors.ts'
import { commit, type LogEntry, settle } from '../../log/commit.ts'
import { actedBy, requireActingFor } from '../../mandates/acting.ts'
import { notify } from '../../notices/notify.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import { findOrganisation } from '../../organisations/queries.ts'
import { isSteward } from '../../organisations/rights.ts'
import { findRecord, updatePatent } from '../../patents/queries.ts'
import { type Bilingual, known } from '../../shapes.ts'
import { type Declaration, isComplete } from '../declaration.ts'
import { type DeclarationRecord, findDeclarations, updateDeclaration } from '../queries.ts'
import {
  type Assignment,
  type AssignmentEffect,
  type AssignmentFault,
  type AssignmentInput,
  assigned,
} from './assignment.ts'
import { askNewOwner, holdsOthersOf, standingOn, standingUnchanged, stopAsking } from './queries.ts'

/** Holders and past holders of one right: beyond this the record is at fault. */
const holderPeriodsMax = 200

/**
 * A later owner. A declaration that is in force stays so and binds it, as the clause on later owners of its terms says, unless
 * the right had passed before it came into force; one that still awaits consents awaits the new owner's too, for nothing but a recorded yes is one.
 */
export function assignPatent(ctx: Context, id: string, input: AssignmentInput): Promise<Assignment> {
  return settle(async () => {
    const { read } = ctx.db
    const [found, from, to] = await Promise.all([
      findRecord(read, id),
      findOrganisation(read, input.from),
      findOrganisation(read, input.to),
    ])
    const acting = isSteward(ctx.actor)
      ? undefined
      : await requireActingFor(ctx, from ? [from.organisation.id] : [], 'enrol')
    if (!found) throw new RegistryError('not_found', 'There is no such patent.')
    if (!from) throw unknown('/from', input.from)
    if (!to) throw unknown('/to', input.to)
    const [assigner, owner] = [from.organisation, to.organisation]
    if (assigner.id === owner.id) throw invalid('/to', 'oneself', 'A patent is assigned to another organisation.')
    if (input.on > today(ctx)) throw invalid('/on', 'in_the_future', 'An assignment is recorded once it has effect.')
    const change = {
      from: assigner.id,
      to: owner.id,
      share: input.share,
      on: input.on,
      dayBefore: daysAfter(input.on, -1),
    }
    const result = assigned(found.record.holders, change)
    if ('fault' in result) throw faultOf(result.fault, found.record.number)
    if (result.holders.length > holderPeriodsMax) throw invalid('/to', 'too_big', 'The patent has too many holders.')
    const record = { ...found.record, holders: result.holders }
    const standing = await findDeclarations(read, await standingOn(read, id, today(ctx)))
    const effects = await Promise.all(
      standing.map((declaration) => effectOn(ctx, declaration, id, record.holders, assigner.id, owner)),
    )
    const at = ctx.now.toISOString()
    const answer: Assignment = {
      patent: { id, number: record.number },
      from: party(assigner),
      to: party(owner),
      ...known({ share: input.share, evidenceSha256: input.evidenceSha256 }),
      on: input.on,
      effect: { newOwner: standingOf(owner), declarations: effects.map(({ effect }) => effect) },
    }
    const entry: LogEntry = {
      type: 'patent_assigned',
      subject: id,
      record: {
        patent: record.number,
        from: assigner.id,
        to: owner.id,
        on: input.on,
        ...known({ share: input.share, evidenceSha256: input.evidenceSha256 }),
        declarations: effects.map(({ effect }) => ({ id: effect.id, effect: effect.code })),
        ...actedBy(acting),
      },
    }
    return commit(ctx, {
      write: [
        ...(acting?.guards ?? []),
        standingUnchanged(
          id,
          today(ctx),
          effects.map(({ relied }) => relied),
        ),
        ...updatePatent(found.record, record, found.version, at),
        ...effects.flatMap(({ write }) => write),
        ...notify(ctx, {
          to: { organisationId: owner.id },
          kind: 'patent_assigned',
          subject: id,
          body: {
            patent: record.number,
            from: assigner.id,
            on: input.on,
            declarations: effects.map(({ effect }) => effect.id),
            clauses: effects
              .filter(({ effect }) => effect.code !== 'not_bound')
              .map(({ effect }) => `${effect.termsId} §${effect.clause.id}`),
          },
        }),
      ],
      entries: [entry, ...effects.flatMap(({ entries }) => entries)],
      events: [
        {
          event: 'patent_assigned',
          subject: id,
          source: acting ? 'officer' : 'steward',
          before: found.record,
          after: record,
          ...actedBy(acting),
        },
      ],
      touched: [...new Set([id, ...effects.flatMap(({ touched }) => touched)])],
      answer,
    })
  })
}

type Effect = {
  effect: AssignmentEffect
  relied: { id: string; version: number }
  write: Statement[]
  entries: LogEntry[]
  touched: readonly string[]
}

async function effectOn(
  ctx: Context,
  { declaration, version, patentIds }: DeclarationRecord,
  patentId: string,
  holders: readonly { organisationId: string; from?: string; until?: string }[],
  assignerId: string,
  owner: Organisation,
): Promise<Effect> {
  const declarationId = declaration.id
  const told = { id: declarationId, termsId: declaration.termsId, clause: clauseOf(declaration) }
  const relied = { id: declarationId, version }
  const none = { relied, write: [], entries: [], touched: [] }
  const { inForceFrom } = declaration
  const gave = declaration.consents
    .filter(({ answer }) => answer === 'given')
    .map(({ organisation }) => organisation.id)
  const parties = [declaration.organisation.id, ...gave]
  const held = holders.map(({ organisationId, ...period }) => ({ id: organisationId, ...period }))
  if (inForceFrom !== undefined && unaskedBy({ parties, inForceFrom }, held).length > 0)
    return { ...none, effect: { ...told, code: 'not_bound', text: texts.notBound(inForceFrom) } }
  if (declaration.state === 'withdrawn')
    return { ...none, effect: { ...told, code: 'closes', text: texts.closes(declaration.closedFrom ?? '') } }
  if (declaration.state === 'in_force')
    return { ...none, effect: { ...told, code: 'stays_in_force', text: texts.stays } }

  const stillHolds =
    holders.some(
      ({ organisationId, until }) => organisationId === assignerId && (until === undefined || until >= today(ctx)),
    ) || (await holdsOthersOf(ctx.db.read, declarationId, assignerId, patentId, today(ctx)))
  const isParty = ({ organisation }: Declaration['consents'][number], id: string) => organisation.id === id
  const kept = declaration.consents.filter(
    (one) => stillHolds || one.answer !== 'pending' || !isParty(one, assignerId) || assignerId === owner.id,
  )
  const asks = declaration.organisation.id !== owner.id && !kept.some((one) => isParty(one, owner.id))
  const consents = asks
    ? [...kept, { organisation: { id: owner.id, name: owner.name }, answer: 'pending' as const }]
    : kept
  const complete = isComplete(consents)
  const after: Declaration = {
    ...declaration,
    consents,
    ...(complete ? { state: 'in_force' as const, inForceFrom: today(ctx) } : {}),
  }
  const at = ctx.now.toISOString()
  return {
    relied,
    touched: patentIds,
    write: [
      updateDeclaration(after, version, at),
      ...(kept.length < declaration.consents.length ? [stopAsking(declarationId, assignerId)] : []),
      ...(asks
        ? [
            askNewOwner(declarationId, owner.id, at),
            ...notify(ctx, {
              to: { organisationId: owner.id },
              kind: 'consent_asked',
              subject: declarationId,
              body: {
                declaration: declarationId,
                by: declaration.organisation.id,
                terms: declaration.termsId,
                patents: declaration.patents.count,
              },
            }),
          ]
        : []),
    ],
    entries: complete
      ? [
          {
            type: 'declaration_in_force',
            subject: declarationId,
            record: { id: declarationId, inForceFrom: today(ctx) },
          },
        ]
      : [],
    effect: complete
      ? { ...told, code: 'comes_into_force', text: texts.comes }
      : { ...told, code: 'asks_new_owner', text: texts.asks },
  }
}

/** The clause of its terms on later owners. */
export function clauseOf({ termsId }: Pick<Declaration, 'termsId'>): { id: string; text: Bilingual } {
  const terms = findTerms(termsId)
  const id = terms?.tags.laterOwners.clause ?? ''
  const clause = terms?.clauses.find((one) => one.id === id)
  return { id, text: { ja: clause?.ja ?? '', en: clause?.en ?? '' } }
}

const texts = {
  stays: {
    ja: '宣言は効力を保ち、新しい権利者を拘束します。発行済みの許諾証も有効です。',
    en: 'The declaration stays in force and binds the new owner. Grants already issued stay valid.',
  },
  asks: {
    ja: '宣言はまだ効力を生じていません。新しい権利者の同意も要ります。',
    en: 'The declaration is not in force yet. The new owner’s consent is needed, too.',
  },
  comes: {
    ja: '同意を待つ共有者がいなくなったので、宣言は今日から効力を生じます。',
    en: 'No co-owner is left whose consent is awaited: the declaration is in force from today.',
  },
  notBound: (on: string) => ({
    ja: `宣言が効力を生じた${on}に権利を持っていた権利者が、同意していません。この特許は宣言では開放されず、照会の答えは「要相談」です。発行済みの許諾証は有効です。`,
    en: `Who held the right on ${on}, when the declaration came into force, has not consented: it does not open this patent, and checks answer \`ask\`. Grants already issued stay valid.`,
  }),
  closes: (on: string) => ({
    ja: `宣言は撤回されていて、${on}から新しい許諾証は発行されません。それまでは新しい権利者を拘束します。`,
    en: `The declaration was withdrawn; no new grant is issued from ${on} on. Until then it binds the new owner.`,
  }),
}

function standingOf({ state }: Organisation): Assignment['effect']['newOwner'] {
  if (state === 'approved')
    return {
      code: 'member',
      text: {
        ja: '新しい権利者は、この登録簿に参加しています。',
        en: 'The new owner takes part in the registry.',
      },
    }
  if (state === 'suspended' || state === 'left')
    return {
      code: 'not_taking_part',
      text: {
        ja: '新しい権利者の参加は、停止中か終了しています。その間、新しい許諾証は発行されません。発行済みの許諾証は有効です。',
        en: 'The new owner’s participation is suspended or has ended. Meanwhile no new grant is issued; grants already issued stay valid.',
      },
    }
  return {
    code: 'not_a_member',
    text: {
      ja: '新しい権利者は、この登録簿に参加していません。宣言が拘束するのは、条項と法令によります。新しい宣言や同意は、参加の後か一度限りのリンクでできます。参加契約に基づく発明者の許諾は、参加するまでこの特許に及びません。',
      en: 'The new owner takes no part in the registry. It is bound by the clause and by law. It declares once it has joined, and consents then or by a one-time link. What the participation agreement gives to inventors does not reach this patent until then.',
    },
  }
}

function party({ id, name, state }: Organisation) {
  return { id, name, state }
}

function unknown(pointer: string, written: string): RegistryError {
  return invalid(pointer, 'unknown_organisation', `${written} is not an organisation on record.`)
}

function faultOf(fault: AssignmentFault, number: string): RegistryError {
  switch (fault) {
    case 'not_a_holder':
      return invalid('/from', fault, `The organisation is not recorded as a holder of ${number} on that day.`)
    case 'before_from':
      return invalid('/on', fault, 'On that day the organisation did not hold the patent yet, or had just begun to.')
    case 'share_unknown':
      return invalid('/share', fault, 'The share of who assigns is not on record: mend it first, or assign all of it.')
    case 'share_too_big':
      return invalid('/share', fault, 'That is more than the organisation has.')
  }
}
