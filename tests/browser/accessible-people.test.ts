import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONTACT_PAGES, KEPT_PAGES, lookAtPages, SHARED_PAGES } from './every-page.ts'
import { axeFinds, look, lookBriefly } from './look.ts'
import { accept, compare, connect, entry, invite, share, SLOW, toPeople } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let ana: Person
let bea: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  bea = await Person.arrive(relay.origin)
  await bea.settleIn('Bea Sample')
})
afterAll(async () => {
  await ana?.leave()
  await bea?.leave()
  await relay.destroy()
})

/** Axe takes seconds for each of some fifty pages. */
const LONG_MS = 900_000

const RECORD = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { resource: { resourceType: 'Patient', name: [{ text: 'Ana Example' }], birthDate: '1950-04-02' } },
    { resource: { resourceType: 'Condition', code: { text: 'Asthma' }, onsetDateTime: '2021-02-11' } },
    {
      resource: {
        resourceType: 'Observation',
        status: 'final',
        category: [{ coding: [{ code: 'laboratory' }] }],
        code: { text: 'Potassium', coding: [{ system: 'http://loinc.org', code: '2823-3' }] },
        effectiveDateTime: '2026-10-02',
        valueQuantity: { value: 4.2, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
      },
    },
  ],
}

/** The pages are those of one’s own record, which is looked at more closely: here it is what stands around them. */
const lookOnce =
  ({ page }: Person) =>
  async (where: string, isAnother: boolean) => [
    ...(isAnother ? [] : await axeFinds(page, where)),
    ...(await lookBriefly(page, where)),
  ]

test(
  'an invitation, and every page about somebody to whom one gives a part of a record, and of that part',
  async () => {
    await ana.importFile({ name: 'clinic.json', text: JSON.stringify(RECORD) })
    await ana.add('condition', { 'What is it called?': 'Migraine' })
    await ana.add('medicine', { 'Name of the medicine': 'Salbutamol' })
    const { words } = await invite(ana)
    const finds = await look(ana.page, '/people/invitation/:id')
    await toPeople(bea)
    await bea.page.getByRole('link', { name: 'I have an invitation' }).click()
    await bea.page.getByLabel('The link, or the eight words').fill(words)
    await bea.button('See whose it is').click()
    await bea.heading('Ana Example invites you').waitFor(SLOW)
    finds.push(...(await look(bea.page, '/meet, asked')))
    await connect(ana, bea)
    await compare(ana, bea)
    const sections = ['Problems', 'Medicines', 'Test results']
    await share(ana, bea, { sections, until: '30 days', role: 'See and add' })
    await toPeople(bea)
    await bea.heading('Ana Example wants to share with you').waitFor(SLOW)
    finds.push(...(await look(bea.page, '/people, offered')))
    await accept(bea, ana)
    await entry(bea, 'Asthma').waitFor(SLOW)
    const base = /\/shared\/[^/?]+/.exec(bea.page.url())![0]
    finds.push(...(await lookAtPages(bea.page, SHARED_PAGES, lookOnce(bea), base)))
    finds.push(...(await lookAtPages(ana.page, CONTACT_PAGES, where => look(ana.page, where))))
    expect(finds).toEqual([])
  },
  LONG_MS,
)

test(
  'every page of a record that one keeps for somebody',
  async () => {
    const { page } = ana
    await page.getByRole('button', { name: /^Record of Ana Example/ }).click()
    await page.getByRole('menuitem', { name: 'Keep a record for someone else' }).click()
    await page.getByLabel('Their name').fill('Tim Example')
    await page.getByLabel('Date of birth').fill('2014-05-06')
    await ana.button('Make the record').click()
    await page.getByText('You are looking at the record of').waitFor(SLOW)
    const finds = await look(page, 'the words of a kept record')
    await ana.button('Do this later').click()
    await ana.importFile({ name: 'clinic.json', text: JSON.stringify(RECORD) })
    await ana.add('condition', { 'What is it called?': 'Measles' })
    await ana.add('medicine', { 'Name of the medicine': 'Salbutamol' })
    const base = /\/kept\/[^/?]+/.exec(page.url())![0]
    finds.push(...(await lookAtPages(page, KEPT_PAGES, lookOnce(ana), base)))
    expect(finds).toEqual([])
  },
  LONG_MS,
)
