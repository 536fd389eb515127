import type { VerdictValue } from '../../policies/vocabulary.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, readCount } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { requireImport } from '../imports/access.ts'
import type { Import, ImportState, RowResult } from '../imports/import.ts'
import type { Job } from '../imports/queries.ts'
import { officerPost } from './form.ts'
import { importScriptAddress } from './import-script.ts'
import { importWords, resultWords, stateWords } from './import-words.ts'
import { Mark } from './parts.tsx'

/** How often a page without a script shows anew how far the work has come. */
export const renewSeconds = 4

export function importPath(id: string): string {
  return `/desk/imports/${encodeURIComponent(id)}`
}

/** The import that the page is about; undefined for those who are no officers, whom the page tells so. */
export async function jobOnPage(c: Http, id: string): Promise<Job | undefined> {
  const { session, ctx } = c.var
  if (!session || !officerPost(session)) return undefined
  const job = await requireImport(ctx, id)
  if (job.phase !== 'rest') ctx.wake?.()
  return job
}

const stateMarks: Readonly<Record<ImportState, VerdictValue>> = {
  reading: 'unrecognised',
  needs_mapping: 'ask',
  previewed: 'ask',
  committing: 'unrecognised',
  committed: 'allowed',
  failed: 'not_allowed',
  dropped: 'not_needed',
}

export function ImportStateMark({ state, lang }: { state: ImportState; lang: Language }) {
  return <Mark like={stateMarks[state]}>{stateWords[state][lang]}</Mark>
}

const resultMarks: Readonly<Record<RowResult, VerdictValue>> = {
  undecided: 'ask',
  refused: 'not_allowed',
  changed: 'unrecognised',
  new: 'allowed',
  same: 'not_needed',
}

export function ResultMark({ result, lang }: { result: RowResult; lang: Language }) {
  return <Mark like={resultMarks[result]}>{resultWords[result][lang]}</Mark>
}

/** In the order in which an officer looks at them. */
export const resultsShown = ['undecided', 'refused', 'changed', 'new', 'same'] as const satisfies readonly RowResult[]

/** A bar with counts and the time left: of a script by events, else renewed with the page. */
export function Progress({ lang, found }: { lang: Language; found: Import }) {
  const say = importWords[lang]
  const { id, state, counts, progress, fileBytes } = found
  const committing = state === 'committing'
  const done = committing
    ? (progress.rowsEnrolled ?? 0) / Math.max(1, counts.rows)
    : progress.bytesRead / Math.max(1, fileBytes)
  const path = inLanguage(lang, importPath(id))
  return (
    <section data-events={`/v1/imports/${id}/events`} data-here={path} data-state={state}>
      <p class="lead">{committing ? say.committing : say.reading}</p>
      <p>
        <label for="bar">{say.progressOf}</label>
        <progress id="bar" max={1} value={Math.min(1, done)} data-bytes={fileBytes} />{' '}
        <span class="num" data-left={say.secondsLeft}>
          {progress.secondsLeft === null
            ? ''
            : fill(say.secondsLeft, { seconds: readCount(progress.secondsLeft, lang) })}
        </span>
      </p>
      <ul class="counts">
        <li>
          {committing ? say.rowsEnrolled : say.rowsRead}{' '}
          <b class="num" data-count={committing ? 'enrolled' : 'read'}>
            {readCount(committing ? (progress.rowsEnrolled ?? 0) : progress.rowsRead, lang)}
          </b>
          {committing ? (
            <>
              {' / '}
              <span class="num">{readCount(counts.rows, lang)}</span>
            </>
          ) : null}
        </li>
        {committing
          ? null
          : resultsShown.map((result) => (
              <li>
                <ResultMark result={result} lang={lang} />{' '}
                <span class="num" data-count={result}>
                  {readCount(counts[result], lang)}
                </span>
              </li>
            ))}
      </ul>
      <p class="small">{say.leave}</p>
      <noscript>
        <p class="small">
          {say.refresh} <a href={path}>{say.showNow}</a>
        </p>
      </noscript>
      <script type="module" src={importScriptAddress} />
    </section>
  )
}
