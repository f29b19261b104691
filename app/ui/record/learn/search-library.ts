import { typedParts } from '#app/core/record/plain-search.ts'
import { foldSearch } from '#app/core/record/row.ts'
import { namesIngredient, saysWord } from './find-topics.ts'
import type { Library, LibraryPage } from './library.ts'

/** What somebody means by `text`, in whatever words (decision 45): first what is called so, then what speaks of it. */
export function searchLibrary(library: Library, text: string): Library {
  const says = saying(text)
  const named = pagesNamed(library, text)
  return [...named, ...library.filter(page => !named.includes(page) && says(linesOf(page)))]
}

/** What is called so. */
export function pagesNamed(library: Library, text: string): Library {
  const [says, typed] = [saying(text), foldSearch(text)]
  return library.filter(
    page =>
      says(namesOf(page)) ||
      (page.kind !== 'test' && page.topic.kind === 'medicine' && namesIngredient(typed, page.topic)),
  )
}

function saying(text: string): (lines: string) => boolean {
  const parts = typedParts(text)
  return lines => {
    const folded = foldSearch(lines)
    return parts.every(
      ({ words, others }) => others?.test(folded) === true || words.every(word => saysWord(folded, word)),
    )
  }
}

const namesOf = (page: LibraryPage) =>
  [page.words.name, ...(page.kind === 'test' || page.topic.kind === 'condition' ? [] : page.topic.names)].join('\n')

const linesOf = (page: LibraryPage) => [namesOf(page), ...Object.values(page.words).flat()].join('\n')
