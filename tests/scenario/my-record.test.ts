import { expect, test, vi } from 'vitest'
import { fail, ok } from '#schema/result.ts'
import type { Session, VaultState } from '#app/core/session.ts'
import { ANA, backedUp, condition, household, titles } from '#tests/support/household.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'
import { firstSettings, firstStatus, firstVault, until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const COUGH = condition('Cough')

test('A new record is one change that waits, however many logs it has', async () => {
  const { link, session } = await device()
  link.setReachable(false)
  await session.createRecord(ANA)
  const status = await firstStatus(session, ({ link, kind }) => link.kind === 'unreachable' && kind === 'waiting')
  expect(status.waitingCount).toBe(1)
})

const state = (session: Session): Promise<VaultState> => firstVault(session, () => true)

test('Ana makes a record, confirms the kit and finds her entry after a lock and after a killed tab', async () => {
  const phone = await device()
  const { session } = phone
  expect(await state(session)).toEqual({ kind: 'empty' })
  const startedMs = process.cpuUsage().user
  const created = await session.createRecord(ANA)
  expect((process.cpuUsage().user - startedMs) / 1000).toBeLessThan(4000)
  if (!created.ok) throw new Error(created.failure.kind)
  expect(await state(session)).toMatchObject({ kind: 'open', personName: 'Ana', kitConfirmed: false })
  expect((await session.createRecord(ANA)).ok).toBe(false)
  expect(await session.showKit()).toEqual(ok(created.value))

  const asked = await session.kitChallenge()
  const answers = asked.map(position => ({ position, word: created.value.words[position - 1] ?? '' }))
  const wrong = answers.map((answer, index) => (index === 1 ? { ...answer, word: 'wrong' } : answer))
  expect(await session.confirmKit(wrong)).toMatchObject({ failure: { kind: 'wrong-words', positions: [asked[1]] } })
  phone.store.failNext('quota')
  expect(await session.confirmKit(answers)).toMatchObject({ failure: { kind: 'not-stored', why: 'quota' } })
  expect(await session.showKit()).toEqual(ok(created.value))
  expect((await session.confirmKit(answers)).ok).toBe(true)
  await firstVault(session, now => now.kind === 'open' && now.kitConfirmed)
  expect(await session.showKit()).toEqual(fail({ kind: 'no-kit' }))
  expect([...phone.disk.rows('sealed').keys()]).not.toContain('kit')

  expect((await session.addEntry(COUGH)).ok).toBe(true)
  await session.lock()
  expect(await state(session)).toEqual({ kind: 'locked', isSample: false })
  expect(await session.addEntry(COUGH)).toMatchObject({ failure: { kind: 'locked' } })
  expect(await titles(session)).toEqual([])
  expect(await session.unlock('four quiet heron')).toMatchObject({ failure: { kind: 'wrong-passphrase' } })
  expect((await session.unlock(ANA.passphrase)).ok).toBe(true)
  await until(async () => (await titles(session)).length === 1)

  const again = await phone.restart()
  expect((await again.session.unlock(ANA.passphrase)).ok).toBe(true)
  await until(async () => (await titles(again.session)).includes('Cough'))
})

test('What was typed and not saved is sealed on the device, and is there after a lock and after a killed tab', async () => {
  const phone = await device()
  const { session } = phone
  await session.createRecord(ANA)
  const text = JSON.stringify({ draft: { title: 'Half a thought' } })
  expect(await session.keepDraft('/add/note', text)).toEqual(ok(undefined))
  for (const [key, value] of phone.disk.rows('sealed')) {
    expect(key).not.toContain('note')
    expect(Buffer.from(value).includes('Half')).toBe(false)
  }
  await session.lock()
  expect(await session.keptDraft('/add/note')).toBeUndefined()
  expect(await session.keepDraft('/add/note', 'more')).toEqual(fail({ kind: 'locked' }))
  const again = await phone.restart()
  expect((await again.session.unlock(ANA.passphrase)).ok).toBe(true)
  expect(await again.session.keptDraft('/add/note')).toBe(text)
  expect(await again.session.keptDraft('/add/weight')).toBeUndefined()
  again.store.failNext('quota')
  expect(await again.session.keepDraft('/add/note', 'more')).toEqual(fail({ kind: 'not-stored', why: 'quota' }))
  for (let place = 0; place < 20; place++) await again.session.keepDraft(`/entry/${place}/edit`, 'typed')
  expect(await again.session.keptDraft('/add/note')).toBeUndefined()
  expect(await again.session.keptDraft('/entry/0/edit')).toBe('typed')
  for (let place = 0; place < 20; place++) await again.session.keepDraft(`/entry/${place}/edit`, '')
  expect([...again.disk.rows('sealed').keys()]).not.toContain('drafts')
})

test('A new passphrase opens the vault and the old one does not', async () => {
  const { session } = await device()
  await session.createRecord(ANA)
  expect(await session.changePassphrase('nonsense', 'x')).toMatchObject({ failure: { kind: 'wrong-passphrase' } })
  expect((await session.changePassphrase(ANA.passphrase, 'a newer one')).ok).toBe(true)
  await session.lock()
  expect(await session.unlock(ANA.passphrase)).toMatchObject({ failure: { kind: 'wrong-passphrase' } })
  expect((await session.unlock('a newer one')).ok).toBe(true)
})

test('A damaged header or account row is called damaged, an empty store empty', async () => {
  const phone = await device()
  expect(await phone.session.unlock('x')).toMatchObject({ failure: { kind: 'empty' } })
  await phone.session.createRecord(ANA)
  await phone.session.lock()
  const flip = (bytes: Uint8Array<ArrayBuffer>) => {
    bytes[30]! ^= 1
    return bytes
  }
  phone.disk.tamper('sealed', 'account', flip)
  expect(await phone.session.unlock(ANA.passphrase)).toMatchObject({ failure: { kind: 'damaged' } })
  phone.disk.tamper('vault', 'header', flip)
  expect(await phone.session.unlock(ANA.passphrase)).toMatchObject({ failure: { kind: 'damaged' } })
})

test('A guest that takes over opens the vault with the key it was given, and a lock takes the key back', async () => {
  const phone = await device()
  const keys: (number | undefined)[] = []
  let key: Uint8Array<ArrayBuffer> | undefined
  phone.host.watchKey(next => {
    key = next ?? key
    keys.push(next?.length)
  })
  await phone.session.createRecord(ANA)
  await phone.session.addEntry(COUGH)
  await phone.session.lock()
  expect(keys).toEqual([undefined, 32, undefined])
  const guest = await phone.restart()
  await guest.host.unlockWithKey(key!)
  await until(async () => (await titles(guest.session)).includes('Cough'))
  const stranger = await guest.restart()
  await stranger.host.unlockWithKey(new Uint8Array(32))
  expect(await state(stranger.session)).toEqual({ kind: 'locked', isSample: false })
})

test('The vault locks itself when nobody touches the screen, as long as the settings say', async () => {
  const { session } = await device()
  await session.createRecord(ANA)
  expect(await session.changeSettings({ autoLockMinutes: 0 })).toMatchObject({ failure: { field: 'autoLockMinutes' } })
  expect((await session.changeSettings({ autoLockMinutes: 0.02, units: 'imperial' })).ok).toBe(true)
  await firstSettings(session, settings => settings.units === 'imperial')
  await firstVault(session, now => now.kind === 'locked')
})

test('A record begins with the units of where it is made, and whoever joins it elsewhere finds its own', async () => {
  const phone = await device()
  const created = await phone.session.createRecord({ ...ANA, locale: 'en-GB' })
  if (!created.ok) throw new Error(created.failure.kind)
  await firstSettings(phone.session, ({ units, labUnits }) => units === 'metric' && labUnits === 'molar')
  expect((await phone.session.changeSettings({ units: 'imperial' })).ok).toBe(true)
  await backedUp(phone.session)
  const laptop = await device()
  const words = created.value.words.join(' ')
  expect((await laptop.session.recover({ words, passphrase: 'x', deviceName: 'laptop' })).ok).toBe(true)
  await firstSettings(laptop.session, ({ units, labUnits }) => units === 'imperial' && labUnits === 'molar')
})

test('A sample record is full, stays here, opens by itself, and is gone with one tap', async () => {
  const phone = await device()
  const made = phone.session.createSample({ deviceName: 'Ana’s phone', locale: 'en-US' })
  expect(await firstVault(phone.session, now => now.kind === 'open')).toMatchObject({ isSample: true })
  expect((await titles(phone.session)).length).toBeGreaterThan(100)
  await firstSettings(phone.session, ({ units, labUnits }) => units === 'imperial' && labUnits === 'mass')
  const home = Promise.withResolvers<number>()
  await phone.session.watchHome(({ total }) => home.resolve(total))
  expect(await home.promise).toBeGreaterThan(100)
  expect((await made).ok).toBe(true)
  expect(await phone.session.devices()).toMatchObject([{ name: 'Ana’s phone', isThisOne: true }])
  const status = await firstStatus(phone.session, () => true)
  expect(status.kind).not.toBe('backed-up')
  const again = await phone.restart()
  expect(await state(again.session)).toMatchObject({ kind: 'open', isSample: true })
  expect((await again.session.deleteEverything()).ok).toBe(true)
  expect(await state(again.session)).toEqual({ kind: 'empty' })
  expect(again.disk.rows('frames').size + again.disk.rows('sealed').size + again.disk.rows('vault').size).toBe(0)
})

test('A crash between confirming the kit and forgetting it is made up for at the next unlock', async () => {
  const phone = await device()
  const created = await phone.session.createRecord(ANA)
  if (!created.ok) throw new Error(created.failure.kind)
  const asked = await phone.session.kitChallenge()
  const answers = asked.map(position => ({ position, word: created.value.words[position - 1] ?? '' }))
  phone.store.killAt(phone.store.commits + 1, 'after')
  void phone.session.confirmKit(answers)
  await until(() => phone.store.isKilled)
  expect(phone.disk.rows('sealed').has('kit')).toBe(true)
  const again = await phone.restart()
  expect((await again.session.unlock(ANA.passphrase)).ok).toBe(true)
  expect(await firstVault(again.session, now => now.kind === 'open')).toMatchObject({ kitConfirmed: true })
  expect(again.disk.rows('sealed').has('kit')).toBe(false)
})

test('A full disk refuses the creation whole: nothing half made is left to find', async () => {
  const phone = await device()
  phone.store.failNext('quota')
  expect(await phone.session.createRecord(ANA)).toMatchObject({ failure: { kind: 'not-stored', why: 'quota' } })
  expect((await phone.session.createRecord(ANA)).ok).toBe(true)
})

test('What Ana saved is backed up; deleting everything deletes it at the relay too', async () => {
  const phone = await device()
  const created = await phone.session.createRecord(ANA)
  if (!created.ok) throw new Error(created.failure.kind)
  await phone.session.addEntry(COUGH)
  await firstStatus(phone.session, status => status.kind === 'backed-up')
  expect((await phone.session.deleteEverything()).ok).toBe(true)
  const other = await device()
  const found = await other.session.recover({
    words: created.value.words.join(' '),
    passphrase: 'x',
    deviceName: 'tablet',
  })
  expect(found).toMatchObject({ failure: { kind: 'not-found' } })
})

test('A clock wrong by a year is told and changes nothing else', async () => {
  const wrong = makeTestClock()
  wrong.offsetMs = 365 * 24 * 3600_000
  const phone = await device({ clock: wrong })
  await phone.session.createRecord(ANA)
  await phone.session.addEntry(COUGH)
  const status = await firstStatus(
    phone.session,
    now => now.kind === 'backed-up' && now.problems.some(problem => problem.kind === 'clock-differs'),
  )
  expect(status.link.kind).toBe('online')
})

test('What lets somebody in, or anything out, asks for the passphrase again; what narrows does not', async () => {
  const phone = await device()
  const { session } = phone
  const created = await session.createRecord(ANA)
  if (!created.ok) throw new Error(created.failure.kind)
  const { passphrase } = ANA
  const wrong = fail({ kind: 'wrong-passphrase' })
  expect(await session.exportFhir({ passphrase: 'not it' })).toEqual(wrong)
  expect((await session.exportFhir({ passphrase })).ok).toBe(true)
  const choice = { sections: ['problems'], withPrivate: true, file: { kind: 'fhir-ndjson' } } as const
  expect(await session.takeOut({ passphrase: 'not it', ...choice })).toEqual(wrong)
  expect((await session.takeOut({ passphrase, ...choice })).ok).toBe(true)
  expect(await session.changeSettings({ autoLockMinutes: 60 })).toEqual(wrong)
  expect((await session.changeSettings({ autoLockMinutes: 60 }, passphrase)).ok).toBe(true)
  expect((await session.changeSettings({ autoLockMinutes: 1 })).ok).toBe(true)
  // Whoever made it is looking at it; a quarter of an hour later it may be somebody else.
  expect(await session.showKit()).toEqual(ok(created.value))
  phone.clock.offsetMs += 16 * 60_000
  expect(await session.showKit()).toEqual(wrong)
  expect(await session.showKit(passphrase)).toEqual(ok(created.value))
})

test('An older version of what is there comes in when Ana chooses it', async () => {
  const { session } = await device()
  await session.createRecord(ANA)
  const version = (text: string, lastUpdated: string) =>
    new Blob([
      JSON.stringify({
        resourceType: 'Condition',
        id: '0f1e2d3c-0000-4000-8000-000000000001',
        meta: { lastUpdated },
        code: { coding: [{ system: 'http://snomed.info/sct', code: '195967001' }], text },
      }),
    ])
  const bringIn = async (file: Blob, withOlder: boolean) => {
    const preview = await session.previewImport(file, 'clinic.json')
    return preview.ok ? session.commitImport(preview.value.importId, [], withOlder) : preview
  }
  expect(await bringIn(version('Asthma, severe', '2025-01-01T00:00:00Z'), false)).toEqual(ok({ added: 1 }))
  const older = version('Asthma', '2024-01-01T00:00:00Z')
  expect(await bringIn(older, false)).toEqual(ok({ added: 0 }))
  expect(await bringIn(older, true)).toEqual(ok({ added: 1 }))
})

test('Practice with the kit compares the words on any device, notes the day and changes nothing else', async () => {
  const phone = await device()
  const { session } = phone
  const created = await session.createRecord(ANA)
  const other = await (await device()).session.createRecord(ANA)
  if (!created.ok || !other.ok) throw new Error('No record')
  const words = created.value.words.join(' ')
  expect(await session.practiseKit('able')).toMatchObject({ failure: { kind: 'words' } })
  expect(await session.practiseKit(other.value.words.join(' '))).toEqual(fail({ kind: 'other-record' }))
  phone.store.failNext('quota')
  expect(await session.practiseKit(words)).toMatchObject({ failure: { kind: 'not-stored', why: 'quota' } })
  expect(await session.practiseKit(` ${words.toUpperCase()} `)).toEqual(ok(undefined))
  await firstVault(session, now => now.kind === 'open' && now.kitTypedAt !== undefined && !now.kitConfirmed)
  await session.lock()
  expect(await session.practiseKit(words)).toEqual(fail({ kind: 'locked' }))
})
