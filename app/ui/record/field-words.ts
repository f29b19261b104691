import { readSchedule } from '#schema/medicines/schedule.ts'
import { listOf } from '#schema/record/document.ts'
import type { DescribedFieldsOf } from '#schema/record/described/kinds.ts'
import type { EntryFields, LinkFields } from '#schema/record/entry.ts'
import { readRhythm } from '#schema/tasks/rhythm.ts'
import type { FieldKind } from '#schema/record/own-entry.ts'
import { targetOf } from '#schema/record/goal.ts'
import { isTracked, type TrackedMeasure } from '#schema/record/tracked.ts'
import { formatList, formatNumber } from '../language/format.ts'
import { language, type PlainKey, t } from '../language/language.ts'
import { answersWords } from './questionnaires/answer-words.ts'
import { formatQuantity, formatUnit } from './format-value.ts'
import { formatWhen } from './format-when.ts'
import { bandWords, codesOfMeasure, trackedName } from './measure-words.ts'
import { inLabUnits, type ReaderUnits, type Units } from './units.ts'
import { scheduleWords } from './medicines/schedule-words.ts'
import { rhythmWords } from './plan/rhythm-words.ts'

/**
 * `about` is for the page that a note was written on, and in a document names entries, which stand on its page, as what a note is beside
 * (`on`); a medicine and a questionnaire (`form`) are named by words; a link has no page of its own.
 */
type FieldName = {
  [Kind in EntryFields as Kind['kind']]: Exclude<
    keyof Kind,
    'kind' | 'about' | 'on' | 'medicineId' | 'taskId' | 'form' | keyof LinkFields
  >
}[EntryFields['kind']]
export type FieldValue = string | number | null

/** Every field there is, in the order in which people read them. */
const LABELS = {
  title: 'form.note.title',
  date: 'paper.date',
  from: 'paper.from',
  without: 'field.without',
  text: 'form.note.text',
  medicineName: 'field.medicineName',
  state: 'field.state',
  change: 'field.change',
  rhythm: 'field.rhythm',
  taskTitle: 'kind.task',
  startsAt: 'field.startsAt',
  minutes: 'field.minutes',
  amount: 'field.amount',
  due: 'field.due',
  happenedAt: 'field.happenedAt',
  name: 'field.name',
  substance: 'field.substance',
  reaction: 'field.reaction',
  systolicMmHg: 'form.systolic',
  diastolicMmHg: 'form.diastolic',
  pulsePerMinute: 'form.pulse',
  weightKg: 'form.weight',
  measure: 'form.measure',
  value: 'form.measure.value',
  unit: 'form.measure.unit',
  severity: 'field.severity',
  context: 'form.measure.context',
  triggers: 'form.symptom.triggers',
  relief: 'form.symptom.relief',
  low: 'form.goal.low',
  high: 'form.goal.high',
  secondLow: 'form.goal.low',
  secondHigh: 'form.goal.high',
  directions: 'field.directions',
  schedule: 'field.schedule',
  reason: 'field.reason',
  clinicalStatus: 'field.status',
  status: 'field.status',
  stoppedBecause: 'field.stoppedBecause',
  since: 'form.since',
  until: 'form.until',
  topic: 'field.topic',
  words: 'field.words',
  pregnant: 'field.pregnant',
  dueOn: 'field.dueOn',
  count: 'field.count',
  nowOrPast: 'field.nowOrPast',
  relative: 'field.relative',
  illness: 'field.illness',
  onsetAge: 'field.onsetAge',
  deceased: 'field.deceased',
  deathAge: 'field.deathAge',
  role: 'field.role',
  organisation: 'field.organisation',
  insurer: 'field.insurer',
  plan: 'field.plan',
  memberId: 'field.memberId',
  groupId: 'field.groupId',
  phone: 'field.phone',
  email: 'field.email',
  isEmergency: 'field.isEmergency',
  vaccine: 'field.vaccine',
  result: 'field.result',
  normalLow: 'field.normalLow',
  normalHigh: 'field.normalHigh',
  setting: 'field.setting',
  happenedOn: 'field.happenedOn',
  endedOn: 'field.endedOn',
  implantedOn: 'field.implantedOn',
  removedOn: 'field.removedOn',
  doseNumber: 'field.doseNumber',
  lot: 'entry.lot',
  maker: 'field.maker',
  model: 'field.model',
  serial: 'field.serial',
  udi: 'field.udi',
  bodySite: 'field.bodySite',
  doneBy: 'field.doneBy',
  withWhom: 'field.withWhom',
  place: 'field.place',
  lab: 'field.lab',
  keptAt: 'field.keptAt',
  contact: 'field.contact',
  reactedWith: 'field.reactedWith',
  said: 'field.said',
  bring: 'field.bring',
  takenAt: 'field.takenAt',
  doneAt: 'field.doneAt',
  writtenAt: 'field.writtenAt',
  answeredAt: 'field.answeredAt',
  answers: 'quest.answers',
  arm: 'form.arm',
  posture: 'form.posture',
  medicine: 'form.medicineTime',
  note: 'form.note',
} as const satisfies Record<FieldName, PlainKey>

/** What a field is called in one kind, where another name says it better. */
const LABELS_OF_KIND: Readonly<Record<string, PlainKey>> = {
  'goal.measure': 'form.goal.measure',
  'procedure.name': 'field.procedureName',
  'device.name': 'field.deviceName',
  'visit.name': 'field.visitName',
  'appointment.name': 'field.appointmentName',
  'task.title': 'field.taskName',
  'lab-result.name': 'field.testName',
  'directive.name': 'field.directiveName',
  'functional-status.name': 'field.functionName',
  'social-history.name': 'field.functionName',
}

const CHOICES: Readonly<Record<string, PlainKey>> = {
  'setting.practice': 'setting.practice',
  'setting.hospital': 'setting.hospital',
  'setting.emergency': 'setting.emergency',
  'setting.remote': 'setting.remote',
  'setting.home': 'setting.home',
  'deceased.no': 'deceased.no',
  'deceased.yes': 'deceased.yes',
  'isEmergency.yes': 'isEmergency.yes',
  'nowOrPast.now': 'nowOrPast.now',
  'nowOrPast.past': 'nowOrPast.past',
  'nowOrPast.never': 'nowOrPast.never',
  'topic.tobacco': 'topic.tobacco',
  'topic.alcohol': 'topic.alcohol',
  'topic.drugs': 'topic.drugs',
  'topic.work': 'topic.work',
  'topic.home': 'topic.home',
  'topic.exercise': 'topic.exercise',
  'topic.food': 'topic.food',
  'topic.other': 'topic.other',
  'topic.now': 'topic.now',
  'topic.births': 'topic.births',
  'topic.births-live': 'topic.births-live',
  'topic.births-term': 'topic.births-term',
  'topic.births-preterm': 'topic.births-preterm',
  'topic.births-living': 'topic.births-living',
  'topic.losses': 'topic.losses',
  'topic.miscarriages': 'topic.miscarriages',
  'topic.abortions': 'topic.abortions',
  'topic.ectopic': 'topic.ectopic',
  'pregnant.yes': 'pregnant.yes',
  'pregnant.no': 'pregnant.no',
  'pregnant.unknown': 'pregnant.unknown',
  'severity.mild': 'form.allergy.mild',
  'severity.moderate': 'form.allergy.moderate',
  'severity.severe': 'form.allergy.severe',
  'clinicalStatus.active': 'form.condition.active',
  'clinicalStatus.remission': 'form.condition.remission',
  'clinicalStatus.resolved': 'form.condition.resolved',
  'status.taking': 'form.medicine.taking',
  'status.stopped': 'form.medicine.stopped',
  'status.active': 'status.active',
  'status.ended': 'status.past',
  'status.booked': 'status.planned',
  'status.cancelled': 'status.cancelled',
  'context.fasting': 'context.fasting',
  'context.before-meal': 'context.before-meal',
  'context.after-meal': 'context.after-meal',
  'context.bedtime': 'context.bedtime',
  'medicine.before': 'form.medicineTime.before',
  'medicine.after': 'form.medicineTime.after',
  'state.taken': 'dose.taken',
  'state.skipped': 'dose.skipped',
  'change.fetched': 'stock.fetched',
  'change.counted': 'stock.counted',
  'change.spoilt': 'stock.spoilt',
  'arm.left': 'form.arm.left',
  'arm.right': 'form.arm.right',
  'posture.sitting': 'form.posture.sitting',
  'posture.standing': 'form.posture.standing',
  'posture.lying': 'form.posture.lying',
}

const isFieldName = (field: string): field is FieldName => Object.hasOwn(LABELS, field)

export function fieldLabel(field: string, kind?: FieldKind): string {
  if (field === 'about') return t('papers.about')
  const own = LABELS_OF_KIND[`${kind}.${field}`]
  if (own !== undefined) return t(own)
  return isFieldName(field) ? t(LABELS[field]) : field
}

/** A field's value in the reader's words and units. */
export function fieldValue(field: string, value: FieldValue, units: Units): string {
  if (value === null || value === '') return t('conflict.nothing')
  const choice = CHOICES[`${field}.${value}`]
  if (choice !== undefined) return t(choice)
  switch (field) {
    case 'takenAt':
    case 'startsAt':
    case 'doneAt':
    case 'happenedAt':
    case 'due':
    case 'writtenAt':
    case 'answeredAt':
    case 'date':
    case 'since':
    case 'until':
    case 'happenedOn':
    case 'endedOn':
    case 'implantedOn':
    case 'removedOn':
    case 'dueOn':
      return formatWhen({ text: String(value) }, language(), 'long')
    case 'systolicMmHg':
    case 'diastolicMmHg':
      return formatQuantity({ value: Number(value), unit: 'mm[Hg]', isUcum: true }, units, language())
    case 'answers':
      return answersWords(String(value))
    case 'schedule':
      return scheduleValue(String(value))
    case 'rhythm':
      return rhythmValue(String(value))
    case 'minutes':
      return t('appointment.lasts', { count: Number(value) })
    case 'amount':
    case 'normalLow':
    case 'normalHigh':
    case 'onsetAge':
    case 'deathAge':
    case 'doseNumber':
    case 'count':
      return formatNumber(Number(value), 4)
    case 'pulsePerMinute':
      return t('unit.pulse', { value: Number(value) })
    case 'without':
      return formatList(listOf(String(value)).map(page => formatNumber(Number(page) + 1)))
    case 'about':
      return t('papers.aboutCount', { count: listOf(String(value)).length })
    case 'measure':
      return isTracked(String(value)) ? trackedName(value as TrackedMeasure) : String(value)
    case 'unit':
      return formatUnit(String(value))
    case 'weightKg':
      return formatQuantity({ value: Number(value), unit: 'kg', isUcum: true }, units, language(), 'exact')
    default:
      return String(value)
  }
}

/** In words, else as it was written. */
function scheduleValue(text: string): string {
  const schedule = readSchedule(text)
  return schedule.ok ? scheduleWords(schedule.value) : text
}

function rhythmValue(text: string): string {
  const rhythm = readRhythm(text)
  return rhythm === undefined ? text : rhythmWords(rhythm)
}

export interface FieldRow {
  readonly label: string
  readonly value: string
}

/** A number is told with its unit, a band as one, and answers on a card of their own. */
function toldTogether(fields: EntryFields, reader: ReaderUnits): Readonly<Record<string, string | number>> {
  if (fields.kind === 'measure') {
    const { value, unit = '', measure: _, unit: __, name, ...rest } = fields
    const isUcum = fields.measure !== 'own'
    const codes = codesOfMeasure(fields.measure, unit)
    const quantity = inLabUnits({ value, unit, isUcum }, codes, reader.labUnits)
    return {
      ...rest,
      measure: name ?? fields.measure,
      value: formatQuantity(quantity, reader.units, language(), 'exact'),
    }
  }
  if (fields.kind === 'lab-result') {
    const { unit, result, ...rest } = fields
    return { ...rest, result: unit === undefined ? result : `${result} ${formatUnit(unit)}` }
  }
  // What was chosen is said in words as well, as it was called then.
  if (fields.kind === 'social-history' || fields.kind === 'pregnancy') return withoutTwice(fields)
  if (fields.kind === 'answers') {
    const { answers: _, title: __, ...rest } = fields
    return rest
  }
  if (fields.kind !== 'goal') return { ...fields }
  const { unit: _, low: __, high: ___, secondLow: ____, secondHigh: _____, name, measure, ...rest } = fields
  return { ...rest, measure: name ?? measure, value: bandWords(targetOf(fields), reader) }
}

function withoutTwice({
  name,
  words,
  ...rest
}: DescribedFieldsOf<'social-history'> | DescribedFieldsOf<'pregnancy'>): Readonly<Record<string, string | number>> {
  if (rest.kind === 'pregnancy') return rest
  const { topic, ...others } = rest
  return { ...others, ...(topic === 'other' ? { name } : { topic }), ...(words === undefined ? {} : { words }) }
}

/** What was typed, as rows to read; what was left empty is left out. */
export function fieldRows(fields: EntryFields, reader: ReaderUnits): readonly FieldRow[] {
  const values = new Map<string, FieldValue>(Object.entries(toldTogether(fields, reader)))
  return Object.keys(LABELS).flatMap(field => {
    const value = values.get(field)
    return value === undefined
      ? []
      : [{ label: fieldLabel(field, fields.kind), value: fieldValue(field, value, reader.units) }]
  })
}
