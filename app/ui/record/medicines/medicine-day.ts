import { type DueDose, dueDoses, type Wait, waitFor } from '#schema/medicines/due.ts'
import { type AsNeeded, readSchedule, type Schedule, type Step } from '#schema/medicines/schedule.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { EntrySummary, MedicineEvent } from '#schema/record/entry.ts'
import { instantOfWall, wallAt } from '#schema/zone.ts'

type DoseEvent = Extract<MedicineEvent, { readonly type: 'dose' }>

/** A medicine that is taken by a schedule, with what was written down of it, the newest first. */
export interface ScheduledMedicine {
  readonly entry: EntrySummary
  readonly schedule: Schedule
  readonly doses: readonly EntrySummary[]
}

export interface DueLine {
  readonly medicine: ScheduledMedicine
  readonly due: DueDose
}

export interface NeededLine {
  readonly medicine: ScheduledMedicine
  readonly step: Step & { readonly rhythm: AsNeeded }
  readonly last?: Instant
  readonly wait?: Wait
}

export interface MedicineDay {
  /** Due and not answered, the earliest first: of today so far and of yesterday evening. */
  readonly open: readonly DueLine[]
  /** The first one still to come today. */
  readonly next?: DueLine
  readonly needed: readonly NeededLine[]
  /** Taken or left out today, the newest first. */
  readonly done: readonly EntrySummary[]
}

const DAY_MS = 86_400_000
/** So soon a dose may be taken that is due in a while. */
const AHEAD_MS = 30 * 60_000
/** From when on a dose of yesterday is still asked for. */
const EVENING = 'T17:00'

export const doseEventOf = ({ event }: EntrySummary): DoseEvent | undefined =>
  event?.type === 'dose' ? event : undefined

/** Those of `medicines` that are taken now and say when. Doses of an entry that is not here any more go by its name. */
export function scheduledMedicines(
  medicines: readonly EntrySummary[],
  doses: readonly EntrySummary[],
): readonly ScheduledMedicine[] {
  const isOf = belongsTo(medicines)
  return medicines.flatMap(entry => {
    const schedule = readSchedule(entry.plan?.schedule ?? '')
    if (!schedule.ok || entry.status !== 'active' || entry.isNegated === true) return []
    return [{ entry, schedule: schedule.value, doses: doses.filter(dose => isOf(dose, entry)) }]
  })
}

/** Whether a dose or a stock is one of a medicine's. */
export function belongsTo(medicines: readonly EntrySummary[]) {
  const known = new Set<string>(medicines.map(({ id }) => id))
  return ({ event, title }: EntrySummary, medicine: EntrySummary): boolean => {
    if (event === undefined) return false
    return known.has(event.medicineId) ? event.medicineId === medicine.id : title === medicine.title
  }
}

export function medicineDay(medicines: readonly ScheduledMedicine[], now: Instant, zone: string): MedicineDay {
  const today = wallAt(now, zone).slice(0, 10)
  const yesterday = dayBefore(today)
  const lines = medicines
    .flatMap(medicine => dueDoses(medicine.schedule, yesterday, today, zone).map(due => ({ medicine, due })))
    .toSorted((a, b) => a.due.at - b.due.at)
  const unanswered = lines.filter(({ medicine, due }) => !isAnswered(medicine, due))
  const midnight = instantOfWall(`${today}T00:00`, zone)
  const next = unanswered.find(({ due }) => due.at > now + AHEAD_MS)
  return {
    open: unanswered.filter(
      line => line.due.at <= now + AHEAD_MS && (line.due.at >= midnight || isOpenSince(line, yesterday)),
    ),
    ...(next === undefined ? {} : { next }),
    needed: medicines.flatMap(medicine => neededLine(medicine, today, now)),
    done: medicines
      .flatMap(({ doses }) => doses)
      .filter(({ when }) => when !== undefined && when.sortAt >= midnight)
      .toSorted((a, b) => timeOf(b) - timeOf(a)),
  }
}

const timeOf = ({ when }: EntrySummary) => when?.sortAt ?? 0

export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00Z`) - DAY_MS).toISOString().slice(0, 10)
}

export function isAnswered({ doses }: ScheduledMedicine, { wall }: DueDose): boolean {
  return doses.some(dose => doseEventOf(dose)?.due === wall)
}

/** Of yesterday's: only of the evening, and of a medicine whose doses were written down by then. */
function isOpenSince({ medicine, due }: DueLine, yesterday: string): boolean {
  return due.wall >= `${yesterday}${EVENING}` && medicine.doses.some(dose => timeOf(dose) < due.at)
}

function neededLine(medicine: ScheduledMedicine, today: string, now: Instant): readonly NeededLine[] {
  const step = medicine.schedule.steps.find(
    ({ from = today, until = today, rhythm }) => rhythm.type === 'as-needed' && from <= today && today <= until,
  )
  if (step?.rhythm.type !== 'as-needed') return []
  const taken = medicine.doses.flatMap(dose =>
    doseEventOf(dose)?.state === 'taken' && timeOf(dose) <= now ? [instant(timeOf(dose))] : [],
  )
  const last = taken.toSorted((a, b) => b - a)[0]
  const wait = waitFor(step.rhythm, taken, now)
  return [
    {
      medicine,
      step: { ...step, rhythm: step.rhythm },
      ...(last === undefined ? {} : { last }),
      ...(wait === undefined ? {} : { wait }),
    },
  ]
}
