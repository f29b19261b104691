import { type Instant, instant } from '#schema/instant.ts'
import type { EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import { dateTimeText } from '#schema/record/when.ts'
import { type Repeat, rhythmText } from '#schema/tasks/rhythm.ts'

const DAY_MS = 86_400_000

/** `2026-03-04`, so many days from now. */
const dayIn = (now: Instant, days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10)

const timeIn = (now: Instant, days: number, clock: string) =>
  dateTimeText(instant(Date.parse(`${dayIn(now, days)}T${clock}Z`)), 0)

const FEET = 'Look at my feet'

/** What is to be done, who is to be seen, and what to ask there. */
export function planEntries(now: Instant): readonly EntryFields[] {
  const task = (title: string, sinceDays: number, repeat: Repeat, time?: string) =>
    ({
      kind: 'task',
      title,
      rhythm: rhythmText({ from: dayIn(now, -sinceDays), repeat, ...(time === undefined ? {} : { time }) }),
      status: 'active',
    }) as const
  return [
    task(FEET, 21, { type: 'days', every: 1 }, '21:00'),
    task('Walk with the neighbours', 70, { type: 'weekdays', weekdays: ['mon', 'wed', 'fri'] }),
    task('Order test strips', -6, { type: 'monthly' }),
    {
      kind: 'appointment',
      name: 'Diabetes follow-up',
      startsAt: timeIn(now, 9, '10:30'),
      minutes: 20,
      withWhom: 'Dr. Jamie Example',
      place: 'Example Street Clinic',
      bring: 'The blood pressure monitor, and the list of medicines',
      status: 'booked',
    },
    {
      kind: 'note',
      title: 'Questions for the next visit',
      text: 'Can I take the metformin in the morning instead?\nIs the knee brace worth it?',
      writtenAt: timeIn(now, -3, '18:10'),
      about: 'visit-questions',
    },
  ]
}

/** Of the daily task: that it was done up to yesterday, but for two days. Empty for anything else. */
export function doneEvents(now: Instant, task: EntryFields, taskId: EntryId): readonly EntryFields[] {
  if (task.kind !== 'task' || task.title !== FEET) return []
  return Array.from({ length: 20 }, (_, index) => 20 - index)
    .filter(daysAgo => daysAgo !== 12 && daysAgo !== 5)
    .map(daysAgo => ({
      kind: 'task-done' as const,
      taskId,
      taskTitle: task.title,
      due: dayIn(now, -daysAgo),
      doneAt: timeIn(now, -daysAgo, '21:04'),
    }))
}

/** What belongs to a condition, by words of their titles; and by the name of a measure. */
const BELONGS: readonly (readonly [RegExp, readonly RegExp[], readonly string[]])[] = [
  [/diabetes/i, [/metformin/i, /A1c below/, /^Look at my feet/], ['weight']],
  [/hypertension/i, [/lisinopril/i], ['blood-pressure']],
]

/** What belongs together on the plan, of entries as the record now has them. */
export function planLinks(now: Instant, rows: readonly EntrySummary[]): readonly EntryFields[] {
  return BELONGS.flatMap(([condition, titles, measures]) => {
    const found = rows.find(
      ({ kind, status, title }) => kind === 'condition' && status === 'active' && condition.test(title),
    )
    if (found === undefined) return []
    const entries = titles.flatMap(
      wanted => rows.find(({ kind, title }) => kind !== 'condition' && wanted.test(title))?.id ?? [],
    )
    return [...entries, ...measures.map(measure => `measure:${measure}`)].map(target => ({
      kind: 'link' as const,
      conditionId: found.id,
      target,
      linkedAt: timeIn(now, -30, '19:00'),
    }))
  })
}
