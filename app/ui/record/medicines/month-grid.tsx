import ChevronLeft from 'lucide-solid/icons/chevron-left'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { WEEKDAYS } from '#schema/medicines/schedule.ts'
import type { Instant } from '#schema/instant.ts'
import { wallAt } from '#schema/zone.ts'
import { formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { formatWhen } from '../format-when.ts'
import { type DayMark, type DayOfMedicine, monthOfMedicine } from './adherence.ts'
import { deviceZone } from './create-rows.ts'
import type { ScheduledMedicine } from './medicine-day.ts'
import { weekdayWords } from './schedule-words.ts'
import styles from './taking.module.css'

/** Each has a sign of its own: colour alone says nothing. */
const SIGNS = {
  none: '',
  unknown: '',
  open: '○',
  taken: '✓',
  part: '◐',
  'left-out': '–',
  missing: '✕',
} as const satisfies Record<DayMark, string>

const EXPLAINED = ['taken', 'part', 'left-out', 'missing', 'open'] as const

/** A month as a grid of days, and as a table. */
export function MonthGrid(props: { readonly medicine: ScheduledMedicine; readonly now: Instant }) {
  const thisMonth = () => wallAt(props.now, deviceZone()).slice(0, 7)
  const [chosen, setChosen] = createSignal<string>()
  const month = () => chosen() ?? thisMonth()
  const days = createMemo(() => monthOfMedicine(props.medicine, month(), props.now, deviceZone()))
  const name = () => formatWhen({ text: month() }, language(), 'long')
  const told = () => days().filter(({ due, taken, leftOut }) => due + taken + leftOut > 0)
  return (
    <>
      <div class={styles.month}>
        <Button icon={<ChevronLeft class={styles.flip} />} onClick={() => setChosen(monthBeside(month(), -1))}>
          <VisuallyHidden>{t('taking.before')}</VisuallyHidden>
        </Button>
        <p role="status">{name()}</p>
        <Button
          icon={<ChevronRight class={styles.flip} />}
          disabled={month() >= thisMonth()}
          onClick={() => setChosen(monthBeside(month(), 1))}
        >
          <VisuallyHidden>{t('taking.after')}</VisuallyHidden>
        </Button>
      </div>
      <div class={styles.grid} aria-hidden="true">
        <For each={weekFrom(firstWeekday())}>
          {day => <span class={styles.weekday}>{weekdayWords(day, 'narrow')}</span>}
        </For>
        <For each={days()}>
          {(day, index) => <Day day={day} column={index() === 0 ? columnOf(day.day) : undefined} />}
        </For>
      </div>
      <ul class={styles.key} aria-hidden="true">
        <For each={EXPLAINED}>
          {mark => (
            <li>
              <span class={styles.sign} data-mark={mark}>
                {SIGNS[mark]}
              </span>{' '}
              {t(`taking.mark.${mark}`)}
            </li>
          )}
        </For>
      </ul>
      <Show when={told().length > 0}>
        <details class={styles.table}>
          <summary>{t('taking.table')}</summary>
          <table>
            <caption>{name()}</caption>
            <thead>
              <tr>
                <th scope="col">{t('form.date')}</th>
                <th scope="col">{t('field.due')}</th>
                <th scope="col">{t('dose.taken')}</th>
                <th scope="col">{t('dose.skipped')}</th>
                <th scope="col">{t('field.status')}</th>
              </tr>
            </thead>
            <tbody>
              <For each={told()}>
                {day => (
                  <tr>
                    <th scope="row">{formatWhen({ text: day.day }, language(), 'short')}</th>
                    <td>{formatNumber(day.due)}</td>
                    <td>{formatNumber(day.taken)}</td>
                    <td>{formatNumber(day.leftOut)}</td>
                    <td>{t(`taking.mark.${day.mark}`)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </details>
      </Show>
    </>
  )
}

function Day(props: { readonly day: DayOfMedicine; readonly column: number | undefined }) {
  return (
    <span
      class={styles.day}
      data-mark={props.day.mark}
      style={props.column === undefined ? {} : { 'grid-column-start': String(props.column) }}
    >
      <span>{formatNumber(Number(props.day.day.slice(8)))}</span>
      <span class={styles.sign} data-mark={props.day.mark}>
        {SIGNS[props.day.mark]}
      </span>
    </span>
  )
}

/** From 1 for Monday to 7: as people write weeks where the device is from; Monday where the browser does not tell. */
function firstWeekday(): number {
  const [spoken] = language().split('-')
  const tag = navigator.languages.find(each => each.split('-')[0] === spoken) ?? language()
  const locale: Intl.Locale & { getWeekInfo?: () => { readonly firstDay: number } } = new Intl.Locale(tag)
  return locale.getWeekInfo?.().firstDay ?? 1
}

const weekFrom = (first: number) => [...WEEKDAYS.slice(first - 1), ...WEEKDAYS.slice(0, first - 1)]

/** From 1. */
const columnOf = (day: string) => ((new Date(`${day}T00:00Z`).getUTCDay() + 7 - (firstWeekday() % 7)) % 7) + 1

function monthBeside(month: string, by: number): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
