import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let ada: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ada = await Person.arrive(relay.origin)
  await ada.settleIn()
})
afterAll(async () => {
  await ada.leave()
  await relay.destroy()
})

/** What is typed, then changed: the title before and after, and the field that makes the difference. */
const STORIES = [
  {
    kind: 'blood-pressure',
    typed: { 'Upper (systolic)': '128', 'Lower (diastolic)': '82', Pulse: '61' },
    shown: '128/82',
    changed: { 'Upper (systolic)': '131' },
    after: '131/82',
  },
  { kind: 'weight', typed: { Weight: '71.5' }, shown: '71.5 lb', changed: { Weight: '72' }, after: '72 lb' },
  {
    kind: 'condition',
    typed: { 'What is it called?': 'Asthma', Note: 'since school' },
    shown: 'Asthma',
    changed: { 'What is it called?': 'Mild asthma' },
    after: 'Mild asthma',
  },
  {
    kind: 'medicine',
    typed: { 'Name of the medicine': 'Metformin 500 mg', 'How do you take it?': 'one with breakfast' },
    shown: 'Metformin 500 mg',
    changed: { 'Name of the medicine': 'Metformin 850 mg' },
    after: 'Metformin 850 mg',
  },
  {
    kind: 'allergy',
    typed: { 'What do you react to?': 'Walnuts', 'What happens?': 'hives' },
    shown: 'Walnuts',
    changed: { 'What do you react to?': 'All nuts' },
    after: 'All nuts',
  },
  {
    kind: 'note',
    typed: { Title: 'Ask about sleep', 'Your note': 'Waking at four' },
    shown: 'Ask about sleep',
    changed: { Title: 'Asked about sleep' },
    after: 'Asked about sleep',
  },
] as const

test.each(STORIES)('somebody adds, edits, bins, restores and takes back: $kind', async story => {
  const { page } = ada
  const main = page.getByRole('main')
  const shows = (text: string) => main.getByText(text, { exact: false }).first().waitFor()
  await ada.add(story.kind, story.typed)
  await shows(story.shown)
  await main.getByText('Entered by hand').waitFor()

  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await ada.fill(story.changed)
  await ada.save()
  await shows(story.after)
  await ada.takeBack()
  await shows(story.shown)

  const address = page.url()
  await ada.button('Move to bin').click()
  await page.waitForURL(/\/timeline/)
  await ada.go('Bin')
  await main.getByText(story.shown, { exact: false }).first().waitFor()
  await main.getByText('30 days left').or(main.getByText('29 days left')).waitFor()
  await ada.button(/^Restore/).click()
  await main.getByText('The bin is empty').waitFor()
  await page.goto(address)
  await ada.unlock()
  await shows(story.shown)
  expect(await main.getByText('This entry is in the bin').count()).toBe(0)
})

test('somebody takes back an addition and a deletion', async () => {
  const { page } = ada
  await ada.add('note', { Title: 'Made by mistake', 'Your note': 'nothing' })
  await ada.takeBack()
  await page.getByText('This entry is in the bin').waitFor()
  await ada.add('note', { Title: 'Worth keeping', 'Your note': 'something' })
  await ada.button('Move to bin').click()
  await page.waitForURL(/\/timeline/)
  await ada.takeBack()
  await page.getByRole('link', { name: /Worth keeping/ }).waitFor()
  expect(await page.getByRole('link', { name: /Made by mistake/ }).count()).toBe(0)
})

test('a form says what is wrong, asks about what is odd, and keeps what was typed', async () => {
  const { page } = ada
  await ada.go('Add')
  await page.locator('main a[href="/add/blood-pressure"]').click()
  await ada.button('Save').click()
  await page.getByText('Please fill this in.').first().waitFor()
  await ada.fill({ 'Upper (systolic)': 'seventy', 'Lower (diastolic)': '80' })
  await ada.button('Save').click()
  await page.getByText('Please type the number in digits, for example 70.').waitFor()
  expect(await page.getByLabel('Upper (systolic)').inputValue()).toBe('seventy')
  await ada.fill({ 'Upper (systolic)': '80', 'Lower (diastolic)': '120' })
  await ada.button('Save').click()
  await page.getByText('They may be swapped').waitFor()
  await ada.button('Let me change it').click()
  expect(await page.getByLabel('Lower (diastolic)').inputValue()).toBe('120')
  await ada.fill({ 'Upper (systolic)': '120', 'Lower (diastolic)': '80' })
  await ada.save()
})

test('everything typed goes out as FHIR', async () => {
  const bundle = (await ada.exportAll()) as { entry: { resource: { resourceType: string } }[] }
  const types = bundle.entry.map(entry => entry.resource.resourceType)
  for (const type of ['Observation', 'Condition', 'MedicationStatement', 'AllergyIntolerance']) {
    expect(types).toContain(type)
  }
})
