import { createSignal } from 'solid-js'
import { en } from './en.ts'
import { formatMessage, type Message, type Params, type ParamsOf } from './message.ts'

/** The languages there are, each named in itself; `dir` is how it runs. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', dir: 'ltr' },
  { tag: 'ar', name: 'العربية', dir: 'rtl' },
  { tag: 'zh-Hans', name: '简体中文', dir: 'ltr' },
] as const

export type LanguageTag = (typeof LANGUAGES)[number]['tag']

/** Every key with words; a locale file that lacks one does not compile. */
export type MessageKey = keyof typeof en
export type Words = Readonly<Record<MessageKey, Message>>

/** A key whose words want no parameter: what maps from failures and kinds hold. */
export type PlainKey = {
  [Key in MessageKey]: keyof ParamsOf<(typeof en)[Key]> extends never ? Key : never
}[MessageKey]

type Arguments<Key extends MessageKey> = keyof ParamsOf<(typeof en)[Key]> extends never
  ? []
  : [params: ParamsOf<(typeof en)[Key]>]

const LOADERS: Record<LanguageTag, () => Promise<Words>> = {
  en: async () => en,
  ar: async () => (await import('./ar.ts')).ar,
  'zh-Hans': async () => (await import('./zh-hans.ts')).zhHans,
}

// A page has one language at a time, like its `lang` attribute; so it is the page's state and not a component's.
const [current, setCurrent] = createSignal<{ readonly tag: LanguageTag; readonly words: Words }>({
  tag: 'en',
  words: en,
})

/** The words for `key` in the language of the page. Reactive: call it where it is drawn. */
export function t<Key extends MessageKey>(key: Key, ...params: Arguments<Key>): string {
  const { tag, words } = current()
  return formatMessage(tag, words[key], (params[0] as Params | undefined) ?? {})
}

/** BCP 47 tag of the page's language, for Intl. Reactive. */
export const language = (): LanguageTag => current().tag

/** Loads `tag` and puts it on the page: its words, `lang` and `dir`. A later call wins over an earlier one still loading. */
export async function setLanguage(tag: LanguageTag): Promise<void> {
  wanted = tag
  const words = await LOADERS[tag]()
  if (wanted !== tag) return
  setCurrent({ tag, words })
  document.documentElement.lang = tag
  document.documentElement.dir = LANGUAGES.find(each => each.tag === tag)?.dir ?? 'ltr'
}
let wanted: LanguageTag = 'en'

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
