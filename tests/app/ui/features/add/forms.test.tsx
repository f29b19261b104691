import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { scheduleText } from '#schema/medicines/schedule.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const newest = (session: FakeSession) => session.entries.at(-1)?.fields

test('a person pastes a whole reading and saves it', async () => {
  const { session, path } = drawPage('/add/blood-pressure')
  await page.getByLabelText('Upper (systolic)').fill('128/82 61')
  await expect.element(page.getByLabelText('Lower (diastolic)')).toHaveValue('82')
  await expect.element(page.getByLabelText('Pulse (optional)')).toHaveValue('61')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByText('Saved on this device')).toBeVisible()
  expect(newest(session)).toMatchObject({ systolicMmHg: 128, diastolicMmHg: 82, pulsePerMinute: 61 })
  await expect.poll(path, { timeout: 5_000 }).toMatch(/^\/entry\/own-/)
})

test('typing 128/82 moves on by itself', async () => {
  drawPage('/add/blood-pressure')
  await page.getByLabelText('Upper (systolic)').click()
  await userEvent.keyboard('128/82 61')
  await expect.element(page.getByLabelText('Upper (systolic)')).toHaveValue('128')
  await expect.element(page.getByLabelText('Lower (diastolic)')).toHaveValue('82')
  await expect.element(page.getByLabelText('Pulse (optional)')).toHaveValue('61')
})

test('an odd reading is asked about and then saved as it is', async () => {
  const { session } = drawPage('/add/blood-pressure')
  const before = session.entries.length
  await page.getByLabelText('Upper (systolic)').fill('82')
  await page.getByLabelText('Lower (diastolic)').fill('128')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByText(/They may be swapped/)).toBeVisible()
  expect(session.entries).toHaveLength(before)
  await page.getByRole('button', { name: 'Yes, save it' }).click()
  await expect.poll(() => newest(session)).toMatchObject({ systolicMmHg: 82, diastolicMmHg: 128 })
})

test('two readings show their mean and are both saved', async () => {
  const { session, path } = drawPage('/add/blood-pressure')
  const before = session.entries.length
  await page.getByRole('button', { name: 'Add a second reading' }).click()
  await page.getByLabelText('Upper (systolic)').nth(0).fill('130/84')
  await page.getByLabelText('Upper (systolic)').nth(1).fill('124/80')
  await expect.element(page.getByText(/Mean of both.*127\/82/)).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => session.entries.length).toBe(before + 2)
  await expect.poll(path, { timeout: 5_000 }).toBe('/')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.element(page.getByText('Taken back: what you added is in the bin')).toBeVisible()
  expect(session.entries).toHaveLength(before)
})

test('who adds a second reading types it at once, and who takes it away is where they were', async () => {
  drawPage('/add/blood-pressure')
  const add = page.getByRole('button', { name: 'Add a second reading' })
  const remove = page.getByRole('button', { name: 'Remove the second reading' })
  await add.click()
  await expect.element(page.getByLabelText('Upper (systolic)').nth(1)).toHaveFocus()
  await remove.click()
  await expect.element(add).toHaveFocus()
})

test('who adds a time of the day types it at once, and who takes one away stands at one that is left', async () => {
  drawPage('/add/medicine')
  await page.getByLabelText('When do you take it?').selectOptions('At times of the day')
  await page.getByRole('button', { name: 'Add a time' }).click()
  await expect.element(page.getByLabelText('Time 2', { exact: true })).toHaveFocus()
  await page.getByRole('button', { name: 'Remove time 2' }).click()
  await expect.element(page.getByLabelText('Time 1', { exact: true })).toHaveFocus()
})

test('of a medicine it is asked what, how much and when; all else comes with a press, by the keyboard too', async () => {
  drawPage('/add/medicine')
  await expect.element(page.getByLabelText('Name of the medicine')).toBeVisible()
  await expect.element(page.getByLabelText(/^How do you take it\?/)).toBeVisible()
  await expect.element(page.getByText(/^What is it for/)).not.toBeVisible()
  await expect.element(page.getByText('No, I stopped')).not.toBeVisible()
  await page.getByLabelText('When do you take it?').selectOptions('At times of the day')
  await expect.element(page.getByLabelText('Tablets, drops, mL …?')).toBeVisible()
  await expect.element(page.getByLabelText('With meals?')).not.toBeVisible()
  const more = page.getByText('More details').element().closest('summary')
  more?.focus()
  await userEvent.keyboard('{Enter}')
  const reason = page.getByLabelText(/^What is it for/)
  await reason.fill('Sugar')
  await reason.fill('')
  await expect.element(reason).toBeVisible()
})

test('what a medicine says already is seen at once when it is changed, and what is wrong as well', async () => {
  const session = new FakeSession()
  const step = { rhythm: { type: 'times', times: ['08:00'] }, dose: 1, meal: 'with' } as const
  const schedule = scheduleText({ unit: 'tablet', steps: [step] })
  const said = { kind: 'medicine', name: 'Metformin', status: 'taking', schedule } as const
  const added = await session.addEntry({ ...said, reason: 'Sugar' })
  drawPage(`/entry/${added.ok ? added.value : ''}/edit`, session)
  await expect.element(page.getByLabelText(/^What is it for\?/)).toBeVisible()
  await expect.element(page.getByLabelText('With meals?')).toBeVisible()
})

test('a day that is wrong is shown though it was folded away', async () => {
  drawPage('/add/medicine')
  await page.getByLabelText('Name of the medicine').fill('Metformin')
  await page.getByText('More details').click()
  await page.getByLabelText('Year').nth(0).fill('20')
  await page.getByText('More details').click()
  await expect.element(page.getByLabelText('Year').nth(0)).not.toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(page.getByLabelText('Year').nth(0)).toBeVisible()
})

test('the days of a medicine and those of one of its doses are called otherwise', async () => {
  drawPage('/add/medicine')
  await page.getByText('More details').click()
  await page.getByLabelText('When do you take it?').selectOptions('At times of the day')
  await page.getByText('Meals, first and last day').click()
  await expect.element(page.getByLabelText(/^First day of this dose/)).toBeVisible()
  await expect.element(page.getByLabelText(/^Last day of this dose/)).toBeVisible()
  await expect.element(page.getByRole('group', { name: /^When did you start taking it\?/ })).toBeVisible()
  await expect.element(page.getByRole('group', { name: /^When did you stop, or when will you\?/ })).toBeVisible()
})

test('the page of a goal says what it is for, and asks for nothing that was measured', async () => {
  const session = new FakeSession()
  const bounds = { low: 65, high: 75, unit: 'kg' }
  const added = await session.addEntry({ kind: 'goal', measure: 'weight', status: 'active', ...bounds })
  drawPage(`/entry/${added.ok ? added.value : ''}`, session)
  await expect.element(page.getByText('What is the goal for?')).toBeVisible()
  await expect.element(page.getByText('What did you measure?')).not.toBeInTheDocument()
})

test('a second reading is not called wrong before it was tried', async () => {
  const { session } = drawPage('/add/blood-pressure')
  const before = session.entries.length
  await page.getByLabelText('Upper (systolic)').fill('128')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByLabelText('Lower (diastolic)')).toHaveAccessibleDescription(/Please fill this in/)
  await page.getByRole('button', { name: 'Add a second reading' }).click()
  for (const label of ['Upper (systolic)', 'Lower (diastolic)']) {
    await expect.element(page.getByLabelText(label).nth(1)).not.toHaveAccessibleDescription(/Please fill this in/)
  }
  await page.getByLabelText('Lower (diastolic)').nth(0).fill('82')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect
    .element(page.getByLabelText('Upper (systolic)').nth(1))
    .toHaveAccessibleDescription(/Please fill this in/)
  expect(session.entries).toHaveLength(before)
})

test('what is missing is said at its field, which takes the focus', async () => {
  const { root } = drawPage('/add/condition')
  await page.getByRole('button', { name: 'Save' }).click()
  const name = page.getByLabelText('What is it called?')
  await expect.element(name).toHaveAccessibleDescription(/Please fill this in/)
  await expect.element(name).toHaveFocus()
  expect(await axeFindings(root)).toEqual([])
})

test('a failure to save keeps every letter', async () => {
  const session = new FakeSession()
  session.nextSaveFailure = { kind: 'not-stored', why: 'quota' }
  drawPage('/add/allergy', session)
  await page.getByLabelText('What do you react to?').fill('Latex gloves')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByText(/no space left/)).toBeVisible()
  await expect.element(page.getByLabelText('What do you react to?')).toHaveValue('Latex gloves')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => newest(session)).toEqual({ kind: 'allergy', substance: 'Latex gloves' })
})

test('a weight is typed in pounds where the settings say so, and kept in kilograms', async () => {
  const session = new FakeSession()
  session.settings.set({ ...session.settings.value, units: 'imperial' })
  drawPage('/add/weight', session)
  await page.getByLabelText('Weight').fill('157.4')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => newest(session)).toMatchObject({ kind: 'weight', weightKg: 71.395 })
})

test('editing begins with what was saved and changes only what was changed', async () => {
  const session = new FakeSession()
  const added = await session.addEntry({ kind: 'medicine', name: 'Metformin', status: 'taking', since: '2019-05' })
  if (!added.ok) throw new Error('the fake refused')
  drawPage(`/entry/${added.value}/edit`, session)
  await expect.element(page.getByLabelText('Year').nth(0)).toHaveValue('2019')
  await page.getByText('No, I stopped').click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => newest(session))
    .toEqual({ kind: 'medicine', name: 'Metformin', status: 'stopped', since: '2019-05' })
})

test.for(['/add', '/add/blood-pressure', '/add/weight', '/add/medicine', '/add/allergy', '/add/note'])(
  'axe finds nothing on %s',
  async path => {
    const { root } = drawPage(path)
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await axeFindings(root)).toEqual([])
  },
)

test('what was typed and not saved is there when the form is opened again, until it is saved', async () => {
  const { session } = drawPage('/add/note')
  await page.getByLabelText('Title').fill('Half a thought')
  await page.getByText('Private: not part of any share').click()
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('link', { name: /^Note/ }).click()
  await expect.element(page.getByText(/You typed this earlier/)).toBeVisible()
  await expect.element(page.getByLabelText('Title')).toHaveValue('Half a thought')
  await expect.element(page.getByRole('checkbox', { name: /private/i })).toBeChecked()
  await page.getByRole('button', { name: 'Start anew' }).click()
  await expect.element(page.getByText(/You typed this earlier/)).not.toBeInTheDocument()
  await expect.element(page.getByLabelText('Title')).toHaveValue('')
  await expect.poll(() => session.drafts.size).toBe(0)
  await page.getByLabelText('Title').fill('A thought')
  await page.getByLabelText('Your note', { exact: true }).fill('A whole one')
  await expect.poll(() => session.drafts.size).toBe(1)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => newest(session)).toMatchObject({ title: 'A thought' })
  await expect.poll(() => session.drafts.size).toBe(0)
})

test('what was typed into an entry comes back over what it is by now', async () => {
  const session = new FakeSession()
  const note = { kind: 'note', title: 'Now', text: 'Now', writtenAt: '2026-03-01T08:00:00+01:00' } as const
  const added = await session.addEntry(note)
  if (!added.ok) return
  const [initial, draft] = [
    { title: 'Before', text: 'Before' },
    { title: 'Before', text: 'Typed' },
  ]
  session.drafts.set(`/entry/${added.value}/edit`, JSON.stringify({ initial, draft, isPrivate: false }))
  drawPage(`/entry/${added.value}/edit`, session)
  await expect.element(page.getByLabelText('Your note', { exact: true })).toHaveValue('Typed')
  await expect.element(page.getByLabelText('Title')).toHaveValue('Now')
})
