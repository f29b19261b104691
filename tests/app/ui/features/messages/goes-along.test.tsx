import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { GivenShare } from '#app/core/share-session.ts'
import type { FakeSession } from '#tests/support/fake-session.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, contactOf, detailOf, messageOf, messagesSession, THREAD_PATH } from './messages-session.ts'
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

const given = (share: Partial<GivenShare>): GivenShare => ({
  shareId: 's1',
  contactId: 'bea-sample',
  contactName: 'Bea Sample',
  sections: ['problems'],
  role: 'read',
  withHistory: false,
  begunAnew: [],
  createdAt: instant(0),
  state: 'accepted',
  ...share,
})

test('of each recipient it is said whether they can open the entry, and how they could', async () => {
  const session = messagesSession()
  session.people.set({
    contacts: ['Bea Sample', 'Carl Sample', 'Dora Sample'].map(name => contactOf(name)),
    invitations: [],
  })
  session.shares.set({
    given: [given({}), given({ shareId: 's2', contactId: 'carl-sample', state: 'offered' })],
    received: [],
  })
  const { id } = conditionIn(session)
  const { root } = drawPage(`/messages/new?entry=${id}`, session)
  await expect.element(along().getByText(/^They see this line/)).toBeVisible()
  for (const name of ['Bea Sample', 'Carl Sample', 'Dora Sample']) await page.getByText(name).first().click()
  await expect
    .element(along().getByText(/Bea Sample.* can open the entry, since you share “Problems” with them\./))
    .toBeVisible()
  await expect.element(along().getByText(/Carl Sample.* sees only this line for now/)).toBeVisible()
  await expect.element(along().getByText(/Dora Sample.* sees only this line\./)).toBeVisible()
  await expect.element(along().getByText(/^They see this line/)).not.toBeInTheDocument()
  const hrefs = ['Carl', 'Dora'].map(name =>
    link(new RegExp(`with .*${name}`))
      .element()
      .getAttribute('href'),
  )
  expect(hrefs).toEqual(['/people/carl-sample/share/s2', '/people/dora-sample/share'])
  expect(await axeFindings(root)).toEqual([])
})

test('in a thread it is said of who takes part; of who has no Wellkeep, that they see the line', async () => {
  const session = messagesSession()
  session.shares.set({ given: [given({ sections: ['allergies'] })], received: [] })
  session.thread.set(detailOf({ others: [{ name: 'Bea Sample', contactId: 'bea-sample' }, { name: 'Dr. Green' }] }))
  drawPage(THREAD_PATH, session)
  await attach().click()
  await choice().getByLabelText('Search in your record').fill('peanuts')
  await choice().getByRole('listitem').getByRole('button').click()
  await expect.element(along().getByText(/Bea Sample.* can open the entry/)).toBeVisible()
  await expect.element(along().getByText(/Dr\. Green.* sees only this line\./)).toBeVisible()
  expect(link(/with .*Dr\. Green/).elements()).toEqual([])
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

const attach = () => page.getByRole('button', { name: 'Attach from my record' })
const choice = () => page.getByRole('dialog', { name: 'Attach from my record' })

test('an entry is found by its words and goes along with an answer, which a draft keeps', async () => {
  const session = messagesSession()
  const { id, title } = resultIn(session)
  const first = drawPage(THREAD_PATH, session)
  await attach().click()
  await choice().getByLabelText('Search in your record').fill('2019 zzz')
  await expect.element(choice().getByText('Nothing here that could go along.')).toBeVisible()
  await choice().getByLabelText('Search in your record').fill('a1c')
  await expect.element(choice().getByText('2 entries')).toBeVisible()
  expect(await axeFindings(document.body)).toEqual([])
  await choice()
    .getByRole('button', { name: /^Hemoglobin A1c/ })
    .first()
    .click()
  await expect.element(choice()).not.toBeInTheDocument()
  await expect.element(along().getByRole('link', { name: title })).toBeVisible()
  await expect.element(attach()).toHaveFocus()
  await expect.poll(() => [...session.drafts.values()].join()).toContain(id)
  first.root.remove()
  drawPage(THREAD_PATH, session)
  await expect.element(along().getByRole('link', { name: title })).toBeVisible()
  await page.getByLabelText('Your answer').fill('This one?')
  await send().click()
  await expect.poll(() => session.sent).toMatchObject([{ text: 'This one?', entries: [{ id, title }] }])
  await expect.element(along()).not.toBeInTheDocument()
})

test('with the keyboard alone, an entry is chosen for a new message', async () => {
  const session = messagesSession()
  drawPage('/messages/new', session)
  await expect.element(attach()).toBeVisible()
  attach().element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(choice().getByLabelText('Search in your record')).toHaveFocus()
  await userEvent.keyboard('penicillin')
  await expect.element(choice().getByText('One entry')).toBeVisible()
  await userEvent.keyboard('{Tab}{Enter}')
  await expect.element(along().getByRole('link', { name: 'Penicillin' })).toBeVisible()
  await expect.element(subject()).toHaveValue('Penicillin')
})

test('neither what is private nor what goes along already is offered, nor a sixth entry', async () => {
  const session = messagesSession()
  const hidden = resultIn(session).id
  session.entries = session.entries.map(entry =>
    entry.summary.id === hidden ? { ...entry, summary: { ...entry.summary, isPrivate: true } } : entry,
  )
  drawPage('/messages/new', session)
  for (const word of ['a1c', 'penicillin', 'peanuts', 'metformin', 'lisinopril']) {
    await attach().click()
    await choice().getByLabelText('Search in your record').fill(word)
    await expect.element(choice().getByText('One entry')).toBeVisible()
    await choice().getByRole('listitem').getByRole('button').click()
    if (word !== 'a1c') continue
    await attach().click()
    await choice().getByLabelText('Search in your record').fill(word)
    await expect.element(choice().getByText('Nothing here that could go along.')).toBeVisible()
    await userEvent.keyboard('{Escape}')
  }
  await expect.element(page.getByText('Five entries at most go along with one message.')).toBeVisible()
  await expect.element(attach()).not.toBeInTheDocument()
})

test('to a patient nothing of one’s own record is offered', async () => {
  const session = messagesSession()
  session.thread.set(detailOf({ about: 'their-care' }))
  drawPage(THREAD_PATH, session)
  await expect.element(page.getByLabelText('Your answer')).toBeVisible()
  await expect.element(attach()).not.toBeInTheDocument()
})

test('the choice is as wide as a narrow window in Arabic', async () => {
  const session = messagesSession()
  await drawnNarrow(session, 'ar')
  drawPage(THREAD_PATH, session)
  await page.getByRole('button', { name: 'إرفاق من سجلي' }).click()
  await expect.element(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(document.body)).toEqual([])
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
