import type { Child } from 'hono/jsx'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate, said } from '../http/language.ts'
import { inLanguage, paths, Said } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { requireImport } from '../imports/access.ts'
import { decideImport } from '../imports/choose.ts'
import { rowsAsCsv } from '../imports/download.ts'
import { commitImport, dropImport } from '../imports/finish.ts'
import { decisionsInput, type Import, rowResult } from '../imports/import.ts'
import { type Job, listNames, toImport } from '../imports/queries.ts'
import { findRows } from '../imports/rows-queries.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { goTo, orShowAgain, ownForm, toSignIn } from './form.ts'
import { MappingForm } from './import-mapping.tsx'
import { namesToDecide } from './import-names.tsx'
import { importPath, jobOnPage, Progress, renewSeconds } from './import-parts.tsx'
import { findWho, listWorld, type WorldLine } from './import-queries.ts'
import { rowDecisionsIn, rowsOfImport } from './import-rows.tsx'
import { formatWords, importWords } from './import-words.ts'
import { officePage } from './office.tsx'
import { Nothing } from './parts.tsx'

/** A page stays within its size; the rows have all. */
const worldShownMax = 50

/** One import: followed while it is worked on, looked through, decided, enrolled or given up. */
export const importPages = pages()
  .on('GET', paths('/desk/imports/:id'), (c) => showImport(c, c.req.param('id') ?? ''))
  .on('GET', paths('/desk/imports/:id/rows.csv'), async (c) => {
    if (!c.var.session) return toSignIn(c)
    const { ctx } = c.var
    const job = await requireImport(ctx, c.req.param('id') ?? '')
    const result = rowResult.safeParse(c.req.query('result'))
    const rows = rowsAsCsv(
      ctx.db.read,
      job.id,
      job.layout?.header ?? [],
      languageOf(c).lang,
      result.success ? result.data : undefined,
    )
    return c.body(rows, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="import-${job.id}.csv"`,
      'Cache-Control': 'no-store',
    })
  })
  .on('POST', paths('/desk/imports/:id/rows'), async (c) => {
    const { fields } = await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        const { ctx } = c.var
        const chosen = rowDecisionsIn(fields)
        const job = await requireImport(ctx, id)
        const stored = await findRows(ctx.db.read, job.id, [...chosen.keys()])
        const rows = [...chosen].map(([position, decision]) => {
          const before = stored.get(position)?.decision
          const numbers = { ...before?.numbers, ...decision.numbers }
          return {
            position,
            decision: { ...before, ...decision, ...(Object.keys(numbers).length === 0 ? {} : { numbers }) },
          }
        })
        await decideImport(ctx, id, inputOrStop(decisionsInput, { rows }))
        ctx.wake?.()
        return goTo(c, importPath(id))
      },
      (stop) => showImport(c, id, stop),
    )
  })
  .on('POST', paths('/desk/imports/:id/commit'), async (c) => {
    await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        await commitImport(c.var.ctx, id)
        c.var.ctx.wake?.()
        return goTo(c, importPath(id))
      },
      (stop) => showImport(c, id, stop),
    )
  })
  .on('POST', paths('/desk/imports/:id/drop'), async (c) => {
    await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        await dropImport(c.var.ctx, id)
        c.var.ctx.wake?.()
        return goTo(c, '/desk/imports')
      },
      (stop) => showImport(c, id, stop),
    )
  })

async function showImport(c: Http, id: string, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = importWords[lang]
  const job = await jobOnPage(c, id)
  const working = job?.state === 'reading' || job?.state === 'committing'
  return officePage(c, 'imports', stop, async (_, csrf) => (job ? content(c, job, csrf) : null), {
    title: job ? fill(say.title, { file: job.fileName }) : say.imports,
    path: importPath(id),
    ...(working ? { renew: renewSeconds } : {}),
  })
}

async function content(c: Http, job: Job, csrf: string): Promise<Child> {
  const { lang } = languageOf(c)
  const found = toImport(job, await listNames(c.var.ctx.db.read, job.id))
  switch (found.state) {
    case 'reading':
    case 'committing':
      return (
        <>
          <Progress lang={lang} found={found} />
          {found.state === 'reading' ? <Drop lang={lang} id={job.id} csrf={csrf} /> : null}
        </>
      )
    case 'needs_mapping':
      return (
        <>
          <SheetRead lang={lang} found={found} />
          <MappingForm lang={lang} job={job} samples={found.mapping?.samples ?? []} csrf={csrf} />
          <Drop lang={lang} id={job.id} csrf={csrf} />
        </>
      )
    case 'previewed':
      return preview(c, job, found, csrf)
    case 'committed':
      return finished(c, job, found, csrf)
    default:
      return <Over lang={lang} found={found} />
  }
}

/** What will happen, then the rows, then the one button. */
async function preview(c: Http, job: Job, found: Import, csrf: string): Promise<Child> {
  const { lang } = languageOf(c)
  const say = importWords[lang]
  const { counts, failure, world } = found
  const path = inLanguage(lang, importPath(job.id))
  const nothing = counts.new + counts.changed === 0
  const count = (of: number) => readCount(of, lang)
  const sentence =
    counts.changed === 0 ? say.willRegisterNew : counts.new === 0 ? say.willRegisterChanged : say.willRegister
  const will = fill(sentence, { new: count(counts.new), changed: count(counts.changed) })
  return (
    <>
      {failure === undefined ? null : (
        <div class="fault">
          <p>{failure.text[lang]}</p>
        </div>
      )}
      {await readAs(c, job)}
      <SheetRead lang={lang} found={found} />
      {await namesToDecide(c.var, lang, job.id)}
      {await rowsOfImport(c, job, counts, csrf)}
      <h2 id="register">{say.register}</h2>
      <div class="box">
        <p>
          <b>{nothing ? say.willNothing : will}</b>{' '}
          {counts.refused + counts.undecided === 0
            ? null
            : fill(say.willLeave, { refused: count(counts.refused), undecided: count(counts.undecided) })}
        </p>
        {world.granted + world.ended + world.transferred === 0 ? null : (
          <p>
            {fill(say.willWorld, {
              granted: count(world.granted),
              ended: count(world.ended),
              transferred: count(world.transferred),
            })}{' '}
            {world.declared === 0 ? null : fill(say.worldDeclared, { count: count(world.declared) })}
          </p>
        )}
        <OwnForm action={`${path}/commit`} csrf={csrf}>
          <p>
            <button type="submit">{nothing ? say.finish : say.register}</button>
          </p>
        </OwnForm>
        {nothing ? null : <p class="hint">{say.irreversible}</p>}
      </div>
      <Drop lang={lang} id={job.id} csrf={csrf} />
    </>
  )
}

async function readAs(c: Http, job: Job): Promise<Child> {
  const { lang } = languageOf(c)
  const say = importWords[lang]
  const who = (await findWho(c.var.ctx.db.read, [job.id])).get(job.id)
  const { layout } = job
  return (
    <>
      <p>
        {fill(say.readAs, {
          rows: readCount(job.counts.rows, lang),
          format: layout === undefined ? '' : formatWords[layout.format][lang],
          encoding: layout === undefined ? '' : (encodings[layout.encoding] ?? layout.encoding),
          holder: who?.organisation[lang] ?? '',
          day: readDate(job.seenOn, lang),
        })}{' '}
        {layout?.format === 'mapped' && job.state === 'previewed' ? (
          <a href={inLanguage(lang, `${importPath(job.id)}/columns`)}>{say.mendColumns}</a>
        ) : null}
      </p>
      {job.state === 'previewed' ? (
        <p>
          <a href="#register">{say.toCommit}</a>
        </p>
      ) : null}
    </>
  )
}

/** Which sheet of a workbook it was: what was not read is never passed over in silence. */
function SheetRead({ lang, found: { sheet } }: { lang: Language; found: Import }) {
  if (sheet === undefined) return null
  const say = importWords[lang]
  const names = sheet.othersNotRead.slice(0, sheetsShownMax).join(lang === 'ja' ? '、' : ', ')
  return (
    <>
      <p>{fill(say.sheetRead, { sheet: sheet.name })}</p>
      {names === '' ? null : (
        <div class="next">
          <p>{fill(say.sheetsLeft, { sheets: names })}</p>
        </div>
      )}
    </>
  )
}

const sheetsShownMax = 10

const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  shift_jis: 'Shift_JIS',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
}

async function finished(c: Http, job: Job, found: Import, csrf: string): Promise<Child> {
  const { lang } = languageOf(c)
  const say = importWords[lang]
  const { counts, world } = found
  const lines = await listWorld(c.var.ctx.db.read, job.id, worldShownMax)
  const patents = counts.new + counts.changed + counts.same
  const holder = new URLSearchParams({ organisation: job.organisationId, import: job.id })
  const figures = [
    [say.doneNew, counts.new],
    [say.doneChanged, counts.changed],
    [say.doneSame, counts.same],
    [say.doneLeft, counts.refused + counts.undecided],
  ] as const
  return (
    <>
      <p class="lead">{counts.new + counts.changed === 0 ? say.doneNothing : say.done}</p>
      <dl class="figures">
        {figures.map(([name, count]) => (
          <div>
            <dt>{name}</dt>
            <dd>{readCount(count, lang)}</dd>
          </div>
        ))}
      </dl>
      {await readAs(c, job)}
      <h2>{say.worldTitle}</h2>
      <World lang={lang} world={world} lines={lines} />
      {patents === 0 ? null : (
        <>
          <h2>{say.nextStep}</h2>
          <p>{say.declareLead}</p>
          <p>
            <a class="button" href={`${inLanguage(lang, '/desk/declarations/new')}?${holder}`}>
              {fill(say.declareThese, { count: readCount(patents, lang) })}
            </a>
          </p>
          <p>
            <a
              href={`${inLanguage(lang, '/desk/portfolio')}?${new URLSearchParams({ organisation: job.organisationId })}`}
            >
              {say.seePortfolio}
            </a>{' '}
            · <a href={inLanguage(lang, '/desk/imports')}>{say.imports}</a>
          </p>
        </>
      )}
      {await rowsOfImport(c, job, counts, csrf)}
    </>
  )
}

function World({ lang, world, lines }: { lang: Language; world: Import['world']; lines: readonly WorldLine[] }) {
  const say = importWords[lang]
  if (world.granted + world.ended + world.transferred === 0) return <p>{say.worldNone}</p>
  const kinds = (['granted', 'ended', 'transferred'] as const).filter((kind) => world[kind] > 0)
  return (
    <>
      {world.declared === 0 ? null : <p>{fill(say.worldDeclared, { count: readCount(world.declared, lang) })}</p>}
      {kinds.map((kind) => (
        <>
          <h3>
            {say[kind]} <span class="num">{readCount(world[kind], lang)}</span>
          </h3>
          {kind === 'ended' ? <p>{say.endedEffect}</p> : null}
          <ul class="plain">
            {lines
              .filter((line) => line.world === kind)
              .map(({ number, title, declared }) => (
                <li>
                  <a class="num" href={inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}>
                    {number}
                  </a>{' '}
                  <Said {...said(title, lang)} />
                  {declared ? <span class="small faint"> ({say.onDeclaration})</span> : null}
                </li>
              ))}
          </ul>
        </>
      ))}
    </>
  )
}

function Over({ lang, found }: { lang: Language; found: Import }) {
  const say = importWords[lang]
  const { failure } = found
  if (found.state === 'dropped') return <Nothing>{say.dropped}</Nothing>
  return (
    <>
      <div class="fault">
        <p>
          <b>{say.failedTitle}</b>
        </p>
        {failure === undefined ? null : <p>{failure.text[lang]}</p>}
      </div>
      <p>
        <a class="button" href={inLanguage(lang, '/desk/imports')}>
          {say.again}
        </a>
      </p>
    </>
  )
}

/** Opened first, pressed second: nothing goes by a slip. */
function Drop({ lang, id, csrf }: { lang: Language; id: string; csrf: string }) {
  const say = importWords[lang]
  return (
    <details>
      <summary>{say.drop}</summary>
      <div class="box danger">
        <p>{say.dropLead}</p>
        <OwnForm action={inLanguage(lang, `${importPath(id)}/drop`)} csrf={csrf}>
          <button type="submit" class="quiet">
            {say.dropConfirm}
          </button>
        </OwnForm>
      </div>
    </details>
  )
}
