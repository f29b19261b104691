import type { LogId } from '#schema/ids.ts'
import { currentLogs, type Keyring } from '../home/keyring.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { headsText } from '../record/carry-over.ts'
import { MEMBERS_LABEL } from './member-names.ts'
import { REBASED_LABEL, rebasedIn } from './rebased-document.ts'

/** The log that takes over from each former one. */
export function successorsOf(keyring: Keyring): ReadonlyMap<LogId, LogId> {
  const current = currentLogs(keyring)
  const successors = new Map<LogId, LogId>()
  for (const { logId, section } of [...keyring.logs, ...keyring.closedLogs]) {
    const goesOn = section === 'home' ? undefined : current.get(section)?.logId
    const next = keyring.logs
      .filter(log => log.rebasedFrom === logId)
      .toSorted((a, b) => (a.logId < b.logId ? -1 : 1))[0]
    const successor = next?.logId ?? goesOn
    if (successor !== undefined && successor !== logId) successors.set(logId, successor)
  }
  return successors
}

/** Every log that goes on from a former one: the one that takes over, and those of which it is not the one. */
export function allSuccessorsOf(keyring: Keyring, logId: LogId): LogId[] {
  const begun = keyring.logs.filter(log => log.rebasedFrom === logId).map(log => log.logId)
  const successor = successorsOf(keyring).get(logId)
  return [...new Set([...(successor === undefined ? [] : [successor]), ...begun])]
}

/** Its own names are its owner's to write. */
export const staysBehind = (label: string) => label === REBASED_LABEL || label === MEMBERS_LABEL

/** Whether all that is here of `former` went into its successor. */
export async function isCarried(former: SealedLog, successor: SealedLog): Promise<boolean> {
  const rebased = await rebasedIn(successor)
  return former
    .shards()
    .every(
      shard => staysBehind(shard.label) || rebased?.heads.get(`${former.id}/${shard.label}`) === headsText(shard.heads),
    )
}
