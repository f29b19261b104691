import type { ConditionQuery } from '#app/core/patient-session.ts'
import type { Library } from './library.ts'
import { pagesNamed } from './search-library.ts'

/** By which codes a record says the conditions that are called so here, whatever language it is in. */
export function conditionCodes(library: Library, text: string): Pick<ConditionQuery, 'snomed' | 'icd10'> {
  const topics = pagesNamed(library, text).flatMap(page =>
    page.kind !== 'test' && page.topic.kind === 'condition' ? [page.topic] : [],
  )
  return { snomed: topics.flatMap(({ snomed }) => snomed), icd10: topics.flatMap(({ icd10 }) => icd10) }
}
