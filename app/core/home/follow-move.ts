import type { Account } from './account.ts'
import { formerRelay, putFollowed, RELAY_SHARD, type RelayDocument } from './relay-document.ts'

/** Says that this device is where the record moved to. Refused by the disk: it is said with the next start. */
export async function followMove({ relay, deviceId, logs, row, isShutOut }: Account): Promise<void> {
  const isTold = relay.followed.has(deviceId) || formerRelay(relay) === undefined
  if (isTold || isShutOut || row.isSample) return
  await logs.home.log.change<RelayDocument>(RELAY_SHARD, doc => putFollowed(doc, deviceId))
  await logs.home.log.flush()
}
