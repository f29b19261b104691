import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { RequestDetail } from '#app/core/request-session.ts'
import { drawApp } from '#tests/support/draw.tsx'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'
import { fillKept, fillPeople } from '#tests/support/preview/stage.ts'
import { messagesSession, pathOf, requestOf, stepOf } from './messages-session.ts'

const MATERIAL = requestOf('material', {
  state: 'sent',
  waitsFor: 'you',
  history: [stepOf('send', { title: 'Knee', text: 'Rest.' }, { role: 'provider' })],
})
const REFILL = requestOf('refill', {
  role: 'provider',
  state: 'requested',
  history: [stepOf('request', { wish: 'two' })],
})

function withRequest(request: RequestDetail, session = messagesSession()): FakeSession {
  session.request.set(request)
  session.requests.set([{ ...request, reading: { sentAt: request.lastAt, isRead: false } }])
  session.settings.set({ ...session.settings.value, looksAfterPatients: request.role === 'provider' })
  return session
}

/** Where “Back” on the page that is drawn leads, and what it says. */
async function back(): Promise<readonly [words: string, href: string | null]> {
  await expect.element(page.getByRole('heading', { level: 1, name: /Knee/ })).toBeVisible()
  const link = page.getByRole('main').getByRole('link').first().element()
  return [link.textContent.trim(), link.getAttribute('href')]
}

test.each([
  ['/learn', MATERIAL, ['Learn', '/learn']],
  ['/messages', MATERIAL, ['Messages', '/messages']],
  ['/news', MATERIAL, ['What is new', '/news']],
  ['/patients', REFILL, ['Patients', '/patients']],
] as const)('a request that was opened on %s leads back there', async (from, request, expected) => {
  drawApp(from, withRequest(request))
  await page.getByRole('main').getByRole('link', { name: /Knee/ }).first().click()
  expect(await back()).toEqual(expected)
})

test.each([
  ['what was given to read', MATERIAL, ['Learn', '/learn']],
  ['what one asked for', requestOf('refill', { history: [stepOf('request')] }), ['Messages', '/messages']],
  ['what a patient asks for', REFILL, ['Patients', '/patients']],
] as const)('by its address, also after a reload, %s leads to where such are listed', async (_, request, expected) => {
  drawApp(pathOf(request), withRequest(request))
  expect(await back()).toEqual(expected)
})

test('what a practice writes for a patient leads back to the chart on which it began', async () => {
  const room = withRequest(REFILL, new FakeSession({ ...OPEN, isPractice: true }))
  const session = new FakeSession()
  fillKept(session, room)
  fillPeople(room)
  const { records, offers, past } = session.kept.value
  session.kept.set({ records: records.map(one => ({ ...one, relation: 'practice' })), offers, past })
  drawApp('/kept/k1/shared/r1/track', session)
  await expect.element(page.getByRole('heading', { level: 1, name: 'My measurements' })).toBeVisible()
  // As “Change or stop” does it there.
  history.pushState(null, '', `/kept/k1${pathOf(REFILL)}`)
  dispatchEvent(new PopStateEvent('popstate'))
  await expect.element(page.getByRole('heading', { level: 1, name: /Knee/ })).toBeVisible()
  await expect
    .element(page.getByRole('main').getByRole('link', { name: 'Back', exact: true }))
    .toHaveAttribute('href', '/kept/k1/shared/r1/track')
})
