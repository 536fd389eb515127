import { sha256 } from '../../log/canonical.ts'
import { nodeHash } from '../../log/tree.ts'

export type GrowingTree = { size(): number; add(leaf: Uint8Array): Promise<void>; root(): Promise<Uint8Array> }

/** The tree of RFC 6962 while leaves come in: of each level at most one hash. */
export function growingTree(): GrowingTree {
  const pending: { level: number; hash: Uint8Array }[] = []
  let leaves = 0
  return {
    size: () => leaves,
    async add(leaf: Uint8Array) {
      leaves += 1
      let node = { level: 0, hash: leaf }
      for (let left = pending.at(-1); left?.level === node.level; left = pending.at(-1)) {
        pending.pop()
        node = { level: node.level + 1, hash: await nodeHash(left.hash, node.hash) }
      }
      pending.push(node)
    },
    async root(): Promise<Uint8Array> {
      let hash: Uint8Array | undefined
      for (const { hash: left } of [...pending].reverse()) hash = hash ? await nodeHash(left, hash) : left
      return hash ?? sha256('')
    },
  }
}
