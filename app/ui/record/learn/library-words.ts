import type { ExplanationKey } from '../explain/explained-tests.ts'
import type { ConditionId, TopicId, TopicWords } from './topics.ts'

/** All that the library says in one language; of tests their names, as what they are is explained in `../explain/words`. */
export type LibraryWords = Readonly<Record<TopicId, TopicWords>> & {
  /** Other names of conditions, by which those that somebody typed are found. */
  readonly alsoCalled: Readonly<Record<ConditionId, readonly string[]>>
  readonly tests: Readonly<Record<ExplanationKey, string>>
}
