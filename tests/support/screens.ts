/** Draws docs/screens from the sample record in the built app: `npm run build && npm run screens`. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { Person } from '#tests/browser/person.ts'
import { RelayProcess } from '#tests/browser/relay-process.ts'
import { chromiumPath, launchArgs } from './chromium.ts'

const OUT = 'docs/screens'
const PHONE = { width: 360, height: 740 }
const DESKTOP = { width: 1280, height: 860 }
const SETTLE_MS = 600

async function shoot(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0)
  await page.evaluate(() => scrollTo(0, 0))
  await page.waitForTimeout(SETTLE_MS)
  return page.screenshot()
}

async function keep(name: string, picture: Buffer): Promise<void> {
  const path = `${OUT}/${name}.png`
  await writeFile(path, picture)
  console.log(`${path}: ${Math.round(picture.length / 1024)} KiB`)
}

/** The phone beside the desktop, both as high as the phone. */
async function sideBySide(context: BrowserContext, phone: Buffer, desktop: Buffer): Promise<Buffer> {
  const image = (picture: Buffer) =>
    `<img height="${PHONE.height}" src="data:image/png;base64,${picture.toString('base64')}">`
  const page = await context.newPage()
  await page.setViewportSize({ width: 1520, height: PHONE.height + 48 })
  await page.setContent(
    `<style>body{margin:0;padding:24px;display:flex;gap:24px;width:max-content;background:#d9e2dc}img{border-radius:14px}</style>${image(phone)}${image(desktop)}`,
  )
  const picture = await page.screenshot({ fullPage: true })
  await page.close()
  return picture
}

async function drawAll(person: Person): Promise<void> {
  const { page } = person
  await person.lookAround()
  await page.locator('main section').nth(6).waitFor()
  const phone = await shoot(page)
  await person.go('Timeline')
  await page.locator('main li a').first().waitFor()
  await keep('timeline', await shoot(page))
  await page.locator('main li a').first().click()
  await page.getByText('Where this came from').waitFor()
  await keep('entry', await shoot(page))
  await person.go('Add')
  await keep('add', await shoot(page))
  await page.setViewportSize(DESKTOP)
  const copy = JSON.stringify(await person.exportAll(''))
  await person.offerFile({ name: 'my-clinic.json', text: copy.replaceAll('"id":"', '"id":"n') })
  await page.setViewportSize(PHONE)
  await keep('import', await shoot(page))
  await page.setViewportSize(DESKTOP)
  await person.go('Home')
  await page.locator('main section').nth(6).waitFor()
  const desktop = await shoot(page)
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: launchArgs })
  await keep('home', await sideBySide(await browser.newContext(), phone, desktop))
  await browser.close()
}

await mkdir(OUT, { recursive: true })
const relay = await RelayProcess.start()
const person = await Person.arrive(relay.origin, { viewport: PHONE })
try {
  await drawAll(person)
} finally {
  await person.close()
  await rm(person.profileDir, { recursive: true, force: true })
  await relay.destroy()
}
