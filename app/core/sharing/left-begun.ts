import type { Account } from '../home/account.ts'
import type { Keyring, LogKeys } from '../home/keyring.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { rebasedIn } from './rebased-document.ts'

/**
 * Whether nobody is left who could bring the rest of a log that a section was begun anew in: the device that began it was removed. Where
 * it was not noted which one that is, only who is alone knows that.
 */
export function isLeftBehind({ devices }: Pick<Keyring, 'devices'>, { rebasedFrom, begunBy }: LogKeys): boolean {
  if (rebasedFrom === undefined) return false
  const staying = devices.filter(device => device.removedAt === undefined).map(device => device.deviceId)
  return begunBy === undefined ? staying.length === 1 : !staying.includes(begunBy)
}

/**
 * Where the section of this log has to be begun anew once more from the log before: a removed device had not sent all that this one was
 * to begin with. Undefined while any of it may come, and where what came before is not here. Ask when level with the relay.
 */
export async function leftBegun(
  { keyring, logs }: Pick<Account, 'keyring' | 'logs'>,
  log: SealedLog,
): Promise<SealedLog | undefined> {
  const keys = keyring.logs.find(one => one.logId === log.id)
  // Until then who is removed may still send some of it.
  const isRemoving = keyring.rotations.some(rotation => !rotation.isDone)
  if (keys?.rebasedFrom === undefined || isRemoving || !isLeftBehind(keyring, keys)) return undefined
  const from = logs.former.get(keys.rebasedFrom)
  // What is here and cannot be read yet may be all of it.
  if (from === undefined || !log.isComplete()) return undefined
  return (await rebasedIn(log)) === undefined ? from : undefined
}
