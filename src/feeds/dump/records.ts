import { canonicalJson } from '../../../policies/fingerprint.ts'
import { canonical, sha256Hex } from '../../log/canonical.ts'
import { leafHash } from '../../log/tree.ts'
import { fieldsOf } from '../../patents/classification/fields.ts'
import {
  areaLine,
  changeLine,
  declarationLine,
  declaredRecord,
  grantedRecord,
  grantLine,
  leafShape,
  logLine,
  mandateLine,
  organisationLine,
  patentLine,
  relatedLine,
  termsLine,
} from './lines.ts'
import type { GrowingTree } from './tree.ts'

type Reader = (line: unknown, say: (fault: string) => void) => Promise<void> | void

type Declared = {
  termsSha256: string
  patentsSha256: string
  state: string
  inForce: boolean
  said: Map<string, number>
}

/**
 * Reads the lines of a dump in their order and says what does not agree: with what came before, and with the log. Of each
 * record its ids are kept, of a declaration or grant what the log must say of it.
 */
export function recordReaders(tree: GrowingTree): {
  readers: Readonly<Record<string, Reader>>
  finish(say: (kind: string, fault: string) => void): void
} {
  const encoder = new TextEncoder()
  const terms = new Map<string, string>()
  const organisations = new Set<string>()
  const areas = new Set<string>()
  const mandates = new Set<string>()
  const patents = new Set<string>()
  const numberKeys = new Set<string>()
  const canonicalNumbers = new Set<string>()
  const declarations = new Map<string, Declared>()
  const grants = new Map<string, { tokenSha256: string; state: string; said: Map<string, number> }>()
  let changes = 0

  const readers: Readonly<Record<string, Reader>> = {
    async terms(line, say) {
      const { id, sha256, document } = termsLine.parse(line)
      terms.set(id, sha256)
      if ((await sha256Hex(document)) !== sha256) say(`terms ${id} have another fingerprint`)
      if (canonicalJson(JSON.parse(document)) !== document) say(`terms ${id} are not canonical`)
    },
    organisation(line, say) {
      const { id } = organisationLine.parse(line)
      if (organisations.has(id)) say(`organisation ${id} stands here twice`)
      organisations.add(id)
    },
    mandate(line, say) {
      const { id, principalId, agentId } = mandateLine.parse(line)
      mandates.add(id)
      for (const party of [principalId, agentId])
        if (!organisations.has(party)) say(`mandate ${id} names the unknown organisation ${party}`)
    },
    patent(line, say) {
      const patent = patentLine.parse(line)
      const { id, number, office } = patent
      if (patents.has(id) || canonicalNumbers.has(number)) say(`patent ${number} stands here twice`)
      patents.add(id)
      canonicalNumbers.add(number)
      for (const { key } of patent.numbers) {
        if (numberKeys.has(key)) say(`the number ${key} leads to two patents`)
        numberKeys.add(key)
        if (!key.startsWith(`${office}:`)) say(`patent ${number} of ${office} has the number ${key}`)
      }
      for (const { organisationId } of patent.holders)
        if (!organisations.has(organisationId)) say(`patent ${number} has the unknown holder ${organisationId}`)
      if (patent.statuses.some(({ sequence }, i) => sequence !== i)) say(`statuses of ${number} have a gap`)
      const fields = patent.fields.map(({ field }) => field)
      const derived = [...fieldsOf(patent.classes.map(({ symbol }) => symbol))].sort((a, b) => a - b)
      if (fields.join() !== derived.join()) say(`fields of ${number} do not follow from its classes`)
    },
    declaration(line, say) {
      const one = declarationLine.parse(line)
      const { id } = one
      if (declarations.has(id)) say(`declaration ${id} stands here twice`)
      declarations.set(id, {
        termsSha256: one.termsSha256,
        patentsSha256: one.patentsSha256,
        state: one.state,
        inForce: one.inForceOn !== undefined,
        said: new Map(),
      })
      if (terms.get(one.termsId) !== one.termsSha256)
        say(`declaration ${id} is under an unknown text of ${one.termsId}`)
      if (one.patents.length !== one.patentCount)
        say(`declaration ${id} lists another number of patents than it counts`)
      for (const { patentId } of one.patents)
        if (!patents.has(patentId)) say(`declaration ${id} names the unknown patent ${patentId}`)
      for (const { organisationId } of [one, ...one.consents])
        if (!organisations.has(organisationId))
          say(`declaration ${id} names the unknown organisation ${organisationId}`)
      if (one.state === 'in_force' && one.consents.some(({ answer }) => answer !== 'given'))
        say(`declaration ${id} is in force without every consent`)
    },
    grant(line, say) {
      const { id, state, tokenSha256, patents: covered } = grantLine.parse(line)
      grants.set(id, { tokenSha256, state, said: new Map() })
      for (const { patentId, termsId, declarationId } of covered) {
        if (!patents.has(patentId)) say(`grant ${id} covers the unknown patent ${patentId}`)
        if (!terms.has(termsId)) say(`grant ${id} is under the unknown terms ${termsId}`)
        if (declarationId !== undefined && !declarations.has(declarationId))
          say(`grant ${id} rests on the unknown declaration ${declarationId}`)
      }
    },
    area(line, say) {
      const { id, patents: listed } = areaLine.parse(line)
      areas.add(id)
      for (const { patentId } of listed)
        if (!patents.has(patentId)) say(`area ${id} names the unknown patent ${patentId}`)
    },
    related(line, say) {
      const { id, patentId, areaId } = relatedLine.parse(line)
      const to = (patentId !== undefined && patents.has(patentId)) || (areaId !== undefined && areas.has(areaId))
      if (!to) say(`related item ${id} goes with nothing that is here`)
    },
    async log(line, say) {
      const entry = logLine.parse(line)
      const { sequence, type, subject } = entry
      if (sequence !== tree.size()) say(`log entry ${sequence} stands where ${tree.size()} should`)
      await tree.add(await leafHash(encoder.encode(entry.leaf)))
      const leaf = leafShape.parse(JSON.parse(entry.leaf))
      if (canonical(leaf) !== entry.leaf) say(`the leaf of log entry ${sequence} is not canonical`)
      if (leaf.type !== type || leaf.subject !== subject || leaf.at !== entry.at)
        say(`the leaf of log entry ${sequence} says something else`)
      const { record, salt } = entry
      if (record !== undefined && (await sha256Hex(`${salt ?? ''}${record}`)) !== leaf.digest)
        say(`the record of log entry ${sequence} has another digest`)
      for (const known of [declarations.get(subject), grants.get(subject)])
        known?.said.set(type, (known.said.get(type) ?? 0) + 1)
      if (record === undefined) return
      const declared = type === 'declared' ? declarations.get(subject) : undefined
      if (declared) {
        const said = declaredRecord.parse(JSON.parse(record))
        const listed = await sha256Hex(said.patents.numbers.map((number) => `${number}\n`).join(''))
        if (said.patents.sha256 !== declared.patentsSha256 || listed !== declared.patentsSha256)
          say(`declaration ${subject} and the log name other patents`)
        if (said.termsSha256 !== declared.termsSha256) say(`declaration ${subject} and the log name other terms`)
      }
      const granted = type === 'granted' ? grants.get(subject) : undefined
      if (granted && grantedRecord.parse(JSON.parse(record)).tokenSha256 !== granted.tokenSha256)
        say(`grant ${subject} and the log know another token`)
    },
    change(line, say) {
      const { sequence } = changeLine.parse(line)
      changes += 1
      if (sequence !== changes) say(`change ${sequence} stands where ${changes} should`)
    },
  }
  return {
    readers,
    finish(say) {
      for (const [id, declared] of declarations) declarationFaults(id, declared, (fault) => say('declaration', fault))
      for (const [id, granted] of grants) grantFaults(id, granted, (fault) => say('grant', fault))
    },
  }
}

function declarationFaults(id: string, { state, inForce, said }: Declared, say: (fault: string) => void): void {
  if (said.get('declared') !== 1) say(`declaration ${id} is not in the log just once`)
  if ((said.get('declaration_in_force') ?? 0) !== (inForce ? 1 : 0))
    say(`the coming into force of declaration ${id} is not in the log just so`)
  if ((said.get('declaration_withdrawn') ?? 0) !== (state === 'withdrawn' ? 1 : 0))
    say(`the withdrawal of declaration ${id} is not in the log just so`)
}

function grantFaults(
  id: string,
  { state, said }: { state: string; said: ReadonlyMap<string, number> },
  say: (fault: string) => void,
): void {
  if (said.get('granted') !== 1) say(`grant ${id} is not in the log just once`)
  if ((said.get('grant_revoked') ?? 0) > 0 !== (state === 'revoked'))
    say(`the end of grant ${id} is not in the log just so`)
  if ((said.get('grant_superseded') ?? 0) > 0 !== (state === 'superseded'))
    say(`what took the place of grant ${id} is not in the log just so`)
}
