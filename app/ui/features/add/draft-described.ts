import { DESCRIBED, type DescribedFields, type DescribedKind, parseDescribed } from '#schema/record/described/kinds.ts'
import type { FieldSpec } from '#schema/record/described/field-spec.ts'
import type { Checked, FieldError, FieldErrors, Question } from '../../record/entry-draft.ts'
import { type DateDraft, draftOfDate, parseDateDraft } from '../../record/fhir-date.ts'
import { asciiDigits } from '../../record/typed-number.ts'

/** As typed; a date in its parts. */
export type DescribedDraft = Readonly<Record<string, string | DateDraft>>

const specsOf = (kind: DescribedKind): readonly (readonly [string, FieldSpec])[] =>
  Object.entries<FieldSpec>(DESCRIBED[kind])

export function draftOfDescribed(kind: DescribedKind, fields?: DescribedFields): DescribedDraft {
  const typed = new Map<string, string | number>(Object.entries(fields ?? {}))
  return Object.fromEntries(
    specsOf(kind).map(([field, spec]) => {
      const text = String(typed.get(field) ?? '')
      return [field, spec.type === 'date' ? draftOfDate(text) : text]
    }),
  )
}

export const textIn = (draft: DescribedDraft, field: string): string => {
  const value = draft[field]
  return typeof value === 'string' ? value : ''
}

export const dateIn = (draft: DescribedDraft, field: string): DateDraft => {
  const value = draft[field]
  return typeof value === 'object' ? value : draftOfDate(undefined)
}

/** What is asked depends on what was said: no age at death of the living, no due date without a pregnancy. */
export function isAsked(kind: DescribedKind, field: string, draft: DescribedDraft): boolean {
  switch (`${kind}.${field}`) {
    case 'family-member.deathAge':
      return draft['deceased'] === 'yes'
    case 'social-history.name':
      return draft['topic'] === 'other'
    case 'pregnancy.name':
    case 'pregnancy.words':
      return false
    case 'pregnancy.pregnant':
      return draft['topic'] === 'now'
    case 'pregnancy.dueOn':
      return draft['topic'] === 'now' && draft['pregnant'] === 'yes'
    case 'pregnancy.count':
      return draft['topic'] !== '' && draft['topic'] !== 'now'
    default:
      return true
  }
}

/** Words that a choice stands for, in the reader's language. */
export type ChoiceWords = (field: string, value: string) => string

/** What a choice is called is kept with it: the row is called so, in whatever language it is read. */
function withNames(kind: DescribedKind, draft: DescribedDraft, wordsFor: ChoiceWords): DescribedDraft {
  const topic = textIn(draft, 'topic')
  if (kind === 'social-history') {
    return topic === '' || topic === 'other' ? draft : { ...draft, name: wordsFor('topic', topic) }
  }
  if (kind !== 'pregnancy' || topic === '') return draft
  const pregnant = topic === 'now' ? textIn(draft, 'pregnant') : ''
  return {
    ...draft,
    name: wordsFor('topic', topic),
    words: pregnant === '' ? '' : wordsFor('pregnant', pregnant),
  }
}

/** A number with a point, whatever digits and decimal sign it was typed with; undefined for anything else. */
function typedNumber(text: string): number | undefined {
  const plain = asciiDigits(text)
    .trim()
    .replace(/^[−–]/, '-')
    .replace(/[٫，,]/, '.')
  return /^-?\d{1,9}(?:\.\d{0,6})?$/.test(plain) ? Number(plain) : undefined
}

/** A number before it is kept: with ASCII digits and a point. Words as they are. */
function typedResult(text: string): string {
  const plain = asciiDigits(text).trim()
  return /^(?:<=|>=|[<>≤≥])?\s*-?\d+[٫，,.]?\d*$/.test(plain) ? plain.replace(/[٫，,]/, '.') : text
}

interface Context {
  readonly kind: DescribedKind
  /** What was saved before: a date keeps its time of day while nobody changes it. */
  readonly before?: DescribedFields | undefined
  readonly wordsFor: ChoiceWords
  /** `2026-11-27` by the reader's clock. */
  readonly today: string
}

export function checkDescribed(draft: DescribedDraft, context: Context): Checked<string> {
  const { kind, before, wordsFor, today } = context
  const errors: FieldErrors<string> = {}
  const named = withNames(kind, draft, wordsFor)
  const values: Record<string, string | number> = { kind }
  for (const [field, spec] of specsOf(kind)) {
    if (!isAsked(kind, field, draft) && !isNamedHere(kind, field)) continue
    const value = valueOf(kind, field, spec, named, before)
    if ('error' in value) errors[field] = value.error
    else if (value.value !== undefined) values[field] = value.value
    else if (spec.isRequired) errors[field] = 'required'
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const parsed = parseDescribed(kind, values)
  if (!parsed.ok) return { ok: false, errors: { [parsed.failure.field]: brokenRule(parsed.failure.field, values) } }
  return { ok: true, entries: [parsed.value as DescribedFields], questions: questionsOn(values, today) }
}

const isNamedHere = (kind: DescribedKind, field: string) =>
  (kind === 'social-history' && field === 'name') || (kind === 'pregnancy' && (field === 'name' || field === 'words'))

type Value = { readonly value: string | number | undefined } | { readonly error: FieldError }

function valueOf(
  kind: DescribedKind,
  field: string,
  spec: FieldSpec,
  draft: DescribedDraft,
  before: DescribedFields | undefined,
): Value {
  if (spec.type === 'date') {
    const { ok, text } = parseDateDraft(dateIn(draft, field))
    const written = new Map<string, unknown>(Object.entries(before ?? {})).get(field)
    const isSame = typeof written === 'string' && parseDateDraft(draftOfDate(written)).text === text
    return ok ? { value: isSame ? written : text } : { error: 'bad-date' }
  }
  const text = textIn(draft, field).trim()
  if (text === '') return { value: undefined }
  if (spec.type !== 'number') return { value: kind === 'lab-result' && field === 'result' ? typedResult(text) : text }
  const value = typedNumber(text)
  if (value === undefined) return { error: 'not-a-number' }
  return value < spec.min || value > spec.max ? { error: 'out-of-range' } : { value }
}

function brokenRule(field: string, values: Readonly<Record<string, string | number>>): FieldError {
  if (field === 'normalHigh') return 'normal-crossed'
  if (field === 'deathAge') return 'death-before-onset'
  if (values[field] === undefined) return 'required'
  return field === 'count' || field === 'doseNumber' ? 'whole-number' : 'ends-before-it-begins'
}

/** What has happened lies behind us; an appointment is no visit yet. */
function questionsOn(values: Readonly<Record<string, string | number>>, today: string): readonly Question[] {
  const isAhead = ['happenedOn', 'implantedOn', 'removedOn'].some(field => {
    const text = String(values[field] ?? '')
    return text !== '' && text.slice(0, today.length) > today.slice(0, text.length)
  })
  return isAhead ? ['in-the-future'] : []
}
