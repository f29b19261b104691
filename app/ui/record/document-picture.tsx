import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import type { EntryId } from '#schema/record/entry.ts'
import { BlobPicture } from '../parts/blob-picture.tsx'
import { useSession } from '../session.ts'
import styles from './entry-row.module.css'
import { KindIcon } from './kind-icon.tsx'

/** A document's first picture, small, in place of its icon once it is looked at; the words beside it say what it is. */
export function DocumentPicture(props: { readonly id: EntryId }) {
  const session = useSession()
  const [picture, setPicture] = createSignal<Blob>()
  let place: HTMLSpanElement | undefined
  onMount(() => {
    if (place === undefined) return
    const seen = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) return
      seen.disconnect()
      void session.thumbnail(props.id).then(made => setPicture(made))
    })
    seen.observe(place)
    onCleanup(() => seen.disconnect())
  })
  return (
    <span class={styles.picture} ref={place} aria-hidden="true">
      <Show when={picture()} fallback={<KindIcon kind="document" />}>
        {blob => <BlobPicture blob={blob()} alt="" fallback={<KindIcon kind="document" />} />}
      </Show>
    </span>
  )
}
