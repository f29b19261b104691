import { namedIn } from '#schema/named-in.ts'
import type { EntryKind, EntrySummary, EntryValue } from '#schema/record/entry.ts'
import { fold } from './row.ts'

/**
 * Whether two entries that are called alike say of themselves that they are two things: another lot, specimen, place, strength or dose.
 * Only where both say it; what one says less exactly is no difference. No knowledge of medicine.
 */
export function isToldApart(one: EntrySummary, other: EntrySummary): boolean {
  const [a, b] = [one.particulars ?? {}, other.particulars ?? {}]
  return (
    areDisjoint(lotsIn(a.lot), lotsIn(b.lot)) ||
    isElsewhere(a.specimen, b.specimen) ||
    isElsewhere(a.site, b.site) ||
    areDisjoint(endsIn(a.until, b.until), endsIn(b.until, a.until)) ||
    isOtherPulse(one.value, other.value) ||
    (one.kind === 'medicine' && isOtherMeasure(one, other))
  )
}

/** Kinds whose name alone has always sufficed: one medicine is coded by brand here and by substance there. */
const NAMED_ALIKE: ReadonlySet<EntryKind> = new Set(['allergy', 'medicine'])

/** Whether both are coded in one system and have no code of it in common: two things of one name. */
export function areCodedApart(one: EntrySummary, other: EntrySummary): boolean {
  if (NAMED_ALIKE.has(one.kind)) return false
  const shared = one.codes.filter(({ system }) =>
    other.codes.some(each => system !== undefined && each.system === system),
  )
  return (
    shared.length > 0 &&
    !shared.some(({ system, code }) => other.codes.some(each => each.system === system && each.code === code))
  )
}

function isOtherPulse(one: EntryValue | undefined, other: EntryValue | undefined): boolean {
  if (one?.type !== 'blood-pressure' || other?.type !== 'blood-pressure') return false
  const [pulse, another] = [one.pulsePerMinute, other.pulsePerMinute]
  return pulse !== undefined && another !== undefined && pulse !== another
}

/** When it ended: by the minute where both say it so exactly, else by the day. */
function endsIn(said: Said, against: Said): readonly string[] {
  const isExact = [...(said ?? []), ...(against ?? [])].every(end => end.length > 10)
  return (said ?? []).map(end => (isExact ? String(Date.parse(end)) : end.slice(0, 10)))
}

type Said = readonly string[] | undefined

/** Lots differ in spaces and dashes from one form to another. "Unknown" is none, nor is 0000. */
function lotsIn(said: Said): readonly string[] {
  const lots = (said ?? []).map(lot => lot.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, ''))
  return lots.filter(lot => /[1-9]/.test(lot))
}

const areDisjoint = (one: readonly string[], other: readonly string[]) =>
  one.length > 0 && other.length > 0 && !one.some(each => other.includes(each))

/** One of them says all that the other says, and perhaps more. */
const isWithin = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].every(each => other.has(each)) || [...other].every(each => one.has(each))

const isCode = (said: string) => said.includes('|')

/** By a code in common they are one; else by words where both have some, else by codes of one system. */
function isElsewhere(one: Said, other: Said): boolean {
  if (one === undefined || other === undefined) return false
  const [codes, others] = [one.filter(isCode), other.filter(isCode)]
  if (codes.some(code => others.includes(code))) return false
  const [words, otherWords] = [wordsIn(one), wordsIn(other)]
  if (words.size > 0 && otherWords.size > 0) return !isWithin(words, otherWords)
  return codes.some(code => others.some(each => systemOf(each) === systemOf(code)))
}

const systemOf = (code: string) => code.slice(0, code.lastIndexOf('|'))

/** Nobody means something else by leaving these out. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(['specimen', 'sample', 'structure', 'of', 'the', 'or', 'and'])

function wordsIn(said: readonly string[]): ReadonlySet<string> {
  const words = said.filter(each => !isCode(each)).flatMap(each => fold(each).match(/[\p{L}\p{N}]+/gu) ?? [])
  return new Set(words.filter(word => !EMPTY_WORDS.has(word)))
}

function isOtherMeasure(one: EntrySummary, other: EntrySummary): boolean {
  const [a, b] = [one.particulars ?? {}, other.particulars ?? {}]
  return (
    isOtherAmount(strengthsIn(one.title), strengthsIn(other.title)) ||
    isOtherAmount(amountsIn(a.dose), amountsIn(b.dose)) ||
    isOtherAmount(new Map([['day', new Set(a.perDay)]]), new Map([['day', new Set(b.perDay)]]))
  )
}

/** Numbers by their unit. */
type Amounts = ReadonlyMap<string, ReadonlySet<string>>

/** Tablets and milligrams say nothing about each other. */
function isOtherAmount(one: Amounts, other: Amounts): boolean {
  return [...one].some(([unit, numbers]) => {
    const others = other.get(unit) ?? new Set<string>()
    return numbers.size > 0 && others.size > 0 && !isWithin(numbers, others)
  })
}

/** How many milligrams one is. */
const MILLIGRAMS: Readonly<Record<string, number>> = { g: 1000, mg: 1, mcg: 0.001, µg: 0.001, μg: 0.001, ug: 0.001 }

function amountsIn(said: Said): Amounts {
  return collected((said ?? []).map(each => each.split(/ (.*)/s, 2)))
}

function collected(pairs: readonly (readonly string[])[]): Amounts {
  const amounts = new Map<string, Set<string>>()
  for (const [number = '', written = ''] of pairs) {
    const unit = written.toLowerCase()
    const milligrams = namedIn(MILLIGRAMS, unit)
    const value = Number(number) * (milligrams ?? 1)
    const name = milligrams === undefined ? unit : 'mg'
    amounts.set(name, (amounts.get(name) ?? new Set()).add(String(Number(value.toPrecision(6)))))
  }
  return amounts
}

/** A number before a unit of strength. Of what a package holds (ml, tablets) nothing follows. */
const STRENGTH =
  /(?<![\p{L}\p{N}.,])(\d{1,7}(?:[.,]\d{1,6})*)\s*(mg|g|mcg|[µμ]g|ug|i\.?u\.?|unt|units?|mmol|meq|%)(?![\p{L}\p{N}])/giu

function strengthsIn(title: string): Amounts {
  const found = [...title.matchAll(STRENGTH)]
  return collected(found.map(([, number = '', unit = '']) => [plainNumber(number), unitName(unit)]))
}

const unitName = (unit: string) => (/^(?:i\.?u\.?|unt|units?)$/i.test(unit) ? 'unit' : unit)

/** 1,000 is a thousand, 0,125 and 2,5 are less than three: names of medicines come from many countries. */
function plainNumber(text: string): string {
  return /^[1-9]\d{0,2}(?:,\d{3})+(?:\.|$)/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.')
}
