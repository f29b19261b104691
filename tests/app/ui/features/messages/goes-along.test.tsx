import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { FakeSession } from '#tests/support/fake-session.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, detailOf, messageOf, messagesSession, THREAD_PATH } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const link = (name: string | RegExp) => page.getByRole('link', { name })
const along = () => page.getByRole('region', { name: 'Goes along' })
const send = () => page.getByRole('button', { name: 'Send' })
const subject = () => page.getByLabelText(/^Subject/)

function resultIn(session: FakeSession) {
  const found = session.entries.find(({ summary }) => summary.kind === 'lab-result' && summary.title !== '')
  if (found === undefined) throw new Error('The sample has no result')
  return found.summary
}

function conditionIn(session: FakeSession) {
  const found = session.entries.find(({ summary }) => summary.kind === 'condition')
  if (found === undefined) throw new Error('The sample has no condition')
  return found.summary
}

test('from an entry’s page a message is begun that the entry goes along with, and is called by it', async () => {
  const session = messagesSession()
  const { id, title, section } = conditionIn(session)
  const { root, path } = drawPage(`/entry/${id}`, session)
  await link('Ask about this in a message').click()
  expect(path()).toBe(`/messages/new?entry=${id}`)
  await expect.element(along().getByRole('link', { name: title })).toBeVisible()
  await expect.element(along().getByText(/^They see this line\. The entry itself only if/)).toBeVisible()
  await expect.element(subject()).toHaveValue(title)
  await page.getByText('Bea Sample').click()
  await page.getByLabelText('Your message').fill('Is this high?')
  expect(await axeFindings(root)).toEqual([])
  await send().click()
  await expect.poll(path).toBe(THREAD_PATH)
  expect(session.begun).toMatchObject([{ subject: title, entries: [{ id, title, section }] }])
})

test('a test’s page leads to a question about its newest result, and that to a message instead', async () => {
  const session = messagesSession()
  const { id } = resultIn(session)
  const { path } = drawPage(`/results/${id}`, session)
  await link('Ask about this result').click()
  await expect.poll(path).toMatch(/^\/messages\/question\?entry=/)
  const [, asked] = path().split('=')
  await link('Write a message about it instead').click()
  await expect.poll(path).toBe(`/messages/new?entry=${asked}`)
  await expect.element(along()).toBeVisible()
})

test('a result’s own page leads there too', async () => {
  const session = messagesSession()
  const { id } = resultIn(session)
  drawPage(`/entry/${id}`, session)
  await expect.element(link('Ask about this result')).toHaveAttribute('href', `/messages/question?entry=${id}`)
})

test('what goes along can be taken off, and a draft keeps what was chosen', async () => {
  const session = messagesSession()
  const { id, title } = resultIn(session)
  const first = drawPage(`/messages/new?entry=${id}`, session)
  await page.getByLabelText('Your message').fill('Is this high?')
  await expect.poll(() => session.drafts.size).toBe(1)
  first.root.remove()
  const second = drawPage(`/messages/new?entry=${id}`, session)
  await expect.element(along().getByRole('link', { name: title })).toBeVisible()
  await page.getByRole('button', { name: 'Take off' }).click()
  await expect.element(along()).not.toBeInTheDocument()
  await expect.element(subject()).toHaveValue('')
  await expect.poll(() => [...session.drafts.values()].join()).toContain('"entryIds":[]')
  second.root.remove()
  drawPage(`/messages/new?entry=${id}`, session)
  await expect.element(page.getByLabelText('Your message')).toHaveValue('Is this high?')
  await expect.element(along()).not.toBeInTheDocument()
  await send().click()
  await expect.poll(() => session.begun.length).toBe(1)
  expect(session.begun[0]?.entries).toBeUndefined()
})

test('a private entry has no way into a message, and is refused in words where it went private since', async () => {
  const session = messagesSession()
  const { id, title } = resultIn(session)
  session.entries = session.entries.map(entry =>
    entry.summary.id === id ? { ...entry, summary: { ...entry.summary, isPrivate: true } } : entry,
  )
  const first = drawPage(`/entry/${id}`, session)
  await expect.element(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  await expect.element(link(/^Ask about/)).not.toBeInTheDocument()
  first.root.remove()
  session.messageFailure = { kind: 'entry-not-given' }
  const { root } = drawPage(`/messages/new?entry=${id}`, session)
  await expect.element(along().getByText(/^This entry is private, and a message would tell/)).toBeVisible()
  await expect.element(subject()).toHaveValue('')
  await page.getByLabelText('Your message').fill('Is this high?')
  await send().click()
  await expect.element(page.getByText(/^What is to go along is private or not in your record/)).toBeVisible()
  await expect.element(page.getByLabelText('Your message')).toHaveValue('Is this high?')
  expect(await axeFindings(root)).toEqual([])
})

test('an entry that is gone is said to be, and nothing is sent as if it went along', async () => {
  const session = messagesSession()
  drawPage('/messages/new?entry=results~gone', session)
  await expect.element(along().getByText('This entry is not in your record any more.')).toBeVisible()
  await page.getByLabelText('Your message').fill('Is this high?')
  await send().click()
  await expect.element(page.getByText(/^What is to go along is private or not in your record/)).toBeVisible()
  expect(session.begun).toEqual([])
})

test.each(['en', 'ar'] as const)(
  'a reader sees the line, and a link where they have the entry (%s)',
  async language => {
    const session = messagesSession()
    const { id, section } = resultIn(session)
    await drawnNarrow(session, language)
    const reference = { id, section, when: 'May 1, 2026', value: '140 mmol/L' }
    session.shares.set({
      given: [],
      received: [
        {
          shareId: 'r1',
          contactId: 'bea-sample',
          contactName: 'Bea Sample',
          recordName: 'Bea Sample',
          sections: [section],
          role: 'read',
          until: instant(Date.UTC(2030, 1, 1)),
          state: 'accepted',
          isPaused: false,
        },
      ],
    })
    const theirs = { by: BEA, contactId: 'bea-sample' }
    session.thread.set(
      detailOf({
        messages: [
          messageOf('a~0', 'Mine', { by: { type: 'you' }, entries: [{ ...reference, title: 'Sodium' }] }),
          messageOf('b~0', 'Theirs', { ...theirs, entries: [{ ...reference, title: 'Potassium' }] }),
          messageOf('b~1', 'Kept back', {
            ...theirs,
            entries: [{ ...reference, section: 'social', title: 'x'.repeat(300) }],
          }),
        ],
      }),
    )
    const { root } = drawPage(THREAD_PATH, session)
    await expect.element(link('Sodium')).toHaveAttribute('href', `/entry/${id}`)
    await expect.element(link('Potassium')).toHaveAttribute('href', `/shared/r1/entry/${id}`)
    await expect.element(page.getByText('x'.repeat(300))).toBeVisible()
    expect(link(/^x+$/).elements()).toEqual([])
    expect(isWithinWidth()).toBe(true)
    expect(await axeFindings(root)).toEqual([])
  },
)
