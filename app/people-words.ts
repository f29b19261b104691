import type { FilePerson } from './core/exchange/imported-resource.ts'

/** The people of a file that is about several, a line each, by the numbers that `npm run convert -- --person` takes. */
export function peopleWords(
  people: readonly (FilePerson & { readonly number: number; readonly count: number })[],
): readonly string[] {
  return people.map(({ number, name, birthDate, reference, count }) => {
    const who = [name === '' ? (reference ?? '–') : name, birthDate].filter(Boolean).join(', ')
    return `  @ ${number}  ${who}: ${count}`
  })
}
