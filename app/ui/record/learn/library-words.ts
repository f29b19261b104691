import type { ExplanationKey } from '../explain/explained-tests.ts'
import type { TopicId, TopicWords } from './topics.ts'

/** All that the library says in one language; of tests their names, as what they are is explained in `../explain/words`. */
export type LibraryWords = Readonly<Record<TopicId, TopicWords>> & {
  readonly tests: Readonly<Record<ExplanationKey, string>>
}
