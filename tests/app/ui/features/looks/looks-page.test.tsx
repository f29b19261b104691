import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { AccessLine, AccessWho } from '#app/core/follow-session.ts'
import { byDay, peopleIn, shownLines } from '#app/ui/features/looks/group-lines.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { keptRecord } from '#tests/support/fake-kept.ts'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'
import { fillLooks } from '#tests/support/preview/stage.ts'

beforeEach(async () => {
  await page.viewport(320, 740)
})

function filled(): FakeSession {
  const session = new FakeSession()
  fillLooks(session)
  return session
}

test('each line says who, which sections, and whether the server saw it or their app told it', async () => {
  const { root } = drawPage('/who-looked', filled())
  const bea = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Bea Jansen' }) })
  await expect.element(bea.getByText('Looked at Problems and Medicines.')).toBeVisible()
  await expect.element(bea.getByText('Their app told us (signed)')).toBeVisible()
  await expect.element(bea.getByText('The app fetched Problems, Medicines, and Measurements.')).toBeVisible()
  await expect.element(bea.getByText('The server saw it')).toBeVisible()
  const copy = page.getByText(/Saved a copy of Problems and Test results/)
  await expect.element(copy).toBeVisible()
  await expect.element(page.getByText(/The law requires a record of the treatment\. File 2026\/118/)).toBeVisible()
  await expect.element(page.getByText(/^Saved a file from Documents\..*Needed for the treatment itself/)).toBeVisible()
  await expect.element(page.getByText(/^Printed Medicines\./)).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Somebody unknown (0badcafe)' })).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Old phone, a device that was removed' })).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'What this cannot tell' })).toBeVisible()
  expect(root.scrollWidth).toBeLessThanOrEqual(320)
  expect(await axeFindings(root)).toEqual([])
})

test('own devices come on request; a person is chosen, and the address keeps it', async () => {
  const { path } = drawPage('/who-looked', filled())
  await expect.element(page.getByRole('heading', { name: 'Bea Jansen' })).toBeVisible()
  expect(page.getByText('Phone, this device').query()).toBeNull()
  await page.getByText('Show my own devices too').click()
  await expect.element(page.getByRole('heading', { name: 'Phone, this device' })).toBeVisible()
  await page.getByLabelText('Who', { exact: true }).selectOptions('Bea Jansen')
  await expect.element(page.getByRole('heading', { name: 'Phone, this device' })).not.toBeInTheDocument()
  await expect.element(page.getByRole('heading', { name: 'Bea Jansen' })).toBeVisible()
  expect(path()).toBe('/who-looked?who=contact%3Ac1')
})

test('without the server it says what this device knew, and asks again when told to', async () => {
  const session = filled()
  session.accessFailure = { kind: 'unreachable' }
  drawPage('/who-looked?who=contact:c2', session)
  await expect.element(page.getByText(/The server cannot be reached now/)).toBeVisible()
  await expect.element(page.getByRole('heading', { name: /Dr Okonkwo/ })).toBeVisible()
  expect(page.getByRole('heading', { name: 'Bea Jansen' }).query()).toBeNull()
  session.accessFailure = undefined
  await page.getByRole('button', { name: 'Ask again' }).click()
  await expect.element(page.getByText(/The server cannot be reached now/)).not.toBeInTheDocument()
})

test('in a kept record other guardians are named without asking for devices, and who is out is said to be', async () => {
  const session = new FakeSession()
  const tim = new FakeSession({ ...OPEN, personName: 'Tim', birthDate: '2015-06-07' })
  session.putKept(keptRecord(), tim)
  const line = (who: AccessWho): AccessLine => ({
    from: instant(Date.now() - 60_000),
    to: instant(Date.now()),
    who,
    sections: ['problems', 'private', 'keys'],
    what: { by: 'relay', act: 'read' },
  })
  tim.access.set({
    lines: [
      line({ kind: 'guardian', personId: 'be', name: 'Ben', isRemoved: false }),
      line({ kind: 'guardian', personId: 'ca', name: 'Cal', isRemoved: true }),
      line({ kind: 'owner', name: 'Tim' }),
      line({ kind: 'own-device', deviceId: 'd1', name: 'Maria Jansen', isThisOne: true }),
    ],
  })
  const { root } = drawPage('/kept/k1/who-looked', session)
  const headings = () =>
    page
      .getByRole('article')
      .getByRole('heading')
      .elements()
      .map(one => one.textContent)
  await expect
    .poll(headings, { timeout: 30_000 })
    .toEqual(['Ben', 'Cal, who does not look after this record any more', 'Tim, whose record it is'])
  await expect.element(page.getByText(/tell nothing of their screens/)).toBeVisible()
  await page.getByText('Show my own devices too').click()
  await expect.poll(headings).toContain('You')
  await page.getByLabelText('Who', { exact: true }).selectOptions('Ben')
  await expect.poll(headings).toEqual(['Ben'])
  expect(await axeFindings(root)).toEqual([])
})

test('nobody yet', async () => {
  drawPage('/who-looked')
  await expect.element(page.getByRole('heading', { name: 'Nobody, as far as is known' })).toBeVisible()
})

test('byDay() groups by day and then by person, and keeps the order of both', () => {
  const line = (hour: number, contactId: string): AccessLine => ({
    from: instant(hour * 3600_000),
    to: instant(hour * 3600_000),
    who: { kind: 'contact', contactId, name: contactId, isRemoved: false },
    sections: ['vitals'],
    what: { by: 'app', act: 'looked' },
  })
  const lines = [line(100, 'bea'), line(99.5, 'lee'), line(99, 'bea'), line(50, 'lee')]
  const shape = byDay(lines).map(({ people }) => people.map(({ who, lines: own }) => [who.kind, own.length]))
  expect(shape).toEqual([
    [
      ['contact', 2],
      ['contact', 1],
    ],
    [['contact', 1]],
  ])
  expect(peopleIn(lines).map(who => who.kind === 'contact' && who.name)).toEqual(['bea', 'lee'])
  expect(shownLines(lines, { name: 'contact:lee', hasOwn: false })).toEqual([lines[1], lines[3]])
})
