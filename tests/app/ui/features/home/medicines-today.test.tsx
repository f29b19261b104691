import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { scheduleText, type Step } from '#schema/medicines/schedule.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 24, 8, 10) })
})
afterEach(() => {
  vi.useRealTimers()
})

async function withMedicine(name: string, ...steps: readonly Step[]) {
  const session = new FakeSession()
  const schedule = scheduleText({ unit: 'tablet', steps })
  const added = await session.addEntry({ kind: 'medicine', name, status: 'taking', schedule })
  return { session, id: added.ok ? added.value : ('' as EntryId) }
}

const MORNING: Step = { rhythm: { type: 'times', times: ['08:00', '20:00'] }, dose: 1, meal: 'with' }

const written = (session: FakeSession) =>
  session.entries.flatMap(({ fields }): EntryFields[] => (fields?.kind === 'dose' ? [fields] : []))

test('one tap writes a dose down as taken, and a second one takes that back', async () => {
  const { session, id } = await withMedicine('Metformin', MORNING)
  const { root } = drawPage('/', session)
  await expect.element(page.getByText(/^Due at 8:00.AM · with meals$/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: /^Taken ?: Metformin/ }).click()
  await expect.element(page.getByText(/^Nothing is due now\. Next: Metformin at 8:00.PM\.$/)).toBeVisible()
  expect(written(session)).toMatchObject([
    { medicineId: id, medicineName: 'Metformin', due: '2026-11-24T08:00', state: 'taken', amount: 1, unit: 'tablet' },
  ])
  await page.getByText('One written down today').click()
  await expect.element(page.getByRole('link', { name: 'Metformin', exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.element(page.getByRole('button', { name: /^Taken ?: Metformin/ })).toBeVisible()
})

test('a dose is skipped, or written down for another time', async () => {
  const { session } = await withMedicine('Metformin', MORNING)
  drawPage('/', session)
  await page.getByRole('button', { name: /^At another time ?: Metformin/ }).click()
  await page.getByLabelText('Taken at', { exact: true }).fill('07:30')
  const card = page.getByRole('region', { name: 'Medicines today' })
  await card.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(() => written(session)).toMatchObject([{ state: 'taken', due: '2026-11-24T08:00' }])
  expect(written(session)[0]).toMatchObject({ takenAt: expect.stringMatching(/^2026-11-24T07:30:00/) as string })
})

test('what is typed for another time stays there, focus and all, while the clock moves on and another dose is written down', async () => {
  const { session, id } = await withMedicine('Metformin', MORNING)
  drawPage('/', session)
  await page.getByRole('button', { name: /^At another time ?: Metformin/ }).click()
  const field = page.getByLabelText('Taken at', { exact: true })
  await field.fill('07:30')
  vi.setSystemTime(new Date(2026, 10, 24, 8, 12))
  document.dispatchEvent(new Event('visibilitychange'))
  await session.addEntry({
    kind: 'dose',
    medicineId: id,
    medicineName: 'Metformin',
    state: 'taken',
    takenAt: '2026-11-24T08:11:00Z',
    amount: 1,
    unit: 'tablet',
  })
  await expect.element(page.getByText('One written down today')).toBeVisible()
  await expect.element(field).toHaveValue('07:30')
  expect(document.activeElement).toBe(field.element())
})

test('Later hides a dose on this device for an hour, and nothing is written into the record', async () => {
  const { session } = await withMedicine('Metformin', MORNING)
  drawPage('/', session)
  await page.getByRole('button', { name: /^Later ?: Metformin/ }).click()
  await expect.element(page.getByText(/^Shown again at 9:10.AM, on this device$/)).toBeVisible()
  expect(written(session)).toEqual([])
  await page.getByRole('button', { name: 'Show the one put off' }).click()
  await expect.element(page.getByRole('button', { name: /^Taken ?: Metformin/ })).toBeVisible()
})

test('when needed: “Take now” is never kept from anybody, and the record’s own rule is said', async () => {
  const { session } = await withMedicine('Paracetamol', { rhythm: { type: 'as-needed', gapHours: 4 }, dose: 2 })
  const { root } = drawPage('/', session)
  await page.getByRole('button', { name: /^Take now ?: Paracetamol/ }).click()
  await expect
    .element(page.getByText(/^Your record says to wait until 12:10.PM \(at least 4 hours between\)\.$/))
    .toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Take now ?: Paracetamol/ })).toBeEnabled()
  expect(await axeFindings(root)).toEqual([])
})

test('what is taken without times is counted, with the way to set them, and one that has times under its name is not', async () => {
  const session = new FakeSession()
  session.entries = []
  const schedule = scheduleText({ unit: 'tablet', steps: [MORNING] })
  await session.addEntry({ kind: 'medicine', name: 'Metformin', status: 'taking', schedule })
  await session.addEntry({ kind: 'medicine', name: 'Metformin', status: 'taking' })
  await session.addEntry({ kind: 'medicine', name: 'Lisinopril', status: 'taking', directions: 'every morning' })
  const { root } = drawPage('/', session)
  await expect.element(page.getByText(/^One medicine has no times yet/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('link', { name: 'Set times' }).click()
  await expect.element(page.getByText(/^To set when you take one of these, open it/)).toBeVisible()
})
