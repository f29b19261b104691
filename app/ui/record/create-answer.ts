import { keepAlike } from '../keep-alike.ts'
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/**
 * The vault's newest answer to a question that is asked anew whenever `key` changes (not asked while it is undefined).
 * The last answer stands until the next is there, so that a screen in use never blinks.
 */
export function createAnswer<Key, Value>(
  key: Accessor<Key | undefined>,
  ask: (key: Key) => Promise<Value>,
): Accessor<Value | undefined> {
  const [answer, setAnswer] = createSignal<Value>()
  createEffect(() => {
    const asked = key()
    if (asked === undefined) return
    let isOver = false
    onCleanup(() => {
      isOver = true
    })
    void ask(asked).then(value => {
      if (!isOver) setAnswer(before => keepAlike(before, value))
    })
  })
  return answer
}
