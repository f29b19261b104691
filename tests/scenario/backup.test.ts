import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { BackupProgress } from '#app/core/backup-session.ts'
import type { Session } from '#app/core/session.ts'
import { fail } from '#schema/result.ts'
import { ANA, backedUp, condition, household, shows, titles } from '#tests/support/household.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { archiveIn, backUp, README_WORDS, restore } from '#tests/support/test-backup.ts'
import { firstSettings, firstStatus, firstVault, type TestDevice, until } from '#tests/support/test-device.ts'
import { keepFor, keptBackedUp, keptShows, openKept } from '#tests/support/test-kept.ts'

vi.setConfig({ testTimeout: 180_000 })

const { device, phoneWithRecord, relay } = household()

const offline = async () => {
  const started = await device()
  started.setOnline(false)
  return started
}

async function codeOf(session: Session): Promise<string> {
  const shown = await session.showBackupCode(ANA.passphrase)
  if (!shown.ok) throw new Error(shown.failure.kind)
  return shown.value
}

const fhirIn = async (session: Session, passphrase: string) => {
  const exported = await session.exportFhir({ passphrase })
  if (!exported.ok) throw new Error(exported.failure.kind)
  const bundle = JSON.parse(await exported.value.text()) as { entry: unknown[] }
  return bundle.entry
}

test('Ana’s record comes back from a backup and her 24 words, with no relay in reach', async () => {
  const { phone, words } = await phoneWithRecord()
  await phone.session.addEntry(condition('Secret'), { isPrivate: true })
  const big = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: manyResources(300) })
  const preview = await phone.session.previewImport(new Blob([big]), 'big.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  expect((await phone.session.commitImport(preview.value.importId)).ok).toBe(true)
  const { file, report } = await backUp(phone.session)
  expect(report).toMatchObject({ entries: 302, personName: 'Ana', keptCount: 0 })

  const tablet = await offline()
  expect(await restore(tablet, file, words)).toMatchObject({ value: { entries: 302, relay: 'unreachable' } })
  expect(await firstVault(tablet.session, () => true)).toMatchObject({
    kind: 'open',
    personName: 'Ana',
    kitConfirmed: true,
  })
  await shows(tablet.session, await titles(phone.session))
  expect(await fhirIn(tablet.session, 'tablet words')).toEqual(await fhirIn(phone.session, ANA.passphrase))
  expect((await tablet.session.devices()).map(one => [one.name, one.isThisOne])).toEqual([
    ['phone', false],
    ['tablet', true],
  ])
  await tablet.session.addEntry(condition('Asthma'))
  const again = await tablet.restart()
  expect((await again.session.unlock('tablet words')).ok).toBe(true)
  await until(async () => (await titles(again.session)).includes('Asthma'))
})

test('The code on the sheet opens a backup too, and the restored tablet makes backups of its own', async () => {
  const { phone } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  const tablet = await offline()
  expect((await restore(tablet, file, await codeOf(phone.session))).ok).toBe(true)
  await shows(tablet.session, ['Cough'])
  expect(await tablet.session.backupState()).toMatchObject({
    kind: 'ready',
    last: { deviceName: 'phone', isLevel: true },
  })
  await tablet.session.addEntry(condition('Asthma'))
  const second = await backUp(tablet.session)
  const laptop = await offline()
  expect((await restore(laptop, second.file, await codeOf(phone.session))).ok).toBe(true)
  await shows(laptop.session, ['Asthma', 'Cough'])
})

test.each(['words', 'code'] as const)(
  'What came after the backup comes from the relay, and the phone goes on beside the tablet (%s)',
  async what => {
    const { phone, words } = await phoneWithRecord()
    const { file } = await backUp(phone.session)
    await phone.session.addEntry(condition('Later'))
    await backedUp(phone.session)
    const tablet = await device()
    const key = what === 'words' ? words : await codeOf(phone.session)
    expect(await restore(tablet, file, key)).toMatchObject({ value: { relay: 'level' } })
    await shows(tablet.session, ['Cough', 'Later'])
    await tablet.session.addEntry(condition('From the tablet'))
    await phone.session.addEntry(condition('From the phone'))
    const all = ['Cough', 'From the phone', 'From the tablet', 'Later']
    for (const { session } of [phone, tablet]) {
      await shows(session, all)
      await firstStatus(session, status => status.kind === 'backed-up' && status.problems.length === 0)
    }
    expect((await phone.session.devices()).map(one => one.name)).toEqual(['phone', 'tablet'])
  },
)

test('A tablet restored without a network joins the others later, and loses nothing of either side', async () => {
  const { phone, words } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  await phone.session.addEntry(condition('Later'))
  await backedUp(phone.session)
  const tablet = await offline()
  await restore(tablet, file, words)
  await tablet.session.addEntry(condition('On the way'))
  tablet.setOnline(true)
  for (const { session } of [phone, tablet]) await shows(session, ['Cough', 'Later', 'On the way'])
  await firstStatus(tablet.session, status => status.kind === 'backed-up' && status.problems.length === 0)
  expect((await phone.session.devices()).map(one => one.name)).toEqual(['phone', 'tablet'])
})

test.each(['words', 'code'] as const)(
  'A tablet restored without a network also reads what came under keys that a later pairing made (%s)',
  async what => {
    const { phone, words } = await phoneWithRecord()
    const { file } = await backUp(phone.session)
    const key = what === 'words' ? words : await codeOf(phone.session)
    const laptop = await paired(phone, 'laptop')
    await laptop.session.addEntry(condition('Later'))
    await laptop.session.changeSettings({ units: 'imperial' })
    await backedUp(laptop.session)
    const tablet = await offline()
    await restore(tablet, file, key)
    await tablet.session.addEntry(condition('On the way'))
    tablet.setOnline(true)
    for (const { session } of [phone, laptop, tablet]) {
      await shows(session, ['Cough', 'Later', 'On the way'])
      await firstStatus(session, status => status.kind === 'backed-up' && status.problems.length === 0)
      expect((await session.devices()).map(one => one.name)).toEqual(['phone', 'laptop', 'tablet'])
    }
    await firstSettings(tablet.session, settings => settings.units === 'imperial')
  },
)

test('What the phone had saved and the relay never got reaches it from the backup', async () => {
  const { phone, words } = await phoneWithRecord()
  phone.setOnline(false)
  await phone.session.addEntry(condition('Unsent'))
  const { file } = await backUp(phone.session)
  const tablet = await device()
  await restore(tablet, file, words)
  await firstStatus(tablet.session, status => status.kind === 'backed-up' && status.problems.length === 0)
  const laptop = await device()
  expect((await laptop.session.recover({ words, passphrase: 'laptop words', deviceName: 'laptop' })).ok).toBe(true)
  await shows(laptop.session, ['Cough', 'Unsent'])
})

test('A relay that lost everything gets the record again from a backup', async () => {
  const { phone, words } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  phone.setOnline(false)
  await relay().loseEverything()
  const tablet = await device()
  expect(await restore(tablet, file, words)).toMatchObject({ value: { relay: 'unknown' } })
  await firstStatus(tablet.session, status => status.kind === 'backed-up' && status.problems.length === 0)
  const laptop = await device()
  expect((await laptop.session.recover({ words, passphrase: 'laptop words', deviceName: 'laptop' })).ok).toBe(true)
  await shows(laptop.session, ['Cough'])
})

test('A record that was deleted at the relay comes back on the device, and the app says that it stays there', async () => {
  const { phone, words } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  expect((await phone.session.deleteEverything()).ok).toBe(true)
  const tablet = await device()
  expect(await restore(tablet, file, words)).toMatchObject({ value: { relay: 'gone' } })
  await shows(tablet.session, ['Cough'])
  await firstStatus(tablet.session, status => status.problems.some(problem => problem.kind === 'record-gone'))
  expect((await tablet.session.addEntry(condition('Asthma'))).ok).toBe(true)
})

test('Where the keys have changed since the backup, its code alone brings back what is in it, and the words bring the rest', async () => {
  const { phone, words } = await phoneWithRecord()
  const [{ file }, code] = [await backUp(phone.session), await codeOf(phone.session)]
  const laptop = await device()
  await laptop.session.recover({ words, passphrase: 'laptop words', deviceName: 'laptop' })
  const lost = (await laptop.session.devices()).find(one => one.name === 'phone')
  expect((await laptop.session.removeDevice(lost?.deviceId ?? '')).ok).toBe(true)
  await until(async () => (await laptop.session.devices()).length === 1)
  await laptop.session.addEntry(condition('After the theft'))
  await backedUp(laptop.session)

  const thief = await device()
  expect(await restore(thief, file, code)).toMatchObject({ value: { relay: 'refused' } })
  await shows(thief.session, ['Cough'])
  await firstStatus(thief.session, status => status.problems.some(problem => problem.kind === 'keys-changed'))
  expect(await titles(thief.session)).toEqual(['Cough'])
  expect((await laptop.session.devices()).map(one => one.name)).toEqual(['laptop'])

  const tablet = await device()
  expect(await restore(tablet, file, words)).toMatchObject({ value: { relay: 'level' } })
  await shows(tablet.session, ['After the theft', 'Cough'])
  await firstStatus(tablet.session, status => status.kind === 'backed-up' && status.problems.length === 0)
})

test('Tim’s record, which Ana keeps, is in her backup and opens with hers', async () => {
  const { phone, words } = await phoneWithRecord()
  const { keptId } = await keepFor(phone.session, 'Tim')
  await phone.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(phone.session, keptId)
  // At once after the unlock, while Tim's record is still being opened.
  await phone.session.lock()
  expect((await phone.session.unlock(ANA.passphrase)).ok).toBe(true)
  const { file, report } = await backUp(phone.session)
  expect(report.keptCount).toBe(1)
  const tablet = await offline()
  expect(await restore(tablet, file, words)).toMatchObject({ value: { keptCount: 1 } })
  await openKept(tablet.session, 'Tim')
  await keptShows(tablet.session, keptId, ['Measles'])
  await tablet.session.askKept(keptId, 'addEntry', [condition('Fracture')])
  tablet.setOnline(true)
  await phone.session.askKept(keptId, 'addEntry', [condition('Asthma')])
  for (const { session } of [phone, tablet]) await keptShows(session, keptId, ['Asthma', 'Fracture', 'Measles'])
})

test('A check reads all of a backup, says when it was made and what is in it, and changes nothing', async () => {
  const { phone, words } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  const state = await phone.session.backupState()
  expect(state).toMatchObject({ kind: 'ready', entries: 1, last: { entries: 1, isLevel: true, deviceName: 'phone' } })
  const rows = [...phone.disk.rows('frames').keys()]
  expect(await phone.session.checkBackup({ file })).toMatchObject({ value: { entries: 1, personName: 'Ana' } })
  expect([...phone.disk.rows('frames').keys()]).toEqual(rows)
  await phone.session.addEntry(condition('Asthma'))
  expect(await phone.session.backupState()).toMatchObject({ entries: 2, last: { entries: 1, isLevel: false } })

  const tablet = await offline()
  expect(await tablet.session.checkBackup({ file })).toEqual(fail({ kind: 'no-code' }))
  expect(await tablet.session.checkBackup({ file, key: words })).toMatchObject({ value: { entries: 1 } })
  expect(await firstVault(tablet.session, () => true)).toEqual({ kind: 'empty' })
  for (const table of ['frames', 'sealed', 'vault', 'blobs'] as const) expect(tablet.disk.rows(table).size).toBe(0)
})

test('The file unpacks with the tools of others: README, FHIR, and a manifest whose hashes hold', async () => {
  const { phone } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  const folder = makeTempFolder('backup')
  writeFileSync(join(folder, 'made.tar'), await archiveIn(file, await codeOf(phone.session)))
  execFileSync('tar', ['xf', 'made.tar'], { cwd: folder })
  const read = (name: string) => readFileSync(join(folder, 'wellkeep-backup', name))
  expect(read('README.txt').toString()).toBe(`Wellkeep backup, format 1\n\n${README_WORDS}\n`)
  expect(read('record.fhir.json').toString()).toContain('Cough')
  const manifest = JSON.parse(read('manifest.json').toString()) as {
    entries: number
    members: { name: string; bytes: number; sha256: string }[]
  }
  expect(manifest.entries).toBe(1)
  expect(manifest.members.length).toBeGreaterThan(24)
  for (const { name, bytes, sha256 } of manifest.members) {
    expect(read(name).length).toBe(bytes)
    expect(createHash('sha256').update(read(name)).digest('hex')).toBe(sha256)
  }
})

test('Words or a code that do not fit, and files that are no backup, are told apart; nothing comes of them', async () => {
  const { phone, words } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  const stranger = await device()
  const other = await stranger.session.createRecord(ANA)
  if (!other.ok) throw new Error(other.failure.kind)
  const tablet = await offline()
  const bytes = new Uint8Array(await file.arrayBuffer())
  const flipped = bytes.slice()
  flipped[bytes.length >> 1]! ^= 1
  const tries: readonly (readonly [Blob, string, object])[] = [
    [file, other.value.words.join(' '), { kind: 'wrong-key' }],
    [file, other.value.backupCode, { kind: 'wrong-key' }],
    [file, words.replace(/^\S+/, 'wellkep'), { kind: 'key', check: { kind: 'unknown' } }],
    [file, 'mehm-xvxn', { kind: 'key', check: { kind: 'code-length', got: 8 } }],
    [new Blob(['{}']), words, { kind: 'not-a-backup' }],
    [new Blob([]), words, { kind: 'not-a-backup' }],
    [new Blob([flipped]), words, { kind: 'damaged' }],
    [new Blob([bytes.slice(0, -1)]), words, { kind: 'damaged' }],
    [new Blob([bytes.slice(0, 70_000)]), words, { kind: 'damaged' }],
  ]
  for (const [blob, key, failure] of tries) {
    expect(await tablet.session.checkBackup({ file: blob, key })).toMatchObject({ failure })
    expect(await restore(tablet, blob, key)).toMatchObject({ failure })
    expect(await firstVault(tablet.session, () => true)).toEqual({ kind: 'empty' })
    for (const table of ['frames', 'sealed', 'vault', 'blobs'] as const) expect(tablet.disk.rows(table).size).toBe(0)
  }
  expect(await restore(stranger, file, words)).toEqual(fail({ kind: 'already-there' }))
  expect((await restore(tablet, file, words)).ok).toBe(true)
})

test('A restore that is called off, or finds the disk full, leaves nothing and can be begun again', async () => {
  const { phone, words } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  const tablet = await offline()
  const stop = await tablet.session.watchBackup((progress: BackupProgress) => {
    if (progress.kind === 'restoring') void tablet.session.cancelBackup()
  })
  expect(await restore(tablet, file, words)).toEqual(fail({ kind: 'cancelled' }))
  stop()
  const commit = tablet.store.commit.bind(tablet.store)
  for (let fullAt = 1; fullAt <= 6; fullAt++) {
    let number = 0
    tablet.store.commit = async writes => (++number === fullAt ? fail('quota') : commit(writes))
    expect(await restore(tablet, file, words)).toEqual(fail({ kind: 'not-stored', why: 'quota' }))
    expect(number).toBe(fullAt)
    for (const table of ['frames', 'sealed', 'vault', 'blobs'] as const) expect(tablet.disk.rows(table).size).toBe(0)
  }
  tablet.store.commit = commit
  expect((await restore(tablet, file, words)).ok).toBe(true)
  await shows(tablet.session, ['Cough'])
})

test('Making a backup can be called off, and a lock calls it off', async () => {
  const { phone } = await phoneWithRecord()
  const act = { run: () => phone.session.cancelBackup() as Promise<unknown> }
  const stop = await phone.session.watchBackup(progress => {
    if (progress.kind === 'making') void act.run()
  })
  expect(await phone.session.makeBackup({ readme: '' })).toEqual(fail({ kind: 'cancelled' }))
  act.run = () => phone.session.lock()
  expect(await phone.session.makeBackup({ readme: '' })).toEqual(fail({ kind: 'cancelled' }))
  stop()
  expect(await phone.session.makeBackup({ readme: '' })).toEqual(fail({ kind: 'not-here' }))
})

test('A crash at any commit of a restore leaves an empty app, in which it is begun again', async () => {
  const { phone, words } = await phoneWithRecord()
  const { file } = await backUp(phone.session)
  const whole = await offline()
  await restore(whole, file, words)
  const commits = whole.store.commits
  expect(commits).toBeGreaterThan(4)
  for (const when of ['before', 'after'] as const) {
    for (let number = 1; number <= commits; number++) {
      const tablet = await offline()
      tablet.store.killAt(number, when)
      void restore(tablet, file, words)
      await until(() => tablet.store.isKilled)
      const again = await tablet.restart()
      again.setOnline(false)
      const { kind } = await firstVault(again.session, now => now.kind !== 'starting')
      // Where the header is there, so is all the rest: it comes last.
      const opened = kind === 'empty' ? await restore(again, file, words) : await again.session.unlock('tablet words')
      expect(opened.ok).toBe(true)
      await shows(again.session, ['Cough'])
      again.host.dispose()
    }
  }
})

test('A paired tablet makes backups once it was told the words; those of another record, and a wrong passphrase, do not do', async () => {
  const { phone, words } = await phoneWithRecord()
  const tablet = await paired(phone)
  expect(await tablet.session.backupState()).toMatchObject({ kind: 'no-code' })
  expect(await tablet.session.makeBackup({ readme: '' })).toEqual(fail({ kind: 'no-code' }))
  const others = await device()
  const other = await others.session.createRecord(ANA)
  if (!other.ok) throw new Error(other.failure.kind)
  const keep = (typed: string, passphrase = 'tablet words') =>
    tablet.session.keepBackupCode({ words: typed, passphrase })
  expect(await keep(other.value.words.join(' '))).toEqual(fail({ kind: 'other-record' }))
  expect(await keep(words, 'not it')).toEqual(fail({ kind: 'wrong-passphrase' }))
  expect(await keep('one two')).toMatchObject({ failure: { kind: 'words' } })
  expect((await keep(words)).ok).toBe(true)
  expect(await tablet.session.showBackupCode('not it')).toEqual(fail({ kind: 'wrong-passphrase' }))
  expect(await tablet.session.showBackupCode('tablet words')).toEqual({ ok: true, value: await codeOf(phone.session) })
  const laptop = await offline()
  expect((await restore(laptop, (await backUp(tablet.session)).file, words)).ok).toBe(true)
  await shows(laptop.session, ['Cough'])
})

test('A sample has no backups', async () => {
  const { session } = await device()
  await session.createSample({ deviceName: 'phone' })
  expect(await session.backupState()).toMatchObject({ kind: 'not-here' })
  expect(await session.makeBackup({ readme: '' })).toEqual(fail({ kind: 'not-here' }))
})

async function paired(old: TestDevice, deviceName = 'tablet'): Promise<TestDevice> {
  const young = await device()
  const offer = await young.session.startPairing({ passphrase: 'tablet words', deviceName })
  if (!offer.ok) throw new Error(offer.failure.kind)
  await old.session.answerPairing(offer.value.words.join(' '))
  expect((await old.session.confirmPairing(true, ANA.passphrase)).ok).toBe(true)
  await shows(young.session, ['Cough'])
  return young
}

function manyResources(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    resource: {
      resourceType: 'Observation',
      id: `o${index}`,
      status: 'final',
      code: { text: `Test ${index}` },
      effectiveDateTime: `2020-01-${String((index % 28) + 1).padStart(2, '0')}`,
      valueQuantity: { value: index, unit: 'mg/L', system: 'http://unitsofmeasure.org', code: 'mg/L' },
    },
  }))
}
