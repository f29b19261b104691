import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleRecord } from '#app/core/exchange/sample/sample-record.ts'
import { instant } from '#schema/instant.ts'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look, sidewaysFinds } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const NOW = instant(Date.UTC(2026, 10, 1, 12))

/** What the sample's laboratory never says: a mark of alarm, a bound, what may still change, another unit. */
function oddResults(): readonly object[] {
  const ucum = 'http://unitsofmeasure.org'
  const result = (name: string, day: string, value: object, more: object = {}) => ({
    resource: {
      resourceType: 'Observation',
      id: `${name}-${day}`.toLowerCase(),
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: name },
      effectiveDateTime: day,
      valueQuantity: { system: ucum, ...value },
      ...more,
    },
  })
  return [
    result(
      'Lactate',
      '2026-10-30',
      { value: 6.2, unit: 'mmol/L', code: 'mmol/L' },
      { interpretation: [{ coding: [{ code: 'HH' }] }] },
    ),
    result('CRP', '2026-10-30', { value: 5, comparator: '<', unit: 'mg/L', code: 'mg/L' }),
    result('CRP', '2026-09-30', { value: 12, unit: 'mg/L', code: 'mg/L' }, { status: 'preliminary' }),
    result('CRP', '2026-08-30', { value: 0.9, unit: 'mg/dL', code: 'mg/dL' }),
  ]
}

function laboratoryFile(): string {
  const bundle = JSON.parse(sampleRecord(7, NOW).bundle) as { entry: object[] }
  return JSON.stringify({ ...bundle, entry: [...bundle.entry, ...oddResults()] })
}

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

async function arriveWithResults(): Promise<Person> {
  const person = await Person.arrive(relay.origin)
  await person.settleIn('Robin Sample', '1958-04-12')
  await person.importFile({ name: 'laboratory.json', text: laboratoryFile() })
  return person
}

test('results are found, followed over time, pinned and compared with nothing but the keyboard', async () => {
  const robin = await arriveWithResults()
  const { page } = robin
  await pressOn(robin, /^Results$/)
  await robin.heading('Basic metabolic panel').waitFor()
  const finds = await look(page, 'results')
  await page.getByText('Marked critical: contact your care team or emergency services now').waitFor()
  await tabTo(robin, /^Search tests/)
  await page.keyboard.insertText('glucose')
  await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(1)
  await pressOn(robin, /^Glucose/)
  await robin.heading('Glucose').waitFor()
  finds.push(...(await look(page, 'test')))
  const slider = page.getByRole('slider', { name: 'The results of the chart, one by one' })
  await tabTo(robin, /^The results of the chart/)
  const newest = await slider.getAttribute('aria-valuetext')
  await page.keyboard.press('ArrowLeft')
  const second = await slider.getAttribute('aria-valuetext')
  expect(second).not.toBe(newest)
  await page.keyboard.press('Home')
  await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('1')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Where this came from').waitFor()
  await pressOn(robin, /^This test over time$/)
  await robin.heading('Glucose').waitFor()
  await pressOn(robin, /^Pin to the top$/)
  await robin.button('Unpin').waitFor()
  await tabTo(robin, /^Compare with another test/)
  await page.keyboard.type('Creat')
  await robin.heading(/^Creatinine · /).waitFor()
  expect(new URL(page.url()).search).toMatch(/^\?with=[\w.~-]+$/)
  finds.push(...(await look(page, 'compared')))
  await pressOn(robin, /^Test results$/)
  await robin.heading('Pinned').waitFor()
  await pressOn(robin, /^Hide tests whose latest result is within its range/, 'Space')
  await page.getByText(/^\d+ tests are hidden\.$/).waitFor()
  expect(finds).toEqual([])
  await robin.leave()
})

test('on a phone one taps from the first page to a test and along its line; units and bounds stand apart', async () => {
  const robin = await arriveWithResults()
  const { page } = robin
  await page.setViewportSize({ width: 360, height: 740 })
  await robin.go('Home')
  await page.getByRole('link', { name: /^See all tests/ }).click()
  await robin.heading('Test results').waitFor()
  await page.getByRole('link', { name: /^CRP/ }).click()
  await robin.heading('CRP').waitFor()
  await expect.poll(() => page.getByRole('slider').count()).toBe(2)
  await page.getByText('Open circles are only limits: the tick points to where the true value lies.').waitFor()
  const slider = page.getByRole('slider').first()
  await slider.scrollIntoViewIfNeeded()
  await slider.click({ position: { x: 52, y: 60 } })
  await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe('1')
  await page.getByRole('main').getByText('Preliminary: may still change').first().waitFor()
  expect(await sidewaysFinds(page, 'CRP on a phone')).toEqual([])
  await robin.go('Settings')
  await page.getByText('In mmol/L or µmol/L, where that is certain').click()
  await robin.go('Home')
  await page.getByRole('link', { name: /^See all tests/ }).click()
  await robin.heading('Test results').waitFor()
  await page.getByRole('link', { name: /^Glucose.*mmol\/L/ }).click()
  await page
    .getByText(/^As reported: .*mg\/dL/)
    .first()
    .waitFor()
  await robin.leave()
})
