import type { EntryKind, EntrySummary } from '#schema/record/entry.ts'
import type { SameWhy } from '../twice-session.ts'
import { fold } from './row.ts'

/** What an entry is known by: all entries of one key may be the same thing. */
export interface Likeness {
  readonly key: string
  readonly why: SameWhy
  /** Called alike, whatever their codes. */
  readonly isByName: boolean
}

/** What an entry says of itself by which it may be the same as one of another source. Empty for what did not happen or is to come. */
export function likenessesOf(summary: EntrySummary): readonly Likeness[] {
  if (summary.status === 'mistaken' || summary.status === 'planned' || summary.isNegated === true) return []
  return RULES[summary.kind]?.(summary) ?? []
}

type Rule = (summary: EntrySummary) => readonly Likeness[]

const reading =
  (why: SameWhy, ...names: readonly Naming[]): Rule =>
  summary => {
    const value = valueOf(summary)
    return value === undefined ? [] : momentsOf(summary).flatMap(moment => likeIn(summary, names, why, moment, value))
  }

const onOneDay =
  (why: SameWhy, ...names: readonly Naming[]): Rule =>
  summary =>
    momentsOf(summary).flatMap(moment => likeIn(summary, names, why, moment))

type Naming = (summary: EntrySummary) => { readonly names: readonly string[]; readonly isByName: boolean }

const codes: Naming = summary => ({ names: codesOf(summary), isByName: false })

/** What people type has no code. */
const title: Naming = ({ title: words }) => {
  const name = fold(words).trim().replaceAll(/\s+/g, ' ')
  return { names: name === '' ? [] : [`:${name}`], isByName: true }
}

/** Its kind says what is measured: sources code a weight in several ways. */
const kind: Naming = () => ({ names: [''], isByName: false })

function likeIn(
  summary: EntrySummary,
  names: readonly Naming[],
  why: SameWhy,
  ...also: readonly string[]
): readonly Likeness[] {
  return names.flatMap(naming => {
    const found = naming(summary)
    return found.names.map(name => ({
      why,
      isByName: found.isByName,
      key: JSON.stringify([summary.kind, why, name, ...also]),
    }))
  })
}

const byKind = reading('reading', kind)

/** By kind of entry. What is told here of no kind is never proposed. */
const RULES: Readonly<Partial<Record<EntryKind, Rule>>> = {
  immunization: onOneDay('vaccine-and-day', codes),
  'lab-result': reading('test-day-and-value', codes, title),
  'blood-pressure': byKind,
  weight: byKind,
  height: byKind,
  'vital-sign': reading('reading', codes, title),
  procedure: onOneDay('procedure-and-day', codes, title),
  visit: onOneDay('visit', codes, title),
  report: onOneDay('title-and-day', codes, title),
  document: summary => [...sameFile(summary), ...onOneDay('title-and-day', title)(summary)],
  allergy: summary => likeIn(summary, [codes, title], 'allergy', summary.status),
  condition: summary => (summary.status === 'active' ? likeIn(summary, [codes, title], 'condition') : []),
  medicine: summary =>
    summary.status === 'active'
      ? likeIn(summary, [codes, title], 'medicine-taken')
      : onOneDay('medicine-begun', codes, title)(summary),
}

function sameFile({ particulars }: EntrySummary): readonly Likeness[] {
  const files = particulars?.file?.toSorted()
  return files === undefined ? [] : [{ why: 'file', isByName: false, key: JSON.stringify(['file', ...files]) }]
}

function codesOf(summary: EntrySummary): readonly string[] {
  const known = summary.codes.flatMap(({ system, code }) =>
    system === undefined || code === undefined ? [] : `${system}|${code}`,
  )
  return [...new Set(known)]
}

/** Its day as written and, where an hour is said, the instant: near midnight two zones name two days. None where only a month is known. */
function momentsOf({ when }: EntrySummary): readonly string[] {
  if (when === undefined || when.text.length < 10) return []
  const day = when.text.slice(0, 10)
  return when.text.length > 10 ? [day, String(when.sortAt)] : [day]
}

function valueOf({ value }: EntrySummary): string | undefined {
  if (value === undefined) return undefined
  if (value.type === 'text') return fold(value.text)
  if (value.type === 'blood-pressure') return `${value.systolicMmHg}/${value.diastolicMmHg}`
  const { comparator = '', value: number, unit } = value.quantity
  return `${comparator}${number} ${unit}`
}
