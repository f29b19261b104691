import { absenceOf } from '#schema/codes/absence.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { EntryAuthor, EntryKind, EntrySource, EntrySummary } from '#schema/record/entry.ts'
import { language, type PlainKey, t } from '../language/language.ts'
import { appleTitle } from './apple-words.ts'
import { codedTitle } from './code-words.ts'
import { formatValue, type Precision } from './format-value.ts'
import { formatWhen, type WhenStyle } from './format-when.ts'
import { isolated } from '../language/isolated.ts'
import { bandWords, goalName, tableName } from './measure-words.ts'
import { inLabUnits, type ReaderUnits } from './units.ts'

type NegatedKey = 'negated.ruledOut' | 'negated.notTaken' | 'negated.notGiven' | 'negated.notDone'

const NEGATED: Partial<Record<EntryKind, NegatedKey>> = {
  condition: 'negated.ruledOut',
  allergy: 'negated.ruledOut',
  medicine: 'negated.notTaken',
  dose: 'negated.notTaken',
  immunization: 'negated.notGiven',
}

const SNOMED_TAGS =
  / \((?:disorder|finding|substance|procedure|situation|regime\/therapy|product|medicinal product|clinical drug|observable entity|morphologic abnormality|body structure|organism|event|environment|physical object|qualifier value|record artifact|social concept|person|occupation|navigational concept|context-dependent category)\)/g

/** Imported terms without the tag SNOMED CT puts behind its names; the page of the entry has them whole, with the code. */
function plainTerms(text: string, source: EntrySource): string {
  return source.type === 'import' ? text.replace(SNOMED_TAGS, '') : text
}

/** What a resource is that no kind of entry describes. */
const kindOf = ({ kind, resourceType }: EntrySummary) =>
  t(resourceType === 'Provenance' ? 'type.provenance' : `kind.${kind}`)

/** Its source gives it no words of its own, and its code says nothing here. Reactive. */
export const isCalledByKind = (entry: EntrySummary): boolean => entry.title === '' && codedTitle(entry) === undefined

const untitled = (entry: EntrySummary) => tableName(entry) ?? codedTitle(entry) ?? kindOf(entry)

/** What was typed is called in the reader's language, whatever language it was typed in. */
function ownTitle(entry: EntrySummary): string | undefined {
  if (entry.target !== undefined) return t('goal.of', { what: isolated(goalName(entry)) })
  return tableName(entry)
}

/** The record's own words, else what its code stands for, else the kind's name; what did not happen or is not so begins with that, and what is undecided ends with it. Reactive, like all here. */
export function titleOf(entry: EntrySummary): string {
  const absence = entry.kind === 'statement' ? absenceOf(entry.section, entry.codes) : undefined
  if (absence !== undefined) return t(`absence.${absence}`)
  const made = entry.source.type === 'import' ? appleTitle(entry.codes) : ownTitle(entry)
  const title = made ?? (entry.title === '' ? untitled(entry) : plainTerms(entry.title, entry.source))
  const said = entry.isNegated ? t(NEGATED[entry.kind] ?? 'negated.notDone', { title }) : title
  return entry.isDisputed ? t('title.disputed', { title: said }) : said
}

export function whenOf(entry: EntrySummary, style: WhenStyle = 'short'): string {
  return entry.when === undefined ? t('when.none') : formatWhen(entry.when, language(), style)
}

/** The entry's value, empty where it has none, and the pulse taken with it. */
export function valuePartsOf(
  entry: EntrySummary,
  reader: ReaderUnits,
  precision: Precision = 'short',
): readonly string[] {
  return [valueWithoutPulse(entry, reader, precision), ...pulseOf(entry)].filter(part => part !== '')
}

/** The same in one line. */
export function valueOfEntry(entry: EntrySummary, reader: ReaderUnits): string {
  return valuePartsOf(entry, reader).join(' · ')
}

export function valueWithoutPulse(entry: EntrySummary, reader: ReaderUnits, precision: Precision = 'short'): string {
  if (entry.target !== undefined && entry.source.type === 'self') return bandWords(entry.target, reader)
  if (entry.value === undefined) return ''
  const value = formatValue(valueFor(entry, reader) ?? entry.value, reader.units, language(), precision)
  return entry.kind === 'symptom' ? t('unit.ofTen', { value }) : plainTerms(value, entry.source)
}

/** The value as its source wrote it, where the reader is shown another unit of substance; empty where they are not. */
export function reportedValueOf(entry: EntrySummary, reader: ReaderUnits): string {
  const { value } = entry
  if (value?.type !== 'quantity' || valueFor(entry, reader) === value) return ''
  return formatValue(value, reader.units, language(), 'exact')
}

function valueFor({ value, codes }: EntrySummary, { labUnits }: ReaderUnits): EntrySummary['value'] {
  if (value?.type !== 'quantity') return value
  const quantity = inLabUnits(value.quantity, codes, labUnits)
  return quantity === value.quantity ? value : { type: 'quantity', quantity }
}

/** The pulse that was taken with a blood pressure, if any. */
export function pulseOf({ value }: EntrySummary): readonly string[] {
  if (value?.type !== 'blood-pressure' || value.pulsePerMinute === undefined) return []
  return [t('unit.pulseShort', { value: value.pulsePerMinute })]
}

/** Who it came from, for a row among many; the file where it does not say. */
export function shortSourceOf(source: EntrySource): string {
  if (source.type === 'import') {
    if (source.author !== undefined) return source.author
    return source.fileName === '' ? t('source.aFile') : t('source.import', { file: source.fileName })
  }
  return source.by === undefined ? t('source.self') : addedByWords(source.by)
}

export function addedByWords(by: EntryAuthor): string {
  if (by.type === 'you') return t('author.addedByYou')
  if (by.type === 'former-guardian') {
    return by.name === '' ? t('author.addedByFormer') : t('author.addedFormer', { name: isolated(by.name) })
  }
  return by.name === '' ? t('author.addedBySomebody') : t('author.added', { name: isolated(by.name) })
}

/** When somebody did something, and who; on which of their devices for whoever has several. */
export function whenAndBy(when: string, by: EntryAuthor | undefined, namesDevice = false): string {
  if (by === undefined) return when
  if (by.type === 'former-guardian') {
    return by.name === '' ? t('author.atByFormer', { when }) : t('author.atFormer', { when, name: isolated(by.name) })
  }
  if (by.type !== 'you') {
    return by.name === '' ? t('author.atBySomebody', { when }) : t('author.at', { when, name: isolated(by.name) })
  }
  const { device } = by
  return namesDevice && device !== undefined
    ? t('author.atByYouOn', { when, device: isolated(device) })
    : t('author.atByYou', { when })
}

const NOT_STORED = {
  quota: 'save.not-stored.quota',
  aborted: 'save.not-stored.aborted',
  fenced: 'save.not-stored.fenced',
  'no-key': 'save.not-stored.no-key',
  'cut-off': 'save.not-stored.cut-off',
} as const satisfies Record<Extract<SaveFailure, { readonly kind: 'not-stored' }>['why'], PlainKey>

const NOT_SAVED = {
  locked: 'save.locked',
  'not-found': 'save.not-found',
  invalid: 'save.invalid',
  'last-device': 'save.last-device',
  'not-allowed': 'save.not-allowed',
  'wrong-passphrase': 'fresh.wrong',
} as const satisfies Record<Exclude<SaveFailure['kind'], 'not-stored'>, PlainKey>

export function saveFailureWords(failure: SaveFailure): string {
  return t(failure.kind === 'not-stored' ? NOT_STORED[failure.why] : NOT_SAVED[failure.kind])
}
