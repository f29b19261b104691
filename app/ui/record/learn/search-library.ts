import { typedParts } from '#app/core/record/plain-search.ts'
import { foldSearch } from '#app/core/record/row.ts'
import { namesIngredient, saysWord } from './find-topics.ts'
import type { Library, LibraryPage } from './library.ts'

/** What somebody means by `text`, in whatever words (decision 45): first what is called so, then what speaks of it. */
export function searchLibrary(library: Library, text: string): Library {
  const parts = typedParts(text)
  const typed = foldSearch(text)
  const says = (lines: string) => {
    const folded = foldSearch(lines)
    return parts.every(
      ({ words, others }) => others?.test(folded) === true || words.every(word => saysWord(folded, word)),
    )
  }
  const isNamed = (page: LibraryPage) =>
    says(namesOf(page)) ||
    (page.kind !== 'test' && page.topic.kind === 'medicine' && namesIngredient(typed, page.topic))
  const named = library.filter(isNamed)
  return [...named, ...library.filter(page => !named.includes(page) && says(linesOf(page)))]
}

const namesOf = (page: LibraryPage) =>
  [page.words.name, ...(page.kind === 'test' || page.topic.kind === 'condition' ? [] : page.topic.names)].join('\n')

const linesOf = (page: LibraryPage) => [namesOf(page), ...Object.values(page.words).flat()].join('\n')
