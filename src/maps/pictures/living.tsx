import type { Grid } from './grid.ts'
import { HeatPicture } from './heat.tsx'
import type { PictureWords } from './parts.tsx'

/** The small picture of a commons that lives: fields by years, with what is open. For the home page and pages of areas. */
export function LivingPicture({
  id = 'living',
  title,
  desc,
  grid,
  words,
}: {
  id?: string
  title: string
  desc: string
  grid: Grid
  words: PictureWords
}) {
  return (
    <HeatPicture
      id={id}
      title={title}
      desc={desc}
      grid={grid}
      words={words}
      width={720}
      labelWidth={210}
      wide={false}
    />
  )
}
