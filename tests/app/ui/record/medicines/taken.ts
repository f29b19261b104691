import { type Schedule, scheduleText } from '#schema/medicines/schedule.ts'
import type { DoseFields, EntryFields, EntrySummary, StockFields } from '#schema/record/entry.ts'
import { entryId, summaryOf } from '#tests/support/fake-entries.ts'

/** Where the clocks stand an hour ahead of UTC, and two in summer. */
export const ZONE = 'Europe/Berlin'

/** A medicine's row, taken by this schedule. */
export function medicineOf(schedule: Schedule, name = 'Metformin', more: Partial<EntrySummary> = {}): EntrySummary {
  const fields: EntryFields = { kind: 'medicine', name, status: 'taking', schedule: scheduleText(schedule) }
  return { ...summaryOf(entryId(`medicine-${name.toLowerCase()}`), fields), ...more }
}

export function doseOf(medicine: EntrySummary, takenAt: string, more: Partial<DoseFields> = {}): EntrySummary {
  const { id, title } = medicine
  const common = {
    kind: 'dose',
    medicineId: id,
    medicineName: title,
    state: 'taken',
    amount: 1,
    unit: 'tablet',
  } as const
  return summaryOf(entryId(`dose-${title}-${takenAt}`), { ...common, takenAt, ...more })
}

export function stockEntryOf(
  medicine: EntrySummary,
  change: StockFields['change'],
  amount: number,
  happenedAt: string,
  unit = 'tablet',
): EntrySummary {
  const { id, title } = medicine
  const fields = { kind: 'stock', medicineId: id, medicineName: title, change, amount, unit, happenedAt } as const
  return summaryOf(entryId(`stock-${title}-${happenedAt}`), fields)
}

export const TWICE: Schedule = {
  unit: 'tablet',
  steps: [{ rhythm: { type: 'times', times: ['08:00', '20:00'] }, dose: 1, meal: 'with' }],
}
