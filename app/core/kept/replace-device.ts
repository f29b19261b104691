import { randomBytes } from '#crypto/sodium.ts'
import { DeviceId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { beginRotation } from '../devices/rotation.ts'
import type { Account } from '../home/account.ts'
import { deviceKeys } from '../home/account-row.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import type { Step } from '../sharing/clerk.ts'
import { enrol } from './enrol.ts'
import { dropGuardianDevice, putGuardianDevice } from './kept-changes.ts'
import { actingDevice, type GuardianDevice, type KeptDocument, type KnownKept, removalsIn } from './kept-document.ts'
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
  const isCovered = coversRemovals(deps.own)
  if (!isCovered(acting)) return enrolNext(deps, kept, account, isCovered)
  return removeFormer(deps, kept, account)
}

/** Whether a guardian device was made after every removal that one of the staying devices looks after. By no clock: they differ. */
function coversRemovals({ keyring, deviceId }: Account): (device: GuardianDevice) => boolean {
  const gone = new Set(keyring.devices.flatMap(one => (one.removedAt === undefined ? [] : one.deviceId)))
  const isMine = (by: DeviceId) => by === deviceId || gone.has(by)
  const through = removalsIn({ rotations: keyring.rotations.filter(one => isMine(one.by)) })
  return ({ after }) => through.every(id => after.includes(id))
}

async function enrolNext(
  { own, change, clock, room }: ReplaceDeps,
  kept: KnownKept,
  account: Account,
  isCovered: (device: GuardianDevice) => boolean,
): Step {
  let next = kept.devices.find(device => !device.isEnrolled && isCovered(device))
  if (next === undefined) {
    const seeds = { device: randomBytes(32), kem: randomBytes(32), holder: randomBytes(32) }
    const deviceId = DeviceId.of(deviceKeys(seeds).device.publicKey)
    // A clock that went back must not make it older than the one before.
    const madeAt = instant(Math.max(clock.now(), ...kept.devices.map(device => device.madeAt + 1)))
    const made = { deviceId, seeds, chain: [], madeAt, after: removalsIn(own.keyring), isEnrolled: false }
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
  const noted = await change(doc => putGuardianDevice(doc, kept.id, whole, account.row.homeKeys))
  return noted.ok ? ok(undefined) : notStored(noted.failure)
}

/** What acts no more goes, here and in the record. */
async function removeFormer({ own, change, clock, room }: ReplaceDeps, kept: KnownKept, account: Account): Step {
  if (kept.devices.every(device => device.deviceId === room.device.deviceId)) return ok(undefined)
  // This person's other devices must find the new one when theirs is refused.
  const settled = await own.settle()
  if (!settled.ok) return settled
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
