import { createSignal } from 'solid-js'
import type { QuietTimes } from '#app/core/push-session.ts'
import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import styles from './settings.module.css'

/** Two times of the day. Half a time changes nothing, and two that are the same would be no hours at all: that is said, and not kept. */
export function QuietFields(props: { readonly quiet: QuietTimes; readonly onChange: (quiet: QuietTimes) => void }) {
  const [typedNow, setTypedNow] = createSignal<QuietTimes>()
  const shown = () => typedNow() ?? props.quiet
  const isSame = () => shown().from === shown().to
  const change = (part: Partial<QuietTimes>) => {
    const quiet = { ...shown(), ...part }
    setTypedNow(quiet)
    if (quiet.from !== quiet.to) props.onChange(quiet)
  }
  const typed = (name: keyof QuietTimes) => (text: string) => {
    const minutes = minutesOf(text)
    if (minutes !== undefined) change({ [name]: minutes })
  }
  return (
    <div class={styles.actions}>
      <TextField type="time" label={t('push.quiet.from')} value={textOf(shown().from)} onInput={typed('from')} />
      <TextField
        type="time"
        label={t('push.quiet.to')}
        value={textOf(shown().to)}
        error={isSame() ? t('push.quiet.same') : undefined}
        onInput={typed('to')}
      />
    </div>
  )
}

const twoDigits = (count: number) => String(count).padStart(2, '0')

function textOf(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}

function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}
