import { expect, onTestFinished, test } from 'vitest'
import { makeSession } from '#app/core/make-session.ts'
import type { ByteStore } from '#app/core/ports.ts'
import { fail } from '#schema/result.ts'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'
import { firstVault } from '#tests/support/test-device.ts'

const PASSPHRASE = 'seven calm otters under ice'

/** Until there is room, the disk can be read and nothing else. */
function fullStore(store: ByteStore): ByteStore & { isFull: boolean } {
  return {
    isFull: true,
    get: (table, key) => store.get(table, key),
    list: (table, prefix, options) => store.list(table, prefix, options),
    keys: (table, prefix) => store.keys(table, prefix),
    async commit(writes) {
      return this.isFull ? fail('quota') : store.commit(writes)
    },
    async claim() {
      return this.isFull ? fail('quota') : store.claim()
    },
    erase: () => store.erase(),
  }
}

test('a record on a disk that was full before it started can be opened and exported, and changed when there is room', async () => {
  const clock = makeTestClock()
  const relay = await startLoopRelay({ now: () => clock.now() })
  onTestFinished(() => relay.stop())
  const disk = makeMemoryDisk()
  const ports = { relay: relay.link(), clock, random: testRandom }
  const before = await makeSession({ ...ports, store: disk.open() })
  const person = { personName: 'Ana', birthDate: '1961', deviceName: 'phone', passphrase: PASSPHRASE }
  expect((await before.session.createRecord(person)).ok).toBe(true)
  const note = { kind: 'note', title: 'Before', text: 'it was full', writtenAt: '2023-05-01T10:00:00+02:00' } as const
  expect(await before.session.addEntry(note)).toMatchObject({ ok: true })
  before.dispose()

  const store = fullStore(disk.open())
  const host = await makeSession({ ...ports, store })
  const { session } = host
  onTestFinished(() => host.dispose())
  expect((await firstVault(session, state => state.kind !== 'starting')).kind).toBe('locked')
  expect((await session.unlock(PASSPHRASE)).ok).toBe(true)
  expect(await (await session.exportFhir()).text()).toContain('Before')
  expect(await session.addEntry(note)).toEqual(fail({ kind: 'not-stored', why: 'quota' }))
  store.isFull = false
  expect((await session.addEntry({ ...note, title: 'After' })).ok).toBe(true)
  expect(await (await session.exportFhir()).text()).toContain('After')
})
