import { z } from '@hono/zod-openapi'
import { deed } from '../../policies/deed.ts'
import { canonicalJson } from '../../policies/fingerprint.ts'
import { findTerms, type Terms, termsDocument } from '../../policies/terms.ts'
import { RegistryError } from '../errors.ts'
import { bilingual, date, sha256 } from '../shapes.ts'

const line = z.object({
  id: z.string(),
  title: bilingual,
  sha256: sha256.openapi({ description: 'SHA-256 of the document, which declarations and grants carry.' }),
  publishedOn: date,
  supersedes: z.string().nullable(),
  url: z.url(),
})

const open = publishedTerms('RPC-OPEN-1.0')
const lineExample = {
  id: open.id,
  title: open.title,
  sha256: open.sha256,
  publishedOn: open.publishedOn,
  supersedes: open.supersedes,
  url: 'https://registry.example/v1/terms/RPC-OPEN-1.0',
}

/** One line of the list. */
export const termsLine = line.openapi('TermsLine', { example: lineExample })
export type TermsLine = z.infer<typeof termsLine>

export const termsList = z
  .object({ items: z.array(termsLine), next: z.null() })
  .openapi('TermsList', { example: { items: [lineExample], next: null } })

/** One published version: machine part, deed and legal text. */
export const termsAnswer = line
  .extend({
    documentUrl: z.url().openapi({ description: 'The exact bytes that `sha256` is the fingerprint of.' }),
    prevailingLanguage: z.enum(['ja', 'en']),
    // Made anew: a shape of `policies/` may have been made before zod knew `.openapi`.
    tags: z
      .strictObject(termsDocument.shape.tags.shape)
      .openapi({ type: 'object', description: 'The machine part. Each tag names the clause it rests on.' }),
    deed: z
      .array(
        z.object({
          kind: z.enum(['may', 'must', 'may_not', 'ask', 'know']),
          tag: z.string(),
          clauses: z.array(z.string()),
          text: bilingual,
        }),
      )
      .openapi({ description: 'The machine part in plain words. The clauses prevail.' }),
    clauses: termsDocument.shape.clauses,
  })
  // The first rows of the deed and the first clauses.
  .openapi('Terms', {
    example: {
      ...lineExample,
      documentUrl: 'https://registry.example/v1/terms/RPC-OPEN-1.0/document',
      prevailingLanguage: open.prevailingLanguage,
      tags: open.tags,
      deed: deed(open).slice(0, 2),
      clauses: open.clauses.slice(0, 2),
    },
  })
export type TermsAnswer = z.infer<typeof termsAnswer>

/** @throws not_found */
export function publishedTerms(id: string): Terms {
  const terms = findTerms(id)
  if (!terms) throw new RegistryError('not_found', 'No terms were published under this id.')
  return terms
}

export function toTermsLine(
  { id, title, sha256: fingerprint, publishedOn, supersedes }: Terms,
  registryUrl: string,
): TermsLine {
  return { id, title, sha256: fingerprint, publishedOn, supersedes, url: `${registryUrl}/v1/terms/${id}` }
}

export function toTermsAnswer(terms: Terms, registryUrl: string): TermsAnswer {
  return {
    ...toTermsLine(terms, registryUrl),
    documentUrl: documentUrl(terms, registryUrl),
    prevailingLanguage: terms.prevailingLanguage,
    tags: terms.tags,
    deed: deed(terms).map(({ clauses, ...row }) => ({ ...row, clauses: [...clauses] })),
    clauses: terms.clauses,
  }
}

export function documentUrl({ id }: Terms, registryUrl: string): string {
  return `${registryUrl}/v1/terms/${id}/document`
}

/** The RFC 8785 form of the published document: the text whose SHA-256 is its fingerprint. */
export function documentText({ sha256: _fingerprint, ...document }: Terms): string {
  return canonicalJson(document)
}
