import { catalogue } from '../../../policies/terms.ts'
import type { Reader } from '../../database.ts'
import { technologyFields } from '../../patents/classification/fields.ts'
import { xmlText } from '../../xml.ts'
import {
  countPatents,
  joinedOrganisations,
  lastPatentChange,
  patentAt,
  patentsFrom,
  publishedAreas,
} from './queries.ts'

/** Of the sitemap protocol: at most 50,000 addresses and 50 MB a file. Each patent has two, of some 700 bytes. */
export const addressesPerFileMax = 50_000
export const patentsPerFile = 10_000
const patentsPerRead = 1000
/** Members are hundreds; more would want a file of their own. */
const organisationsMax = 20_000

const languages = ['ja', 'en'] as const

/** Pages that are always there, without their language. */
const standing = [
  '/',
  '/check',
  '/patents',
  '/map',
  '/white-spots',
  '/thicket',
  '/fields',
  '/areas',
  '/organisations',
  '/terms',
  '/terms/choose',
  '/verify',
  '/docs',
  '/about',
  '/log',
  '/privacy',
  '/accessibility',
  '/problems',
]

/** Which files there are. */
export async function sitemapIndex(read: Reader, registryUrl: string): Promise<string> {
  const [count, changed] = await Promise.all([countPatents(read), lastPatentChange(read)])
  const files = Array.from({ length: Math.ceil(count / patentsPerFile) }, (_, i) => `/sitemaps/patents-${i + 1}.xml`)
  const entries = ['/sitemaps/pages.xml', ...files].map(
    (file) =>
      `<sitemap><loc>${xmlText(`${registryUrl}${file}`)}</loc>${changed === undefined ? '' : `<lastmod>${changed}</lastmod>`}</sitemap>\n`,
  )
  return `${head}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('')}</sitemapindex>\n`
}

/** All pages but those of patents: what always stands there, terms, fields, areas, members. */
export async function sitemapOfPages(read: Reader, registryUrl: string): Promise<string> {
  const [areas, organisations] = await Promise.all([publishedAreas(read), joinedOrganisations(read, organisationsMax)])
  const paths: (readonly [string, string | undefined])[] = [
    ...[
      ...standing,
      ...[...catalogue.keys()].map((id) => `/terms/${id}`),
      ...technologyFields.map(({ field }) => `/fields/${field}`),
    ].map((path) => [path, undefined] as const),
    ...areas.map(({ slug, changedAt }) => [`/areas/${slug}`, changedAt] as const),
    ...organisations.map(({ id, changedAt }) => [`/organisations/${id}`, changedAt] as const),
  ]
  return `${head}${open}${paths.map(([path, changedAt]) => addressesOf(registryUrl, path, changedAt)).join('')}${close}`
}

/** A file of patents, counted from 1, as it is read from the database. undefined when there is none. */
export async function sitemapOfPatents(
  read: Reader,
  registryUrl: string,
  file: number,
): Promise<AsyncGenerator<string> | undefined> {
  const first = await patentAt(read, (file - 1) * patentsPerFile)
  return first === undefined ? undefined : patentLines(read, registryUrl, first)
}

async function* patentLines(read: Reader, registryUrl: string, first: string): AsyncGenerator<string> {
  yield `${head}${open}`
  let next: string | undefined = first
  for (let written = 0; written < patentsPerFile && next !== undefined; written += patentsPerRead) {
    const patents = await patentsFrom(read, next, patentsPerRead + 1)
    for (const { number, changedAt } of patents.slice(0, patentsPerRead))
      yield addressesOf(registryUrl, `/patents/${encodeURIComponent(number)}`, changedAt)
    next = patents[patentsPerRead]?.id
  }
  yield close
}

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const open = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
const close = '</urlset>\n'

/** The same page in each language, each naming all of them. */
function addressesOf(registryUrl: string, path: string, changedAt: string | undefined): string {
  const at = (lang: string) => xmlText(`${registryUrl}/${lang}${path === '/' ? '' : path}`)
  const alternates = [
    ...languages.map((lang) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${at(lang)}"/>`),
    `<xhtml:link rel="alternate" hreflang="x-default" href="${xmlText(`${registryUrl}${path}`)}"/>`,
  ].join('')
  const changed = changedAt === undefined ? '' : `<lastmod>${changedAt}</lastmod>`
  return languages.map((lang) => `<url><loc>${at(lang)}</loc>${changed}${alternates}</url>\n`).join('')
}
