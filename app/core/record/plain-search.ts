import { PLAIN_WORDS } from '#schema/codes/plain-words.ts'
import { foldSearch } from './row.ts'

/** Folded alternatives of one part of what was typed: a row that has any of them has that part. */
export interface Part {
  readonly words: readonly string[]
  readonly others?: RegExp
}

/** More words than the longest of the table has. */
const MOST_WORDS = 6
/** Less of a word says too little to stand for another one; a sign of Chinese says more than a letter. */
const PREFIX_LETTERS = 4
const PREFIX_SIGNS = 2

const BY_WORD = new Map<string, Set<string>>()
for (const { words, finds } of PLAIN_WORDS) {
  const found = finds.map(foldSearch)
  for (const word of words.map(foldSearch)) {
    const known = BY_WORD.get(word) ?? new Set()
    for (const each of found) known.add(each)
    BY_WORD.set(word, known)
  }
}

/** What was typed, in the parts that a text has to have, in its own words or in others for the same (`schema/codes/plain-words.ts`). */
export const typedParts = (text: string): readonly Part[] =>
  partsOf(
    foldSearch(text)
      .split(/\s+/)
      .filter(word => word !== ''),
  )

/** The parts that a folded text has not, each with only those of its words that it has not. A word lies in one line. */
export function lacking(parts: readonly Part[], folded: string): readonly Part[] {
  return parts.flatMap(part => {
    const left = part.words.filter(word => !folded.includes(word))
    return left.length === 0 || part.others?.test(folded) ? [] : [{ ...part, words: left }]
  })
}

function partsOf(words: readonly string[]): readonly Part[] {
  const parts: Part[] = []
  for (let start = 0; start < words.length; ) {
    let end = Math.min(words.length, start + MOST_WORDS)
    let others = othersOf(words.slice(start, end), end === words.length)
    while (others.length === 0 && end > start + 1) {
      end--
      others = othersOf(words.slice(start, end), end === words.length)
    }
    parts.push({ words: words.slice(start, end), ...(others.length === 0 ? {} : { others: anyOf(others) }) })
    start = end
  }
  return parts
}

function othersOf(words: readonly string[], isLast: boolean): readonly string[] {
  const phrase = words.join(' ')
  const known = BY_WORD.get(phrase)
  if (known !== undefined || !isLast || !mayGoOn(phrase)) return [...(known ?? [])]
  const found = new Set<string>()
  for (const [word, others] of BY_WORD) {
    if (word.startsWith(phrase) && !word.includes(' ', phrase.length)) for (const other of others) found.add(other)
  }
  return [...found]
}

const mayGoOn = (phrase: string) => phrase.length >= (/^[a-z0-9 '-]+$/.test(phrase) ? PREFIX_LETTERS : PREFIX_SIGNS)

/**
 * One expression for all: a search per word takes twice as long. Latin words begin where a word begins, and what is as short as an
 * abbreviation ends there too; other scripts join words on.
 */
function anyOf(others: readonly string[]): RegExp {
  const [latin, rest] = [others.filter(isLatin), others.filter(other => !isLatin(other))]
  const [short, long] = [latin.filter(isShort), latin.filter(other => !isShort(other))]
  const either = (words: readonly string[]) => `(?:${words.map(escaped).join('|')})`
  const ways = [
    ...(long.length === 0 ? [] : [`(?<![a-z0-9])${either(long)}`]),
    ...(short.length === 0 ? [] : [`(?<![a-z0-9])${either(short)}(?![a-z0-9])`]),
    ...(rest.length === 0 ? [] : [either(rest)]),
  ]
  return new RegExp(ways.join('|'))
}

const isLatin = (word: string) => /^[a-z0-9]/.test(word)
const isShort = (word: string) => word.length <= 4
const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
