/** The part of jsonld that the tests use; the package brings no types. */
declare module 'jsonld' {
  type Loader = (url: string) => Promise<{ contextUrl?: string; documentUrl: string; document: unknown }>
  type Options = { documentLoader: Loader }
  const jsonld: {
    expand(document: unknown, options: Options): Promise<unknown[]>
    compact(document: unknown, context: unknown, options: Options): Promise<Record<string, unknown>>
  }
  export default jsonld
}
