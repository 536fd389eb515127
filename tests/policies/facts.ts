import { decide, type Facts, type Reason, type Use, type Verdict } from '../../policies/decide.ts'
import { catalogue, pinnedFingerprints, type TermsId } from '../../policies/terms.ts'

/** The day most tests ask about. */
export const today = '2026-12-01'

export const kyoto = { id: 'kyoto', name: { ja: '京都大学', en: 'Kyoto University' } }
export const osaka = { id: 'osaka', name: { ja: '大阪大学', en: 'Osaka University' } }

/** A use that lacks nothing. */
export const fullUse: Use = {
  purpose: 'basic_research',
  mode: 'on',
  beneficiary: 'university',
  on: today,
  holdsDeclaration: true,
  assertsPatents: false,
  inventor: true,
}

/** A granted Japanese patent of one holder, opened under the terms named. */
export function openUnder(...ids: TermsId[]): Facts {
  return {
    patentId: 'p1',
    number: 'JP-4567890-B2',
    office: 'JP',
    filedOn: '2015-04-01',
    grantedOn: '2018-08-10',
    end: { on: '2035-04-01', estimated: true, source: 'estimate', seenOn: '2026-11-01' },
    statuses: [
      { value: 'pending', on: '2015-04-01', source: 'J-PlatPat', seenOn: '2026-11-01' },
      { value: 'granted', on: '2018-08-10', source: 'J-PlatPat', seenOn: '2026-11-01' },
    ],
    holders: [kyoto],
    encumbrances: [],
    declarations: ids.map(declared),
    suspendedHolders: [],
    family: [],
  }
}

export function declared(id: TermsId): Facts['declarations'][number] {
  return {
    id: `d-${id}`,
    termsId: id,
    termsSha256: pinnedFingerprints[id],
    from: '2026-11-01',
    state: 'in_force',
    inForceFrom: '2026-11-10',
  }
}

export function ask(use: Partial<Use>, facts: Facts): Verdict {
  return decide(catalogue, { ...fullUse, ...use }, facts)
}

export function codesOf(verdict: { reasons: readonly Reason[] }): string[] {
  return verdict.reasons.map(({ code }) => code)
}
