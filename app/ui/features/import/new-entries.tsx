import { createSignal, For, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Dotted } from '../../parts/dotted.tsx'
import { useNewResults } from '../../record/new-results.ts'
import { titleOf, valueOfEntry, whenOf } from '../../record/words.ts'
import { useSettings } from '../../session.ts'
import styles from './import.module.css'

/** What is new of one kind, by title and date; all but the count is drawn when it is unfolded. */
export function NewEntries(props: { readonly told: readonly EntrySummary[]; readonly count: number }) {
  const settings = useSettings()
  const newResults = useNewResults()
  const [isOpen, setOpen] = createSignal(false)
  const more = () => props.count - props.told.length
  return (
    <details class={styles.fresh} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('import.told', { count: props.count })}</summary>
      <Show when={isOpen()}>
        <ul class={styles.reasons}>
          <For each={props.told}>
            {entry => (
              <li>
                <bdi>{titleOf(entry)}</bdi>
                <span class={styles.soft}>
                  <Dotted>
                    <span>{whenOf(entry, 'long')}</span>
                    <Show when={!newResults.isWaiting(entry) && valueOfEntry(entry, settings())}>
                      {words => <bdi>{words()}</bdi>}
                    </Show>
                  </Dotted>
                </span>
              </li>
            )}
          </For>
        </ul>
        <Show when={more() > 0}>
          <p class={styles.soft}>{t('changed.more', { count: more() })}</p>
        </Show>
      </Show>
    </details>
  )
}
