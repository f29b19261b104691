import { fail, ok, type Result } from '#schema/result.ts'
import { utf8 } from '#schema/bytes.ts'
import { deriveKey, hash } from './hash.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Crockford's 32: no i, l, o or u, so that a printed letter is taken for no other one. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
/** What people read instead. */
const MISREAD: Readonly<Record<string, string>> = { i: '1', l: '1', o: '0' }
const SECRET_BYTES = 32
const SECRET_LETTERS = 52
const CHECK_LETTERS = 4
const GROUP = 4
const CODE_LETTERS = SECRET_LETTERS + CHECK_LETTERS
const CHECK_LABEL = utf8('wk/1/backup-code')

/** What is wrong with a typed code. `letters`: signs that stand in no code; `checksum`: one letter is another, or two changed places. */
export type CodeFailure =
  | { readonly kind: 'length'; readonly got: number; readonly wanted: number }
  | { readonly kind: 'letters'; readonly wrong: readonly string[] }
  | { readonly kind: 'checksum' }

/** What backups are sealed with, 32 bytes; `KDF(R, "backup.secret")`, so it tells nothing of R. `root` is R. */
export function backupSecretOf(root: Uint8Array): Bytes {
  return deriveKey(root, 'backup.secret')
}

/**
 * The secret as it is printed, and, letter by letter with its hyphens, the passphrase of the age file: 52 letters of five bits, the
 * last with four zero bits, then four of H(label ‖ secret), in groups of four.
 */
export function backupCodeOf(secret: Uint8Array): string {
  if (secret.length !== SECRET_BYTES)
    throw new RangeError(`Cannot make a code: got ${secret.length} bytes, a backup secret has ${SECRET_BYTES}`)
  const letters = lettersOf(secret, SECRET_LETTERS) + checkOf(secret)
  return (letters.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-')
}

/** The secret behind a typed code; case, spaces, hyphens and the letters that look like 0 or 1 do not matter. */
export function secretOfBackupCode(text: string): Result<Bytes, CodeFailure> {
  const signs =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[^\s\p{Pd}_.]/gu) ?? []
  const letters = signs.map(sign => MISREAD[sign] ?? sign)
  const wrong = letters.filter(letter => !LETTERS.includes(letter))
  if (wrong.length > 0) return fail({ kind: 'letters', wrong: [...new Set(wrong)] })
  if (letters.length !== CODE_LETTERS) return fail({ kind: 'length', got: letters.length, wanted: CODE_LETTERS })
  const secret = bytesOf(letters.slice(0, SECRET_LETTERS))
  return secret !== undefined && checkOf(secret) === letters.slice(SECRET_LETTERS).join('')
    ? ok(secret)
    : fail({ kind: 'checksum' })
}

function checkOf(secret: Uint8Array): string {
  return lettersOf(hash(CHECK_LABEL, secret), CHECK_LETTERS)
}

/** The first `count` times five bits, with zeros where the bytes end. */
function lettersOf(bytes: Uint8Array, count: number): string {
  const bits = bitsOf(bytes, 8).padEnd(5 * count, '0')
  return Array.from({ length: count }, (_, at) => LETTERS[Number.parseInt(bits.slice(5 * at, 5 * at + 5), 2)]).join('')
}

/** Undefined when the bits that no byte has room for are not zero. */
function bytesOf(letters: readonly string[]): Bytes | undefined {
  const bits = bitsOf(
    letters.map(letter => LETTERS.indexOf(letter)),
    5,
  )
  if (/1/.test(bits.slice(8 * SECRET_BYTES))) return undefined
  return Uint8Array.from({ length: SECRET_BYTES }, (_, at) => Number.parseInt(bits.slice(8 * at, 8 * at + 8), 2))
}

function bitsOf(numbers: Iterable<number>, width: number): string {
  return Array.from(numbers, number => number.toString(2).padStart(width, '0')).join('')
}
