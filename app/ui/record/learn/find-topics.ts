import { foldSearch } from '#app/core/record/row.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { Coding, EntrySummary } from '#schema/record/entry.ts'
import { CONDITION_TOPICS, type ConditionTopic, MEDICINE_TOPICS, type MedicineTopic, type Topic } from './topics.ts'

const ICD_10: ReadonlySet<string> = new Set([SYSTEMS.icd10, SYSTEMS.icd10Cm])

const BY_SNOMED = new Map(CONDITION_TOPICS.flatMap(topic => topic.snomed.map(code => [code, topic] as const)))
const BY_RX_NORM = new Map(MEDICINE_TOPICS.flatMap(topic => topic.rxNorm.map(code => [code, topic] as const)))
const BY_ICD_10 = longestFirst(CONDITION_TOPICS.flatMap(topic => topic.icd10.map(start => [start, topic] as const)))
const BY_ATC = longestFirst(MEDICINE_TOPICS.flatMap(topic => topic.atc.map(start => [start, topic] as const)))

/** What there is to read about an entry: of a condition by its codes (`pagesAbout` also knows names), of a medicine by its codes or else by what it is called. */
export function topicsOf({ kind, title, codes, isNegated, status }: EntrySummary): readonly Topic[] {
  if (isNegated || status === 'mistaken') return []
  if (kind === 'condition') return [...new Set(codes.flatMap(code => conditionOf(code) ?? []))]
  return kind === 'medicine' ? medicinesOf(title, codes) : []
}

/** Whether a code of a system that is known here says what it is: then no name says it better. */
export const isCodedCondition = ({ codes }: EntrySummary) =>
  codes.some(({ system = '', code }) => code !== undefined && (isSnomed(system) || ICD_10.has(system)))

const isSnomed = (system: string) => system === SYSTEMS.snomed || system.startsWith(`${SYSTEMS.snomed}/`)

function conditionOf({ system = '', code = '' }: Coding): ConditionTopic | undefined {
  if (isSnomed(system)) return BY_SNOMED.get(code)
  return ICD_10.has(system) ? BY_ICD_10.find(([start]) => code.startsWith(start))?.[1] : undefined
}

/** RxNorm gives products codes of their own, in whose names every ingredient stands: so more than one may be found. */
function medicinesOf(title: string, codes: readonly Coding[]): readonly MedicineTopic[] {
  const coded = codes.flatMap(code => medicineOf(code) ?? [])
  if (coded.length > 0) return [...new Set(coded)]
  const text = foldSearch([title, ...codes.map(({ display = '' }) => display)].join('\n'))
  return MEDICINE_TOPICS.filter(
    topic => namesIngredient(text, topic) && (topic.forms?.some(form => text.includes(form)) ?? true),
  )
}

function medicineOf({ system, code = '' }: Coding): MedicineTopic | undefined {
  if (system === SYSTEMS.rxNorm) return BY_RX_NORM.get(code)
  return system === SYSTEMS.atc ? BY_ATC.find(([start]) => code.startsWith(start))?.[1] : undefined
}

/** Whether a folded text says one of the ingredients. */
export const namesIngredient = (text: string, { names }: MedicineTopic): boolean =>
  names.some(name => saysWord(text, foldSearch(name)))

/** Of two folded texts. Latin words begin where a word begins; Arabic and Chinese join words on. */
export function saysWord(text: string, word: string): boolean {
  if (!LATIN.test(word)) return text.includes(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !LATIN.test(text.slice(at - 1))) return true
  }
  return false
}

const LATIN = /^[a-z0-9]/

/** So that the first that a code begins with says most of it. */
function longestFirst<Found>(pairs: readonly (readonly [string, Found])[]): readonly (readonly [string, Found])[] {
  return pairs.toSorted(([a], [b]) => b.length - a.length)
}
