/** Longer headers are not written by browsers or libraries; what stands behind this is not read. */
const headerCharactersMax = 1000

/**
 * The best of what is offered for an `Accept` or `Accept-Language` header (RFC 9110 section 12.5). The most specific range
 * decides for each offer; between equals the first offered wins. Undefined: nothing offered is acceptable.
 */
export function preferred<Offer extends string>(
  header: string | undefined,
  offered: readonly Offer[],
  of: 'media type' | 'language',
): Offer | undefined {
  if (header === undefined || header.trim() === '') return offered[0]
  const ranges = header.slice(0, headerCharactersMax).split(',').map(readRange)
  let best: { offer: Offer; quality: number } | undefined
  for (const offer of offered) {
    const fitting = ranges.filter(({ range }) =>
      of === 'language' ? fitsLanguage(range, offer) : fitsType(range, offer),
    )
    const [closest] = fitting.sort((a, b) => specificity(b.range) - specificity(a.range))
    const quality = closest?.quality ?? 0
    if (quality > (best?.quality ?? 0)) best = { offer, quality }
  }
  return best?.offer
}

function readRange(part: string): { range: string; quality: number } {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
  const given = parameters.find((piece) => piece.startsWith('q='))?.slice(2)
  const quality = given === undefined ? 1 : Number(given)
  return { range, quality: Number.isFinite(quality) ? Math.min(Math.max(quality, 0), 1) : 0 }
}

function fitsType(range: string, offer: string): boolean {
  return range === offer || range === '*/*' || (range.endsWith('/*') && offer.startsWith(range.slice(0, -1)))
}

/** `en-GB` asks for English as far as we have it. */
function fitsLanguage(range: string, offer: string): boolean {
  return range === '*' || range === offer || range.startsWith(`${offer}-`)
}

function specificity(range: string): number {
  if (range === '*' || range === '*/*') return 0
  return range.endsWith('/*') ? 1 : 2
}
