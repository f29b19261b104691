import { ok, type Result } from '../../result.ts'
import type { InvalidField } from '../field-reader.ts'
import { endsBefore } from '../when.ts'
import {
  badField,
  choice,
  date,
  type FieldsOf,
  type KindSpec,
  line,
  name,
  number,
  readDescribed,
  required,
  words,
} from './field-spec.ts'
import { resultText } from './result-text.ts'

/** What a way of living is about; the first two have a LOINC code that the IPS names. */
export const WAYS = ['tobacco', 'alcohol', 'drugs', 'work', 'home', 'exercise', 'food', 'other'] as const

/** Of a pregnancy: how it is now, and the counts of past ones, as the IPS has them. */
export const PREGNANCY_COUNTS = [
  'births',
  'births-live',
  'births-term',
  'births-preterm',
  'births-living',
  'losses',
  'miscarriages',
  'abortions',
  'ectopic',
] as const

/** An age in years, and how often somebody was pregnant: nobody comes near. */
const AGE = number(0, 130)
const COUNT = number(0, 40)
/** Of a laboratory's range. */
const MOST = 1e9

/** The kinds whose form, checks and pages follow from this table; `name`, `vaccine`, `relative` and `insurer` are what an entry is called by. */
export const DESCRIBED = {
  immunization: {
    vaccine: name,
    happenedOn: date,
    /** The first, second or third of a series. */
    doseNumber: number(1, 99),
    lot: line,
    doneBy: line,
    place: line,
    reactedWith: line,
    note: words,
  },
  procedure: { name, happenedOn: date, reason: line, bodySite: line, doneBy: line, place: line, note: words },
  device: {
    name,
    maker: line,
    model: line,
    serial: line,
    udi: line,
    bodySite: line,
    implantedOn: date,
    removedOn: date,
    note: words,
  },
  visit: {
    name,
    setting: required(choice('practice', 'hospital', 'emergency', 'remote', 'home')),
    happenedOn: date,
    endedOn: date,
    withWhom: line,
    place: line,
    reason: line,
    said: words,
  },
  /** `result` is a number with or without `<`, `<=`, `>`, `>=` before it, else words. */
  'lab-result': {
    name,
    result: name,
    unit: line,
    normalLow: number(-MOST, MOST),
    normalHigh: number(-MOST, MOST),
    happenedOn: required(date),
    lab: line,
    note: words,
  },
  'family-member': {
    relative: name,
    illness: line,
    onsetAge: AGE,
    deceased: choice('no', 'yes'),
    deathAge: AGE,
    note: words,
  },
  /** `name` says in words what `topic` is about, as it was called when it was typed. */
  'social-history': {
    topic: required(choice(...WAYS)),
    name,
    words: required(words),
    nowOrPast: choice('now', 'past', 'never'),
    happenedOn: date,
  },
  'care-team-member': {
    name,
    role: line,
    organisation: line,
    phone: line,
    email: line,
    isEmergency: choice('yes'),
    note: words,
  },
  coverage: {
    insurer: name,
    plan: line,
    memberId: line,
    groupId: line,
    phone: line,
    since: date,
    until: date,
    note: words,
  },
  directive: { name, words: required(words), keptAt: line, contact: line, happenedOn: date },
  /** `pregnant` and `dueOn` of `now`, `count` of all others; `name` and `words` say in words what the choices say. */
  pregnancy: {
    topic: required(choice('now', ...PREGNANCY_COUNTS)),
    name,
    pregnant: choice('yes', 'no', 'unknown'),
    words: line,
    dueOn: date,
    count: COUNT,
    happenedOn: date,
    note: words,
  },
  'functional-status': { name, words: required(words), happenedOn: date, note: words },
} as const satisfies Readonly<Record<string, KindSpec>>

export type DescribedKind = keyof typeof DESCRIBED
export type DescribedFieldsOf<Kind extends DescribedKind> = FieldsOf<Kind, (typeof DESCRIBED)[Kind]>
export type DescribedFields = { [Kind in DescribedKind]: DescribedFieldsOf<Kind> }[DescribedKind]

export const DESCRIBED_KINDS = Object.keys(DESCRIBED) as readonly DescribedKind[]

export const isDescribedKind = (kind: string): kind is DescribedKind => Object.hasOwn(DESCRIBED, kind)

export const isDescribed = (fields: { readonly kind: string }): fields is DescribedFields =>
  isDescribedKind(fields.kind)

/** What a table cannot say; each names a field that may be left out. */
const RULES: { readonly [Kind in DescribedKind]?: (fields: DescribedFieldsOf<Kind>) => string | undefined } = {
  immunization: ({ doseNumber }) =>
    doseNumber === undefined || Number.isInteger(doseNumber) ? undefined : 'doseNumber',
  device: fields => (endsBefore(fields.implantedOn, fields.removedOn) ? 'removedOn' : undefined),
  visit: fields => (endsBefore(fields.happenedOn, fields.endedOn) ? 'endedOn' : undefined),
  coverage: fields => (endsBefore(fields.since, fields.until) ? 'until' : undefined),
  'lab-result': ({ normalLow, normalHigh }) =>
    normalLow !== undefined && normalHigh !== undefined && normalLow > normalHigh ? 'normalHigh' : undefined,
  'family-member': ({ illness, onsetAge, deceased, deathAge }) => {
    if (onsetAge !== undefined && illness === undefined) return 'onsetAge'
    if (deathAge === undefined) return undefined
    return deceased !== 'yes' || (onsetAge !== undefined && onsetAge > deathAge) ? 'deathAge' : undefined
  },
  pregnancy: ({ topic, pregnant, words: said, dueOn, count }) => {
    if (topic !== 'now') return ruleOfCount(pregnant, said, dueOn, count)
    if (count !== undefined) return 'count'
    if (pregnant === undefined) return 'pregnant'
    return dueOn !== undefined && pregnant !== 'yes' ? 'dueOn' : undefined
  },
}

function ruleOfCount(
  pregnant: string | undefined,
  said: string | undefined,
  dueOn: string | undefined,
  count: number | undefined,
): string | undefined {
  if (pregnant !== undefined) return 'pregnant'
  if (said !== undefined) return 'words'
  if (dueOn !== undefined) return 'dueOn'
  return count === undefined || !Number.isInteger(count) ? 'count' : undefined
}

export function parseDescribed<Kind extends DescribedKind>(
  kind: Kind,
  value: unknown,
): Result<DescribedFieldsOf<Kind>, InvalidField> {
  const read = readDescribed(kind, DESCRIBED[kind], value)
  if (!read.ok) return read
  // The table says which fields there are and of which type: TypeScript can't follow it through the loop.
  const fields = (kind === 'lab-result'
    ? withPlainResult(read.value)
    : read.value) as unknown as DescribedFieldsOf<Kind>
  const broken = RULES[kind]?.(fields)
  return broken === undefined ? ok(fields) : badField(broken)
}

/** One form for a number, however it was typed: a value that comes back from a file is the same. */
const withPlainResult = (fields: Readonly<Record<string, string | number>>) => ({
  ...fields,
  result: resultText(String(fields['result'])),
})
