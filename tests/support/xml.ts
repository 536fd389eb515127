import { SaxesParser, type SaxesTagNS } from 'saxes'

export type Tree = {
  /** With the prefix as written. */
  name: string
  uri: string
  attributes: Readonly<Record<string, string>>
  children: Tree[]
  text: string
}

/** Reads well-formed XML with namespaces; throws at the first fault. */
export function readXml(text: string): Tree {
  const parser = new SaxesParser({ xmlns: true })
  const root: Tree = { name: '', uri: '', attributes: {}, children: [], text: '' }
  const open: Tree[] = [root]
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ name, value }) => [name, value]))
    const made: Tree = { name: tag.name, uri: tag.uri, attributes, children: [], text: '' }
    open.at(-1)?.children.push(made)
    open.push(made)
  })
  parser.on('text', (piece) => {
    const here = open.at(-1)
    if (here) here.text += piece
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  const [document] = root.children
  if (!document || root.children.length !== 1) throw new Error('a document has one root')
  return document
}

/** All elements of that name below, at any depth. */
export function all(tree: Tree, name: string): Tree[] {
  return tree.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
}

export function textOf(tree: Tree, name: string): string | undefined {
  return all(tree, name)[0]?.text
}
