import { createSignal, lazy, Show, Suspense } from 'solid-js'
import type { AttachmentInfo } from '#schema/record/entry.ts'
import { t } from '../language/language.ts'
import styles from './narrative.module.css'

const ReadableFile = lazy(async () => ({ default: (await import('./readable-file.tsx')).ReadableFile }))

/** A file that can be read here, fetched once somebody wants to. */
export function FoldedFile(props: {
  readonly file: Pick<AttachmentInfo, 'type' | 'said'>
  readonly isOpen: boolean
  readonly fetch: () => Promise<Blob | undefined>
}) {
  // It is opened and closed by hand from then on.
  // eslint-disable-next-line solid/reactivity
  const [isOpen, setOpen] = createSignal(props.isOpen)
  return (
    <details class={styles.folded} open={isOpen()} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('fileWords.read')}</summary>
      <Show when={isOpen()}>
        <Suspense>
          <ReadableFile file={props.file} fetch={props.fetch} />
        </Suspense>
      </Show>
    </details>
  )
}
