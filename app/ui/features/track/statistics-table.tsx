import { For, Show } from 'solid-js'
import type { TrackedMeasure } from '#schema/record/tracked.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { formatUnit } from '../../record/format-value.ts'
import { formatWhen } from '../../record/format-when.ts'
import type { Track } from './create-track.ts'
import { shareOf } from './compare.ts'
import { Beside, ComparedWords } from './comparison.tsx'
import type { Period } from './period.ts'
import type { Statistics } from './statistics.ts'
import styles from './track.module.css'
import { numbersAlone as numbers } from './values-words.ts'

interface Row {
  readonly label: string
  readonly words: (statistics: Statistics) => string
}

/** What the period comes to, beside other days. */
export function StatisticsTable(props: { readonly measure: TrackedMeasure; readonly track: Track }) {
  const unit = () => {
    const series = props.track.series()
    if (series === undefined) return ''
    return series.isUcum ? formatUnit(series.unit) : series.unit
  }
  const rows = (): readonly Row[] => [
    { label: t('track.count'), words: ({ count }) => formatNumber(count) },
    { label: t('track.mean'), words: ({ mean }) => numbers(mean) },
    { label: t('track.least'), words: ({ least }) => numbers(least) },
    { label: t('track.greatest'), words: ({ greatest }) => numbers(greatest) },
    ...(props.track.band() === undefined ? [] : [{ label: t('track.inBand'), words: inBandWords }]),
    { label: t('track.morning'), words: ({ morning }) => numbers(morning.mean) },
    { label: t('track.evening'), words: ({ evening }) => numbers(evening.mean) },
  ]
  const beside = () => props.track.beside.period()
  const about = () => {
    if (beside() === undefined) return 'beside.about.alone'
    return props.track.beside.kind() === 'own' ? 'beside.about' : 'track.statistics.about'
  }
  return (
    <Card title={t('track.statistics')}>
      <Beside beside={props.track.beside} />
      <ComparedWords measure={props.measure} track={props.track} />
      <div class={styles.scroll}>
        <table class={styles.table}>
          <caption>
            {t(about())} {unit() === '' ? '' : t('track.statistics.unit', { unit: unit() })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('track.what')}</th>
              <th scope="col">{periodWords(props.track.period())}</th>
              <Show when={beside()}>{period => <th scope="col">{periodWords(period())}</th>}</Show>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {row => (
                <tr>
                  <th scope="row">{row.label}</th>
                  <td>{said(row, props.track.now())}</td>
                  <Show when={beside()}>
                    <td>{said(row, props.track.other())}</td>
                  </Show>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={props.track.band()}>
        <p class={styles.soft}>{t('track.inBand.about')}</p>
      </Show>
    </Card>
  )
}

const said = (row: Row, statistics: Statistics | undefined) =>
  (statistics && row.words(statistics)) || t('track.nothing')

function inBandWords(statistics: Statistics): string {
  const percent = shareOf(statistics)
  const { inBand = 0, count } = statistics
  return percent === undefined ? '' : t('track.share', { percent, inBand, count })
}

function periodWords({ from, to }: Period): string {
  const day = (text: string) => formatWhen({ text }, language())
  if (from === undefined && to === undefined) return t('track.period.all')
  return `${from === undefined ? '…' : day(from)} – ${to === undefined ? '…' : day(to)}`
}
