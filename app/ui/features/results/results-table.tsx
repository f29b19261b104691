import { createSignal, For, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { FlagMark } from '../../record/flag-mark.tsx'
import { reportedValueOf, shortSourceOf, valueWithoutPulse, whenOf } from '../../record/words.ts'
import { useRecordPath, useSettings } from '../../session.ts'
import { rangeWordsOf } from './range-words.ts'
import styles from './results.module.css'

/** Thousands of rows at once would hold the page up. */
const PAGE = 50

/** Every result, newest first: what the charts show, and what they cannot. */
export function ResultsTable(props: {
  /** What they are results of. */
  readonly caption: string
  readonly results: readonly EntrySummary[]
}) {
  const [most, setMost] = createSignal(PAGE)
  const left = () => Math.max(0, props.results.length - most())
  return (
    <Card title={t('results.table')}>
      {/* Wider than a phone: it scrolls by itself, also by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must take the focus */}
      <section class={styles.wide} tabindex="0" aria-label={props.caption}>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('column.when')}</th>
              <th scope="col">{t('column.value')}</th>
              <th scope="col">{t('column.range')}</th>
              <th scope="col" class={styles.beside}>
                {t('column.source')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.results.slice(0, most())}>{result => <ResultRow entry={result} />}</For>
          </tbody>
        </table>
      </section>
      <Show when={left() > 0}>
        <div>
          <Button onClick={() => setMost(most() + PAGE)}>{t('results.more', { count: Math.min(PAGE, left()) })}</Button>
        </div>
      </Show>
    </Card>
  )
}

function ResultRow(props: { readonly entry: EntrySummary }) {
  const settings = useSettings()
  const to = useRecordPath()
  return (
    <tr>
      <th scope="row">
        <a href={to(`/entry/${props.entry.id}`)}>{whenOf(props.entry)}</a>
        <bdi class={styles.below}>{shortSourceOf(props.entry.source)}</bdi>
      </th>
      <td>
        <span class={styles.cell}>
          <span dir="auto">{valueWithoutPulse(props.entry, settings())}</span>
          <FlagMark entry={props.entry} always past />
          <Show when={reportedValueOf(props.entry, settings())}>
            {value => <span class={styles.soft}>{t('results.reported', { value: value() })}</span>}
          </Show>
        </span>
      </td>
      <td>
        <bdi>{rangeWordsOf(props.entry, settings())}</bdi>
      </td>
      <td class={styles.beside}>
        <bdi>{shortSourceOf(props.entry.source)}</bdi>
      </td>
    </tr>
  )
}
