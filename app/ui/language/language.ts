import { createSignal } from 'solid-js'
import type { en } from './en.ts'
import { atDoor } from './en/at-door.ts'
import { formatMessage, type Message, type Params, type ParamsOf } from './message.ts'

/** The languages there are, each named in itself; `dir` is how it runs. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', dir: 'ltr' },
  { tag: 'ar', name: 'العربية', dir: 'rtl' },
  { tag: 'es', name: 'Español', dir: 'ltr' },
  { tag: 'zh-Hans', name: '简体中文', dir: 'ltr' },
] as const

export type LanguageTag = (typeof LANGUAGES)[number]['tag']

/** Every key with words; a locale file that lacks one does not compile. */
export type MessageKey = keyof typeof en
type Words = Readonly<Record<MessageKey, Message>>
export type DoorWords = Readonly<Record<keyof typeof atDoor, Message>>
export type LaterWords = Readonly<Record<Exclude<MessageKey, keyof typeof atDoor>, Message>>

/** A key whose words want no parameter: what maps from failures and kinds hold. */
export type PlainKey = {
  [Key in MessageKey]: keyof ParamsOf<(typeof en)[Key]> extends never ? Key : never
}[MessageKey]

type Arguments<Key extends MessageKey> = keyof ParamsOf<(typeof en)[Key]> extends never
  ? []
  : [params: ParamsOf<(typeof en)[Key]>]

/** The words of a language are loaded in two parts, so that a first visit loads few. */
interface Loaders {
  atDoor(): Promise<DoorWords>
  later(): Promise<LaterWords>
}

const LOADERS: Record<LanguageTag, Loaders> = {
  en: { atDoor: async () => atDoor, later: async () => (await import('./en/later.ts')).later },
  ar: {
    atDoor: async () => (await import('./ar/at-door.ts')).atDoor,
    later: async () => (await import('./ar/later.ts')).later,
  },
  es: {
    atDoor: async () => (await import('./es/at-door.ts')).atDoor,
    later: async () => (await import('./es/later.ts')).later,
  },
  'zh-Hans': {
    atDoor: async () => (await import('./zh-hans/at-door.ts')).atDoor,
    later: async () => (await import('./zh-hans/later.ts')).later,
  },
}

// A page has one language at a time, like its `lang` attribute; so it is the page's state and not a component's.
const [current, setCurrent] = createSignal<{ readonly tag: LanguageTag; readonly words: Partial<Words> }>({
  tag: 'en',
  words: atDoor,
})

/** The words for `key` in the language of the page. Reactive: call it where it is drawn. Throws where they were not loaded. */
export function t<Key extends MessageKey>(key: Key, ...params: Arguments<Key>): string {
  const { tag, words } = current()
  const message: Message | undefined = words[key]
  if (message === undefined) throw new Error(`Cannot say ${key}: its words are not loaded yet`)
  return formatMessage(tag, message, (params[0] as Params | undefined) ?? {})
}

/** Says the words for a key: `t` in a language of its own. */
export type Say = <Key extends MessageKey>(key: Key, ...params: Arguments<Key>) => string

/** Says words of `tag`, whatever the language of the page: for what others are to read. */
export async function speaker(tag: LanguageTag): Promise<Say> {
  const loaders = LOADERS[tag]
  const words: Partial<Words> = Object.assign({}, ...(await Promise.all([loaders.atDoor(), loaders.later()])))
  return (key, ...params) => {
    const message: Message | undefined = words[key]
    if (message === undefined) throw new Error(`Cannot say ${key}: it has no words`)
    return formatMessage(tag, message, (params[0] as Params | undefined) ?? {})
  }
}

/** BCP 47 tag of the page's language, for Intl. Reactive. */
export const language = (): LanguageTag => current().tag

/**
 * Loads `tag` and puts it on the page: its words, `lang` and `dir`. Only those of the pages before a record is open, unless `allWords` was
 * asked for. A later call wins over an earlier one still loading.
 */
export async function setLanguage(tag: LanguageTag): Promise<void> {
  wanted = { ...wanted, tag }
  await bringWanted()
  document.documentElement.lang = language()
  document.documentElement.dir = LANGUAGES.find(each => each.tag === language())?.dir ?? 'ltr'
}

/** Resolves when every word of the page's language is there, and of those it is put into later. */
export async function allWords(): Promise<void> {
  if (wanted.isWhole && coming !== undefined) return coming
  wanted = { ...wanted, isWhole: true }
  coming = bringWanted()
  // Not come: asked for again by the next page.
  coming.catch(() => (coming = undefined))
  await coming
}

let wanted: { readonly tag: LanguageTag; readonly isWhole: boolean } = { tag: 'en', isWhole: false }
let coming: Promise<void> | undefined

/** Puts on the page what is wanted, also where that became something else while its words came. */
async function bringWanted(): Promise<void> {
  const bringing = wanted
  const loaders = LOADERS[bringing.tag]
  const parts = await Promise.all([loaders.atDoor(), ...(bringing.isWhole ? [loaders.later()] : [])])
  if (wanted !== bringing) return bringWanted()
  setCurrent({ tag: bringing.tag, words: Object.assign({}, ...parts) })
}

/** The first of `preferred` (as in `navigator.languages`) that we have, else English. `zh-CN` and `zh` find `zh-Hans`. */
export function pickLanguage(preferred: readonly string[]): LanguageTag {
  for (const text of preferred) {
    const exact = LANGUAGES.find(each => each.tag.toLowerCase() === text.toLowerCase())
    if (exact) return exact.tag
    const base = text.split('-')[0]?.toLowerCase()
    const near = LANGUAGES.find(each => each.tag.split('-')[0] === base)
    if (near) return near.tag
  }
  return 'en'
}
