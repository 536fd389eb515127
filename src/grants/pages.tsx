import { modeWords, purposeWords, revocationReason, revocationReasonWords } from '../../policies/vocabulary.ts'
import { RegistryError } from '../errors.ts'
import { type Language, languageOf, readDate } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { type GrantState, statusOf } from './grant.ts'
import { findGrant, findGrantEvents } from './queries.ts'

const ja = {
  title: '許諾証',
  lead: '登録簿に記録された許諾証の公開情報です。誰への許諾かは、本人と所属機関だけが示せます。',
  status: '状態',
  period: '期間',
  use: '用途',
  patents: '対象の特許',
  number: '特許番号',
  terms: '利用条件',
  events: '経過',
  check: '確かめ方',
  howTo:
    '許諾証の本体（署名付きトークン）は、公開鍵があればどこでも検証できます。検証の API、状態リスト、公開記録の証明は次のとおりです。',
  verify: '検証（POST）',
  list: '状態リスト',
  proof: '公開記録の証明',
  json: 'この内容の JSON',
} as const

const en: Record<keyof typeof ja, string> = {
  title: 'Grant',
  lead: 'What is public of a grant on record. Whose it is only the grantee and the institution can show.',
  status: 'Status',
  period: 'Dates',
  use: 'Use',
  patents: 'Patents covered',
  number: 'Patent number',
  terms: 'Terms',
  events: 'History',
  check: 'How to check it',
  howTo:
    'The grant itself, a signed token, can be verified anywhere with the published keys. The API, the status list and the proof from the log are these.',
  verify: 'Verify (POST)',
  list: 'Status list',
  proof: 'Proof from the log',
  json: 'The same as JSON',
}

const words = { ja, en }

/** The word for a state, and the verdict whose colour and shape it shares. */
const stateWords: Record<GrantState, { ja: string; en: string; mark: string }> = {
  valid: { ja: '有効', en: 'Valid', mark: 'allowed' },
  expired: { ja: '期間満了', en: 'Expired', mark: 'not_needed' },
  suspended: { ja: '停止中', en: 'Suspended', mark: 'ask' },
  revoked: { ja: '取消', en: 'Revoked', mark: 'not_allowed' },
  superseded: { ja: '新しい許諾証に交代', en: 'Superseded', mark: 'not_needed' },
}

/** The page behind a grant's short URL. */
export const grantPages = pages().on('GET', paths('/g/:number'), async (c) => {
  const { lang } = languageOf(c)
  const { db, now, registryUrl } = c.var.ctx
  const grant = await findGrant(db.read, c.req.param('number') ?? '')
  if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
  const say = words[lang]
  const status = statusOf(grant.state, grant.expiresAt, now)
  const events = await findGrantEvents(db.read, grant.id)
  const address = `${registryUrl}/v1/grants/${grant.id}`
  return showPage(
    c,
    { title: `${say.title} ${grant.number}`, path: `/g/${grant.number}` },
    <>
      <h1>
        {say.title} <span class="num">{grant.number}</span>
      </h1>
      <p class="lead">
        <State state={status} lang={lang} />
      </p>
      <p>{say.lead}</p>
      <table class="rows">
        <tbody>
          <tr>
            <th scope="row">{say.period}</th>
            <td class="num">
              {readDate(grant.from, lang)} – {readDate(grant.until, lang)}
            </td>
          </tr>
          <tr>
            <th scope="row">{say.use}</th>
            <td>
              {purposeWords[grant.purpose].label[lang]} · {modeWords[grant.mode].label[lang]}
            </td>
          </tr>
        </tbody>
      </table>
      <h2>{say.patents}</h2>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{say.number}</th>
            <th scope="col">{say.terms}</th>
          </tr>
        </thead>
        <tbody>
          {grant.covered.map(({ number, termsId }) => (
            <tr>
              <td class="num">
                <a href={inLanguage(lang, `/patents/${number}`)}>{number}</a>
              </td>
              <td>
                <a href={inLanguage(lang, `/terms/${termsId}`)}>{termsId}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{say.events}</h2>
      <ol>
        {events.map(({ at, status: state, reason }) => (
          <li>
            <time datetime={at}>{readDate(at.slice(0, 10), lang)}</time> {stateWords[state][lang]}
            {reason === undefined ? null : ` — ${readReason(reason, lang)}`}
          </li>
        ))}
      </ol>
      <h2>{say.check}</h2>
      <p>{say.howTo}</p>
      <ul>
        <li>
          {say.verify}: <code>{registryUrl}/v1/grants/verify</code>
        </li>
        <li>
          {say.list}: <a href={`/v1/status-lists/${grant.statusList}`}>{`/v1/status-lists/${grant.statusList}`}</a>
        </li>
        <li>
          {say.proof}: <a href={`${address}.tlog-proof`}>{`${grant.id}.tlog-proof`}</a>
        </li>
        <li>
          <a href={address}>{say.json}</a>
        </li>
      </ul>
    </>,
  )
})

function State({ state, lang }: { state: GrantState; lang: Language }) {
  return <span class={`mark ${stateWords[state].mark}`}>{stateWords[state][lang]}</span>
}

function readReason(reason: string, lang: Language): string {
  const known = revocationReason.safeParse(reason)
  return known.success ? revocationReasonWords[known.data].label[lang] : reason
}
