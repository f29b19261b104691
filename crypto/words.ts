import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { fail, ok, type Result } from '#schema/result.ts'
import { nearestWords } from './nearest-words.ts'
import { ownBytes } from './own-bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What is wrong with typed words. `unknown`: not in the list; `checksum`: all are, but one is another or the order differs. */
export type WordsFailure =
  | { readonly kind: 'count'; readonly got: number }
  | {
      readonly kind: 'unknown'
      /** Positions from 1, with up to three words of the list that look most like it. */
      readonly wrong: readonly { readonly position: number; readonly suggestions: readonly string[] }[]
    }
  | { readonly kind: 'checksum' }

const ROOT_WORDS = 24
const PAIRING_WORDS = 8
const PAIRING_BYTES = 11
const INDEX_BY_WORD = new Map(wordlist.map((word, index) => [word, index]))

/** R (32 bytes) as 24 BIP39 words, English list. */
export function wordsOf(secret: Uint8Array): string[] {
  if (secret.length !== 32) throw new RangeError(`Cannot make words: got ${secret.length} bytes, R has 32`)
  return entropyToMnemonic(secret, wordlist).split(' ')
}

/** R from typed or scanned words; case, numbering, line breaks and punctuation do not matter. */
export function rootOfWords(text: string): Result<Bytes, WordsFailure> {
  const words = listedWords(text, ROOT_WORDS)
  if (!words.ok) return words
  try {
    return ok(ownBytes(mnemonicToEntropy(words.value.join(' '), wordlist)))
  } catch {
    return fail({ kind: 'checksum' }) // count and list are checked above
  }
}

/** 88 bits as eight words of the same list, without a checksum: a wrong one fails at once where they are used. */
export function eightWords(secret: Uint8Array): string[] {
  if (secret.length !== PAIRING_BYTES)
    throw new RangeError(`Cannot make words: got ${secret.length} bytes, eight words hold 11`)
  return wordsOfBits(secret)
}

/** The 11 bytes behind eight typed words. */
export function secretOfEightWords(text: string): Result<Bytes, WordsFailure> {
  const words = listedWords(text, PAIRING_WORDS)
  if (!words.ok) return words
  const bits = words.value.map(word => (INDEX_BY_WORD.get(word) ?? 0).toString(2).padStart(11, '0')).join('')
  return ok(Uint8Array.from({ length: PAIRING_BYTES }, (_, at) => Number.parseInt(bits.slice(8 * at, 8 * at + 8), 2)))
}

/** As many words as whole 11-bit groups fit in `bytes`; left-over bits are dropped. */
export function wordsOfBits(bytes: Uint8Array): string[] {
  const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('')
  return Array.from(
    { length: Math.floor(bits.length / 11) },
    (_, at) => wordlist[Number.parseInt(bits.slice(11 * at, 11 * at + 11), 2)]!,
  )
}

function listedWords(text: string, count: number): Result<string[], WordsFailure> {
  const words =
    text
      .normalize('NFKD')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  if (words.length !== count) return fail({ kind: 'count', got: words.length })
  const wrong = words.flatMap((word, index) =>
    INDEX_BY_WORD.has(word) ? [] : [{ position: index + 1, suggestions: nearestWords(word, wordlist, 3) }],
  )
  return wrong.length > 0 ? fail({ kind: 'unknown', wrong }) : ok([...words])
}
