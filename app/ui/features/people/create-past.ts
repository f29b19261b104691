import type { Accessor } from 'solid-js'
import type { Section } from '#schema/record/sections.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { pastWords } from '../../record/share-words.ts'
import { useSession } from '../../session.ts'

/** What goes along with the history of these sections, in words; not asked while they are undefined. It reads every change that was ever made in them. */
export function createPast(sections: Accessor<readonly Section[] | undefined>): Accessor<string | undefined> {
  const session = useSession()
  const pasts = createAnswer(sections, asked => session.pastOf(asked))
  return () => {
    const known = pasts()
    return known && pastWords(known)
  }
}
