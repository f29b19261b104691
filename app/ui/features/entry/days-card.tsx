import { For, Show } from 'solid-js'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { TrendChart } from '../../parts/trend-chart.tsx'
import { formatQuantity } from '../../record/format-value.ts'
import { formatWhen } from '../../record/format-when.ts'
import { inUnits } from '../../record/units.ts'
import { isolated } from '../../language/isolated.ts'
import { useSettings } from '../../session.ts'
import styles from './entry.module.css'
import type { WeekDays } from './week-days.ts'

/** A week that one entry holds, day by day: how it went as a picture, and every value as a table. */
export function DaysCard(props: { readonly title: string; readonly week: WeekDays }) {
  const settings = useSettings()
  const columns = () => (props.week.isSum ? [t('apple.sum')] : [t('apple.least'), t('apple.mean'), t('apple.greatest')])
  /** A picture tells two lines apart: of three numbers a day, the least and the greatest. */
  const series = () =>
    (props.week.isSum ? [0] : [0, 2]).map(column => ({
      name: columns()[column] ?? '',
      points: props.week.days.flatMap(({ date, values }) => {
        const quantity = values[column]
        return quantity === undefined
          ? []
          : [{ at: Date.parse(date), value: inUnits(quantity, settings().units).value }]
      }),
    }))
  const day = (date: string) => formatWhen({ text: date }, language())
  return (
    <Card title={t('apple.weekDays')}>
      <p class={styles.soft}>
        {t(props.week.isSum ? 'apple.daySums' : 'apple.daySpread', { source: isolated(props.week.source) })}
      </p>
      <Show when={props.week.days.length > 1}>
        <TrendChart
          label={t('apple.chart', { name: props.title, count: props.week.days.length })}
          series={series()}
          formatValue={value => formatNumber(value, 1)}
          formatAt={at => day(new Date(at).toISOString().slice(0, 10))}
        />
      </Show>
      <table class={styles.days}>
        <thead>
          <tr>
            <th scope="col">{t('apple.day')}</th>
            <For each={columns()}>{column => <th scope="col">{column}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.week.days}>
            {({ date, values }) => (
              <tr>
                <th scope="row">{day(date)}</th>
                <For each={values}>
                  {value => (
                    <td>
                      <bdi>{formatQuantity(roundedFor(value), settings().units, language())}</bdi>
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Card>
  )
}

/** Means and sums have more digits than anybody reads. */
const roundedFor = <Q extends { readonly value: number }>(quantity: Q): Q => ({
  ...quantity,
  value: Math.round(quantity.value * 100) / 100,
})
