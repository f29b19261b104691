import type { Facets } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { addedByWords } from '../../record/words.ts'

/** How a source stands among the others: a file's name, or who typed. `owner`: whose record it is, where that is somebody else. */
export function sourceName(source: string, facets: Facets | undefined, owner: string | undefined): string {
  const found = facets?.sources.find(each => each.source === source)
  if (found?.by !== undefined) return addedByWords(found.by)
  if (source !== 'self') return found?.label ?? t('timeline.sources')
  const isOne = facets?.sources.every(each => each.by === undefined) ?? true
  if (isOne) return t('source.self')
  return addedByWords(owner === undefined ? { type: 'you' } : { type: 'owner', name: owner })
}
