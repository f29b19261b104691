import CalendarDays from 'lucide-solid/icons/calendar-days'
import ListChecks from 'lucide-solid/icons/list-checks'
import Package from 'lucide-solid/icons/package'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { wallAt } from '#schema/zone.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { useRecordPath, useRecordRights, useRecordView } from '../../session.ts'
import { whenOf } from '../words.ts'
import { createNow, createRows, deviceZone } from './create-rows.ts'
import { belongsTo, doseEventOf, scheduledMedicines } from './medicine-day.ts'
import { MonthGrid } from './month-grid.tsx'
import { doseWords } from './schedule-words.ts'
import { onceEach, stockOf } from './stock-of.ts'
import { StockWords } from './stock-words.tsx'
import styles from './taking.module.css'

/** As many rows as are read at once. */
const SHOWN = 10
const MORE = 50

/** How a medicine is being taken: its calendar, what is left of it, and each dose that was written down. */
export function Taking(props: { readonly medicine: EntrySummary }) {
  const now = createNow()
  const to = useRecordPath()
  const { shared, kept } = useRecordView()
  const medicines = createRows(() => ({ kinds: ['medicine'] }))
  const events = createRows(() => ({ kinds: ['dose', 'stock'] }))
  const own = createMemo(() => {
    const isOf = belongsTo(medicines() ?? [props.medicine])
    return (events() ?? []).filter(event => isOf(event, props.medicine))
  })
  const doses = () => own().filter(({ kind }) => kind === 'dose')
  const stock = () => onceEach(own().filter(({ kind }) => kind === 'stock'))
  const scheduled = createMemo(() => scheduledMedicines([props.medicine], doses())[0])
  const left = createMemo(() => {
    const medicine = scheduled()
    return medicine && stockOf(medicine, stock(), instant(now()), deviceZone())
  })
  return (
    <Show when={events() !== undefined && (scheduled() !== undefined || own().length > 0)}>
      <Show when={scheduled()}>
        {medicine => (
          <Card title={t('taking.calendar')} icon={<CalendarDays />}>
            <MonthGrid medicine={medicine()} now={instant(now())} />
          </Card>
        )}
      </Show>
      <Show when={scheduled() !== undefined || stock().length > 0}>
        <Card title={t('taking.stock')} icon={<Package />}>
          <Show when={left()} fallback={<p class={styles.soft}>{t('taking.stock.none')}</p>}>
            {state => <StockWords stock={state()} today={wallAt(instant(now()), deviceZone()).slice(0, 10)} />}
          </Show>
          <Rows entries={stock()} label={t('taking.stock.list')} />
          <AddButton id={props.medicine.id} what="stock" />
          <Show when={shared === undefined && kept?.isManaged() !== true && props.medicine.status === 'active'}>
            <div>
              <LinkButton href={to(`/messages/refill?medicine=${props.medicine.id}`)}>
                {t('requests.refill')}
              </LinkButton>
            </div>
          </Show>
        </Card>
      </Show>
      <Card title={t('taking.doses')} icon={<ListChecks />}>
        <Show when={doses().length > 0} fallback={<p class={styles.soft}>{t('taking.doses.none')}</p>}>
          <Rows entries={doses()} label={t('taking.doses')} />
        </Show>
        <AddButton id={props.medicine.id} what="dose" />
      </Card>
    </Show>
  )
}

function AddButton(props: { readonly id: string; readonly what: 'dose' | 'stock' }) {
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  return (
    <Show when={mayChange()}>
      <div>
        <LinkButton href={to(`/medicines/${props.id}/${props.what}`)}>{t(`taking.${props.what}.add`)}</LinkButton>
      </div>
    </Show>
  )
}

/** Each leads to where it can be changed. */
function Rows(props: { readonly entries: readonly EntrySummary[]; readonly label: string }) {
  const to = useRecordPath()
  const [shown, setShown] = createSignal(SHOWN)
  return (
    <Show when={props.entries.length > 0}>
      <ul class={styles.rows} aria-label={props.label}>
        <For each={props.entries.slice(0, shown())}>
          {entry => (
            <li>
              <a href={to(`/entry/${entry.id}`)}>{whenOf(entry)}</a>{' '}
              <span class={styles.soft}>
                {eventWords(entry)} · <bdi>{amountOf(entry)}</bdi>
              </span>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.entries.length > shown()}>
        <div>
          <Button tone="plain" onClick={() => setShown(count => count + MORE)}>
            {t('home.more', { count: props.entries.length - shown() })}
          </Button>
        </div>
      </Show>
    </Show>
  )
}

function eventWords(entry: EntrySummary): string {
  const dose = doseEventOf(entry)
  if (dose !== undefined) return t(`dose.${dose.state}`)
  return entry.event?.type === 'stock' ? t(`stock.${entry.event.change}`) : ''
}

const amountOf = ({ value }: EntrySummary) =>
  value?.type === 'quantity' ? doseWords(value.quantity.value, value.quantity.unit) : ''
