import Paperclip from 'lucide-solid/icons/paperclip'
import X from 'lucide-solid/icons/x'
import { For, type JSX, Show } from 'solid-js'
import type { Transfer } from '#app/core/file-session.ts'
import { MAX_FILE_BYTES } from '#schema/messages/file.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { FileButton } from '../../parts/file-button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { megabytes } from '../file-words.ts'
import { createWatch, useSession } from '../../session.ts'
import type { HeldFiles } from './create-held-files.ts'
import { fileFailureWords } from './file-words.ts'
import styles from './messages.module.css'

/** Files that go along with a message that is being written: chosen, made ready, taken off again. */
export function HeldFilesField(props: {
  readonly files: HeldFiles
  /** Stands beside the button: what else can go along. */
  readonly beside?: JSX.Element
}) {
  const session = useSession()
  const transfers = createWatch<readonly Transfer[]>(listener => session.watchTransfers(listener))
  const doneOf = (id: string) => transfers()?.find(one => one.id === id)?.done ?? 0
  return (
    <div class={styles.attached}>
      <div class={styles.acts}>
        <FileButton
          label={t('messageFile.add')}
          icon={<Paperclip size="1.25rem" />}
          onFiles={files => void props.files.add(files)}
        />
        {props.beside}
      </div>
      <p class={styles.soft}>{t('messageFile.hint', { max: Math.floor(MAX_FILE_BYTES / 1_000_000 / 10) * 10 })}</p>
      <For each={props.files.held()}>
        {file => (
          <div class={styles.file}>
            <span class={styles.fileName}>
              <bdi>{file.name}</bdi>
              <span class={styles.soft}>{t('attachment.size', { size: megabytes(file.bytes) })}</span>
            </span>
            <Button
              tone="plain"
              icon={<X size="1.2rem" />}
              aria-label={t('messageFile.takeOff.name', { name: file.name })}
              onClick={() => props.files.takeOff(file.id)}
            >
              {t('message.takeOff')}
            </Button>
          </div>
        )}
      </For>
      <For each={props.files.coming()}>
        {file => (
          <div class={styles.file}>
            <ProgressBar label={t('messageFile.sealing', { name: file.name })} done={doneOf(file.id)} />
            <Button
              tone="plain"
              aria-label={t('messageFile.stop.name', { name: file.name })}
              onClick={() => props.files.stop(file.id)}
            >
              {t('messageFile.stop')}
            </Button>
          </div>
        )}
      </For>
      <Show when={props.files.failed()}>
        {failed => (
          <Notice tone="danger" alert>
            {fileFailureWords(failed().failure, failed().name)}
          </Notice>
        )}
      </Show>
    </div>
  )
}
