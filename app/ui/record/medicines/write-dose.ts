import type { Session } from '#app/core/session.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { DoseFields, EntrySummary } from '#schema/record/entry.ts'
import { dateTimeText } from '#schema/record/when.ts'
import { offsetAt } from '#schema/zone.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { isolated } from '../../language/isolated.ts'
import { undoLastAct } from '../undo.ts'
import { saveFailureWords } from '../words.ts'
import { deviceZone } from './create-rows.ts'

/** A moment as the record writes it, by this device's clock on the wall. */
export function writtenTime(at: Instant): string {
  return dateTimeText(at, offsetAt(at, deviceZone()))
}

/** Writes a dose down and says so, with a way back. */
export async function writeDose(
  session: Session,
  medicine: EntrySummary,
  dose: Pick<DoseFields, 'state' | 'amount' | 'unit' | 'due'> & { readonly at?: Instant },
): Promise<void> {
  const { at = instant(Date.now()), ...said } = dose
  const fields: DoseFields = {
    kind: 'dose',
    medicineId: medicine.id,
    medicineName: medicine.title,
    takenAt: writtenTime(at),
    ...said,
  }
  const saved = await session.addEntry(fields, medicine.isPrivate === true ? { isPrivate: true } : {})
  const name = isolated(medicine.title)
  if (!saved.ok) return showToast({ message: saveFailureWords(saved.failure) })
  showToast({
    message: t(said.state === 'taken' ? 'meds.took' : 'meds.skipped', { name }),
    action: { label: t('act.undo'), run: () => void undoLastAct(session) },
  })
}
