import { afterEach, beforeAll, expect, test } from 'vitest'
import { Account } from '#app/core/home/account.ts'
import { createAccount } from '#app/core/home/create-account.ts'
import { Upkeep } from '#app/core/home/upkeep.ts'
import { makeVaultKey, vaultKeys } from '#app/core/vault/vault-key.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { makeMemoryStore } from '#tests/support/memory-store.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'
import { until } from '#tests/support/test-device.ts'
import { makeVirtualClock, VirtualTime } from '#tests/support/virtual-clock.ts'

beforeAll(readyCrypto)

const PERSON = { name: 'Ana', birthDate: '1961', deviceName: 'phone', isSample: false }
const [FIRST_MS, ROUND_MS] = [60_000, 15 * 60_000]

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** An account at work with a real relay, whose upkeep lives in virtual time. */
async function accountWithUpkeep() {
  const clock = makeTestClock()
  const relay = await startLoopRelay({ now: () => clock.now() })
  const [store, link, keys] = [makeMemoryStore(), relay.link(), vaultKeys(makeVaultKey())]
  const prunes: number[] = []
  const recording: typeof link = {
    ...link,
    async request(request) {
      const answer = await link.request(request)
      if (request.path.endsWith('/prune') && answer.ok) prunes.push(answer.value.status)
      return answer
    },
  }
  const created = await createAccount(
    { store, clock, random: testRandom, localKey: keys.local },
    randomBytes(32),
    PERSON,
  )
  await store.commit(created.firstWrites.flatMap(write => write.writes))
  for (const write of created.firstWrites) write.committed()
  await created.home.log.flush()
  const ports = { store, clock, random: testRandom, relay: recording }
  const account = await Account.start(ports, keys, created.row, created)
  const time = new VirtualTime()
  const start = () => new Upkeep(account, store, makeVirtualClock(time, 0), keys.account)
  ends.push(async () => {
    await account.close()
    await relay.stop()
  })
  const log = account.logs.sections.get('vitals')
  if (log === undefined) throw new Error('No section')
  const kinds = async () => {
    await account.settle()
    const frames = await account.client.allFrames(log.id)
    if (!frames.ok) throw new Error(frames.failure.kind)
    return frames.value.map(bytes => {
      const frame = decodeFrame(bytes)
      return frame.ok ? frame.value.header.kind : 'damaged'
    })
  }
  const snapshots = async () => (await kinds()).filter(kind => kind === 'snapshot').length
  const writeFrames = async (count: number) => {
    for (let written = 0; written < count; written++) {
      await log.change<Record<string, number>>('notes', doc => {
        doc[`note ${written}`] = written
      })
      await log.flush()
    }
  }
  return { time, start, prunes, snapshots, writeFrames }
}

/** Time for a whole round; a round works in real time. */
const settle = () => new Promise(resolve => setTimeout(resolve, 300))

test('a snapshot and then its prune come once 500 frames were written, and not again before 500 more', async () => {
  const { time, start, prunes, snapshots, writeFrames } = await accountWithUpkeep()
  let upkeep = start()
  await writeFrames(20)
  await time.run(FIRST_MS)
  await settle()
  expect(await snapshots()).toBe(0)

  await writeFrames(500)
  await time.run(ROUND_MS - 1)
  await settle()
  expect([await snapshots(), prunes]).toEqual([0, []])
  await time.run(1)
  await until(() => prunes.length > 0, 30_000)
  expect(prunes.every(status => status >= 200 && status < 300)).toBe(true)
  expect(await snapshots()).toBe(1)
  await settle()

  // The next unlock knows of it.
  upkeep.stop()
  upkeep = start()
  await writeFrames(20)
  await time.run(FIRST_MS)
  await settle()
  expect([await snapshots(), prunes.length]).toEqual([1, 1])

  upkeep.stop()
  await writeFrames(500)
  await time.run(2 * ROUND_MS)
  await settle()
  expect([await snapshots(), prunes.length]).toEqual([1, 1])
})
