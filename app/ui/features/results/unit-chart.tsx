import { createMemo, createSignal, lazy, Show, Suspense } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { TrendChart } from '../../parts/trend-chart.tsx'
import { FlagMark } from '../../record/flag-mark.tsx'
import { formatQuantity, formatUnit } from '../../record/format-value.ts'
import { formatDate, formatWhen } from '../../record/format-when.ts'
import { isolated } from '../../language/isolated.ts'
import { shortSourceOf, valueWithoutPulse, whenOf } from '../../record/words.ts'
import { useRecordPath, useSettings } from '../../session.ts'
import { chartOf } from './result-chart.ts'
import styles from './results.module.css'
import type { UnitSeries } from './test-series.ts'

const SendChart = lazy(async () => ({ default: (await import('../../record/messages/send-chart.tsx')).SendChart }))

/** How a test went in one unit: in words, as a picture, and point by point. */
export function UnitChart(props: {
  /** What is drawn; said where two tests are compared. */
  readonly title: string
  readonly isCompared: boolean
  readonly series: UnitSeries
  readonly span?: { readonly from: number; readonly to: number } | undefined
}) {
  const settings = useSettings()
  const [picked, setPicked] = createSignal<EntrySummary>()
  const results = () => props.series.results
  /** The newest until another one is picked, and still that one when results come. */
  const index = createMemo(() => {
    const at = results().findIndex(each => each.id === picked()?.id)
    return at < 0 ? results().length - 1 : at
  })
  const unit = () => (props.series.isUcum ? formatUnit(props.series.unit) : props.series.unit)
  const shown = () => results()[index()]
  const wordsOf = (result: EntrySummary | undefined) =>
    result === undefined ? '' : `${valueWithoutPulse(result, settings())}, ${whenOf(result, 'long')}`
  const heading = () => (unit() === '' ? t('results.over') : t('results.overUnit', { unit: isolated(unit()) }))
  const hasRange = () => props.series.points.some(({ range }) => range?.low !== undefined || range?.high !== undefined)
  const hasBound = () => props.series.points.some(({ bound }) => bound !== undefined)
  return (
    <Card title={props.isCompared ? <TitleOf title={props.title} heading={heading()} /> : heading()}>
      <p>{summaryOf(props)}</p>
      <TrendChart
        label={summaryOf(props)}
        series={[{ name: unit(), points: props.series.points }]}
        formatValue={value => formatNumber(value)}
        formatAt={at => formatWhen({ text: new Date(at).toISOString().slice(0, 10) }, language())}
        span={props.span}
        pick={{
          index: index(),
          onPick: at => setPicked(results()[at]),
          label: t('results.pick'),
          words: wordsOf(shown()),
        }}
      />
      <Show when={shown()}>{result => <PickedResult entry={result()} />}</Show>
      <Show when={hasRange()}>
        <p class={styles.soft}>{t('results.band')}</p>
      </Show>
      <Show when={hasBound()}>
        <p class={styles.soft}>{t('results.bounds')}</p>
      </Show>
      <Suspense>
        <SendChart given={chartOf(props.title, props.series)} />
      </Suspense>
    </Card>
  )
}

function TitleOf(props: { readonly title: string; readonly heading: string }) {
  return (
    <>
      <bdi>{props.title}</bdi>
      {' · '}
      {props.heading}
    </>
  )
}

const dayOf = (entry: EntrySummary | undefined) => (entry?.when === undefined ? '' : formatDate(entry.when, language()))

/** Reactive. An end that is only a limit is said as one. */
function summaryOf({ series }: { readonly series: UnitSeries }): string {
  const { points, results } = series
  const words = (index: number) => {
    const value = results[index]?.value
    const comparator = value?.type === 'quantity' ? value.quantity.comparator : undefined
    const limit = comparator === undefined ? {} : { comparator }
    const amount = { value: points[index]?.value ?? 0, unit: '', isUcum: false, ...limit }
    return isolated(formatQuantity(amount, 'metric', language()))
  }
  let [low, high] = [0, 0]
  for (const [index, { value }] of points.entries()) {
    if (value < (points[low]?.value ?? 0)) low = index
    if (value > (points[high]?.value ?? 0)) high = index
  }
  return t('results.summary', {
    count: points.length,
    from: dayOf(results[0]),
    to: dayOf(results.at(-1)),
    low: words(low),
    high: words(high),
  })
}

function PickedResult(props: { readonly entry: EntrySummary }) {
  const settings = useSettings()
  const to = useRecordPath()
  return (
    <p class={styles.picked}>
      <a href={to(`/entry/${props.entry.id}`)}>
        <strong dir="auto">{valueWithoutPulse(props.entry, settings())}</strong>{' '}
        <span>{whenOf(props.entry, 'long')}</span>
      </a>
      <FlagMark entry={props.entry} always past />
      <bdi class={styles.soft}>{shortSourceOf(props.entry.source)}</bdi>
    </p>
  )
}
