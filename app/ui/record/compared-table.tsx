import { For, type JSX, Show } from 'solid-js'
import { t } from '../language/language.ts'
import styles from './compared.module.css'
import type { ComparedRow } from './compare-facts.ts'

/** Two entries side by side; what differs says so. */
export function ComparedTable(props: {
  readonly label: string
  readonly one: JSX.Element
  readonly other: JSX.Element
  readonly rows: readonly ComparedRow[]
}) {
  return (
    // Wider than a phone with large text: it scrolls by itself, also by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must take the focus
    <section class={styles.wide} tabindex="0">
      <table class={styles.compared} aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">{t('twice.detail')}</th>
            <th scope="col">{props.one}</th>
            <th scope="col">{props.other}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {row => (
              <tr classList={{ [styles.differs ?? '']: row.isDifferent }}>
                <th scope="row">
                  {row.label}
                  <Show when={row.isDifferent}>
                    <span class={styles.mark}>{t('twice.differs')}</span>
                  </Show>
                </th>
                <td>
                  <bdi>{row.one || '–'}</bdi>
                </td>
                <td>
                  <bdi>{row.other || '–'}</bdi>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  )
}
