import { type Agreement, agreements, currentAgreement } from '../../policies/participation.ts'
import { clauseName } from '../../policies/terms.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, languageOf, other, readDate } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { clauseAnchor } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'

const ja = {
  title: '参加契約',
  lead: 'この登録簿に参加する機関が同意する契約です。参加しても、特許を開放する義務は生じません。何を開放するかは、特許ごとに決められます。',
  join: '機関の参加を申し込む',
  published: '公開',
  prevailing: '日本語と英語が異なるときは、日本語によります（{clause}）。',
  legal: '条文',
  fingerprint: '指紋（SHA-256）',
  fingerprintNote: '機関が同意した版は、この指紋とともに公開記録に残ります。確かめるには、次のように入力してください。',
} as const

const en: Record<keyof typeof ja, string> = {
  title: 'Participation agreement',
  lead: 'What every organisation that takes part accepts. Taking part creates no duty to open a patent: that is decided for each one.',
  join: 'Apply for your organisation to join',
  published: 'Published',
  prevailing: 'If the Japanese and the English differ, the Japanese prevails ({clause}).',
  legal: 'Legal text',
  fingerprint: 'Fingerprint (SHA-256)',
  fingerprintNote:
    'The version that an organisation accepted is in the public log with this fingerprint. To check it yourself:',
}

const words = { ja, en }
/** Clause of the agreement that names the prevailing language. */
const languageClause = '10.3'

/** The agreement in force, and each version that was ever published by its id. */
export const agreementPages = pages()
  .on('GET', paths('/participation'), (c) => showAgreement(c, currentAgreement, '/participation'))
  .on('GET', paths('/participation/:id'), (c) => {
    const id = c.req.param('id') ?? ''
    const agreement = agreements.get(id)
    if (!agreement) throw new RegistryError('not_found', 'There is no such version.')
    return showAgreement(c, agreement, `/participation/${encodeURIComponent(id)}`)
  })

function showAgreement(c: Http, agreement: Agreement, path: string) {
  const { lang } = languageOf(c)
  const say = words[lang]
  const there = other(lang)
  return showPage(
    c,
    { title: agreement.title[lang], path, description: say.lead },
    <>
      <h1>{agreement.title[lang]}</h1>
      <p class="faint">
        <span lang={there}>{agreement.title[there]}</span> · {agreement.id} · {say.published}{' '}
        <time datetime={agreement.publishedOn}>{readDate(agreement.publishedOn, lang)}</time>
      </p>
      <p class="lead">{say.lead}</p>
      <p>
        <a class="button" href={inLanguage(lang, '/join')}>
          {say.join}
        </a>
      </p>
      <h2 id="legal">{say.legal}</h2>
      <p class="faint">{fill(say.prevailing, { clause: clauseName(languageClause)[lang] })}</p>
      <div class="legal">
        {agreement.clauses.map((clause) => (
          <>
            {clause.heading === undefined ? null : <h3>{clause.heading[lang]}</h3>}
            <div class="clause" id={clauseAnchor(clause.id)}>
              <a href={`#${clauseAnchor(clause.id)}`}>{clauseName(clause.id)[lang]}</a>
              <p>{clause[lang]}</p>
            </div>
          </>
        ))}
      </div>
      <h2 id="fingerprint">{say.fingerprint}</h2>
      <p>
        <code class="pick">{agreement.sha256}</code>
      </p>
      <p>{say.fingerprintNote}</p>
      <pre tabindex={0}>{`curl -s ${c.var.ctx.registryUrl}/v1/agreements/${agreement.id} | sha256sum`}</pre>
    </>,
  )
}
