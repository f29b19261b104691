import { onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import { type LanguageTag, setLanguage } from '#app/ui/language/language.ts'
import type { FakeSession } from '#tests/support/fake-session.ts'

/** The narrowest window that there is, in the language of whoever reads, until the test is over. */
export async function drawnNarrow(session: FakeSession, language: LanguageTag): Promise<void> {
  const root = document.documentElement
  const { lang, dir } = root
  onTestFinished(async () => {
    Object.assign(root, { lang, dir })
    await setLanguage('en')
  })
  await page.viewport(320, 640)
  await setLanguage(language)
  Object.assign(root, { lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' })
  session.settings.set({ ...session.settings.value, language })
}

export function isWithinWidth(): boolean {
  const { scrollWidth, clientWidth } = document.documentElement
  return scrollWidth <= clientWidth
}
