import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { drawApp } from '#tests/support/draw.tsx'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'
import { fillKept, fillPeople } from '#tests/support/preview/stage.ts'

const hrefsOf = (...names: string[]) => {
  const places = page.getByRole('navigation', { name: 'Main' })
  // Behind its name a place may say how much is new there.
  return names.map(name =>
    places
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .element()
      .getAttribute('href'),
  )
}

test.each([
  ['write', '/shared/r1/add'],
  ['read', '/add'],
] as const)('in a record that is shared to %s the main places lead on in it, and “Add” to %s', async (role, add) => {
  const session = new FakeSession()
  fillPeople(session)
  const { given, received } = session.shares.value
  session.shares.set({ given, received: received.map(share => ({ ...share, role })) })
  drawApp('/shared/r1', session)
  await expect.element(page.getByText('You are looking at the record of Anna Jansen')).toBeVisible()
  expect(hrefsOf('Home', 'Record', 'Add', 'More')).toEqual(['/shared/r1', '/shared/r1/record', add, '/shared/r1/more'])
  await page.getByRole('link', { name: 'Back to my record' }).click()
  await expect.poll(() => hrefsOf('Home', 'Record', 'Add')).toEqual(['/', '/record', '/add'])
})

test.each([
  [
    '/shared/r1',
    'You are looking at the record of Anna Jansen',
    ['Back to my record', 'Print a summary', 'Save a copy'],
  ],
  ['/kept/k1', 'You are looking at the record of Tim Jansen', ['Back to my record', 'Guardians']],
])('on a phone the ways of %s that the bar below has not are all in sight', async (base, words, ways) => {
  await page.viewport(360, 740)
  const session = new FakeSession()
  fillPeople(session)
  fillKept(session, new FakeSession())
  drawApp(base, session)
  await expect.element(page.getByText(words)).toBeVisible()
  const row = page.getByRole('navigation', { name: 'This record' })
  expect(
    row
      .getByRole('link')
      .elements()
      .map(link => link.textContent),
  ).toEqual(ways)
  const { scrollWidth, clientWidth } = row.element()
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
})

test('on the page of a kept record that is not here any more the main places lead to one’s own', async () => {
  const session = new FakeSession()
  fillKept(session, new FakeSession())
  drawApp('/kept/k1', session)
  await expect.element(page.getByText('You are looking at the record of Tim Jansen')).toBeVisible()
  expect(hrefsOf('Home', 'Record', 'Add', 'More')).toEqual([
    '/kept/k1',
    '/kept/k1/record',
    '/kept/k1/add',
    '/kept/k1/more',
  ])
  const { records, offers, past } = session.kept.value
  const gone = { keptId: 'k1', name: 'Tim Jansen', endedBy: 'handed-over', unmet: [] } as const
  session.kept.set({ records: records.filter(one => one.keptId !== 'k1'), offers, past: [...past, gone] })
  await expect.element(page.getByText(/Tim Jansen: this record was handed over/)).toBeVisible()
  expect(hrefsOf('Home', 'Record', 'Add', 'More')).toEqual(['/', '/record', '/add', '/more'])
})

test('in a practice stand the places of those who look after patients, and none of anybody’s health', async () => {
  await page.viewport(1280, 800)
  const [session, room] = [new FakeSession(), new FakeSession({ ...OPEN, isPractice: true })]
  fillKept(session, room)
  const { records, offers, past } = session.kept.value
  session.kept.set({ records: records.map(one => ({ ...one, relation: 'practice' })), offers, past })
  drawApp('/kept/k1', session)
  await expect.element(page.getByText('You are acting for Tim Jansen')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible()
  await expect
    .poll(() => hrefsOf('Patients', 'Messages', 'People'))
    .toEqual(['/kept/k1/patients', '/kept/k1/messages', '/kept/k1/people'])
  const main = page.getByRole('navigation', { name: 'Main' })
  for (const name of ['Home', 'Record', 'Timeline', 'Medicines', 'Add'])
    expect(main.getByRole('link', { name, exact: true }).query()).toBeNull()
  await expect.element(page.getByText(/^Begin with two things: invite a patient/)).toBeVisible()
  const first = page.getByRole('main').getByRole('link')
  await expect.element(first.filter({ hasText: 'Invite a patient' })).toHaveAttribute('href', '/kept/k1/people')
  await expect.element(first.filter({ hasText: 'Let in staff' })).toHaveAttribute('href', '/kept/k1/guardians')
  await main.getByRole('link', { name: /^People/ }).click()
  await expect.element(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
  await expect.element(page.getByText(/^Invite your first patient/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Invite a patient' })).toBeVisible()
  expect(page.getByText(/daughter/).elements()).toEqual([])
  await page.getByRole('link', { name: 'Staff', exact: true }).click()
  await expect.element(page.getByRole('heading', { name: 'Who acts for the practice' })).toBeVisible()
})

test('where a page of a shared record hears first that it was accepted, the main places already lead to that record', async () => {
  await page.viewport(360, 740)
  const session = new FakeSession()
  fillPeople(session)
  const { given, received } = session.shares.value
  const offered = received.map(one => (one.shareId === 'r1' ? ({ ...one, state: 'offered' } as const) : one))
  session.shares.set({ given, received: offered })
  drawApp('/shared/r1', session)
  await expect.poll(() => hrefsOf('Home', 'Record')).toEqual(['/shared/r1', '/shared/r1/record'])
})

test('on a phone five places stand on the bar, and every other one on its page “More”; on a wide screen all stand beside', async () => {
  await page.viewport(360, 740)
  const session = new FakeSession()
  drawApp('/', session)
  const bar = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
  await expect.poll(() => bar.elements().map(link => link.textContent)).toHaveLength(5)
  await bar.getByText('More').click()
  const more = page.getByRole('navigation', { name: 'More' }).getByRole('link')
  await expect
    .poll(() => more.elements().map(link => link.textContent))
    .toEqual(expect.arrayContaining(['Timeline', 'Results', 'Medicines', 'Bring in', 'Family & sharing', 'Settings']))
  const onMore = more.elements().length
  await page.viewport(1280, 800)
  await expect.poll(() => bar.elements().length).toBe(onMore + 4)
  expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'More' }).elements()).toEqual([])
})

test('who looks after patients has them on the bar, and their own measurements under “More”', async () => {
  await page.viewport(360, 740)
  const session = new FakeSession()
  session.settings.set({ ...session.settings.value, looksAfterPatients: true })
  drawApp('/more', session)
  const bar = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
  await expect
    .poll(() => bar.elements().map(link => link.textContent?.trim()))
    .toEqual(['Home', 'Record', 'Add', 'Patients', 'More'])
  await expect
    .element(page.getByRole('navigation', { name: 'More' }).getByRole('link', { name: 'My measurements' }))
    .toBeVisible()
})

test('the record’s page leads to every section, those without entries too, and through the record', async () => {
  drawApp('/record', new FakeSession())
  await expect.element(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible()
  const ways = page.getByRole('navigation', { name: 'Ways through the record' })
  for (const name of ['Timeline and search', 'Test results', 'Medicines', 'My measurements']) {
    await expect.element(ways.getByRole('link', { name })).toBeVisible()
  }
  await expect.element(page.getByRole('link', { name: /^Problems \d/ })).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Pregnancy' })).toBeVisible()
})
