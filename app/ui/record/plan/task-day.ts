import type { EntrySummary } from '#schema/record/entry.ts'
import { comingDays, type Day, lastDue, readRhythm, type Rhythm } from '#schema/tasks/rhythm.ts'

export interface TaskLine {
  readonly task: EntrySummary
  readonly rhythm: Rhythm
  readonly due: Day
}

export interface TaskDay {
  /** Due and not done, those of longest ago first. Of a repeated task only its last day: what was left out before stays so. */
  readonly open: readonly TaskLine[]
  /** Not due yet, the soonest first; of each task its next day. */
  readonly coming: readonly TaskLine[]
  /** Over: done for good, past their last day, or ended by hand. */
  readonly over: readonly EntrySummary[]
}

/** What there is to do on `today`, given tasks and what was done of them. What was done of a task that is not here goes by its name. */
export function taskDay(tasks: readonly EntrySummary[], done: readonly EntrySummary[], today: Day): TaskDay {
  const doneDays = daysDone(tasks, done)
  const open: TaskLine[] = []
  const coming: TaskLine[] = []
  const over: EntrySummary[] = []
  for (const task of tasks) {
    const rhythm = readRhythm(task.rhythm ?? '')
    if (rhythm === undefined || task.isNegated === true || task.status !== 'active') {
      over.push(task)
      continue
    }
    const isDone = (day: Day) => doneDays(task).has(day)
    const due = lastDue(rhythm, today)
    const next = comingDays(rhythm, today).find(day => !isDone(day))
    if (due !== undefined && !isDone(due)) open.push({ task, rhythm, due })
    else if (next !== undefined) coming.push({ task, rhythm, due: next })
    else over.push(task)
  }
  return { open: open.toSorted(byDay), coming: coming.toSorted(byDay), over }
}

const keyOf = ({ due, rhythm: { time = '' } }: TaskLine) => `${due} ${time}`
const byDay = (a: TaskLine, b: TaskLine) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0)

function daysDone(tasks: readonly EntrySummary[], done: readonly EntrySummary[]) {
  const known = new Set<string>(tasks.map(({ id }) => id))
  const byId = new Map<string, Set<Day>>()
  const byName = new Map<string, Set<Day>>()
  for (const { doneOf, title } of done) {
    if (doneOf === undefined) continue
    const [map, key] = known.has(doneOf.taskId) ? ([byId, doneOf.taskId] as const) : ([byName, title] as const)
    const days = map.get(key) ?? new Set()
    map.set(key, days.add(doneOf.due))
  }
  return ({ id, title }: EntrySummary): ReadonlySet<Day> =>
    new Set([...(byId.get(id) ?? []), ...(byName.get(title) ?? [])])
}
