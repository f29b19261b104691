import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

/** A session with these typed, the newest last. */
async function sessionWith(list: readonly EntryFields[]): Promise<FakeSession> {
  const session = new FakeSession()
  session.entries = session.entries.filter(({ summary }) => summary.section !== 'vitals')
  for (const fields of list) await session.addEntry(fields)
  return session
}

const daysAgo = (days: number) => {
  const day = new Date(Date.now() - days * 86_400_000)
  return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

const glucose = (days: number, hour: string, value: number, unit: 'mmol/L' | 'mg/dL' = 'mmol/L'): EntryFields => ({
  kind: 'measure',
  measure: 'glucose',
  takenAt: `${daysAgo(days)}T${hour}:00:00+00:00`,
  value,
  unit,
})

const GLUCOSES = [
  glucose(40, '08', 9),
  glucose(35, '20', 8),
  glucose(3, '20', 8),
  glucose(2, '08', 5),
  glucose(1, '08', 6),
]

const GOAL: EntryFields = { kind: 'goal', measure: 'glucose', unit: 'mmol/L', low: 4, high: 7, status: 'active' }

test('a measure has its picture, its goal and what the period comes to beside the one before', async () => {
  const { root } = drawPage('/track/glucose', await sessionWith([...GLUCOSES, GOAL]))
  await expect
    .element(page.getByRole('img', { name: 'Blood sugar: 3 values over time, in the table below' }))
    .toBeVisible()
  const row = (name: string | RegExp) => page.getByRole('row', { name })
  await expect.element(row('Within the goal 67% (2 of 3) 0% (0 of 2)')).toBeVisible()
  await expect.element(row(/^Mean .*6.3.* .*8.5/)).toBeVisible()
  await expect.element(row(/^Mornings .*5.5.* .*9/)).toBeVisible()
  await expect.element(page.getByText(/share of values within the goal, not of time/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('values of two units stand in the unit of the newest only where a conversion is certain', async () => {
  const session = await sessionWith([glucose(3, '08', 99, 'mg/dL'), ...GLUCOSES.slice(2)])
  drawPage('/track/glucose', session)
  await expect.element(page.getByText(/One value is left out/)).toBeVisible()
  session.settings.set({ ...session.settings.value, labUnits: 'mass' })
  await expect.element(page.getByText(/In mg\/dL\./)).toBeVisible()
  expect(page.getByText(/One value is left out/).elements()).toEqual([])
})

test('the list leads to each measure, also to one of one’s own, and to the symptoms', async () => {
  const takenAt = `${daysAgo(1)}T08:00:00Z`
  const { root, path } = drawPage(
    '/track',
    await sessionWith([
      ...GLUCOSES,
      { kind: 'symptom', name: 'Headache', severity: 6, takenAt },
      { kind: 'measure', measure: 'own', name: 'Coffee & tea', unit: 'cups', value: 3, takenAt },
    ]),
  )
  await expect.element(page.getByRole('link', { name: /Blood sugar/ })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('link', { name: /Coffee & tea/ }).click()
  await expect.element(page.getByRole('heading', { name: 'Coffee & tea', level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Add', exact: true }).click()
  await expect.element(page.getByLabelText('What is it called?')).toHaveValue('Coffee & tea')
  await expect.poll(path).toContain('/add/measure')
})

test('symptoms stand by their name, each occurrence with how bad it was', async () => {
  const of = (days: number, name: string, severity: number): EntryFields => ({
    kind: 'symptom',
    name,
    severity,
    takenAt: `${daysAgo(days)}T08:00:00Z`,
  })
  const { root } = drawPage(
    '/track/symptoms',
    await sessionWith([of(3, 'Headache', 6), of(2, 'headache', 2), of(1, 'Nausea', 4)]),
  )
  await expect.element(page.getByRole('img', { name: /eadache: 2 values over time/ })).toBeVisible()
  await expect.element(page.getByRole('link', { name: /^6 of 10/ })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('an address that names no measure says so, and one without values teaches', async () => {
  drawPage('/track/nonsense')
  await expect.element(page.getByText('There is no such measurement. Choose one from the list.')).toBeVisible()
  drawPage('/track', await sessionWith([]))
  await expect.element(page.getByText('Nothing measured yet')).toBeVisible()
})

test('nonsense among the values is left out, and never breaks the page', async () => {
  const session = await sessionWith(GLUCOSES)
  const odd = (id: string, part: object) => ({
    ...session.entries.at(-1)!,
    summary: { ...session.entries.at(-1)!.summary, ...part, id: entryId(id) },
  })
  const quantity = { value: 5, unit: 'mmol/L', isUcum: true }
  session.entries = [
    ...session.entries,
    odd('odd-1', { value: { type: 'quantity', quantity: { ...quantity, comparator: '<' } } }),
    odd('odd-2', { value: { type: 'text', text: 'high' } }),
    odd('odd-3', { when: { text: '2026', sortAt: instant(Date.UTC(2026, 0, 1)) } }),
    odd('odd-4', { value: { type: 'quantity', quantity: { ...quantity, unit: '🍬', isUcum: false } } }),
    odd('odd-5', { when: { text: '9999-12-31', sortAt: instant(Date.UTC(9999, 11, 31)) } }),
  ]
  const { root } = drawPage('/track/glucose?period=all', session)
  await expect.element(page.getByText(/2 values are left out/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  expect(partsOfFields(GOAL).target).toBeDefined()
})

test('of a blood pressure both bands of its goal are shaded', async () => {
  const session = await sessionWith([
    { kind: 'blood-pressure', systolicMmHg: 128, diastolicMmHg: 82, takenAt: `${daysAgo(1)}T08:00:00Z` },
    { kind: 'blood-pressure', systolicMmHg: 122, diastolicMmHg: 76, takenAt: `${daysAgo(2)}T08:00:00Z` },
    { kind: 'goal', measure: 'blood-pressure', unit: 'mm[Hg]', high: 130, secondHigh: 80, status: 'active' },
  ])
  const { root } = drawPage('/track/blood-pressure', session)
  await expect.element(page.getByText(/shaded bands are your goal for the upper and for the lower/)).toBeVisible()
  const bands = () => [...root.querySelectorAll('figure:first-of-type svg g[data-series] > path[class*="band"]')]
  await expect.poll(() => bands().filter(band => band.getAttribute('d') !== '').length).toBe(2)
})

test('two periods of one’s own choice stand beside each other, in a table and in plain words', async () => {
  const { root, path } = drawPage('/track/glucose', await sessionWith([...GLUCOSES, glucose(200, '08', 12), GOAL]))
  await expect.element(page.getByText(/Blood sugar: .*6.3 mmol\/L.* on average, .*2.2 mmol\/L.* lower/)).toBeVisible()
  await page.getByLabelText('Compare with').selectOptions('Other days …')
  const from = page.getByLabelText('Compared days: from')
  await expect.element(from).not.toHaveValue('')
  await from.fill(daysAgo(210))
  await page.getByLabelText('Compared days: to').fill(daysAgo(190))
  await expect
    .element(page.getByText(/6.3 mmol\/L.* on average, .*5.7 mmol\/L.* lower than in the compared days \(.*12 mmol\/L/))
    .toBeVisible()
  await expect.element(page.getByText(/67% of the values in this period, 0% in the compared days/)).toBeVisible()
  await expect.element(page.getByRole('row', { name: /^Mornings .*5.5.* .*12/ })).toBeVisible()
  expect(path()).toContain(`besideFrom=${daysAgo(210)}`)
  expect(await axeFindings(root)).toEqual([])
  await page.getByLabelText('Compared days: to').fill(daysAgo(220))
  await expect.element(page.getByText('This is before the beginning.')).toBeVisible()
  await expect.element(page.getByText('There are no values in the days you compare with.')).toBeVisible()
  await page.getByLabelText('Compared days: to').fill(daysAgo(0))
  await expect.element(page.getByText(/The two periods have days in common/)).toBeVisible()
  await page.getByLabelText('Period', { exact: true }).selectOptions('Everything')
  await page.getByLabelText('Compared days: from').fill('')
  await page.getByLabelText('Compared days: to').fill('')
  await expect.element(page.getByText('Choose the days to compare with.')).toBeVisible()
})

test('days typed digit by digit stay as they are typed, though the address follows later', async () => {
  drawPage('/track/glucose?period=own', await sessionWith(GLUCOSES))
  const from = page.getByLabelText('From', { exact: true })
  await expect.element(from).toBeVisible()
  const field = from.element()
  if (field instanceof HTMLElement) field.focus()
  await userEvent.keyboard('01152024{Tab}')
  await expect.element(from).toHaveValue('2024-01-15')
  await expect.element(page.getByText(/Jan 15, 2024 – …/)).toBeVisible()
})

test('5,000 values of one day, names of 200 characters, emoji and right-to-left words leave every page whole', async () => {
  const name = '😀 '.repeat(50) + 'قياس '.repeat(20)
  const session = await sessionWith([
    { kind: 'measure', measure: 'own', name, unit: '🍬/نص', value: 1e9, takenAt: '2999-01-01T00:00:00Z' },
    { kind: 'symptom', name, severity: 10, takenAt: `${daysAgo(0)}T08:00:00Z` },
    ...GLUCOSES,
  ])
  const one = session.entries.at(-1)!
  session.entries = [
    ...session.entries,
    ...Array.from({ length: 5000 }, (_, index) => ({
      ...one,
      summary: { ...one.summary, id: entryId(`many-${index}`) },
    })),
  ]
  for (const path of ['/track', '/track/symptoms', '/track/glucose?period=all', '/results', '/medicines']) {
    const { root } = drawPage(path, session)
    await expect.element(page.elementLocator(root).getByRole('heading', { level: 1 })).toBeVisible()
    await expect.poll(() => root.textContent?.length ?? 0).toBeGreaterThan(20)
    expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth)
    root.remove()
  }
})
