import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)

test('the tour of the README works as printed', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'iriai-tour-'))
  const port = await freePort()
  const server = spawn(process.execPath, ['scripts/start.mjs', 'trial'], {
    env: { ...process.env, DATA_DIR: join(folder, '.data'), PORT: String(port), npm_lifecycle_event: '' },
    stdio: 'ignore',
  })
  onTestFinished(() => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  await expect.poll(() => answers(`http://127.0.0.1:${port}/readyz`), { timeout: 30_000, interval: 100 }).toBe(true)
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', tour().replaceAll(':8787', `:${port}`)], {
    cwd: folder,
  })
  expect(stdout).toContain('特許第5985120号: allowed')
  expect(stdout).toContain('US 10,020,535 B2: ask')
  expect(stdout).toContain('what is this: unrecognised')
  expect(stdout).toContain('JP-5985120-B1, JP-5786899; left out: US 10,020,535 B2 (ask)')
  expect(stdout).toContain('true: readable, type, issuer, signature')
  expect(stdout).toMatch(/false: It was revoked on/)
  expect(stdout).toContain('c2sp.org/tlog-proof@v1')
  const [, needed, printed] = /"sha256":"([0-9a-f]{64})"[^\n]*\n([0-9a-f]{64})/.exec(stdout) ?? []
  expect(printed).toBe(needed)
  expect(existsSync(join(folder, 'grant.jwt'))).toBe(false)
})

test('every setting is in the README', async () => {
  const readme = readFileSync('README.md', 'utf8')
  const { settings } = await import('../../src/config.ts')
  for (const name of Object.keys(settings.shape)) expect(readme).toContain(`| \`${name}\` |`)
})

/** The shell blocks of the tour, joined. */
function tour(): string {
  const [, section = ''] = readFileSync('README.md', 'utf8').split('## A tour of five minutes')
  const blocks = [...(section.split('\n## ')[0] ?? '').matchAll(/```sh\n([\s\S]*?)```/g)]
  return blocks.map(([, block]) => block).join('\n')
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
