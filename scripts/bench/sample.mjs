// Answer times of cases in turn: within each round every case is asked for a while, the order reversed every other round.
import { performance } from 'node:perf_hooks'
import { median } from './in-process.mjs'

/** However slow a case is: what it costs when everything is in memory is not what its first answer cost. */
const warmingAsks = 2

/**
 * @param cases name → function of a running number; it may give the milliseconds itself, as a peer's own clock says
 * @returns of each case p50 and p99 in ms over all its answers, how many there were, and the p50 of each round
 */
export async function sample(cases, { rounds, milliseconds }) {
  const seen = Object.fromEntries(Object.keys(cases).map((name) => [name, []]))
  // Each case is asked the same questions in the same order.
  const turns = Object.fromEntries(Object.keys(cases).map((name) => [name, 0]))
  for (const [name, ask] of Object.entries(cases)) for (let i = 0; i < warmingAsks; i++) await ask(turns[name]++)
  for (let round = 0; round < rounds; round++) {
    const names = Object.keys(cases)
    if (round % 2 === 1) names.reverse()
    for (const name of names) {
      const times = []
      const until = performance.now() + milliseconds
      do {
        const start = performance.now()
        const told = await cases[name](turns[name]++)
        times.push(typeof told === 'number' ? told : performance.now() - start)
      } while (performance.now() < until)
      seen[name].push(times)
    }
  }
  return Object.fromEntries(Object.entries(seen).map(([name, each]) => [name, summary(each)]))
}

function summary(rounds) {
  const sorted = rounds.flat().sort((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return { p50: at(0.5), p99: at(0.99), asked: sorted.length, rounds: rounds.map(median) }
}
