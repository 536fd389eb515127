import { scaleLinear } from 'd3-scale'
import {
  type Amount,
  Drawing,
  hatch,
  Legend,
  Linked,
  type Named,
  type PictureWords,
  pictureWidth,
  spoken,
} from './parts.tsx'
import { amount, at, fitted } from './text.ts'

export type Series = Named & Amount & { points: readonly (Amount & { year: number; href?: string })[] }

const legendHeight = 24
const gap = 28
const titleHeight = 22
const axisHeight = 18
const axisWidth = 30

/** Patents by year of filing as lines, those open as hatched bars below them; one small chart a series, all to one scale. */
export function LinesPicture({
  id,
  title,
  desc,
  series,
  words,
}: {
  id: string
  title: string
  desc: string
  series: readonly Series[]
  words: PictureWords
}) {
  const across = series.length === 1 ? 1 : series.length <= 4 ? 2 : 3
  const width = (pictureWidth - gap * (across - 1)) / across
  const height = across === 1 ? 240 : 110
  const each = titleHeight + height + axisHeight + 12
  const years = series.flatMap(({ points }) => points.map(({ year }) => year))
  const max = Math.max(1, ...series.flatMap(({ points }) => points.map(({ patents }) => patents)))
  const scales: Scales = {
    x: scaleLinear([Math.min(...years), Math.max(...years, Math.min(...years) + 1)], [axisWidth + 10, width - 18]),
    y: scaleLinear([0, max], [height, 4]).nice(3),
    width,
    height,
  }
  return (
    <Drawing id={id} title={title} desc={desc} height={legendHeight + Math.ceil(series.length / across) * each}>
      <Legend id={id} words={words} />
      {series.map((one, i) => (
        <g transform={`translate(${at((i % across) * (width + gap))} ${legendHeight + Math.floor(i / across) * each})`}>
          <Chart id={id} series={one} scales={scales} words={words} />
        </g>
      ))}
    </Drawing>
  )
}

type Scale = ReturnType<typeof scaleLinear<number>>
type Scales = { x: Scale; y: Scale; width: number; height: number }

function Chart({ id, series, scales, words }: { id: string; series: Series; scales: Scales; words: PictureWords }) {
  const { x, y, width, height } = scales
  const points = [...series.points].sort((a, b) => b.patents - a.patents || a.year - b.year)
  const found = new Map(points.map(({ year, patents }) => [year, patents]))
  const [first = 0, last = 0] = x.domain()
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const bar = Math.max(1.5, Math.min(14, x(1) - x(0) - 1))
  const path = years.map((year, i) => `${i === 0 ? 'M' : 'L'}${at(x(year))} ${at(y(found.get(year) ?? 0))}`).join('')
  return (
    <>
      <Linked href={series.href} name={spoken([series.label], series, words)}>
        <text x="0" y="13" class="b">
          {fitted(`${series.label}  ${amount(series.patents)}`, width, 12)}
        </text>
      </Linked>
      <g transform={`translate(0 ${titleHeight})`}>
        {y.ticks(3).map((tick) => (
          <>
            <path d={`M${axisWidth} ${at(y(tick))}H${at(width)}`} class="l" />
            <text x={axisWidth - 4} y={at(y(tick) + 4)} class="d r">
              {amount(tick)}
            </text>
          </>
        ))}
        {x
          .ticks(width > 500 ? 10 : 4)
          .filter(Number.isInteger)
          .map((year) => (
            <text x={at(x(year))} y={height + 15} class="d m">
              {String(year)}
            </text>
          ))}
        <path d={path} class="c" />
        {points.map((point) => (
          <Linked href={point.href} name={spoken([series.label, String(point.year)], point, words)}>
            {point.open > 0 ? (
              <rect
                x={at(x(point.year) - bar / 2)}
                y={at(y(point.open))}
                width={at(bar)}
                height={at(height - y(point.open))}
                fill={hatch(id)}
              />
            ) : null}
            <circle class="i g" cx={at(x(point.year))} cy={at(y(point.patents))} r={width > 500 ? 3.5 : 2.5} />
          </Linked>
        ))}
      </g>
    </>
  )
}
