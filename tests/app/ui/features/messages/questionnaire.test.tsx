import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { answersText } from '#schema/questionnaires/answer.ts'
import { readForm } from '#schema/questionnaires/form.ts'
import { loincQuestionnaire } from '#schema/questionnaires/instrument.ts'
import { PHQ_9 } from '#schema/questionnaires/phq-9.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, messagesSession, pathOf, requestOf, stepOf } from './messages-session.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const FORM = readForm(PHQ_9.questionnaire)
const SENT = { title: FORM.title, form: loincQuestionnaire(PHQ_9.loinc), words: 'Before we meet' }
const worst = () => {
  const asked = FORM.items.filter(({ type }) => type === 'choice')
  return answersText(
    asked.flatMap(({ linkId, text, options }) => (options[3] ? [{ linkId, text, value: options[3] }] : [])),
  )
}

test('a questionnaire is chosen and sent; what is missing is named first', async () => {
  const session = messagesSession()
  const { root, path } = drawPage('/messages/questionnaire', session)
  await button('Send the questionnaire').click()
  await expect.element(page.getByText('This is needed.')).toBeVisible()
  expect(page.getByText(/emergenc/i).elements()).toEqual([])
  await page.getByLabelText('Which questionnaire?').selectOptions(FORM.title)
  expect(await axeFindings(root)).toEqual([])
  await button('Send the questionnaire').click()
  await expect.poll(path).toMatch(/\/request\/questionnaire\./)
  expect(session.opened).toMatchObject([{ kind: 'questionnaire', data: { title: FORM.title, form: SENT.form } }])
})

test('whoever was sent one fills it in as any other, and the answers go back', async () => {
  const session = messagesSession()
  const request = requestOf('questionnaire', {
    title: FORM.title,
    state: 'sent',
    waitsFor: 'you',
    history: [stepOf('send', SENT, { by: BEA, role: 'provider' })],
    next: ['answer', 'decline'],
  })
  session.request.set(request)
  const { root, path } = drawPage(pathOf(request), session)
  await button('Answer it').click()
  await expect.poll(path).toBe(`${pathOf(request)}/answer`)
  await expect.element(page.getByText('Your answers go to Bea Sample, and into your own record.')).toBeVisible()
  expect(button('Save').elements()).toEqual([])
  await page.getByText('Not at all').first().click()
  expect(await axeFindings(root)).toEqual([])
  await button('Send my answers').click()
  await expect.poll(path).toBe(pathOf(request))
  expect(session.steps).toMatchObject([{ kind: 'answer', data: { answers: expect.stringContaining('Not at all') } }])
})

test('who has answered can change it: the large button is gone, and what was answered stands in the form', async () => {
  const session = messagesSession()
  const request = requestOf('questionnaire', {
    title: FORM.title,
    state: 'answered',
    waitsFor: 'them',
    history: [
      stepOf('send', SENT, { by: BEA, role: 'provider' }),
      stepOf('answer', { answers: worst(), answeredAt: '2026-11-20T09:00:00Z' }),
    ],
    next: ['answer'],
    main: ['score'],
  })
  session.request.set(request)
  const { path } = drawPage(pathOf(request), session)
  expect(button('Answer it').elements()).toEqual([])
  expect(button('Change my answers').element().className).not.toContain('primary')
  await button('Change my answers').click()
  await expect.poll(path).toBe(`${pathOf(request)}/answer`)
  await expect.element(page.getByRole('radio', { name: 'Nearly every day' }).first()).toBeChecked()
  await page.getByText('Not at all').first().click()
  await button('Send my answers').click()
  await expect.poll(() => session.steps.length).toBe(1)
  const { answers } = session.steps[0]!.data
  expect([String(answers).match(/"points":0/g)?.length, String(answers).match(/"points":3/g)?.length]).toEqual([1, 8])
})

test('who sent it sees the answers, their total, and that one of them asks for help at once', async () => {
  const session = messagesSession()
  const request = requestOf('questionnaire', {
    title: FORM.title,
    role: 'provider',
    state: 'answered',
    waitsFor: 'you',
    history: [
      stepOf('send', SENT, { role: 'provider' }),
      stepOf('answer', { answers: worst(), answeredAt: '2026-11-20T09:00:00Z' }, { by: BEA }),
    ],
    next: ['score', 'close'],
  })
  session.request.set(request)
  const { root } = drawPage(pathOf(request), session)
  await expect.element(page.getByText(/Call Bea Sample now/)).toBeVisible()
  await expect.element(page.getByText('27 of 27')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await button('Say what it shows…').click()
  await expect.element(page.getByText('Total: 27')).toBeVisible()
  await button('Send').click()
  await expect.poll(() => session.steps).toEqual([{ kind: 'score', data: { total: 27, words: '' } }])
})
