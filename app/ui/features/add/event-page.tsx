import { useParams } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { readSchedule } from '#schema/medicines/schedule.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { writtenTime } from '../../record/medicines/write-dose.ts'
import { readEntry } from '../../record/read-entry.ts'
import { useWayOut } from '../../record/way-out.ts'
import { useRecordPath, useSession } from '../../session.ts'
import { DoseForm } from './dose-form.tsx'
import { StockForm } from './stock-form.tsx'

/** A dose of the medicine in the address, at a time that is typed. */
export function AddDosePage() {
  return (
    <OfMedicine title={t('taking.dose.add')}>
      {medicine => (
        <DoseForm
          fields={{ kind: 'dose', ...commonOf(medicine), takenAt: writtenTime(instant(Date.now())), state: 'taken' }}
          after={`/entry/${medicine.id}`}
          isPrivate={medicine.isPrivate === true}
        />
      )}
    </OfMedicine>
  )
}

/** What was fetched, counted or lost of the medicine in the address. */
export function AddStockPage() {
  return (
    <OfMedicine title={t('taking.stock.add')}>
      {medicine => (
        <StockForm
          fields={{
            kind: 'stock',
            ...commonOf(medicine),
            happenedAt: writtenTime(instant(Date.now())),
            change: 'fetched',
          }}
          after={`/entry/${medicine.id}`}
          isPrivate={medicine.isPrivate === true}
        />
      )}
    </OfMedicine>
  )
}

function commonOf({ id, title, plan }: EntrySummary) {
  const schedule = readSchedule(plan?.schedule ?? '')
  const [unit, amount] = schedule.ok ? [schedule.value.unit, schedule.value.steps[0]?.dose ?? 1] : ['', 1]
  return { medicineId: id, medicineName: title, unit, amount }
}

function OfMedicine(props: { readonly title: string; readonly children: (medicine: EntrySummary) => JSX.Element }) {
  const params = useParams()
  const session = useSession()
  const to = useRecordPath()
  const way = useWayOut()
  const answer = createAnswer(
    () => params.id,
    async id => ({ medicine: (await readEntry(session, id))?.summary }),
  )
  return (
    <Page title={props.title} back={way.back(to(`/entry/${params.id}`))} narrow>
      <Show when={answer()}>
        {known => (
          <Show when={known().medicine} keyed fallback={<Notice>{t('add.gone')}</Notice>}>
            {medicine => props.children(medicine)}
          </Show>
        )}
      </Show>
    </Page>
  )
}
