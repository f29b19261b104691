import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, messagesSession, pathOf, requestOf, stepOf } from './messages-session.ts'
import { FileId } from '#schema/ids.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const ASKED = stepOf('ask', { wish: 'All of last year' }, { by: BEA })

test('a copy is asked for in words', async () => {
  const session = messagesSession()
  const { root, path } = drawPage('/messages/copy', session)
  await button('Send the request').click()
  await expect.element(page.getByText('This is needed.')).toBeVisible()
  await page.getByLabelText('What do you want a copy of?').fill('All of last year')
  expect(await axeFindings(root)).toEqual([])
  await button('Send the request').click()
  await expect.poll(path).toMatch(/\/request\/copy\./)
  expect(session.opened).toMatchObject([{ kind: 'copy', data: { wish: 'All of last year' } }])
})

test('who is asked answers with a file, and not without one', async () => {
  const session = messagesSession()
  const request = requestOf('copy', {
    title: '',
    role: 'provider',
    waitsFor: 'you',
    history: [ASKED],
    next: ['answer', 'decline'],
  })
  session.request.set(request)
  const { root } = drawPage(pathOf(request), session)
  await button('Answer…').click()
  await button('Send').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('This is needed.')
  const input = page.getByRole('dialog').element().querySelector('input[type="file"]')
  await userEvent.upload(input!, new File(['{}'], 'records.json', { type: 'application/json' }))
  await expect.element(page.getByText('records.json')).toBeVisible()
  expect(await axeFindings(root.ownerDocument.body)).toEqual([])
  await page.getByLabelText(/^Anything to add/).fill('Here it is')
  await button('Send').click()
  await expect.poll(() => session.steps).toMatchObject([{ kind: 'answer', data: { words: 'Here it is' } }])
})

test.each(['en', 'ar'] as const)(
  'who asked brings it in after a look at it, on a narrow window too (%s)',
  async language => {
    const session = messagesSession()
    await drawnNarrow(session, language)
    const fileId = FileId.parse('ab'.repeat(FileId.size))!
    const file = { fileId, name: `${'x'.repeat(120)}.json`, type: 'application/json', bytes: 20_000 }
    const request = requestOf('copy', {
      title: '',
      state: 'answered',
      waitsFor: 'you',
      history: [stepOf('ask', { wish: 'All' }), stepOf('answer', file, { by: BEA, role: 'provider' })],
      next: ['close'],
    })
    session.request.set(request)
    const { root, path } = drawPage(pathOf(request), session)
    await expect.element(page.getByText(/^x+\.json$/).first()).toBeVisible()
    expect(isWithinWidth()).toBe(true)
    expect(await axeFindings(root)).toEqual([])
    if (language === 'ar') return
    await page.getByRole('button', { name: /^Look at it and bring it in/ }).click()
    // Which file it is stands in the address for a moment alone.
    await expect.poll(path, { timeout: 10_000 }).toMatch(/^\/import/)
  },
)

test('what was brought in says which file of whom it was, and whoever sent it hears that it is in', async () => {
  const session = messagesSession()
  session.file = new Blob(['{}'], { type: 'application/json' })
  const request = requestOf('copy', { state: 'answered', waitsFor: 'you' })
  session.requests.set([request])
  const { conversationId, requestId } = request
  drawPage(`/import?conversation=${conversationId}&file=${'ab'.repeat(FileId.size)}&request=${requestId}`, session)
  await expect.element(page.getByRole('heading', { name: /^This is in sent, from .*Bea Sample/ })).toBeVisible()
  expect(session.steps).toEqual([])
  await page.getByRole('button', { name: /^Bring in/ }).click()
  await expect.element(page.getByText(/entries were brought in/)).toBeVisible()
  expect(session.steps).toEqual([{ kind: 'take', data: {} }])
})
