import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { DESCRIBED_KINDS } from '#schema/record/described/kinds.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import type { FakeSession } from '#tests/support/fake-session.ts'

const newest = (session: FakeSession) => session.entries.at(-1)?.fields
const save = () => page.getByRole('button', { name: 'Save' }).click()

test.each(DESCRIBED_KINDS)('the form for %s says what is missing, at its field', async kind => {
  const { root, session } = drawPage(`/add/${kind}`)
  const before = session.entries.length
  await save()
  await expect.element(page.getByText('Please fill this in.').first()).toBeVisible()
  expect(session.entries).toHaveLength(before)
  expect(await axeFindings(root)).toEqual([])
})

test('a vaccination is typed, saved and shown as typed', async () => {
  const { session, path } = drawPage('/add/immunization')
  await page.getByLabelText('Which vaccine').fill('MMR')
  await page.getByLabelText('Year').fill('2021')
  await page.getByLabelText('Lot number (optional)').fill('AB-12')
  await page.getByLabelText('Which dose of the series (optional)').fill('2')
  await save()
  await expect
    .poll(() => newest(session))
    .toEqual({
      kind: 'immunization',
      vaccine: 'MMR',
      happenedOn: '2021',
      lot: 'AB-12',
      doseNumber: 2,
    })
  await expect.poll(path, { timeout: 5_000 }).toMatch(/^\/entry\/own-/)
})

test('a result is a number or words, with the range of its laboratory', async () => {
  const { session } = drawPage('/add/lab-result')
  await page.getByLabelText('Which test').fill('Ferritin')
  await page.getByLabelText('Result', { exact: true }).fill('< 12,5')
  await page.getByLabelText('Unit (optional)').fill('ug/L')
  await page.getByLabelText('Normal from (optional)').fill('15')
  await page.getByLabelText('Year').fill('2026')
  await save()
  await expect.poll(() => newest(session)).toMatchObject({ result: '<12.5', unit: 'ug/L', normalLow: 15 })
})

test('the form asks for what belongs to what was said', async () => {
  const { session } = drawPage('/add/pregnancy')
  await page.getByLabelText('About').selectOptions('Pregnancy now')
  await page.getByLabelText('Pregnant?').selectOptions('Pregnant')
  await expect.element(page.getByRole('group', { name: 'Due date (optional)' })).toBeVisible()
  await page.getByLabelText('About').selectOptions('Live births')
  await expect.element(page.getByLabelText('Pregnant?')).not.toBeInTheDocument()
  await page.getByLabelText('How many').fill('2')
  await save()
  await expect
    .poll(() => newest(session))
    .toEqual({ kind: 'pregnancy', topic: 'births-live', name: 'Live births', count: 2 })
})

test('somebody to be called in an emergency is ticked', async () => {
  const { session } = drawPage('/add/care-team-member')
  await page.getByLabelText('Name').fill('Ada')
  await page.getByLabelText('Phone (optional)').fill('+1 555 0100')
  await page.getByText('To be called in an emergency').click()
  await save()
  await expect.poll(() => newest(session)).toMatchObject({ name: 'Ada', phone: '+1 555 0100', isEmergency: 'yes' })
})

test('a form goes on to the photo that belongs to what it saved', async () => {
  const { session, path } = drawPage('/add/procedure')
  await page.getByLabelText('What was done').fill('Cataract operation')
  await page.getByRole('button', { name: 'Attach a photo or PDF too' }).click()
  await expect.poll(() => newest(session)).toEqual({ kind: 'procedure', name: 'Cataract operation' })
  await expect.poll(path, { timeout: 5_000 }).toMatch(/^\/add\/document\?about=own-/)
})
