import { catalogue, type Terms, type TermsTags } from '../../policies/terms.ts'

/** What a holder is asked before choosing, in this order. Each rests on one tag, and so on one clause. */
export const choices = ['companies', 'evaluation', 'sponsored', 'reciprocity', 'inventors'] as const
export type ChoiceName = (typeof choices)[number]

/** What the holder wants; a question that is left out may come out either way. */
export type Wishes = Partial<Record<ChoiceName, boolean>>

export type Fit = {
  terms: Terms
  /** Where the terms say something else than was wished, with the clause that says it. */
  differs: { choice: ChoiceName; clause: string }[]
}

/** All published terms, those that differ least from the wishes first; equal ones in the order of publication. */
export function chooseTerms(wishes: Wishes): Fit[] {
  return [...catalogue.values()]
    .map((terms) => ({
      terms,
      differs: choices.flatMap((choice) => {
        const { says, clause } = answers[choice](terms.tags)
        const wish = wishes[choice]
        return wish === undefined || wish === says ? [] : [{ choice, clause }]
      }),
    }))
    .sort((a, b) => a.differs.length - b.differs.length)
}

const answers: Readonly<Record<ChoiceName, (tags: TermsTags) => { says: boolean; clause: string }>> = {
  companies: ({ beneficiaries }) => ({
    says: beneficiaries.company.rule === 'allow',
    clause: beneficiaries.company.clause,
  }),
  evaluation: ({ purposes }) => ({ says: purposes.evaluation.rule === 'allow', clause: purposes.evaluation.clause }),
  sponsored: ({ purposes }) => ({
    says: purposes.sponsored_research.rule === 'allow',
    clause: purposes.sponsored_research.clause,
  }),
  reciprocity: ({ reciprocity }) => ({ says: reciprocity.value !== 'none', clause: reciprocity.clause }),
  inventors: ({ inventorOnly }) => ({ says: inventorOnly.value, clause: inventorOnly.clause }),
}
