import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readDate } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { decodeCursor, encodeCursor } from '../http/paging.ts'
import { Choice, Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { canonical } from './canonical.ts'
import { type EntryType, entryTypes } from './commit.ts'
import type { LoggedEntry } from './entry.ts'
import { parseDecimal } from './note.ts'
import { publishCheckpoint } from './publish.ts'
import { findEntry, listEntries } from './queries.ts'
import { entryWords, logWords } from './words.ts'

const entriesShown = 40
const subjectCharactersMax = 200
/** A declaration may list a thousand patents, and a page shows its record twice; it stays below 60 kB. */
const recordCharactersShownMax = 12_000

export const logPages = pages()
  .on('GET', paths('/log'), (c) => showLog(c))
  .on('GET', paths('/log/entries/:sequence{[0-9]+}'), (c) => showEntry(c, parseDecimal(c.req.param('sequence') ?? '')))

async function showLog(c: Http): Promise<Response> {
  const { lang } = languageOf(c)
  const say = logWords[lang]
  const { ctx } = c.var
  const type = entryTypes.find((one) => one === c.req.query('type'))
  const subject = c.req.query('subject')?.slice(0, subjectCharactersMax) || undefined
  const [before] = decodeCursor(c.req.query('cursor')) ?? []
  const [{ note }, found] = await Promise.all([
    publishCheckpoint(ctx),
    listEntries(
      ctx.db.read,
      { type, subject },
      before === undefined ? undefined : (parseDecimal(String(before)) ?? 0),
      entriesShown + 1,
    ),
  ])
  const shown = found.slice(0, entriesShown)
  const last = shown.at(-1)
  const address = (cursor: string | undefined) => logAddress({ type, subject, cursor })
  return showPage(
    c,
    { title: say.title, path: address(c.req.query('cursor')), section: 'log', description: say.lead },
    <>
      <h1>{say.title}</h1>
      <p class="lead">{say.lead}</p>
      <h2>{say.latest}</h2>
      <form method="get" action={inLanguage(lang, '/log')} class="row">
        <Choice
          name="type"
          label={say.filter}
          chosen={type}
          options={[
            { value: '', label: say.all },
            ...entryTypes.map((value) => ({ value, label: entryWords[value][lang] })),
          ]}
        />
        {subject === undefined ? null : <input type="hidden" name="subject" value={subject} />}
        <div class="go">
          <button type="submit">{say.show}</button>
        </div>
      </form>
      {shown.length === 0 ? <p>{say.none}</p> : <EntryTable lang={lang} entries={shown} />}
      {found.length > entriesShown && last ? (
        <p>
          <a rel="next" href={inLanguage(lang, address(encodeCursor([last.sequence])))}>
            {say.older}
          </a>
        </p>
      ) : null}
      <h2>{say.checkpoint}</h2>
      <p>{say.checkpointNote}</p>
      <pre tabindex={0}>{note}</pre>
      <Audit lang={lang} registryUrl={ctx.registryUrl} latest={shown[0]?.sequence ?? 0} />
    </>,
  )
}

async function showEntry(c: Http, sequence: number | undefined): Promise<Response> {
  const { lang } = languageOf(c)
  const say = logWords[lang]
  const { ctx } = c.var
  const entry = sequence === undefined ? undefined : await findEntry(ctx.db.read, sequence)
  if (!entry) throw new RegistryError('not_found', 'The log has no entry of that number.')
  const title = fill(say.entry, { sequence: entry.sequence })
  return showPage(
    c,
    { title, path: `/log/entries/${entry.sequence}`, section: 'log' },
    <>
      <p>
        <a href={inLanguage(lang, '/log')}>{say.back}</a>
      </p>
      <h1>{title}</h1>
      <dl class="facts">
        <Fact name={say.what}>{entryWords[entry.type][lang]}</Fact>
        <Fact name={say.when}>
          <Moment at={entry.at} lang={lang} />
        </Fact>
        <Fact name={say.subject}>
          <span class="mono pick">{entry.subject}</span>{' '}
          <a href={inLanguage(lang, logAddress({ subject: entry.subject }))}>{say.related}</a>
        </Fact>
        <Fact name={say.proof}>
          <a href={`/v1/log/entries/${entry.sequence}.tlog-proof`}>{entry.sequence}.tlog-proof</a>
        </Fact>
      </dl>
      <h2>{say.leaf}</h2>
      <pre tabindex={0}>{entry.leaf}</pre>
      <Recorded lang={lang} entry={entry} />
    </>,
  )
}

function Recorded({ lang, entry }: { lang: Language; entry: LoggedEntry }) {
  const say = logWords[lang]
  if (entry.record === undefined || entry.salt === undefined) return <p class="aside">{say.withheld}</p>
  const text = canonical(JSON.parse(JSON.stringify(entry.record)))
  if (text.length > recordCharactersShownMax)
    return (
      <p class="aside">
        {say.long}{' '}
        <a href={`/v1/log/entries?${new URLSearchParams({ type: entry.type, subject: entry.subject })}`}>
          {say.record}
        </a>
      </p>
    )
  return (
    <>
      <h2>{say.record}</h2>
      <pre tabindex={0}>{JSON.stringify(entry.record, undefined, 2)}</pre>
      <h2>{say.digest}</h2>
      <pre tabindex={0}>{`printf '%s' '${quoted(`${entry.salt}${text}`)}' | sha256sum`}</pre>
    </>
  )
}

/** For a POSIX shell, within single quotes. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''")
}

function EntryTable({ lang, entries }: { lang: Language; entries: readonly LoggedEntry[] }) {
  const say = logWords[lang]
  return (
    <div class="scroll">
      <table class="rows">
        <thead>
          <tr>
            <th scope="col" class="num">
              {say.sequence}
            </th>
            <th scope="col">{say.what}</th>
            <th scope="col">{say.when}</th>
            <th scope="col">{say.subject}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ sequence, type, at, subject }) => (
            <tr>
              <th scope="row">
                <a class="num" href={inLanguage(lang, `/log/entries/${sequence}`)}>
                  {sequence}
                </a>
              </th>
              <td>{entryWords[type][lang]}</td>
              <td>
                <Moment at={at} lang={lang} />
              </td>
              <td class="mono">{subject}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Moment({ at, lang }: { at: string; lang: Language }) {
  return (
    <time datetime={at}>
      {readDate(at.slice(0, 10), lang)} {at.slice(11, 16)} UTC
    </time>
  )
}

function Audit({ lang, registryUrl, latest }: { lang: Language; registryUrl: string; latest: number }) {
  const say = logWords[lang]
  return (
    <>
      <h2>{say.audit}</h2>
      <h3>{say.auditKeep}</h3>
      <pre
        tabindex={0}
      >{`curl -s ${registryUrl}/log/key > log.key; curl -s ${registryUrl}/log/checkpoint > checkpoint`}</pre>
      <h3>{say.auditLater}</h3>
      <pre tabindex={0}>{`curl -s "${registryUrl}/v1/log/consistency?from=$(sed -n 2p checkpoint)"`}</pre>
      <h3>{say.auditEntry}</h3>
      <pre tabindex={0}>{`curl -s ${registryUrl}/v1/log/entries/${latest}.tlog-proof`}</pre>
      <p class="small faint">{say.auditNote}</p>
    </>
  )
}

function logAddress(asked: {
  type?: EntryType | undefined
  subject?: string | undefined
  cursor?: string | undefined
}): string {
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  return query.size === 0 ? '/log' : `/log?${query}`
}
