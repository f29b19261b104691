import { createMemo, For, Show } from 'solid-js'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import type { Instrument } from '#schema/questionnaires/instrument.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { TrendChart } from '../../parts/trend-chart.tsx'
import { formatWhen } from '../format-when.ts'
import { createRows } from '../medicines/create-rows.ts'
import { whenOf } from '../words.ts'
import { useRecordPath } from '../../session.ts'
import styles from './questionnaires.module.css'

/**
 * Totals of an instrument, the oldest first: those of answers given here and those that a clinic wrote down. A total that was brought in
 * beside its answers is the same one.
 */
export function totalsOf(rows: readonly EntrySummary[], { loinc, total }: Instrument) {
  const totals = rows.toReversed().flatMap(entry => {
    const { value, when, codes, status, isNegated } = entry
    const isOf = codes.some(({ system, code }) => system === SYSTEMS.loinc && (code === loinc || code === total))
    if (!isOf || value?.type !== 'quantity' || when === undefined || status === 'mistaken' || isNegated) return []
    return [{ entry, at: when.sortAt, value: value.quantity.value }]
  })
  const answered = new Set(
    totals.flatMap(({ entry, at, value }) => (entry.kind === 'answers' ? [`${at} ${value}`] : [])),
  )
  return totals.filter(({ entry, at, value }) => entry.kind === 'answers' || !answered.has(`${at} ${value}`))
}

export const createScoreRows = () => createRows(() => ({ kinds: ['answers', 'functional-status', 'lab-result'] }))

/** How the total went: the picture, and every value in a table. */
export function ScoreTrend(props: { readonly instrument: Instrument; readonly rows: readonly EntrySummary[] }) {
  const to = useRecordPath()
  const points = createMemo(() => totalsOf(props.rows, props.instrument))
  const name = () => props.instrument.id.toUpperCase()
  return (
    <Show when={points().length > 0}>
      <Show when={points().length > 1}>
        <TrendChart
          label={t('home.trend', { what: name(), count: points().length })}
          series={[{ name: name(), points: points() }]}
          formatValue={value => formatNumber(value, 1)}
          formatAt={at => formatWhen({ text: new Date(at).toISOString().slice(0, 10) }, language())}
        />
      </Show>
      <details class={styles.details}>
        <summary>{t('home.table')}</summary>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('home.table.when')}</th>
              <th scope="col">{t('quest.total')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={points().toReversed()}>
              {({ entry, value }) => (
                <tr>
                  <td>
                    <a href={to(`/entry/${entry.id}`)}>{whenOf(entry)}</a>
                  </td>
                  <td>{t('quest.of', { value, most: props.instrument.most })}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </details>
    </Show>
  )
}

/** What a total means is the authors' to say: their words, their source, and that it is no diagnosis. */
export function BandWords(props: { readonly instrument: Instrument }) {
  return (
    <>
      <p>{t('quest.notDiagnosis')}</p>
      <blockquote lang="en" dir="ltr" class={styles.soft}>
        “{props.instrument.bands}” <cite>{props.instrument.bandsSource}</cite>
      </blockquote>
    </>
  )
}
