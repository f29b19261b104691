import { createEffect, createSignal } from 'solid-js'
import type { KeptText } from '#app/core/take-out-session.ts'
import { useSession } from '../session.ts'
import { createAnswer } from './create-answer.ts'
import { saveFailureWords } from './words.ts'

/** What a person types on a page and finds there the next time. `save` when the field is left. */
export function createKeptText(about: KeptText, title: () => string) {
  const session = useSession()
  const kept = createAnswer(
    () => about,
    use => session.keptText(use),
  )
  const [typed, setTyped] = createSignal<string>()
  const [problem, setProblem] = createSignal<string>()
  const [isSaved, setIsSaved] = createSignal(false)
  let saved = ''
  createEffect(() => {
    saved = kept() ?? ''
  })

  async function save(): Promise<void> {
    const text = typed()
    if (text === undefined || text.trim() === saved) return
    const answer = await session.keepText(about, title(), text)
    if (answer.ok) saved = text.trim()
    setIsSaved(answer.ok)
    setProblem(answer.ok ? undefined : saveFailureWords(answer.failure))
  }

  return {
    text: () => typed() ?? kept() ?? '',
    lines: () =>
      (typed() ?? kept() ?? '')
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== ''),
    problem,
    isSaved,
    input(text: string) {
      setIsSaved(false)
      setTyped(text)
    },
    save,
  }
}
