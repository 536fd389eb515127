import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { z } from 'zod'

/** Chromium for the tests: the one that npm brings (Linux x64), else an installed one; `CHROME_PATH` overrides both. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
  const brought = process.env.CHROME_PATH === undefined ? await unpackBrowser() : undefined
  if (brought) {
    // Last, so that the machine's own libraries win.
    env.LD_LIBRARY_PATH = [env.LD_LIBRARY_PATH, brought.libraries].filter(Boolean).join(':')
  }
  const executablePath = process.env.CHROME_PATH ?? brought?.path ?? installed.find((file) => existsSync(file))
  if (executablePath === undefined) return undefined
  if (process.platform === 'linux') env.FONTCONFIG_FILE = fontsConfiguration()
  return chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: false,
    env,
    args: ['--font-render-hinting=none'],
  })
}

const require = createRequire(import.meta.url)
const cache = resolve('node_modules/.cache/chromium')

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env['PROGRAMFILES(X86)']}\\Microsoft\\Edge\\Application\\msedge.exe`,
]

/** Unpacks the npm package once per version: the program and the folder of its NSS libraries. */
export async function unpackBrowser(): Promise<{ path: string; libraries: string } | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const folder = join(dirname(require.resolve('@sparticuz/chromium')), '..')
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const target = join(cache, version)
  const done = join(target, 'done')
  const before = process.env.TMPDIR
  // The package unpacks into os.tmpdir() and takes whatever lies there already.
  process.env.TMPDIR = target
  try {
    const { default: pack, inflate } = await import('@sparticuz/chromium')
    if (!existsSync(done)) {
      mkdirSync(target, { recursive: true })
      pack.setGraphicsMode = false
      await pack.executablePath(join(folder, 'bin'))
      await inflate(join(folder, 'bin', 'al2023.tar.br')) // libnss3 and friends, for machines without them
      writeFileSync(done, version)
    }
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  return { path: join(target, 'chromium'), libraries: join(target, 'al2023', 'lib') }
}

/** A fontconfig file that adds the Japanese font of the npm package to the machine's own. */
function fontsConfiguration(): string {
  const font = dirname(require.resolve('@expo-google-fonts/biz-udpgothic/package.json'))
  mkdirSync(cache, { recursive: true })
  const file = join(cache, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${font}/400Regular</dir><dir>${font}/700Bold</dir>
<cachedir>${join(cache, 'fontcache')}</cachedir>
<alias><family>sans-serif</family><prefer><family>BIZ UDPGothic</family></prefer></alias>
<alias><family>serif</family><prefer><family>BIZ UDPGothic</family></prefer></alias>
</fontconfig>`,
  )
  return file
}
