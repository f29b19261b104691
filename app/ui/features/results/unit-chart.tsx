import { createMemo, createSignal, Show } from 'solid-js'
import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { TrendChart } from '../../parts/trend-chart.tsx'
import { FlagMark } from '../../record/flag-mark.tsx'
import { formatUnit } from '../../record/format-value.ts'
import { formatWhen } from '../../record/format-when.ts'
import { isolated } from '../../record/isolated.ts'
import { shortSourceOf, valueWithoutPulse, whenOf } from '../../record/words.ts'
import { useRecordPath, useSettings } from '../../session.ts'
import styles from './results.module.css'
import type { UnitSeries } from './test-series.ts'

/** How a test went in one unit: in words, as a picture, and point by point. */
export function UnitChart(props: {
  /** What is drawn, where two tests are compared. */
  readonly title?: string
  readonly series: UnitSeries
  readonly span?: { readonly from: number; readonly to: number } | undefined
}) {
  const settings = useSettings()
  const [picked, setPicked] = createSignal<EntryFacts>()
  const results = () => props.series.results
  /** The newest until another one is picked, and still that one when results come. */
  const index = createMemo(() => {
    const at = results().findIndex(each => each.summary.id === picked()?.summary.id)
    return at < 0 ? results().length - 1 : at
  })
  const unit = () => (props.series.isUcum ? formatUnit(props.series.unit) : props.series.unit)
  const shown = () => results()[index()]
  const wordsOf = (facts: EntryFacts | undefined) =>
    facts === undefined ? '' : `${valueWithoutPulse(facts.summary, settings())}, ${whenOf(facts.summary, 'long')}`
  const heading = () => (unit() === '' ? t('results.over') : t('results.overUnit', { unit: isolated(unit()) }))
  const has = (what: 'range' | 'bound') => props.series.points.some(point => point[what] !== undefined)
  return (
    <Card title={props.title === undefined ? heading() : <TitleOf title={props.title} heading={heading()} />}>
      <p>{createSummary(props)}</p>
      <TrendChart
        label={createSummary(props)}
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
      <Show when={shown()}>{facts => <PickedResult facts={facts()} />}</Show>
      <Show when={has('range')}>
        <p class={styles.soft}>{t('results.band')}</p>
      </Show>
      <Show when={has('bound')}>
        <p class={styles.soft}>{t('results.bounds')}</p>
      </Show>
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

/** Reactive. */
function createSummary({ series }: { readonly series: UnitSeries }): string {
  const values = series.points.map(point => point.value)
  const [first, last] = [series.results[0]?.summary, series.results.at(-1)?.summary]
  const numbers = (value: number) => isolated(formatNumber(value))
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)]
  return t('results.summary', {
    count: values.length,
    from: first === undefined ? '' : whenOf(first),
    to: last === undefined ? '' : whenOf(last),
    low: numbers(low),
    high: numbers(high),
  })
}

function PickedResult(props: { readonly facts: EntryFacts }) {
  const settings = useSettings()
  const to = useRecordPath()
  const entry = () => props.facts.summary
  return (
    <p class={styles.picked}>
      <a href={to(`/entry/${entry().id}`)}>
        <strong dir="auto">{valueWithoutPulse(entry(), settings())}</strong> <span>{whenOf(entry(), 'long')}</span>
      </a>
      <FlagMark entry={entry()} always past />
      <bdi class={styles.soft}>{shortSourceOf(entry().source)}</bdi>
    </p>
  )
}
