import type { LogId } from '#schema/ids.ts'
import type { LogName } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { openSealedLog } from '../log/open-log.ts'
import type { LogDeps, SealedLog } from '../log/sealed-log.ts'
import type { ByteStore } from '../ports.ts'
import { type AccountRow, identityOf } from './account-row.ts'
import type { AccountDeps } from './create-account.ts'
import { isOnDisk } from './evict-log.ts'
import { HomeLog } from './home-log.ts'
import { currentLogs, type Keyring, type LogKeys } from './keyring.ts'

export interface OpenLogs {
  readonly home: HomeLog
  /** Where each section goes on. */
  readonly sections: Map<LogName, SealedLog>
  /** Those that were begun anew elsewhere: read for what comes late. */
  readonly former: Map<LogId, SealedLog>
}

/** Opens what this device has of the home log and, by its keyring, of every section. */
export async function openLogs(deps: AccountDeps, row: AccountRow): Promise<Result<OpenLogs, 'damaged'>> {
  const home = await openHome(deps, row)
  if (!home.ok) return home
  const keyring = await home.value.keyring()
  const sections = keyring && (await openSections(deps, row, keyring))
  if (sections?.ok) return ok({ home: home.value, ...sections.value })
  home.value.log.dispose()
  return fail('damaged')
}

export async function openHome(deps: AccountDeps, row: AccountRow): Promise<Result<HomeLog, 'damaged'>> {
  const home = await openSealedLog(logDeps(deps, row), row.homeGenesis, row.homeKeys)
  return home.ok ? ok(new HomeLog(home.value)) : home
}

/** Works for logs of which this device has no frame yet. */
export async function openSections(
  deps: AccountDeps,
  row: AccountRow,
  keyring: Keyring,
): Promise<Result<Omit<OpenLogs, 'home'>, 'damaged'>> {
  const opened = new Map<LogId, SealedLog>()
  // Once for all: keys from seeds cost more than a small log.
  const shared = logDeps(deps, row)
  for (const keys of [...keyring.logs, ...(await leftOnDisk(deps.store, keyring))]) {
    if (keys.section === 'home') continue
    const log = await openSealedLog(shared, keys.genesis, keys.epochs)
    if (log.ok) {
      opened.set(keys.logId, log.value)
      continue
    }
    for (const other of opened.values()) other.dispose()
    return log
  }
  return ok(sortLogs(keyring, opened))
}

/** Closed logs of which something lies here still, be it no more than a cache: it may be carried over yet, and then goes. */
async function leftOnDisk(store: ByteStore, { closedLogs }: Keyring): Promise<LogKeys[]> {
  const left: LogKeys[] = []
  for (const keys of closedLogs) if (await isOnDisk(store, keys.logId)) left.push(keys)
  return left
}

export function openSection(deps: AccountDeps, row: AccountRow, keys: LogKeys): Promise<Result<SealedLog, 'damaged'>> {
  return openSealedLog(logDeps(deps, row), keys.genesis, keys.epochs)
}

/** Which of the open logs go on, and which were begun anew. */
export function sortLogs(keyring: Keyring, opened: ReadonlyMap<LogId, SealedLog>): Omit<OpenLogs, 'home'> {
  const sections = new Map<LogName, SealedLog>()
  const former = new Map(opened)
  for (const [section, { logId }] of currentLogs(keyring)) {
    const log = opened.get(logId)
    if (log !== undefined) sections.set(section, log)
    former.delete(logId)
  }
  return { sections, former }
}

export function logById(logs: OpenLogs, id: LogId): SealedLog | undefined {
  if (logs.home.log.id === id) return logs.home.log
  return [...logs.sections.values(), ...logs.former.values()].find(log => log.id === id)
}

function logDeps(deps: AccountDeps, row: AccountRow): LogDeps {
  return { ...deps, identity: identityOf(row) }
}
