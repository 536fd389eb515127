import { today } from '../context.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf, readCount, said } from '../http/language.ts'
import { inLanguage, paths, Said, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import type { PatentFacts } from '../patents/facts.ts'
import { listFacts, type PatentFilter } from '../patents/list-queries.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { countCommons } from './queries.ts'
import { checkAddress, commonQuestion } from './question.ts'
import { QuestionBox } from './question-box.tsx'
import { checkWords } from './words.ts'

export const homePages = pages().on('GET', paths('/'), async (c) => {
  const { lang } = languageOf(c)
  const say = checkWords[lang]
  const [examples, counts] = await Promise.all([examplesOf(c, lang), countCommons(c.var.ctx.db.read, today(c.var.ctx))])
  return showPage(
    c,
    { title: say.ask, path: '/', description: say.lead },
    <>
      <h1>{say.ask}</h1>
      <p class="lead">{say.lead}</p>
      <QuestionBox lang={lang} sent={commonQuestion} />
      {examples.length === 0 ? null : (
        <section aria-labelledby="examples">
          <h2 id="examples" class="plain">
            {say.examples}
          </h2>
          <ul class="examples">
            {examples.map(({ label, facts }) => (
              <Example lang={lang} label={label} facts={facts} />
            ))}
          </ul>
        </section>
      )}
      <Doors lang={lang} />
      <h2>{say.figures}</h2>
      <dl class="figures">
        {(['enrolled', 'open', 'organisations'] as const).map((name) => (
          <div>
            <dt>{say[name]}</dt>
            <dd>{readCount(counts[name], lang)}</dd>
          </div>
        ))}
      </dl>
    </>,
  )
})

/** One patent of each kind that the registry has: open, not open, ended. */
async function examplesOf(c: Http, lang: Language): Promise<{ label: string; facts: PatentFacts }[]> {
  const say = checkWords[lang]
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
        const [line] = await listFacts(c.var.ctx.db.read, { ...filter, sort: 'filed' }, today(c.var.ctx), undefined, 1)
        if (line) return [{ label, facts: line.facts }]
      }
      return []
    }),
  )
  return found.flat()
}

function Example({ lang, label, facts }: { lang: Language; label: string; facts: PatentFacts }) {
  const display = parseNumber(facts.number).candidates[0]?.display[lang] ?? facts.number
  return (
    <li>
      <a class="num" href={inLanguage(lang, checkAddress(facts.number, commonQuestion))}>
        {display}
      </a>{' '}
      <Said {...said(facts.title, lang)} /> <span class="small faint">— {label}</span>
    </li>
  )
}

function Doors({ lang }: { lang: Language }) {
  const say = checkWords[lang]
  const to = (path: string) => inLanguage(lang, path)
  return (
    <section aria-labelledby="doors">
      <h2 id="doors">{say.doors}</h2>
      <ul class="doors">
        <li>
          <h3>{say.doorResearch}</h3>
          <p>{say.doorResearchText}</p>
          <p>
            <a href={to('/check')}>{say.doorResearchLink}</a>
          </p>
        </li>
        <li>
          <h3>{say.doorOffice}</h3>
          <p>{say.doorOfficeText}</p>
          <p>
            <a href={to('/check')}>{say.doorOfficeLink}</a>
          </p>
          <p>
            <a href={to('/terms')}>{say.doorTermsLink}</a>
          </p>
        </li>
        <li>
          <h3>{say.doorSystem}</h3>
          <p>{say.doorSystemText}</p>
          <p>
            <a href={to('/patents?open=true')}>{say.doorPatentsLink}</a>
          </p>
          <p>
            <a href={to('/docs')}>{say.doorDocsLink}</a>
          </p>
        </li>
      </ul>
    </section>
  )
}
