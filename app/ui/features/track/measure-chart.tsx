import { Show } from 'solid-js'
import type { TrackedMeasure } from '#schema/record/tracked.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { TrendChart } from '../../parts/trend-chart.tsx'
import { formatWhen } from '../../record/format-when.ts'
import { trackedName } from '../../record/measure-words.ts'
import type { Track } from './create-track.ts'
import { numberNames } from './number-names.ts'
import { linesOf } from './readings.ts'
import { sevenDayMeans } from './statistics.ts'
import styles from './track.module.css'
import { ValuesTable } from './values-table.tsx'

/** Every value with the goal's band behind, and below it how the week went; both on one axis of time. */
export function MeasureChart(props: { readonly measure: TrackedMeasure; readonly track: Track }) {
  const name = () => trackedName(props.measure, props.track.latest()?.title)
  const names = () => numberNames(props.measure, name())
  const means = () => sevenDayMeans(props.track.readings())
  const span = () => {
    const times = props.track.readings().map(({ at }) => at)
    const [from, to] = [times[0], times.at(-1)]
    return from === undefined || to === undefined ? undefined : { from, to }
  }
  const formatAt = (at: number) => formatWhen({ text: new Date(at).toISOString().slice(0, 10) }, language())
  return (
    <>
      <TrendChart
        label={t('home.trend', { what: name(), count: props.track.readings().length })}
        series={linesOf(props.track.readings(), names(), props.track.band())}
        formatValue={value => formatNumber(value, 1)}
        formatAt={formatAt}
        span={span()}
      />
      <Show when={props.track.band()}>
        <p class={styles.soft}>{t(props.measure === 'blood-pressure' ? 'track.bands' : 'track.band')}</p>
      </Show>
      <ValuesTable measure={props.measure} track={props.track} />
      <Show when={means().length > 1}>
        <h3 class={styles.sub}>{t('track.sevenDays')}</h3>
        <TrendChart
          label={t('track.sevenDays.label', { what: name(), count: means().length })}
          series={linesOf(means(), names())}
          formatValue={value => formatNumber(value, 1)}
          formatAt={formatAt}
          span={span()}
        />
        <p class={styles.soft}>{t('track.sevenDays.about')}</p>
      </Show>
    </>
  )
}
