import type { Download } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { look } from './look.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

/** More of everything than two pages hold. */
const MANY = 40
const TESTS = [
  ['2823-3', 'Potassium', 'mmol/L', 4.1, 3.5, 5.1],
  ['2160-0', 'Creatinine', 'mg/dL', 1.4, 0.6, 1.2],
  ['4548-4', 'Hemoglobin A1c', '%', 7.4, 4, 6],
  ['718-7', 'Hemoglobin', 'g/dL', 13.2, 12, 16],
] as const

const QUESTIONS = ['Why so tired?', 'May I swim?', 'Which of these can I stop?', 'When again?'].join('\n')

const subject = { reference: 'Patient/p' }
/** Of the last months, so that much of it is new since the last visit. */
const day = (index: number) => new Date(Date.now() - (3 + 5 * index) * 86_400_000).toISOString().slice(0, 10)
const coded = (text: string) => ({ text })
const active = (system: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code: 'active' }],
})

function observation(id: string, code: string, text: string, more: object) {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    subject,
    code: { coding: [{ system: 'http://loinc.org', code, display: text }], text },
    ...more,
  }
}

const quantity = (value: number, unit: string) => ({ value, unit, system: 'http://unitsofmeasure.org', code: unit })

function fullRecord(): string {
  const each = <Made>(make: (index: number) => Made) => Array.from({ length: MANY }, (_, index) => make(index))
  const resources = [
    { resourceType: 'Patient', id: 'p', name: [{ text: 'Ana Example' }], birthDate: '1961-02-03' },
    ...each(index => ({
      resourceType: 'Condition',
      id: `c${index}`,
      subject,
      clinicalStatus: active('condition-clinical'),
      code: coded(`Long-standing condition number ${index} of the full record`),
      onsetDateTime: day(index),
    })),
    ...each(index => ({
      resourceType: 'MedicationStatement',
      id: `m${index}`,
      status: 'active',
      subject,
      medicationCodeableConcept: coded(`Medicine number ${index} 50 mg tablet`),
      dosage: [{ text: 'One tablet in the morning and one in the evening, with food' }],
      effectiveDateTime: day(index),
    })),
    ...each(index => ({
      resourceType: 'AllergyIntolerance',
      id: `a${index}`,
      patient: subject,
      clinicalStatus: active('allergyintolerance-clinical'),
      code: coded(`Allergen number ${index}`),
      reaction: [{ manifestation: [coded('Hives')] }],
    })),
    ...each(index =>
      observation(`bp${index}`, '85354-9', 'Blood pressure', {
        effectiveDateTime: `${day(index)}T08:00:00Z`,
        component: [
          ['8480-6', 'Systolic', 120 + index],
          ['8462-4', 'Diastolic', 70 + (index % 20)],
        ].map(([code, display, value]) => ({
          code: { coding: [{ system: 'http://loinc.org', code, display }] },
          valueQuantity: quantity(Number(value), 'mm[Hg]'),
        })),
      }),
    ),
    ...each(index =>
      observation(`w${index}`, '29463-7', 'Body weight', {
        effectiveDateTime: `${day(index)}T07:00:00Z`,
        valueQuantity: quantity(70 + index / 10, 'kg'),
      }),
    ),
    ...TESTS.flatMap(([code, text, unit, value, low, high]) =>
      each(index =>
        observation(`${code}-${index}`, code, text, {
          category: [
            { coding: [{ code: 'laboratory', system: 'http://terminology.hl7.org/CodeSystem/observation-category' }] },
          ],
          effectiveDateTime: `${day(index)}T09:00:00Z`,
          valueQuantity: quantity(value + index / 100, unit),
          referenceRange: [{ low: quantity(low, unit), high: quantity(high, unit) }],
        }),
      ),
    ),
    {
      resourceType: 'Appointment',
      id: 'next',
      status: 'booked',
      description: 'Check-up at the practice',
      start: '2031-05-06T09:00:00Z',
      end: '2031-05-06T09:20:00Z',
      participant: [{ actor: subject, status: 'accepted' }],
    },
  ]
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map(resource => ({ resource })),
  })
}

let relay: RelayProcess
let ana: Person
beforeAll(async () => {
  await readyCrypto()
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example', '1961-02-03')
  await ana.importFile({ name: 'full.json', text: fullRecord() })
})
afterAll(async () => {
  await ana?.leave()
  await relay.destroy()
})

async function takeOutPage(): Promise<void> {
  await ana.go('Bring in')
  await ana.page.getByRole('link', { name: 'Choose what to take out' }).click()
  await ana.heading('Take your record out').waitFor()
}

/** As the browser prints it, or saves it as PDF. Answers how many sheets. */
async function sheets(format: 'A4' | 'Letter'): Promise<number> {
  const pdf = await ana.page.pdf({ format, margin: { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' } })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}

test.each(['A4', 'Letter'] as const)('the pages for the doctor of a full record are two on %s', async format => {
  await takeOutPage()
  await ana.page.getByRole('link', { name: 'For the doctor' }).click()
  const sheet = ana.page.getByRole('article', { name: 'For the doctor' })
  await ana.page.getByLabel('My questions').first().fill(QUESTIONS)
  await sheet.getByText('Which of these can I stop?').waitFor()
  await sheet.getByText('32 more are in the record, and not on these pages.').first().waitFor()
  expect(await sheets(format)).toBeLessThanOrEqual(2)
})

test('what is on the pages for the doctor is chosen one by one, by keyboard alone', async () => {
  const { page } = ana
  const sheet = page.getByRole('article', { name: 'For the doctor' })
  const medicine = page.getByRole('group', { name: 'Medicines' }).getByRole('checkbox').first()
  const name = (await medicine.evaluate(box => (box as HTMLInputElement).labels?.[0]?.textContent)) ?? ''
  await sheet.getByText(name).first().waitFor()
  await medicine.focus()
  await page.keyboard.press('Space')
  await expect.poll(() => sheet.getByRole('region', { name: 'Medicines' }).getByText(name).count()).toBe(0)
  await sheet.getByText('31 more are in the record, and not on these pages.').waitFor()
  expect(await look(page, 'for the doctor')).toEqual([])
})

test('the card for the wallet runs on, for a full record, to no more than a second sheet', async () => {
  await takeOutPage()
  await ana.page.getByRole('link', { name: 'Card for your wallet' }).click()
  await ana.heading('Emergency card').waitFor()
  await ana.page.getByRole('article').waitFor()
  expect(await sheets('A4')).toBeLessThanOrEqual(2)
})

/** Chooses a form and makes the file. */
async function make(form: string, andThen: () => Promise<void> = async () => undefined): Promise<Download> {
  await takeOutPage()
  await ana.page.getByText(form, { exact: true }).click()
  await andThen()
  const coming = ana.page.waitForEvent('download')
  await ana.button('Make the file').click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await ana.button('Make the file', dialog).click()
  return coming
}

test.each([
  ['A summary for a clinic', 'json'],
  ['My record, to move to another app', 'json'],
  ['The same, an entry a line', 'ndjson'],
])('%s is a file that reads again, with whose it is', async (form, ending) => {
  const download = await make(form)
  expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`))
  const text = await ana.textOf(download)
  const read = await readImportFile(new TextEncoder().encode(text), download.suggestedFilename())
  expect(read.ok && read.value.person?.name).toBe('Ana Example')
  expect(read.ok && read.value.unusable).toEqual([])
  expect(read.ok && read.value.resources.length).toBeGreaterThan(MANY)
})

test('a table of blood pressures reads again as one, and the calendar has what is planned', async () => {
  const table = await make('A table for a spreadsheet', async () => {
    await ana.page.getByLabel('Which table?').selectOption({ label: 'Blood pressure' })
  })
  const csv = await ana.textOf(table)
  const read = await readImportFile(new TextEncoder().encode(csv), table.suggestedFilename())
  expect(read.ok && read.value.resources.filter(({ parts }) => parts.kind === 'blood-pressure')).toHaveLength(MANY)
  const ics = await ana.textOf(await make('Dates for a calendar'))
  expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n/)
  expect(ics).toMatch(/DTSTART[^\r]*:20310506T090000Z/)
})
