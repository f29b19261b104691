import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Contact } from '#app/core/people-session.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, detailOf, messageOf, messagesSession, PLACE, THREAD_PATH } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const answer = () => page.getByLabelText('Your answer')
const send = () => page.getByRole('button', { name: 'Send' })

test('what is new stands below a line, and is told as read once', async () => {
  const session = messagesSession()
  const old = messageOf('a~0', 'My knee hurts.', { by: { type: 'you' }, state: 'read' })
  session.thread.set(detailOf({ messages: [old, messageOf('b~0', 'Can you bend it?', { isNew: true })] }))
  const { root } = drawPage(THREAD_PATH, session)
  const items = page.getByRole('log').getByRole('listitem')
  await expect.element(items.nth(1).getByText('New', { exact: true })).toBeVisible()
  expect(items.nth(0).getByText('New', { exact: true }).elements()).toEqual([])
  await expect.poll(() => session.read).toEqual([PLACE])
  session.thread.set(detailOf({ messages: [old, messageOf('b~0', 'Can you bend it?')] }))
  // It stays until one leaves.
  await expect.element(items.nth(1).getByText('New', { exact: true })).toBeVisible()
  expect(session.read).toHaveLength(1)
  expect(await axeFindings(root)).toEqual([])
})

test('an answer outlasts leaving the page, goes out with its key, and is not sent under it again', async () => {
  const session = messagesSession()
  const first = drawPage(THREAD_PATH, session)
  await answer().fill('Not much.')
  await expect.poll(() => session.drafts.size).toBe(1)
  first.root.remove()
  drawPage(THREAD_PATH, session)
  await expect.element(answer()).toHaveValue('Not much.')
  await send().click()
  await expect.element(answer()).toHaveValue('')
  expect(session.drafts.size).toBe(0)
  await answer().fill('It is swollen.')
  await send().click()
  await expect.poll(() => session.sent.map(({ text }) => text)).toEqual(['Not much.', 'It is swollen.'])
  expect(new Set(session.sent.map(({ key }) => key)).size).toBe(2)
})

test('a refusal is said in words, and what was typed stays', async () => {
  const session = messagesSession()
  session.messageFailure = { kind: 'over' }
  const { root } = drawPage(THREAD_PATH, session)
  await answer().fill('Too late')
  await send().click()
  await expect.element(page.getByText('This conversation is over. Begin a new one.')).toBeVisible()
  await expect.element(answer()).toHaveValue('Too late')
  expect(await axeFindings(root)).toEqual([])
})

test('a thread about one’s care says that it is not for emergencies, and when the doctor answers', async () => {
  const session = messagesSession()
  const times = [{ by: BEA, text: 'within two days' }]
  session.thread.set(detailOf({ about: 'my-care', answerTimes: times }))
  drawPage(THREAD_PATH, session)
  await expect.element(page.getByText(/^Not for emergencies/)).toBeVisible()
  await expect.element(page.getByText('Bea Sample says when they answer: within two days')).toBeVisible()
})

test('where a conversation is over nothing can be written, and one may begin another', async () => {
  const session = messagesSession()
  const [{ contactId, name }] = session.people.value.contacts as [Contact]
  session.thread.set(detailOf({ isOver: true, noReply: 'ended-by-them', others: [{ name, contactId }] }))
  drawPage(THREAD_PATH, session)
  await expect.element(page.getByText(/^Bea Sample left this conversation or ended it/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Write a message' })).toBeVisible()
  await expect.element(answer()).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: /^End this/ })).not.toBeInTheDocument()
})

test('a thread that is not here says so', async () => {
  const session = messagesSession()
  session.thread.set(undefined)
  drawPage(THREAD_PATH, session)
  await expect.element(page.getByText('This conversation is not on this device (any more).')).toBeVisible()
})

test.each(['en', 'ar'] as const)('long words of both sides fit a narrow window (%s)', async language => {
  const session = messagesSession()
  await drawnNarrow(session, language)
  const long = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)
  session.thread.set(
    detailOf({
      subject: long,
      people: [long],
      messages: [messageOf('a~0', long), messageOf('a~1', long, { by: { type: 'you' }, state: 'saved' })],
      from: 1,
    }),
  )
  const { root } = drawPage(THREAD_PATH, session)
  await expect.element(page.getByRole('log').getByRole('listitem').nth(1)).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
})

test('whoever wants that nobody hears what they read says so in the settings, and every conversation says it', async () => {
  const session = messagesSession()
  const first = drawPage(THREAD_PATH, session)
  await expect.element(page.getByText(/^The others see when you have read what they wrote/)).toBeVisible()
  await page.getByRole('link', { name: 'Change that' }).click()
  await expect.poll(first.path).toBe('/settings')
  const tell = page.getByRole('checkbox', { name: 'Tell people when I have read their messages' })
  await expect.element(tell).toBeChecked()
  tell.element().focus()
  await userEvent.keyboard(' ')
  await expect.poll(() => session.settings.value.hidesRead).toBe(true)
  expect(await axeFindings(first.root)).toEqual([])
  first.root.remove()
  session.thread.set(detailOf({ messages: [messageOf('b~0', 'Can you bend it?', { isNew: true })] }))
  drawPage(THREAD_PATH, session)
  await expect.element(page.getByText(/^The others see that what they wrote arrived, but not when/)).toBeVisible()
  await expect.poll(() => session.readUntold).toEqual([PLACE])
  expect(session.read).toEqual([])
})

test('what nobody took up says so, and leads to meeting again', async () => {
  const session = messagesSession()
  const mine = { by: { type: 'you' }, state: 'untaken' } as const
  const bea = { name: 'Bea Sample', contactId: 'c7' }
  session.thread.set(
    detailOf({ others: [bea], untakenBy: [bea], messages: [messageOf('a~0', 'Are you there?', mine)] }),
  )
  const { root } = drawPage(THREAD_PATH, session)
  await expect.element(page.getByText('Not delivered yet')).toBeVisible()
  await expect.element(page.getByText(/^Not delivered to Bea Sample yet\. They may have ended/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Meet again' })).toHaveAttribute('href', '/people/c7')
  expect(await axeFindings(root)).toEqual([])
})

test('after the end one is led to whoever it was, and to no form without them', async () => {
  const session = messagesSession()
  const [{ contactId, name }] = session.people.value.contacts as [Contact]
  session.thread.set(detailOf({ noReply: 'ended-by-them', isOver: true, others: [{ name, contactId }] }))
  drawPage(THREAD_PATH, session)
  const write = page.getByRole('link', { name: 'Write a message' })
  await expect.element(write).toHaveAttribute('href', `/messages/new?to=${contactId}`)
  await expect.element(page.getByRole('link', { name: 'Meet again' })).toHaveAttribute('href', `/people/${contactId}`)
  session.people.set({ contacts: [], invitations: [] })
  await expect.element(page.getByText(/Bea Sample is no longer among your people/)).toBeVisible()
  expect(write.elements()).toEqual([])
})

test('what is not known to have arrived when a conversation ended says so, and can be copied', async () => {
  const session = messagesSession()
  const mine = { by: { type: 'you' }, state: 'unheard' } as const
  session.thread.set(
    detailOf({ noReply: 'ended-by-them', isOver: true, messages: [messageOf('a~0', 'Are you there?', mine)] }),
  )
  const { root } = drawPage(THREAD_PATH, session)
  await expect.element(page.getByText('Not known to have arrived: the conversation is over')).toBeVisible()
  await expect.element(page.getByRole('log').getByRole('button', { name: 'Copy' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('what a colleague wrote for the practice is theirs, to the others on the staff too', async () => {
  const session = messagesSession()
  session.thread.set(detailOf({ messages: [messageOf('a~0', 'Come by.', { by: { type: 'you' }, staff: 'Dina' })] }))
  drawPage(THREAD_PATH, session)
  await expect.element(page.getByText('Dina, for the practice')).toBeVisible()
})
