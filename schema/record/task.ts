import type { Result } from '../result.ts'
import { readRhythm, type Rhythm, rhythmText } from '../tasks/rhythm.ts'
import type { EntryParts } from './entry.ts'
import { type FieldReader, type InvalidField, readFields } from './field-reader.ts'
import { conceptText } from './fhir/concept.ts'
import { at, type JsonObject, objectsOf, textOf } from './fhir/json.ts'
import {
  entryIdIn,
  entryReference,
  inWords,
  isPatientSupplied,
  noteOf,
  type OwnResource,
  ownResource,
} from './own-resource.ts'
import type { TaskDoneFields, TaskFields } from './plan-fields.ts'
import { fhirDateTime, parseWhen } from './when.ts'

const MAX_RHYTHM = 1000

export function parseTask(value: unknown): Result<TaskFields, InvalidField> {
  return readFields(value, read => ({
    kind: read.choice('kind', ['task']),
    title: read.text('title'),
    rhythm: rhythmIn(read),
    status: read.choice('status', ['active', 'ended']),
    ...read.note(),
  }))
}

function rhythmIn(read: FieldReader): string {
  const rhythm = readRhythm(read.text('rhythm', MAX_RHYTHM))
  return rhythm === undefined ? read.stop('rhythm') : rhythmText(rhythm)
}

export function taskParts({ title, rhythm, status }: TaskFields): EntryParts {
  const when = parseWhen(readRhythm(rhythm)?.from)
  return {
    kind: 'task',
    section: 'plans',
    title,
    ...(when.ok ? { when: when.value } : {}),
    status: status === 'active' ? 'active' : 'past',
    codes: [],
    rhythm,
  }
}

const CATEGORY = 'Own task'

/** https://hl7.org/fhir/R4/careplan.html: a plan of one step, as a Task has no times. */
export function taskToFhir({ title, rhythm, status, note }: TaskFields, own: OwnResource): JsonObject {
  const read = readRhythm(rhythm)
  const isOpen = status === 'active'
  return {
    ...ownResource('CarePlan', own),
    status: isOpen ? 'active' : 'completed',
    intent: 'plan',
    category: [inWords(CATEGORY)],
    title,
    subject: { reference: own.subject },
    ...noteOf(note),
    activity: [
      {
        detail: {
          kind: 'Task',
          code: inWords(title),
          status: isOpen ? 'in-progress' : 'completed',
          ...(read === undefined ? {} : { scheduledTiming: { repeat: repeatOf(read) } }),
        },
      },
    ],
  }
}

/** https://hl7.org/fhir/R4/datatypes.html#Timing; the day of the month is that of the start. */
function repeatOf({ from, repeat, time, until }: Rhythm): JsonObject {
  return {
    boundsPeriod: { start: from, ...(until === undefined ? {} : { end: until }) },
    ...(repeat.type === 'once' ? { count: 1 } : { frequency: 1, period: 1, periodUnit: 'd' }),
    ...(repeat.type === 'days' ? { period: repeat.every } : {}),
    ...(repeat.type === 'monthly' ? { periodUnit: 'mo' } : {}),
    ...(repeat.type === 'weekdays' ? { dayOfWeek: repeat.weekdays } : {}),
    ...(time === undefined ? {} : { timeOfDay: [`${time}:00`] }),
  }
}

/** Of what `taskToFhir` wrote; a clinic's plan is none. */
export function taskFromFhir(resource: JsonObject): TaskFields | undefined {
  if (!isPatientSupplied(resource) || conceptText(resource['category']) !== CATEGORY) return undefined
  const parsed = parseTask({
    kind: 'task',
    title: resource['title'],
    rhythm: JSON.stringify(rhythmOf(at(resource['activity'], 'detail', 'scheduledTiming', 'repeat'))),
    status: resource['status'] === 'active' ? 'active' : 'ended',
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}

function rhythmOf(repeat: unknown) {
  const [days, period] = [at(repeat, 'dayOfWeek'), at(repeat, 'period')]
  const time = at(repeat, 'timeOfDay')
  const [first] = Array.isArray(time) ? time : [time]
  const type = at(repeat, 'count') === 1 ? 'once' : at(repeat, 'periodUnit') === 'mo' ? 'monthly' : 'days'
  return {
    from: at(repeat, 'boundsPeriod', 'start'),
    until: at(repeat, 'boundsPeriod', 'end'),
    time: textOf(first)?.slice(0, 5),
    repeat: Array.isArray(days) ? { type: 'weekdays', weekdays: days } : { type, every: period },
  }
}

const DUE = /^\d{4}-\d\d-\d\d$/

export function parseTaskDone(value: unknown): Result<TaskDoneFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['task-done']),
      taskId: read.entryId('taskId'),
      taskTitle: read.text('taskTitle'),
      due: read.text('due'),
      doneAt: read.dateTime('doneAt'),
      ...read.note(),
    }
    return DUE.test(fields.due) && parseWhen(fields.due).ok ? fields : read.stop('due')
  })
}

export function taskDoneParts({ taskId, taskTitle, due, doneAt }: TaskDoneFields): EntryParts {
  const when = parseWhen(doneAt)
  return {
    kind: 'task-done',
    section: 'plans',
    title: taskTitle,
    ...(when.ok ? { when: when.value } : {}),
    status: 'past',
    codes: [],
    doneOf: { taskId, due },
  }
}

/** https://hl7.org/fhir/R4/task.html: done, by when it was to be (`restriction`) and when it was (`executionPeriod`). */
export function taskDoneToFhir(fields: TaskDoneFields, own: OwnResource): JsonObject {
  const { taskId, taskTitle, due, doneAt, note } = fields
  const done = fhirDateTime(doneAt)
  return {
    ...ownResource('Task', own),
    basedOn: [entryReference(own, taskId, taskTitle)],
    status: 'completed',
    intent: 'plan',
    description: taskTitle,
    for: { reference: own.subject },
    executionPeriod: { start: done, end: done },
    ...noteOf(note),
    restriction: { period: { end: due } },
  }
}

/** Of what `taskDoneToFhir` wrote. */
export function taskDoneFromFhir(resource: JsonObject): TaskDoneFields | undefined {
  const [based] = objectsOf(resource['basedOn'])
  if (!isPatientSupplied(resource) || based === undefined) return undefined
  const parsed = parseTaskDone({
    kind: 'task-done',
    taskId: entryIdIn(based),
    taskTitle: resource['description'],
    due: at(resource, 'restriction', 'period', 'end'),
    doneAt: at(resource, 'executionPeriod', 'end'),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}
