import { For, Show } from 'solid-js'
import type { TrackedMeasure } from '#schema/record/tracked.ts'
import { language, t } from '../../language/language.ts'
import { formatWhen } from '../../record/format-when.ts'
import { trackedName } from '../../record/measure-words.ts'
import type { Track } from './create-track.ts'
import { isInBand } from './statistics.ts'
import styles from './track.module.css'
import { numbersWords } from './values-words.ts'

/** More rows than this make a page slow that nobody reads to its end. */
const MOST = 500

/** Every value of the picture, newest first. */
export function ValuesTable(props: { readonly measure: TrackedMeasure; readonly track: Track }) {
  const shown = () => props.track.readings().toReversed().slice(0, MOST)
  const isCut = () => props.track.readings().length > MOST
  const words = (values: readonly number[]) => {
    const series = props.track.series()
    return series === undefined ? '' : numbersWords(values, { unit: series.unit, isUcum: series.isUcum })
  }
  return (
    <details class={styles.details}>
      <summary>{t('home.table')}</summary>
      <div class={styles.scroll}>
        <table class={styles.table}>
          <caption>{trackedName(props.measure, props.track.latest()?.title)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('home.table.when')}</th>
              <th scope="col">{t('home.table.value')}</th>
              <Show when={props.track.band()}>
                <th scope="col">{t('track.goal')}</th>
              </Show>
            </tr>
          </thead>
          <tbody>
            <For each={shown()}>
              {reading => (
                <tr>
                  <td>{formatWhen({ text: reading.text }, language())}</td>
                  <td>{words(reading.values)}</td>
                  <Show when={props.track.band()}>
                    {band => <td>{t(isInBand(reading, band()) ? 'track.within' : 'track.outside')}</td>}
                  </Show>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={isCut()}>
        <p class={styles.soft}>{t('track.newestOf', { shown: MOST, count: props.track.readings().length })}</p>
      </Show>
    </details>
  )
}
