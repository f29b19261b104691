import type { DeviceId, KeyId } from '#schema/ids.ts'
import type { Account } from '../home/account.ts'
import { currentLogs, type Keyring, type LogKeys } from '../home/keyring.ts'

/** That a removal has to be made again, and by whom first. */
export interface Exposed {
  readonly removed: readonly DeviceId[]
  /** Who noted such a key, or else whose id is the lowest: two that do it at once make two of it. */
  readonly firstIn: DeviceId | undefined
}

/**
 * Removed devices that can have a key which is written with all the same. A device that had not heard of the removal noted it in the
 * keyring, under a key that they have: it began a section anew, removed another device at the same time, let somebody in. Where every
 * removal is through; ask again when level with the relay, since what mends it may be on its way.
 */
export function exposedTo({ keyring, logs }: Pick<Account, 'keyring' | 'logs'>): Exposed {
  if (keyring.rotations.some(rotation => !rotation.isDone)) return { removed: [], firstIn: undefined }
  const written = [...currentLogs(keyring)].flatMap(([section, keys]) => {
    const current = logs.sections.get(section)
    return writtenUnder(keys, current?.id === keys.logId ? current.currentKeyId() : undefined)
  })
  const home = logs.home.log.currentKeyId()
  const gone = new Set(keyring.rotations.flatMap(rotation => rotation.removes))
  const exposed = [...gone].flatMap(device => {
    const past = new Set(logs.home.log.keysPastRemoval(device))
    const own = written.filter(({ notedUnder }) => !past.has(notedUnder))
    const isAtHome = home !== undefined && !past.has(home)
    return isAtHome || own.length > 0 ? [{ device, begunBy: own.flatMap(one => one.begunBy ?? []) }] : []
  })
  return { removed: exposed.map(one => one.device), firstIn: firstOf(keyring, exposed[0]?.begunBy ?? []) }
}

interface Written {
  readonly notedUnder: KeyId
  readonly begunBy: DeviceId | undefined
}

/** Of a log whose EPOCH is still on its way every key counts, as long as none is better. */
function writtenUnder({ epochs, begunBy }: LogKeys, current: KeyId | undefined): Written[] {
  const [only] = epochs
  const key = current === undefined && epochs.length === 1 ? only : epochs.find(({ keyId }) => keyId === current)
  return key?.notedUnder === undefined ? [] : [{ notedUnder: key.notedUnder, begunBy }]
}

function firstOf({ devices }: Keyring, begunBy: readonly DeviceId[]): DeviceId | undefined {
  const staying = devices.flatMap(({ deviceId, removedAt }) => (removedAt === undefined ? deviceId : [])).toSorted()
  return begunBy.find(device => staying.includes(device)) ?? staying[0]
}
