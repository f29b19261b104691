/** What something is called by, and what else the document calls it. */
interface Name {
  readonly text: string | undefined
  readonly other: string | undefined
}

/**
 * A code's own names (`displayName`, those of its translations, a product's name), the most telling first, against the
 * document's words for it. Programs let `originalText` point at the wrong cell, so that an allergy would be called by its
 * reaction: words that say nothing of what the code says are not what it is called by.
 */
export function nameOf(words: string | undefined, names: readonly string[]): Name {
  const [first] = names
  if (words === undefined || first === undefined) return { text: words ?? first, other: undefined }
  const isSaid = names.some(name => sayTheSame(words, name))
  return isSaid ? { text: words, other: undefined } : { text: first, other: words }
}

/** Longer names are descriptions. */
const MAX_NAME_CHARS = 100

/** Both names in one, where they say different things: nothing tells which of the two is the wrong one. */
export function wholeName(words: string | undefined, names: readonly string[]): string | undefined {
  const { text, other } = nameOf(words, names)
  if (text === undefined || other === undefined) return text
  return text.length > MAX_NAME_CHARS ? `${other} (${text})` : `${text} (${other})`
}

/** Whether two names have a telling word in common, or else any ("Penicillins (drug class)" and "Penicillin"), and are not of other kinds (hepatitis A and B). */
export function sayTheSame(one: string, other: string): boolean {
  if (folded(one) === folded(other)) return true
  if (areOtherKinds(kindsOf(one), kindsOf(other))) return false
  const [all, others] = [wordsOf(one), wordsOf(other)]
  const [telling, tellingOthers] = [all.filter(isTelling), others.filter(isTelling)]
  const hasBoth = telling.length > 0 && tellingOthers.length > 0
  const [mine, theirs] = hasBoth ? [telling, tellingOthers] : [all, others]
  return mine.some(word => theirs.some(each => areAlike(word, each)))
}

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Words of at least three letters, and names such as B12. Chinese and Japanese have no spaces: there, each two letters. */
function wordsOf(text: string): readonly string[] {
  const runs = folded(text).match(/[\p{L}\p{N}]+/gu) ?? []
  return runs.flatMap(run => {
    if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(run)) return pairsOf(Array.from(run))
    return /^(?:\p{L}{3}|\p{L}+\p{N})/u.test(run) ? [run] : []
  })
}

/** Single letters: what kind of hepatitis, which vitamin. An `s` is left of a genitive. */
const kindsOf = (text: string) =>
  (folded(text).match(/(?<![\p{L}\p{N}])[a-rt-z](?![\p{L}\p{N}])/gu) ?? []) as readonly string[]

const areOtherKinds = (some: readonly string[], others: readonly string[]) =>
  some.length > 0 && others.length > 0 && !some.some(kind => others.includes(kind))

const pairsOf = (letters: readonly string[]) =>
  letters.length === 1 ? letters : letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`)

/** The same word, its plural, a compound with it, or its like in another language (penicillin, penicilina). */
function areAlike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (long.startsWith(short)) return short.length >= 3 || short === long
  let same = 0
  while (same < short.length && short[same] === long[same]) same += 1
  return same >= 5 && same * 3 >= long.length * 2
}

/** Words that two quite different vaccines, allergies, medicines or illnesses may have in common. */
const COMMON = new Set(
  `the and for with without not other otherwise specified unspecified known unknown type class group history status code name available
  allergy allergies allergic allergen allergenic allergens extract intolerance propensity adverse reaction reactions sensitivity hypersensitivity
  vaccine vaccines vaccination immunization virus viral bacterial formulation preservative free conjugate adult pediatric dose
  drug drugs food substance product medication medicine tablet tablets capsule capsules oral injection injectable solution suspension cream
  disorder disease diseases syndrome finding condition problem diagnosis acute chronic left right primary secondary
  procedure examination observation measurement test level panel`.split(/\s+/),
)

const isTelling = (word: string) => !COMMON.has(word)

/** Whether two texts cannot be of one language: they are written in different letters. */
export function areInOtherLetters(one: string, other: string): boolean {
  const isLatin = (text: string) => /\p{Script=Latin}/u.test(text)
  const hasLetters = (text: string) => /\p{L}/u.test(text)
  return hasLetters(one) && hasLetters(other) && isLatin(one) !== isLatin(other)
}
