import { afterEach, beforeEach } from 'vitest'
import type { Session } from '#app/core/session.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import type { Limits } from '#sync-server/limits/limits.ts'
import type { PushWay } from '#sync-server/push/waker.ts'
import { type LoopRelay, startLoopRelay } from './loop-link.ts'
import { makeTestClock } from './test-clock.ts'
import { firstStatus, startDevice, type TestDevice, until } from './test-device.ts'

export const ANA = {
  personName: 'Ana',
  birthDate: '1961-02-03',
  passphrase: 'four quiet herons',
  deviceName: 'phone',
} as const

/** Every device of a story has the same address here, and asks as fast as the machine can. */
const MANY = { perSecond: 1000, burst: 10_000 }

/** For a file of stories: each has a relay of its own, and devices that end with it, as do those they are restarted as. */
export function household(limits: Partial<Limits> = {}, push?: PushWay) {
  const clock = makeTestClock()
  const devices: TestDevice[] = []
  let relay: LoopRelay
  beforeEach(async () => {
    // What one story did to the time is no other's.
    clock.offsetMs = 0
    const way = push === undefined ? {} : { push }
    relay = await startLoopRelay({ now: () => clock.now(), limits: { requests: MANY, ...limits }, ...way })
  })
  afterEach(async () => {
    for (const each of devices.splice(0)) each.host.dispose()
    await relay.stop()
  })

  function keep(started: TestDevice): TestDevice {
    devices.push(started)
    return { ...started, restart: async () => keep(await started.restart()) }
  }

  async function device(options: Parameters<typeof startDevice>[1] & { readonly relay?: LoopRelay } = {}) {
    return keep(await startDevice(options.relay ?? relay, options))
  }

  /** Ana's phone with one entry, backed up, and her words. */
  async function phoneWithRecord() {
    const phone = await device()
    const created = await phone.session.createRecord(ANA)
    if (!created.ok) throw new Error(created.failure.kind)
    await phone.session.addEntry(condition('Cough'))
    await backedUp(phone.session)
    return { phone, words: created.value.words.join(' ') }
  }

  return { clock, relay: () => relay, device, phoneWithRecord }
}

/** Each access takes a while, as on a disk. */
export function slowDown({ store }: TestDevice): void {
  for (const name of ['get', 'list', 'keys', 'commit'] as const) {
    const fast = store[name].bind(store) as (...args: readonly unknown[]) => Promise<unknown>
    const slow = async (...args: readonly unknown[]) => {
      await new Promise(resolve => setTimeout(resolve, 5))
      return fast(...args)
    }
    Object.assign(store, { [name]: slow })
  }
}

export const condition = (name: string): EntryFields => ({ kind: 'condition', name, clinicalStatus: 'active' })

export async function titles(session: Session): Promise<string[]> {
  const rows = await session.timelineRows({}, 0, 1000)
  return rows.map(row => row.title).toSorted()
}

export const shows = (session: Session, expected: readonly string[]) =>
  until(async () => (await titles(session)).join() === expected.join())

export const backedUp = (session: Session) => firstStatus(session, status => status.kind === 'backed-up')
