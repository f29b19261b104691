import { beforeAll, expect, test } from 'vitest'
import { identityOf } from '#app/core/home/account-row.ts'
import { makeDevice, makeEpochKey, seedOf } from '#app/core/home/create-account.ts'
import { putDevice, putLog } from '#app/core/home/keyring-document.ts'
import { createSealedLog, makeGenesis } from '#app/core/log/create-log.ts'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { GivenShares } from '#app/core/sharing/given-shares.ts'
import { PostOffice } from '#app/core/sharing/post-office.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { idBytes } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

type Entries = Record<string, unknown>
const LABEL = 'imports'

/** A tablet began the problems anew. Of the new log only its name came here, or its first EPOCH too. */
async function sectionLeftBegun({ has, isRemoved }: { has: 'name' | 'epoch'; isRemoved: boolean }) {
  const { account, clock, store, keys, deps, end } = await startAccount()
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(store, prepared)
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const given = new GivenShares(office, keys.local, () => 'Ana', { ...deps, account, record: () => undefined, commit })
  const before = account.logs.sections.get('problems')!
  await before.change<Entries>(LABEL, doc => void (doc.one = 'Asthma'))
  await before.flush()
  const [owner, epoch, tablet] = [
    makeSigningKey(),
    makeEpochKey(),
    makeDevice('tablet', makeSigningKey(), { clock }).known,
  ]
  const { bytes: genesis, logId } = makeGenesis('section', owner, randomBytes(16), idBytes(account.keyring.principal))
  if (has === 'epoch') {
    const { log, write } = await createSealedLog({ ...deps, identity: identityOf(account.row) }, genesis, epoch, [])
    await commit([write])
    log.dispose()
  }
  const noted = await account.logs.home.changeKeyring(doc => {
    putDevice(doc, isRemoved ? { ...tablet, removedAt: clock.now() } : tablet)
    const about = {
      section: 'problems',
      rebasedFrom: before.id,
      begunAt: clock.now(),
      begunBy: tablet.deviceId,
    } as const
    const keys = { epochSecret: epoch.secret, epochKeyId: epoch.keyId }
    putLog(doc, {
      ...about,
      ...keys,
      logId,
      genesis,
      owner: { number: 0, seed: seedOf(owner), publicKey: owner.publicKey },
    })
  })
  expect(noted).toEqual(ok(undefined))
  await account.refreshed()
  await account.settle()
  const current = () => account.logs.sections.get('problems')!
  expect(current().id).toBe(logId)
  return { account, given, before, logId, current, end }
}

test.each(['name', 'epoch'] as const)(
  'round() goes on from the log before where only the %s came of one that a removed device began anew',
  async has => {
    const { account, given, before, logId, current, end } = await sectionLeftBegun({ has, isRemoved: true })
    expect(await given.round()).toEqual(ok(undefined))
    expect([before.id, logId]).not.toContain(current().id)
    expect(await current().read<Entries>(LABEL)).toEqual({ one: 'Asthma' })
    const { closedLogs, logs } = account.keyring
    expect(closedLogs.map(log => log.logId)).toEqual([logId])
    expect(logs.find(log => log.logId === current().id)).toMatchObject({
      rebasedFrom: before.id,
      begunBy: account.deviceId,
    })
    const again = current()
    expect(await given.round()).toEqual(ok(undefined))
    expect(current()).toBe(again)
    await end()
  },
)

test('round() waits for a log that a device which stays began anew: all of it may be on its way', async () => {
  const { given, logId, current, end } = await sectionLeftBegun({ has: 'name', isRemoved: false })
  expect(await given.round()).toEqual(ok(undefined))
  expect(current().id).toBe(logId)
  await end()
})
