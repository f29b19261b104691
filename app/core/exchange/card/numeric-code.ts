import { fail, ok, type Result } from '#schema/result.ts'

/** `needs-codes`: these of so many are there. `damaged`: digits that are no text, numbers that don't fit. */
export type CodeFailure =
  | { readonly kind: 'needs-codes'; readonly have: readonly number[]; readonly total: number }
  | { readonly kind: 'damaged' }

/** A card in more codes than this is none that anybody printed. */
const MAX_CODES = 200
/** Two digits a character: the first printable one (`-`, 45) is 00. */
const FIRST_CHARACTER = 45
const LAST_PAIR = 126 - FIRST_CHARACTER

/** Whether a text is (a part of) a SMART Health Card as QR codes hold it. */
export const isNumericCode = (text: string) => /^\s*shc:\//i.test(text.slice(0, 1000))

/**
 * The signed text (JWS) of `shc:/…` codes: one, or all chunks `shc:/1/3/…` in any order, some of them several times, each on a line of
 * its own or not. Of one card. (SMART Health Cards, "Health Cards as QR Codes".)
 */
export function readNumericCodes(text: string): Result<string, CodeFailure> {
  const codes = text.trim().split(/\s+(?=shc:)/i)
  const chunks = new Map<number, string>()
  let total: number | undefined
  for (const code of codes) {
    const parts = /^shc:\/(?:(\d{1,3})\/(\d{1,3})\/)?(\d+)$/i.exec(code)
    if (parts === null) return fail({ kind: 'damaged' })
    const [, index = '1', of = '1', digits = ''] = parts
    if (total !== undefined && total !== Number(of)) return fail({ kind: 'damaged' })
    total = Number(of)
    const number = Number(index)
    if (number < 1 || number > total || total > MAX_CODES) return fail({ kind: 'damaged' })
    if ((chunks.get(number) ?? digits) !== digits) return fail({ kind: 'damaged' })
    chunks.set(number, digits)
  }
  const have = [...chunks.keys()].sort((a, b) => a - b)
  if (total === undefined || have.length < total) return fail({ kind: 'needs-codes', have, total: total ?? 1 })
  return textOfDigits(have.map(number => chunks.get(number) ?? '').join(''))
}

function textOfDigits(digits: string): Result<string, CodeFailure> {
  if (digits.length % 2 === 1) return fail({ kind: 'damaged' })
  const characters: string[] = []
  for (let at = 0; at < digits.length; at += 2) {
    const pair = Number(digits.slice(at, at + 2))
    if (pair > LAST_PAIR) return fail({ kind: 'damaged' })
    characters.push(String.fromCharCode(pair + FIRST_CHARACTER))
  }
  return ok(characters.join(''))
}
