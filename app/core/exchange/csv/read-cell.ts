import type { WrittenNumber } from '../cda/fhir-json.ts'
import { writtenNumber } from '../cda/fhir-json.ts'

/** A number as it stands in a cell: its digits as written, with the sign of what is only known to lie above or below, and its unit if it has one. */
export interface CellNumber {
  readonly value: WrittenNumber
  readonly amount: number
  readonly comparator?: '<' | '<=' | '>' | '>='
  readonly unit?: string
}

/** Where each script's zero stands; its other digits follow. Full-width ones become plain by NFKC. */
const ZEROS = [0x660, 0x6f0, 0x966]

/** A cell's text with plain digits and plain spaces. */
export function plainCell(text: string): string {
  // Nearly all cells are plain.
  if (/^[ -~]*$/.test(text)) return text
  const plain = text.normalize('NFKC').replace(/\p{Nd}/gu, digit => {
    const code = digit.codePointAt(0) ?? 0
    const zero = ZEROS.find(start => code >= start && code < start + 10)
    return zero === undefined ? digit : String(code - zero)
  })
  return plain.replace(/[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/g, '').replace(/\s+/g, ' ')
}

/** Cells that say that nothing was measured. */
export function isEmptyCell(text: string): boolean {
  return text === '' || /^(?:[-–—.]{1,3}|n\/?a|null|none|nan)$/i.test(text)
}

const SIGNS = { '<': '<', '<=': '<=', '≤': '<=', '>': '>', '>=': '>=', '≥': '>=' } as const
const NUMBER = /^(<=?|>=?|≤|≥)?\s*([+-]?[\d.,٫'’ ]*\d)\s*([\p{L}%°µ℃℉(].*|\/min)?$/u

/** The number in a cell. Undefined where it is none, or where its marks do not fit `decimal`: nothing is guessed from one cell. */
export function readNumber(text: string, decimal: '.' | ','): CellNumber | undefined {
  const [, sign, digits = '', unit] = NUMBER.exec(plainCell(text)) ?? []
  const plain = plainDigits(digits, decimal)
  const value = plain === undefined ? undefined : writtenNumber(plain)
  if (value === undefined) return undefined
  const comparator = sign === undefined ? undefined : SIGNS[sign as keyof typeof SIGNS]
  return {
    value,
    amount: Number(value.digits),
    ...(comparator === undefined ? {} : { comparator }),
    ...(unit === undefined ? {} : { unit: unit.trim() }),
  }
}

/** Without marks between thousands and with a point. */
function plainDigits(digits: string, decimal: '.' | ','): string | undefined {
  const marked = digits.replace('٫', decimal)
  const form =
    decimal === '.'
      ? /^[+-]?(?:\d+|\d{1,3}(?:[' ’]\d{3})+)(?:\.\d+)?$/
      : /^[+-]?(?:\d+|\d{1,3}(?:[.' ’]\d{3})+)(?:,\d+)?$/
  if (!form.test(marked)) return undefined
  return decimal === '.' ? marked.replace(/[' ’]/g, '') : marked.replace(/[.' ’]/g, '').replace(',', '.')
}
