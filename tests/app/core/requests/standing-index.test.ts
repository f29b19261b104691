import { beforeAll, expect, test } from 'vitest'
import { StandingIndex } from '#app/core/requests/standing-index.ts'
import type { Standing } from '#app/core/requests/standing.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { parseRequestId } from '#schema/requests/request-id.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)

const LOG = LogId.parse('1'.repeat(32))!
const ID = parseRequestId(`refill.${'2'.repeat(32)}`)!
const STANDING: Standing = {
  title: 'Salbutamol',
  state: 'requested',
  isFinal: false,
  role: 'patient',
  lastAt: instant(1),
  claimed: [instant(1)],
}
const key = (byte = 7) => new Uint8Array(32).fill(byte)

async function savedOnce() {
  const [store, clock] = [makeMemoryDisk().open(), makeTestClock()]
  const index = new StandingIndex(store, clock, key())
  await index.put(LOG, ID, 'heads', STANDING)
  await expect.poll(() => store.keys('sealed', 'standing/'), { timeout: 5000 }).toHaveLength(1)
  index.stop()
  return { store, clock }
}

test('what was worked out is there after a restart, for the same heads alone', async () => {
  const { store, clock } = await savedOnce()
  const index = new StandingIndex(store, clock, key())
  expect(await index.get(LOG, ID, 'heads')).toEqual(STANDING)
  expect(await index.get(LOG, ID, 'others')).toBeUndefined()
})

test('what another key sealed, and what is damaged, is worked out anew', async () => {
  const { store, clock } = await savedOnce()
  expect(await new StandingIndex(store, clock, key(8)).get(LOG, ID, 'heads')).toBeUndefined()
  const [row] = await store.keys('sealed', 'standing/')
  await store.commit([{ table: 'sealed', key: row!, value: new Uint8Array([1, 2, 3]) }])
  expect(await new StandingIndex(store, clock, key()).get(LOG, ID, 'heads')).toBeUndefined()
})

test('nothing of it can be read on the disk', async () => {
  const { store } = await savedOnce()
  const [, value] = (await store.list('sealed', 'standing/'))[0]!
  expect(new TextDecoder('latin1').decode(value)).not.toContain('Salbutamol')
})
