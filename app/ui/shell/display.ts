import type { Settings } from '#app/core/session.ts'
import { LANGUAGES, type LanguageTag, pickLanguage } from '../language/language.ts'

/** How pages look on this device. Kept outside the vault too, so that the lock screen already speaks the right language. */
export interface Display {
  readonly language: LanguageTag
  readonly theme: Settings['theme']
  readonly textSize: Settings['textSize']
  /** Larger text, large buttons, fewer things at a time: of this device alone, as others may use another one. */
  readonly isSimple: boolean
}

/** What is the same on all of the person's devices. */
type SharedDisplay = Omit<Display, 'isSimple'>

const KEY = 'wellkeep.display'
const THEMES = ['system', 'light', 'dark'] as const
const TEXT_SIZES = ['normal', 'large', 'larger'] as const

/** What was last shown here; for a first visit, the browser's language and the system's theme. */
export function readDisplay(): Display {
  const kept = parseDisplay(keptText())
  return {
    language: kept.language ?? pickLanguage(navigator.languages),
    theme: kept.theme ?? 'system',
    textSize: kept.textSize ?? 'normal',
    isSimple: kept.isSimple ?? false,
  }
}

/** What the record's settings say of it; undefined while they name no language, which is before they were ever set. */
export function displayOf(settings: Settings): SharedDisplay | undefined {
  const { language, theme, textSize } = settings
  return language === '' ? undefined : { language: pickLanguage([language]), theme, textSize }
}

export function keepDisplay(display: Display): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(display))
  } catch {
    // A full or forbidden storage costs no more than the browser's own language on the next lock screen.
  }
}

export function forgetDisplay(): void {
  localStorage.removeItem(KEY)
}

function keptText(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function parseDisplay(text: string | null): Partial<Display> {
  const kept = readJson(text)
  const language = LANGUAGES.find(each => each.tag === kept.language)?.tag
  const theme = THEMES.find(each => each === kept.theme)
  const textSize = TEXT_SIZES.find(each => each === kept.textSize)
  const isSimple = kept.isSimple === true
  return { ...(language && { language }), ...(theme && { theme }), ...(textSize && { textSize }), isSimple }
}

function readJson(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
