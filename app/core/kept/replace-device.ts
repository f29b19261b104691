import { randomBytes } from '#crypto/sodium.ts'
import { DeviceId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { beginRotation } from '../devices/rotation.ts'
import type { Account } from '../home/account.ts'
import { deviceKeys } from '../home/account-row.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import type { Step } from '../sharing/post-office.ts'
import { enrol } from './guardian-desk.ts'
import {
  actingDevice,
  dropGuardianDevice,
  type KeptDocument,
  type KnownKept,
  putGuardianDevice,
} from './kept-document.ts'
import type { KeptRoom } from './kept-room.ts'

export interface ReplaceDeps {
  readonly own: Account
  readonly room: KeptRoom
  readonly clock: Clock
  readonly change: (edit: (doc: KeptDocument) => void) => Promise<Result<void, StoreFailure>>
}

/**
 * A device of this person's was removed since their guardian device was made, and may know its keys: another one takes its place, once
 * what is written now can't be read by the removed one. Every step asks first what is true already; the room opens anew between the
 * second and the third.
 */
export async function replaceDevice(deps: ReplaceDeps, kept: KnownKept): Step {
  const acting = actingDevice(kept)
  const account = deps.room.slot.open?.account
  if (acting === undefined || account === undefined || account.isShutOut) return ok(undefined)
  const removedAt = lastRemoval(deps.own)
  if (removedAt > acting.madeAt) return enrolNext(deps, kept, account, removedAt)
  return removeFormer(deps, kept, account)
}

/** When a device of ours was last removed with the home log under a new key; one of the staying devices looks after it. */
function lastRemoval({ keyring, deviceId }: Account): number {
  const gone = new Set(keyring.devices.flatMap(one => (one.removedAt === undefined ? [] : one.deviceId)))
  const isMine = (by: DeviceId) => by === deviceId || gone.has(by)
  const through = keyring.rotations.filter(one => one.removes.length > 0 && one.plan.length > 0 && isMine(one.by))
  return Math.max(Number.NEGATIVE_INFINITY, ...through.map(one => one.startedAt))
}

async function enrolNext(
  { own, change, clock, room }: ReplaceDeps,
  kept: KnownKept,
  account: Account,
  since: number,
): Step {
  let next = kept.devices.find(device => !device.isEnrolled && device.madeAt > since)
  if (next === undefined) {
    const seeds = { device: randomBytes(32), kem: randomBytes(32), holder: randomBytes(32) }
    const deviceId = DeviceId.of(deviceKeys(seeds).device.publicKey)
    // A clock that went back must not make it older than the removal.
    const madeAt = instant(Math.max(clock.now(), since + 1))
    const made = { deviceId, seeds, chain: [], madeAt, isEnrolled: false }
    const noted = await change(doc => putGuardianDevice(doc, kept.id, made))
    if (!noted.ok) return notStored(noted.failure)
    next = made
  }
  // Kept by the relay before the record knows it: who loses this device must not lose the record.
  const settled = await own.settle()
  if (!settled.ok) return settled
  await room.session.flush()
  const enrolled = await enrol(account, clock, ownName(account), next.seeds)
  if (!enrolled.ok) return enrolled
  const whole = { ...next, chain: enrolled.value.chain, isEnrolled: true }
  const noted = await change(doc => putGuardianDevice(doc, kept.id, whole))
  return noted.ok ? ok(undefined) : notStored(noted.failure)
}

/** What acts no more goes, here and in the record. */
async function removeFormer({ change, clock, room }: ReplaceDeps, kept: KnownKept, account: Account): Step {
  for (const { deviceId } of kept.devices) {
    if (deviceId === room.device.deviceId || room.device.deviceId !== account.deviceId) continue
    const known = account.keyring.devices.find(one => one.deviceId === deviceId)
    if (known !== undefined && known.removedAt === undefined) {
      const begun = await beginRotation(account.logs.home, clock, account.deviceId, [deviceId])
      if (!begun.ok) return notStored(begun.failure)
    }
    const dropped = await change(doc => dropGuardianDevice(doc, kept.id, deviceId))
    if (!dropped.ok) return notStored(dropped.failure)
  }
  return ok(undefined)
}

function ownName({ keyring, deviceId }: Account): string {
  return keyring.devices.find(one => one.deviceId === deviceId)?.name ?? ''
}

function notStored(why: StoreFailure): Awaited<Step> {
  return fail({ kind: 'not-stored', why })
}
