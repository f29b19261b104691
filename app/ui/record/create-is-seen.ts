import { type Accessor, createSignal, onCleanup } from 'solid-js'

const isVisible = () => document.visibilityState === 'visible'

/** Whether somebody can see this window: not while another tab is before it. */
export function createIsSeen(): Accessor<boolean> {
  const [isSeen, setIsSeen] = createSignal(isVisible())
  const look = () => setIsSeen(isVisible())
  document.addEventListener('visibilitychange', look)
  onCleanup(() => document.removeEventListener('visibilitychange', look))
  return isSeen
}
