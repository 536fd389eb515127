// The registry as `npm run serve` starts it, from the bundle that is already made.
const { main } = await import('../../dist/node/server.mjs')
await main('serve', [])
