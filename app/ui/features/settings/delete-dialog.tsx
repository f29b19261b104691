import { createSignal, Show } from 'solid-js'
import type { StoreFailure } from '#app/core/ports.ts'
import { t } from '../../language/language.ts'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useSession, useStatus } from '../../session.ts'
import { forgetDisplay } from '../../shell/display.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

/** Deletes the record from this device, once the word for it was typed: a slip of the finger must not do it. */
export function DeleteDialog(props: { readonly open: boolean; readonly onClose: () => void }) {
  const session = useSession()
  const status = useStatus()
  const [typed, setTyped] = createSignal('')
  const [failure, setFailure] = createSignal<StoreFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const isConfirmed = () => typed().trim().toLocaleLowerCase() === t('settings.delete.word').toLocaleLowerCase()
  const isOutOfReach = () => ['offline', 'unreachable'].includes(status().link.kind)
  const erase = async () => {
    if (!isConfirmed() || isWorking()) return
    setIsWorking(true)
    const erased = await session.deleteEverything()
    setIsWorking(false)
    if (erased.ok) forgetDisplay()
    else setFailure(erased.failure.why)
  }
  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      title={t('settings.delete')}
      act={t('settings.delete.act')}
      danger
      disabled={!isConfirmed()}
      busy={isWorking()}
      onConfirm={() => void erase()}
    >
      <p>{t('settings.delete.text')}</p>
      <Show when={status().waitingCount > 0}>
        <Notice tone="warning">{t('settings.delete.waiting', { count: status().waitingCount })}</Notice>
      </Show>
      <Show when={isOutOfReach()}>
        <Notice tone="warning">{t('settings.delete.offline')}</Notice>
      </Show>
      <TextField
        label={t('settings.delete.type', { word: t('settings.delete.word') })}
        value={typed()}
        onInput={setTyped}
        spellcheck={false}
      />
      <Show when={failure()}>
        {why => (
          <Notice tone="danger" alert>
            {t(STORE_MESSAGES[why()])}
          </Notice>
        )}
      </Show>
    </ConfirmDialog>
  )
}
