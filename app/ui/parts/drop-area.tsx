import { createSignal, type JSX, onCleanup } from 'solid-js'
import styles from './drop-area.module.css'

/** A frame that takes dropped files. Dropping is a second way: a button in it is the first. */
export function DropArea(props: {
  readonly class?: string | undefined
  readonly onFiles: (files: FileList | undefined) => void
  readonly children: JSX.Element
}) {
  const [isOver, setOver] = createSignal(false)
  // Dropped beside the frame, a file would open in the app's place, and the record would be locked.
  const refuse = (event: DragEvent) => event.preventDefault()
  for (const type of ['dragover', 'drop'] as const) {
    addEventListener(type, refuse)
    onCleanup(() => removeEventListener(type, refuse))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a second way; the button is the first
    <div
      classList={{ [styles.drop ?? '']: true, [styles.over ?? '']: isOver(), [props.class ?? '']: true }}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        props.onFiles(event.dataTransfer?.files)
      }}
    >
      {props.children}
    </div>
  )
}
