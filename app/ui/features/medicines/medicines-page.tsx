import CalendarPlus from 'lucide-solid/icons/calendar-plus'
import Pill from 'lucide-solid/icons/pill'
import Plus from 'lucide-solid/icons/plus'
import Printer from 'lucide-solid/icons/printer'
import { createMemo, For, Show } from 'solid-js'
import { readSchedule } from '#schema/medicines/schedule.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { wallAt } from '#schema/zone.ts'
import { formatDay, formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Page } from '../../parts/page.tsx'
import { isolated } from '../../language/isolated.ts'
import { createNow, createRows, deviceZone } from '../../record/medicines/create-rows.ts'
import { currentMedicines, isUntimed, stoppedMedicines } from '../../record/medicines/current-medicines.ts'
import { belongsTo, scheduledMedicines } from '../../record/medicines/medicine-day.ts'
import { clockWords, doseWords, scheduleWords } from '../../record/medicines/schedule-words.ts'
import { stockOf } from '../../record/medicines/stock-of.ts'
import { StockWords } from '../../record/medicines/stock-words.tsx'
import { titleOf, valueOfEntry, whenOf } from '../../record/words.ts'
import { useRecordPath, useRecordRights, useRecordView, useSettings } from '../../session.ts'
import { byDayPart, DAY_PARTS, type DayPart, type PartLine } from './day-parts.ts'
import styles from './medicines.module.css'
import { ReminderCard } from '../../record/medicines/reminder-card.tsx'

/** What the person takes, by part of the day, and what they stopped. */
export function MedicinesPage() {
  const to = useRecordPath()
  const now = createNow()
  const { isOwn, mayChange } = useRecordRights()
  const { kept } = useRecordView()
  const rows = createRows(() => ({ kinds: ['medicine'] }))
  const taken = createMemo(() => currentMedicines(rows() ?? []))
  const stopped = createMemo(() => stoppedMedicines(rows() ?? []))
  const today = createMemo(() => wallAt(instant(now()), deviceZone()).slice(0, 10))
  const parts = createMemo(() => byDayPart(taken(), today()))
  return (
    <Page
      title={t('meds.title')}
      lead={t('meds.asOf', { date: formatDay(new Date(now())) })}
      back={{ href: to('/') }}
      actions={
        <div class={styles.acts}>
          <Show when={mayChange()}>
            <LinkButton href={to('/add/medicine')} icon={<Plus />}>
              {t('add.new.medicine')}
            </LinkButton>
          </Show>
          <Button icon={<Printer size="1.25rem" />} onClick={() => print()}>
            {t('meds.print')}
          </Button>
        </div>
      }
    >
      <Show when={rows()} fallback={<output>{t('app.loading')}</output>}>
        <Show
          when={taken().length + stopped().length > 0}
          fallback={
            <EmptyState icon={<Pill size="2.25rem" />} title={t('home.medicines.none')}>
              <Show when={mayChange()}>
                <p>{t('teach.medicines')}</p>
              </Show>
            </EmptyState>
          }
        >
          <div class={styles.parts}>
            <For each={DAY_PARTS}>{part => <Part part={part} lines={parts().get(part) ?? []} />}</For>
          </div>
          <Stocks medicines={taken()} now={now()} />
          <Stopped medicines={stopped()} />
          <p class={styles.screenOnly}>
            <a href={to('/record/medicines')}>{t('home.all', { count: rows()?.length ?? 0 })}</a>
          </p>
          <Show when={isOwn}>
            <div class={styles.screenOnly}>
              <Show when={kept === undefined && taken().some(({ plan }) => plan?.schedule !== undefined)}>
                <ReminderCard />
              </Show>
              <p>
                <LinkButton href={to('/take-out')} icon={<CalendarPlus />}>
                  {t('meds.calendar')}
                </LinkButton>
              </p>
            </div>
          </Show>
        </Show>
      </Show>
    </Page>
  )
}

function Part(props: { readonly part: DayPart; readonly lines: readonly PartLine[] }) {
  const { mayChange } = useRecordRights()
  return (
    <Show when={props.lines.length > 0}>
      <Card title={t(`meds.part.${props.part}`)}>
        <Show when={mayChange() && props.lines.some(({ entry }) => isUntimed(entry))}>
          <p class={`${styles.soft} ${styles.screenOnly}`}>
            {t('meds.untimed.how', { edit: t('act.edit'), correct: t('entry.correct') })}
          </p>
        </Show>
        <ul class={styles.lines}>
          <KeyedFor each={props.lines} keyOf={({ entry }) => entry.id}>
            {line => <Line line={line()} />}
          </KeyedFor>
        </ul>
      </Card>
    </Show>
  )
}

function Line(props: { readonly line: PartLine }) {
  const to = useRecordPath()
  const settings = useSettings()
  const entry = () => props.line.entry
  const directions = () => valueOfEntry(entry(), settings())
  const dose = () => {
    const { dose: found } = props.line
    if (found === undefined) return undefined
    const amount = isolated(doseWords(found.amount, found.unit))
    return found.times.length === 0
      ? undefined
      : t('plan.at', { dose: amount, times: formatList(found.times.map(clockWords)) })
  }
  /** Where it says more than the dose does. */
  const schedule = () => {
    const read = readSchedule(entry().plan?.schedule ?? '')
    if (!read.ok) return undefined
    const words = scheduleWords(read.value)
    return words === dose() ? undefined : words
  }
  return (
    <li>
      <strong>
        <a href={to(`/entry/${entry().id}`)}>
          <bdi>{titleOf(entry())}</bdi>
        </a>
      </strong>
      <Show when={dose()}>{words => <p class={styles.dose}>{words()}</p>}</Show>
      <Show when={schedule()}>{words => <p class={styles.soft}>{words()}</p>}</Show>
      <Show when={directions()}>
        {words => (
          <p class={styles.soft}>
            <bdi>{words()}</bdi>
          </p>
        )}
      </Show>
      <Show when={entry().plan?.reason}>
        {reason => <p class={styles.soft}>{t('meds.for', { reason: reason() })}</p>}
      </Show>
    </li>
  )
}

/** Of each whose ledger says how much there is. */
function Stocks(props: { readonly medicines: readonly EntrySummary[]; readonly now: number }) {
  const events = createRows(() => ({ kinds: ['dose', 'stock'] }))
  const known = createMemo(() => {
    const isOf = belongsTo(props.medicines)
    const all = events() ?? []
    return scheduledMedicines(
      props.medicines,
      all.filter(({ kind }) => kind === 'dose'),
    ).flatMap(medicine => {
      const own = all.filter(event => event.kind === 'stock' && isOf(event, medicine.entry))
      const stock = stockOf(medicine, own, instant(props.now), deviceZone())
      return stock === undefined ? [] : [{ entry: medicine.entry, stock }]
    })
  })
  const today = () => wallAt(instant(props.now), deviceZone()).slice(0, 10)
  return (
    <Show when={known().length > 0}>
      <Card title={t('taking.stock')}>
        <ul class={styles.lines}>
          <For each={known()}>
            {({ entry, stock }) => (
              <li>
                <bdi>{titleOf(entry)}</bdi>
                <StockWords stock={stock} today={today()} />
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  )
}

function Stopped(props: { readonly medicines: readonly EntrySummary[] }) {
  const to = useRecordPath()
  return (
    <Show when={props.medicines.length > 0}>
      <Card title={t('meds.stopped')}>
        <ul class={styles.lines}>
          <For each={props.medicines}>
            {entry => (
              <li>
                <a href={to(`/entry/${entry.id}`)}>
                  <bdi>{titleOf(entry)}</bdi>
                </a>{' '}
                <span class={styles.soft}>{whenOf(entry)}</span>
                <Show when={entry.plan?.stoppedBecause}>
                  {reason => <p class={styles.soft}>{t('meds.because', { reason: reason() })}</p>}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  )
}
