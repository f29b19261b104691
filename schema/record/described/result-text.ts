const TYPED = /^(<=|>=|<|>|≤|≥)?\s*(-?\d{1,12}(?:\.\d{1,9})?)$/
const SIGNS: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=' }

/** A result as it is kept: a number in one form (`<0.5`, `5`), words as they are. */
export function resultText(typed: string): string {
  const [, sign = '', amount] = TYPED.exec(typed.trim()) ?? []
  return amount === undefined ? typed : `${SIGNS[sign] ?? sign}${plainNumber(Number(amount))}`
}

/** Without an exponent, which no laboratory prints; to nine decimals. */
export const plainNumber = (value: number): string =>
  /e/i.test(String(value)) ? value.toFixed(9).replace(/\.?0+$/, '') : String(value)
