import type { Child } from 'hono/jsx'
import { today } from '../context.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import type { Act } from '../mandates/mandate.ts'
import { principalsOf } from '../mandates/queries.ts'
import type { Membership } from '../people/person.ts'
import type { Bilingual } from '../shapes.ts'
import { declarationWords } from './declaration-words.ts'

export type ForWhom = {
  id: string
  name: Bilingual
  /** For the address of the page, `?organisation=…`; empty for one's own. */
  query: string
  /** The hidden field of a form; nothing for one's own. */
  fields: Readonly<Record<string, string>>
  /** A form to choose another one; nothing when there is nobody else to act for. */
  choice: Child
}

/** The holder whose page it is: one's own, or one that gave a mandate for this act. The verbs decide anew. */
export async function forWhom(
  c: Http,
  post: Membership,
  act: Act,
  path: string,
  asked: string | undefined,
): Promise<ForWhom> {
  const { lang } = languageOf(c)
  const { ctx } = c.var
  const principals = await principalsOf(ctx.db.read, post.organisationId, act, today(ctx))
  const own = { organisationId: post.organisationId, name: post.organisationName }
  const found = principals.find(({ organisationId }) => organisationId === asked) ?? own
  const id = found.organisationId
  const other = id !== own.organisationId
  return {
    id,
    name: found.name,
    query: other ? `?organisation=${encodeURIComponent(id)}` : '',
    fields: other ? { organisation: id } : {},
    choice:
      principals.length === 0 ? null : <Choice lang={lang} path={path} chosen={id} options={[own, ...principals]} />,
  }
}

function Choice({
  lang,
  path,
  chosen,
  options,
}: {
  lang: Language
  path: string
  chosen: string
  options: readonly { organisationId: string; name: Bilingual }[]
}) {
  const say = declarationWords[lang]
  return (
    <form method="get" action={inLanguage(lang, path)}>
      <div class="row">
        <div>
          <label for="for-whom">{say.for}</label>
          <select id="for-whom" name="organisation">
            {options.map(({ organisationId, name }) => (
              <option value={organisationId} selected={organisationId === chosen}>
                {name[lang]}
              </option>
            ))}
          </select>
        </div>
        <div class="go">
          <button type="submit" class="quiet">
            {say.show}
          </button>
        </div>
      </div>
    </form>
  )
}

export function Hidden({ fields }: { fields: Readonly<Record<string, string>> }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}
