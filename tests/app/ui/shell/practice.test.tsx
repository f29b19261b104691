import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { KeptRecord } from '#app/core/kept-session.ts'
import type { Contact } from '#app/core/people-session.ts'
import { instant } from '#schema/instant.ts'
import { drawApp } from '#tests/support/draw.tsx'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'
import { fillKept, fillPeople } from '#tests/support/preview/stage.ts'
import { drawnNarrow } from '../features/messages/narrow.ts'

/** Of one’s own, with somebody’s record or a practice that is called Tim Jansen, in which people share. */
function keeping(change: Partial<KeptRecord>): FakeSession {
  const isPractice = change.relation === 'practice'
  const [session, room] = [new FakeSession(), new FakeSession(isPractice ? { ...OPEN, isPractice } : OPEN)]
  fillKept(session, room)
  fillPeople(room)
  const { records, offers, past } = session.kept.value
  session.kept.set({ records: records.map(one => ({ ...one, ...change })), offers, past })
  return session
}

const main = () => page.getByRole('main')

test('from the chart of a practice’s patient one comes back to the patients of the practice', async () => {
  drawApp('/kept/k1/shared/r1', keeping({ relation: 'practice' }))
  await expect.element(page.getByText('You are looking at the record of Anna Jansen')).toBeVisible()
  await page.getByRole('link', { name: 'Back to the patients' }).first().click()
  await expect.element(page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible()
  expect(location.pathname).toBe('/kept/k1/patients')
})

test('on a phone all ways of such a chart stand in one line: the bar below leads to those of the practice', async () => {
  await page.viewport(360, 740)
  drawApp('/kept/k1/shared/r1', keeping({ relation: 'practice' }))
  const row = page.getByRole('navigation', { name: 'This record' }).last()
  await expect.element(row.getByRole('link', { name: 'Overview' })).toBeVisible()
  const links = row.getByRole('link').elements()
  expect(links.map(link => link.textContent)).toEqual(
    expect.arrayContaining(['Back to the patients', 'Overview', 'Timeline', 'Print a summary', 'Save a copy', 'Add']),
  )
  expect(new Set(links.map(link => link.getBoundingClientRect().top)).size).toBe(1)
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360)
  await row.getByRole('link', { name: 'Timeline' }).click()
  await expect.poll(() => location.pathname).toBe('/kept/k1/shared/r1/timeline')
})

test.each(['en', 'es', 'ar', 'zh-Hans'] as const)(
  'on a phone all places of a practice stand on the bar, and one line of what it lacks above the page (%s)',
  async language => {
    const session = keeping({ relation: 'practice' })
    await drawnNarrow(session, language)
    const { root } = drawApp('/kept/k1/patients', session)
    await expect.poll(() => root.querySelectorAll('nav').length).toBeGreaterThan(1)
    const hrefs = () => [...root.querySelectorAll('nav a')].map(link => link.getAttribute('href'))
    await expect.poll(hrefs).toContain('/kept/k1/guardians')
    for (const path of ['patients', 'messages', 'people', 'more']) expect(hrefs()).toContain(`/kept/k1/${path}`)
    const shown = [...root.querySelectorAll<HTMLElement>('nav a')].filter(link => link.offsetParent !== null)
    const row = shown.filter(link => ['/', '/kept/k1/guardians'].includes(link.getAttribute('href') ?? ''))
    expect(new Set(row.map(link => link.getBoundingClientRect().top)).size).toBe(1)
    for (const link of shown) {
      const { height, width } = link.getBoundingClientRect()
      expect(Math.min(height, width)).toBeGreaterThanOrEqual(44)
    }
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(window.innerWidth)
  },
)

test('in the simple view a practice has its places too', async () => {
  await page.viewport(360, 740)
  const session = keeping({ relation: 'practice' })
  localStorage.setItem('wellkeep.display', JSON.stringify({ isSimple: true }))
  drawApp('/kept/k1/patients', session)
  for (const name of [/^Patients/, 'Messages', 'People', /^More/])
    await expect.element(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })).toBeVisible()
})

test.each(['messages', `messages/${'1'.repeat(16)}/request/refill.${'2'.repeat(32)}`, 'patients'])(
  'who manages somebody’s record is told that %s is not theirs to read, and finds the way out',
  async path => {
    drawApp(`/kept/k1/${path}`, keeping({ purpose: 'manager', relation: 'other' }))
    await expect.element(main().getByText(/What Tim Jansen and others write to each other/)).toBeVisible()
    await expect.element(main().getByRole('link', { name: 'To my messages' })).toHaveAttribute('href', '/messages')
    await main().getByRole('link', { name: 'Overview' }).last().click()
    await expect.poll(() => location.pathname).toBe('/kept/k1')
  },
)

test('for the staff patients stand last and are called so, also those who share with the practice alone', async () => {
  const session = keeping({ relation: 'practice' })
  const addedAt = instant(Date.UTC(2026, 10, 20))
  const called = (name: string): Contact => ({ contactId: name, name, addedAt, comparedAt: addedAt, state: 'known' })
  session.people.set({ contacts: [called('Ana'), called('Lee')], invitations: [] })
  const share = {
    shareId: 's1',
    recordName: 'Ana',
    since: addedAt,
    sections: [],
    state: 'going',
    mayHaveNews: false,
  } as const
  const room = session.rooms.get('k1') as FakeSession
  room.patients.set([{ ...share, contactId: 'Ana' }])
  drawApp('/kept/k1/guardians', session)
  const who = page.getByRole('combobox', { name: 'Who?' })
  await expect.element(who).toBeVisible()
  const options = () => [...who.element().querySelectorAll('option')].map(one => one.textContent)
  await expect.poll(options).toEqual(['Choose somebody', 'Lee', 'Ana (patient)'])
})

test('nobody stands chosen for the staff, and of whoever shares as a patient it is said so', async () => {
  const session = keeping({ relation: 'practice' })
  const addedAt = instant(Date.UTC(2026, 10, 20))
  const ana: Contact = { contactId: 'ana', name: 'Ana Flores', addedAt, comparedAt: addedAt, state: 'known' }
  session.people.set({ contacts: [ana], invitations: [] })
  session.patients.set([
    {
      shareId: 's1',
      contactId: 'ana',
      recordName: 'Ana Flores',
      since: addedAt,
      sections: ['medicines'],
      state: 'going',
      mayHaveNews: false,
    },
  ])
  drawApp('/kept/k1/guardians', session)
  const who = page.getByRole('combobox', { name: 'Who?' })
  await expect.element(who).toHaveDisplayValue('Choose somebody')
  const said = page.getByText(/^Ana Flores shares a record with you, as a patient does/)
  await expect.element(said).not.toBeInTheDocument()
  await who.selectOptions('Ana Flores (patient)')
  await expect.element(said).toBeVisible()
})

test('whoever looks after a child’s record finds its messages by their address', async () => {
  drawApp('/kept/k1/messages', keeping({}))
  await expect.element(page.getByRole('heading', { name: 'No messages yet' })).toBeVisible()
})

test.each([
  ['a child’s record', {}],
  ['a record that is managed', { purpose: 'manager' }],
  ['a practice', { relation: 'practice' }],
] as const)('every link of a contact’s page stays in %s', async (_, change) => {
  drawApp('/kept/k1/people/c1', keeping(change))
  await expect.element(page.getByRole('heading', { name: 'Bea Jansen', level: 1 })).toBeVisible()
  await expect
    .element(
      main()
        .getByRole('link', { name: /^Share/ })
        .first(),
    )
    .toBeVisible()
  const links = main().getByRole('link').elements()
  const hrefs = links.filter(link => link.textContent !== 'Back to my record').map(link => link.getAttribute('href'))
  expect(hrefs.length).toBeGreaterThan(4)
  expect(hrefs.filter(href => !/^\/kept\/k1(\/|$)/.test(href ?? ''))).toEqual([])
})

test('the words of a practice are told in words of a practice: no passport, nobody’s record', async () => {
  const [session, room] = [new FakeSession(), new FakeSession({ ...OPEN, isPractice: true, kitIsHere: true })]
  fillKept(session, room)
  const { records, offers, past } = session.kept.value
  session.kept.set({ records: records.map(one => ({ ...one, relation: 'practice' as const })), offers, past })
  drawApp('/kept/k1/people', session)
  await expect.element(page.getByText(/^Write down the words of the practice/)).toBeVisible()
  await page.getByRole('link', { name: 'Finish it now' }).click()
  await expect.element(page.getByText(/^These 24 words open Tim Jansen on any device/)).toBeVisible()
  await expect.element(main().getByText(/Keep the paper where the practice keeps what matters most/)).toBeVisible()
  expect(main().element().textContent).not.toMatch(/passport|your record|the record of/i)
})

test.each([
  ['a practice', { relation: 'practice' }, ['people', 'patients']],
  ['a child’s record', {}, ['people']],
] as const)(
  'what somebody wants to share with %s stands where its people stand, and is answered there',
  async (_, change, pages) => {
    const session = keeping(change)
    const { shares } = session.rooms.get('k1') as FakeSession
    const [first] = shares.value.received
    for (const path of pages) {
      shares.set({ given: [], received: [{ ...first!, state: 'offered' }] })
      drawApp(`/kept/k1/${path}`, session)
      const offer = main().getByRole('article')
      await expect.element(offer.getByRole('heading', { name: /wants to share with you$/ })).toBeVisible()
      expect(offer.getByText(/I look after patients/).elements()).toEqual([])
      await offer.getByRole('button', { name: 'Decline' }).click()
      await expect.poll(() => shares.value.received).toEqual([])
      document.body.replaceChildren()
    }
  },
)

test('who is asked to work in a practice reads that, and nothing of looking after a record', async () => {
  const session = new FakeSession()
  const offer = { keptId: 'k9', birthDate: '', purpose: 'guardian', contactName: 'Dr. Green', terms: [] } as const
  session.kept.set({ records: [], offers: [{ ...offer, name: 'Green Street', isPractice: true }], past: [] })
  drawApp('/news', session)
  await expect.element(page.getByText(/^You are asked to work in a practice/)).toBeVisible()
  await expect.element(main().getByText(/^You are asked to work in the practice .*Green Street/)).toBeVisible()
  drawApp('/people', session)
  await expect.element(page.getByText('Dr. Green wants you to work in the practice Green Street')).toBeVisible()
  expect(document.body.textContent).not.toMatch(/look after the record|The record of/)
})

test('among one’s own people a practice is opened as a practice', async () => {
  drawApp('/people', keeping({ relation: 'practice' }))
  await expect.element(main().getByRole('link', { name: 'Open the practice Tim Jansen' })).toBeVisible()
})

test('on the pages of a practice its staff is called staff, also before somebody has accepted', async () => {
  const session = keeping({ relation: 'practice' })
  const room = session.rooms.get('k1') as FakeSession
  const { guardians } = room.guardians.value
  room.guardians.set({ guardians: guardians.map(one => ({ ...one, contactId: 'c2', state: 'offered' as const })) })
  drawApp('/kept/k1/people', session)
  await expect.element(page.getByText(/^Asked to join the staff, not accepted yet/)).toBeVisible()
})
