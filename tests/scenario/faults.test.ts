import { expect, test, vi } from 'vitest'
import type { Session, SyncProblem } from '#app/core/session.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { ANA, backedUp, condition, household, shows } from '#tests/support/household.ts'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { firstStatus, firstVault, until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 90_000 })

const { clock, relay, device, phoneWithRecord } = household()

test('The relay loses everything: the phone brings all of it back, and the words still find it', async () => {
  const { phone, words } = await phoneWithRecord()
  await relay().loseEverything()
  await phone.session.addEntry(condition('Asthma'))
  await until(async () => {
    const tablet = await device()
    const found = await tablet.session.recover({ words, passphrase: 'x', deviceName: 'tablet' })
    if (!found.ok) return false
    await shows(tablet.session, ['Asthma', 'Cough'])
    return true
  }, 40_000)
  expect((await phone.session.devices()).map(one => one.name)).toContain('phone')
})

test('A copied browser profile is found out, and what both copies wrote is kept', async () => {
  const { phone } = await phoneWithRecord()
  await phone.session.lock()
  const copy = await device({ disk: phone.disk.clone() })
  for (const one of [phone, copy]) expect((await one.session.unlock(ANA.passphrase)).ok).toBe(true)
  copy.setOnline(false)
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  await copy.session.addEntry(condition('Migraine'))
  copy.setOnline(true)
  await firstStatus(copy.session, status => status.problems.some(problem => problem.kind === 'cloned-profile'))
  await shows(copy.session, ['Asthma', 'Cough', 'Migraine'])
  await shows(phone.session, ['Asthma', 'Cough', 'Migraine'])
})

test('A recovery cut off at any commit leaves an empty vault or a whole one, and can be done again', async () => {
  const { phone, words } = await phoneWithRecord()
  phone.setOnline(false)
  const request = { words, passphrase: 'x', deviceName: 'tablet' }
  for (let commit = 1; commit <= 8; commit++) {
    const tablet = await device()
    tablet.store.killAt(tablet.store.commits + commit, commit % 2 === 0 ? 'before' : 'after')
    await Promise.race([tablet.session.recover(request), new Promise(resolve => setTimeout(resolve, 2500))])
    const again = await tablet.restart()
    const state = await firstVault(again.session, now => now.kind !== 'starting')
    const opened = state.kind === 'locked' ? await again.session.unlock('x') : await again.session.recover(request)
    expect(opened).toEqual({ ok: true, value: undefined })
    await shows(again.session, ['Cough'])
    again.host.dispose()
  }
})

test('With a forgotten passphrase the words replace the vault, and whatever fails before leaves it as it was', async () => {
  const { phone, words } = await phoneWithRecord()
  await phone.session.lock()
  const request = { words, passphrase: 'a new one', deviceName: 'phone again', replace: true }
  const isUntouched = async () => {
    expect((await phone.session.unlock(ANA.passphrase)).ok).toBe(true)
    await shows(phone.session, ['Cough'])
    await phone.session.lock()
  }
  expect(await phone.session.recover({ ...request, replace: false })).toMatchObject({
    failure: { kind: 'already-there' },
  })
  phone.link.setReachable(false)
  expect(await phone.session.recover(request)).toMatchObject({ failure: { kind: 'unreachable' } })
  await isUntouched()
  phone.link.setReachable(true)
  const wrong = { ...request, words: words.split(' ').toReversed().join(' ') }
  expect(await phone.session.recover(wrong)).toMatchObject({ failure: { kind: 'words' } })
  await isUntouched()
  phone.store.failNext('quota')
  expect(await phone.session.recover(request)).toMatchObject({ failure: { kind: 'not-stored', why: 'quota' } })
  await isUntouched()

  expect(await phone.session.recover(request)).toEqual({ ok: true, value: undefined })
  await shows(phone.session, ['Cough'])
  await phone.session.lock()
  expect(await phone.session.unlock(ANA.passphrase)).toMatchObject({ failure: { kind: 'wrong-passphrase' } })
  phone.link.setReachable(false)
  expect((await phone.session.unlock('a new one')).ok).toBe(true)
  await shows(phone.session, ['Cough'])
})

test('A replacing recovery killed in its commit leaves the old vault or the whole new one', async () => {
  const { phone, words } = await phoneWithRecord()
  await phone.session.lock()
  const request = { words, passphrase: 'a new one', deviceName: 'phone again', replace: true }
  phone.store.killAt(phone.store.commits + 1, 'before')
  void phone.session.recover(request)
  await until(() => phone.store.isKilled)
  const old = await phone.restart()
  expect((await old.session.unlock(ANA.passphrase)).ok).toBe(true)
  await shows(old.session, ['Cough'])
  await old.session.lock()
  old.store.killAt(old.store.commits + 1, 'after')
  void old.session.recover(request)
  await until(() => old.store.isKilled)
  const young = await old.restart()
  young.link.setReachable(false)
  expect((await young.session.unlock('a new one')).ok).toBe(true)
  await shows(young.session, ['Cough'])
})

test('With the relay down everything goes on here; the status says since when, and it is sent once it is back', async () => {
  const { phone } = await phoneWithRecord()
  phone.link.setReachable(false)
  await firstStatus(phone.session, status => status.link.kind === 'unreachable')
  expect((await phone.session.addEntry(condition('Asthma'))).ok).toBe(true)
  const waiting = await firstStatus(phone.session, status => status.kind === 'waiting')
  expect(waiting.waitingCount).toBeGreaterThan(0)
  await phone.session.lock()
  expect((await phone.session.unlock(ANA.passphrase)).ok).toBe(true)
  await shows(phone.session, ['Asthma', 'Cough'])
  expect(await phone.session.startPairing({ passphrase: 'x', deviceName: 'y' })).toMatchObject({
    failure: { kind: 'already-there' },
  })
  phone.link.setReachable(true)
  await backedUp(phone.session)
})

const hasProblem = (session: Session, kind: SyncProblem['kind']) =>
  firstStatus(session, status => status.problems.some(problem => problem.kind === kind))

test('A full relay is told; everything is kept here and sent once there is room', async () => {
  const { phone } = await phoneWithRecord()
  relay().changeLimits({ accountBytes: 0 })
  await phone.session.addEntry(condition('Asthma'))
  const status = await hasProblem(phone.session, 'relay-full')
  expect(status.waitingCount).toBeGreaterThan(0)
  await phone.session.lock()
  expect((await phone.session.unlock(ANA.passphrase)).ok).toBe(true)
  await shows(phone.session, ['Asthma', 'Cough'])
  relay().changeLimits({ accountBytes: DEFAULT_LIMITS.accountBytes })
  await until(async () => (await firstStatus(phone.session, () => true)).kind === 'backed-up', 60_000)
  expect((await firstStatus(phone.session, () => true)).problems).toEqual([])
})

test('A relay that does not admit this person is told, and the record works here', async () => {
  const closed = await startLoopRelay({ now: () => clock.now(), admissionHashes: new Set(['nobody’s']) })
  const phone = await device({ relay: closed })
  expect((await phone.session.createRecord(ANA)).ok).toBe(true)
  expect((await phone.session.addEntry(condition('Cough'))).ok).toBe(true)
  const status = await hasProblem(phone.session, 'not-admitted')
  expect(status.problems).toEqual([{ kind: 'not-admitted' }])
  await shows(phone.session, ['Cough'])
  await phone.session.lock()
  await closed.stop()
})

test('Noise instead of a relay is told, changes nothing, and is over when the relay is back', async () => {
  const { phone } = await phoneWithRecord()
  phone.link.setGarbled(true)
  await phone.session.addEntry(condition('Asthma'))
  await hasProblem(phone.session, 'relay-nonsense')
  await shows(phone.session, ['Asthma', 'Cough'])
  phone.link.setGarbled(false)
  await until(async () => (await firstStatus(phone.session, () => true)).kind === 'backed-up', 60_000)
  expect((await firstStatus(phone.session, () => true)).problems).toEqual([])
})

test('A full disk refuses an entry and a setting, and loses nothing that was saved', async () => {
  const { phone } = await phoneWithRecord()
  phone.store.failNext('quota', 1)
  expect(await phone.session.addEntry(condition('Asthma'))).toMatchObject({
    failure: { kind: 'not-stored', why: 'quota' },
  })
  phone.store.failNext('quota', 1)
  expect(await phone.session.changeSettings({ units: 'imperial' })).toMatchObject({
    failure: { kind: 'not-stored', why: 'quota' },
  })
  await shows(phone.session, ['Cough'])
  expect((await phone.session.addEntry(condition('Asthma'))).ok).toBe(true)
  await shows(phone.session, ['Asthma', 'Cough'])
})

test('A disk that is full from the start opens the record for reading, says so, and takes entries once there is room', async () => {
  const { phone } = await phoneWithRecord()
  await phone.session.lock()
  const full = await device({ disk: phone.disk, isFull: true })
  expect(await firstVault(full.session, state => state.kind !== 'starting')).toMatchObject({ kind: 'locked' })
  expect(await full.session.unlock(ANA.passphrase)).toEqual({ ok: true, value: undefined })
  await shows(full.session, ['Cough'])
  await hasProblem(full.session, 'storage-full')
  const exported = await full.session.exportFhir({ passphrase: ANA.passphrase })
  expect(exported.ok && (await exported.value.text())).toContain('Cough')
  expect(await full.session.addEntry(condition('Asthma'))).toMatchObject({
    failure: { kind: 'not-stored', why: 'quota' },
  })
  await shows(full.session, ['Cough'])

  full.store.setFull(false)
  expect((await full.session.addEntry(condition('Asthma'))).ok).toBe(true)
  await shows(full.session, ['Asthma', 'Cough'])
  await firstStatus(full.session, status => status.problems.length === 0)
})
