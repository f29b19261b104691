import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { EntryFields } from '#schema/record/entry.ts'
import { rhythmText } from '#schema/tasks/rhythm.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 24, 8, 10) })
})
afterEach(() => {
  vi.useRealTimers()
})

async function recordWith(...entries: readonly EntryFields[]) {
  const session = new FakeSession()
  session.entries = []
  for (const fields of entries) await session.addEntry(fields)
  return session
}

const WALK: EntryFields = {
  kind: 'task',
  title: 'Walk',
  rhythm: rhythmText({ from: '2026-11-20', repeat: { type: 'days', every: 3 } }),
  status: 'active',
}

const written = (session: FakeSession) =>
  session.entries.flatMap(({ fields, binnedAt }): EntryFields[] =>
    fields?.kind === 'task-done' && binnedAt === undefined ? [fields] : [],
  )

test('a late task is done with one tap, at the real time, and undone again', async () => {
  const session = await recordWith(WALK)
  const { root } = drawPage('/plan', session)
  await expect.element(page.getByText('Since Nov 23, 2026')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: /^Done ?: Walk/ }).click()
  await expect
    .poll(() => written(session))
    .toMatchObject([
      { taskTitle: 'Walk', due: '2026-11-23', doneAt: expect.stringMatching(/^2026-11-24T08:10/) as string },
    ])
  await expect.element(page.getByText('Nothing to do now.')).toBeVisible()
  await page.getByText('One task later').click()
  await expect.element(page.getByText('Next: Nov 26, 2026')).toBeVisible()
  await page.getByText('One done today').click()
  await page.getByRole('button', { name: /^Not done after all ?: Walk/ }).click()
  await expect.element(page.getByText('Since Nov 23, 2026')).toBeVisible()
  expect(written(session)).toEqual([])
})

test('whoever stands on a task’s button stays there while the clock moves on and another task comes', async () => {
  const session = await recordWith(WALK)
  drawPage('/plan', session)
  const done = page.getByRole('button', { name: /^Done ?: Walk/ })
  await expect.element(done).toBeVisible()
  const button = done.element() as HTMLElement
  button.focus()
  vi.setSystemTime(new Date(2026, 10, 24, 8, 12))
  document.dispatchEvent(new Event('visibilitychange'))
  await session.addEntry({ ...WALK, title: 'Swim' })
  await expect.element(page.getByRole('button', { name: /^Done ?: Swim/ })).toBeVisible()
  expect(document.activeElement).toBe(button)
})

test('a task on some days of the week is typed, and what is missing is said', async () => {
  const session = await recordWith()
  const { root } = drawPage('/add/task', session)
  await page.getByLabelText('How often?').selectOptions('On some days of the week')
  await expect.element(page.getByLabelText(/^Last day/)).toBeVisible()
  await expect.element(page.getByText(/dose/)).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(page.getByText('Please fill this in.')).toBeVisible()
  await expect.element(page.getByText('Choose at least one day.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByLabelText('What is to be done?').fill('Weigh')
  await page.getByText('Saturday').click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect
    .poll(() => session.entries[0]?.fields)
    .toMatchObject({
      kind: 'task',
      title: 'Weigh',
      rhythm: rhythmText({ from: '2026-11-28', repeat: { type: 'weekdays', weekdays: ['sat'] } }),
    })
  await expect.element(page.getByText('every Saturday, from Nov 28, 2026')).toBeVisible()
})

test('an appointment is typed with who, where, when and what to bring', async () => {
  const session = await recordWith()
  const { root } = drawPage('/add/appointment', session)
  await page.getByLabelText('What for?').fill('Eye check')
  await page.getByLabelText('Date').fill('2026-12-01')
  await page.getByLabelText('Time', { exact: true }).fill('09:30')
  await page.getByLabelText(/^With whom/).fill('Dr. Singh')
  await page.getByLabelText(/^What to bring/).fill('Glasses')
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(page.getByRole('heading', { name: 'Eye check' })).toBeVisible()
  expect(session.entries[0]?.fields).toMatchObject({ withWhom: 'Dr. Singh', bring: 'Glasses', status: 'booked' })
})

const EYES: EntryFields = {
  kind: 'appointment',
  name: 'Eye check',
  startsAt: '2026-12-01T09:30:00+00:00',
  bring: 'Glasses',
  status: 'booked',
}
const BLOOD: EntryFields = { ...EYES, name: 'Blood test', startsAt: '2026-11-02T09:00:00+00:00' }

test('the next appointment stands in the plan with what to bring, and past ones apart', async () => {
  const { root } = drawPage('/plan', await recordWith(EYES, BLOOD))
  await expect.element(page.getByText('Glasses')).toBeVisible()
  await expect.element(page.getByText('One past appointment')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('the next appointment and what there is to do stand at home', async () => {
  drawPage('/', await recordWith(EYES, WALK))
  await expect.element(page.getByText('Next appointment')).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Done ?: Walk/ })).toBeVisible()
})

test('one appointment leaves as a file for a calendar, and nothing else', async () => {
  const session = await recordWith(EYES)
  drawPage('/plan', session)
  await page.getByRole('button', { name: /^Save for a calendar/ }).click()
  await page.getByLabelText('Your passphrase', { exact: true }).fill(session.passphrase)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect
    .poll(() => session.takenOut?.file)
    .toMatchObject({ kind: 'calendar', only: [session.entries[0]?.summary.id] })
})
