/** Draws docs/screens, the twelve main pages, from the sample record in the built app: `npm run build && npm run screens`. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { comeTo, MAIN_PAGES } from '#tests/browser/main-pages.ts'
import { Person } from '#tests/browser/person.ts'
import { RelayProcess } from '#tests/browser/relay-process.ts'
import { chromiumPath, launchArgs } from './chromium.ts'

const OUT = 'docs/screens'
const PHONE = { width: 360, height: 740 }
const DESKTOP = { width: 1280, height: 740 }
const SETTLE_MS = 600

async function shoot(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => scrollTo(0, 0))
  await page.waitForTimeout(SETTLE_MS)
  return page.screenshot()
}

/** On a phone in the light, on a phone in the dark, on a desktop. */
async function looksOf({ page }: Person): Promise<Buffer[]> {
  await page.setViewportSize(PHONE)
  const light = await shoot(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await shoot(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(DESKTOP)
  return [light, dark, await shoot(page)]
}

async function sideBySide(context: BrowserContext, pictures: readonly Buffer[]): Promise<Buffer> {
  const images = pictures.map(
    picture => `<img height="${PHONE.height}" src="data:image/png;base64,${picture.toString('base64')}">`,
  )
  const page = await context.newPage()
  const width = 2 * PHONE.width + DESKTOP.width + 4 * 24
  await page.setViewportSize({ width, height: PHONE.height + 48 })
  const style =
    'body{margin:0;padding:24px;display:flex;gap:24px;width:max-content;background:#d9e2dc}img{border-radius:14px}'
  await page.setContent(`<style>${style}</style>${images.join('')}`)
  const picture = await page.screenshot({ fullPage: true })
  await page.close()
  return picture
}

async function drawAll(person: Person, canvas: BrowserContext): Promise<void> {
  await person.lookAround()
  for (const main of MAIN_PAGES) {
    await comeTo(person, main)
    const picture = await sideBySide(canvas, await looksOf(person))
    await writeFile(`${OUT}/${main.name}.png`, picture)
    console.log(`${OUT}/${main.name}.png: ${Math.round(picture.length / 1024)} KiB`)
  }
}

await mkdir(OUT, { recursive: true })
for (const old of await readdir(OUT)) await rm(`${OUT}/${old}`)
const relay = await RelayProcess.start()
const person = await Person.arrive(relay.origin, { viewport: PHONE })
const canvas = await chromium.launch({ executablePath: await chromiumPath(), args: launchArgs })
try {
  await drawAll(person, await canvas.newContext())
} finally {
  await canvas.close()
  await person.close()
  await rm(person.profileDir, { recursive: true, force: true })
  await relay.destroy()
}
