import HeartPulse from 'lucide-solid/icons/heart-pulse'
import Plus from 'lucide-solid/icons/plus'
import WeightIcon from 'lucide-solid/icons/weight'
import { type Accessor, createMemo, For, type JSX, lazy, Show, Suspense } from 'solid-js'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TrendChart, type TrendSeries } from '../../parts/trend-chart.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { formatValue } from '../../record/format-value.ts'
import { formatWhen } from '../../record/format-when.ts'
import { meanOfPressures, SITTING_MS } from '../../record/pressure-draft.ts'
import { pulseOf, valueOfEntry, valueWithoutPulse, whenOf } from '../../record/words.ts'
import { useRecordPath, useRecordRights, useSession, useSettings } from '../../session.ts'
import styles from './home.module.css'
import { bloodPressureSeries, weightSeries } from './series.ts'

const QuickPressure = lazy(async () => ({ default: (await import('./quick-pressure.tsx')).QuickPressure }))

/** For whoever measures: the next reading is one line away, above everything that only looks back. */
export function QuickCard() {
  return (
    <Card title={t('quick.title')} icon={<HeartPulse />}>
      <Suspense fallback={<div class={styles.quickRoom} />}>
        <QuickPressure />
      </Suspense>
    </Card>
  )
}

export function BloodPressureCard(props: { readonly latest: EntrySummary | undefined }) {
  const readings = createRecent('blood-pressure', () => props.latest)
  const series = () => bloodPressureSeries(readings(), { systolic: t('form.systolic'), diastolic: t('form.diastolic') })
  return (
    <VitalCard
      title={t('kind.blood-pressure')}
      icon={<HeartPulse />}
      readings={readings()}
      series={series()}
      addHref="/add/blood-pressure"
      trackHref="/track/blood-pressure"
      none={t('home.pressure.none')}
      also={meanWords(readings())}
    />
  )
}

/** What was taken together with the newest, as the form that took them says it; of one alone there is no mean. */
function meanWords(newestFirst: readonly EntrySummary[]): string | undefined {
  const at = newestFirst[0]?.when?.sortAt
  if (at === undefined) return undefined
  const together = newestFirst.flatMap(({ when, value }) =>
    value?.type === 'blood-pressure' && when !== undefined && at - when.sortAt < SITTING_MS ? [value] : [],
  )
  const mean = meanOfPressures(together)
  if (mean === undefined) return undefined
  const value = formatValue({ type: 'blood-pressure', ...mean }, 'metric', language())
  return t('home.pressure.mean', { count: together.length, value })
}

export function WeightCard(props: { readonly latest: EntrySummary | undefined }) {
  const readings = createRecent('weight', () => props.latest)
  const settings = useSettings()
  return (
    <VitalCard
      title={t('kind.weight')}
      icon={<WeightIcon />}
      readings={readings()}
      series={[{ name: t('kind.weight'), points: weightSeries(readings(), settings().units) }]}
      addHref="/add/weight"
      trackHref="/track/weight"
      none={t('home.weight.none')}
    />
  )
}

/** Half a year is what a doctor asks to see. */
const LOOK_BACK_MS = 182 * 86_400_000

/** The latest reading and what came before it, newest first; the latest alone until the rest is there. */
function createRecent(measure: 'blood-pressure' | 'weight', latest: Accessor<EntrySummary | undefined>) {
  const session = useSession()
  const answer = createAnswer(latest, async entry => {
    const at = entry.when?.sortAt
    if (at === undefined) return [entry]
    const readings = await session.readings(measure, instant(at - LOOK_BACK_MS), instant(at + 1))
    return readings.toSorted((a, b) => (b.when?.sortAt ?? 0) - (a.when?.sortAt ?? 0))
  })
  return createMemo(() => {
    const newest = latest()
    const readings = answer() ?? []
    if (newest === undefined) return []
    return readings.some(({ id }) => id === newest.id) ? readings : [newest]
  })
}

/** The newest value large, how it went as a picture, and every value of the picture as a table. */
function VitalCard(props: {
  readonly title: string
  readonly icon: JSX.Element
  readonly readings: readonly EntrySummary[]
  readonly series: readonly TrendSeries[]
  readonly addHref: string
  readonly trackHref: string
  readonly none: string
  /** What else there is to say of the newest. */
  readonly also?: string | undefined
}) {
  const settings = useSettings()
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  const hasTrend = () => (props.series[0]?.points.length ?? 0) > 1
  const words = (entry: EntrySummary) => valueOfEntry(entry, settings())
  return (
    <Card
      title={props.title}
      icon={props.icon}
      action={
        <Show when={mayChange()}>
          <LinkButton tone="plain" href={to(props.addHref)} icon={<Plus />}>
            {t('act.add')}
            <VisuallyHidden>: {props.title}</VisuallyHidden>
          </LinkButton>
        </Show>
      }
    >
      <Show when={props.readings[0]} fallback={<p class={styles.none}>{props.none}</p>}>
        {latest => (
          <a href={to(`/entry/${latest().id}`)} class={styles.latest}>
            <span class={styles.big}>{valueWithoutPulse(latest(), settings())}</span>
            <span class={styles.soft}>{[...pulseOf(latest()), whenOf(latest(), 'long')].join(' · ')}</span>
          </a>
        )}
      </Show>
      <Show when={props.also}>{words => <p class={styles.soft}>{words()}</p>}</Show>
      <Show when={hasTrend()}>
        <div>
          <LinkButton tone="plain" href={to(props.trackHref)}>
            {t('home.track')}
            <VisuallyHidden>: {props.title}</VisuallyHidden>
          </LinkButton>
        </div>
        <TrendChart
          label={t('home.trend', { what: props.title, count: props.series[0]?.points.length ?? 0 })}
          series={props.series}
          formatValue={value => formatNumber(value, 1)}
          formatAt={at => formatWhen({ text: new Date(at).toISOString().slice(0, 10) }, language())}
        />
        <details class={`${styles.details} ${styles.table}`}>
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
