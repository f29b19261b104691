import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

test('the pages for the doctor have what is ticked, with ranges and flags, and keep the questions', async () => {
  const session = new FakeSession()
  for (const { summary } of session.entries.filter(entry => entry.summary.kind === 'lab-result')) {
    session.facts = {
      ...session.facts,
      [summary.id]: { range: '3.5 – 5.1 mmol/L', summary: { ...summary, flag: 'high' } },
    }
  }
  const { root } = drawPage('/take-out/doctor', session)
  const sheet = page.getByRole('article', { name: 'For the doctor' })
  await expect.element(sheet.getByRole('heading', { name: 'Medicines' })).toBeVisible()
  await expect.element(sheet.getByText('3.5 – 5.1 mmol/L').first()).toBeInTheDocument()
  await expect.element(sheet.getByText('High').first()).toBeInTheDocument()
  const questions = page.getByLabelText('My questions').first()
  await questions.fill('Why so tired?\nMay I swim?')
  await expect.element(sheet.getByRole('listitem').first()).toHaveTextContent('Why so tired?')
  await page.getByLabelText('What changed since').fill('2020-01-01')
  await expect.poll(() => session.texts.get('visit-questions')).toBe('Why so tired?\nMay I swim?')
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('group', { name: 'What shall be on it?' }).getByText('Medicines').click()
  await expect.element(sheet.getByRole('heading', { name: 'Medicines' })).not.toBeInTheDocument()
})

test('nothing private is on the pages for the doctor unless it is ticked', async () => {
  const session = new FakeSession()
  const medicine = session.entries.find(entry => entry.summary.kind === 'medicine' && entry.summary.status === 'active')
  if (medicine === undefined) throw new Error('the fake record has no medicine')
  await session.makePrivate([medicine.summary.id])
  drawPage('/take-out/doctor', session)
  const row = page.getByRole('article').getByText(medicine.summary.title).first()
  await expect.element(page.getByRole('article')).toBeVisible()
  await expect.element(row).not.toBeInTheDocument()
  await page.getByText('With what is private (one entry)').click()
  await expect.element(row).toBeInTheDocument()
})
