import { fill, languageOf } from '../http/language.ts'
import { paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { BadgeBox, ContributionFigures, contributionPath, readContribution } from './contribution.tsx'
import { shownOrganisation } from './read.ts'
import { usageWords } from './words.ts'

/** What an organisation gives to the commons, to be shown to those it reports to. */
export const contributionPages = pages().on('GET', paths('/organisations/:id/contribution'), async (c) => {
  const { ctx } = c.var
  const { lang } = languageOf(c)
  const say = usageWords[lang]
  const { id, name } = await shownOrganisation(ctx, (c.req.param('id') ?? '').slice(0, 200))
  const lead = fill(say.contributionLead, { name: name[lang] })
  return showPage(
    c,
    { title: `${name[lang]} — ${say.contribution}`, path: contributionPath(id), description: lead, kind: 'profile' },
    <>
      <h1>
        {name[lang]} <span class="small faint">{say.contribution}</span>
      </h1>
      <p class="lead">{lead}</p>
      <ContributionFigures contribution={await readContribution(ctx, id)} lang={lang} />
      <BadgeBox id={id} name={name[lang]} registryUrl={ctx.registryUrl} lang={lang} />
      <p>
        <a href={`/v1/organisations/${id}/use`}>{say.figures}</a>
      </p>
    </>,
  )
})
