import type { Detected } from './detect.ts'
import { ownColumns } from './formats/own.ts'
import { isOwnJson } from './formats/own-json.ts'
import { isResearchmap } from './formats/researchmap.ts'
import { type ItemDepth, jsonStart, splitJson } from './json-items.ts'
import { linesStart, splitLines } from './lines.ts'
import { refusals } from './refusals.ts'
import type { Encoding, FormatId, Layout, Shape } from './row.ts'

/** The form of a JSON file by the first records that it holds, wherever they lie. */
export function detectJson(text: string, encoding: Encoding): Detected {
  const array = text.trimStart().startsWith('[')
  const shapes: readonly Shape[] = array ? ['json_array'] : ['json_lines', 'json_sequence', 'json_member']
  for (const shape of shapes) {
    const format = firstRecords(text, shape)
      .map(formatOf)
      .find((found) => found !== undefined)
    if (format === undefined) continue
    const layout: Layout = { format, shape, encoding, header: ownColumns, headerLine: 0 }
    return { kind: 'layout', layout }
  }
  return { kind: 'refusal', refusal: refusals.unknownJson() }
}

export function depthOf(shape: Shape): ItemDepth {
  return shape === 'json_array' ? 1 : shape === 'json_member' ? 2 : 0
}

/** A JSON object, or undefined for anything else. */
export function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const recordsLookedAt = 20

function firstRecords(text: string, shape: Shape): Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = []
  const onItem = (_: number, item: string) => {
    const value = found.length < recordsLookedAt ? parsedObject(item) : undefined
    if (value !== undefined) found.push(value)
  }
  if (shape === 'json_lines') splitLines(linesStart, text, true, onItem)
  else splitJson(jsonStart, text, depthOf(shape), false, onItem)
  return found
}

function formatOf(value: Readonly<Record<string, unknown>>): FormatId | undefined {
  if (isOwnJson(value)) return 'own_ndjson'
  return isResearchmap(value) ? 'researchmap' : undefined
}
