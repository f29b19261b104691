import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { RequestDetail, ShownStep } from '#app/core/request-session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryDetail, EntryFields, EntryId } from '#schema/record/entry.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import type { FakeSession } from '#tests/support/fake-session.ts'
import { BEA, contactOf, messagesSession } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const AT = instant(Date.UTC(2026, 10, 20, 9))
const PLACE = { conversationId: '1'.repeat(16), requestId: `addition.${'2'.repeat(32)}` }
const PATH = `/messages/${PLACE.conversationId}/request/${PLACE.requestId}`
const ENTRY: EntryFields = {
  kind: 'lab-result',
  name: 'Potassium',
  result: '4.1',
  unit: 'mmol/L',
  happenedOn: '2026-11-20',
} as EntryFields
const PROPOSED: ShownStep = {
  id: 'a~1',
  by: BEA,
  role: 'provider',
  kind: 'propose',
  at: AT,
  data: { entry: ENTRY },
  standing: 'counts',
}

function addition(change: Partial<RequestDetail> = {}): RequestDetail {
  return {
    ...PLACE,
    kind: 'addition',
    title: '',
    offer: partsOfFields(ENTRY),
    state: 'proposed',
    isFinal: false,
    role: 'patient',
    people: ['Bea Sample'],
    contactId: 'bea-sample',
    waitsFor: 'you',
    lastAt: AT,
    history: [PROPOSED],
    next: ['accept', 'decline', 'see'],
    main: ['accept'],
    isSeen: false,
    contested: [],
    clashes: [],
    waitingCount: 0,
    ...change,
  }
}

function shown(change: Partial<RequestDetail> = {}): FakeSession {
  const session = messagesSession()
  session.request.set(addition(change))
  session.requests.set([addition(change)])
  return session
}

const button = (name: string) => page.getByRole('button', { name, exact: true })

test('what somebody wrote for the record waits in a list of its own, and on the home page with whose it is', async () => {
  const session = shown()
  const { root } = drawPage('/messages', session)
  const waiting = page.getByRole('region', { name: 'Waiting for you' })
  await expect.element(waiting.getByRole('link', { name: /For the record: Potassium.*Bea Sample/ })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  drawPage('/', session)
  await expect.element(page.getByText('One entry waits for you to accept it')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Look at it', exact: true })).toHaveAttribute('href', PATH)
})

test('it is shown as it would stand in the record, and is accepted by one press or declined with a reason', async () => {
  const session = shown()
  const { root } = drawPage(PATH, session)
  await expect.element(page.getByRole('heading', { name: 'For the record: Potassium' })).toBeVisible()
  const card = page.getByRole('region', { name: 'What would stand in the record' })
  await expect.element(card.getByText(/^Potassium · .*4\.1 mmol/)).toBeVisible()
  await expect.element(card.getByText('November 20, 2026')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await button('Accept').click()
  await expect.poll(() => session.steps.at(-1)).toEqual({ kind: 'accept', data: {} })
  await button('Decline…').click()
  await button('Send').click()
  await expect.element(page.getByText('This is needed.')).toBeVisible()
  await page.getByLabelText('Why').fill('Not mine')
  await button('Send').click()
  await expect.poll(() => session.steps.at(-1)).toEqual({ kind: 'decline', data: { reason: 'Not mine' } })
})

test('“without asking me” is a choice for this person, off at first, and said in the history where it was used', async () => {
  const enter = { ...PROPOSED, id: 'b~1', by: { type: 'you' }, role: 'patient', kind: 'enter', data: {} } as const
  const session = shown()
  drawPage(PATH, session)
  const choice = page.getByRole('checkbox', { name: /^Accept everything from .*Bea Sample.* without asking me$/ })
  await expect.element(choice).not.toBeChecked()
  await page.getByText(/^Accept everything from/).click()
  // A slip of the finger is no consent.
  const question = page.getByRole('dialog', { name: /^Accept everything from .*Bea Sample.* without asking\?$/ })
  await expect.element(question.getByText(/changes to your medicines/)).toBeVisible()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(choice).not.toBeChecked()
  expect(session.acceptedFrom.value).toEqual([])
  await page.getByText(/^Accept everything from/).click()
  await page.getByRole('button', { name: 'Accept without asking' }).click()
  await expect.element(choice).toBeChecked()
  expect(session.acceptedFrom.value).toMatchObject([{ contactId: 'bea-sample' }])
  session.request.set(
    addition({
      state: 'entered',
      isFinal: true,
      next: [],
      entryId: 'results.e0.a~0.b' as EntryId,
      history: [PROPOSED, enter],
    }),
  )
  await expect.element(page.getByText(/Let it in by itself, without asking/)).toBeVisible()
  await expect
    .element(page.getByRole('link', { name: 'Open the entry' }))
    .toHaveAttribute('href', '/entry/results.e0.a~0.b')
  await page.getByText(/^Accept everything from/).click()
  await expect.element(choice).not.toBeChecked()
})

test('what was taken back at the moment of accepting is said on both sides', async () => {
  const withdraw = { ...PROPOSED, id: 'a~2', kind: 'withdraw', data: {}, standing: 'too-late' } as const
  const session = shown({ state: 'accepted', isFinal: true, next: [], history: [PROPOSED, withdraw] })
  drawPage(PATH, session)
  await expect.element(page.getByText(/^Bea Sample took it back at the moment/)).toBeVisible()
  session.request.set(addition({ ...session.request.value, role: 'provider' }))
  await expect.element(page.getByText(/^It was taken back at the moment/)).toBeVisible()
})

test('a doctor chooses what to write, and the form of that kind sends it instead of adding it', async () => {
  const session = messagesSession()
  const { root } = drawPage('/patients/bea-sample/write', session)
  await expect.element(page.getByRole('heading', { name: 'Write for the record of Bea Sample' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('link', { name: 'Note' }).click()
  await expect.element(page.getByRole('heading', { name: 'For the record: Note' })).toBeVisible()
  await page.getByLabelText('Title').fill('Visit')
  await page.getByLabelText('Your note').fill('Better')
  expect(page.getByText('Keep it private').elements()).toHaveLength(0)
  session.requestFailure = { kind: 'contact-not-ready' }
  await button('Send it to be accepted').click()
  await expect.element(page.getByRole('alert')).toBeVisible()
  session.requestFailure = undefined
  await button('Send it to be accepted').click()
  await expect.element(page.getByText('Sent to Bea Sample. It waits to be accepted.')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Requests' })).toBeVisible()
  expect(session.opened[0]).toMatchObject({
    kind: 'addition',
    contactId: 'bea-sample',
    data: { entry: { kind: 'note', title: 'Visit', text: 'Better' } },
  })
})

test('a contact who shares nothing is not offered to be written for: their page says what to ask them for', async () => {
  const session = messagesSession()
  session.settings.set({ ...session.settings.value, looksAfterPatients: true })
  drawPage('/people/bea-sample', session)
  await expect.element(page.getByText(/^Once Bea Sample shares something with you/)).toBeVisible()
  const way = page.getByRole('link', { name: 'Write for the record' })
  expect(way.elements()).toEqual([])
  const share = { shareId: 'r1', contactId: 'bea-sample', contactName: 'Bea Sample', recordName: 'Bea Sample' } as const
  const terms = { sections: ['medicines'], role: 'read', state: 'accepted', isPaused: false } as const
  session.shares.set({ given: [], received: [{ ...share, ...terms }] })
  await expect.element(way).toHaveAttribute('href', '/patients/bea-sample/write')
  expect(page.getByText(/^Once Bea Sample shares something/).elements()).toEqual([])
})

test('nobody is written for whose keys are not known', async () => {
  const session = messagesSession()
  session.people.set({ contacts: [contactOf('Bea Sample', 'changed')], invitations: [] })
  drawPage('/patients/bea-sample/write', session)
  await expect.element(page.getByRole('heading', { name: 'Write for the record' })).toBeVisible()
  expect(page.getByRole('link', { name: 'Test result' }).elements()).toHaveLength(0)
})

test.each([
  ['accepted', {}, /Bea Sample.*, accepted by you on Nov 20, 2026/],
  ['taken in unasked', { isUnasked: true }, /Bea Sample.*, by itself on Nov 20, 2026.*, as you want it of them/],
] as const)('an entry that was %s says who wrote it, and never that it was entered by hand', async (_, how, words) => {
  const session = messagesSession()
  const parts = partsOfFields(ENTRY)
  const id = 'results.e0.a~0.b' as EntryId
  const detail: EntryDetail = {
    summary: { ...parts, id, source: { type: 'self', by: BEA } },
    fields: ENTRY,
    conflicts: [],
    addedAt: AT,
    changedAt: AT,
    addedBy: BEA,
    acceptedAt: AT,
    ...how,
  }
  session.entries = [detail]
  drawPage(`/entry/${id}`, session)
  await expect.element(page.getByText(words)).toBeVisible()
  expect(page.getByText('Entered by hand').elements()).toHaveLength(0)
})

test.each(['en', 'ar'] as const)('an addition of long words fits a narrow window (%s)', async language => {
  const long = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)
  const entry = { ...ENTRY, name: long, lab: long } as EntryFields
  const session = shown({ offer: partsOfFields(entry), history: [{ ...PROPOSED, data: { entry } }], people: [long] })
  await drawnNarrow(session, language)
  const { root } = drawPage(PATH, session)
  await expect.element(page.getByText(new RegExp(long)).first()).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(root)).toEqual([])
})
