import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GreyPicture, greyPicture, shareOfOthers } from './grey-picture.ts'
import { textAt } from './look.ts'
import { comeTo, MAIN_PAGES } from './main-pages.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const FOLDER = join(import.meta.dirname, 'pictures')
const PHONE = { width: 360, height: 744 }

/** The sample is about the ten years up to now, and home about the hour: here it is always this one. */
const NOW = Date.parse('2027-02-09T10:20:00Z')

/** Other words in a line or a line more stay below it, a page that is mirrored or has lost its frames does not: decision 48. */
const MOST_OTHERS = 0.2

const LOOKS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  light: page => turn(page, { colorScheme: 'light' }),
  dark: page => turn(page, { colorScheme: 'dark' }),
  'right to left': page => turn(page, { direction: 'rtl' }),
  '200 %': page => turn(page, { percent: 200 }),
}

interface Look {
  readonly colorScheme?: 'light' | 'dark'
  readonly direction?: 'rtl'
  readonly percent?: number
}

async function turn(page: Page, { colorScheme = 'light', direction, percent = 100 }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.evaluate(dir => (document.documentElement.dir = dir), direction ?? 'ltr')
  await textAt(page, percent)
  await page.mouse.move(0, 0)
  await page.evaluate(() => scrollTo(0, 0))
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

let relay: RelayProcess
let robin: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  robin = await Person.arrive(relay.origin, { viewport: PHONE, clockAheadMs: NOW - Date.now() })
  await robin.lookAround()
})
afterAll(async () => {
  await robin?.leave()
  await relay.destroy()
})

const shoot = async () => greyPicture(await robin.page.screenshot())

/** The same twice: what was still to come has come. */
async function settledPicture(): Promise<GreyPicture> {
  let last = await shoot()
  await expect
    .poll(async () => {
      const before = last
      last = await shoot()
      await robin.page.waitForTimeout(300)
      return before.join() === last.join()
    })
    .toBe(true)
  return last
}

test.each(MAIN_PAGES)(
  'the page $name looks as it did: in light, in the dark, from right to left and at 200 %',
  async main => {
    await comeTo(robin, main)
    const file = join(FOLDER, `${main.name}.txt`)
    if (process.env.WELLKEEP_DRAW !== undefined || !existsSync(file)) return draw(file)
    const stored = readPictures(readFileSync(file, 'utf8'))
    for (const [name, look] of Object.entries(LOOKS)) {
      await look(robin.page)
      const others = async () => shareOfOthers(stored.get(name) ?? [], await shoot())
      await expect.poll(others, { message: `${main.name}, ${name}` }).toBeLessThan(MOST_OTHERS)
    }
    await turn(robin.page, {})
  },
)

/** `WELLKEEP_DRAW=1 npx vitest run --project browser tests/browser/pictures.test.ts` */
async function draw(file: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const parts: string[] = []
  for (const [name, look] of Object.entries(LOOKS)) {
    await look(robin.page)
    parts.push(`# ${name}`, ...(await settledPicture()))
  }
  await turn(robin.page, {})
  writeFileSync(file, `${parts.join('\n')}\n`)
}

function readPictures(text: string): ReadonlyMap<string, GreyPicture> {
  return new Map(
    text
      .split(/^# /m)
      .slice(1)
      .map(part => {
        const [name = '', ...rows] = part.trim().split('\n')
        return [name, rows]
      }),
  )
}
