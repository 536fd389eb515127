import { sha256 } from '@noble/hashes/sha2.js'
import { bounded } from '../kept.ts'
import { toHex } from '../log/encoding.ts'
import { nameKeyOf } from '../organisations/names.ts'
import type { OrganisationKind } from '../organisations/organisation.ts'
import { type RorRecord, rorById } from '../organisations/ror-names.ts'
import type { Bilingual } from '../shapes.ts'
import type { NameCandidate, NameOutcome } from './import.ts'
import { hasSignOfOrganisation } from './individuals.ts'
import type { ReadPatent } from './reading/row.ts'

/** One owner as a row names it. `unpaired`: one of several names of which form alone does not tell who is who. */
export type Owner = { key: string; names: readonly string[]; unpaired?: true }

export const nothingOwned: readonly Owner[] = []

/** What is known of an owner's names when it is to be told who that is. */
export type Evidence = {
  /** Of the importing organisation's officers: an organisation, the address of a ROR id, null for one of its own, or `individual`. */
  decided: string | null | undefined
  /** Organisations of the registry that have one of the names. */
  found: readonly string[]
  ror: readonly RorRecord[]
  /** Organisations of the registry that have the ROR id of `ror` or `decided`, by it. */
  ofRor: ReadonlyMap<string, string>
  /** The organisation for which the import is, with all of its names. */
  own: { id: string; names: readonly string[] }
  /** Names of the organisations found, for a person to choose from. */
  names: ReadonlyMap<string, Bilingual>
}

export type Resolved = {
  outcome: NameOutcome
  organisationId?: string
  ror?: string
  /** The ROR id is what an officer chose, whatever the names are. */
  rorChosen?: true
  candidates: NameCandidate[]
}

export function ownersOf({ holders, unpairedHolders }: Pick<ReadPatent, 'holders' | 'unpairedHolders'>): Owner[] {
  const paired = holders
    .map(({ names }) => [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))])
    .filter((names) => names.length > 0)
    .map((names): Owner => ({ key: ownerKey(names), names }))
  const unpaired = (unpairedHolders ?? [])
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name): Owner => ({ key: `${ownerKey([name])}-unpaired`, names: [name], unpaired: true }))
  return [...new Map([...paired, ...unpaired].map((owner) => [owner.key, owner])).values()]
}

/** Equal for the same names however they are spelt and in whatever order. It has no `|`. */
export function ownerKey(names: readonly string[]): string {
  const written = names.join('\n')
  const known = keys.get(written)
  if (known !== undefined) return known
  const key = newOwnerKey(names)
  keys.set(written, key)
  return key
}

/** A portfolio names the same few owners again and again. */
const keys = bounded<string, string>(5000)

function newOwnerKey(names: readonly string[]): string {
  const text = [...new Set(names.map(nameKeyOf))].sort().join('\u0000')
  return toHex(sha256(new TextEncoder().encode(text))).slice(0, 32)
}

/**
 * Who that is: what an officer decided, then an organisation of that very name, then the list of ROR ids. Where the names
 * lead to two, or nearly to the importing organisation itself, or may be those of a natural person, an officer decides.
 */
export function resolveOwner(owner: Owner, evidence: Evidence): Resolved {
  const { decided, found, own, names } = evidence
  const organisations = [...new Set(found)]
  if (decided === individual) return { outcome: 'individual', candidates: [] }
  const chosen = decided ? rorById(decided) : undefined
  if (chosen) return byChosenRor(chosen, evidence)
  if (decided) return { outcome: 'decided', organisationId: decided, candidates: [] }
  // One of its own; it may have been made since, then it is found by its name.
  if (decided === null && organisations.length !== 1) return { outcome: 'new', candidates: [] }
  if (organisations.includes(own.id) && owner.names.some((name) => mayBeAnother(name, own.names)))
    return { outcome: 'several', candidates: [{ id: own.id, name: names.get(own.id) ?? unnamed }] }
  if (organisations.includes(own.id)) return { outcome: 'found', organisationId: own.id, candidates: [] }
  const [only] = organisations
  if (only !== undefined && organisations.length === 1)
    return { outcome: 'found', organisationId: only, candidates: [] }
  if (organisations.length > 1)
    return { outcome: 'several', candidates: organisations.map((id) => ({ id, name: names.get(id) ?? unnamed })) }
  const listed = byRor(evidence)
  if (listed) return listed
  const close = owner.names.some((name) => own.names.some((ours) => areClose(name, ours)))
  const candidates = close ? [{ id: own.id, name: names.get(own.id) ?? unnamed }] : []
  if (owner.unpaired) return { outcome: 'unpaired', candidates }
  // A short name of the importing organisation may stand in a person's by chance.
  if (!owner.names.some(hasSignOfOrganisation)) return { outcome: 'unclear', candidates }
  if (close) return { outcome: 'close', candidates }
  return { outcome: 'new', candidates: [] }
}

/**
 * Whether a name that stands beside one of the importing organisation's in a list, as its form in the other script would,
 * has nothing in common with its own names: it may be a co-owner's, without whose consent nothing is open.
 */
function mayBeAnother(name: string, own: readonly string[]): boolean {
  if (own.some((one) => nameKeyOf(one) === nameKeyOf(name))) return false
  const sameScript = own.filter((one) => isJapanese(one) === isJapanese(name))
  if (isJapanese(name)) return sameScript.length > 0 && !sameScript.some((one) => areClose(name, one))
  const words = tellingWords(name)
  return sameScript.length > 0 && !sameScript.some((one) => tellingWords(one).some((word) => words.includes(word)))
}

function tellingWords(name: string): string[] {
  return distinctiveWords(name).filter((word) => !commonWords.has(word))
}

/** In the names of so many organisations that they tell none from another. */
const commonWords: ReadonlySet<string> = new Set(
  'univ university college school institute inst technology tech science research national nat natl public of and for co corp corporation company inc ltd limited'.split(
    ' ',
  ),
)

/** What stands in place of an organisation where an officer said that the owner is a natural person. */
export const individual = 'individual'

/** The organisation that has the ROR id by now, or the one that is to be made with it. */
function byChosenRor({ ror, name }: RorRecord, { ofRor }: Evidence): Resolved {
  const id = ofRor.get(ror)
  if (id !== undefined) return { outcome: 'decided', organisationId: id, ror, candidates: [] }
  return { outcome: 'ror', ror, rorChosen: true, candidates: [{ ror, name: bilingual(name.ja, name.en) }] }
}

function byRor({ ror, ofRor, names }: Evidence): Resolved | undefined {
  const listed = [...new Map(ror.map((one) => [one.ror, one])).values()]
  const [only] = listed
  if (only === undefined) return undefined
  if (listed.length > 1)
    return {
      outcome: 'several',
      candidates: listed.map((one) => {
        const id = ofRor.get(one.ror)
        return {
          ...(id === undefined ? {} : { id }),
          ror: one.ror,
          name: (id === undefined ? undefined : names.get(id)) ?? bilingual(one.name.ja, one.name.en),
        }
      }),
    }
  const id = ofRor.get(only.ror)
  if (id !== undefined) return { outcome: 'found', organisationId: id, ror: only.ror, candidates: [] }
  return { outcome: 'ror', ror: only.ror, candidates: [{ ror: only.ror, name: bilingual(only.name.ja, only.name.en) }] }
}

const unnamed: Bilingual = { ja: '', en: '' }

function bilingual(ja: string | undefined, en: string | undefined): Bilingual {
  return { ja: ja ?? en ?? '', en: en ?? ja ?? '' }
}

/** The record of an organisation that is known by these names only. Names in Japanese letters are of Japan. */
export function namedOrganisation(names: readonly string[]): {
  name: Bilingual
  kind: OrganisationKind
  country: string
} {
  const native = names.find(isJapanese)
  const other = names.find((name) => !isJapanese(name))
  const name = bilingual((native ?? other)?.slice(0, 300), (other ?? native)?.slice(0, 300))
  const whole = names.join(' ').toLowerCase()
  const kind = kinds.find(([, pattern]) => pattern.test(whole))?.[0] ?? 'company'
  const japanese = native !== undefined || /kabushiki|kaisha|\bjapan\b/.test(whole)
  return { name, kind, country: japanese ? 'JP' : unknownCountry }
}

/** WIPO ST.3: unknown states, other entities. */
const unknownCountry = 'XX'

const kinds: readonly (readonly [OrganisationKind, RegExp])[] = [
  ['company', /株式会社|\(株\)|㈱|\b(?:inc|corp|ltd|gmbh|llc)\b/],
  ['university', /大学|高等専門学校|\buniv(?:ersit[aäey]\w*)?\b|\bcollege\b|institute of technology/],
  ['hospital', /病院|医療センター|\bhospital\b/],
  ['research_institute', /研究所|研究機構|研究開発法人|研究センター|\bresearch\b|\binstitute?\b|\blaborator/],
  [
    'government',
    /^(?:国|経済産業省|文部科学省)|大臣|長官|\bministry\b|\bsecretary\b|\bgovernment\b|united states of america/,
  ],
  ['nonprofit', /財団法人|社団法人|\bfoundation\b|\bassociation\b/],
]

export function isJapanese(text: string): boolean {
  return /[\u3040-\u30ff\u3400-\u9fff]/.test(text)
}

/** Whether one name may be a spelling of the other: one holds the other, or most pairs of letters are the same. */
export function areClose(one: string, other: string): boolean {
  const [a, b] = [nameKeyOf(one), nameKeyOf(other)]
  if (a === '' || b === '' || a === b) return a === b && a !== ''
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length >= 3 && long.includes(short)) return true
  if (shareFirstWord(one, other)) return true
  const pairs = (text: string) =>
    new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, i) => text.slice(i, i + 2)))
  const [left, right] = [pairs(a), pairs(b)]
  const common = [...left].filter((pair) => right.has(pair)).length
  return left.size + right.size > 0 && (2 * common) / (left.size + right.size) >= alikeMin
}

/** `Toyota Jidosha Kabushiki Kaisha` beside `Toyota Motor Corporation`: a Japanese name in Latin letters, and its English form. */
function shareFirstWord(one: string, other: string): boolean {
  const [first] = distinctiveWords(one)
  return (
    first !== undefined &&
    first.length >= 4 &&
    first === distinctiveWords(other)[0] &&
    (/kabushiki/i.test(one) || /kabushiki/i.test(other))
  )
}

function distinctiveWords(name: string): string[] {
  const words =
    name
      .slice(0, 300)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z\d]+/g) ?? []
  return words.filter((word) => word !== 'kabushiki' && word !== 'kaisha' && word !== 'the')
}

/** Share of letter pairs (Dice) from which two names are shown to a person as perhaps the same. */
const alikeMin = 0.65
