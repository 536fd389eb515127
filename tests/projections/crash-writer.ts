// Writes at random until it is killed; run by `crash.test.ts` as a process of its own: <file> <seed>.
import { loadKeys, newKeys } from '../../src/keys.ts'
import { migrate, openDatabase, registryContext } from '../../src/node.ts'
import { randomWriter } from './random-writes.ts'

const [, , file = '', seed = '1'] = process.argv
const db = openDatabase(`file:${file}`)
await migrate(db)
const keys = await loadKeys(await newKeys(new Date('2026-11-01T00:00:00.000Z')))
const writer = randomWriter(Number(seed), () =>
  registryContext(db, keys, 'https://registry.test', new Date('2026-11-21T09:00:00.000Z')),
)
await writer.begin()
for (let act = 0; ; act++) {
  await writer.write(8)
  if (act % 10 === 0) process.stdout.write(`${act}\n`)
}
