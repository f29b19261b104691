import { readSchedule } from '#schema/medicines/schedule.ts'
import { listOf } from '#schema/record/document.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { targetOf } from '#schema/record/goal.ts'
import { isTracked, type TrackedMeasure } from '#schema/record/tracked.ts'
import { formatNumber } from '../language/format.ts'
import { language, type PlainKey, t } from '../language/language.ts'
import { formatQuantity, formatUnit } from './format-value.ts'
import { formatWhen } from './format-when.ts'
import { bandWords, codesOfMeasure, trackedName } from './measure-words.ts'
import { inLabUnits, type ReaderUnits, type Units } from './units.ts'
import { scheduleWords } from './medicines/schedule-words.ts'

/** `about` is for the page that a note was written on, and in a document names entries, which stand on its page; a medicine is named by words. */
type FieldName = {
  [Kind in EntryFields as Kind['kind']]: Exclude<keyof Kind, 'kind' | 'about' | 'medicineId'>
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
  takenAt: 'field.takenAt',
  writtenAt: 'field.writtenAt',
  arm: 'form.arm',
  posture: 'form.posture',
  medicine: 'form.medicineTime',
  note: 'form.note',
} as const satisfies Record<FieldName, PlainKey>

const CHOICES: Readonly<Record<string, PlainKey>> = {
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

export function fieldLabel(field: string): string {
  if (field === 'about') return t('papers.about')
  return isFieldName(field) ? t(LABELS[field]) : field
}

/** A field's value in the reader's words and units. */
export function fieldValue(field: string, value: FieldValue, units: Units): string {
  if (value === null || value === '') return t('conflict.nothing')
  const choice = CHOICES[`${field}.${value}`]
  if (choice !== undefined) return t(choice)
  switch (field) {
    case 'takenAt':
    case 'happenedAt':
    case 'due':
    case 'writtenAt':
    case 'date':
    case 'since':
    case 'until':
      return formatWhen({ text: String(value) }, language(), 'long')
    case 'systolicMmHg':
    case 'diastolicMmHg':
      return formatQuantity({ value: Number(value), unit: 'mm[Hg]', isUcum: true }, units, language())
    case 'schedule':
      return scheduleValue(String(value))
    case 'amount':
      return formatNumber(Number(value), 4)
    case 'pulsePerMinute':
      return t('unit.pulse', { value: Number(value) })
    case 'without':
      return listOf(String(value))
        .map(page => formatNumber(Number(page) + 1))
        .join(', ')
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

export interface FieldRow {
  readonly label: string
  readonly value: string
}

/** A number is told with its unit, and a band as one. */
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
  if (fields.kind !== 'goal') return { ...fields }
  const { unit: _, low: __, high: ___, secondLow: ____, secondHigh: _____, name, measure, ...rest } = fields
  return { ...rest, measure: name ?? measure, value: bandWords(targetOf(fields), reader) }
}

/** What was typed, as rows to read; what was left empty is left out. */
export function fieldRows(fields: EntryFields, reader: ReaderUnits): readonly FieldRow[] {
  const values = new Map<string, FieldValue>(Object.entries(toldTogether(fields, reader)))
  return Object.keys(LABELS).flatMap(field => {
    const value = values.get(field)
    return value === undefined ? [] : [{ label: fieldLabel(field), value: fieldValue(field, value, reader.units) }]
  })
}
