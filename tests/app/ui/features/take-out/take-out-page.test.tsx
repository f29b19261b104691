import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { fail } from '#schema/result.ts'
import { axeFindings, drawPage, unlockAgain } from '#tests/support/draw.tsx'
import { FAKE_PASSPHRASE, FakeSession } from '#tests/support/fake-session.ts'

const make = () => page.getByRole('button', { name: 'Make the file', exact: true }).first()

test('a person chooses what, which parts and what is private, sees what will be in it, and gets the file', async () => {
  const session = new FakeSession()
  const first = session.entries.find(entry => entry.summary.section === 'problems')
  await session.makePrivate(first === undefined ? [] : [first.summary.id])
  const { root } = drawPage('/take-out', session)
  await expect.element(page.getByText('A summary for a clinic')).toBeVisible()
  await expect.element(page.getByText(/Nothing private is in it/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'None', exact: true }).click()
  await page.getByText(/^Problems · /).click()
  await page.getByText('With what is private (one entry)').click()
  await expect.element(page.getByText(/What is private is in it/)).toBeVisible()
  await make().click()
  await unlockAgain(FAKE_PASSPHRASE, 'Make the file')
  await expect.element(page.getByText('The file is in your downloads')).toBeVisible()
  expect(session.takenOut).toMatchObject({ withPrivate: true, file: { kind: 'summary', words: { language: 'en' } } })
  expect(session.takenOut?.sections[0]).toBe('problems')
})

test('a table asks which one and for nothing else', async () => {
  const { session } = drawPage('/take-out')
  await page.getByText('A table for a spreadsheet').click()
  await page.getByLabelText('Which table?').selectOptions('Blood pressure')
  await expect.element(page.getByRole('group', { name: 'Which parts?' })).not.toBeInTheDocument()
  await make().click()
  await unlockAgain(FAKE_PASSPHRASE, 'Make the file')
  await expect
    .poll(() => session.takenOut)
    .toMatchObject({ sections: ['vitals'], file: { kind: 'table', table: 'blood-pressure' } })
})

test('a calendar has the times of medicines only where somebody ticks that', async () => {
  const { session } = drawPage('/take-out')
  await page.getByText('Dates for a calendar').click()
  const doses = page.getByRole('checkbox', { name: 'When to take medicines, too' })
  await expect.element(doses).not.toBeChecked()
  await page.getByText('When to take medicines, too').click()
  await make().click()
  await unlockAgain(FAKE_PASSPHRASE, 'Make the file')
  await expect
    .poll(() => session.takenOut)
    .toMatchObject({ sections: expect.arrayContaining(['medicines']), file: { kind: 'calendar' } })
})

test('what cannot be made says why, and the choice stays', async () => {
  const session = new FakeSession()
  drawPage('/take-out', session)
  await page.getByRole('button', { name: 'None', exact: true }).click()
  session.takeOut = async () => fail({ kind: 'nothing-planned' })
  await page.getByText('Dates for a calendar').click()
  await make().click()
  await unlockAgain(FAKE_PASSPHRASE, 'Make the file')
  await expect.element(page.getByText(/There is nothing for a calendar/)).toBeVisible()
  session.takeOut = async () => {
    throw new Error('broken')
  }
  await make().click()
  await unlockAgain(FAKE_PASSPHRASE, 'Make the file')
  await expect.element(page.getByText('The file could not be made. Please try again.')).toBeVisible()
})

test('an empty record says so', async () => {
  const session = new FakeSession()
  session.entries = []
  drawPage('/take-out', session)
  await expect.element(page.getByText('There is nothing in your record yet.')).toBeVisible()
})
