import { afterAll, beforeAll, expect, test } from 'vitest'
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
const DAY_MS = 86_400_000

/** The day so long ago, as the fields for dates of an American browser are typed: month, day, year. */
function typedDay(daysAgo: number): string {
  const [year = '', month = '', day = ''] = dayBefore(daysAgo).split('-')
  return `${month}${day}${year}`
}

const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

function pressures(): string {
  const part = (code: string, value: number) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  })
  const reading = (daysAgo: number, hour: string, upper: number, lower: number) => ({
    resource: {
      resourceType: 'Observation',
      id: `bp-${daysAgo}-${hour}`,
      status: 'final',
      category: [{ coding: [{ code: 'vital-signs' }] }],
      code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }], text: 'Blood pressure' },
      effectiveDateTime: `${dayBefore(daysAgo)}T${hour}:00:00+00:00`,
      component: [part('8480-6', upper), part('8462-4', lower)],
    },
  })
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      reading(3, '08', 128, 82),
      reading(5, '20', 132, 84),
      reading(100, '08', 150, 83),
      reading(103, '20', 152, 83),
    ],
  })
}

test('on a phone, by keyboard alone: this month’s blood pressure is put beside days of one’s own choice', async () => {
  const robin = await Person.arrive(relay.origin, { viewport: PHONE })
  await robin.settleIn('Robin Sample', '1958-04-12')
  const { page } = robin
  await robin.importFile({ name: 'pressures.json', text: pressures() })
  await robin.go('Home')
  await pressOn(robin, /^Over time, with goal and means/)
  await tabTo(robin, /^Compare with/)
  await page.keyboard.press('ArrowDown')
  await tabTo(robin, /^Compared days: from/)
  await page.keyboard.type(typedDay(110))
  await tabTo(robin, /^Compared days: to/)
  await page.keyboard.type(typedDay(90))
  await page.getByText(/130 mmHg.* on average, .*21 mmHg.* lower than in the compared days/).waitFor()
  await page.getByText(/83 mmHg.* on average, about the same/).waitFor()
  await page.getByRole('row', { name: /^Mornings.*128\/82.*150\/83/ }).waitFor()
  const finds = [...(await look(page, 'two periods')), ...(await sidewaysFinds(page, 'two periods on a phone'))]
  expect(finds).toEqual([])
  await robin.leave()
})

function newPotassium(): string {
  const result = {
    resourceType: 'Observation',
    id: 'potassium-new',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }], text: 'Potassium' },
    effectiveDateTime: `${dayBefore(2)}T08:00:00+00:00`,
    valueQuantity: { value: 5.9, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  }
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: result }] })
}

test('on a phone, by keyboard alone: who wants it reads what a test is before its new result, once', async () => {
  const robin = await Person.arrive(relay.origin, { viewport: PHONE })
  await robin.settleIn('Robin Sample', '1958-04-12')
  const { page } = robin
  await robin.importFile({ name: 'laboratory.json', text: newPotassium() })
  await robin.go('Home')
  await pressOn(robin, /^See all tests/)
  // Home names it twice, and stays until the page has come.
  await page.waitForURL(/\/results$/)
  await page.getByRole('link', { name: /^Potassium.*5\.9 mmol\/L/ }).waitFor()
  await pressOn(robin, /^Explain the test before showing a new result/, 'Space')
  await page.getByRole('link', { name: /^Potassium.*New: open to see it/ }).waitFor()
  const finds = await look(page, 'results, explained first')
  await pressOn(robin, /^Potassium/)
  await page.getByText(/^There is a new result/).waitFor()
  expect(await page.getByRole('main').textContent()).not.toContain('5.9')
  finds.push(...(await look(page, 'a test before its result')), ...(await sidewaysFinds(page, 'before a result')))
  await pressOn(robin, /^Show the result$/)
  await page
    .getByText(/5\.9 mmol\/L/)
    .first()
    .waitFor()
  await pressOn(robin, /^Test results$/)
  await page.getByRole('link', { name: /^Potassium.*5\.9 mmol\/L/ }).waitFor()
  expect(finds).toEqual([])
  await robin.leave()
})
