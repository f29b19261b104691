import { language, type LanguageTag } from '../../language/language.ts'
import { createAnswer } from '../create-answer.ts'
import { EXPLAINED_TESTS, type ExplainedTest } from '../explain/explained-tests.ts'
import type { LibraryWords } from './library-words.ts'
import { type Topic, TOPICS, type TopicWords } from './topics.ts'

/** One page of the library: a topic with its words, or a test, which is explained by what explains it elsewhere. */
export type LibraryPage =
  | {
      readonly kind: Topic['kind']
      readonly id: string
      readonly topic: Topic
      readonly words: TopicWords
      /** Of a condition: its other names. */
      readonly alsoCalled: readonly string[]
    }
  | {
      readonly kind: 'test'
      readonly id: string
      readonly test: ExplainedTest
      readonly words: { readonly name: string }
    }

/** All pages in one language, each kind by name. */
export type Library = readonly LibraryPage[]

/** A chunk for each language, that nobody loads who does not ask. */
const WORDS: Record<LanguageTag, () => Promise<LibraryWords>> = {
  en: async () => (await import('./words/en.ts')).words,
  ar: async () => (await import('./words/ar.ts')).words,
  es: async () => (await import('./words/es.ts')).words,
  'zh-Hans': async () => (await import('./words/zh-hans.ts')).words,
}

/** The library in the language of the page, once its words are there. */
export const createLibrary = () => createAnswer(language, async tag => libraryOf(tag, await WORDS[tag]()))

export function libraryOf(tag: LanguageTag, words: LibraryWords): Library {
  const topics = TOPICS.map(topic => ({
    kind: topic.kind,
    id: topic.id,
    topic,
    words: words[topic.id],
    alsoCalled: topic.kind === 'condition' ? words.alsoCalled[topic.id] : [],
  }))
  const tests = EXPLAINED_TESTS.map(test => ({
    kind: 'test' as const,
    id: `test-${test.key}`,
    test,
    words: { name: words.tests[test.key] },
  }))
  const { compare } = new Intl.Collator(tag)
  return [...topics, ...tests].toSorted((a, b) => compare(a.words.name, b.words.name))
}
