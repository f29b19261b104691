import type { EntryKind, EntrySummary, EntryValue } from '#schema/record/entry.ts'
import type { EntryFacts } from './entry-facts.ts'
import { filled, type Negation, type OutWords } from './out-words.ts'

/** What can stand in a table of entries. */
export const COLUMNS = [
  'what',
  'systolic',
  'diastolic',
  'pulse',
  'value',
  'unit',
  'range',
  'flag',
  'reaction',
  'severity',
  'directions',
  'reason',
  'when',
  'until',
  'status',
  'arm',
  'posture',
  'note',
  'codes',
  'section',
  'kind',
  'source',
] as const
export type Column = (typeof COLUMNS)[number]

const NEGATIONS: Partial<Record<EntryKind, Negation>> = {
  condition: 'ruledOut',
  allergy: 'ruledOut',
  medicine: 'notTaken',
  dose: 'notTaken',
  immunization: 'notGiven',
}

/** The record's own words, else the kind's name; what did not happen or is not so begins with that. */
export function titleWords(summary: EntrySummary, words: OutWords): string {
  const title = summary.title === '' ? words.kinds[summary.kind] : summary.title
  return summary.isNegated ? filled(words.negations[NEGATIONS[summary.kind] ?? 'notDone'], { title }) : title
}

export function sourceWords({ source }: EntrySummary, words: OutWords): string {
  if (source.type === 'self') {
    const name = source.by === undefined || source.by.type === 'you' ? '' : source.by.name
    return name === '' ? words.patientSaid : `${words.patientSaid} (${name})`
  }
  return source.author ?? filled(words.fromFile, { file: source.fileName })
}

const SIGNS = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const

function amountOf(value: EntryValue | undefined): string {
  if (value?.type === 'text') return value.text
  if (value?.type !== 'quantity') return ''
  const { comparator, value: amount } = value.quantity
  return `${comparator === undefined ? '' : `${SIGNS[comparator]} `}${amount}`
}

const pressure = (value: EntryValue | undefined, part: 'systolicMmHg' | 'diastolicMmHg' | 'pulsePerMinute') =>
  value?.type === 'blood-pressure' ? String(value[part] ?? '') : ''

/** What an allergy's, a medicine's or a note's value says stands in columns of its own. */
function valueCell(facts: EntryFacts): string {
  const { value, kind } = facts.summary
  if (kind === 'note') return ''
  if (value?.type === 'blood-pressure') return `${value.systolicMmHg}/${value.diastolicMmHg}`
  const amount = amountOf(value)
  return amount === facts.reaction || amount === facts.directions || amount === facts.severity ? '' : amount
}

function unitCell({ summary: { value } }: EntryFacts): string {
  if (value?.type === 'blood-pressure') return 'mm[Hg]'
  return value?.type === 'quantity' ? value.quantity.unit : ''
}

const CELLS: Readonly<Record<Column, (facts: EntryFacts, words: OutWords) => string>> = {
  what: ({ summary }, words) => titleWords(summary, words),
  systolic: ({ summary }) => pressure(summary.value, 'systolicMmHg'),
  diastolic: ({ summary }) => pressure(summary.value, 'diastolicMmHg'),
  pulse: ({ summary }) => pressure(summary.value, 'pulsePerMinute'),
  value: valueCell,
  unit: unitCell,
  range: facts => facts.range ?? '',
  flag: ({ summary: { flag } }, words) => (flag === undefined ? '' : words.flags[flag]),
  reaction: facts => facts.reaction ?? '',
  severity: ({ severity }, words) => severityWords(severity, words),
  directions: facts => facts.directions ?? '',
  reason: facts => facts.reason ?? '',
  when: ({ summary }) => summary.when?.text ?? '',
  until: facts => facts.until ?? '',
  status: ({ summary }, words) => words.statuses[summary.status],
  arm: ({ arm }, words) => (arm === undefined ? '' : words.arms[arm]),
  posture: ({ posture }, words) => (posture === undefined ? '' : words.postures[posture]),
  note: facts => facts.note ?? '',
  codes: ({ summary }) => summary.codes.map(({ system, code }) => `${system ?? ''}|${code ?? ''}`).join(' '),
  section: ({ summary }, words) => words.sections[summary.section],
  kind: ({ summary }, words) => words.kinds[summary.kind],
  source: ({ summary }, words) => sourceWords(summary, words),
}

function severityWords(severity: string | undefined, words: OutWords): string {
  if (severity === 'mild' || severity === 'moderate' || severity === 'severe') return words.severities[severity]
  return severity ?? ''
}

/** What stands in a column; empty where the entry says nothing of it. Units are UCUM codes, dates FHIR's, as written. */
export function cellOf(column: Column, facts: EntryFacts, words: OutWords): string {
  return CELLS[column](facts, words)
}
