import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept, entry, meet, openContact, share, SLOW, toPeople, turnTo } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const subject = { reference: 'Patient/p' }
const ofEpilepsy = { reference: 'Condition/c1' }
/** As a clinic gives it: a medicine, a message and a letter tell of one condition, another medicine of nothing. */
const RESOURCES = [
  { resourceType: 'Condition', id: 'c1', subject, code: { text: 'Epilepsy' }, onsetDateTime: '2024-03-01' },
  {
    resourceType: 'MedicationStatement',
    id: 'm1',
    status: 'active',
    subject,
    medicationCodeableConcept: { text: 'Lamotrigine 50 mg' },
    reasonReference: [ofEpilepsy],
  },
  {
    resourceType: 'MedicationStatement',
    id: 'm2',
    status: 'active',
    subject,
    medicationCodeableConcept: { text: 'Ibuprofen 400 mg' },
  },
  {
    resourceType: 'Communication',
    id: 'n1',
    status: 'completed',
    subject,
    about: [ofEpilepsy],
    topic: { text: 'Question of the clinic' },
    sent: '2024-03-04T10:00:00Z',
    payload: [{ contentString: 'Any more of them since Monday?' }],
  },
  {
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    subject,
    date: '2024-03-05T10:00:00Z',
    description: 'Letter after the visit',
    context: { related: [ofEpilepsy] },
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('Seen on Monday').toString('base64') } }],
  },
]
const BELONGINGS = ['Lamotrigine 50 mg', 'Question of the clinic', 'Letter after the visit']

let relay: RelayProcess
let ana: Person
let bea: Person
/** The addresses, in Ana's record, of what she deleted. */
const deleted = { gout: '', walnuts: '' }
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  await rename('What is it called?', 'Mild asthma')
  deleted.gout = await addAndBin('condition', { 'What is it called?': 'Gout' })
  await ana.add('allergy', { 'What do you react to?': 'Penicilin' })
  await rename('What do you react to?', 'Penicillin')
  deleted.walnuts = await addAndBin('allergy', { 'What do you react to?': 'Walnuts' })
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: RESOURCES.map(resource => ({ resource })) }
  await ana.importFile({ name: 'clinic.json', text: JSON.stringify(bundle) })
  bea = await Person.arrive(relay.origin)
  await bea.settleIn('Bea Sample')
})
afterAll(async () => {
  for (const person of [ana, bea]) await person?.leave()
  await relay.destroy()
})

async function rename(label: string, name: string): Promise<void> {
  await ana.page.getByRole('link', { name: 'Edit', exact: true }).click()
  await ana.fill({ [label]: name })
  await ana.save()
}

async function addAndBin(kind: 'condition' | 'allergy', fields: Readonly<Record<string, string>>): Promise<string> {
  await ana.add(kind, fields)
  const { pathname } = new URL(ana.page.url())
  await ana.button('Move to bin').click()
  await ana.page.waitForURL(/\/timeline/)
  return pathname
}

/** On Bea's screen: the page of an entry in the shared record that is on it. */
async function beaOpens(address: string): Promise<void> {
  const [base] = /\/shared\/[^/?]+/.exec(bea.page.url())!
  await bea.page.goto(`${relay.origin}${base}${address}`)
  await bea.unlock()
  await bea.page.getByText('You are looking at the record of Ana Example').waitFor(SLOW)
}

test('with its past: Ana reads what that is before she signs, and Bea can look at what was deleted', async () => {
  await meet(ana, bea)
  const past = 'From before there is: Problems (one earlier version and one deleted entry).'
  const sections = ['Problems', 'Medicines', 'Documents']
  const titles = await share(ana, bea, { sections, until: '24 hours', role: 'See', past })
  expect(titles).not.toContain('Gout')
  expect(titles).toContain('Mild asthma')
  await toPeople(bea)
  await accept(bea, ana)
  await entry(bea, 'Mild asthma').waitFor(SLOW)
  await beaOpens(deleted.gout)
  await bea.heading('Gout').waitFor(SLOW)
  await bea.page.getByText('This entry is in the bin').waitFor()
  expect(await bea.button('Restore').count()).toBe(0)
  await openContact(ana, bea.name)
  await ana.page.getByText('with everything from before', { exact: false }).waitFor(SLOW)
})

test('Ana erases the past of her allergies, which nobody was ever shown: nothing of it goes along when she shares them with their past', async () => {
  await ana.go('Settings')
  await ana.button('Erase…').click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByText('This cannot be undone, not even with your recovery words.').waitFor()
  await dialog.getByText('Allergies (1)').click()
  await dialog.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await ana.button('Erase for good', dialog).click()
  await ana.page.getByText('Erased. Your other devices follow when they are next open.').waitFor(SLOW)
  await ana.go('Bin')
  await ana.page.getByRole('main').getByText('Gout').waitFor(SLOW)
  expect(await ana.page.getByRole('main').getByText('Walnuts').count()).toBe(0)

  const past = 'Nothing in these sections was changed or deleted so far.'
  const terms = { sections: ['Allergies'], until: '24 hours', role: 'See', past } as const
  expect(await share(ana, bea, terms)).toEqual(['Penicillin'])
  const shown = bea.page.url()
  await toPeople(bea)
  await accept(bea, ana)
  await entry(bea, 'Penicillin').waitFor(SLOW)
  await beaOpens(deleted.walnuts)
  await bea.heading('No such entry').waitFor(SLOW)
  await bea.page.goto(shown)
  await bea.unlock()
})

test('what Ana makes private goes with what belongs to it, whose reader is named: Bea finds no trace of it, nor of what was before', async () => {
  await turnTo(bea, 'Timeline')
  for (const title of ['Epilepsy', ...BELONGINGS]) await entry(bea, title).waitFor(SLOW)
  await ana.go('Timeline')
  await entry(ana, 'Epilepsy').click()
  await ana.button('Make private').click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByText('Have it already: Bea Sample').waitFor(SLOW)
  const ticked = dialog.getByRole('checkbox', { checked: true })
  await expect.poll(() => ticked.count(), SLOW).toBe(BELONGINGS.length)
  for (const title of BELONGINGS) await dialog.getByText(title).waitFor()
  await ana.button('Make private', dialog).click()
  await ana.page.getByText('Private: no share has it').waitFor(SLOW)

  for (const title of ['Epilepsy', ...BELONGINGS]) await entry(bea, title).waitFor({ ...SLOW, state: 'detached' })
  await entry(bea, 'Ibuprofen').waitFor(SLOW)
  for (const words of ['epilepsy', 'lamotrigine', 'question', 'letter']) {
    await bea.page.getByRole('searchbox').first().fill(words)
    await bea.page.getByText('Nothing matches').waitFor(SLOW)
  }
  await beaOpens(deleted.gout)
  await bea.heading('No such entry').waitFor(SLOW)
  await openContact(ana, bea.name)
  await ana.page.getByText('no longer with what was before', { exact: false }).waitFor(SLOW)
})

test('nor has it the copy that Bea saves, nor the file that Ana makes for somebody else', async () => {
  const { page } = bea
  await turnTo(bea, 'Save a copy')
  await page.getByText('Another reason, written below').click()
  await page.getByLabel('In your own words').fill('For the hearing on Monday')
  await bea.button(/^Tell .* and save$/).click()
  await page.getByRole('main').getByText('Ana Example has been told.').waitFor(SLOW)
  const [copied] = await Promise.all([page.waitForEvent('download'), bea.button('Save the data (FHIR)').click()])
  await ana.go('Bring in')
  await ana.page.getByRole('link', { name: 'Choose what to take out' }).click()
  await ana.page.getByText('My record, to move to another app').click()
  await ana.page.getByText('With what is private (4 entries)').click()
  await ana.page.getByText('Nothing private is in it.', { exact: false }).waitFor()
  await ana.button('Make the file').click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  const [taken] = await Promise.all([ana.page.waitForEvent('download'), ana.button('Make the file', dialog).click()])
  for (const file of [await bea.textOf(copied), await ana.textOf(taken)]) {
    expect(file).toContain('Ibuprofen 400 mg')
    for (const words of ['Epilepsy', 'Condition/c1', ...BELONGINGS]) expect(file).not.toContain(words)
  }
})
