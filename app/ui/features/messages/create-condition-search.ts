import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import type { ConditionHits } from '#app/core/patient-session.ts'
import { conditionCodes } from '../../record/learn/condition-codes.ts'
import { createLibrary } from '../../record/learn/library.ts'
import { useSession } from '../../session.ts'

const SEARCH_AFTER_MS = 300
const SHORTEST_SEARCH = 3

/** Looks for a condition a moment after the typing rests. It begins with what a topic of the library is called. */
export function createConditionSearch(topic: () => string) {
  const session = useSession()
  const library = createLibrary()
  const [text, setText] = createSignal('')
  const [hits, setHits] = createSignal<ConditionHits>()
  createEffect(
    on([topic, library], ([id, pages]) => {
      const page = pages?.find(one => one.id === id)
      if (page?.kind === 'condition' && text() === '') setText(page.words.name)
    }),
  )
  const asked = createMemo(() => {
    const words = text().trim()
    return words.length < SHORTEST_SEARCH ? undefined : { text: words, ...conditionCodes(library() ?? [], words) }
  })
  createEffect(
    on(asked, condition => {
      let isOver = false
      const search = async () => {
        const found = condition && (await session.findByCondition(condition))
        if (!isOver) setHits(found)
      }
      const timer = setTimeout(() => void search(), SEARCH_AFTER_MS)
      onCleanup(() => {
        isOver = true
        clearTimeout(timer)
      })
    }),
  )
  return { text, setText, hits }
}
