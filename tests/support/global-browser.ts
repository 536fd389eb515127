import { unpackBrowser } from './browser.ts'

/** Before the tests start: files of tests that each unpacked the browser at the same time would run half of it. */
export default async function setup(): Promise<void> {
  await unpackBrowser()
}
