import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import type { FakeSession } from '#tests/support/fake-session.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, messagesSession, pathOf, requestOf, stepOf } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const link = (name: string | RegExp) => page.getByRole('link', { name })
const button = (name: string) => page.getByRole('button', { name, exact: true })

function resultIn(session: FakeSession) {
  const found = session.entries.find(({ summary }) => summary.kind === 'lab-result' && summary.title !== '')
  if (found === undefined) throw new Error('The sample has no result')
  return found.summary
}

test('a question about a result names what is missing, and goes with the line of the result', async () => {
  const session = messagesSession()
  const { id, title, section } = resultIn(session)
  const { root, path } = drawPage(`/messages/question?entry=${id}`, session)
  await expect.element(page.getByRole('region', { name: 'The entry' }).getByRole('link', { name: title })).toBeVisible()
  await button('Send the request').click()
  await expect.element(page.getByText('This is needed.')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByLabelText('Your question').fill('Is this high?')
  await button('Send the request').click()
  await expect.poll(path).toMatch(/\/request\/question\./)
  expect(session.opened).toMatchObject([
    { kind: 'question', contactId: 'bea-sample', data: { entryId: id, title, section, question: 'Is this high?' } },
  ])
})

test('a question and a correction without an entry lead to the record', async () => {
  const session = messagesSession()
  for (const kind of ['question', 'correction']) {
    const { root } = drawPage(`/messages/${kind}`, session)
    await expect.element(link('To your record')).toBeVisible()
    expect(await axeFindings(root)).toEqual([])
    root.remove()
  }
})

test('what is private is not sent', async () => {
  const session = messagesSession()
  const { id } = resultIn(session)
  session.entries = session.entries.map(entry =>
    entry.summary.id === id ? { ...entry, summary: { ...entry.summary, isPrivate: true } } : entry,
  )
  drawPage(`/messages/question?entry=${id}`, session)
  await expect.element(page.getByText(/^This entry is private/)).toBeVisible()
  await page.getByLabelText('Your question').fill('Is this high?')
  await button('Send the request').click()
  expect(session.opened).toEqual([])
})

test('who is asked reads the question beside the line, answers, and keeps what was typed where it could not be sent', async () => {
  const session = messagesSession()
  const { id, title, section } = resultIn(session)
  const asked = stepOf(
    'ask',
    { entryId: id, title, section, when: '', value: '5.4', question: 'Is this high?' },
    { by: BEA },
  )
  const request = requestOf('question', {
    title,
    role: 'provider',
    waitsFor: 'you',
    history: [asked],
    next: ['answer', 'see'],
  })
  session.request.set(request)
  const { root } = drawPage(pathOf(request), session)
  await expect.element(page.getByRole('heading', { name: `Question: ${title}` })).toBeVisible()
  await expect.element(page.getByText('5.4')).toBeVisible()
  await expect.element(page.getByText('Is this high?').first()).toBeVisible()
  await expect.poll(() => session.steps).toMatchObject([{ kind: 'see' }])
  await button('Answer…').click()
  session.requestFailure = { kind: 'no-room' }
  await page.getByLabelText('Your answer').fill('No.')
  await button('Send').click()
  await expect.element(page.getByText(/^There have been too many steps/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  session.requestFailure = undefined
  await button('Send').click()
  await expect.element(page.getByLabelText('Your answer')).not.toBeInTheDocument()
  expect(session.steps.at(-1)).toEqual({ kind: 'answer', data: { answer: 'No.' } })
})

test('a correction says what is wrong and what it should say', async () => {
  const session = messagesSession()
  const { id } = resultIn(session)
  drawPage(`/messages/correction?entry=${id}`, session)
  await page.getByLabelText('What is wrong?').fill('It says 55')
  await page.getByLabelText('What should it say?').fill('5.5')
  await button('Send the request').click()
  await expect
    .poll(() => session.opened)
    .toMatchObject([{ kind: 'correction', data: { wrong: 'It says 55', shouldSay: '5.5' } }])
})

test('once a correction is accepted, one’s own copy is corrected with what was agreed in sight', async () => {
  const session = messagesSession()
  const { id, title, section } = resultIn(session)
  const said = { entryId: id, title, section, when: '', value: '', wrong: 'It says 55', shouldSay: '5.5' }
  const request = requestOf('correction', {
    title,
    state: 'accepted',
    history: [stepOf('ask', said), stepOf('accept', { words: 'You are right' }, { by: BEA, role: 'provider' })],
    next: ['close'],
  })
  session.request.set(request)
  const { root } = drawPage(pathOf(request), session)
  await expect.element(page.getByText('You are right').first()).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  expect(root.textContent).not.toContain('There is nothing for you to do')
  // Changed since, it says so, and is no longer what to do first.
  session.request.set({ ...request, history: request.history.map(step => ({ ...step, at: instant(0) })) })
  await expect.element(page.getByText(/^They accepted it, and you changed your copy on/)).toBeVisible()
  session.request.set(request)
  await link('Correct your copy').click()
  await expect.element(page.getByText(/^What was agreed: .5\.5.$/)).toBeVisible()
})

test('who answered a correction is not asked anew, and says it otherwise only on purpose', async () => {
  const session = messagesSession()
  const { id, title, section } = resultIn(session)
  const said = { entryId: id, title, section, when: '', value: '', wrong: 'It says 55', shouldSay: '5.5' }
  const request = requestOf('correction', {
    role: 'provider',
    state: 'accepted',
    history: [stepOf('ask', said, { by: BEA }), stepOf('accept', {}, { role: 'provider' })],
    next: ['accept', 'decline'],
  })
  session.request.set(request)
  drawPage(pathOf(request), session)
  await expect.element(button('Decline it after all…')).toBeVisible()
  await expect.element(button('Change what I said…')).toBeVisible()
})

test('who answers a question inserts a template with one choice', async () => {
  const session = messagesSession()
  const { id, title, section } = resultIn(session)
  session.workspace.set({ ...session.workspace.value, templates: [{ id: 't1', title: 'Rest', text: 'Please rest.' }] })
  const request = requestOf('question', {
    role: 'provider',
    history: [stepOf('ask', { entryId: id, title, section, when: '', value: '', question: 'And now?' }, { by: BEA })],
    next: ['answer'],
  })
  session.request.set(request)
  drawPage(pathOf(request), session)
  await button('Answer…').click()
  await page.getByLabelText('Insert a template').selectOptions('Rest')
  await expect.element(page.getByLabelText('Your answer')).toHaveValue('Please rest.')
  await expect.element(page.getByLabelText('Insert a template')).toHaveValue('')
})

test.each(['en', 'ar'] as const)('a question with long words fits a narrow window (%s)', async language => {
  const session = messagesSession()
  const { id, section } = resultIn(session)
  await drawnNarrow(session, language)
  const long = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)
  const request = requestOf('question', {
    title: long,
    waitsFor: 'them',
    stalledSince: requestOf('question').lastAt,
    isSeen: true,
    history: [
      stepOf('ask', { entryId: id, title: long, section, when: long, value: long, question: long }),
      stepOf('answer', { answer: long }, { by: BEA, role: 'provider', standing: 'beside' }),
    ],
    next: ['ask-more', 'close'],
  })
  session.request.set(request)
  const { root } = drawPage(pathOf(request), session)
  await expect.element(page.getByText(long).first()).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
})
