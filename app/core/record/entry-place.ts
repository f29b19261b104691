import type { EntryId } from '#schema/record/entry.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'

export type Measure = 'blood-pressure' | 'weight'

/** Where an entry lies: log, shard, bucket and its key there. An EntryId says just this, so no index is needed to find it. */
export interface EntryPlace {
  readonly section: Section
  readonly label: string
  readonly bucket: string
  readonly key: string
}

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

function letterOf(label: string): Letter | undefined {
  return Object.keys(PREFIXES)
    .filter(isLetter)
    .find(letter => label.startsWith(PREFIXES[letter]))
}

/** Whether a shard of this label holds entries. */
export function holdsEntries(label: string): boolean {
  return letterOf(label) !== undefined
}

/** Set for a shard of packed readings. */
export function measureOf(label: string): Measure | undefined {
  const letter = letterOf(label)
  if (letter === 'b') return 'blood-pressure'
  return letter === 'w' ? 'weight' : undefined
}

export function readingsLabel(measure: Measure, year: string): string {
  return `readings/${measure}/${year}`
}

/** What ids of a shard's entries begin with. */
export function idPrefix(section: Section, label: string): string {
  const letter = letterOf(label)
  if (letter === undefined) throw new TypeError('Cannot name an entry: its shard holds none')
  return `${section}.${letter}${label.slice(PREFIXES[letter].length)}.`
}

/** The id of an entry in the shard whose ids begin with `prefix`. */
export function entryIdIn(prefix: string, entry: { readonly bucket: string; readonly key: string }): EntryId {
  return `${prefix}${entry.bucket}.${entry.key}` as EntryId
}

export function entryIdOf(place: EntryPlace): EntryId {
  return entryIdIn(idPrefix(place.section, place.label), place)
}

/** Undefined for text that no entry of ours can have. */
export function placeOf(id: string): EntryPlace | undefined {
  const [, name = '', letter = '', rest = '', bucket = '', key = ''] = ID.exec(id) ?? []
  const section = SECTIONS.find(each => each === name)
  if (section === undefined || !isLetter(letter)) return undefined
  return { section, label: `${PREFIXES[letter]}${rest}`, bucket, key }
}
