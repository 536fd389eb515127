/**
 * Words of a text as the index keeps them. NFKC and lower case; a run of Japanese letters becomes each two letters side
 * by side and its last letter alone, for its words are not set apart; other letters and digits stay words. The same on every
 * runtime: no dictionary takes part.
 */
export function tokensOf(text: string): string[] {
  return runsOf(text).flatMap((run) => (run.japanese ? pairsOf(run.text) : [run.text]))
}

/** Runs of Japanese letters, and words of other letters and digits without accents, in their order. */
export function runsOf(text: string): { text: string; japanese: boolean }[] {
  const runs: { text: string; japanese: boolean }[] = []
  for (const [found, japanese] of text.normalize('NFKC').toLowerCase().matchAll(run)) {
    if (japanese !== undefined) runs.push({ text: found, japanese: true })
    else runs.push({ text: plainWord.test(found) ? found : withoutAccents(found), japanese: false })
  }
  return runs.filter((one) => one.text !== '')
}

export function pairsOf(run: string): string[] {
  const letters = [...run]
  return letters.map((letter, i) => letter + (letters[i + 1] ?? ''))
}

const japaneseLetter = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\u30fc\u3005'
const run = new RegExp(`([${japaneseLetter}]+)|(?:(?![${japaneseLetter}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')

/** What has no accents to take off: most words are of these. */
const plainWord = /^[a-z0-9]+$/

function withoutAccents(word: string): string {
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFC')
}
