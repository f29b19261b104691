import type { EntryId } from '#schema/record/entry.ts'
import { type LogSection, SECTIONS, type Section } from '#schema/record/sections.ts'

export type Measure = 'blood-pressure' | 'weight'

/** One document of a section: in the section's own log or, of the same label, in the private log (decision 12). */
export interface Shard {
  readonly section: Section
  readonly label: string
  readonly isPrivate?: true
}

/** Names an entry in its shard. */
export interface Named {
  readonly bucket: string
  readonly key: string
}

/**
 * Where an entry lies: shard, bucket and its key there. An EntryId says just this, so no index is needed to find it. Whether the
 * private one of its two places counts, only the private shard says.
 */
export interface EntryPlace extends Shard, Named {}

const ID = /^([a-z-]+)\.([beiw])([0-9a-z-]+)\.([0-9a-z~]+)\.([0-9a-z]+)$/

const PREFIXES = {
  b: 'readings/blood-pressure/',
  e: 'entries/',
  i: 'import/',
  w: 'readings/weight/',
} as const

type Letter = keyof typeof PREFIXES

function isLetter(text: string): text is Letter {
  return Object.hasOwn(PREFIXES, text)
}

const LETTERS = Object.keys(PREFIXES).filter(isLetter)

function letterOf(label: string): Letter | undefined {
  return LETTERS.find(letter => label.startsWith(PREFIXES[letter]))
}

/** Whether a shard of this label holds entries. */
export function holdsEntries(label: string): boolean {
  return letterOf(label) !== undefined
}

/** Whether it holds what was typed, but for packed readings. */
export function isHandMade(label: string): boolean {
  return letterOf(label) === 'e'
}

/** Whether it holds what was brought in by a file. */
export function isImport(label: string): boolean {
  return letterOf(label) === 'i'
}

/** Set for a shard of packed readings. */
export function measureOf(label: string): Measure | undefined {
  const letter = letterOf(label)
  if (letter === 'b') return 'blood-pressure'
  return letter === 'w' ? 'weight' : undefined
}

/** The log that a shard lies in, and what it is called there. */
export function placeInLog({ section, label, isPrivate }: Shard): {
  readonly log: LogSection
  readonly label: string
} {
  return isPrivate ? { log: 'private', label: `${section}/${label}` } : { log: section, label }
}

/** Undefined for a label that no shard of the private log has. */
export function shardOf(log: LogSection, label: string): Shard | undefined {
  if (log !== 'private') return { section: log, label }
  const end = label.indexOf('/')
  const section = SECTIONS.find(each => each === label.slice(0, end))
  return section && { section, label: label.slice(end + 1), isPrivate: true }
}

/** The same shard in the private log. */
export function privateShard({ section, label }: Shard): Shard & { readonly isPrivate: true } {
  return { section, label, isPrivate: true }
}

export function openShard({ section, label }: Shard): Shard {
  return { section, label }
}

/** The same for the same shard, and for no other. */
export function shardName(shard: Shard): string {
  const { log, label } = placeInLog(shard)
  return `${log}/${label}`
}

export function readingsLabel(measure: Measure, year: string): string {
  return `readings/${measure}/${year}`
}

/** What ids of a shard's entries begin with, in whichever log it lies. */
export function idPrefix({ section, label }: Shard): string {
  const letter = letterOf(label)
  if (letter === undefined) throw new TypeError('Cannot name an entry: its shard holds none')
  return `${section}.${letter}${label.slice(PREFIXES[letter].length)}.`
}

/** The id of an entry in the shard whose ids begin with `prefix`. */
export function entryIdIn(prefix: string, entry: Named): EntryId {
  return `${prefix}${entry.bucket}.${entry.key}` as EntryId
}

export function entryIdOf(place: EntryPlace): EntryId {
  return entryIdIn(idPrefix(place), place)
}

/** The place in its section's own log. Undefined for text that no entry of ours can have. */
export function placeOf(id: string): EntryPlace | undefined {
  const [, name = '', letter = '', rest = '', bucket = '', key = ''] = ID.exec(id) ?? []
  const section = SECTIONS.find(each => each === name)
  if (section === undefined || !isLetter(letter)) return undefined
  return { section, label: `${PREFIXES[letter]}${rest}`, bucket, key }
}
