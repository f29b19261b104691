import HeartPulse from 'lucide-solid/icons/heart-pulse'
import Plus from 'lucide-solid/icons/plus'
import WeightIcon from 'lucide-solid/icons/weight'
import { For, type JSX, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TrendChart, type TrendSeries } from '../../parts/trend-chart.tsx'
import { formatWhen } from '../../record/format-when.ts'
import { valueOf, whenOf } from '../../record/words.ts'
import { useSettings } from '../../session.ts'
import styles from './home.module.css'
import { bloodPressureSeries, weightSeries } from './series.ts'

export function BloodPressureCard(props: { readonly readings: readonly EntrySummary[] }) {
  const series = () =>
    bloodPressureSeries(props.readings, { systolic: t('form.systolic'), diastolic: t('form.diastolic') })
  return (
    <VitalCard
      title={t('kind.blood-pressure')}
      icon={<HeartPulse />}
      readings={props.readings}
      series={series()}
      add={{ href: '/add/blood-pressure', label: t('home.addPressure') }}
      none={t('home.pressure.none')}
    />
  )
}

export function WeightCard(props: { readonly readings: readonly EntrySummary[] }) {
  const settings = useSettings()
  return (
    <VitalCard
      title={t('kind.weight')}
      icon={<WeightIcon />}
      readings={props.readings}
      series={[{ name: t('kind.weight'), points: weightSeries(props.readings, settings().units) }]}
      add={{ href: '/add/weight', label: t('home.addWeight') }}
      none={t('home.weight.none')}
    />
  )
}

/** The newest value large, how it went as a picture, and every value of the picture as a table. */
function VitalCard(props: {
  readonly title: string
  readonly icon: JSX.Element
  readonly readings: readonly EntrySummary[]
  readonly series: readonly TrendSeries[]
  readonly add: { readonly href: string; readonly label: string }
  readonly none: string
}) {
  const settings = useSettings()
  const hasTrend = () => (props.series[0]?.points.length ?? 0) > 1
  const words = (entry: EntrySummary) => (entry.value === undefined ? '' : valueOf(entry.value, settings().units))
  return (
    <Card
      title={props.title}
      icon={props.icon}
      action={
        <LinkButton tone="plain" href={props.add.href} icon={<Plus />}>
          {props.add.label}
        </LinkButton>
      }
    >
      <Show when={props.readings[0]} fallback={<p class={styles.none}>{props.none}</p>}>
        {latest => (
          <a href={`/entry/${latest().id}`} class={styles.latest}>
            <span class={styles.big}>{words(latest())}</span>
            <span class={styles.soft}>{whenOf(latest(), 'long')}</span>
          </a>
        )}
      </Show>
      <Show when={hasTrend()}>
        <TrendChart
          label={t('home.trend', { what: props.title, count: props.series[0]?.points.length ?? 0 })}
          series={props.series}
          formatValue={value => formatNumber(value, 1)}
          formatAt={at => formatWhen({ text: new Date(at).toISOString().slice(0, 10) }, language())}
        />
        <details class={styles.table}>
          <summary>{t('home.table')}</summary>
          <table>
            <caption>{props.title}</caption>
            <thead>
              <tr>
                <th scope="col">{t('home.table.when')}</th>
                <th scope="col">{t('home.table.value')}</th>
              </tr>
            </thead>
            <tbody>
              <For each={props.readings}>
                {entry => (
                  <tr>
                    <td>{whenOf(entry)}</td>
                    <td>{words(entry)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </details>
      </Show>
    </Card>
  )
}
