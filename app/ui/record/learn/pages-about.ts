import { foldSearch } from '#app/core/record/row.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { isCodedCondition, topicsOf } from './find-topics.ts'
import type { Library, LibraryPage } from './library.ts'

/** What there is to read about an entry: by its codes, and of a condition that somebody typed, by its name. */
export function pagesAbout(library: Library): (entry: EntrySummary) => Library {
  const named = namesIn(library)
  return entry => {
    const ids = topicsOf(entry).map(({ id }): string => id)
    if (ids.length > 0) return library.filter(({ id }) => ids.includes(id))
    const isTyped = entry.kind === 'condition' && !isCodedCondition(entry)
    if (!isTyped || entry.isNegated || entry.status === 'mistaken') return []
    const found = conditionsCalled(named, entry.title)
    return library.filter(page => found.includes(page))
  }
}

/** Pages of conditions by what they are called, as `wordsIn` has it. */
type Named = ReadonlyMap<string, Library>

function namesIn(library: Library): Named {
  const named = new Map<string, Library>()
  for (const page of library) {
    for (const name of namesOf(page)) named.set(name, [...(named.get(name) ?? []), page])
  }
  return named
}

const BETWEEN_SEVERAL = /[,;/+\n،؛、；，]/

/**
 * The conditions that go by a name, or by each of several. Every word of a name is in the text and nothing beside it, in whatever
 * order: “no asthma” and “my mother’s diabetes” are not what the page is about.
 */
function conditionsCalled(named: Named, text: string): Library {
  const whole = called(named, text)
  if (whole.length > 0) return whole
  const parts = text.split(BETWEEN_SEVERAL).filter(part => part.trim() !== '')
  const found = parts.map(part => called(named, part))
  return found.every(pages => pages.length > 0) ? found.flat() : []
}

function called(named: Named, text: string): Library {
  const pagesOf = (words: string) => named.get(wordsIn(words)) ?? []
  const whole = pagesOf(text)
  const [outside, inside] = partsOf(text)
  if (whole.length > 0 || inside === '') return whole
  return pagesOf(outside).filter(page => pagesOf(inside).includes(page))
}

/** What stands in brackets may say it once more, or say something else. */
function partsOf(text: string): readonly [outside: string, inside: string] {
  const inside = [...text.matchAll(BRACKETS)].map(([, words = '']) => words).join(' ')
  return [text.replaceAll(BRACKETS, ' '), inside]
}

const BRACKETS = /[(（]([^()（）]*)[)）]/g

function namesOf(page: LibraryPage): ReadonlySet<string> {
  if (page.kind !== 'condition') return new Set()
  const { name } = page.words
  return new Set([name, partsOf(name)[0], ...page.alsoCalled].map(wordsIn))
}

/** Of each language: Chinese puts nothing between its words, and Arabic writes its article onto them. */
const WORD = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu

function wordsIn(text: string): string {
  const words = foldSearch(text).match(WORD) ?? []
  return words
    .map(word => word.replace(/^ال(?=\p{L}{2})/u, ''))
    .toSorted()
    .join(' ')
}
