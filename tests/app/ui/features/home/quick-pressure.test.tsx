import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import type { FakeSession } from '#tests/support/fake-session.ts'

const newest = (session: FakeSession) => session.entries.at(-1)?.fields

test('a person types a blood pressure in one line from home, then a second one, and sees their mean', async () => {
  const { session, root } = drawPage('/')
  const before = session.entries.length
  await page.getByLabelText('Blood pressure now, in one line').click()
  await userEvent.keyboard('130/84 61{Enter}')
  await expect.element(page.getByLabelText('Second reading, a minute later (if you take one)')).toHaveValue('')
  expect(newest(session)).toMatchObject({ systolicMmHg: 130, diastolicMmHg: 84, pulsePerMinute: 61 })
  await userEvent.keyboard('124 80{Enter}')
  await expect.element(page.getByText(/Mean of both.*127\/82/)).toBeVisible()
  expect(session.entries).toHaveLength(before + 2)
  expect(await axeFindings(root)).toEqual([])
})

test('what is odd is asked about, and saved when it is right; what is no reading is said', async () => {
  const { session } = drawPage('/')
  const before = session.entries.length
  const line = page.getByLabelText('Blood pressure now, in one line')
  await line.fill('128')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/These are not two or three numbers/)).toBeVisible()
  await line.fill('82/128')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/They may be swapped/)).toBeVisible()
  expect(session.entries).toHaveLength(before)
  await page.getByRole('button', { name: 'Yes, save it' }).click()
  await expect.poll(() => newest(session)).toMatchObject({ systolicMmHg: 82, diastolicMmHg: 128 })
})

test('time, arm, position and medicine are folded away, and kept with the reading', async () => {
  const { session } = drawPage('/')
  await page.getByText('More: time, arm, position, medicine, note').click()
  await page.getByLabelText('Time').fill('0:01')
  await page.getByLabelText('Arm').selectOptions('Left')
  await page.getByLabelText('Medicine', { exact: true }).selectOptions('Before taking it')
  await page.getByLabelText('Blood pressure now, in one line').fill('128/82')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => newest(session)).toMatchObject({ arm: 'left', medicine: 'before', systolicMmHg: 128 })
  expect(newest(session)).toMatchObject({ takenAt: expect.stringMatching(/T00:01:00/) })
})
