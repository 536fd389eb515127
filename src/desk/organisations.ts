import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { findOrganisation, listOrganisations } from '../organisations/queries.ts'

/** More than fit a choice: the words need to be narrower. */
const choicesMax = 20
const queryCharactersMax = 200

/** Thrown with the organisations among which to choose. */
export class SeveralOrganisations extends RegistryError {
  readonly choices: readonly Organisation[]
  constructor(choices: readonly Organisation[]) {
    super('invalid_input', 'Several organisations fit. Choose one.', {
      faults: [{ pointer: '/organisation', code: 'several_organisations', detail: 'Choose one.' }],
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
