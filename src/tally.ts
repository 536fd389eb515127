/**
 * How often each patent was checked since it was last written down: what was asked, never who asked, and of when only
 * the month. It is in memory, so a crash loses what is in it: the counts are a lower bound.
 */
export type Tally = {
  /** @param on the day, `YYYY-MM-DD` */
  add(patentId: string, on: string): void
  /** Takes out what is there. */
  take(): Tallied[]
  /** Puts back what could not be written. */
  putBack(tallied: readonly Tallied[]): void
}
export type Tallied = { patentId: string; month: string; checks: number }

/** Some 10 MB. Checks of more patents than this between two writes are not counted. */
const talliedMax = 100_000

export function newTally(): Tally {
  let months = new Map<string, Map<string, number>>()
  let size = 0
  function count(patentId: string, month: string, checks: number): void {
    const known = months.get(month)
    const ofMonth = known ?? new Map<string, number>()
    if (known === undefined) months.set(month, ofMonth)
    const before = ofMonth.get(patentId)
    if (before === undefined && size >= talliedMax) return
    if (before === undefined) size += 1
    ofMonth.set(patentId, (before ?? 0) + checks)
  }
  return {
    add: (patentId, on) => count(patentId, on.slice(0, 7), 1),
    take() {
      const taken = [...months].flatMap(([month, patents]) =>
        [...patents].map(([patentId, checks]) => ({ patentId, month, checks })),
      )
      months = new Map()
      size = 0
      return taken
    },
    putBack(tallied) {
      for (const { patentId, month, checks } of tallied) count(patentId, month, checks)
    },
  }
}
