import { createEffect, createUniqueId } from 'solid-js'
import styles from './progress-bar.module.css'

/** How far something is, 0–1; without `done` it is under way with no end known. */
export function ProgressBar(props: { readonly label: string; readonly done?: number | undefined }) {
  const id = createUniqueId()
  // As a property it would be "non-finite" and throw; only the missing attribute says "no end known".
  const show = (bar: HTMLProgressElement) =>
    createEffect(() => {
      if (props.done === undefined) bar.removeAttribute('value')
      else bar.value = props.done
    })
  return (
    <div class={styles.progress}>
      <label for={id}>{props.label}</label>
      <progress id={id} class={styles.bar} max="1" ref={show} />
    </div>
  )
}
