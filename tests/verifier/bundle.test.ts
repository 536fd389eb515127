import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import bundle from '../../src/verifier/bundle.json' with { type: 'json' }
import type { verifyGrant } from '../../src/verifier/verifier.ts'
import { openLocalRegistry } from '../support/registry.ts'
import vectors from '../vectors/tokens.json' with { type: 'json' }
import { expectVerdict, optionsOf } from './vectors.ts'

/** A reader on a telephone waits for it. */
const bytesMax = 60_000

test('is what the sources give: run `node scripts/build-verifier.mjs` after a change', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/build-verifier.mjs', '--print'], {
    maxBuffer: 1024 * 1024,
  })
  expect(stdout === readFileSync('src/verifier/bundle.json', 'utf8')).toBe(true)
})

test.each(Object.entries(bundle))('%s is small and has its fingerprint', (_, { code, sha256 }) => {
  expect(Buffer.byteLength(code)).toBeLessThan(bytesMax)
  expect(createHash('sha256').update(code).digest('hex')).toBe(sha256)
})

test('the module asks nobody and needs nothing: no request, no import, no code from text', () => {
  expect(bundle.verifier.code).not.toMatch(
    /\bfetch\(|\bimport\b|\brequire\(|\beval\(|new Function|XMLHttpRequest|WebSocket/,
  )
})

describe('the bundled module as another system loads it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'iriai-'))
  let verify: typeof verifyGrant
  beforeAll(async () => {
    const file = join(folder, 'verifier.mjs')
    writeFileSync(file, bundle.verifier.code)
    const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href)
    const isFunction = z.custom<typeof verifyGrant>((value) => typeof value === 'function')
    verify = z.object({ verifyGrant: isFunction }).parse(loaded).verifyGrant
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(vectors.cases)('$name', async (one) => {
    expectVerdict(await verify(one.token, optionsOf(vectors)), one)
  })
})

test('is served as a module to every origin, and not sent again to those who have it', async () => {
  const registry = await openLocalRegistry()
  const served = await registry.anonymous.get('/verifier.js')
  expect(served.text).toBe(bundle.verifier.code)
  expect(served.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
  expect(served.headers.get('Access-Control-Allow-Origin')).toBe('*')
  const tag = served.headers.get('ETag') ?? ''
  expect((await registry.anonymous.get('/verifier.js', { 'If-None-Match': tag })).status).toBe(304)
  const script = await registry.anonymous.get('/assets/verify.js')
  expect([script.text === bundle.page.code, script.headers.get('Cache-Control')]).toEqual([
    true,
    'public, max-age=31536000, immutable',
  ])
})
