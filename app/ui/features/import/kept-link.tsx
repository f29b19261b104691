import { createSignal, Show } from 'solid-js'
import type { KeptLink } from '#app/core/import-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { showToast } from '../../parts/toast.tsx'
import { saveFailureWords } from '../../record/words.ts'
import styles from './import.module.css'

/** A link for long-term use that an import came from: nobody is asked before the next card is told to. */
export function KeptLinkActs(props: {
  readonly link: KeptLink
  readonly onLookAgain: () => void
  readonly onForget: () => Promise<Result<void, SaveFailure>>
}) {
  const [isAsking, setAsking] = createSignal(false)
  const [isWorking, setWorking] = createSignal(false)
  const forget = async () => {
    setWorking(true)
    const answer = await props.onForget()
    setWorking(false)
    setAsking(false)
    showToast({ message: answer.ok ? t('link.forgotten') : saveFailureWords(answer.failure) })
  }
  return (
    <div class={styles.wide}>
      <Show when={props.link.isOver}>
        <p class={styles.soft}>{t('link.over', { host: props.link.host })}</p>
      </Show>
      <div class={styles.actions}>
        <Show when={!props.link.isOver}>
          <Button onClick={() => props.onLookAgain()}>{t('link.again', { host: props.link.host })}</Button>
        </Show>
        <Button aria-label={`${t('link.forget')}: ${props.link.host}`} onClick={() => setAsking(true)}>
          {t('link.forget')}
        </Button>
      </div>
      <ConfirmDialog
        open={isAsking()}
        onClose={() => setAsking(false)}
        title={t('link.forget.title')}
        act={t('link.forget')}
        busy={isWorking()}
        onConfirm={() => void forget()}
      >
        <p>{t('link.forget.text', { host: props.link.host })}</p>
      </ConfirmDialog>
    </div>
  )
}
