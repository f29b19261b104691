import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const MARCH =
  'Datum;Systolisch;Diastolisch;Puls;Gewicht;Laune;Bemerkung\r\n03/04/2026 07:15;128;82;61;80,5;3;nüchtern\r\n04/04/2026 07:20;siebzig;80;60;80,1;4;\r\n05/04/2026 07:10;131;84;62;;;\r\n'
const APRIL =
  'Datum;Systolisch;Diastolisch;Puls;Gewicht;Laune;Bemerkung\r\n05/04/2026 07:10;131;84;62;;;\r\n06/04/2026 07:05;124;79;58;79,9;;\r\n'

let relay: RelayProcess
let kim: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  kim = await Person.arrive(relay.origin)
  await kim.settleIn('Kim Sample', '1970-03-04')
})
afterAll(async () => {
  await kim.leave()
  await relay.destroy()
})

const column = (name: string) => kim.page.getByRole('group', { name })
const rowOf = (kind: string) => kim.page.getByRole('table').getByRole('row').filter({ hasText: kind })

test('a table with semicolons and decimal commas is asked about once, by keyboard; what cannot be used is named by row', async () => {
  // As a meter's program on an old computer saves it.
  await kim.offerFile({ name: 'maerz.csv', text: new Uint8Array(Buffer.from(MARCH, 'latin1')) })
  await kim.page.getByText('A unit is not known. Choose it: nothing is converted.').waitFor()
  await kim.page.getByText('The file does not say how its letters are written.', { exact: false }).waitFor()
  await column('Bemerkung').getByText('nüchtern').waitFor()
  expect(await column('Systolisch').getByLabel('This column is').inputValue()).toBe('systolic')
  expect(await look(kim.page, 'the columns of a table')).toEqual([])

  await column('Gewicht').getByLabel('Unit').focus()
  await kim.page.keyboard.press('k')
  await column('Laune').getByLabel('This column is').selectOption('Not brought in')
  await kim.page.getByLabel('How are the dates written?').selectOption('Day, month, year')
  await kim.page.getByLabel('Where the clock stood').selectOption('Europe/Berlin')
  await kim.button('Look it over').focus()
  await kim.page.keyboard.press('Enter')

  await kim.page.getByText('Columns that stay out: Laune.').waitFor()
  await kim.page.getByText('row 3: “siebzig”').waitFor()
  await rowOf('Blood pressure readings').getByRole('cell', { name: '2' }).waitFor()
  await rowOf('Weights').getByRole('cell', { name: '2' }).waitFor()
  expect(await look(kim.page, 'a table, looked over')).toEqual([])
  expect(await kim.commitImport()).toBe(5)
  await kim.go('Timeline')
  await kim.page
    .getByRole('link', { name: /128\s*\/\s*82/ })
    .first()
    .waitFor()
})

test('the next file with its heading is read alike without a question, adds only what is new, and leaves as one step', async () => {
  await kim.offerFile({ name: 'april.csv', text: APRIL })
  await kim.page.getByText('Read as an earlier file with the same columns.').waitFor()
  await rowOf('All together').getByRole('cell', { name: '2' }).waitFor()
  expect(await kim.commitImport()).toBe(2)
  await kim.go('Timeline')
  const added = kim.page.getByRole('link', { name: /124\s*\/\s*79/ }).first()
  await added.waitFor()

  await kim.go('Bring in')
  await kim.button('Take it back: april.csv').click()
  await kim.page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await kim.page.getByText('2 entries were taken back').waitFor()
  await kim.go('Timeline')
  await kim.page
    .getByRole('link', { name: /131\s*\/\s*84/ })
    .first()
    .waitFor()
  await expect.poll(() => added.count()).toBe(0)
})

test('what was said of the columns can be said otherwise from the preview', async () => {
  await kim.offerFile({ name: 'april.csv', text: APRIL })
  await kim.button('Change the columns').click()
  await kim.page.getByLabel('How are the dates written?').selectOption('Month, day, year')
  await kim.button('Look it over').click()
  await rowOf('All together').getByRole('cell', { name: '3' }).waitFor()
  await kim.button('Cancel').click()
  await kim.button('Choose a file').waitFor()
})
