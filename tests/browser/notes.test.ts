import { readFile } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orientationTiff } from '#app/core/exchange/paper/clean-jpeg.ts'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look, sidewaysFinds } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

const PHONE = { width: 360, height: 740 }

/** A real picture, drawn by the browser. */
async function photo({ context }: Person): Promise<Buffer> {
  const page = await context.newPage()
  await page.setContent('<h1>Metformin 500 mg</h1>')
  const jpeg = await page.screenshot({ type: 'jpeg' })
  await page.close()
  return jpeg
}

test('on a phone, by keyboard alone: a medicine is added with a photo of its box, and has a note that is edited, found and undone', async () => {
  const ada = await Person.arrive(relay.origin, { viewport: PHONE })
  await ada.settleIn('Ada Sample', '1958-04-12')
  const { page } = ada
  const finds: string[] = []
  await ada.go('Add')
  await pressOn(ada, /^Medicine/)
  await page.getByRole('button', { name: 'Attach a photo or PDF too' }).waitFor()
  await tabTo(ada, /^What is it called|^Name|^Medicine/)
  await page.keyboard.type('Metformin')
  await pressOn(ada, /^Attach a photo or PDF too$/)
  await page.getByText('It will belong to “Metformin”.').waitFor()
  await page.getByText('Whoever can see that entry sees this too', { exact: false }).waitFor()
  finds.push(...(await sidewaysFinds(page, 'a file for a medicine')))
  const box = { name: 'box.jpg', mimeType: 'image/jpeg', buffer: await photo(ada) }
  await page.locator('input[type=file][multiple]').setInputFiles([box])
  await pressOn(ada, /^Save$/)
  const documents = page.getByRole('list', { name: 'Documents about this' })
  await documents.getByRole('link', { name: /box/ }).waitFor()
  await page.getByRole('img', { name: 'box' }).waitFor()

  await pressOn(ada, /^Add a note$/)
  await page.getByText('The note will stand beside “Metformin”.').waitFor()
  finds.push(...(await sidewaysFinds(page, 'the form of a note')))
  await tabTo(ada, /^Your note/)
  await page.keyboard.type('With breakfast, never at night.')
  await pressOn(ada, /^Save$/)
  const notes = page.getByRole('list', { name: 'Notes' })
  await notes.getByText('With breakfast, never at night.').waitFor()
  await notes.getByRole('link', { name: 'Edit' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Edit the note' }).waitFor()
  await tabTo(ada, /^Your note/)
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Porridge helps.')
  await pressOn(ada, /^Save$/)
  await notes.getByText('Porridge helps.', { exact: false }).waitFor()
  finds.push(...(await sidewaysFinds(page, 'a medicine with a note')))

  await ada.go('Timeline')
  await tabTo(ada, /^Search/)
  await page.keyboard.type('porridge')
  await page.getByRole('link', { name: /Metformin/ }).waitFor()
  await page.keyboard.press('Tab')
  await page.getByRole('link', { name: /Metformin/ }).focus()
  await page.keyboard.press('Enter')
  await notes.getByRole('button', { name: 'Move to bin' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('No notes yet', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).focus()
  await page.keyboard.press('Enter')
  await notes.getByText('Porridge helps.', { exact: false }).waitFor()
  finds.push(...(await look(page, 'a medicine with a note and a photo')))
  expect(finds).toEqual([])
  await ada.leave()
})

/** A grey PNG: hardly any bytes, but all those pixels once it is drawn. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const pixels = deflateSync(Buffer.alloc((width + 1) * height, 0))
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** With the Exif of a phone that was held upright: to be turned by a quarter. */
function turned(jpeg: Buffer): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), orientationTiff(6)])
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

const LOCKED_PDF = Buffer.from('%PDF-1.7\ntrailer << /Encrypt 5 0 R /Root 1 0 R >>\n%%EOF\n')

test('a turned photo stands upright, one of 60 megapixels is drawn, and a PDF with a password says how to open it', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn('Ada Sample', '1958-04-12')
  const { page } = ada
  await ada.go('Add')
  await page.locator('main a[href="/add/document"]').click()
  await page.locator('input[type=file][multiple]').setInputFiles([
    { name: 'turned.jpg', mimeType: 'image/jpeg', buffer: turned(await photo(ada)) },
    { name: 'huge.png', mimeType: 'image/png', buffer: hugePng(10_000, 6000) },
    { name: 'locked.pdf', mimeType: 'application/pdf', buffer: LOCKED_PDF },
  ])
  await ada.save()
  const sizeOf = async (name: string) => {
    const picture = page.getByRole('img', { name })
    await picture.waitFor({ timeout: 60_000 })
    return picture.evaluate(async (image: HTMLImageElement) => {
      await image.decode()
      return { isUpright: image.naturalHeight > image.naturalWidth, width: image.naturalWidth }
    })
  }
  expect(await sizeOf('turned.jpg, 1 of 3')).toMatchObject({ isUpright: true })
  expect(await sizeOf('huge.png, 2 of 3')).toEqual({ isUpright: false, width: 10_000 })
  await page.getByText('If it has a password, that program asks for it.', { exact: false }).waitFor()
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save a copy of locked.pdf' }).click()
  expect(await readFile(await (await coming).path())).toEqual(LOCKED_PDF)
  await ada.leave()
})
