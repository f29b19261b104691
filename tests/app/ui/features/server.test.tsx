import { page } from 'vitest/browser'
import { expect, test, vi } from 'vitest'
import type { SyncStatus } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawApp, unlockAgain } from '#tests/support/draw.tsx'
import { FAKE_PASSPHRASE, FakeSession } from '#tests/support/fake-session.ts'

const SHUT_OUT: SyncStatus = {
  kind: 'waiting',
  waitingCount: 3,
  link: { kind: 'online' },
  problems: [{ kind: 'not-admitted' }],
}

const code = () => page.getByLabelText(/^Code from the host/)
const use = () => page.getByRole('button', { name: 'Use this code' })

test('who is shut out for want of a code is led to the box for it, on every page and from the status', async () => {
  const session = new FakeSession()
  session.status.set(SHUT_OUT)
  drawApp('/', session)
  await page.getByText('This server needs a code from its host. Until you enter it, nothing is backed up.').click()
  await page.getByRole('banner').getByRole('status').getByRole('button').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Enter the code' }).click()
  await expect.element(page.getByRole('heading', { name: 'Your server' })).toBeVisible()
  await expect.element(code()).toBeVisible()
})

test('a code that is no code, or not known, is said beside the box; the right one goes to all devices', async () => {
  const session = new FakeSession()
  const give = vi.spyOn(session, 'giveRelayToken')
  session.relayAsksAnswer = 'token'
  session.status.set(SHUT_OUT)
  drawApp('/server', session)
  session.nextTokenFailure = { kind: 'invalid' }
  await code().fill('short')
  await use().click()
  await expect.element(page.getByText(/^A code has 16 plain letters/)).toBeVisible()
  session.nextTokenFailure = { kind: 'not-taken' }
  await code().fill('of another family')
  await use().click()
  await expect.element(page.getByText(/^The server does not know this code/)).toBeVisible()
  expect(await axeFindings(document.body)).toEqual([])
  await code().fill('for the whole family')
  await use().click()
  await expect.element(page.getByText('The code is saved for all your devices')).toBeVisible()
  expect(give).toHaveBeenLastCalledWith('for the whole family')
  session.status.set({ ...SHUT_OUT, kind: 'backed-up', waitingCount: 0, problems: [] })
  await expect.element(page.getByText(/^You have entered a code/)).toBeVisible()
})

test('a server that takes everybody shows no box, and one that is away is not known', async () => {
  const session = new FakeSession()
  drawApp('/server', session)
  await expect.element(page.getByText('This server takes everybody, and asks for no code.')).toBeVisible()
  await expect.element(code()).not.toBeInTheDocument()
})

test('a code that was entered for another server is not spoken of at one that takes everybody', async () => {
  const session = new FakeSession()
  session.relay.set({ hasToken: true })
  drawApp('/server', session)
  await expect.element(page.getByText('This server takes everybody, and asks for no code.')).toBeVisible()
  await expect.element(page.getByText(/^You have entered a code/)).not.toBeInTheDocument()
})

test('a code that the server knows no more is told apart from none', async () => {
  const session = new FakeSession()
  session.relay.set({ hasToken: true })
  session.status.set(SHUT_OUT)
  drawApp('/', session)
  await page.getByText(/^The server does not take the code that you entered, or not any more\. Ask its host/).click()
  await page.getByRole('banner').getByRole('status').getByRole('button').click()
  const sheet = page.getByRole('dialog')
  await expect.element(sheet.getByText('The server does not take your code')).toBeVisible()
  await sheet.getByRole('button', { name: 'Enter the code' }).click()
  await expect.element(page.getByText(/^It does not know the code that you entered, or not any more/)).toBeVisible()
  await expect.element(page.getByText(/needs a code/)).not.toBeInTheDocument()
})

test('the first steps ask for the code where the server does, and take the record without it too', async () => {
  const session = new FakeSession({ kind: 'empty' })
  session.relayAsksAnswer = 'token'
  const create = vi.spyOn(session, 'createRecord')
  drawApp('/create', session)
  await page.getByLabelText('Your name').fill('Ada Example')
  await page.getByLabelText('Date of birth').fill('1950-04-02')
  await page.getByLabelText('Passphrase', { exact: true }).fill('seven calm otters')
  await code().fill('short')
  await page.getByRole('button', { name: 'Create my record' }).click()
  await expect.element(page.getByText(/^A code has 16 plain letters/)).toBeVisible()
  await code().fill('for the whole family')
  await page.getByRole('button', { name: 'Create my record' }).click()
  await expect.poll(() => create.mock.lastCall?.[0].relayToken).toBe('for the whole family')
})

const button = (name: string) => page.getByRole('button', { name, exact: true })

test('a second server is added by its address and the passphrase, and what is wrong with it is said', async () => {
  const session = new FakeSession()
  const add = vi.spyOn(session, 'addMirror')
  drawApp('/server', session)
  await button('Add a second server').click()
  await page.getByLabelText('Its address').fill('http://second.example')
  await button('Add a second server').click()
  await expect.element(page.getByText('This is no address of a server. It begins with https://')).toBeVisible()
  await page.getByLabelText('Its address').fill('foo bar')
  await button('Add a second server').click()
  await expect.element(page.getByText('This is no address of a server. It begins with https://')).toBeVisible()
  await page.getByLabelText('Its address').fill('second.example')
  session.relayAsksAnswer = 'unreachable'
  await button('Add a second server').click()
  await expect.element(page.getByText('This server cannot be reached just now, or there is none.')).toBeVisible()
  session.relayAsksAnswer = 'token'
  await button('Add a second server').click()
  await expect.element(page.getByText(/^This server takes only people whom its host gave a code/)).toBeVisible()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await code().fill('for the whole family')
  await button('Add a second server').click()
  await expect
    .element(page.getByRole('dialog').getByText(/^Whoever runs second\.example gets everything/))
    .toBeVisible()
  session.nextMirrorFailure = { kind: 'not-taken' }
  await unlockAgain(FAKE_PASSPHRASE, 'Add a second server')
  await expect.element(page.getByText(/^The server does not know this code/)).toBeVisible()
  await unlockAgain(FAKE_PASSPHRASE, 'Add a second server')
  await expect.element(page.getByText('The copy is on its way.')).toBeVisible()
  expect(add).toHaveBeenLastCalledWith({
    address: 'https://second.example',
    token: 'for the whole family',
    passphrase: FAKE_PASSPHRASE,
  })
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.poll(() => axeFindings(document.body)).toEqual([])
})

test('how much of the copy is there is said, and it is broken off and goes on', async () => {
  const session = new FakeSession()
  session.mirror.set({ origin: 'https://second.example', kind: 'working', share: 0.25 })
  drawApp('/server', session)
  const bar = page.getByRole('progressbar')
  await expect.element(bar).toHaveAttribute('value', '0.25')
  expect(await axeFindings(document.body)).toEqual([])
  await button('Break off').click()
  await expect.element(page.getByText(/^You broke the copy off on this device/)).toBeVisible()
  await expect.element(button('Go on')).toHaveFocus()
  expect(await axeFindings(document.body)).toEqual([])
  await button('Go on').click()
  await expect.element(bar).toBeVisible()
})

test('how the copy stands is said, and it is removed with what is there or without', async () => {
  const session = new FakeSession()
  const origin = 'https://second.example'
  const remove = vi.spyOn(session, 'removeMirror')
  session.mirror.set({ origin, kind: 'level', at: instant(Date.UTC(2026, 10, 29, 9)) })
  drawApp('/server', session)
  await expect.element(page.getByText(/^Everything was there on/)).toBeVisible()
  session.mirror.set({ origin, kind: 'partly', lacking: 2 })
  await expect.element(page.getByText(/^It lacks 2 older pieces/)).toBeVisible()
  session.mirror.set({ origin, kind: 'unreachable' })
  await expect.element(page.getByText(/^It cannot be reached just now/)).toBeVisible()
  expect(await axeFindings(document.body)).toEqual([])
  await button('Remove the second server').click()
  await button('Cancel').click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await button('Remove the second server').click()
  session.nextRemoveFailure = { kind: 'unreachable' }
  await button('Delete what is there').click()
  await expect.element(page.getByText(/^The server cannot be reached, so nothing was deleted/)).toBeVisible()
  await button('Leave it there').click()
  await expect.element(button('Add a second server')).toBeVisible()
  expect(remove.mock.calls).toEqual([[true], [false]])
})

test('the record moves by one tap: links that are out are asked about first, and what keeps it from moving is said', async () => {
  const session = new FakeSession()
  const start = vi.spyOn(session, 'startMove')
  drawApp('/server', session)
  await button('Move to another server').click()
  await page.getByLabelText('Its address').fill('new.example')
  await button('Move to another server').click()
  await expect.element(page.getByRole('dialog').getByText(/^Your record goes to new\.example/)).toBeVisible()
  session.nextMoveFailure = { kind: 'has-second' }
  await unlockAgain(FAKE_PASSPHRASE, 'Move to another server')
  await expect.element(page.getByText(/^You have another second server/)).toBeVisible()
  session.nextMoveFailure = { kind: 'links', count: 2 }
  await unlockAgain(FAKE_PASSPHRASE, 'Move to another server')
  await expect.element(page.getByText(/^2 links that you handed out/)).toBeVisible()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.poll(() => axeFindings(document.body)).toEqual([])
  await button('End them, and move').click()
  await unlockAgain(FAKE_PASSPHRASE, 'Move to another server')
  await expect.element(page.getByText(/^Your record is going to new\.example/)).toBeVisible()
  expect(start).toHaveBeenLastCalledWith({
    address: 'https://new.example',
    token: '',
    links: 'end',
    passphrase: FAKE_PASSPHRASE,
  })
  session.nextCancelFailure = { kind: 'too-late' }
  await button('Do not move').click()
  await expect.element(page.getByText('It has gone over already.')).toBeVisible()
  await button('Do not move').click()
  await expect.element(page.getByText(/^Everything that you have goes there/)).toBeVisible()
})

test('once it has moved, what is left at the server before is said, and that the app still comes from there', async () => {
  const session = new FakeSession()
  const remove = vi.spyOn(session, 'removeMirror')
  const at = instant(Date.UTC(2026, 10, 29, 9))
  const moved = { origin: 'https://new.example', before: location.origin, at, until: instant(at + 30 * 86_400_000) }
  session.move.set({ kind: 'moved', ...moved })
  drawApp('/server', session)
  await expect.element(page.getByText(/^Your record moved to new\.example on/)).toBeVisible()
  await expect.element(page.getByText(/open Wellkeep at https:\/\/new\.example on this device/)).toBeVisible()
  await expect.element(button('Add a second server')).not.toBeInTheDocument()
  await expect.poll(() => axeFindings(document.body)).toEqual([])
  await button('Delete what is left there').click()
  await button('Delete what is there').click()
  expect(remove).toHaveBeenLastCalledWith(true)
  session.move.set({ kind: 'waits-for-links', origin: 'https://new.example', count: 1 })
  await expect.element(page.getByText(/^Everything is at new\.example\. 1 link that you handed out/)).toBeVisible()
})
