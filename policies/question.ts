import type { Beneficiary, EncumbranceKind, LegalStatus, Mode, Purpose, Text } from './vocabulary.ts'

/** The use that is asked about. What is absent is unknown, and nothing unknown is ever allowed. */
export type Use = {
  purpose?: Purpose | undefined
  mode?: Mode | undefined
  beneficiary?: Beneficiary | undefined
  /** ST.3 code of the country where the research is done; absent: the country of the patent's own office. */
  country?: string | undefined
  /** The day the answer is for, `YYYY-MM-DD`. */
  on: string
  /** The user organisation has a declaration of its own in force, one under RPC-INVENTOR not counted. */
  holdsDeclaration?: boolean | undefined
  /** The user, or a party it controls, asserts a patent against the research of a holder in the registry. */
  assertsPatents?: boolean | undefined
  /** The user is a confirmed inventor of this patent, or works under one's direction. */
  inventor?: boolean | undefined
}

/**
 * What is recorded of one patent. Every date is `YYYY-MM-DD`; `from` and `until` are the first and the last day.
 * The facts hold the whole history, so the same facts answer for any day.
 */
export type Facts = {
  patentId: string
  /** docdb with hyphens: `JP-4567890-B2`. */
  number: string
  /** ST.3 code of the office. */
  office: string
  filedOn?: string | undefined
  grantedOn?: string | undefined
  /** Last day of the term, as recorded or as estimated. */
  end?: { on: string; estimated: boolean; source: string; seenOn: string } | undefined
  /** By `on`, ascending; the last with `on` not after the asked day holds. */
  statuses: readonly { value: LegalStatus; on: string; source: string; seenOn: string }[]
  holders: readonly { id: string; name: Text; from?: string | undefined; until?: string | undefined }[]
  encumbrances: readonly {
    kind: EncumbranceKind
    researchReserved: boolean
    from?: string | undefined
    until?: string | undefined
  }[]
  declarations: readonly DeclarationFact[]
  /** Ids of the organisations that are suspended on the asked day. */
  suspendedHolders: readonly string[]
  family: readonly { number: string; office: string }[]
}

export type DeclarationFact = {
  id: string
  termsId: string
  /** The fingerprint of the terms as accepted by the holder. */
  termsSha256: string
  from: string
  until?: string | undefined
  state: 'awaiting_consent' | 'in_force' | 'withdrawn'
  /** The first day on which every consent was in. */
  inForceFrom?: string | undefined
  awaiting?: readonly { id: string; name: Text }[] | undefined
  /** Ids of who made it and who consented. Absent: all who held the patent then. */
  parties?: readonly string[] | undefined
  /** The first day without new grants, that is, after the notice period. */
  withdrawnOn?: string | undefined
}

/**
 * Those who held the patent on the day the declaration came into force, as may be recorded only later, and never consented: it
 * opens the patent for nobody. Who came after is bound by the clause of its terms on later owners.
 */
export function unaskedBy<Holder extends { id: string; from?: string | undefined; until?: string | undefined }>(
  { parties, inForceFrom }: Pick<DeclarationFact, 'parties' | 'inForceFrom'>,
  holders: readonly Holder[],
): readonly Holder[] {
  if (parties === undefined || inForceFrom === undefined) return []
  return holders.filter((holder) => holdsOn(holder, inForceFrom) && !parties.includes(holder.id))
}

/** Whether a period from its first to its last day holds the day. An absent end is open. */
export function holdsOn(period: { from?: string | undefined; until?: string | undefined }, day: string): boolean {
  return (period.from === undefined || period.from <= day) && (period.until === undefined || day <= period.until)
}
