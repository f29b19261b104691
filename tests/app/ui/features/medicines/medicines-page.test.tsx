import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { scheduleText } from '#schema/medicines/schedule.ts'
import { setLanguage } from '#app/ui/language/language.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 24, 12) })
})
afterEach(() => {
  vi.useRealTimers()
})

async function record() {
  const session = new FakeSession()
  const schedule = scheduleText({
    unit: 'tablet',
    steps: [{ rhythm: { type: 'times', times: ['08:00', '20:00'] }, dose: 1 }],
  })
  const added = await session.addEntry({
    kind: 'medicine',
    name: 'Ramipril',
    status: 'taking',
    schedule,
    reason: 'blood pressure',
  })
  if (!added.ok) throw new Error('not added')
  const of = { medicineId: added.value, medicineName: 'Ramipril', unit: 'tablet' } as const
  const takenAt = '2026-11-23T08:00:00+00:00'
  await session.addEntries([
    { kind: 'medicine', name: 'Ibuprofen', status: 'stopped', stoppedBecause: 'stomach ache' },
    { kind: 'dose', ...of, due: '2026-11-23T08:00', takenAt, state: 'taken', amount: 1 },
    { kind: 'stock', ...of, change: 'counted', happenedAt: '2026-11-22T08:00:00+00:00', amount: 0 },
  ])
  return { session, id: added.value }
}

test('the list says what is taken when, what for, what is left, and why something was stopped', async () => {
  const { session } = await record()
  const { root } = drawPage('/medicines', session)
  await expect.element(page.getByRole('region', { name: 'Morning' }).getByText('Ramipril')).toBeVisible()
  await expect.element(page.getByRole('region', { name: 'Evening' }).getByText('For: blood pressure')).toBeVisible()
  await expect.element(page.getByRole('region', { name: 'How much is left' }).getByText('-1 tablet left')).toBeVisible()
  await expect.element(page.getByText('Stopped because: stomach ache')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('a medicine’s page shows its days, never cuts what is left off at zero, and takes what was fetched', async () => {
  const { session, id } = await record()
  const { root, path } = drawPage(`/entry/${id}`, session)
  await expect.element(page.getByText(/^More was taken than was written down as fetched/)).toBeVisible()
  // The browser of these tests is of the United States, where weeks begin on Sunday; the 1st of November 2026 is one.
  const calendar = [...root.querySelectorAll<HTMLElement>('[aria-hidden="true"] > span')].map(day => day.textContent)
  expect(calendar.join(' ')).toMatch(/^S M T W T F S 1/)
  expect(root.querySelector<HTMLElement>('[data-mark][style]')?.style.gridColumnStart).toBe('1')
  await page.getByText('Show as a table').click()
  await expect.element(page.getByRole('row', { name: 'Nov 23, 2026 2 1 0 Not all taken' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('link', { name: 'Change how many I have' }).click()
  await page.getByLabelText('How much', { exact: true }).fill('0')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(page.getByText(/^A number from 0 to 100,000, above 0 unless you counted/)).toBeVisible()
  await page.getByLabelText('How much', { exact: true }).fill('31')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(page.getByText('30 tablets left')).toBeVisible()
  expect(path()).toBe(`/entry/${id}`)
})

test('in Spanish, with text twice as large, the page is no wider than a narrow phone', async () => {
  await page.viewport(320, 740)
  const session = new FakeSession()
  session.settings.set({ ...session.settings.value, language: 'es' })
  await setLanguage('es')
  document.documentElement.style.fontSize = '200%'
  drawPage('/medicines', session)
  await expect.element(page.getByRole('link', { name: 'Añadir un medicamento' })).toBeVisible()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
  document.documentElement.style.fontSize = ''
  await setLanguage('en')
})
