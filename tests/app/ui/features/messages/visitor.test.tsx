import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { VisitorDetail } from '#app/core/visitor-session.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { detailOf, messagesSession, PLACE, THREAD_PATH } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const AT = instant(Date.UTC(2026, 10, 24, 12))
const topic = { threadId: PLACE.threadId }
const LINK = {
  linkId: '4'.repeat(32),
  topic,
  address: `https://relay.example/answer#${'a'.repeat(86)}`,
  madeAt: AT,
  expiresAt: AT,
  standing: 'open',
  openings: [{ at: AT, recipient: 'Front desk' }],
} as const
const VISITOR: VisitorDetail = { name: 'Dr. Green', links: [], answers: [] }
const ANSWER = { answerId: '5'.repeat(32), topic, at: AT, name: 'Dr. Green', text: 'Rest it.' }

function withVisitor(visitor: Partial<VisitorDetail> = {}) {
  const session = messagesSession()
  session.thread.set(detailOf({ about: 'my-care', people: ['Dr. Green'], isWithVisitor: true }))
  session.visitor.set({ ...VISITOR, ...visitor })
  return session
}

test('a message to whoever has no Wellkeep is begun by their name alone', async () => {
  const session = messagesSession()
  const { root } = drawPage('/messages/new', session)
  await page.getByText('Somebody who has no Wellkeep').click()
  await expect.element(page.getByText(/^Not for emergencies/)).toBeVisible()
  await page.getByLabelText('Who is it?').fill('Dr. Green')
  await page.getByLabelText('Your message').fill('My knee hurts.')
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => session.begun).toMatchObject([{ contactIds: [], visitor: 'Dr. Green', about: 'my-care' }])
})

test('a link is made for as long as was chosen, shown as a code, and ended', async () => {
  const session = withVisitor()
  const { root } = drawPage(THREAD_PATH, session)
  await page.getByText('24 hours').click()
  await page.getByRole('button', { name: 'Make a link' }).click()
  await expect.poll(() => session.visitorLinksAsked).toMatchObject([{ topic, origin: location.origin }])
  session.visitor.set({ ...VISITOR, links: [LINK] })
  await expect.element(page.getByRole('img', { name: 'Code of the link' })).toBeVisible()
  await expect.element(page.getByText(/said to be “Front desk”/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'End the link' }).click()
  await expect.poll(() => session.visitorLinksEnded).toEqual([LINK.linkId])
})

test('an answer waits, says that nobody checked who it was, and is taken in or put away', async () => {
  const session = withVisitor({ answers: [ANSWER, { ...ANSWER, answerId: '6'.repeat(32), text: 'Buy gold.' }] })
  const { root } = drawPage(THREAD_PATH, session)
  await expect.element(page.getByText('Rest it.')).toBeVisible()
  expect(page.getByText(/Nobody checked who it was/).elements()).toHaveLength(2)
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Take it in' }).first().click()
  await page.getByRole('button', { name: 'Put it away' }).nth(1).click()
  await expect.poll(() => session.answersTaken).toEqual([ANSWER.answerId])
  expect(session.answersPutAway).toEqual(['6'.repeat(32)])
  session.visitorFailure = { kind: 'unreachable' }
  await page.getByRole('button', { name: 'Take it in' }).first().click()
  await expect.element(page.getByText(/Your server can’t be reached/)).toBeVisible()
})

test('what was told on paper is written down as theirs', async () => {
  const session = withVisitor()
  drawPage(THREAD_PATH, session)
  await page.getByRole('button', { name: 'Write down what they said' }).click()
  await page.getByLabelText('What Dr. Green said').fill('Come on Monday.')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => session.sent).toMatchObject([{ text: 'Come on Monday.', isTheirs: true }])
})

test.each(['en', 'ar'] as const)('the link and an answer fit a narrow window (%s)', async language => {
  const session = withVisitor({ links: [LINK], answers: [{ ...ANSWER, text: 'a'.repeat(200), name: 'b'.repeat(90) }] })
  await drawnNarrow(session, language)
  const { root } = drawPage(THREAD_PATH, session)
  await expect.element(page.getByRole('img')).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
})
