import { Account } from '#app/core/home/account.ts'
import { createAccount } from '#app/core/home/create-account.ts'
import { recordOf } from '#app/core/room.ts'
import type { VaultSlot } from '#app/core/vault/open-vault.ts'
import { makeVaultKey, vaultKeys } from '#app/core/vault/vault-key.ts'
import { randomBytes } from '#crypto/sodium.ts'
import type { Limits } from '#sync-server/limits/limits.ts'
import { startLoopRelay } from './loop-link.ts'
import { makeMemoryStore } from './memory-store.ts'
import { makeTestClock, testRandom } from './test-clock.ts'

/** An account of Ana's on one device, level with a relay of its own; without a session around it. */
export async function startAccount(limits: Partial<Limits> = {}) {
  const [clock, store, keys] = [makeTestClock(), { ...makeMemoryStore() }, vaultKeys(makeVaultKey())]
  const relay = await startLoopRelay({ now: () => clock.now(), limits })
  const deps = { store, clock, random: testRandom, localKey: keys.local }
  const about = { name: 'Ana', birthDate: '1961', deviceName: 'phone', isSample: false }
  const created = await createAccount(deps, randomBytes(32), about)
  await store.commit(created.firstWrites.flatMap(write => write.writes))
  for (const write of created.firstWrites) write.committed()
  await created.home.log.flush()
  const account = await Account.start({ ...deps, relay: relay.link() }, keys, created.row, created)
  await account.settle()
  async function end() {
    await account.close()
    await relay.stop()
  }
  return { account, clock, store, keys, relay, deps, end }
}

/** The account's record, in a slot as after an unlock. */
export async function openInto(
  slot: VaultSlot,
  { account, keys, deps, relay }: Pick<Awaited<ReturnType<typeof startAccount>>, 'account' | 'keys' | 'deps' | 'relay'>,
) {
  const ports = { ...deps, relay: relay.link() }
  const person = await account.logs.home.person()
  const record = await recordOf(ports, account, keys, () => person)
  slot.put({ vaultKey: makeVaultKey(), keys, account, record, hadKit: false, about: { person } })
  return { ports, record }
}
