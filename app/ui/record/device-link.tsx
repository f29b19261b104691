import Bluetooth from 'lucide-solid/icons/bluetooth'
import { Show } from 'solid-js'
import { t } from '../language/language.ts'
import { LinkButton } from '../parts/button.tsx'
import { useHost, useRecordPath, useRecordRights } from '../session.ts'

/** To the readings of a device near by, where the browser reaches any and this person may add to the record. */
export function DeviceLink() {
  const to = useRecordPath()
  const { devices } = useHost()
  const { mayChange } = useRecordRights()
  return (
    <Show when={devices.isPossible && mayChange()}>
      <LinkButton href={to('/track/device')} icon={<Bluetooth />}>
        {t('device.open')}
      </LinkButton>
    </Show>
  )
}
