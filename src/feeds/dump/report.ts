import type { DumpReport } from './verify.ts'

/** What `verify-dump` prints. `ownKey`: the key of the log was given, not taken from the dump. */
export function reportText(
  { sound, head, checks, faults, faultCount, log, unsteady }: DumpReport,
  ownKey: boolean,
): string {
  return [
    head ? `A dump of ${head.registry}, made ${head.madeAt}${head.sample ? ' (a sample)' : ''}` : 'Not a dump',
    ...checks.map(({ name, passed, detail }) => `${passed ? 'ok  ' : 'NOT '} ${name.padEnd(13)} ${detail}`),
    ...faults.map((fault) => `     - ${fault}`),
    ...(faultCount > faults.length ? [`     and ${faultCount - faults.length} more`] : []),
    ...(log.signedBy !== undefined && !ownKey
      ? [`     The key of the log is the dump's own word. Compare it with /log/key: ${head?.logKey ?? ''}`]
      : []),
    ...(unsteady
      ? ['     It was read while the registry went on: GET /v1/changes from `resume` has what came in meanwhile.']
      : []),
    sound ? 'The dump is sound.' : 'The dump is NOT sound.',
  ].join('\n')
}
