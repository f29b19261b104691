import { instant, type Instant } from '#schema/instant.ts'
import { readSchedule, scheduleText, type Schedule } from '#schema/medicines/schedule.ts'
import type { EntryFields, EntryId, MedicineFields } from '#schema/record/entry.ts'
import { dateTimeText } from '#schema/record/when.ts'
import { planEntries } from './plan.ts'
import { Seeded } from './seeded.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

interface Now {
  readonly random: Seeded
  readonly now: Instant
}

/** `2026-03-04T08:12+00:00`, so many days ago, within forty minutes after the hour. */
function momentBefore({ random, now }: Now, daysAgo: number, hour: number): string {
  const day = Math.floor(now / DAY_MS - daysAgo) * DAY_MS
  const minutes = hour * 60 + Math.floor(random.next() * 40)
  return `${dateTimeText(instant(day + minutes * MINUTE_MS), 0).slice(0, 16)}+00:00`
}

/** Readings of the last months and what only the person knows. */
export function typedEntries(random: Seeded, now: Instant): readonly EntryFields[] {
  const at = (daysAgo: number, hour: number) => momentBefore({ random, now }, daysAgo, hour)
  const year = (daysAgo: number) => at(daysAgo, 9).slice(0, 4)
  return [
    { kind: 'condition', name: 'Trouble falling asleep', clinicalStatus: 'active', since: at(420, 9).slice(0, 7) },
    ...medicines(year),
    { kind: 'allergy', substance: 'Nickel', reaction: 'Itching under the watch strap', severity: 'mild' },
    ...goals(at),
    ...readings(random, at),
    ...symptoms(random, at),
    ...planEntries(now),
  ]
}

type At = (daysAgo: number, hour: number) => string

const daily = (unit: string, times: readonly string[], meal?: 'before' | 'with' | 'after'): string =>
  scheduleText({ unit, steps: [{ rhythm: { type: 'times', times }, dose: 1, ...(meal ? { meal } : {}) }] })

function medicines(year: (daysAgo: number) => string): readonly MedicineFields[] {
  return [
    {
      kind: 'medicine',
      name: 'Vitamin D3 1000 IU',
      directions: '1 capsule with breakfast',
      status: 'taking',
      schedule: daily('capsule', ['08:00'], 'with'),
      since: year(600),
    },
    {
      kind: 'medicine',
      name: 'Magnesium 300 mg',
      directions: '1 tablet in the evening',
      reason: 'Cramps in the calves',
      status: 'taking',
      schedule: daily('tablet', ['20:00']),
      since: year(200),
    },
    {
      kind: 'medicine',
      name: 'Eye drops without preservatives',
      directions: '1 drop in each eye when they are dry',
      status: 'taking',
      schedule: scheduleText({
        unit: 'drop',
        steps: [{ rhythm: { type: 'as-needed', gapHours: 4, mostPerDay: 4 }, dose: 2 }],
      }),
      since: year(300),
    },
  ]
}

function goals(at: At): readonly EntryFields[] {
  const since = at(120, 9).slice(0, 10)
  return [
    { kind: 'goal', measure: 'blood-pressure', unit: 'mm[Hg]', high: 135, secondHigh: 85, status: 'active', since },
    { kind: 'goal', measure: 'weight', unit: 'kg', low: 70, high: 75, status: 'active', since },
  ]
}

function readings(random: Seeded, at: At): readonly EntryFields[] {
  const read: EntryFields[] = []
  for (let week = 52; week >= 1; week -= 1) {
    read.push({ kind: 'weight', takenAt: at(week * 7, 7), weightKg: random.around(76.5 + week * 0.04, 0.7, 1) })
  }
  for (let daysAgo = 90; daysAgo >= 1; daysAgo -= 2) {
    read.push({
      kind: 'blood-pressure',
      takenAt: at(daysAgo, random.pick([7, 20])),
      systolicMmHg: random.around(131, 10),
      diastolicMmHg: random.around(80, 7),
      pulsePerMinute: random.around(71, 8),
      arm: 'left',
      posture: 'sitting',
    })
  }
  return read
}

function symptoms(random: Seeded, at: At): readonly EntryFields[] {
  return [58, 44, 31, 23, 12, 5].map(daysAgo => ({
    kind: 'symptom' as const,
    name: 'Knee pain',
    severity: random.around(4, 2),
    takenAt: at(daysAgo, 17),
    triggers: random.pick(['Stairs', 'A long walk', 'Gardening']),
    relief: random.pick(['Cold pack', 'Rest']),
  }))
}

const WEEKS_OF_DOSES = 4
const IN_A_BOX = 60

/** Of a medicine with times: four weeks of doses, some of them left out, and the box they came from. Empty for anything else. */
export function doseEvents(
  { seed, now }: { readonly seed: number; readonly now: Instant },
  medicine: EntryFields,
  medicineId: EntryId,
): readonly EntryFields[] {
  const schedule = medicine.kind === 'medicine' ? scheduleOf(medicine) : undefined
  const rhythm = schedule?.steps[0]?.rhythm
  if (medicine.kind !== 'medicine' || schedule === undefined || rhythm?.type !== 'times') return []
  const { unit } = schedule
  const random = new Seeded(seed)
  const at = (daysAgo: number, hour: number) => momentBefore({ random, now }, daysAgo, hour)
  const of = { medicineId, medicineName: medicine.name, unit }
  const days = Array.from({ length: WEEKS_OF_DOSES * 7 }, (_, index) => WEEKS_OF_DOSES * 7 - index)
  return [
    {
      kind: 'stock',
      ...of,
      change: 'fetched',
      happenedAt: at(WEEKS_OF_DOSES * 7 + 1, 16),
      amount: IN_A_BOX,
    },
    ...days.flatMap(daysAgo =>
      rhythm.times.map(time => {
        const takenAt = at(daysAgo, Number(time.slice(0, 2)))
        const state = random.next() < 0.06 ? ('skipped' as const) : ('taken' as const)
        return { kind: 'dose' as const, ...of, due: `${takenAt.slice(0, 10)}T${time}`, takenAt, state, amount: 1 }
      }),
    ),
  ]
}

function scheduleOf({ schedule }: MedicineFields): Schedule | undefined {
  const read = schedule === undefined ? undefined : readSchedule(schedule)
  return read?.ok ? read.value : undefined
}
