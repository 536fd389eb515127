// One process of load: node load.mjs <job.json>. Prints what autocannon saw. Every connection has its own requests.
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'

const { url, connections, seconds, requests, headers, method } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const each = Math.floor(requests.length / connections)
let client = 0
const running = autocannon({
  url,
  connections,
  method,
  headers,
  timeout: 30,
  // Either for a time, or every request once.
  ...(seconds === undefined ? { amount: each * connections } : { duration: seconds }),
  setupClient(one) {
    const own = requests.slice(client * each, (client + 1) * each)
    client += 1
    one.setRequests(own.map((request) => ({ method, headers, ...request })))
  },
})
const result = await running
console.log(
  JSON.stringify({
    answered: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
    milliseconds: new Date(result.finish) - new Date(result.start),
    p50: result.latency.p50,
    p99: result.latency.p99,
  }),
)
