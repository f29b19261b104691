import { For, Show } from 'solid-js'
import { language, t } from '../../language/language.ts'
import { formatWhen } from '../../record/format-when.ts'
import { trackedName } from '../../record/measure-words.ts'
import { useRecordPath, useSettings } from '../../session.ts'
import type { Growth } from './create-growth.ts'
import type { Child, GrowthPoint } from './growth-points.ts'
import { ageWords, percentileWords, valueWords, zWords } from './growth-words.ts'
import styles from './growth.module.css'

/** More rows than this make a page slow that nobody reads to its end. */
const MOST = 500

/** Every value, newest first, with its place on the curves. */
export function GrowthTable(props: {
  readonly child: Child
  readonly growth: Growth
  readonly points: readonly GrowthPoint[]
}) {
  const settings = useSettings()
  const to = useRecordPath()
  const shown = () => props.points.toReversed().slice(0, MOST)
  const when = (point: GrowthPoint) => formatWhen({ text: point.text.slice(0, 10) }, language())
  return (
    <div class={styles.scroll}>
      <table class={styles.table}>
        <caption>
          {t('growth.forAge', {
            what: trackedName(props.growth.measure()),
            standard: t(`growth.standard.${props.growth.standard()}`),
          })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('home.table.when')}</th>
            <th scope="col">{t('growth.age')}</th>
            <th scope="col">{t('home.table.value')}</th>
            <th scope="col">{t('growth.percentile')}</th>
            <th scope="col">{t('growth.z')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={shown()}>
            {point => (
              <tr>
                <th scope="row">
                  <Show when={point.id} fallback={when(point)}>
                    {id => <a href={to(`/entry/${id()}`)}>{when(point)}</a>}
                  </Show>
                </th>
                <td>{ageWords(props.child.birthDate, point.text)}</td>
                <td>{valueWords(props.growth.measure(), point.value, settings().units)}</td>
                <td>{point.place === undefined ? t('growth.outside') : percentileWords(point.place)}</td>
                <td>{point.place === undefined ? '–' : zWords(point.place)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={props.points.length > MOST}>
        <p class={styles.soft}>{t('track.newestOf', { shown: MOST, count: props.points.length })}</p>
      </Show>
    </div>
  )
}
