import type { CapabilityId, LogId } from '#schema/ids.ts'
import { GIVEN_SHARD, type GivenDocument, readGiven } from '../sharing/given-document.ts'
import type { HomeLog } from './home-log.ts'
import { endedCapabilities, keptCapabilities } from './own-capability.ts'

export interface KnownCapabilities {
  /** Of our devices, and those that shares name. */
  readonly staying: readonly CapabilityId[]
  /** Of removed devices. */
  readonly ended: ReadonlySet<string>
}

/** What the home log says, as far as it is here, of who may be served a log. */
export async function knownCapabilities(home: HomeLog, logId: LogId): Promise<KnownCapabilities> {
  const keyring = await home.keyring()
  if (keyring === undefined) throw new Error('Cannot tell who may be served: the keyring is not there')
  const shares = readGiven(await home.log.read<GivenDocument>(GIVEN_SHARD)).filter(share => share.endedBy === undefined)
  const shared = shares.flatMap(share => share.capabilities.flatMap(made => (made.logId === logId ? made.id : [])))
  const { devices } = keyring
  return { staying: [...keptCapabilities(devices, logId), ...shared], ended: endedCapabilities(devices, logId) }
}
