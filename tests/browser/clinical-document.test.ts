import { afterAll, beforeAll, expect, test } from 'vitest'
import { ccda, measured, organizer, problem, quantity, section, SNOMED } from '#tests/support/ccda-fixtures.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const TABLE = `<table><thead><tr><th>Problem</th><th>Since</th></tr></thead><tbody><tr ID="p1"><td>Asthma since childhood</td><td>2020</td></tr></tbody></table>`
const DOCUMENT = ccda(
  section('11450-4', 'Problems', TABLE, problem('1', `code="195967001" ${SNOMED} displayName="Asthma"`)),
  section(
    '8716-3',
    'Vital signs',
    '<paragraph>See the chart.</paragraph>',
    organizer(
      '26',
      'v',
      '',
      measured('s', '8480-6', 'Systolic', quantity('131', 'mm[Hg]')),
      measured('d', '8462-4', 'Diastolic', quantity('81', 'mm[Hg]')),
    ),
  ),
  section('51848-0', 'Assessment', '<list><item>Keep the inhaler at hand.</item></list>'),
)

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

test('a clinic’s document comes in as entries and as a document to read, and only once', async () => {
  await kim.offerFile({ name: 'summary.xml', text: DOCUMENT })
  await kim.page.getByText('A clinical document (C-CDA).').waitFor()
  await kim.page.getByText('Kim Sample', { exact: false }).first().waitFor()
  expect(await kim.commitImport()).toBeGreaterThan(5)

  await kim.go('Timeline')
  await kim.page
    .getByRole('link', { name: /Asthma/ })
    .first()
    .waitFor()
  await kim.page
    .getByRole('link', { name: /131\s*\/\s*81/ })
    .first()
    .waitFor()
  await kim.page
    .getByRole('link', { name: /Summary of Kim Sample/ })
    .first()
    .click()
  await kim.page.getByRole('heading', { name: 'Assessment' }).waitFor()
  await kim.page.getByRole('cell', { name: 'Asthma since childhood' }).waitFor()
  await kim.page.getByText('Keep the inhaler at hand.').waitFor()

  await kim.offerFile({ name: 'again.xml', text: DOCUMENT })
  await kim.page.getByText('Everything in it is already in your record.').waitFor()
  expect(await kim.button(/^Bring in /).count()).toBe(0)
})
