import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Guardians } from '#app/core/kept-session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { keptRecord } from '#tests/support/fake-kept.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

/** A busy machine is slow, not wrong. */
const SLOW = { timeout: 20_000 }

const button = (name: string | RegExp) => page.getByRole('button', { name })
const dialog = () => page.getByRole('dialog')

beforeEach(async () => {
  await page.viewport(360, 740)
})

function sessionWith(): { readonly session: FakeSession; readonly id: EntryId; readonly other: EntryId } {
  const session = new FakeSession()
  const conditions = session.entries.filter(({ summary }) => summary.kind === 'condition')
  const [entry, other] = conditions.map(({ summary }) => summary)
  if (entry === undefined || other === undefined) throw new Error('The sample has too few conditions')
  session.nextBelongings = [{ summary: other, why: 'names-it' }]
  return { session, id: entry.id, other: other.id }
}

function share(session: FakeSession): void {
  session.shares.set({
    given: [
      {
        shareId: 's1',
        contactId: 'c1',
        contactName: 'Dr Lee',
        sections: ['problems'],
        role: 'read',
        withHistory: false,
        begunAnew: [],
        createdAt: instant(Date.UTC(2026, 10, 20)),
        state: 'accepted',
      },
    ],
    received: [],
  })
}

const privates = (session: FakeSession) =>
  session.entries.filter(({ summary }) => summary.isPrivate).map(({ summary }) => summary.id)

test('an entry is made private with what belongs to it; readers are named first', async () => {
  const { session, id, other } = sessionWith()
  share(session)
  const { root } = drawPage(`/entry/${id}`, session)
  await button('Make private').click()
  await expect.element(dialog()).toBeVisible()
  await expect.element(dialog().getByText('Have it already: Dr Lee')).toBeVisible()
  await expect.element(dialog().getByRole('checkbox')).toBeChecked()
  expect(await axeFindings(document.body)).toEqual([])
  await dialog().getByRole('button', { name: 'Make private' }).click()
  await expect.element(page.getByText('2 entries are private now')).toBeVisible()
  expect(privates(session).toSorted()).toEqual([id, other].toSorted())
  await expect.element(page.getByText('Private: no share has it')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

/** Bea manages the record, Dr Lee was asked to. */
const MANAGERS: Guardians = {
  guardians: [
    { deviceId: 'm1', name: 'Bea', state: 'active' } as const,
    { deviceId: 'm2', name: 'Dr Lee', state: 'offered' } as const,
  ].map(one => ({ ...one, isThisOne: false, purpose: 'manager', addedAt: instant(Date.UTC(2026, 10, 20)) })),
}

test('who manages the record is named before and after: they read what is private, too', async () => {
  const { session, id } = sessionWith()
  session.guardians.set(MANAGERS)
  const { root } = drawPage(`/entry/${id}`, session)
  await button('Make private').click()
  await expect.element(dialog().getByText('Bea manages your record and still sees it.')).toBeVisible()
  await expect.element(dialog().getByText('Dr Lee was asked to, and will see it after accepting.')).toBeVisible()
  expect(document.body.textContent).not.toMatch(/nobody who looks at your record/)
  expect(await axeFindings(document.body)).toEqual([])
  await dialog().getByRole('button', { name: 'Make private' }).click()
  await expect.element(page.getByText(/whoever manages your record can read it: Bea\./)).toBeVisible()
  expect(page.getByText(/Only your own devices/).query()).toBeNull()
  await expect.poll(() => root.getAttribute('aria-hidden')).toBeNull()
  session.guardians.set({ guardians: [] })
  await expect.element(page.getByText(/Only your own devices can read it/)).toBeVisible()
})

test('in a kept record the other guardians are named, and it is theirs to read as well', async () => {
  const { session: room, id } = sessionWith()
  const session = new FakeSession()
  session.putKept(keptRecord(), room)
  const [bea] = MANAGERS.guardians
  room.guardians.set({
    guardians: [
      { ...bea!, purpose: 'guardian' },
      { ...bea!, deviceId: 'me', name: 'Maria', isThisOne: true },
    ],
  })
  drawPage(`/kept/k1/entry/${id}`, session)
  await button('Make private').click()
  await expect.element(dialog().getByText('Bea looks after this record too and still sees it.')).toBeVisible()
  expect(
    dialog()
      .getByText(/^Maria/)
      .query(),
  ).toBeNull()
  await dialog().getByRole('button', { name: 'Make private' }).click()
  await expect.element(page.getByText(/Only those who look after this whole record can read it/)).toBeVisible()
})

test('links that may show the entry are named, with what becomes of it there; those that are over are not', async () => {
  const { session, id } = sessionWith()
  const link = {
    linkId: 'l1',
    address: '',
    label: 'For the physio',
    sections: ['problems'] as const,
    files: [],
    madeAt: instant(Date.now()),
    expiresAt: instant(Date.now() + 3_600_000),
    hasPasscode: false,
    standing: 'open' as const,
    opens: 0,
    openings: [],
  }
  session.links = [
    link,
    { ...link, linkId: 'l2', label: 'Old one', standing: 'over' },
    { ...link, linkId: 'l3', label: 'Travel', sections: ['immunizations'] },
  ]
  drawPage(`/entry/${id}`, session)
  await button('Make private').click()
  await expect.element(dialog().getByText('Links that may show it: For the physio', { exact: true })).toBeVisible()
  await expect.element(dialog().getByText(/Any other shows it until it ends/)).toBeVisible()
})

test('what is unticked stays, and a refused act says why', async () => {
  const { session, id } = sessionWith()
  drawPage(`/entry/${id}`, session)
  await button('Make private').click()
  await dialog()
    .getByText(/names it in its words/)
    .click()
  session.nextSaveFailure = { kind: 'not-stored', why: 'aborted' }
  await dialog().getByRole('button', { name: 'Make private' }).click()
  await expect.element(dialog().getByRole('alert')).toBeVisible()
  await dialog().getByRole('button', { name: 'Make private' }).click()
  await expect.element(page.getByText('It is private now')).toBeVisible()
  expect(privates(session)).toEqual([id])
})

test('to be seen again it asks for the passphrase and names who will see it', async () => {
  const { session, id } = sessionWith()
  share(session)
  await session.makePrivate([id])
  drawPage(`/entry/${id}`, session)
  await button('Not private any more').click()
  await expect.element(dialog().getByText('Will see it: Dr Lee')).toBeVisible()
  session.nextRevealFailure = { kind: 'wrong-passphrase' }
  await dialog().getByLabelText('Your passphrase').fill('wrong')
  await dialog().getByRole('button', { name: 'Let it be seen' }).click()
  await expect.element(dialog().getByText('This is not your passphrase.')).toBeVisible()
  expect(privates(session)).toEqual([id])
  expect(await axeFindings(document.body)).toEqual([])
  await dialog().getByRole('button', { name: 'Let it be seen' }).click()
  await expect.element(page.getByText('It is part of its section again')).toBeVisible()
  expect(privates(session)).toEqual([])
})

test('a private entry says so in every list', async () => {
  const { session, id } = sessionWith()
  await session.makePrivate([id])
  drawPage('/', session)
  await expect.element(page.getByText('Private', { exact: true }).first()).toBeVisible()
})

test('an entry is private from the start when it is added so', async () => {
  const session = new FakeSession()
  drawPage('/add/condition', session)
  await page.getByLabelText('What is it called?').fill('HIV positive')
  await page.getByText('Private: not part of any share').click()
  await button('Save').click()
  await expect.poll(() => privates(session), SLOW).toHaveLength(1)
})
