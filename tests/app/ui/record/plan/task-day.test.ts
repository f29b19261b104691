import { expect, test } from 'vitest'
import { taskDay } from '#app/ui/record/plan/task-day.ts'
import type { EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import { type Rhythm, rhythmText } from '#schema/tasks/rhythm.ts'

let count = 0
const row = (fields: EntryFields): EntrySummary => ({
  ...partsOfFields(fields),
  id: `plans.e0.a.${++count}` as EntryId,
  source: { type: 'self' },
})
const task = (title: string, rhythm: Rhythm, status: 'active' | 'ended' = 'active') =>
  row({ kind: 'task', title, rhythm: rhythmText(rhythm), status })
const done = (of: Pick<EntrySummary, 'id' | 'title'>, due: string) =>
  row({ kind: 'task-done', taskId: of.id, taskTitle: of.title, due, doneAt: '2026-03-04T07:10:00Z' })

const TODAY = '2026-03-04'
const daily = task('Walk', { from: '2026-03-01', repeat: { type: 'days', every: 1 } })
const weekly = task('Weigh', { from: '2026-03-02', repeat: { type: 'days', every: 7 } })
const once = task('Book', { from: '2026-03-06', repeat: { type: 'once' } })
const titles = (lines: readonly { readonly task: EntrySummary; readonly due: string }[]) =>
  lines.map(line => `${line.task.title} ${line.due}`)

test('a repeated task asks for its last day alone, what is late stands first, and what is to come apart', () => {
  const day = taskDay([daily, weekly, once], [], TODAY)
  expect(titles(day.open)).toEqual(['Weigh 2026-03-02', 'Walk 2026-03-04'])
  expect(titles(day.coming)).toEqual(['Book 2026-03-06'])
})

test('what is done comes again on its next day, and what is done for good is over', () => {
  const all = [done(daily, '2026-03-04'), done(weekly, '2026-03-02'), done(once, '2026-03-06')]
  const day = taskDay([daily, weekly, once], all, TODAY)
  expect(day.open).toEqual([])
  expect(titles(day.coming)).toEqual(['Walk 2026-03-05', 'Weigh 2026-03-09'])
  expect(day.over).toEqual([once])
})

test('what was ended is over; what was done of a task that is not here goes by its name', () => {
  const ended = task('Old', { from: '2026-03-01', repeat: { type: 'days', every: 1 } }, 'ended')
  const day = taskDay([daily, ended], [done({ id: 'gone.e0.a.b' as EntryId, title: 'Walk' }, '2026-03-04')], TODAY)
  expect(day.open).toEqual([])
  expect(day.over).toEqual([ended])
})
