import { createMemo, For, Show } from 'solid-js'
import type { TrackedMeasure } from '#schema/record/tracked.ts'
import { t } from '../../language/language.ts'
import { SelectField } from '../../parts/select-field.tsx'
import { trackedName } from '../../record/measure-words.ts'
import { type Difference, differencesOf, sharesOf } from './compare.ts'
import type { Track } from './create-track.ts'
import { numberNames } from './number-names.ts'
import { DayField } from './day-field.tsx'
import { daysIn, shareDays } from './period.ts'
import styles from './track.module.css'
import { numbersWords } from './values-words.ts'

/** Which days stand beside the period. */
export function Beside(props: { readonly beside: Track['beside'] }) {
  const isWrong = () => {
    const { from, to } = props.beside.own()
    return from !== undefined && to !== undefined && daysIn({ from, to }) === undefined
  }
  return (
    <div class={styles.period}>
      <SelectField
        label={t('beside.with')}
        value={props.beside.kind()}
        options={[
          { value: 'before', label: t(props.beside.mayBeBefore() ? 'beside.with.before' : 'beside.with.none') },
          { value: 'own', label: t('track.period.own') },
        ]}
        onChange={props.beside.choose}
      />
      <Show when={props.beside.kind() === 'own'}>
        <DayField
          label={t('beside.from')}
          value={props.beside.own().from}
          onDay={from => props.beside.chooseOwn({ from })}
        />
        <DayField
          label={t('beside.to')}
          value={props.beside.own().to}
          onDay={to => props.beside.chooseOwn({ to })}
          error={isWrong() ? t('error.ends-before-it-begins') : undefined}
        />
      </Show>
    </div>
  )
}

/** What the table beside it says, in sentences; read out when other days are chosen. */
export function ComparedWords(props: { readonly measure: TrackedMeasure; readonly track: Track }) {
  const both = createMemo(() => {
    const [now, other] = [props.track.now(), props.track.other()]
    return now === undefined || other === undefined || now.count === 0 ? undefined : { now, other }
  })
  const shared = () => {
    const beside = props.track.beside.period()
    return beside !== undefined && shareDays(props.track.period(), beside)
  }
  return (
    <div class={styles.compared} role="status">
      <Show when={props.track.beside.kind() === 'own' && props.track.beside.period() === undefined}>
        <p>{t('beside.choose')}</p>
      </Show>
      <Show when={both()}>
        {found => (
          <Show when={found().other.count > 0} fallback={<p>{t('beside.none')}</p>}>
            <ul class={styles.sentences}>
              <For each={differencesOf(found().now, found().other)}>
                {(difference, index) => (
                  <li>
                    {differenceWords(difference, namesOf(props.measure, props.track)[index()] ?? '', props.track)}
                  </li>
                )}
              </For>
              <Show when={sharesOf(found().now, found().other)}>
                {shares => <li>{t('beside.share', shares())}</li>}
              </Show>
            </ul>
            <p class={styles.soft}>{t('beside.meaning')}</p>
          </Show>
        )}
      </Show>
      <Show when={both() && shared()}>
        <p class={styles.soft}>{t('beside.shared')}</p>
      </Show>
    </div>
  )
}

const namesOf = (measure: TrackedMeasure, track: Track) =>
  numberNames(measure, trackedName(measure, track.latest()?.title))

function differenceWords({ now, other, by, way }: Difference, what: string, track: Track): string {
  const { unit = '', isUcum = false } = track.series() ?? {}
  const words = (value: number) => numbersWords([value], { unit, isUcum })
  if (way === 'same') return t('beside.same', { what, now: words(now) })
  const said = { what, now: words(now), other: words(other), by: words(by) }
  return way === 'lower' ? t('beside.lower', said) : t('beside.higher', said)
}
