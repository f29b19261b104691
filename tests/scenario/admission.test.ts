import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OwnRelay } from '#app/core/relay-session.ts'
import type { Session, SyncProblem } from '#app/core/session.ts'
import { ANA, backedUp, condition, household, shows } from '#tests/support/household.ts'
import { type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { firstStatus } from '#tests/support/test-device.ts'
import { keepFor, keptBackedUp } from '#tests/support/test-kept.ts'
import { pair } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const TOKEN = 'for the whole family'
const { clock, device } = household()
let closed: LoopRelay

beforeEach(async () => {
  const admissionHashes = new Set([createHash('sha256').update(TOKEN).digest('hex')])
  const MANY = { perSecond: 1000, burst: 10_000 }
  closed = await startLoopRelay({ now: () => clock.now(), admissionHashes, limits: { requests: MANY } })
})
afterEach(() => closed.stop())

const at = () => device({ relay: closed })
const hasProblem = (session: Session, kind: SyncProblem['kind']) =>
  firstStatus(session, status => status.problems.some(problem => problem.kind === kind))

async function relayOf(session: Session): Promise<OwnRelay> {
  const told = Promise.withResolvers<OwnRelay>()
  const stop = await session.watchRelay(told.resolve)
  stop()
  return told.promise
}

test('Ana is asked for the token before she has a record, and with it everything is backed up', async () => {
  const phone = await at()
  expect(await phone.session.relayAsks()).toBe('token')
  expect((await phone.session.createRecord({ ...ANA, relayToken: ` ${TOKEN}\n` })).ok).toBe(true)
  await phone.session.addEntry(condition('Cough'))
  const status = await backedUp(phone.session)
  expect(status.problems).toEqual([])
  expect(await relayOf(phone.session)).toEqual({ hasToken: true })
})

test('a relay that takes everybody asks for nothing, and one that is away is not known', async () => {
  const phone = await device()
  expect(await phone.session.relayAsks()).toBe('nothing')
  phone.link.setReachable(false)
  expect(await phone.session.relayAsks()).toBe('unreachable')
})

test('without it Ana is told; a wrong one is not kept; with the right one what waited is backed up, also what is made later', async () => {
  const phone = await at()
  await phone.session.createRecord(ANA)
  await phone.session.addEntry(condition('Cough'))
  expect((await hasProblem(phone.session, 'not-admitted')).kind).toBe('waiting')
  expect(await phone.session.giveRelayToken('short')).toMatchObject({ failure: { kind: 'invalid' } })
  expect(await phone.session.giveRelayToken('of another family')).toMatchObject({ failure: { kind: 'not-taken' } })
  expect(await relayOf(phone.session)).toEqual({ hasToken: false })
  expect(await phone.session.giveRelayToken(TOKEN)).toMatchObject({ ok: true })
  expect((await backedUp(phone.session)).problems).toEqual([])

  const again = await phone.restart()
  expect((await again.session.unlock(ANA.passphrase)).ok).toBe(true)
  expect(await relayOf(again.session)).toEqual({ hasToken: true })
  await backedUp(again.session)
  const logsBefore = closed.logs().length
  await keptBackedUp(again.session, (await keepFor(again.session, 'Ben')).keptId)
  expect(closed.logs().length).toBeGreaterThan(logsBefore)
})

test('her other device makes logs with it too, and a token that was given while the relay is away counts once it is back', async () => {
  const phone = await at()
  await phone.session.createRecord({ ...ANA })
  phone.setOnline(false)
  expect(await phone.session.giveRelayToken(TOKEN)).toMatchObject({ ok: true })
  phone.setOnline(true)
  await phone.session.addEntry(condition('Cough'))
  await backedUp(phone.session)
  const tablet = await at()
  await pair(phone, tablet, ANA.passphrase)
  await shows(tablet.session, ['Cough'])
  expect(await relayOf(tablet.session)).toEqual({ hasToken: true })
  const logsBefore = closed.logs().length
  await keptBackedUp(tablet.session, (await keepFor(tablet.session, 'Ben')).keptId)
  expect(closed.logs().length).toBeGreaterThan(logsBefore)
})
