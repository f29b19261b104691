import Paperclip from 'lucide-solid/icons/paperclip'
import { createSignal, onCleanup, Show } from 'solid-js'
import type { ShownFile, Transfer } from '#app/core/file-session.ts'
import { t } from '../../language/language.ts'
import { FileButton } from '../../parts/file-button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { megabytes } from '../../record/file-words.ts'
import { createWatch, useSession } from '../../session.ts'
import { createHeldFiles } from '../../record/messages/create-held-files.ts'
import { fileFailureWords } from '../../record/messages/file-words.ts'
import styles from '../../record/messages/messages.module.css'
import { StepDialog, type StepFormProps } from './step-dialog.tsx'

/** The file that answers, made ready on this device; it is let go where it is not sent. */
export function CopyStepForm(props: StepFormProps) {
  const session = useSession()
  const [held, setHeld] = createSignal<readonly ShownFile[]>([])
  const [words, setWords] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const files = createHeldFiles(held, next => setHeld(next))
  const transfers = createWatch<readonly Transfer[]>(listener => session.watchTransfers(listener))
  const file = () => held().at(-1)
  const coming = () => files.coming()[0]
  const choose = async ([chosen]: readonly File[]) => {
    if (chosen === undefined) return
    for (const { id } of held()) files.takeOff(id)
    await files.add([chosen])
  }
  // Nothing but what was sent has left by then.
  onCleanup(() => {
    for (const { id } of files.coming()) files.stop(id)
    for (const { id } of held()) void session.letGoFile(id)
  })
  const data = () => {
    setIsTried(true)
    const chosen = file()
    return chosen && { fileId: chosen.id, words: words() }
  }
  return (
    <StepDialog form={props} onSend={data}>
      <div class={styles.attached}>
        <div>
          <FileButton
            label={t('copy.choose')}
            icon={<Paperclip size="1.25rem" />}
            onFiles={list => void choose(list)}
          />
        </div>
        <p class={styles.soft}>{t('copy.chooseHint')}</p>
        <Show when={file()}>
          {chosen => (
            <p>
              <bdi>{chosen().name}</bdi>{' '}
              <span class={styles.soft}>{t('attachment.size', { size: megabytes(chosen().bytes) })}</span>
            </p>
          )}
        </Show>
        <Show when={coming()}>
          {one => (
            <ProgressBar
              label={t('messageFile.sealing', { name: one().name })}
              done={transfers()?.find(({ id }) => id === one().id)?.done ?? 0}
            />
          )}
        </Show>
        <Show when={isTried() && file() === undefined}>
          <p class={styles.error} role="alert">
            {t('request.needed')}
          </p>
        </Show>
        <Show when={files.failed()}>
          {failed => (
            <Notice tone="danger" alert>
              {fileFailureWords(failed().failure, failed().name)}
            </Notice>
          )}
        </Show>
      </div>
      <TextField label={t('request.words')} optional multiline maxLength={2000} value={words()} onInput={setWords} />
    </StepDialog>
  )
}
