import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { fillPatients } from '#tests/support/preview/stage.ts'
import { detailOf, messagesSession, rowOf, THREAD_PATH } from '../messages/messages-session.ts'

beforeEach(async () => {
  await page.viewport(320, 740)
})

const AT = instant(Date.UTC(2026, 10, 20, 9))
const inbox = () => page.getByRole('region', { name: 'Inbox' })
const button = (name: string) => page.getByRole('button', { name, exact: true })

function filled(): FakeSession {
  const session = new FakeSession()
  fillPatients(session)
  const thread = { about: 'their-care', isOpener: false } as const
  session.threads.set({
    unreadCount: 2,
    threads: [
      rowOf({ ...thread, people: ['Ana Example'], unreadCount: 2 }),
      rowOf({ ...thread, threadId: '3'.repeat(16), people: ['Cleo'], subject: 'Sleep' }),
      rowOf({ threadId: '4'.repeat(16), people: ['Mum'], subject: 'Sunday' }),
    ],
  })
  session.requests.set([
    {
      conversationId: '1'.repeat(16),
      requestId: `refill.${'2'.repeat(32)}`,
      kind: 'refill',
      title: 'Salbutamol',
      state: 'requested',
      isFinal: false,
      role: 'provider',
      people: ['Ana Example'],
      waitsFor: 'you',
      stalledSince: AT,
      lastAt: AT,
    },
  ])
  return session
}

test('one inbox has all that goes on with patients; filters have counts and go by the arrow keys', async () => {
  const { root } = drawPage('/patients', filled())
  await expect.element(inbox().getByRole('link', { name: /Ana Example.*Refill: Salbutamol.*Due since/ })).toBeVisible()
  await expect.element(inbox().getByRole('link', { name: /Ana Example.*Knee.*2 new/ })).toBeVisible()
  expect(
    inbox()
      .getByRole('link', { name: /Sunday/ })
      .elements(),
  ).toHaveLength(0)
  expect(root.scrollWidth).toBeLessThanOrEqual(320)
  expect(await axeFindings(root)).toEqual([])
  await inbox().getByRole('radio', { name: 'All (3)' }).click({ force: true })
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(inbox().getByRole('radio', { name: 'Unread (1)' })).toBeChecked()
  expect(
    inbox()
      .getByRole('link', { name: /Refill/ })
      .elements(),
  ).toHaveLength(0)
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(inbox().getByRole('radio', { name: 'Waiting for me (1)' })).toBeChecked()
  await expect.element(inbox().getByRole('link', { name: /Refill/ })).toBeVisible()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(inbox().getByRole('radio', { name: 'Due (1)' })).toBeChecked()
})

test('an empty inbox says so, and so does each filter that lets nothing through', async () => {
  const session = filled()
  session.requests.set([])
  drawPage('/patients', session)
  await inbox().getByText('Due (0)').click()
  await expect.element(inbox().getByText('Nothing is due.')).toBeVisible()
  session.threads.set({ threads: [], unreadCount: 0 })
  await expect.element(inbox().getByText(/^Nobody whom you treat has written/)).toBeVisible()
})

test('a patient’s row leads to a message and to what is written for their record', async () => {
  drawPage('/patients', filled())
  const row = page.getByRole('article').filter({ hasText: 'Anna Jansen' })
  await expect
    .element(row.getByRole('link', { name: 'Write a message' }))
    .toHaveAttribute('href', '/messages/new?to=c3&about=their-care')
  await expect
    .element(row.getByRole('link', { name: 'Write for the record' }))
    .toHaveAttribute('href', '/patients/c3/write')
  await expect
    .element(row.getByRole('link', { name: 'Send a questionnaire' }))
    .toHaveAttribute('href', '/messages/questionnaire?to=c3')
})

test('templates are made, changed and deleted, and what is missing is named', async () => {
  const session = filled()
  const { root } = drawPage('/patients/answers', session)
  await button('New template').click()
  await button('Save').last().click()
  await expect.element(page.getByText('This is needed.').first()).toBeVisible()
  await page.getByLabelText('Name of the template').fill('Rest')
  await page.getByLabelText('Text', { exact: true }).fill('Rest your knee.')
  expect(await axeFindings(root)).toEqual([])
  await button('Save').last().click()
  await expect.element(page.getByRole('heading', { name: 'Rest' })).toBeVisible()
  await button('Change “Rest”').click()
  await page.getByLabelText('Text', { exact: true }).fill('Ice helps.')
  await button('Save').last().click()
  await expect.element(page.getByText('Ice helps.')).toBeVisible()
  await button('Delete “Rest”').click()
  await button('Delete').click()
  await expect.element(page.getByText(/^No template yet/)).toBeVisible()
  expect(session.workspace.value.templates).toEqual([])
})

test('how soon one answers is said once for all conversations', async () => {
  const session = filled()
  drawPage('/patients/answers', session)
  await page.getByLabelText('In your words').fill('Within two days')
  await button('Save').click()
  await expect.poll(() => session.workspace.value.answerTimes).toBe('Within two days')
})

test('a template goes into the answer to a patient by one choice, and is not offered to family', async () => {
  const session = messagesSession()
  session.workspace.set({
    answerTimes: '',
    showsFreeTimes: false,
    templates: [{ id: 'ab'.repeat(16), title: 'Rest', text: 'Rest your knee.' }],
  })
  session.thread.set(detailOf({ about: 'their-care' }))
  drawPage(THREAD_PATH, session)
  const field = page.getByLabelText('Your answer')
  await field.fill('Hello Ana,')
  await page.getByLabelText('Insert a template').selectOptions('Rest')
  await expect.element(field).toHaveValue('Hello Ana,\n\nRest your knee.')
  session.thread.set(detailOf({ about: 'family' }))
  await expect.element(page.getByLabelText('Insert a template')).not.toBeInTheDocument()
})
