import { createMemo, For, Show } from 'solid-js'
import type { OfferedTime } from '#schema/messages/item.ts'
import { isolated } from '../../language/isolated.ts'
import { t } from '../../language/language.ts'
import { CheckField } from '../../parts/check-field.tsx'
import styles from '../../record/messages/messages.module.css'
import { timeWords } from '../../record/plan/appointment-words.ts'

/** Of the times that a provider shows to their patients, those that would suit. */
export function ShownTimesChoice(props: {
  readonly name: string
  readonly times: readonly OfferedTime[]
  /** By when they begin. */
  readonly chosen: readonly string[]
  readonly error: string | undefined
  readonly onChange: (chosen: readonly string[]) => void
}) {
  const chosen = createMemo(() => new Set(props.chosen))
  const choose = (startsAt: string, isChosen: boolean) => {
    const others = props.chosen.filter(one => one !== startsAt)
    props.onChange(isChosen ? [...others, startsAt] : others)
  }
  return (
    <Show when={props.times.length > 0}>
      <fieldset class={styles.recipients}>
        <legend>{t('slots.of', { name: isolated(props.name) })}</legend>
        <p class={styles.soft}>{t('slots.of.hint')}</p>
        <For each={props.times}>
          {time => (
            <CheckField
              label={timeWords(time)}
              checked={chosen().has(time.startsAt)}
              onChange={isChosen => choose(time.startsAt, isChosen)}
            />
          )}
        </For>
        <Show when={props.error}>
          {words => (
            <p class={styles.error} role="alert">
              {words()}
            </p>
          )}
        </Show>
      </fieldset>
    </Show>
  )
}
