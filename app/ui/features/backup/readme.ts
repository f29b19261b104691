import { language, type LanguageTag } from '../../language/language.ts'

const LOADERS: Record<LanguageTag, () => Promise<string>> = {
  en: async () => (await import('../../language/en/backup-readme.ts')).README,
  ar: async () => (await import('../../language/ar/backup-readme.ts')).README,
  es: async () => (await import('../../language/es/backup-readme.ts')).README,
  'zh-Hans': async () => (await import('../../language/zh-hans/backup-readme.ts')).README,
}

/** What stands in a backup for whoever unpacks it: in the language of the page, and in English. Loaded only then: nobody reads it here. */
export async function readmeWords(): Promise<string> {
  const tag = language()
  const english = await LOADERS.en()
  return tag === 'en' ? english : `${await LOADERS[tag]()}\n\n${english}`
}
