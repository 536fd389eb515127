import { expect, test } from 'vitest'
import { style } from '../../src/http/style.ts'

test('dark gives the colours of light other values, and changes nothing else', () => {
  const [, light = ''] = style.match(/^\s*:root\{([^}]*)\}/) ?? []
  const dark = [...style.matchAll(/@media [^{]*prefers-color-scheme[^{]*\{:root\{([^}]*)\}\}/g)].map(
    ([, one = '']) => one,
  )
  expect(style.split('prefers-color-scheme').length - 1).toBe(1)
  expect(dark.length).toBe(1)
  const colours = (rules: string) =>
    new Map([...rules.matchAll(/(--[a-z]+):(#[0-9a-f]{6})/g)].map(([, a, b]) => [a, b]))
  const [day, night] = [colours(light), colours(dark[0] ?? '')]
  expect([...night.keys()].sort()).toEqual([...day.keys()].sort())
  expect(dark[0]?.split(';').filter((one) => !/^\s*--[a-z]+:#[0-9a-f]{6}$/.test(one))).toEqual([])
  // And nothing moves into its colour: what is measured at once is what stays.
  expect(style).not.toMatch(/transition|animation/)
})
