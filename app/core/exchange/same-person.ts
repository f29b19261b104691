export interface Named {
  readonly name: string
  readonly birthDate?: string
}

/**
 * A question to the person, never a verdict: other birth dates (as far as both say them), or no word of the names in
 * common: twins have one birth date.
 */
export function looksDifferent(person: Named, owner: Named | undefined): boolean {
  if (owner === undefined) return false
  if (person.birthDate !== undefined && owner.birthDate !== undefined) {
    const length = Math.min(person.birthDate.length, owner.birthDate.length)
    if (person.birthDate.slice(0, length) !== owner.birthDate.slice(0, length)) return true
  }
  if (person.name === '') return false
  const words = wordsOf(owner.name)
  return words.size > 0 && ![...wordsOf(person.name)].some(word => words.has(word))
}

/** The same day of birth, and all words of the shorter name in the longer, as where one leaves out a middle name. */
export function isSamePerson(person: Named | undefined, owner: Named | undefined): boolean {
  if (person === undefined || owner === undefined) return false
  if (person.birthDate === undefined || person.birthDate.length < 10 || person.birthDate !== owner.birthDate)
    return false
  const [ones, others] = [wordsOf(person.name), wordsOf(owner.name)]
  const [fewer, more] = ones.size < others.size ? [ones, others] : [others, ones]
  return fewer.size > 0 && [...fewer].every(word => more.has(word))
}

function wordsOf(name: string): ReadonlySet<string> {
  const folded = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return new Set(folded.match(/[\p{L}\p{N}]{2,}|\p{Lo}/gu) ?? [])
}
