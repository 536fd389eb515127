import { clauseName } from '../../policies/terms.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { clauseAddress } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { type ChoiceName, choices, chooseTerms, type Fit, type Wishes } from './choose.ts'

const ja = {
  title: '条件を選ぶ',
  lead: '五つの質問に答えると、合う利用条件がわかります。どちらでもよい質問は、そのままで構いません。答えはどこにも記録されません。',
  companies: '会社が自ら行う研究にも使ってよいですか',
  evaluation: '発明に使う価値があるかを見極める評価研究（24か月まで）を認めますか',
  sponsored: '大学などが、会社から資金を受けて行う研究に使ってよいですか',
  reciprocity: '使う側にも、特許を開放していることを求めますか',
  inventors: '異動した発明者本人とその研究グループだけに限りますか',
  yes: 'はい',
  no: 'いいえ',
  either: 'どちらでもよい',
  show: '合う条件を見る',
  fits: '合う条件',
  nearest: 'すべてに合う条件はありません。近い順に並べます。',
  others: 'ほかの条件と、違うところ',
  all: 'お答えのすべてに合います。',
  deed: '要約と条文を読む',
  differs: '違うところ',
  declare:
    '開放の宣言は、機関の担当者がサインインして行います。宣言の前に、確認の画面で、効果と共有者の同意の要否を示します。',
  inventorNote:
    '自機関から異動した発明者の基礎研究は、どの条件を選んでも、参加契約により RPC-INVENTOR-1.0 で続けられます。',
} as const

const en: Record<keyof typeof ja, string> = {
  title: 'Choose terms',
  lead: 'Answer five questions to see which terms fit. Leave a question as it is when you do not mind. Your answers are recorded nowhere.',
  companies: 'May companies use the invention for research of their own?',
  evaluation: 'May users evaluate whether the invention is worth using (up to 24 months)?',
  sponsored: 'May universities use it for research that a company pays for?',
  reciprocity: 'Must users have opened patents of their own?',
  inventors: 'Is it only for inventors who have moved, with their own group?',
  yes: 'Yes',
  no: 'No',
  either: 'Either way',
  show: 'Show the terms that fit',
  fits: 'Terms that fit',
  nearest: 'No terms fit every answer. The nearest come first.',
  others: 'Other terms, and what differs',
  all: 'Fits every answer.',
  deed: 'Read the deed and the legal text',
  differs: 'What differs',
  declare:
    'A declaration is made by an officer of the organisation who has signed in. Before it is made, its effect and the consents that it needs are shown.',
  inventorNote:
    'Whichever terms you choose, inventors who left your institution can go on with basic research on their own invention under RPC-INVENTOR-1.0, by the participation agreement.',
}

const words = { ja, en }

export const chooserPages = pages().on('GET', paths('/terms/choose'), (c) => showChooser(c))

function showChooser(c: Http) {
  const { lang } = languageOf(c)
  const say = words[lang]
  const wishes = wishesOf(c)
  const query = new URLSearchParams(
    choices.flatMap((choice) => (wishes[choice] === undefined ? [] : [[choice, wishes[choice] ? 'yes' : 'no']])),
  ).toString()
  return showPage(
    c,
    {
      title: say.title,
      path: query === '' ? '/terms/choose' : `/terms/choose?${query}`,
      section: 'terms',
      description: say.lead,
    },
    <>
      <h1>{say.title}</h1>
      <p class="lead">{say.lead}</p>
      <form method="get" action={inLanguage(lang, '/terms/choose')} class="box">
        {choices.map((choice) => (
          <Question lang={lang} choice={choice} wish={wishes[choice]} />
        ))}
        <p>
          <button type="submit">{say.show}</button>
        </p>
      </form>
      {query === '' ? null : <Fits lang={lang} fits={chooseTerms(wishes)} />}
      <p class="small faint">{say.inventorNote}</p>
      <p class="small faint">{say.declare}</p>
    </>,
  )
}

function wishesOf(c: Http): Wishes {
  return Object.fromEntries(
    choices.flatMap((choice) => {
      const said = c.req.query(choice)
      return said === 'yes' || said === 'no' ? [[choice, said === 'yes']] : []
    }),
  )
}

function Question({ lang, choice, wish }: { lang: Language; choice: ChoiceName; wish: boolean | undefined }) {
  const say = words[lang]
  const options = [
    { value: 'yes', label: say.yes, chosen: wish === true },
    { value: 'no', label: say.no, chosen: wish === false },
    { value: '', label: say.either, chosen: wish === undefined },
  ]
  return (
    <fieldset>
      <legend>{say[choice]}</legend>
      {options.map(({ value, label, chosen }) => (
        <label class="choice">
          <input type="radio" name={choice} value={value} checked={chosen} /> {label}
        </label>
      ))}
    </fieldset>
  )
}

function Fits({ lang, fits }: { lang: Language; fits: readonly Fit[] }) {
  const say = words[lang]
  const whole = fits.filter(({ differs }) => differs.length === 0)
  const rest = fits.filter(({ differs }) => differs.length > 0)
  return (
    <section aria-labelledby="fits">
      <h2 id="fits">{say.fits}</h2>
      {whole.length === 0 ? <p>{say.nearest}</p> : null}
      {whole.map(({ terms }) => (
        <div class="card allowed">
          <h3>
            <a href={inLanguage(lang, `/terms/${terms.id}`)}>{terms.title[lang]}</a>
          </h3>
          <p class="small mono">{terms.id}</p>
          <p>{say.all}</p>
          <p>
            <a href={inLanguage(lang, `/terms/${terms.id}`)}>{say.deed}</a>
          </p>
        </div>
      ))}
      {whole.length === 0 ? null : <h3>{say.others}</h3>}
      <div class="scroll">
        <table class="rows">
          <tbody>
            {rest.map(({ terms, differs }) => (
              <tr>
                <th scope="row">
                  <a href={inLanguage(lang, `/terms/${terms.id}`)}>{terms.id}</a>
                </th>
                <td>
                  <ul>
                    {differs.map(({ choice, clause }) => (
                      <li>
                        {say[choice]} — <a href={clauseAddress(lang, terms.id, clause)}>{clauseName(clause)[lang]}</a>
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
