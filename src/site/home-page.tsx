import type { Child } from 'hono/jsx'
import { checkAddress, commonQuestion } from '../check/question.ts'
import { QuestionBox } from '../check/question-box.tsx'
import { today } from '../context.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf, readCount } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { drawLiving } from '../maps/living.tsx'
import { readMap } from '../maps/queries.ts'
import type { PatentFilter } from '../patents/list-queries.ts'
import { type ListedLine, readListing } from '../patents/listing.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { ChangeLines } from './change-lines.tsx'
import { homeWords } from './home-words.ts'
import { countTakingPart } from './organisation-queries.ts'
import { recentChanges } from './recent-changes.ts'

export const homePages = pages().on('GET', paths('/'), async (c) => {
  const { lang } = languageOf(c)
  const say = homeWords[lang]
  const { read } = c.var.ctx.db
  const [examples, figures, living, recent] = await Promise.all([
    examplesOf(c, lang),
    figuresOf(c, lang),
    drawLiving(read, lang),
    recentChanges(c.var.ctx),
  ])
  return showPage(
    c,
    { title: say.ask, path: '/', description: say.lead },
    <div class="home">
      <h1>{say.ask}</h1>
      <p class="lead">{say.lead}</p>
      <p class="jump">
        {say.toDoors}:{' '}
        {(['office', 'scout', 'system'] as const).map((id, i) => (
          <>
            {i === 0 ? null : ' · '}
            <a href={`#${id}`}>{say[doorTitles[id]]}</a>
          </>
        ))}
      </p>
      <QuestionBox lang={lang} sent={commonQuestion} />
      {examples.length === 0 ? null : (
        <dl class="tries">
          <dt>{say.examples}</dt>
          {examples.map(({ label, line }) => (
            <Example lang={lang} label={label} line={line} />
          ))}
        </dl>
      )}
      <Doors lang={lang} canSignIn={c.var.session !== undefined || c.var.ctx.providers.length > 0} />
      <h2>{say.figures}</h2>
      <dl class="figures">
        {figures.map(({ name, count, path }) => (
          <div>
            <dt>
              <a href={inLanguage(lang, path)}>{name}</a>
            </dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {living === undefined ? null : <Living lang={lang}>{living}</Living>}
      <h2>{say.week}</h2>
      {recent.changes.length === 0 ? <p>{say.weekEmpty}</p> : null}
      {recent.changes.length > 0 && !recent.ofThisWeek ? <p>{say.weekNone}</p> : null}
      <ChangeLines {...recent} lang={lang} />
      <p>
        <a href={`/v1/changes?format=atom&lang=${lang}`}>{say.feed}</a>
      </p>
    </div>,
  )
})

/** One patent of each kind that the registry has: open, not open, ended. */
async function examplesOf(c: Http, lang: Language): Promise<{ label: string; line: ListedLine }[]> {
  const say = homeWords[lang]
  const kinds: readonly { label: string; filters: readonly Omit<PatentFilter, 'sort'>[] }[] = [
    { label: say.exampleOpen, filters: [{ open: true, status: 'granted', office: 'JP' }, { open: true }] },
    {
      label: say.exampleClosed,
      filters: [
        { open: false, status: 'granted', office: 'JP' },
        { open: false, status: 'granted' },
      ],
    },
    { label: say.exampleEnded, filters: [{ status: 'expired' }, { status: 'lapsed' }, { status: 'withdrawn' }] },
  ]
  const found = await Promise.all(
    kinds.map(async ({ label, filters }) => {
      for (const filter of filters) {
        const { lines } = await readListing(
          c.var.ctx.db.read,
          { ...filter, sort: 'filed' },
          today(c.var.ctx),
          undefined,
          1,
        )
        if (lines[0]) return [{ label, line: lines[0] }]
      }
      return []
    }),
  )
  return found.flat()
}

function Example({ lang, label, line }: { lang: Language; label: string; line: ListedLine }) {
  const display = parseNumber(line.number).candidates[0]?.display[lang] ?? line.number
  return (
    <dd>
      <a class="num" href={inLanguage(lang, checkAddress(line.number, commonQuestion))}>
        {display}
      </a>{' '}
      <small class="faint">{label}</small>
    </dd>
  )
}

async function figuresOf(c: Http, lang: Language): Promise<{ name: string; count: string; path: string }[]> {
  const say = homeWords[lang]
  const { read } = c.var.ctx.db
  const [{ totals }, organisations] = await Promise.all([
    readMap(read, { by: [], filter: {}, count: 'whole', top: 1 }),
    countTakingPart(read),
  ])
  return [
    { name: say.enrolled, count: readCount(totals.patents, lang), path: '/patents' },
    { name: say.open, count: readCount(totals.open, lang), path: '/patents?open=true' },
    { name: say.organisations, count: readCount(organisations, lang), path: '/organisations' },
  ]
}

function Living({ lang, children }: { lang: Language; children: Child }) {
  const say = homeWords[lang]
  return (
    <>
      <section class="scroll" tabindex={0} aria-label={say.figures}>
        {children}
      </section>
      <p class="small faint">
        {say.pictureText} <a href={inLanguage(lang, '/map')}>{say.pictureMore}</a>
      </p>
    </>
  )
}

const doorTitles = {
  research: 'doorResearch',
  office: 'doorOffice',
  scout: 'doorScout',
  system: 'doorSystem',
} as const

const doors = [
  {
    id: 'research',
    text: 'doorResearchText',
    links: [
      ['/check', 'linkCheck'],
      ['/patents?open=true', 'linkPatents'],
      ['/terms/RPC-INVENTOR-1.0', 'linkMove'],
    ],
  },
  {
    id: 'office',
    text: 'doorOfficeText',
    links: [
      ['/join', 'linkJoin'],
      ['/desk/imports', 'linkImport'],
      ['/terms/choose', 'linkChoose'],
    ],
  },
  {
    id: 'scout',
    text: 'doorScoutText',
    links: [
      ['/fields', 'linkFields'],
      ['/map', 'linkMap'],
      ['/areas', 'linkAreas'],
    ],
  },
  {
    id: 'system',
    text: 'doorSystemText',
    links: [
      ['/verify', 'linkVerify'],
      ['/docs', 'linkDocs'],
      ['/log', 'linkLog'],
    ],
  },
] as const

function Doors({ lang, canSignIn }: { lang: Language; canSignIn: boolean }) {
  const say = homeWords[lang]
  return (
    <section aria-label={say.doors}>
      <ul class="doors">
        {doors.map(({ id, text, links }) => (
          <li id={id}>
            <h2 class="plain">{say[doorTitles[id]]}</h2>
            <p class="small">{say[text]}</p>
            <ul class="plain">
              {links.map(([path, label]) => (
                <li>
                  <a href={inLanguage(lang, path)}>{say[label]}</a>
                </li>
              ))}
              {id === 'office' && canSignIn ? (
                <li>
                  <a href={inLanguage(lang, '/sign-in')}>{say.linkSignIn}</a>
                </li>
              ) : null}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}
