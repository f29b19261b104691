import { createSignal, Show } from 'solid-js'
import type { DeviceInfo, SaveFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { showToast } from '../../parts/toast.tsx'
import { saveFailureWords } from '../../record/words.ts'
import { useSession } from '../../session.ts'

interface RemoveDialogProps {
  /** The dialog is open while there is one. */
  readonly device: DeviceInfo | undefined
  readonly onClose: () => void
  readonly onChanged: () => void
}

/** Says what removing does and what it cannot do, then does it. */
export function RemoveDialog(props: RemoveDialogProps) {
  const session = useSession()
  const [failure, setFailure] = createSignal<SaveFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const close = () => {
    setFailure()
    props.onClose()
  }
  const remove = async () => {
    const { device } = props
    if (device === undefined || isWorking()) return
    setIsWorking(true)
    const removed = await session.removeDevice(device.deviceId)
    setIsWorking(false)
    if (!removed.ok) {
      setFailure(removed.failure)
      return
    }
    showToast({ message: t('devices.removed', { name: device.name }) })
    props.onChanged()
    close()
  }
  const words = (known: SaveFailure) => (known.kind === 'last-device' ? t('devices.last') : saveFailureWords(known))
  return (
    <ConfirmDialog
      open={props.device !== undefined}
      onClose={close}
      title={t('devices.remove.title', { name: props.device?.name ?? '' })}
      act={t('act.remove')}
      danger
      busy={isWorking()}
      onConfirm={() => void remove()}
    >
      <p>{t('devices.remove.text')}</p>
      <Show when={failure()}>
        {known => (
          <Notice tone="danger" alert>
            {words(known())}
          </Notice>
        )}
      </Show>
    </ConfirmDialog>
  )
}
