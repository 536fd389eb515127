import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'
import { loadKeys, newKeys } from '../../src/keys.ts'
import { openDatabase, registryContext } from '../../src/node.ts'
import { factsAstray } from '../../src/projections/facts.ts'
import { mapAstray } from '../../src/projections/map.ts'
import { searchAstray } from '../../src/projections/search.ts'
import { settleDay } from '../../src/projections/settle.ts'

test.each([1, 2, 3])(
  'kill -9 of a process that writes leaves counters, facts and the index true (%i)',
  async (seed) => {
    const folder = mkdtempSync(join(tmpdir(), 'iriai-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'registry.db')
    // Within the project, so that packages are found.
    const script = join(process.cwd(), 'node_modules', `.crash-writer-${process.pid}-${seed}.mjs`)
    onTestFinished(() => rmSync(script, { force: true }))
    await build({
      entryPoints: [join(import.meta.dirname, 'crash-writer.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      packages: 'external',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
    })
    const child = spawn(process.execPath, [script, file, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('the writer ended by itself')))
      let said = ''
      child.stdout.on('data', (text) => {
        said += String(text)
        // Somewhere in the middle of an act.
        if (said.includes(`${seed * 20}\n`)) setTimeout(resolve, seed * 3)
      })
    })
    child.kill('SIGKILL')
    await ended

    const db = openDatabase(`file:${file}`)
    onTestFinished(() => db.close())
    const [written] = await db.read.rows('select count(*) from patents', [])
    expect(Number(written?.[0])).toBeGreaterThan(10)
    expect(await mapAstray(db.read)).toEqual([])
    expect(await factsAstray(db.read)).toEqual([])
    expect(await searchAstray(db.read)).toEqual([])
    const keys = await loadKeys(await newKeys(new Date('2026-11-01T00:00:00.000Z')))
    await settleDay(registryContext(db, keys, 'https://registry.test', new Date('2026-11-21T09:01:00.000Z')))
    expect(await db.read.rows('select * from search_due', [])).toEqual([])
    expect(await mapAstray(db.read)).toEqual([])
  },
  60_000,
)
