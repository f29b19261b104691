import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let kim: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  kim = await Person.arrive(relay.origin)
  await kim.settleIn('Kim Fixture', '1960-01-01')
})
afterAll(async () => {
  await kim?.leave()
  await relay?.destroy()
})

/** One flu shot, as one source tells of it. */
function shotFile(name: string, note: string) {
  const resource = {
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140' }], text: 'Influenza' },
    patient: { reference: 'Patient/1' },
    occurrenceDateTime: '2025-10-01',
    note: [{ text: note }],
  }
  return { name, text: JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [{ resource }] }) }
}

/** The rows of the timeline that tell of the shot. */
async function shots() {
  await kim.go('Timeline')
  return kim.page.getByRole('main').getByRole('link', { name: /Influenza/ })
}

test('what two files say is proposed, stands once at the person’s word, and is taken apart again', async () => {
  const { page } = kim
  await kim.importFile(shotFile('clinic.json', 'Left arm'))
  expect(await page.getByRole('link', { name: 'One entry may be here twice' }).count()).toBe(0)
  await kim.importFile(shotFile('pharmacy.json', 'Sore afterwards'))
  await page.getByRole('link', { name: 'One entry may be here twice' }).click()
  await kim.heading('Seen twice?').waitFor()
  await page.getByText('Same vaccine, same day').waitFor()
  const table = page.getByRole('table', { name: 'Influenza' })
  for (const source of ['clinic.json', 'pharmacy.json']) await table.getByRole('link', { name: source }).waitFor()
  await table
    .getByRole('row')
    .filter({ hasText: 'Left arm' })
    .filter({ hasText: 'Sore afterwards' })
    .filter({ hasText: 'differs' })
    .waitFor()
  expect(await look(page, 'a pair')).toEqual([])
  await kim.button('They are the same: Influenza').click()
  await page.getByText('Nothing seems to be here twice.').waitFor()

  const one = await shots()
  await one.filter({ hasText: 'from 2 sources' }).waitFor()
  await expect.poll(() => one.count()).toBe(1)
  await one.click()
  await page.waitForURL(/\/entry\//)
  expect(await look(page, 'an entry from two sources')).toEqual([])
  await kim.button('Take apart').click()
  await page.getByText('They stand apart again').waitFor()
  const apart = await shots()
  await expect.poll(() => apart.count()).toBe(2)
  expect(await page.getByRole('link', { name: 'One entry may be here twice' }).count()).toBe(0)
})
