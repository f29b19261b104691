import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { NearDevices } from '#app/ui/session.ts'
import type { Characteristic } from '#schema/devices/gatt-readings.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], pair => Number.parseInt(pair, 16))

/** One that sends these as soon as it is chosen, and stays until it is let go of. */
const sending = (...sent: readonly (readonly [Characteristic, string])[]): NearDevices => ({
  isPossible: true,
  async listen(heard, found, signal) {
    found('Meter 5')
    for (const [characteristic, hex] of sent) heard({ characteristic, bytes: bytesOf(hex) })
    await new Promise(resolve => signal.addEventListener('abort', resolve))
    return 'ended'
  },
})

const PRESSURE = '1e 8000 5200 6100 ea07 03 04 08 1e 0f 3d00 02 0500'
const GLUCOSE = '03 0500 ea07 03 04 08 1e 00 0000 69b0 11'
const MEAL = '02 0500 03'

test('what a device sends is a list to choose from, and nothing is saved unasked', async () => {
  const session = new FakeSession()
  const count = session.entries.length
  const devices = sending(
    ['blood-pressure', PRESSURE],
    ['glucose', GLUCOSE],
    ['glucose-context', MEAL],
    ['pulse', '01'],
  )
  const { root, path } = drawPage('/track/device', session, { devices })
  await page.getByRole('button', { name: 'Choose a device' }).click()
  await expect.element(page.getByText('Listening to Meter 5. Take a measurement now.')).toBeVisible()
  const pressure = page.getByRole('checkbox', { name: /128\/82 mmHg.*2026.*User 2.*body moved; irregular pulse/ })
  await expect.element(pressure).toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: /105 mg\/dL/ })).toBeChecked()
  await expect.element(page.getByText('One message of the device held no reading.')).toBeVisible()
  expect(session.entries).toHaveLength(count)
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Save 2 readings' }).click()
  await expect.poll(path).toBe('/track')
  expect(session.entries).toHaveLength(count + 2)
  const fields = session.entries.map(entry => entry.fields)
  expect(fields).toContainEqual(expect.objectContaining({ measure: 'glucose', value: 105, context: 'fasting' }))
  expect(fields).toContainEqual(
    expect.objectContaining({ systolicMmHg: 128, note: expect.stringMatching(/body moved/) }),
  )
})

test('a reading that the record has already is marked, and left out unless asked for', async () => {
  const session = new FakeSession()
  const devices = sending(['blood-pressure', PRESSURE])
  drawPage('/track/device', session, { devices })
  await page.getByRole('button', { name: 'Choose a device' }).click()
  await page.getByRole('button', { name: 'Save one reading' }).click()
  await expect.element(page.getByRole('heading', { name: 'My measurements' })).toBeVisible()
  await page.getByRole('link', { name: 'From a device' }).click()
  await page.getByRole('button', { name: 'Choose a device' }).click()
  await expect.element(page.getByText('You have this one already.')).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: /128\/82/ })).not.toBeChecked()
})

test('where the browser reaches no device there is no button, and the page says what to do', async () => {
  drawPage('/track/device')
  await expect.element(page.getByText(/This browser cannot reach devices/)).toBeVisible()
  await expect.element(page.getByText(/^Takes what a blood pressure monitor/)).toBeVisible()
  await page.getByRole('link', { name: 'My measurements' }).click()
  await expect.element(page.getByRole('heading', { name: 'My measurements' })).toBeVisible()
  drawPage('/track')
  expect(page.getByRole('link', { name: 'From a device' }).elements()).toEqual([])
})
