import { Show } from 'solid-js'
import type { TableLook } from '#app/core/table-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import styles from './import.module.css'

/** How a table was read, to be said otherwise. What stays out is named. */
export function TableRead(props: {
  readonly table: TableLook
  readonly onChange: ((table: TableLook) => void) | undefined
}) {
  const columns = () => props.table.header.map((name, index) => ({ name: columnName(name, index), index }))
  const useAt = (index: number) => props.table.mapping.columns[index]?.use ?? 'left-out'
  const used = () =>
    columns().flatMap(({ name, index }) =>
      useAt(index) === 'left-out' ? [] : [`${name} (${t(`table.use.${useAt(index)}`)})`],
    )
  const leftOut = () => columns().flatMap(({ name, index }) => (useAt(index) === 'left-out' ? [name] : []))
  return (
    <>
      <Show when={props.table.isGuessedText}>
        <Notice tone="warning">{t('table.guessed')}</Notice>
      </Show>
      <div class={styles.columns}>
        <p>
          <bdi>{t('table.read', { columns: formatList(used()) })}</bdi>
          <Show when={props.table.isRemembered}> {t('table.remembered')}</Show>
        </p>
        <Show when={leftOut().length > 0}>
          <p class={styles.soft}>
            <bdi>{t('table.leftOut', { columns: formatList(leftOut()) })}</bdi>
          </p>
        </Show>
        <Show when={props.onChange}>
          {change => <Button onClick={() => change()(props.table)}>{t('table.change')}</Button>}
        </Show>
      </div>
    </>
  )
}

/** A column's own heading, else its place. */
export function columnName(name: string, index: number): string {
  return name === '' ? t('table.column', { number: index + 1 }) : name
}
