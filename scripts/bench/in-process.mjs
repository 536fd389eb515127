// Races in this process: the cases run in turn within each round, the order reversed every other round.
import { performance } from 'node:perf_hooks'

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The median of the ratios of each round: what slows the machine for a while slows both. */
export function ratioOf(subject, floor) {
  return median(subject.map((value, round) => value / floor[round]))
}

/** @param cases name → async function that does some work and says how many units. @returns units per second of each round */
export async function race(cases, rounds, milliseconds) {
  const rates = Object.fromEntries(Object.keys(cases).map((name) => [name, []]))
  for (const run of Object.values(cases)) await rate(run, milliseconds / 2)
  for (let round = 0; round < rounds; round++) {
    const names = Object.keys(cases)
    if (round % 2 === 1) names.reverse()
    for (const name of names) rates[name].push(await rate(cases[name], milliseconds))
  }
  return rates
}

async function rate(run, milliseconds) {
  const start = performance.now()
  let done = 0
  while (performance.now() - start < milliseconds) done += await run()
  return (done / (performance.now() - start)) * 1000
}
