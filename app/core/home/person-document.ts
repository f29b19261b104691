import { ImmutableString } from '@automerge/automerge/slim'
import { type Instant, instant } from '#schema/instant.ts'
import type { Settings } from '../session.ts'

export const PERSON_SHARD = 'person'
export const SETTINGS_SHARD = 'settings'

/** Who the record is about, as typed by hand; beside the Patient resources of section about-me. */
export interface PersonDocument {
  name: ImmutableString
  birthDate: ImmutableString
  isSample: boolean
  kitMadeAt: number
  kitConfirmedAt?: number
}

export interface Person {
  readonly name: string
  readonly birthDate: string
  readonly isSample: boolean
  readonly kitMadeAt: Instant
  readonly kitConfirmed: boolean
}

export function writePerson(
  doc: PersonDocument,
  person: Pick<Person, 'name' | 'birthDate' | 'isSample' | 'kitMadeAt'>,
): void {
  doc.name = new ImmutableString(person.name)
  doc.birthDate = new ImmutableString(person.birthDate)
  doc.isSample = person.isSample
  doc.kitMadeAt = person.kitMadeAt
}

export function readPerson(doc: Partial<PersonDocument>): Person {
  return {
    name: String(doc.name ?? ''),
    birthDate: String(doc.birthDate ?? ''),
    isSample: doc.isSample === true,
    kitMadeAt: instant(doc.kitMadeAt ?? 0),
    kitConfirmed: doc.kitConfirmedAt !== undefined,
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
}

const UNITS: readonly Settings['units'][] = ['metric', 'imperial']
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
    looksAfterPatients: doc['looksAfterPatients'] === 1 || doc['looksAfterPatients'] === true,
  }
}

/** The name of the first setting out of its range, if any. */
export function invalidSetting(change: Partial<Settings>): string | undefined {
  const whole: Settings = { ...DEFAULT_SETTINGS, ...change }
  const kept = readSettings({ ...whole })
  return (Object.keys(whole) as (keyof Settings)[]).find(name => kept[name] !== whole[name])
}

export function writeSettings(doc: SettingsDocument, change: Partial<Settings>): void {
  for (const [name, value] of Object.entries(change)) {
    doc[name] = typeof value === 'string' ? new ImmutableString(value) : Number(value)
  }
}
