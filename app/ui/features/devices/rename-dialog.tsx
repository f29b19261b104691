import { createEffect, createSignal, on, Show } from 'solid-js'
import type { DeviceInfo } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { saveFailureWords } from '../../record/words.ts'
import { useSession } from '../../session.ts'

interface DeviceDialogProps {
  /** The dialog is open while there is one. */
  readonly device: DeviceInfo | undefined
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function RenameDialog(props: DeviceDialogProps) {
  const session = useSession()
  const [name, setName] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on(
      () => props.device,
      device => {
        setName(device?.name ?? '')
        setProblem()
      },
    ),
  )
  const rename = async () => {
    const { device } = props
    if (device === undefined) return
    if (name().trim() === '') {
      setProblem(t('field.needed'))
      return
    }
    const renamed = await session.renameDevice(device.deviceId, name().trim())
    if (!renamed.ok) {
      setProblem(saveFailureWords(renamed.failure))
      return
    }
    props.onChanged()
    props.onClose()
  }
  return (
    <ConfirmDialog
      open={props.device !== undefined}
      onClose={props.onClose}
      title={t('devices.rename')}
      act={t('act.save')}
      onConfirm={() => void rename()}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          void rename()
        }}
      >
        <TextField
          label={t('devices.name')}
          value={name()}
          onInput={setName}
          maxLength={60}
          error={name().trim() === '' ? problem() : undefined}
        />
      </form>
      <Show when={name().trim() !== '' && problem()}>
        <Notice tone="danger" alert>
          {problem()}
        </Notice>
      </Show>
    </ConfirmDialog>
  )
}
