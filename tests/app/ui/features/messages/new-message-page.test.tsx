import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { contactOf, messagesSession, THREAD_PATH } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const text = () => page.getByLabelText('Your message')
const send = () => page.getByRole('button', { name: 'Send' })

test('a message goes to whom was chosen, about what was chosen, and leads to its thread', async () => {
  const session = messagesSession()
  const { root, path } = drawPage('/messages/new', session)
  await page.getByText('Bea Sample').click()
  await page.getByText('My health', { exact: true }).click()
  await expect.element(page.getByText(/^Not for emergencies/)).toBeVisible()
  await page.getByLabelText(/^Subject/).fill('Knee')
  await text().fill('My knee hurts.')
  expect(await axeFindings(root)).toEqual([])
  await send().click()
  await expect.poll(path).toBe(THREAD_PATH)
  expect(session.begun).toMatchObject([
    { contactIds: ['bea-sample'], about: 'my-care', subject: 'Knee', text: 'My knee hurts.' },
  ])
  expect(session.drafts.size).toBe(0)
})

test.each([
  ['nobody-chosen', 'Choose to whom you write.'],
  ['empty', 'Write something first.'],
  ['contact-not-ready', /^With one of them something is open/],
] as const)('what is refused as %s is said in words, and what was typed stays', async (kind, words) => {
  const session = messagesSession()
  session.messageFailure = { kind }
  const { root, path } = drawPage('/messages/new', session)
  await text().fill('My knee hurts.')
  await send().click()
  await expect.element(page.getByText(words)).toBeVisible()
  await expect.element(text()).toHaveValue('My knee hurts.')
  expect(path()).toBe('/messages/new')
  expect(await axeFindings(root)).toEqual([])
})

test('what was begun is there again, is said to be, and can be thrown away', async () => {
  const session = messagesSession()
  const first = drawPage('/messages/new?to=bea-sample', session)
  await expect.element(page.getByLabelText('Bea Sample')).toBeChecked()
  await text().fill('My knee')
  await expect.poll(() => session.drafts.size).toBe(1)
  first.root.remove()
  drawPage('/messages/new?to=bea-sample', session)
  await expect.element(page.getByText('This is what you had begun to write.')).toBeVisible()
  await expect.element(text()).toHaveValue('My knee')
  await page.getByRole('button', { name: 'Throw it away' }).click()
  await expect.element(text()).toHaveValue('')
  await expect.element(page.getByText('This is what you had begun to write.')).not.toBeInTheDocument()
  expect(session.drafts.size).toBe(0)
})

test('to whom something is open one is led first', async () => {
  const session = messagesSession()
  session.people.set({ contacts: [contactOf('Carl', 'changed')], invitations: [] })
  drawPage('/messages/new', session)
  await expect.element(page.getByText(/First look at their page/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Carl' })).toBeVisible()
  await expect.element(page.getByLabelText('Carl')).not.toBeInTheDocument()
})

test.each(['en', 'ar'] as const)('the form fits a narrow window (%s)', async language => {
  const session = messagesSession()
  await drawnNarrow(session, language)
  const contacts = [contactOf('Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)), contactOf('Carl', 'changed')]
  session.people.set({ contacts, invitations: [] })
  const { root } = drawPage('/messages/new', session)
  await expect.element(page.getByRole('link', { name: 'Carl' })).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
})
