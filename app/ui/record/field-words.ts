import { listOf } from '#schema/record/document.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { formatNumber } from '../language/format.ts'
import { language, type PlainKey, t } from '../language/language.ts'
import { formatQuantity } from './format-value.ts'
import { formatWhen } from './format-when.ts'
import type { Units } from './units.ts'

/** `about` is for the page that a note was written on, and in a document names entries, which stand on its page. */
type FieldName = { [Kind in EntryFields as Kind['kind']]: Exclude<keyof Kind, 'kind' | 'about'> }[EntryFields['kind']]
export type FieldValue = string | number | null

/** Every field there is, in the order in which people read them. */
const LABELS = {
  title: 'form.note.title',
  date: 'paper.date',
  from: 'paper.from',
  without: 'field.without',
  text: 'form.note.text',
  name: 'field.name',
  substance: 'field.substance',
  reaction: 'field.reaction',
  severity: 'field.severity',
  systolicMmHg: 'form.systolic',
  diastolicMmHg: 'form.diastolic',
  pulsePerMinute: 'form.pulse',
  weightKg: 'form.weight',
  directions: 'field.directions',
  reason: 'field.reason',
  clinicalStatus: 'field.status',
  status: 'field.status',
  since: 'form.since',
  until: 'form.until',
  takenAt: 'field.takenAt',
  writtenAt: 'field.writtenAt',
  arm: 'form.arm',
  posture: 'form.posture',
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
    case 'writtenAt':
    case 'date':
    case 'since':
    case 'until':
      return formatWhen({ text: String(value) }, language(), 'long')
    case 'systolicMmHg':
    case 'diastolicMmHg':
      return formatQuantity({ value: Number(value), unit: 'mm[Hg]', isUcum: true }, units, language())
    case 'pulsePerMinute':
      return t('unit.pulse', { value: Number(value) })
    case 'without':
      return listOf(String(value))
        .map(page => formatNumber(Number(page) + 1))
        .join(', ')
    case 'about':
      return t('papers.aboutCount', { count: listOf(String(value)).length })
    case 'weightKg':
      return formatQuantity({ value: Number(value), unit: 'kg', isUcum: true }, units, language(), 'exact')
    default:
      return String(value)
  }
}

export interface FieldRow {
  readonly label: string
  readonly value: string
}

/** What was typed, as rows to read; what was left empty is left out. */
export function fieldRows(fields: EntryFields, units: Units): readonly FieldRow[] {
  const values = new Map<string, FieldValue>(Object.entries(fields))
  return Object.keys(LABELS).flatMap(field => {
    const value = values.get(field)
    return value === undefined ? [] : [{ label: fieldLabel(field), value: fieldValue(field, value, units) }]
  })
}
