import { afterEach, beforeAll, expect, test } from 'vitest'
import { BackupDesk } from '#app/core/backup/backup-desk.ts'
import { beginRotation, type RotationDeps, runRotation } from '#app/core/devices/rotation.ts'
import { Account } from '#app/core/home/account.ts'
import { makeEpochKey } from '#app/core/home/create-account.ts'
import { putClosed } from '#app/core/home/keyring-document.ts'
import { openLogs, openSection } from '#app/core/home/open-account.ts'
import { Upkeep } from '#app/core/home/upkeep.ts'
import { NOBODY_ELSE } from '#app/core/log/control-write.ts'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import type { Clock } from '#app/core/ports.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { recordOf } from '#app/core/room.ts'
import { contactIdOf } from '#app/core/sharing/contact-card.ts'
import { FormerLogs } from '#app/core/sharing/former-logs.ts'
import { GivenShares } from '#app/core/sharing/given-shares.ts'
import { putContact } from '#app/core/sharing/people-document.ts'
import { PostOffice } from '#app/core/sharing/post-office.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { type RebaseSectionDeps, rebaseSection } from '#app/core/sharing/rebase-section.ts'
import { LateDesk } from '#app/core/sharing/late-desk.ts'
import type { StatusDesk } from '#app/core/status-desk.ts'
import { backupSecretWrite } from '#app/core/vault/backup-secret-row.ts'
import { VaultSlot } from '#app/core/vault/open-vault.ts'
import type { VaultDesk } from '#app/core/vault/vault-desk.ts'
import { backupSecretOf } from '#crypto/backup-secret.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import type { LogId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { fail, ok } from '#schema/result.ts'
import { makePerson } from '#tests/app/core/sharing/card-kit.ts'
import { condition } from '#tests/support/household.ts'
import { openInto, startAccount } from '#tests/support/test-account.ts'
import { until } from '#tests/support/test-device.ts'
import { makeVirtualClock, VirtualTime } from '#tests/support/virtual-clock.ts'

beforeAll(readyCrypto)

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

type Started = Awaited<ReturnType<typeof startAccount>>

/** An account whose problems were begun anew, at a relay; the log before is here still. `before` does something in that one. */
async function accountWithFormerLog<T>(before: (started: Started, rebase: RebaseSectionDeps) => Promise<T>) {
  const started = await startAccount()
  const { account, store, deps, end } = started
  ends.push(end)
  const commit: RebaseSectionDeps['commit'] = prepared => commitAll(store, prepared)
  const rebase = { ...deps, account, record: () => undefined, commit }
  const made = await before(started, rebase)
  expect(
    await rebaseSection(
      rebase,
      'problems',
      async () => NOBODY_ELSE,
      () => undefined,
    ),
  ).toEqual(ok(undefined))
  await account.settle()
  const [former] = account.logs.former.values()
  if (former === undefined) throw new Error('No former log')
  return { ...started, former, made }
}

const nothing = async () => undefined

/** Bea was given the problems, and has heard of nothing. */
async function shareProblems({ account, clock, store, keys }: Started, rebase: RebaseSectionDeps) {
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const given = new GivenShares(office, keys.local, () => 'Ana', rebase)
  const bea = makePerson()
  const contact = contactIdOf(bea.principal)
  const met = { card: bea.card(), bytes: bea.cardBytes(), at: clock.now() }
  await office.change(doc => putContact(doc, contact, met))
  const about = {
    role: 'read',
    until: NEVER,
    withHistory: true,
    createdAt: clock.now(),
    sections: ['problems'],
  } as const
  expect((await given.begin({ ...about, contact })).ok).toBe(true)
  await given.round()
  expect(account.logs.sections.get('problems')?.members().roster.length).toBe(2)
  return given
}

/** All that lies on the disk of a log. */
async function rowsOf({ store }: Pick<Started, 'store'>, { id }: SealedLog): Promise<string[]> {
  const tables = (['frames', 'outbox', 'blobs'] as const).map(table => store.keys(table, `${id}/`))
  return (await Promise.all([...tables, store.keys('sealed', `log/${id}/`)])).flat()
}

const rotationDeps = (account: Account, clock: Clock): RotationDeps => ({
  me: account.deviceId,
  home: account.logs.home,
  sections: () => account.sectionLogs(),
  client: account.client,
  clock,
  settle: () => account.settle(),
  levelHome: () => account.levelHome(),
  saveHomeKey: key => account.saveHomeKey(key),
  progress: () => undefined,
})

test('a removal of a device is carried to its end where a former log goes from this device meanwhile', async () => {
  const { account, clock, former } = await accountWithFormerLog(nothing)
  await beginRotation(account.logs.home, clock, account.deviceId, [])
  await account.refreshed()
  const id = account.keyring.rotations[0]!.id
  let steps = 0
  const progress = () => void (++steps === 30 && void account.forget(former.id))
  const rotated = await runRotation({ ...rotationDeps(account, clock), progress }, id)
  expect(rotated).toEqual(ok(undefined))
  expect(account.sectionLogs()).not.toContain(former)
})

test('a removal is carried to its end where a log was deleted at the relay, and every other log gets its new O', async () => {
  const { account, clock } = await accountWithFormerLog(nothing)
  const lost = account.logs.sections.get('vitals')!
  expect(await account.client.deleteLog(lost.id)).toEqual(ok(undefined))
  await until(() => account.engine?.isGone(lost.id) === true)
  expect(await account.settle()).toEqual(ok(undefined))
  await beginRotation(account.logs.home, clock, account.deviceId, [])
  await account.refreshed()
  const rotated = await runRotation(rotationDeps(account, clock), account.keyring.rotations[0]!.id)
  expect(rotated).toEqual(ok(undefined))
  await account.refreshed()
  const { plan } = account.keyring.rotations[0]!
  const numberOf = async (logId: LogId) => {
    const state = await account.client.ownerState(logId)
    return state.ok ? state.value.number : state.failure
  }
  const numbers = await Promise.all(plan.map(async ({ logId }) => [logId, await numberOf(logId)]))
  const isGone = { kind: 'refused', code: 'gone' }
  expect(numbers).toEqual(plan.map(({ logId, ownerNumber }) => [logId, logId === lost.id ? isGone : ownerNumber]))
})

test('a round of upkeep passes over a former log that goes meanwhile, and nothing of it is left', async () => {
  const { account, store, keys, former } = await accountWithFormerLog(nothing)
  const time = new VirtualTime()
  const upkeep = new Upkeep(account, store, makeVirtualClock(time, 0), keys.account)
  const commit = store.commit.bind(store)
  const forgotten = new Promise<unknown>(resolve => {
    store.commit = async writes => {
      store.commit = commit
      resolve(account.forget(former.id))
      return commit(writes)
    }
  })
  await time.run(60_000)
  expect(await forgotten).toEqual(ok(undefined))
  // What it writes at the end of a round.
  await until(async () => (await store.get('sealed', 'upkeep')) !== undefined)
  upkeep.stop()
  expect(await rowsOf({ store }, former)).toEqual([])
})

test('writeEpoch() of a log that goes between its two steps writes nothing, and says so', async () => {
  const { account, store, former } = await accountWithFormerLog(nothing)
  await former.change('problems', (doc: Record<string, unknown>) => void (doc.a = 1))
  const writing = former.writeEpoch(makeEpochKey(), [], [])
  expect(await account.forget(former.id)).toEqual(ok(undefined))
  expect(await writing).toEqual(fail('aborted'))
  expect(await rowsOf({ store }, former)).toEqual([])
})

test('whoever has no share any more is cut out of a former log by a round, also where it is to go meanwhile', async () => {
  const { account, store, former, made: given } = await accountWithFormerLog(shareProblems)
  await given.end(await given.shares(), 'stopped')
  const settle = account.settle.bind(account)
  const forgotten: Promise<unknown>[] = []
  account.settle = async () => {
    forgotten.push(account.forget(former.id))
    await Promise.all(forgotten)
    return settle()
  }
  expect(await given.round()).toEqual(ok(undefined))
  expect(await Promise.all(forgotten)).toContainEqual(fail('in-use'))
  expect(former.members().roster.length).toBe(1)
  account.settle = settle
  expect(await account.forget(former.id)).toEqual(ok(undefined))
  expect(await rowsOf({ store }, former)).toEqual([])
})

test('what lies here of a closed log of which no frame ever came goes after the next unlock', async () => {
  const { account, clock, store, keys, deps, relay, former } = await accountWithFormerLog(nothing)
  const about = account.keyring.logs.find(({ logId }) => logId === former.id)!
  await account.logs.home.changeKeyring(doc => putClosed(doc, former.id, clock.now()))
  await account.close()
  // The device locked before anything of it had come, and heard that it is closed before the next unlock.
  for (const table of ['frames', 'outbox', 'blobs', 'sealed'] as const) {
    const rows = await store.keys(table, table === 'sealed' ? `log/${former.id}/` : `${former.id}/`)
    await store.commit(rows.map(key => ({ table, key, remove: true })))
  }
  const empty = await openSection(deps, account.row, about)
  expect(empty.ok && (await empty.value.saveCaches())).toEqual(ok(undefined))
  expect(await rowsOf({ store }, former)).toEqual([`log/${former.id}/state`])
  const logs = await openLogs(deps, account.row)
  if (!logs.ok) throw new Error(logs.failure)
  const next = await Account.start({ ...deps, relay: relay.link() }, keys, account.row, logs.value)
  const following = new FormerLogs(next)
  await until(async () => (await rowsOf({ store }, former)).length === 0)
  await following.stop()
  await next.close()
})

test('what is saved while the record moves on from a log that another device closed is in the one it goes on in', async () => {
  const { account, clock, former, made } = await accountWithFormerLog(async ({ account, relay, keys, deps }) => {
    const ports = { ...deps, relay: relay.link() }
    const person = await account.logs.home.person()
    const reopen = () => recordOf(ports, account, keys, () => person)
    return { reopen, record: await reopen() }
  })
  const following = new FormerLogs(account)
  await account.logs.home.changeKeyring(doc => putClosed(doc, former.id, clock.now()))
  expect(await account.forget(former.id)).toEqual(fail('in-use'))
  expect((await made.record.addEntry(condition('Cough'))).ok).toBe(true)
  made.record.dispose()
  await until(() => !account.holds(former))
  await following.stop()
  const next = await made.reopen()
  await next.idle()
  expect((await next.timelineRows({}, 0, 9)).map(({ title }) => title)).toEqual(['Cough'])
  next.dispose()
})

test('a backup has every log that was here when it was begun, also one that is to go meanwhile', async () => {
  const started = await accountWithFormerLog(nothing)
  const { account, store, keys, former } = started
  await store.commit([backupSecretWrite(keys.kit, backupSecretOf(randomBytes(32)))])
  const slot = new VaultSlot()
  const { ports } = await openInto(slot, started)
  const kept = { openRecords: async () => ({ open: [], missing: [] }) }
  const backups = new BackupDesk({ ports, slot, vault: {} as VaultDesk, kept })
  const forgotten: Promise<unknown>[] = []
  const listKeys = store.keys.bind(store)
  store.keys = async (table, prefix) => {
    if (forgotten.length === 0) {
      forgotten.push(account.forget(former.id))
      await forgotten[0]
    }
    return listKeys(table, prefix)
  }
  expect((await backups.make('')).ok).toBe(true)
  expect(await forgotten[0]).toEqual(fail('in-use'))
  store.keys = listKeys
  expect(await account.forget(former.id)).toEqual(ok(undefined))
  await slot.close()
})

test('what came late is looked for in each log, also where one is to go meanwhile', async () => {
  const started = await accountWithFormerLog(nothing)
  const { account, clock, former } = started
  const asked = Promise.withResolvers<unknown>()
  const withLate = {
    ...account.logs.sections.get('vitals')!,
    quarantine: () => [{ reason: 'past-cut' }],
    lateFrames: async () => {
      asked.resolve(await account.forget(former.id))
      return []
    },
  } as unknown as SealedLog
  const [logs, isThrough] = [account.sectionLogs(), Promise.withResolvers<void>()]
  account.sectionLogs = () => [withLate, ...logs]
  const slot = new VaultSlot()
  const status = { noteLate: () => isThrough.resolve() } as unknown as StatusDesk
  const late = new LateDesk(slot, status, clock)
  await openInto(slot, started)
  await isThrough.promise
  expect(late.late.value).toEqual([])
  expect(await asked.promise).toEqual(fail('in-use'))
  account.sectionLogs = () => logs
  await slot.close()
})
