import { recordCharactersMax } from './delimited.ts'

/** Which values are the items: each of the text, the elements of one array, or those of an array in a member of one object. */
export type ItemDepth = 0 | 1 | 2

/** Where the splitter stands between two pieces of text. Plain JSON, at most one item. */
export type JsonState = {
  readonly line: number
  readonly depth: number
  readonly inString: boolean
  readonly escaped: boolean
  readonly item: string
  readonly itemLine: number
  /** Text of the last string directly within the outermost object: the name of the member that is being read. */
  readonly member: string
  /** The value at the depth of items that is open is taken as one. */
  readonly taking: boolean
}

export const jsonStart: JsonState = {
  line: 1,
  depth: 0,
  inString: false,
  escaped: false,
  item: '',
  itemLine: 1,
  member: '',
  taking: false,
}

export type JsonStop = { readonly code: 'too_long' | 'open_item' | 'not_json'; readonly line: number }

/** Members in which exports keep their records. */
export const itemMembers = new Set([
  'items',
  '@graph',
  'data',
  'results',
  'records',
  'patents',
  'industrial_property_rights',
])

/**
 * The text of every object or array at the depth of items (RFC 8259; also one after the other, RFC 7464 without marks). The
 * items themselves are not parsed. Linear in the text; an item over `recordCharactersMax` stops the reading.
 */
export function splitJson(
  state: JsonState,
  text: string,
  itemDepth: ItemDepth,
  last: boolean,
  onItem: (line: number, item: string) => void,
): { state: JsonState; stop?: JsonStop } {
  let { line, depth, inString, escaped, item, itemLine, member, taking } = state
  let from = 0
  let memberFrom = -1
  let stop: JsonStop | undefined
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x0a) line += 1
    if (inString) {
      if (escaped) escaped = false
      else if (code === 0x5c) escaped = true
      else if (code === 0x22) {
        inString = false
        if (depth === 1 && itemDepth === 2) {
          member = (member + text.slice(Math.max(memberFrom, 0), at)).slice(0, memberCharactersMax)
          memberFrom = -1
        }
      }
      continue
    }
    if (code === 0x22) {
      if (depth === 0) {
        stop = { code: 'not_json', line }
        break
      }
      inString = true
      if (depth === 1 && itemDepth === 2) {
        member = ''
        memberFrom = at + 1
      }
    } else if (code === 0x7b || code === 0x5b) {
      if (depth === itemDepth && !taking && (itemDepth < 2 || itemMembers.has(member))) {
        taking = true
        item = ''
        itemLine = line
        from = at
      }
      depth += 1
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1
      if (depth === itemDepth && taking) {
        onItem(itemLine, item + text.slice(from, at + 1))
        taking = false
        item = ''
      }
      if (depth < 0) {
        stop = { code: 'not_json', line }
        break
      }
    } else if (depth === 0 && !betweenItems(code)) {
      stop = { code: 'not_json', line }
      break
    }
    if (taking && item.length + at - from > recordCharactersMax) {
      stop = { code: 'too_long', line: itemLine }
      break
    }
  }
  if (stop !== undefined) return { state: { ...jsonStart, line }, stop }
  if (taking) item += text.slice(from)
  if (item.length > recordCharactersMax) return { state: jsonStart, stop: { code: 'too_long', line: itemLine } }
  if (inString && depth === 1 && itemDepth === 2) {
    member = (member + text.slice(Math.max(memberFrom, 0))).slice(0, memberCharactersMax)
  }
  if (last && depth > 0) return { state: jsonStart, stop: { code: 'open_item', line: taking ? itemLine : line } }
  return { state: { line, depth, inString, escaped, item, itemLine, member, taking } }
}

const memberCharactersMax = 100

/** White space, and a comma that some programs write between lines. */
function betweenItems(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x2c || code === 0xfeff
}
