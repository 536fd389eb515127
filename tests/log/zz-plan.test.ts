import { test } from 'vitest'
import { openLocalRegistry } from '/work/main/tests/support/registry.ts'
import { logMany, registryItself } from '/work/main/tests/support/log.ts'
import { publishCheckpoint } from '/work/main/src/log/publish.ts'
import { readHead } from '/work/main/src/log/queries.ts'
test('plan', async () => {
  const r = await openLocalRegistry()
  await logMany(r, 20000)
  let t = performance.now()
  console.log((await publishCheckpoint(registryItself(r))).size, performance.now() - t)
  t = performance.now(); for (let i=0;i<200;i++) await readHead(r.db.read); console.log('head us', (performance.now()-t)*5)
  t = performance.now(); for (let i=0;i<200;i++) await publishCheckpoint(registryItself(r)); console.log('hot us', (performance.now()-t)*5)
  t = performance.now(); for (let i=0;i<50;i++) await r.anonymous.get('/v1/log/entries/777.tlog-proof'); console.log('proof us', (performance.now()-t)*20)
  t = performance.now(); await r.anonymous.get('/v1/log/entries?type=key_published'); console.log('rare type ms', performance.now()-t)
  for (const [sql,args] of [
    ["select n.level, n.position, n.hash from json_each(?) wanted cross join log_nodes n on n.level = wanted.value ->> 0 and n.position = wanted.value ->> 1", ['[[0,1]]']],
    ["insert into guard select count(*) = ?, 'log entries' from log_entries where subject in (select value from json_each(?)) and type = ?", [1,'[]','a']],
    ["select (select coalesce(max(sequence) + 1, 0) from log_entries), (select coalesce(max(position) + 1, 0) from log_nodes where level = 0), c.size from (select 1) left join (select * from log_checkpoints order by size desc limit 1) c", []],
  ] as const) console.log(JSON.stringify((await r.db.read.rows('explain query plan ' + sql, [...args])).map((x) => x[3])))
})
