import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { FreeSlot } from '#app/core/request-session.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { BEA, messagesSession, pathOf, requestOf, stepOf } from './messages-session.ts'
import { drawnNarrow, isWithinWidth } from './narrow.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const NINE = '2099-03-09T09:00:00+01:00'
const TEN = '2099-03-09T10:00:00+01:00'
const ASKED = stepOf('ask', { why: 'Knee' }, { by: BEA })
const OFFERED = stepOf('propose', { slots: [{ startsAt: NINE, minutes: 20 }, { startsAt: TEN }] }, { role: 'provider' })

const free = (startsAt: string, taken: FreeSlot['taken'] = []): FreeSlot => ({ startsAt, minutes: 20, taken })
const carl = (isAgreed: boolean) => ({
  conversationId: '9'.repeat(16),
  requestId: `appointment.${'9'.repeat(32)}`,
  people: ['Carl'],
  isAgreed,
})

test('free times are ticked in an offer; one that somebody else has is said, and cannot be ticked', async () => {
  const session = messagesSession()
  session.freeSlots.set([free(NINE, [carl(true)]), free(TEN)])
  const request = requestOf('appointment', {
    role: 'provider',
    waitsFor: 'you',
    history: [ASKED],
    next: ['propose', 'decline'],
  })
  session.request.set(request)
  const { root } = drawPage(pathOf(request), session)
  await button('Offer times…').click()
  await expect.element(page.getByText('Carl has it')).toBeVisible()
  expect(page.getByRole('checkbox').elements()).toHaveLength(1)
  await button('Send').click()
  await expect.element(page.getByText('This is needed.').first()).toBeVisible()
  expect(await axeFindings(root.ownerDocument.body)).toEqual([])
  await page.getByText(/10:00/).click()
  await page.getByText('By video').click()
  await button('Send').click()
  await expect
    .poll(() => session.steps)
    .toEqual([
      {
        kind: 'propose',
        data: { slots: [{ startsAt: TEN, minutes: 20 }], way: 'video', place: '', withWhom: '', words: '' },
      },
    ])
})

test('a time that somebody else chose or has is told; new ones are offered first where it stands', async () => {
  const session = messagesSession()
  const request = requestOf('appointment', {
    role: 'provider',
    state: 'chosen',
    waitsFor: 'you',
    time: { startsAt: NINE, minutes: 20, isAgreed: false },
    history: [ASKED, OFFERED, stepOf('choose', { slot: 0 }, { by: BEA })],
    next: ['propose', 'confirm'],
    main: ['confirm'],
    clashes: [carl(false)],
  })
  session.request.set(request)
  drawPage(pathOf(request), session)
  await expect.element(page.getByText(/^Carl has chosen this time as well/)).toBeVisible()
  const isPrimary = (name: string) => button(name).element().className.includes('primary')
  expect([isPrimary('Confirm…'), isPrimary('Offer times…')]).toEqual([true, false])
  session.request.set({ ...request, clashes: [carl(true)] })
  await expect.element(page.getByText('This time is taken: Carl has it. Offer new times.')).toBeVisible()
  expect([isPrimary('Confirm…'), isPrimary('Offer times…')]).toEqual([false, true])
})

test('of the times that are shown to patients those that suit are asked for, and one of them is confirmed at once', async () => {
  const session = messagesSession()
  session.shownTimes.set([
    { startsAt: NINE, minutes: 20 },
    { startsAt: TEN, minutes: 20 },
  ])
  const first = drawPage('/messages/appointment', session)
  await expect.element(page.getByRole('group', { name: /^Free times of .*Bea Sample/ })).toBeVisible()
  await page.getByText(/10:00/).click()
  await page.getByLabelText('What is it about?').fill('My knee')
  expect(await axeFindings(first.root)).toEqual([])
  await button('Send the request').click()
  const slots = [{ startsAt: TEN, minutes: 20 }]
  await expect.poll(() => session.opened).toMatchObject([{ kind: 'appointment', data: { why: 'My knee', slots } }])
  first.root.remove()
  const request = requestOf('appointment', {
    role: 'provider',
    waitsFor: 'you',
    history: [stepOf('ask', { why: 'My knee', slots }, { by: BEA })],
    next: ['propose', 'decline', 'grant'],
    main: ['propose'],
  })
  session.request.set(request)
  drawPage(pathOf(request), session)
  await expect.element(page.getByText(/10:00/).first()).toBeVisible()
  await button('Confirm one of these times…').click()
  await button('Send').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('This is needed.')
  await page.getByRole('dialog').getByText(/10:00/).click()
  expect(await axeFindings(page.getByRole('dialog').element() as HTMLElement)).toEqual([])
  await button('Send').click()
  await expect.poll(() => session.steps).toMatchObject([{ kind: 'grant', data: { slot: 0, way: 'in-person' } }])
})

test('whoever treats others chooses whether their patients see the times', async () => {
  const session = messagesSession()
  drawPage('/messages/free-times', session)
  const choice = page.getByRole('checkbox', { name: 'My patients see these when they ask for an appointment' })
  await expect.element(choice).not.toBeChecked()
  await page.getByText(/^My patients see these/).click()
  await expect.element(choice).toBeChecked()
})

test('one of the offered times is chosen, and none is sent unchosen', async () => {
  const session = messagesSession()
  const request = requestOf('appointment', {
    state: 'proposed',
    waitsFor: 'you',
    history: [ASKED, OFFERED],
    next: ['choose', 'ask-other'],
  })
  session.request.set(request)
  drawPage(pathOf(request), session)
  await button('Choose a time…').click()
  await button('Send').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('This is needed.')
  await page.getByRole('dialog').getByText(/10:00/).click()
  await button('Send').click()
  await expect.poll(() => session.steps).toEqual([{ kind: 'choose', data: { slot: 1 } }])
})

test('what was confirmed is next at home and in the plan, until it is called off', async () => {
  const session = messagesSession()
  const time = { startsAt: NINE, minutes: 20, place: 'Room 2', isAgreed: true }
  const row = requestOf('appointment', { state: 'confirmed', time })
  session.requests.set([row])
  const first = drawPage('/plan', session)
  const link = page.getByRole('link', { name: 'Knee' })
  await expect.element(link).toHaveAttribute('href', pathOf(row))
  await expect.element(page.getByText(/Mon, March 9, 2099/)).toBeVisible()
  expect(await axeFindings(first.root)).toEqual([])
  const off = requestOf('appointment', { state: 'called-off', calledOff: time, history: [ASKED], next: ['close'] })
  session.requests.set([off])
  await expect.element(page.getByText('Called off')).toBeVisible()
  await expect.element(page.getByText(/Mon, March 9, 2099/)).toBeVisible()
  first.root.remove()
  session.request.set(off)
  const second = drawPage(pathOf(off), session)
  await expect.element(page.getByText(/^It was to be on .*Mon, March 9, 2099/)).toBeVisible()
  await expect.element(page.getByText(/take it out there/)).toBeVisible()
  const again = page.getByRole('link', { name: 'Ask for a new time' })
  await expect.element(again).toHaveAttribute('href', '/messages/appointment')
  expect(await axeFindings(second.root)).toEqual([])
  session.requests.set([{ ...off, isFinal: true }])
  const third = drawPage('/plan', session)
  await expect.element(page.getByText('No appointment is written down.').first()).toBeVisible()
  expect(third.root.textContent).not.toContain('2099')
})

test.each(['en', 'ar'] as const)('an appointment and one’s free times fit a narrow window (%s)', async language => {
  const session = messagesSession()
  await drawnNarrow(session, language)
  const long = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)
  const request = requestOf('appointment', {
    title: long,
    state: 'confirmed',
    time: { startsAt: NINE, minutes: 20, way: 'video', place: long, withWhom: long, isAgreed: true },
    history: [ASKED, OFFERED, stepOf('prepare', { lines: [long, 'x'] }), stepOf('note', { note: long })],
    next: ['move', 'call-off', 'finish', 'prepare', 'note'],
  })
  session.request.set(request)
  const first = drawPage(pathOf(request), session)
  await expect.element(page.getByText(long).first()).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(first.root)).toEqual([])
  first.root.remove()
  session.freeSlots.set([free(NINE, [{ ...carl(true), people: [long] }]), free(TEN)])
  const second = drawPage('/messages/free-times', session)
  await expect.element(page.getByText(new RegExp(long)).first()).toBeVisible()
  expect(isWithinWidth()).toBe(true)
  expect(await axeFindings(second.root)).toEqual([])
})
