import { Show } from 'solid-js'
import { formatDuration } from '../language/format.ts'
import { t } from '../language/language.ts'
import { Notice } from '../parts/notice.tsx'
import { useClockOff } from '../session.ts'

/** Said where people look at ends: this device's clock is wrong, and what that changes. */
export function ClockNotice() {
  const off = useClockOff()
  const words = () => {
    const time = formatDuration(Math.abs(off()))
    return off() > 0 ? t('clock.ahead', { time }) : t('clock.behind', { time })
  }
  return (
    <Show when={off() !== 0}>
      <Notice tone="warning" title={words()}>
        {t('clock.text')}
      </Notice>
    </Show>
  )
}
