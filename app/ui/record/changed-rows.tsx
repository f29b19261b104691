import { For, Show } from 'solid-js'
import { t } from '../language/language.ts'
import styles from './compared.module.css'
import type { ComparedRow } from './compare-facts.ts'

/** What changed between two versions: each field with what it said and what it says. */
export function ChangedRows(props: { readonly rows: readonly ComparedRow[] }) {
  const changed = () => props.rows.filter(row => row.isDifferent)
  const words = (text: string) => (text === '' ? t('conflict.nothing') : text)
  return (
    <Show when={changed().length > 0} fallback={<p class={styles.soft}>{t('changed.nothingShown')}</p>}>
      <dl class={styles.changed}>
        <For each={changed()}>
          {row => (
            <div>
              <dt>{row.label}</dt>
              <dd>
                <span>
                  {t('changed.before')} <bdi>{words(row.one)}</bdi>
                </span>
                <span>
                  {t('changed.after')} <bdi>{words(row.other)}</bdi>
                </span>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Show>
  )
}
