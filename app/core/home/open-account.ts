import type { LogId } from '#schema/ids.ts'
import type { Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { openSealedLog } from '../log/open-log.ts'
import type { LogDeps, SealedLog } from '../log/sealed-log.ts'
import { type AccountRow, identityOf } from './account-row.ts'
import type { AccountDeps } from './create-account.ts'
import { HomeLog } from './home-log.ts'
import type { Keyring } from './keyring.ts'

export interface OpenLogs {
  readonly home: HomeLog
  readonly sections: ReadonlyMap<Section, SealedLog>
}

/** Opens what this device has of the home log and, by its keyring, of every section. */
export async function openLogs(deps: AccountDeps, row: AccountRow): Promise<Result<OpenLogs, 'damaged'>> {
  const home = await openHome(deps, row)
  if (!home.ok) return home
  const keyring = await home.value.keyring()
  const sections = keyring && (await openSections(deps, row, keyring))
  if (sections?.ok) return ok({ home: home.value, sections: sections.value })
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
): Promise<Result<ReadonlyMap<Section, SealedLog>, 'damaged'>> {
  const sections = new Map<Section, SealedLog>()
  for (const { section, genesis, epochs } of keyring.logs) {
    if (section === 'home') continue
    const opened = await openSealedLog(logDeps(deps, row), genesis, epochs)
    if (opened.ok) {
      sections.set(section, opened.value)
      continue
    }
    for (const log of sections.values()) log.dispose()
    return opened
  }
  return ok(sections)
}

export function logById(logs: OpenLogs, id: LogId): SealedLog | undefined {
  if (logs.home.log.id === id) return logs.home.log
  return [...logs.sections.values()].find(log => log.id === id)
}

function logDeps(deps: AccountDeps, row: AccountRow): LogDeps {
  return { ...deps, identity: identityOf(row) }
}
