import { createSignal } from 'solid-js'
import { TextField } from '../../parts/text-field.tsx'

/**
 * A day that stands in the address. The field keeps what is typed itself: the address follows later than the next key comes, and an
 * older day that comes back from there would take the digits of the year away.
 */
export function DayField(props: {
  readonly label: string
  readonly value: string | undefined
  readonly onDay: (day: string) => void
  readonly error?: string | undefined
}) {
  const [typed, setTyped] = createSignal(props.value ?? '')
  return (
    <TextField
      label={props.label}
      type="date"
      value={typed()}
      onInput={day => {
        setTyped(day)
        props.onDay(day)
      }}
      error={props.error}
    />
  )
}
