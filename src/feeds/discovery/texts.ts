import { daysAfter } from '../../dates.ts'

/** Everything public may be read by machines; desks and forms have nothing for them (RFC 9309). */
export function robotsText(registryUrl: string): string {
  return [
    'User-agent: *',
    ...['/desk', '/me', '/sign-in', '/oauth/'].flatMap((path) =>
      path.startsWith('/oauth')
        ? [`Disallow: ${path}`]
        : [`Disallow: ${path}`, `Disallow: /ja${path}`, `Disallow: /en${path}`],
    ),
    'Allow: /',
    '',
    `# All records at once: ${registryUrl}/v1/dump, what has changed: ${registryUrl}/v1/changes, harvesters: ${registryUrl}/oai`,
    `Sitemap: ${registryUrl}/sitemap.xml`,
    '',
  ].join('\n')
}

/** A promise of RFC 9116 is to be renewed within a year; this one renews itself with every day. */
const securityDays = 180

/** RFC 9116. */
export function securityText(registryUrl: string, contact: string, today: string): string {
  return [
    `Contact: ${contact}`,
    `Expires: ${daysAfter(today, securityDays)}T00:00:00Z`,
    'Preferred-Languages: ja, en',
    `Canonical: ${registryUrl}/.well-known/security.txt`,
    '',
  ].join('\n')
}
