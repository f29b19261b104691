import { createMemo, createUniqueId, For } from 'solid-js'
import { language, t } from '../../language/language.ts'
import { formatMonth } from '../../record/format-when.ts'
import type { Month } from './list-items.ts'
import styles from './timeline.module.css'

/** Goes to a month. The platform's own list: years as groups, usable with a thumb and a screen reader alike. */
export function JumpField(props: {
  readonly months: readonly Month[]
  readonly current: number
  readonly onJump: (monthIndex: number) => void
}) {
  const id = createUniqueId()
  const years = createMemo(() => {
    const groups = new Map<string, { readonly index: number; readonly month: Month }[]>()
    props.months.forEach((month, index) => {
      const year = month.month.slice(0, 4)
      groups.set(year, [...(groups.get(year) ?? []), { index, month }])
    })
    return [...groups]
  })
  const name = (month: string) => (month === '' ? t('when.none') : formatMonth(month, language()))
  return (
    <div class={styles.jump}>
      <label for={id}>{t('timeline.jump')}</label>
      <select id={id} onChange={event => props.onJump(Number(event.currentTarget.value))}>
        <For each={years()}>
          {([year, months]) => (
            <optgroup label={name(year)}>
              <For each={months}>
                {({ index, month }) => (
                  <option value={index} selected={index === props.current}>
                    {name(month.month)}
                  </option>
                )}
              </For>
            </optgroup>
          )}
        </For>
      </select>
    </div>
  )
}
