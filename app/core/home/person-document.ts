import { ImmutableString } from '@automerge/automerge/slim'
import { type Instant, instant } from '#schema/instant.ts'
import type { Settings } from '../session.ts'
import { isGrowth, readGrowth, writeGrowth } from './growth-facts.ts'
import { areMarks, readMarks, writeMarks } from './reading-list.ts'
import { areShown, readShown, writeShown } from './shown-results.ts'

export const PERSON_SHARD = 'person'
export const SETTINGS_SHARD = 'settings'

/** Who the record is about, as typed by hand; beside the Patient resources of section about-me. */
export interface PersonDocument {
  name: ImmutableString
  birthDate: ImmutableString
  isSample: boolean
  /** Of nobody's health: people act with it together (decision 53). */
  isPractice?: boolean
  kitMadeAt: number
  kitConfirmedAt?: number
  /** The words were typed again, from the paper, to see that they are there. */
  kitPractisedAt?: number
}

export interface Person {
  readonly name: string
  readonly birthDate: string
  readonly isSample: boolean
  readonly isPractice?: boolean
  readonly kitMadeAt: Instant
  readonly kitConfirmed: boolean
  readonly kitTypedAt?: Instant
}

export function writePerson(
  doc: PersonDocument,
  person: Pick<Person, 'name' | 'birthDate' | 'isSample' | 'isPractice' | 'kitMadeAt'>,
): void {
  doc.name = new ImmutableString(person.name)
  doc.birthDate = new ImmutableString(person.birthDate)
  doc.isSample = person.isSample
  if (person.isPractice === true) doc.isPractice = true
  doc.kitMadeAt = person.kitMadeAt
}

export function readPerson(doc: Partial<PersonDocument>): Person {
  const typedAt = Math.max(doc.kitConfirmedAt ?? 0, doc.kitPractisedAt ?? 0)
  return {
    name: String(doc.name ?? ''),
    birthDate: String(doc.birthDate ?? ''),
    isSample: doc.isSample === true,
    ...(doc.isPractice === true && { isPractice: true }),
    kitMadeAt: instant(doc.kitMadeAt ?? 0),
    kitConfirmed: doc.kitConfirmedAt !== undefined,
    ...(typedAt > 0 && { kitTypedAt: instant(typedAt) }),
  }
}

/** Each setting is a field of its own, so that two devices' changes of different ones unite. */
export type SettingsDocument = Record<string, ImmutableString | number>

export const DEFAULT_SETTINGS: Settings = {
  language: '',
  units: 'metric',
  theme: 'system',
  textSize: 'normal',
  autoLockMinutes: 10,
  looksAfterPatients: false,
  hidesRead: false,
  labUnits: 'reported',
  hidesNormalResults: false,
  explainsResults: false,
  shownResults: [],
  pinnedTests: [],
  growth: [],
  reading: [],
}

const UNITS: readonly Settings['units'][] = ['metric', 'imperial']
const LAB_UNITS: readonly Settings['labUnits'][] = ['reported', 'mass', 'molar']
const THEMES: readonly Settings['theme'][] = ['system', 'light', 'dark']
const TEXT_SIZES: readonly Settings['textSize'][] = ['normal', 'large', 'larger']
const MAX_AUTO_LOCK_MINUTES = 24 * 60

/** What is not there or out of its range stands as in DEFAULT_SETTINGS. */
export function readSettings(doc: Readonly<Record<string, unknown>>): Settings {
  const text = (name: string) => {
    const value = doc[name]
    if (value instanceof ImmutableString) return value.toString()
    return typeof value === 'string' ? value : ''
  }
  const language = text('language')
  const minutes = doc['autoLockMinutes']
  return {
    language: /^[A-Za-z0-9-]{0,35}$/.test(language) ? language : DEFAULT_SETTINGS.language,
    units: UNITS.find(value => value === text('units')) ?? DEFAULT_SETTINGS.units,
    theme: THEMES.find(value => value === text('theme')) ?? DEFAULT_SETTINGS.theme,
    textSize: TEXT_SIZES.find(value => value === text('textSize')) ?? DEFAULT_SETTINGS.textSize,
    autoLockMinutes:
      typeof minutes === 'number' && minutes > 0 && minutes <= MAX_AUTO_LOCK_MINUTES
        ? minutes
        : DEFAULT_SETTINGS.autoLockMinutes,
    looksAfterPatients: isOn(doc['looksAfterPatients']),
    hidesRead: isOn(doc['hidesRead']),
    labUnits: LAB_UNITS.find(value => value === text('labUnits')) ?? DEFAULT_SETTINGS.labUnits,
    hidesNormalResults: isOn(doc['hidesNormalResults']),
    explainsResults: isOn(doc['explainsResults']),
    shownResults: readShown(doc),
    pinnedTests: readPins(doc),
    growth: readGrowth(doc),
    reading: readMarks(doc),
  }
}

const isOn = (value: unknown) => value === 1 || value === true

/** Each is a field of its own, so that two devices' pins unite. */
const PIN_PREFIX = 'pin '
const PIN = /^[\w/-]{0,100} [0-9a-f]{16}$/
const MAX_PINS = 200

function readPins(doc: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(doc).flatMap(name =>
    name.startsWith(PIN_PREFIX) && isOn(doc[name]) ? name.slice(PIN_PREFIX.length) : [],
  )
  return names.filter(name => PIN.test(name)).toSorted()
}

/** The name of the first setting out of its range, if any. */
export function invalidSetting({
  pinnedTests = [],
  shownResults = [],
  growth = [],
  reading = [],
  ...change
}: Partial<Settings>): string | undefined {
  if (pinnedTests.length > MAX_PINS || !pinnedTests.every(name => PIN.test(name))) return 'pinnedTests'
  if (!areShown(shownResults)) return 'shownResults'
  if (!isGrowth(growth)) return 'growth'
  if (!areMarks(reading)) return 'reading'
  const { pinnedTests: _pins, shownResults: _shown, growth: _growth, reading: _reading, ...defaults } = DEFAULT_SETTINGS
  const whole = { ...defaults, ...change }
  const kept = readSettings({ ...whole })
  return (Object.keys(whole) as (keyof typeof whole)[]).find(name => kept[name] !== whole[name])
}

export function writeSettings(
  doc: SettingsDocument,
  { pinnedTests, shownResults, growth = [], reading = [], ...change }: Partial<Settings>,
): void {
  if (pinnedTests !== undefined) writePins(doc, new Set(pinnedTests))
  if (shownResults !== undefined) writeShown(doc, shownResults)
  writeGrowth(doc, growth)
  writeMarks(doc, reading)
  for (const [name, value] of Object.entries(change)) {
    doc[name] = typeof value === 'string' ? new ImmutableString(value) : Number(value)
  }
}

function writePins(doc: SettingsDocument, pinned: ReadonlySet<string>): void {
  const before = readPins(doc)
  for (const name of before) if (!pinned.has(name)) doc[`${PIN_PREFIX}${name}`] = 0
  for (const name of pinned) if (!before.includes(name)) doc[`${PIN_PREFIX}${name}`] = 1
}
