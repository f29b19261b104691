import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { EntryFields } from '#schema/record/entry.ts'
import { answersText } from '#schema/questionnaires/answer.ts'
import { INSTRUMENTS } from '#schema/questionnaires/instruments.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const [PHQ_9] = INSTRUMENTS

/** The PHQ-9 with the same answer to each question. */
const phq9 = (points: number, answeredAt: string): EntryFields => ({
  kind: 'answers',
  title: 'PHQ-9 (Patient Health Questionnaire)',
  form: 'http://loinc.org/q/44249-1',
  answeredAt,
  answers: answersText(
    (PHQ_9?.scored ?? []).map(linkId => ({
      linkId,
      text: linkId,
      value: { type: 'choice', text: `option ${points}`, points },
    })),
  ),
})

const typed = (session: FakeSession) => session.entries.flatMap(({ fields }) => fields ?? [])

test('the last question of the PHQ-9 shows whom to call the moment it is answered above zero', async () => {
  const session = new FakeSession()
  const { root } = drawPage('/questionnaires/phq-9', session)
  const last = page.getByRole('radiogroup', { name: /^Thoughts that you would be better off dead/ })
  await last.getByRole('radio', { name: 'Not at all' }).click({ force: true })
  expect(page.getByText('Please talk to somebody now').elements()).toEqual([])
  await last.getByRole('radio', { name: 'Several days' }).click({ force: true })
  await expect.element(page.getByText(/Nobody is watching this/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: '988' })).toHaveAttribute('href', 'tel:988')
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByRole('heading', { name: 'Questions and answers' })).toBeVisible()
  expect(typed(session).some(({ kind }) => kind === 'answers')).toBe(true)
})

test('on a phone whom to call comes into the window, below the question it is about', async () => {
  await page.viewport(360, 740)
  drawPage('/questionnaires/phq-9', new FakeSession())
  const last = page.getByRole('radiogroup', { name: /^Thoughts that you would be better off dead/ })
  await expect.element(last).toBeInTheDocument()
  last.element().scrollIntoView({ block: 'end' })
  await last.getByRole('radio', { name: 'Several days' }).click({ force: true })
  const call = page.getByRole('link', { name: '988' })
  await expect.element(call).toBeInTheDocument()
  const [asked, called] = [last, call].map(each => each.element().getBoundingClientRect())
  expect(asked?.top).toBeGreaterThanOrEqual(0)
  expect(called?.bottom).toBeLessThanOrEqual(window.innerHeight)
})

test('an answer moves no question, and who takes it back stands at its choices again', async () => {
  drawPage('/questionnaires/gad-7', new FakeSession())
  const asked = page.getByRole('radiogroup', { name: /^Trouble relaxing/ })
  const next = page.getByRole('radiogroup', { name: /^Being so restless/ })
  await expect.element(next).toBeInTheDocument()
  const between = () => next.element().getBoundingClientRect().top - asked.element().getBoundingClientRect().top
  const before = between()
  expect(page.getByRole('button', { name: 'Take this answer back' }).elements()).toEqual([])
  await asked.getByRole('radio', { name: 'Several days' }).click({ force: true })
  const takeBack = page.getByRole('button', { name: 'Take this answer back' })
  await expect.element(takeBack).toBeVisible()
  expect(between()).toBe(before)
  await takeBack.click()
  await expect.element(asked.getByRole('radio', { name: 'Not at all' })).toHaveFocus()
  await expect.element(asked.getByRole('radio', { name: 'Several days' })).not.toBeChecked()
  expect(between()).toBe(before)
})

test('with a question left out it is saved without a total, and the page says so', async () => {
  const session = new FakeSession()
  drawPage('/questionnaires/gad-7', session)
  await page
    .getByRole('radiogroup', { name: /^Trouble relaxing/ })
    .getByRole('radio', { name: 'Several days' })
    .click({ force: true })
  await expect.element(page.getByText(/6 questions have no answer/)).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByRole('heading', { name: 'Questions and answers' })).toBeVisible()
  await expect.element(page.getByText(/There is a total only when/)).toBeVisible()
  expect(session.entries.find(({ fields }) => fields?.kind === 'answers')?.summary.value).toBeUndefined()
})

test('totals stand with what their authors wrote, how they went, and every value in a table', async () => {
  const session = new FakeSession()
  await session.addEntry(phq9(0, '2026-05-01T08:00:00Z'))
  const id = await session.addEntry(phq9(1, '2026-06-01T08:00:00Z'))
  const { root } = drawPage(`/entry/${id.ok ? id.value : ''}`, session)
  await expect.element(page.getByText('9 of 27').first()).toBeVisible()
  await expect.element(page.getByText(/PHQ-9 scores of 5, 10, 15, and 20 represented/)).toBeVisible()
  await expect.element(page.getByText(/no diagnosis/)).toBeVisible()
  await expect.element(page.getByRole('img', { name: /PHQ-9: 2 values over time/ })).toBeVisible()
  await expect.element(page.getByText('Please talk to somebody now')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('nothing answered is nothing to save', async () => {
  drawPage('/questionnaires/gad-7')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByText('Answer at least one question, then save.')).toBeVisible()
})

test('a questionnaire that is not there says so', async () => {
  drawPage('/questionnaires/nonsense')
  await expect.element(page.getByText(/There is no such questionnaire here/)).toBeVisible()
})
