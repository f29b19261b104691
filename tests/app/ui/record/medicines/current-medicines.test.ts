import { expect, test } from 'vitest'
import { currentMedicines, stoppedMedicines } from '#app/ui/record/medicines/current-medicines.ts'
import type { EntryId, EntryStatus, EntrySummary } from '#schema/record/entry.ts'

let made = 0

/** As a clinic has it that writes a medicine down with every prescription; rows come newest first. */
const row = (title: string, status: EntryStatus): EntrySummary => ({
  id: `${title}-${made++}` as EntryId,
  kind: 'medicine',
  section: 'medicines',
  title,
  status,
  source: { type: 'self' },
  codes: [],
})

test('stoppedMedicines() has each that is over once, the newest, and none that is taken', () => {
  const rows = [
    row('Budesonide', 'active'),
    row('Naproxen', 'past'),
    row('budesonide', 'past'),
    row('naproxen', 'past'),
    row('Codeine', 'mistaken'),
  ]
  expect(currentMedicines(rows)).toEqual([rows[0]])
  expect(stoppedMedicines(rows)).toEqual([rows[1]])
})
