import { z } from 'zod'
import { today } from '../context.ts'
import { fill, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { draw, spotHoldersMin, topOf } from './drawings.tsx'
import { Onward } from './fields-pages.tsx'
import { MapFigure } from './figure.tsx'
import { NothingCounted, readGiven } from './pages.tsx'
import { mapWords } from './words.ts'

const levels = z.object({ by: z.enum(['field', 'subclass']).default('field') })

export const whiteSpotsPages = pages().on('GET', paths('/white-spots'), async (c) => {
  const { lang } = languageOf(c)
  const say = mapWords[lang]
  const { ctx } = c.var
  const { by } = readGiven(levels, c.req.query())
  const question = { by: [by], filter: {}, count: 'whole' as const, top: topOf('spots') }
  const linkTo = (_: string, key: string) => ({
    href: inLanguage(lang, by === 'field' ? `/fields/${key}` : `/ipc/${key}`),
  })
  const view = {
    picture: 'spots' as const,
    question,
    query: {},
    lang,
    base: `/${lang}`,
    id: 'w',
    title: say.whiteSpots,
    desc: say.whiteSpotsLead,
    linkTo,
  }
  const { drawing, table, counts } = await draw(ctx.db.read, view)
  return showPage(
    c,
    { title: say.whiteSpots, path: `/white-spots?by=${by}`, section: 'map', description: say.whiteSpotsLead },
    <>
      <h1>{say.whiteSpots}</h1>
      <p class="lead">{say.whiteSpotsLead}</p>
      <form method="get" action={inLanguage(lang, '/white-spots')}>
        <div class="row">
          <Choice
            name="by"
            label={say.level}
            options={[
              { value: 'field', label: say.levelField },
              { value: 'subclass', label: say.levelSubclass },
            ]}
            chosen={by}
          />
          <div class="go">
            <button type="submit">{say.show}</button>
          </div>
        </div>
      </form>
      {counts.cells.length === 0 ? (
        <NothingCounted lang={lang} filtered={counts.totals.patents > 0} />
      ) : (
        <MapFigure
          lang={lang}
          question={question}
          counts={{ others: new Map() }}
          asOf={today(ctx)}
          table={table}
          openTable={true}
          caption={`${say.whiteSpots}: ${fill(say.minHolders, { count: spotHoldersMin })}`}
          exported={{
            address: `/v1/map?by=${by}&top=100&picture=spots`,
            registryUrl: ctx.registryUrl,
            title: say.whiteSpots,
          }}
        >
          {drawing}
        </MapFigure>
      )}
      <Onward lang={lang} />
    </>,
  )
})
