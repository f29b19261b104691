/** Where each script's zero stands; its other digits follow. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xff10]

/** Digits of any keyboard (Arabic, Persian, Devanagari, full width) as ASCII, all else as it is. */
export function asciiDigits(text: string): string {
  let plain = ''
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    const zero = ZEROS.find(start => code >= start && code < start + 10)
    plain += zero === undefined ? char : String(code - zero)
  }
  return plain
}

/** The same with a sign before it. */
export function parseSignedNumber(text: string): number | undefined {
  const [, sign, digits] = /^\s*([-−+]?)\s*(.*)$/.exec(text) ?? []
  const size = parseTypedNumber(digits ?? '')
  return size === undefined || sign === '' || sign === '+' || size === 0 ? size : -size
}

/** A positive number as people type it, with a point or a comma for decimals; undefined for anything else. */
export function parseTypedNumber(text: string): number | undefined {
  const plain = asciiDigits(text)
    .trim()
    .replace(/[٫，,]/, '.')
  return /^\d{1,6}(?:\.\d{0,4})?$/.test(plain) ? Number(plain) : undefined
}
