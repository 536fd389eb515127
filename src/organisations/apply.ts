import { type Actor, actorId, type Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, type LogEntry, settle } from '../log/commit.ts'
import { known } from '../shapes.ts'
import {
  type ApplicationInput,
  type AppliedOrganisation,
  isCurrentAgreement,
  type ProposedOrganisation,
} from './application.ts'
import {
  countLiveApplications,
  fewerLiveApplicationsThan,
  insertAcceptance,
  insertApplication,
  nobodyElseApplies,
} from './application-queries.ts'
import { organisationsOfName, putRecordNames } from './name-queries.ts'
import type { Organisation } from './organisation.ts'
import { findSameOrganisations, insertOrganisation, updateOrganisation } from './queries.ts'
import { isSteward } from './rights.ts'

/** An office applies for itself and perhaps a hospital and a foundation beside it; more is a flood. */
const liveApplicationsMax = 5

/**
 * Records that an organisation asks to join the commons. It takes part once a steward has approved it; the person who
 * applied is then its first officer. One that is known by name only, or has left, goes on under its record when the ROR
 * id or 法人番号 is the same; a like name is for the steward to judge.
 * @throws already_registered when it takes part, or has asked to
 */
export function applyForOrganisation(ctx: Context, input: ApplicationInput): Promise<AppliedOrganisation> {
  if (ctx.actor.kind === 'anonymous')
    throw new RegistryError('unauthenticated', 'This needs an access token or a session.')
  const { signatory, agreement, ...proposed } = input
  const accepted = acceptanceIn(ctx, input)
  return settle(async () => {
    const steward = isSteward(ctx.actor)
    const applicantId = actorId(ctx.actor)
    if (!steward && (await countLiveApplications(ctx.db.read, applicantId)) >= liveApplicationsMax)
      throw new RegistryError('not_allowed_now', `You have ${liveApplicationsMax} applications that wait already.`)
    const same = await findSameOrganisations(ctx.db.read, proposed)
    const [takenOver] = same
    const taken = same.find(({ organisation }) => organisation.state !== 'named' && organisation.state !== 'left')
    if (taken ?? same[1]) throw alreadyRegistered(ctx, (taken ?? same[1])?.organisation.id ?? '')
    const others = steward ? [] : await othersOfName(ctx, proposed, takenOver?.organisation.id)
    const at = ctx.now.toISOString()
    const id = takenOver?.organisation.id ?? ctx.newId()
    const organisation: Organisation = known({
      id,
      ...proposed,
      state: 'applied' as const,
      since: takenOver?.organisation.since ?? at,
    })
    const application = {
      id: ctx.newId(),
      organisation: id,
      state: 'waiting' as const,
      proposed,
      appliedAt: at,
      sentAt: at,
    }
    return commit(ctx, {
      write: [
        ...(steward
          ? []
          : [
              nobodyElseApplies([proposed.name.ja, proposed.name.en], others),
              fewerLiveApplicationsThan(liveApplicationsMax, applicantId),
            ]),
        ...(takenOver
          ? [
              updateOrganisation(
                {
                  ...takenOver,
                  organisation: { ...takenOver.organisation, state: 'applied' },
                  shownAs: takenOver.organisation.state === 'left' ? 'left' : 'named',
                },
                at,
              ),
            ]
          : [insertOrganisation(organisation), ...putRecordNames(id, organisation.name)]),
        insertApplication({ application, version: 1, applicantId, personId: applicantOf(ctx.actor) }),
        ...(accepted
          ? [
              insertAcceptance({
                id: ctx.newId(),
                organisationId: id,
                ...accepted,
                acceptedBy: applicantId,
                acceptedAt: at,
              }),
            ]
          : []),
      ],
      entries: [
        { type: 'organisation_applied', subject: id, record: organisation },
        ...(accepted ? [participationAccepted(id, accepted.agreement)] : []),
      ],
      answer: { ...organisation, application: application.id },
    })
  })
}

/** What was accepted, and by whom: a steward may record an application whose agreement lies on paper. */
export function acceptanceIn(
  ctx: Context,
  { signatory, agreement }: Pick<ApplicationInput, 'signatory' | 'agreement'>,
) {
  if (agreement === undefined && signatory === undefined && isSteward(ctx.actor)) return undefined
  if (signatory === undefined) throw invalid('/signatory', 'required', 'Name who accepts the participation agreement.')
  if (agreement === undefined) throw invalid('/agreement', 'required', 'Accept the participation agreement.')
  if (!isCurrentAgreement(agreement))
    throw invalid('/agreement', 'not_the_current_agreement', 'Read and accept the current participation agreement.')
  return { signatory, agreement }
}

/** Without the signatory, who stands in a private table alone. */
export function participationAccepted(organisation: string, agreement: { id: string; sha256: string }): LogEntry {
  return { type: 'participation_accepted', subject: organisation, record: { organisation, agreement } }
}

export function alreadyRegistered(ctx: Context, id: string): RegistryError {
  return new RegistryError(
    'already_registered',
    'This organisation takes part already, or has asked to. Ask one of its officers for an invitation.',
    { extra: { existing: `${ctx.registryUrl}/v1/organisations/${id}` } },
  )
}

/**
 * Ids of others of the same name, which are known not to be this one, or are known by name only.
 * @throws already_registered when one that takes part, or has asked to, may be this one
 */
export async function othersOfName(
  ctx: Context,
  identity: Pick<ProposedOrganisation, 'name' | 'ror' | 'corporateNumber'>,
  ownId: string | undefined,
): Promise<string[]> {
  const { ja, en } = identity.name
  const named = (await organisationsOfName(ctx.db.read, [ja, en])).filter(({ id }) => id !== ownId)
  const twin = named.find((one) => takesPart(one) && !toldApart(one, identity))
  if (twin) throw alreadyRegistered(ctx, twin.id)
  return named.map(({ id }) => id)
}

function takesPart({ state }: Organisation): boolean {
  return state === 'applied' || state === 'approved' || state === 'suspended'
}

type Ids = Pick<ProposedOrganisation, 'ror' | 'corporateNumber'>

/** Two organisations of one name: both are known by an id, and it is another one. */
function toldApart(a: Ids, b: Ids): boolean {
  const differ = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== other
  return differ(a.ror, b.ror) || differ(a.corporateNumber, b.corporateNumber)
}

/** A person who applies for the own organisation; a steward does it for another's. */
function applicantOf(actor: Actor): string | undefined {
  return actor.kind === 'person' && !isSteward(actor) ? actor.id : undefined
}
