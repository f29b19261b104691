import type { Weekday } from '#schema/medicines/schedule.ts'
import type { TaskDoneFields, TaskFields } from '#schema/record/plan-fields.ts'
import { checkRhythm, readRhythm, type RhythmField, rhythmText } from '#schema/tasks/rhythm.ts'
import {
  type Checked,
  type FieldError,
  type FieldErrors,
  isAhead,
  optional,
  takenError,
} from '../../record/entry-draft.ts'
import { draftOfTaken, parseTaken, type TakenDraft } from '../../record/fhir-date.ts'
import { parseTypedNumber } from '../../record/typed-number.ts'

export const REPEATS = ['once', 'daily', 'weekdays', 'every', 'monthly'] as const

export interface TaskDraft {
  readonly title: string
  readonly repeat: (typeof REPEATS)[number]
  readonly every: string
  readonly weekdays: readonly Weekday[]
  readonly from: string
  readonly time: string
  readonly until: string
  readonly status: TaskFields['status']
  readonly note: string
}

export type TaskField = 'title' | RhythmField

/** `today`: `2026-03-04` by the reader's clock. */
export function emptyTask(today: string): TaskDraft {
  const often = { repeat: 'once', every: '2', weekdays: [] } as const
  return { title: '', ...often, from: today, time: '', until: '', status: 'active', note: '' }
}

export function draftOfTask({ title, rhythm: text, status, note = '' }: TaskFields): TaskDraft {
  const rhythm = readRhythm(text)
  if (rhythm === undefined) return { ...emptyTask(''), title, status, note }
  const { from, time = '', until = '', repeat } = rhythm
  const days = repeat.type === 'days' && repeat.every > 1 ? 'every' : 'daily'
  return {
    title,
    repeat: repeat.type === 'days' ? days : repeat.type,
    every: repeat.type === 'days' ? String(repeat.every) : '2',
    weekdays: repeat.type === 'weekdays' ? repeat.weekdays : [],
    from,
    time,
    until,
    status,
    note,
  }
}

const ERRORS: Readonly<Record<RhythmField, FieldError>> = {
  from: 'bad-date',
  until: 'bad-last-day',
  time: 'bad-time',
  every: 'bad-every',
  weekdays: 'bad-days',
}

export function checkTask(draft: TaskDraft): Checked<TaskField> {
  const errors: FieldErrors<TaskField> = {}
  const title = draft.title.trim()
  if (title === '') errors.title = 'required'
  const rhythm = checkRhythm({
    from: draft.from,
    repeat: repeatOf(draft),
    ...optional('time', draft.time),
    ...(draft.repeat === 'once' ? {} : optional('until', draft.until)),
  })
  if (!rhythm.ok) errors[rhythm.failure] = ERRORS[rhythm.failure]
  if (!rhythm.ok || title === '') return { ok: false, errors }
  const { status, note } = draft
  const text = rhythmText(rhythm.value)
  return {
    ok: true,
    entries: [{ kind: 'task', title, rhythm: text, status, ...optional('note', note) }],
    questions: [],
  }
}

function repeatOf({ repeat, every, weekdays }: TaskDraft) {
  switch (repeat) {
    case 'daily':
      return { type: 'days', every: 1 }
    case 'every':
      return { type: 'days', every: parseTypedNumber(every) }
    case 'weekdays':
      return { type: 'weekdays', weekdays }
    case 'once':
    case 'monthly':
      return { type: repeat }
  }
}

export interface TaskDoneDraft {
  readonly before: TaskDoneFields
  readonly taken: TakenDraft
  readonly note: string
}

export function draftOfTaskDone(before: TaskDoneFields): TaskDoneDraft {
  return { before, taken: draftOfTaken(before.doneAt), note: before.note ?? '' }
}

export function checkTaskDone({ before, taken, note }: TaskDoneDraft, nowMs: number): Checked<'date' | 'time'> {
  const doneAt = parseTaken(taken)
  if (doneAt === undefined) return { ok: false, errors: takenError(taken) }
  const { note: _, ...kept } = before
  return {
    ok: true,
    entries: [{ ...kept, doneAt, ...optional('note', note) }],
    questions: isAhead(doneAt, nowMs) ? ['in-the-future'] : [],
  }
}
