/** Check digit of an EPO application number `YYNNNNNN`: digit sums of the digits times 1, 2, 1, 2 …, up to the next ten. */
export function europeanCheckDigit(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const product = Number(digits.charAt(at)) * (at % 2 === 0 ? 1 : 2)
    sum += product > 9 ? product - 9 : product
  }
  return String((10 - (sum % 10)) % 10)
}

/** Check digit of a CNIPA application number of 8 or 12 digits: weights 2 to 9 and again from 2, modulo 11, 10 → X. */
export function chineseCheckDigit(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) sum += Number(digits.charAt(at)) * ((at % 8) + 2)
  const rest = sum % 11
  return rest === 10 ? 'X' : String(rest)
}
