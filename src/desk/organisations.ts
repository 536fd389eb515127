import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { findOrganisation, listOrganisations } from '../organisations/queries.ts'
import { parseRor } from '../organisations/ror.ts'

/** More than fit a choice: the words need to be narrower. */
const choicesMax = 20
const queryCharactersMax = 200

/** Thrown with the organisations among which to choose. */
export class SeveralOrganisations extends RegistryError {
  readonly choices: readonly Organisation[]
  constructor(choices: readonly Organisation[]) {
    const code = choices.length === 1 ? 'one_organisation' : 'several_organisations'
    super('invalid_input', 'Choose the organisation that is meant.', {
      faults: [{ pointer: '/organisation', code, detail: 'Choose one.' }],
    })
    this.choices = choices
  }
}

/**
 * The member of the commons that is meant: by id, by ROR id in any spelling, or by part of its name when only one fits.
 * @throws SeveralOrganisations when more than one fits
 */
export async function organisationMeant(ctx: Context, written: string): Promise<Organisation> {
  const text = written.trim().slice(0, queryCharactersMax)
  if (text === '') throw invalid('/organisation', 'required', 'Name the organisation.')
  const named = await findOrganisation(ctx.db.read, text)
  if (named?.organisation.state === 'approved') return named.organisation
  const found = await listOrganisations(ctx.db.read, { q: text, includeApplied: false }, undefined, choicesMax)
  const members = found.filter(({ state }) => state === 'approved')
  const exact = members.find(({ name }) => name.ja === text || name.en.toLowerCase() === text.toLowerCase())
  const [only] = exact ? [exact] : members
  if (!only) throw invalid('/organisation', 'unknown_organisation', `${text} is not an organisation of the commons.`)
  if (!exact && members.length > 1) throw new SeveralOrganisations(members)
  return only
}

/** The same for an act that is not undone by a second try: what is not named exactly is to be chosen first. */
export async function organisationNamed(ctx: Context, written: string): Promise<Organisation> {
  const meant = await organisationMeant(ctx, written)
  const text = written.trim()
  const names = [meant.id, meant.name.ja, meant.name.en]
  const exact = names.some((name) => name.toLowerCase() === text.toLowerCase())
  if (!exact && (meant.ror === undefined || parseRor(text) !== meant.ror)) throw new SeveralOrganisations([meant])
  return meant
}
