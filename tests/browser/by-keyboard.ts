import { expect } from 'vitest'
import type { Person } from './person.ts'

/** More places than any of these pages has. */
const MOST_TABS = 120

/** Goes on with the tab key until what has the focus is called so; it must be seen to have it. */
export async function tabTo({ page }: Person, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> | null }
      const label = element.labels?.[0]?.textContent ?? ''
      // The box around it, or a dot that is drawn beside the real one, shows the ring in its place.
      const around = element.parentElement
      const shown = [element, ...(around === null ? [] : [around, ...around.querySelectorAll('*')])]
      const isSeen = shown.some(one => getComputedStyle(one).outlineStyle !== 'none')
      return { name: (element.getAttribute('aria-label') ?? (label || element.textContent || '')).trim(), isSeen }
    })
    if (!name.test(focused.name)) continue
    expect(focused).toMatchObject({ isSeen: true })
    return
  }
  throw new Error(`The tab key never leads to ${name}`)
}

/** Presses `key` on what is called so. */
export async function pressOn(person: Person, name: RegExp, key = 'Enter'): Promise<void> {
  await tabTo(person, name)
  await person.page.keyboard.press(key)
}
