import Check from 'lucide-solid/icons/check'
import Pill from 'lucide-solid/icons/pill'
import { createMemo, createSignal, Show } from 'solid-js'
import { type Instant, instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { instantOfWall, wallAt } from '#schema/zone.ts'
import { formatClock, formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { createNow, createRows, deviceZone } from '../../record/medicines/create-rows.ts'
import {
  type DueLine,
  doseEventOf,
  medicineDay,
  type NeededLine,
  scheduledMedicines,
} from '../../record/medicines/medicine-day.ts'
import { currentMedicines, isUntimed } from '../../record/medicines/current-medicines.ts'
import { clockWords, doseWords } from '../../record/medicines/schedule-words.ts'
import { writeDose } from '../../record/medicines/write-dose.ts'
import { useRecordPath, useRecordRights, useSession } from '../../session.ts'
import { createLater, LATER_MS } from './create-later.ts'
import styles from './medicines-today.module.css'

/** As far back as rules for medicines taken when needed may ask. */
const LOOK_BACK_MS = 8 * 86_400_000

/** What is due now, what was taken today, and what may be taken when needed. */
export function MedicinesToday() {
  const now = createNow()
  const to = useRecordPath()
  const later = createLater()
  // Of the page's first moment: a query that moved on with the clock would be asked anew all the time.
  const from = instant(now() - LOOK_BACK_MS)
  const medicines = createRows(() => ({ kinds: ['medicine'] }))
  const doses = createRows(() => ({ kinds: ['dose'], from }))
  const scheduled = createMemo(() => scheduledMedicines(medicines() ?? [], doses() ?? []))
  const untimed = createMemo(() => currentMedicines(medicines() ?? []).filter(isUntimed))
  const day = createMemo(() => medicineDay(scheduled(), instant(now()), deviceZone()))
  const open = () => day().open.filter(line => !later.isPutOff(line, now()))
  const putOff = () => day().open.length - open().length
  return (
    <Show when={doses() !== undefined && scheduled().length > 0}>
      <Card title={t('meds.today')} icon={<Pill />} action={<a href={to('/medicines')}>{t('meds.all')}</a>}>
        <Show when={open().length > 0} fallback={<NothingDue next={day().next} />}>
          <ul class={styles.lines}>
            <KeyedFor each={open()} keyOf={({ medicine, due }) => `${medicine.entry.id} ${due.wall}`}>
              {line => <Due line={line()} now={now()} onLater={() => later.putOff(line(), now())} />}
            </KeyedFor>
          </ul>
        </Show>
        <Untimed count={untimed().length} />
        <Show when={putOff() > 0}>
          <div>
            <Button tone="plain" onClick={() => later.showAll()}>
              {t('meds.putOff', { count: putOff() })}
            </Button>
          </div>
        </Show>
        <Show when={day().needed.length > 0}>
          <h3 class={styles.heading}>{t('form.schedule.as-needed')}</h3>
          <ul class={styles.lines}>
            <KeyedFor each={day().needed} keyOf={({ medicine }) => medicine.entry.id}>
              {line => <Needed line={line()} now={now()} />}
            </KeyedFor>
          </ul>
        </Show>
        <Done doses={day().done} />
      </Card>
    </Show>
  )
}

function NothingDue(props: { readonly next: DueLine | undefined }) {
  return (
    <p class={styles.soft}>
      {t('meds.nothing')}{' '}
      <Show when={props.next}>
        {next => t('meds.next', { name: next().medicine.entry.title, time: clockWords(next().due.wall) })}
      </Show>
    </p>
  )
}

/** So that nobody takes “nothing is due” for all that they take. */
function Untimed(props: { readonly count: number }) {
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  return (
    <Show when={props.count > 0}>
      <p class={styles.soft}>
        {t('meds.untimed', { count: props.count })}{' '}
        <Show when={mayChange()}>
          <a href={to('/medicines')}>{t('meds.untimed.set')}</a>
        </Show>
      </p>
    </Show>
  )
}

function Name(props: { readonly entry: EntrySummary; readonly amount: string }) {
  const to = useRecordPath()
  return (
    <p>
      <strong>
        <a href={to(`/entry/${props.entry.id}`)}>
          <bdi>{props.entry.title}</bdi>
        </a>
      </strong>{' '}
      <span class={styles.soft}>
        <bdi>{props.amount}</bdi>
      </span>
    </p>
  )
}

function Due(props: { readonly line: DueLine; readonly now: number; readonly onLater: () => void }) {
  const session = useSession()
  const { mayChange } = useRecordRights()
  const [isOther, setOther] = createSignal(false)
  const entry = () => props.line.medicine.entry
  const due = () => props.line.due
  const unit = () => props.line.medicine.schedule.unit
  const isToday = () => due().wall.slice(0, 10) === wallAt(instant(props.now), deviceZone()).slice(0, 10)
  const when = () => t(isToday() ? 'meds.due' : 'meds.dueYesterday', { time: clockWords(due().wall) })
  const write = (state: 'taken' | 'skipped', at?: Instant) =>
    void writeDose(session, entry(), {
      state,
      amount: due().dose,
      unit: unit(),
      due: due().wall,
      ...(at === undefined ? {} : { at }),
    })
  const putOff = () => {
    props.onLater()
    showToast({ message: t('meds.laterSaid', { time: formatClock(instant(props.now + LATER_MS)) }) })
  }
  const which = () => <VisuallyHidden>: {`${entry().title}, ${when()}`}</VisuallyHidden>
  return (
    <li class={styles.line}>
      <div>
        <Name entry={entry()} amount={doseWords(due().dose, unit())} />
        <p class={styles.soft}>
          {when()}
          <Show when={due().meal}>{meal => ` · ${t(`plan.meal.${meal()}`)}`}</Show>
        </p>
      </div>
      <Show when={mayChange()}>
        <div class={styles.acts}>
          <Button tone="primary" icon={<Check />} onClick={() => write('taken')}>
            {t('dose.taken')}
            {which()}
          </Button>
          <Button onClick={() => write('skipped')}>
            {t('meds.skip')}
            {which()}
          </Button>
          <Button onClick={putOff}>
            {t('meds.later')}
            {which()}
          </Button>
          <Button tone="plain" aria-expanded={isOther()} onClick={() => setOther(is => !is)}>
            {t('meds.otherTime')}
            {which()}
          </Button>
        </div>
        <Show when={isOther()}>
          <OtherTime now={props.now} onTaken={at => write('taken', at)} />
        </Show>
      </Show>
    </li>
  )
}

/** The last time the clock showed what is typed: late at night, that was yesterday. */
function OtherTime(props: { readonly now: number; readonly onTaken: (at: Instant) => void }) {
  const zone = deviceZone()
  const wall = wallAt(instant(props.now), zone)
  const [time, setTime] = createSignal(wall.slice(-5))
  const isTime = () => /^\d\d:\d\d$/.test(time())
  const save = () => {
    if (!isTime()) return
    const today = instantOfWall(`${wallAt(instant(Date.now()), zone).slice(0, 10)}T${time()}`, zone)
    props.onTaken(today <= Date.now() ? today : instant(today - 86_400_000))
  }
  return (
    <div class={styles.acts}>
      <TextField
        label={t('meds.takenAt')}
        type="time"
        value={time()}
        onInput={setTime}
        error={isTime() ? undefined : t('error.bad-time')}
      />
      <Button tone="primary" onClick={save}>
        {t('act.save')}
      </Button>
    </div>
  )
}

/** Of today the clock is enough. */
function timeWords(at: Instant, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  return isToday ? formatClock(at) : formatTime(at)
}

function Needed(props: { readonly line: NeededLine; readonly now: number }) {
  const session = useSession()
  const { mayChange } = useRecordRights()
  const entry = () => props.line.medicine.entry
  const unit = () => props.line.medicine.schedule.unit
  const wait = () => {
    const { wait: found, step } = props.line
    if (found === undefined) return undefined
    const time = timeWords(found.until, props.now)
    return found.because === 'gap'
      ? t('meds.wait.gap', { time, count: step.rhythm.gapHours ?? 0 })
      : t('meds.wait.most', { time, count: step.rhythm.mostPerDay ?? 0 })
  }
  const take = () => void writeDose(session, entry(), { state: 'taken', amount: props.line.step.dose, unit: unit() })
  return (
    <li class={styles.line}>
      <div>
        <Name entry={entry()} amount={doseWords(props.line.step.dose, unit())} />
        <p class={styles.soft}>
          <Show when={props.line.last} fallback={t('meds.never')}>
            {last => t('meds.last', { time: timeWords(last(), props.now) })}
          </Show>
        </p>
        <Show when={wait()}>{words => <p class={styles.wait}>{words()}</p>}</Show>
      </div>
      <Show when={mayChange()}>
        <div class={styles.acts}>
          <Button onClick={take}>
            {t('meds.takeNow')}
            <VisuallyHidden>: {entry().title}</VisuallyHidden>
          </Button>
        </div>
      </Show>
    </li>
  )
}

/** Behind a press: each leads to where it can be changed. */
function Done(props: { readonly doses: readonly EntrySummary[] }) {
  const to = useRecordPath()
  return (
    <Show when={props.doses.length > 0}>
      <details class={styles.done}>
        <summary>{t('meds.done', { count: props.doses.length })}</summary>
        <ul class={styles.lines}>
          <KeyedFor each={props.doses} keyOf={({ id }) => id}>
            {dose => (
              <li>
                <a href={to(`/entry/${dose().id}`)}>
                  <bdi>{dose().title}</bdi>
                </a>{' '}
                <span class={styles.soft}>
                  {t(`dose.${doseEventOf(dose())?.state ?? 'taken'}`)} ·{' '}
                  {formatClock(dose().when?.sortAt ?? instant(0))}
                </span>
              </li>
            )}
          </KeyedFor>
        </ul>
      </details>
    </Show>
  )
}
