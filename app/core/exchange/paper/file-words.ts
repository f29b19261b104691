import type { FileType } from '#schema/record/entry.ts'
import { decoderOf, encodingOf } from '../text-encoding.ts'
import { htmlMarkup } from './html-markup.ts'
import { rtfWords } from './rtf-words.ts'

/** What a file says in words. */
export interface FileWords {
  /** `markup`: HTML, of which a narrative's elements may be drawn and nothing else. */
  readonly form: 'markup' | 'plain'
  readonly text: string
  /** There is more in the file. */
  readonly isCut: boolean
  /** Some letters may be others: the file does not say how they are written, or in a way that is not known here. */
  readonly isUnsure: boolean
}

/** More than this nobody reads on a screen. */
const MAX_LETTERS = 300_000

/** The words of a file that holds some; `said`: what its source calls it, with `charset=` where it says that. Total. */
export function wordsOfFile(bytes: Uint8Array, type: FileType | undefined, said = ''): FileWords {
  if (type === 'text/rtf') {
    const { text, isUnsure } = rtfWords(bytes, MAX_LETTERS + 1)
    return { form: 'plain', isUnsure, ...cut(text) }
  }
  const isHtml = type === 'text/html'
  const { text, isUnsure } = lettersOf(bytes, /charset\s*=\s*["']?([\w.:-]+)/i.exec(said)?.[1], isHtml)
  if (!isHtml) return { form: 'plain', isUnsure, ...cut(text) }
  return { form: 'markup', isUnsure, ...cut(htmlMarkup(text)) }
}

/** Within no tag. */
function cut(text: string): Pick<FileWords, 'text' | 'isCut'> {
  if (text.length <= MAX_LETTERS) return { text: text.toWellFormed(), isCut: false }
  const tag = text.lastIndexOf('<', MAX_LETTERS)
  const isWithin = tag !== -1 && text.indexOf('>', tag) >= MAX_LETTERS
  return { text: text.slice(0, isWithin ? tag : MAX_LETTERS).toWellFormed(), isCut: true }
}

/** HTML says it among its first bytes (https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding). */
const META_BYTES = 1024

function lettersOf(bytes: Uint8Array, said: string | undefined, isHtml: boolean) {
  const start = String.fromCharCode(...bytes.subarray(0, META_BYTES))
  const meta = isHtml ? /<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start)?.[1] : undefined
  const own = encodingOf(bytes)
  // What the bytes themselves show comes first.
  const names = own === 'utf-8' ? [said, meta, own] : [own]
  for (const name of names) {
    const text = name === undefined ? undefined : decoded(bytes, name)
    if (text !== undefined) return { text, isUnsure: false }
  }
  return { text: new TextDecoder('windows-1252').decode(bytes), isUnsure: true }
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return decoderOf(encoding, true)?.decode(bytes)
  } catch {
    return undefined
  }
}
