// Every way to an answer gives the same answer: single check = batch check = decide() on facts joined from the records.
import assert from 'node:assert/strict'
import { question } from './registry.mjs'

export async function proveEqual(product, references, registry, numbers) {
  const { ctx, plainDb } = registry
  const on = new Date().toISOString().slice(0, 10)
  const many = []
  for (let from = 0; from < numbers.length; from += 1000)
    many.push(...(await product.checkNumbers(ctx(), numbers.slice(from, from + 1000).map(parsed), question)))
  const joined = await references.check(plainDb, numbers, { ...question, on }, references.joinedFactsOfMany)
  for (const [i, number] of numbers.entries()) {
    const [one] = await product.checkNumbers(ctx(), [parsed(number)], question)
    assert.deepEqual(one, many[i], `${number}: single and batch differ`)
    assert.deepEqual(verdictOf(one), plain(joined[i].verdict), `${number}: stored facts and joined facts differ`)
  }
  return numbers.length

  function parsed(number) {
    return product.parseNumber(number)
  }
}

/** The part of an answer that `decide` gave. */
function verdictOf({
  input: _input,
  patent: _patent,
  statutory: _note,
  candidates: _all,
  terms,
  declaration,
  ...rest
}) {
  return plain({
    ...rest,
    ...(terms ? { termsId: terms.id, termsSha256: terms.sha256 } : {}),
    ...(declaration ? { declarationId: declaration.id } : {}),
  })
}

function plain(value) {
  return JSON.parse(JSON.stringify(value))
}
