import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleOf, largeRecord } from '#tests/support/fhir-fixtures.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const SYNTHEA = join(process.env.WELLKEEP_CORPUS ?? '../shared/data', 'synthea')
const synthea = existsSync(SYNTHEA) ? readdirSync(SYNTHEA).filter(name => /\.json(\.gz)?$/.test(name)) : []

const COUNT = 300
const FILE = { name: 'clinic.json', text: largeRecord(1, COUNT) }

let relay: RelayProcess
let kim: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  kim = await Person.arrive(relay.origin)
  await kim.settleIn('Kim Fixture', '1960-01-01')
})
afterAll(async () => {
  await kim.leave()
  await relay.destroy()
})

/** Resources as the export has them, by id. */
async function exported(): Promise<ReadonlyMap<string, unknown>> {
  const { resources } = bundleOf(JSON.stringify(await kim.exportAll()))
  return new Map(resources.map(resource => [String(resource['id']), resource]))
}

async function total(): Promise<number> {
  await kim.go('Timeline')
  const words = kim.page.getByText(/^([\d,]+ entries|One entry|Nothing here yet)$/)
  const text = await words.first().innerText()
  return text.startsWith('One') ? 1 : Number(text.replace(/\D/g, '') || 0)
}

test('a file is looked at first; cancelled it changes nothing', async () => {
  await kim.offerFile(FILE)
  const rows = kim.page.getByRole('table').getByRole('row')
  await rows.filter({ hasText: 'Blood pressure readings' }).getByRole('cell', { name: '60' }).waitFor()
  await rows
    .filter({ hasText: 'All together' })
    .getByRole('cell', { name: String(COUNT) })
    .waitFor()
  await kim.button('Cancel').click()
  await kim.button('Choose a file').waitFor()
  await expect.poll(total).toBe(0)
})

test('reading a long file can be broken off, and the next file is read as ever', async () => {
  await kim.go('Bring in')
  await kim.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(largeRecord(4, 40_000)) })
  await kim.page.getByText(/^(Reading long|Looking at what is in long)/).waitFor()
  await kim.button('Cancel').click()
  await kim.button('Choose a file').waitFor()
  await kim.offerFile(FILE)
  await kim.button('Cancel').click()
  await expect.poll(total).toBe(0)
})

test('a file comes in, exports again unchanged, and the same file again adds nothing', async () => {
  expect(await kim.importFile(FILE)).toBe(COUNT)
  await expect.poll(total).toBe(COUNT)
  const out = await exported()
  for (const resource of bundleOf(FILE.text).resources) expect(out.get(String(resource['id']))).toEqual(resource)
  await kim.offerFile({ name: 'again.json.gz', text: gzipSync(FILE.text) })
  await kim.page.getByText('Everything in it is already in your record.').waitFor()
  expect(await kim.button(/^Bring in /).count()).toBe(0)
  await kim.button('Cancel').click()
  await kim.statusSays('Backed up', 60_000)
})

test('a dropped file is read too; taken back, all of it goes in one step', async () => {
  await kim.go('Bring in')
  const data = await kim.page.evaluateHandle(
    text => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }))
      return transfer
    },
    largeRecord(2, 50),
  )
  await kim.page.getByText('or drop one or several here').dispatchEvent('drop', { dataTransfer: data })
  await kim.heading('This is in dropped.json').waitFor()
  expect(await kim.commitImport()).toBe(50)
  await expect.poll(total).toBe(COUNT + 50)
  await kim.go('Bring in')
  await kim.button('Take it back: dropped.json').click()
  await kim.button('Take it back', kim.page.getByRole('dialog')).click()
  await kim.page.getByText('50 entries were taken back').first().waitFor()
  await expect.poll(total).toBe(COUNT)
})

test('an entry shows its value, its file and its original', async () => {
  await kim.go('Timeline')
  await kim.page.getByLabel('Search').fill('Condition 292')
  await kim.page.getByRole('link', { name: /Condition 292/ }).click()
  // The rows of the timeline name the file, too.
  await kim.page.waitForURL(/\/entry\//)
  const main = kim.page.getByRole('main')
  await main.getByText('clinic.json').waitFor()
  await main.getByText('Show every detail').click()
  await main
    .getByText('onsetDateTime')
    .or(main.getByText('Onset', { exact: false }))
    .first()
    .waitFor()
  const coming = kim.page.waitForEvent('download')
  await kim.button('Download', main).click()
  const resource = JSON.parse(readFileSync(await (await coming).path(), 'utf8')) as { id: string }
  expect(bundleOf(FILE.text).resources).toContainEqual(resource)
})

test.each([
  ['letter.txt', 'no json at all', /plain text, such as a letter/],
  ['it.json', '{"some":"thing"}', /but not a FHIR record/],
  ['it.json', '', /nothing in it/],
  ['it.json', FILE.text.slice(0, 5000), /cut off|goes wrong in line/],
  ['it.json.gz', gzipSync(FILE.text).subarray(0, 500), /cut off/],
])('%s that cannot be read (%#) is refused in plain words and changes nothing', async (name, text, words) => {
  await kim.offerFile({ name, text })
  await kim.page.getByText(words).waitFor()
  await kim.page.getByText('Your record was not changed.').waitFor()
})

test.skipIf(synthea.length === 0)(
  'every Synthea file can be looked at, and what was brought in goes out unchanged',
  async () => {
    const before = await exported()
    const offered: string[] = []
    let added = 0
    for (const [index, name] of synthea.entries()) {
      await kim.offerFile(join(SYNTHEA, name))
      if (await kim.button(/^Bring in /).isVisible()) offered.push(name)
      if (index % 8 === 1) added += await kim.commitImport()
      else await kim.button('Cancel').click()
    }
    expect(offered).toEqual(synthea)
    const after = await exported()
    expect(after.size).toBe(before.size + added)
    for (const name of synthea.filter((_, index) => index % 8 === 1)) {
      const bytes = readFileSync(join(SYNTHEA, name))
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
      for (const resource of bundleOf(text).resources) expect(after.get(String(resource['id']))).toEqual(resource)
    }
  },
  240_000,
)
