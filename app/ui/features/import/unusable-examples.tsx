import { For, Show } from 'solid-js'
import type { UnusableReason } from '#app/core/import-session.ts'
import { t } from '../../language/language.ts'
import styles from './import.module.css'

/** As many as stand in one sentence. */
const FEW = 3

/** Where in the file it is; of a table each row and what stands there, so that it can be mended. */
export function UnusableExamples(props: { readonly reason: UnusableReason; readonly examples: readonly string[] }) {
  const isTable = () => props.reason.startsWith('row-')
  return (
    <Show when={props.examples.length > 0}>
      <span class={styles.soft}>
        {t('import.examples')}{' '}
        <For each={props.examples.slice(0, FEW)}>
          {(example, index) => (
            <>
              {index() > 0 ? ', ' : ''}
              <bdi>{isTable() ? rowWords(example) : example}</bdi>
            </>
          )}
        </For>
      </span>
      <Show when={isTable() && props.examples.length > FEW}>
        <details>
          <summary>{t('import.examples.all')}</summary>
          <ul class={styles.reasons}>
            <For each={props.examples}>
              {example => (
                <li>
                  <bdi>{rowWords(example)}</bdi>
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
    </Show>
  )
}

/** `17: seventy` in the reader's language. */
function rowWords(example: string): string {
  const at = example.indexOf(': ')
  return at === -1 ? example : t('import.row', { row: example.slice(0, at), text: example.slice(at + 2) })
}
