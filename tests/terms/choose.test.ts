import { expect, test } from 'vitest'
import { catalogue, findClause } from '../../policies/terms.ts'
import { choices, chooseTerms, type Wishes } from '../../src/terms/choose.ts'
import { openLocalRegistry } from '../support/registry.ts'

const fitting = (wishes: Wishes) =>
  chooseTerms(wishes)
    .filter(({ differs }) => differs.length === 0)
    .map(({ terms }) => terms.id)

test.each([
  [{ companies: false, inventors: false }, ['RPC-ACADEMIC-1.0']],
  [{ companies: true, reciprocity: false }, ['RPC-OPEN-1.0']],
  [{ reciprocity: true }, ['RPC-RECIPROCAL-1.0']],
  [{ inventors: true }, ['RPC-INVENTOR-1.0']],
  [{ companies: true, inventors: true }, []],
] satisfies [Wishes, string[]][])('%j leads to %j', (wishes, expected) => {
  expect(fitting(wishes)).toEqual(expected)
})

test('whoever minds nothing is shown all terms, and each difference names a clause that exists', () => {
  expect(chooseTerms({})).toHaveLength(catalogue.size)
  for (const choice of choices)
    for (const wish of [true, false])
      for (const { terms, differs } of chooseTerms({ [choice]: wish }))
        for (const { clause } of differs) expect(findClause(terms, clause)?.ja).toBeTruthy()
})

test('the page leads to the terms by its address alone, and takes what is not an answer as none', async () => {
  const { anonymous } = await openLocalRegistry()
  const asked = await anonymous.get('/ja/terms/choose')
  expect(asked.status).toBe(200)
  expect(asked.text).not.toContain('id="fits"')
  const answered = await anonymous.get('/en/terms/choose?companies=yes&reciprocity=no&evaluation=<script>')
  expect(answered.text).toContain('href="/en/terms/RPC-OPEN-1.0"')
  expect(answered.text).toContain('Fits every answer.')
  expect(answered.text).not.toContain('<script>')
})
