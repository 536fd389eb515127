import { z } from 'zod'
import { areaInput } from '../areas/area.ts'
import { openArea, publishArea } from '../areas/keep.ts'
import { relateToArea } from '../areas/relate.ts'
import type { Context } from '../context.ts'
import { relatedInput } from '../patents/related/related-item.ts'
import areas from './areas.json' with { type: 'json' }

const sampleAreas = z.array(z.object({ area: areaInput, related: z.array(relatedInput) }))

/** Two priority areas, kept by the stewards: rules over the sample's patents, and what goes with them. */
export async function openSampleAreas(ctx: Context): Promise<void> {
  for (const { area, related } of sampleAreas.parse(areas)) {
    await openArea(ctx, area)
    await publishArea(ctx, area.slug)
    for (const item of related) await relateToArea(ctx, area.slug, item)
  }
}
