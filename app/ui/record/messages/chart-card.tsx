import { For, Show } from 'solid-js'
import type { ChartRange, ChartRow, ChartSnapshot } from '#schema/messages/chart.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { TrendChart } from '../../parts/trend-chart.tsx'
import { formatWhen } from '../format-when.ts'
import styles from './messages.module.css'

/** Drawn as large and as small as numbers that people measure are; what is beyond that is in the table alone. */
const MOST = 1e12

/** A chart as its sender saw it: drawn anew for whoever reads, with all of its values below. */
export function ChartCard(props: {
  readonly chart: ChartSnapshot
  /** On paper, and where nobody knows what to press, the values stand there at once. */
  readonly isOpen?: boolean
}) {
  const rows = () => props.chart.rows
  const series = () =>
    props.chart.lines.map((name, line) => ({
      name,
      points: rows().flatMap(({ at, values, bound, ranges }) => {
        const [value, range] = [values[line], ranges?.[line]]
        if (value === undefined || Math.abs(value) > MOST) return []
        return [{ at, value, ...(bound && { bound }), ...(range && { range }) }]
      }),
    }))
  const isDrawn = () => series().every(({ points }) => points.length > 0)
  const day = (text: string) => formatWhen({ text: text.slice(0, 10) }, language())
  const about = () => {
    const { from = rows()[0]?.when ?? '', to = rows().at(-1)?.when ?? '', unit } = props.chart
    return [t('chart.period', { from: day(from), to: day(to) }), unit].filter(Boolean).join(' · ')
  }
  const hasRanges = () =>
    rows().some(({ ranges }) => ranges?.some(({ low, high }) => low !== undefined || high !== undefined))
  return (
    <section class={styles.chart} aria-label={t('chart.called', { title: props.chart.title })}>
      <strong dir="auto">{props.chart.title}</strong>
      <span class={styles.soft}>{about()}</span>
      <Show when={isDrawn()}>
        <TrendChart
          label={t('home.trend', { what: props.chart.title, count: rows().length })}
          series={series()}
          formatValue={value => formatNumber(value)}
          formatAt={at => formatWhen({ text: new Date(at).toISOString().slice(0, 10) }, language())}
        />
      </Show>
      <Show when={hasRanges()}>
        <p class={styles.soft}>
          {props.chart.goal === undefined ? t('results.band') : t('chart.goal', { goal: props.chart.goal })}
        </p>
      </Show>
      <Show when={props.chart.rowCount}>
        {count => <p class={styles.soft}>{t('track.newestOf', { shown: rows().length, count: count() })}</p>}
      </Show>
      <details class={styles.values} open={props.isOpen === true}>
        <summary>{t('home.table')}</summary>
        <ValuesTable chart={props.chart} hasRanges={hasRanges() && props.chart.goal === undefined} />
      </details>
    </section>
  )
}

function ValuesTable(props: { readonly chart: ChartSnapshot; readonly hasRanges: boolean }) {
  const unit = () => props.chart.unit
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('column.when')}</th>
          <th scope="col">{unit() === '' ? t('column.value') : t('chart.valueIn', { unit: unit() })}</th>
          <Show when={props.hasRanges}>
            <th scope="col">{t('column.range')}</th>
          </Show>
        </tr>
      </thead>
      <tbody>
        <For each={props.chart.rows.toReversed()}>
          {row => (
            <tr>
              <td>{formatWhen({ text: row.when }, language())}</td>
              <td>{valueWords(row)}</td>
              <Show when={props.hasRanges}>
                <td>{rangeWords(row.ranges?.[0])}</td>
              </Show>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

/** In every script: 128/82 must never read as 82/128. */
const leftToRight = (text: string) => `\u2066${text}\u2069`

function valueWords({ values, bound }: ChartRow): string {
  const sign = bound === undefined ? '' : bound === 'below' ? '< ' : '> '
  return leftToRight(`${sign}${values.map(value => formatNumber(value)).join('/')}`)
}

function rangeWords({ low, high }: ChartRange = {}): string {
  if (low !== undefined && high !== undefined) return leftToRight(`${formatNumber(low)} – ${formatNumber(high)}`)
  if (low !== undefined) return leftToRight(`≥ ${formatNumber(low)}`)
  return high === undefined ? '' : leftToRight(`≤ ${formatNumber(high)}`)
}
