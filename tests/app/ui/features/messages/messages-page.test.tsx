import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { OPEN } from '#tests/support/fake-session.ts'
import { messageOf, messagesSession, PLACE, requestOf, rowOf } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const begin = () => page.getByRole('button', { name: 'New', exact: true })
const choice = (name: string) => page.getByRole('menuitem', { name })
const row = (name: string | RegExp) => page.getByRole('link', { name })

test('each thread says who is in it, what was said last, and whether it is new, muted or over', async () => {
  const session = messagesSession()
  session.threads.set({
    unreadCount: 2,
    threads: [
      rowOf({ unreadCount: 2, about: 'their-care' }),
      rowOf({ threadId: '3'.repeat(16), subject: 'Sunday', isMuted: true }),
      rowOf({ threadId: '4'.repeat(16), subject: '', people: ['Carl'], isOver: true }),
    ],
  })
  const { root } = drawPage('/messages', session)
  await expect.element(row(/Bea Sample.*Knee.*Bea Sample: Can you bend it\?.*2 new.*About their health/)).toBeVisible()
  await expect.element(row(/Sunday.*Muted/)).toBeVisible()
  await expect.element(row(/Carl.*Over/)).toBeVisible()
  expect(row(/ new/).elements()).toHaveLength(1)
  expect(await axeFindings(root)).toEqual([])
})

test('whoever knows nobody is led to their people; whoever knows somebody can write at once', async () => {
  const session = messagesSession()
  const { root } = drawPage('/messages', session)
  await expect.element(page.getByText('No messages yet')).toBeVisible()
  await expect.element(begin()).toBeVisible()
  session.people.set({ contacts: [], invitations: [] })
  await expect.element(row('Family & sharing')).toBeVisible()
  await expect.element(begin()).not.toBeInTheDocument()
  await expect.element(row('Write to somebody without Wellkeep')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('a new message that was begun is found by the line “Draft”, and it is not said that there is no message', async () => {
  const session = messagesSession()
  await session.keepDraft('message/new', JSON.stringify({ text: 'The knee is', contactIds: [], key: 'k' }))
  const { root } = drawPage('/messages', session)
  await expect.element(row(/Draft.*The knee is/)).toBeVisible()
  await expect.element(page.getByText('No messages yet')).not.toBeInTheDocument()
  expect(await axeFindings(root)).toEqual([])
  await row(/Draft/).click()
  await expect.element(page.getByLabelText('Your message')).toHaveValue('The knee is')
})

test('what was said stays readable for whoever has removed everybody whom they knew', async () => {
  const session = messagesSession()
  session.people.set({ contacts: [], invitations: [] })
  session.threads.set({ threads: [rowOf({ isOver: true })], unreadCount: 0 })
  drawPage('/messages', session)
  await expect.element(row(/Knee.*Over/)).toBeVisible()
  // To whoever has no Wellkeep.
  await expect.element(begin()).toBeVisible()
})

test('the sample record says that messages need one of one’s own', async () => {
  const session = messagesSession()
  session.vaultState.set({ ...OPEN, isSample: true })
  drawPage('/messages', session)
  await expect.element(page.getByText(/^Messages need a record of your own/)).toBeVisible()
  await expect.element(begin()).not.toBeInTheDocument()
})

test('a search shows what it found, and says when there is nothing', async () => {
  const session = messagesSession()
  session.threads.set({ threads: [rowOf()], unreadCount: 0 })
  drawPage('/messages', session)
  const field = page.getByLabelText('Search in your messages')
  await field.fill('elbow')
  await expect.element(page.getByText('No message has all of these words.')).toBeVisible()
  session.messageHits = [
    { ...PLACE, subject: 'Knee', people: ['Bea Sample'], message: messageOf('a~0', 'It is the knee.') },
  ]
  await field.fill('knee')
  await expect.element(page.getByText('One message found')).toBeVisible()
  await expect.element(row(/It is the knee/)).toBeVisible()
})

test.each(['en', 'ar'] as const)('a list of long words fits a narrow window (%s)', async language => {
  const session = messagesSession()
  await drawnNarrow(session, language)
  const long = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)
  session.threads.set({
    unreadCount: 1,
    threads: [rowOf({ people: [long], subject: long, unreadCount: 1, isMuted: true, isOver: true, about: 'my-care' })],
  })
  const { root } = drawPage('/messages', session)
  await expect.element(row(new RegExp(long))).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
})

test('all that can be begun stands behind one button, by keyboard too; what a practice sends is for practices', async () => {
  const session = messagesSession()
  session.threads.set({ threads: [rowOf()], unreadCount: 0 })
  const { path } = drawPage('/messages', session)
  await expect.element(begin()).toBeVisible()
  begin().element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(choice('Write a message')).toBeVisible()
  expect(page.getByRole('menuitem').elements()).toHaveLength(4)
  expect(await axeFindings(page.getByRole('menu').element() as HTMLElement)).toEqual([])
  await userEvent.keyboard('{Escape}')
  await expect.element(begin()).toHaveFocus()
  session.settings.set({ ...session.settings.value, looksAfterPatients: true })
  await userEvent.keyboard('{Enter}')
  await expect.element(choice('Free times')).toBeVisible()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.poll(path).toBe('/messages/refill')
})

test('a practice is asked to which patient a questionnaire goes', async () => {
  drawPage('/messages/questionnaire', messagesSession())
  await expect.element(page.getByLabelText('To which patient?')).toBeVisible()
})

test('requests that are over are out of the way of what goes on', async () => {
  const session = messagesSession()
  const over = requestOf('refill', { title: 'Salbutamol', state: 'withdrawn', isFinal: true })
  session.requests.set([requestOf('question'), over, { ...over, requestId: `${over.requestId}0`, isNews: true }])
  drawPage('/messages', session)
  const past = page.getByText('One request that is over')
  await expect.element(past).toBeVisible()
  // What was not looked at yet is not put away.
  expect(
    page
      .getByText('Withdrawn')
      .elements()
      .filter(each => each.checkVisibility()),
  ).toHaveLength(1)
  await past.click()
  expect(
    page
      .getByText('Withdrawn')
      .elements()
      .filter(each => each.checkVisibility()),
  ).toHaveLength(2)
})
