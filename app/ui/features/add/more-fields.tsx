import { createEffect, createMemo, type JSX } from 'solid-js'
import styles from './form.module.css'

/** Fields that few need, folded away. Neither what is said in them nor what is wrong with it is. */
export function MoreFields(props: {
  readonly summary: string
  readonly isSaid: boolean
  readonly isWrong: boolean
  readonly children: JSX.Element
}) {
  let box: HTMLDetailsElement | undefined
  const unfold = () => {
    if (box !== undefined) box.open = true
  }
  // Never folded by itself: who takes the last letter away stands in it.
  for (const is of [createMemo(() => props.isSaid), createMemo(() => props.isWrong)]) {
    createEffect(() => {
      if (is()) unfold()
    })
  }
  return (
    <details ref={box} class={styles.more} onToggle={() => props.isWrong && unfold()}>
      <summary>{props.summary}</summary>
      <div class={styles.inner}>{props.children}</div>
    </details>
  )
}
