import { page } from 'vitest/browser'
import { expect, test, vi } from 'vitest'
import type { KeptRecord } from '#app/core/kept-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import type { ThreadRow } from '#app/core/message-session.ts'
import { FollowNews } from '#app/ui/features/news/follow-news.tsx'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawApp, drawPage, drawView } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { NO_PUSHES } from '#tests/support/fake-push.ts'
import { fillKept, fillPeople } from '#tests/support/preview/stage.ts'

vi.setConfig({ testTimeout: 60_000 })

const AT = instant(Date.UTC(2026, 10, 27))
const thread = (more: Partial<ThreadRow> = {}): ThreadRow => ({
  conversationId: 'c1',
  threadId: 't1',
  subject: 'Knee',
  about: 'family',
  people: ['Bea'],
  last: { by: { type: 'member', id: 'b', name: 'Bea' }, at: AT, text: 'Can you bend it?', fileCount: 0 },
  unreadCount: 2,
  isMuted: false,
  isOver: false,
  isOpener: true,
  isWithVisitor: false,
  ...more,
})
const request = (more: Partial<RequestRow> = {}): RequestRow => ({
  conversationId: 'c1',
  requestId: 'refill.1',
  kind: 'refill',
  title: 'Ramipril',
  state: 'ready',
  isFinal: false,
  role: 'patient',
  people: ['Dr. Weber'],
  waitsFor: 'you',
  lastAt: AT,
  ...more,
})

function withNews() {
  const session = new FakeSession()
  session.threads.set({
    threads: [
      thread(),
      thread({ threadId: 't2', subject: 'Quiet', isMuted: true }),
      thread({ threadId: 't3', unreadCount: 0 }),
    ],
    unreadCount: 2,
  })
  session.requests.set([request(), request({ requestId: 'refill.2', waitsFor: 'them' })])
  return session
}

test('each line leads to what it is about, and what is muted, read or waits for others has none', async () => {
  const { root } = drawPage('/news', withNews())
  await expect.element(page.getByText('2 new messages')).toBeVisible()
  const hrefs = [...root.querySelectorAll('main li a, li a')].map(link => link.getAttribute('href'))
  expect([...new Set(hrefs)]).toEqual(['/messages/c1/request/refill.1', '/messages/c1/t1'])
  expect(await axeFindings(root)).toEqual([])
})

test('at home what somebody gave to read is no request that waits: it is counted by itself, and leads to where it is read', async () => {
  const session = new FakeSession()
  const material = request({ kind: 'material', state: 'sent', people: ['Dr. Cole'] })
  session.requests.set([
    request(),
    { ...material, requestId: 'material.1' },
    { ...material, requestId: 'material.2' },
    // To explain it is asked of whoever gave it.
    { ...material, requestId: 'material.3', role: 'provider', state: 'asked', people: ['Ana'] },
  ])
  const { root } = drawPage('/', session)
  await expect.element(page.getByText('2 things to read')).toBeVisible()
  await expect.element(page.getByText('2 requests wait for you')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Learn' })).toHaveAttribute('href', '/learn')
  expect(await axeFindings(root)).toEqual([])
})

test('what was answered is a line though nobody waits, and says that it is new', async () => {
  const session = new FakeSession()
  const { waitsFor: _, ...approved } = request({ state: 'approved', isNews: true })
  session.requests.set([approved])
  drawPage('/news', session)
  await expect.element(page.getByRole('link', { name: /Ramipril.*Approved.*New/ })).toBeVisible()
  session.requests.set([{ ...approved, state: 'ready', waitsFor: 'you' }])
  await expect.element(page.getByRole('link', { name: /Ramipril.*Your turn/ })).toBeVisible()
  expect(page.getByRole('link', { name: /Ramipril/ }).elements()).toHaveLength(1)
})

test('what somebody wants to share is a line until it is answered', async () => {
  const session = new FakeSession()
  fillPeople(session)
  const { given, received } = session.shares.value
  session.shares.set({ given, received: received.map(share => ({ ...share, state: 'offered' as const })) })
  drawPage('/news', session)
  await expect.element(page.getByText(/wants to share their record with you/).first()).toBeVisible()
  session.shares.set({ given, received })
  await expect.poll(() => page.getByText('Waits for your answer').elements().length).toBeLessThan(received.length)
})

function keepingWithNews(change: Partial<KeptRecord> = {}) {
  const [session, room] = [new FakeSession(), new FakeSession()]
  fillKept(session, room)
  fillPeople(room)
  const { records, past } = session.kept.value
  session.kept.set({ records: records.map(one => ({ ...one, ...change })), offers: [], past })
  room.threads.set({ threads: [thread()], unreadCount: 2 })
  room.requests.set([request(), request({ requestId: 'refill.2', waitsFor: 'them' })])
  const [first] = room.shares.value.received
  room.shares.set({ given: [], received: [{ ...first!, state: 'offered' }] })
  return { session, room }
}

test.each([
  ['a child’s record', {}, 'people', 'Family & sharing'],
  ['a practice', { relation: 'practice' }, 'patients', 'Patients'],
] as const)('what is new in %s is told outside of it by counts, and leads there', async (_, change, where, label) => {
  await page.viewport(1280, 800)
  const { session, room } = keepingWithNews(change)
  const { root } = drawApp('/news', session)
  const talk = page.getByRole('link', { name: /Tim Jansen.*2 new messages.*One request waits for you/ })
  await expect.element(talk).toHaveAttribute('href', '/kept/k1/messages')
  const offered = page.getByRole('link', { name: /Tim Jansen.*One share waits for an answer/ })
  await expect.element(offered).toHaveAttribute('href', `/kept/k1/${where}`)
  expect(root.textContent).not.toMatch(/Knee|Ramipril/)
  const places = page.getByRole('navigation', { name: 'Main' })
  await expect.element(places.getByRole('link', { name: /^What is new\s*2 new$/ })).toBeVisible()
  await expect.element(page.getByRole('button', { name: /4 new in other records/ })).toBeVisible()
  await places.getByRole('link', { name: 'Home' }).click()
  const card = page.getByRole('article').filter({ hasText: 'Open the record of Tim Jansen' })
  for (const words of ['2 new messages', 'One request waits for you', 'One share waits for an answer'])
    await expect.element(card.getByText(words)).toBeVisible()
  await card.getByRole('link').click()
  await expect.element(places.getByRole('link', { name: /^Messages\s*3 new$/ })).toBeVisible()
  await expect.element(places.getByRole('link', { name: new RegExp(`^${label}\\s*1 new$`) })).toBeVisible()
  expect(page.getByRole('button', { name: /new in other records/ }).elements()).toEqual([])
  room.threads.set({ threads: [], unreadCount: 0 })
  room.requests.set([])
  room.shares.set({ given: [], received: [] })
  await expect.poll(() => places.getByRole('link', { name: /\d new$/ }).elements().length).toBe(0)
})

test('a record that is not open on this device tells nothing', async () => {
  const { session } = keepingWithNews({ state: 'fetching' })
  drawPage('/news', session)
  await expect.element(page.getByRole('heading', { name: 'Nothing is new' })).toBeVisible()
})

test('where nothing is new the page says so', async () => {
  drawPage('/news')
  await expect.element(page.getByRole('heading', { name: 'Nothing is new' })).toBeVisible()
})

test('the number stands at Messages and More, with words for those who listen, and goes when it was looked at', async () => {
  await page.viewport(1280, 800)
  const session = withNews()
  drawApp('/', session)
  const places = page.getByRole('navigation', { name: 'Main' })
  await expect.element(places.getByRole('link', { name: /^Messages\s*3 new$/ })).toBeInTheDocument()
  await page.viewport(360, 740)
  await expect.element(places.getByRole('link', { name: /^More\s*3 new$/ })).toBeVisible()
  session.threads.set({ threads: [], unreadCount: 0 })
  session.requests.set([])
  await expect.element(places.getByRole('link', { name: 'More', exact: true })).toBeVisible()
})

test('the app’s icon has the number, and no words', async () => {
  const counts: number[] = []
  const session = withNews()
  const pushes = { ...NO_PUSHES, showCount: async (count: number) => void counts.push(count) }
  drawView(() => <FollowNews />, session, { pushes: async () => pushes })
  await expect.poll(() => counts.at(-1)).toBe(3)
  session.threads.set({ threads: [], unreadCount: 0 })
  session.requests.set([])
  await expect.poll(() => counts.at(-1)).toBe(0)
})
