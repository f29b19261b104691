import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId, whenOf } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

/** A pause between two parts of a record that come one after another is waited for. */
const LONG = { timeout: 20_000 }

test('home shows what matters now, and every value of its pictures as a table', async () => {
  const { root } = drawPage('/')
  await expect.element(page.getByRole('link', { name: /Penicillin/ })).toBeVisible()
  await expect
    .element(page.getByRole('img', { name: 'Blood pressure: 26 values over time, in the table below' }))
    .toBeVisible()
  await page.getByText('Show as a table').nth(0).click()
  await expect.poll(() => root.querySelectorAll('details[open] tbody tr').length).toBe(26)
  expect(await axeFindings(root)).toEqual([])
})

test('a result of the last days stands before what seldom changes, and an old one behind it', async () => {
  const session = new FakeSession()
  const result = session.entries.find(({ summary }) => summary.kind === 'lab-result')!
  const rest = session.entries.filter(({ summary }) => summary.kind !== 'lab-result')
  const recordWith = (day: string) => [{ ...result, summary: { ...result.summary, when: whenOf(day) } }, ...rest]
  session.entries = recordWith('2020-03-04')
  const { root } = drawPage('/', session)
  const titles = () => [...root.querySelectorAll('h2')].map(({ textContent }) => textContent)
  const isBefore = () => titles().indexOf('Latest test results') < titles().indexOf('Allergies')
  await expect.element(page.getByRole('heading', { name: 'Latest test results' })).toBeVisible()
  expect(isBefore()).toBe(false)
  session.entries = recordWith(new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10))
  await session.addEntry({ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' })
  await expect.poll(isBefore).toBe(true)
})

test('home never says that nobody has an allergy because none is recorded', async () => {
  const session = new FakeSession()
  session.entries = session.entries.filter(entry => entry.summary.kind !== 'allergy')
  drawPage('/', session)
  await expect.element(page.getByText('No allergies recorded. That is not the same as having none.')).toBeVisible()
  await page.getByRole('link', { name: 'Add an allergy' }).click()
  await expect.element(page.getByLabelText('What do you react to?')).toBeVisible()
})

test('home tells who said that there are no known allergies, and takes that for no allergy', async () => {
  const session = new FakeSession()
  const [allergy] = session.entries.filter(entry => entry.summary.kind === 'allergy')
  const none = {
    kind: 'statement',
    codes: [{ system: 'http://snomed.info/sct', code: '429625007' }],
    title: 'x',
  } as const
  session.entries = [
    ...session.entries.filter(entry => entry.summary.kind !== 'allergy'),
    { ...allergy!, summary: { ...allergy!.summary, ...none } },
  ]
  const { root } = drawPage('/', session)
  await expect.element(page.getByRole('link', { name: /^No known food allergies: told by/ })).toBeVisible()
  expect(page.getByText('No allergies recorded.').elements()).toEqual([])
  expect(await axeFindings(root)).toEqual([])
})

test('home hides no allergy behind a press, however many there are', async () => {
  const session = new FakeSession()
  const allergy = session.entries.find(entry => entry.summary.kind === 'allergy')!
  const more = Array.from({ length: 9 }, (_, index) => ({
    ...allergy,
    summary: { ...allergy.summary, id: entryId(`more-${index}`), title: `Allergy number ${index}` },
  }))
  session.entries = [...session.entries, ...more]
  drawPage('/', session)
  await expect.element(page.getByRole('link', { name: /Allergy number 8/ }).first()).toBeVisible()
  const card = page.getByRole('list', { name: 'Allergies' })
  await expect.element(card.getByRole('link', { name: /Allergy number 0/ })).toBeVisible()
})

test('home follows the units setting', async () => {
  const session = new FakeSession()
  drawPage('/', session)
  await expect.element(page.getByText(/^\u2066?[\d.]+ kg/).first()).toBeVisible()
  session.settings.set({ ...session.settings.value, units: 'imperial' })
  await expect.element(page.getByText(/^\u2066?[\d.]+ lb/).first()).toBeVisible()
  await expect.element(page.getByText(/^\u2066?[\d.]+ kg/)).not.toBeInTheDocument()
})

test('home leads to what two devices disagree on', async () => {
  const session = new FakeSession()
  const [first, ...rest] = session.entries
  const conflict = { field: 'name', candidates: [{ value: 'Asthma' }, { value: 'Bronchitis' }] }
  session.entries = [{ ...first!, summary: { ...first!.summary, id: entryId('torn') }, conflicts: [conflict] }, ...rest]
  const { path } = drawPage('/', session)
  await page.getByRole('link', { name: 'Decide' }).click()
  await expect.poll(path).toBe('/entry/torn')
  await page.getByRole('button', { name: 'Bronchitis: this is right' }).click()
  await expect.element(page.getByText('Decided, on every device')).toBeVisible()
  expect(session.entries[0]?.conflicts).toEqual([])
})

test('an empty record teaches what to do with it', async () => {
  const session = new FakeSession()
  session.entries = []
  const { root } = drawPage('/', session)
  await expect.element(page.getByRole('heading', { name: 'Your record is ready' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('link', { name: 'Bring in a file' }).click()
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
})

test('a device that is still fetching says so, and not that the record is new or that nothing is missing', async () => {
  const empty = new FakeSession()
  empty.entries = []
  empty.status.set({ ...empty.status.value, link: { kind: 'catching-up' } })
  const { root } = drawPage('/', empty)
  await expect.element(page.getByRole('heading', { name: 'Your record is on its way' })).toBeVisible()
  expect(page.getByText('Your record is ready').query()).toBeNull()
  expect(await axeFindings(root)).toEqual([])
  empty.status.set({ ...empty.status.value, link: { kind: 'online' } })
  await expect.element(page.getByRole('heading', { name: 'Your record is ready' })).toBeVisible()

  const session = new FakeSession()
  session.status.set({ ...session.status.value, link: { kind: 'catching-up' } })
  drawPage('/', session)
  await expect.element(page.getByRole('link', { name: /Penicillin/ }).first()).toBeVisible()
  await expect.element(page.getByText(/What you miss here may be on its way/)).toBeVisible()
  session.status.set({ ...session.status.value, link: { kind: 'online' } })
  await expect.element(page.getByText(/What you miss here may be on its way/), LONG).not.toBeInTheDocument()
})

test('a record that comes in pieces is on its way from the first to the last of them, pauses included', async () => {
  const session = new FakeSession()
  const link = (kind: 'catching-up' | 'online') => session.status.set({ ...session.status.value, link: { kind } })
  link('catching-up')
  drawPage('/', session)
  const notice = page.getByText(/What you miss here may be on its way/)
  await expect.element(page.getByRole('link', { name: /Penicillin/ }).first()).toBeVisible()
  // Each piece is quicker than what is worth a word, all of them together are not.
  for (let piece = 0; piece < 3; piece += 1) {
    await new Promise(resolve => setTimeout(resolve, 700))
    link('online')
    await new Promise(resolve => setTimeout(resolve, 200))
    link('catching-up')
  }
  await expect.element(notice, { timeout: 1200 }).toBeVisible()
  link('online')
  await new Promise(resolve => setTimeout(resolve, 3000))
  expect(notice.query()).not.toBeNull()
  await expect.element(notice, LONG).not.toBeInTheDocument()
})

test('a device that has nothing yet says at the first piece that more is on its way', async () => {
  const session = new FakeSession()
  session.entries = []
  session.status.set({ ...session.status.value, link: { kind: 'catching-up' } })
  drawPage('/', session)
  await expect.element(page.getByRole('heading', { name: 'Your record is on its way' })).toBeVisible()
  await session.addEntries([{ kind: 'weight', weightKg: 70, takenAt: '2026-11-01T08:00:00Z' }])
  await expect.element(page.getByText(/What you miss here may be on its way/), { timeout: 1200 }).toBeVisible()
})

test('home counts no rest of what is the latest', async () => {
  const session = new FakeSession()
  const note = session.entries.find(entry => entry.summary.kind === 'note')!
  const more = Array.from({ length: 9 }, (_, index) => ({
    ...note,
    summary: { ...note.summary, id: entryId(`more-${index}`), title: `Note number ${index}` },
  }))
  session.entries = [...more, ...session.entries]
  drawPage('/', session)
  await expect.element(page.getByText('Latest in your record')).toBeVisible()
  const card = page.getByRole('region', { name: 'Latest in your record' })
  await expect.element(card.getByRole('link', { name: /See all/ })).toBeVisible()
  expect(card.getByRole('link', { name: /more$/ }).query()).toBeNull()
})

test('home has no card of the latest where no entry says when it was', async () => {
  const session = new FakeSession()
  const [condition] = session.entries.filter(entry => entry.summary.kind === 'condition')
  const { when: _, ...undated } = condition!.summary
  session.entries = [{ ...condition!, summary: undated }]
  drawPage('/', session)
  await expect.element(page.getByRole('link', { name: undated.title }).first()).toBeVisible()
  expect(page.getByText('Latest in your record').query()).toBeNull()
  const only = page.getByRole('region', { name: 'Active problems' }).getByRole('link', { name: /^See it/ })
  await expect.element(only).toHaveAttribute('href', '/record/problems')
})

test('“See all” of a section leads to the page of the section', async () => {
  drawPage('/', new FakeSession())
  for (const [name, section] of [
    ['Medicines you take', 'medicines'],
    ['Active problems', 'problems'],
  ] as const) {
    const all = page.getByRole('region', { name }).getByRole('link', { name: /See all/ })
    await expect.element(all).toHaveAttribute('href', `/record/${section}`)
  }
})

test('two blood pressures of one sitting stand with their mean, one of an hour before does not count', async () => {
  const session = new FakeSession()
  const reading = session.entries.find(({ summary }) => summary.kind === 'blood-pressure')!
  const rest = session.entries.filter(({ summary }) => summary.kind !== 'blood-pressure')
  const at = (time: string, systolicMmHg: number, diastolicMmHg: number) => ({
    ...reading,
    summary: {
      ...reading.summary,
      id: entryId(`reading-${time}`),
      when: whenOf(`2026-11-20T${time}:00+01:00`),
      value: { type: 'blood-pressure' as const, systolicMmHg, diastolicMmHg },
    },
  })
  session.entries = [at('08:14', 144, 88), at('08:10', 148, 92), at('07:00', 190, 120), ...rest]
  drawPage('/', session)
  const card = page.getByRole('region', { name: 'Blood pressure', exact: true })
  await expect.element(card.getByText(/^Mean of 2 readings taken together: .146\/90 mmHg/)).toBeVisible()
})

test('where all that is recorded as of now are findings, home says so and not that there is nothing', async () => {
  const session = new FakeSession()
  const condition = session.entries.find(({ summary }) => summary.kind === 'condition')!
  const rest = session.entries.filter(({ summary }) => summary.kind !== 'condition')
  const summary = { ...condition.summary, title: 'Full-time employment (finding)', status: 'active' as const }
  session.entries = [{ ...condition, summary }, ...rest]
  drawPage('/', session)
  const card = page.getByRole('region', { name: 'Active problems' })
  await expect.element(card.getByText('Nothing that is recorded as of now is called an illness.')).toBeVisible()
  await expect.element(card.getByText('Also noted: findings and circumstances (1)')).toBeVisible()
})
