import { createRenderEffect, type JSX, splitProps } from 'solid-js'

/** Of the platform's own pickers: each says nothing while one of its parts is missing. */
const TYPES: ReadonlySet<string> = new Set(['date', 'time', 'datetime-local'])

export const isClockType = (type: string | undefined): boolean => TYPES.has(type ?? 'text')

type ClockInputProps = JSX.InputHTMLAttributes<HTMLInputElement> & {
  readonly onTyped: (value: string) => void
  /** Its form was to be sent while a part was missing. */
  readonly onHalf: () => void
}

/**
 * A box for a date or a time. Its value is set only where it is another: a box with a part cleared is empty to whoever asks, and setting that
 * would clear the other parts as well.
 */
export function ClockInput(props: ClockInputProps) {
  const [own, others] = splitProps(props, ['value', 'onInput', 'onTyped', 'onHalf', 'ref'])
  return (
    <input
      {...others}
      ref={element => {
        if (typeof own.ref === 'function') own.ref(element)
        createRenderEffect(() => {
          const value = String(own.value ?? '')
          if (element.value !== value) element.value = value
        })
      }}
      onInput={event => own.onTyped(event.currentTarget.value)}
      onInvalid={() => own.onHalf()}
    />
  )
}
