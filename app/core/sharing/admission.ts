import type { SharedName } from '#schema/record/sections.ts'
import type { Account } from '../home/account.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { KnownShare } from './given-document.ts'
import { holdsPrivateText, holdsText } from './held-feeds.ts'
import { isMember, isMemberNow } from './log-readers.ts'
import { holdsPrivate, leftOutOf } from './private-places.ts'
import { type RebaseSectionDeps, sectionHasPast } from './rebase-section.ts'

/**
 * Only where everything is that the device which decided it had of what is private, or what it had made so would be given with the rest.
 * Without the past: and of the section, or what had been overwritten there would stand here as what is so now.
 */
export async function mayAdmit(
  account: Pick<Account, 'keyring' | 'logs' | 'sectionLogs'>,
  share: Pick<KnownShare, 'principals' | 'withHistory' | 'since'>,
  log: SealedLog,
  section: SharedName,
): Promise<boolean> {
  if (isMember(share, log)) return true
  const since = share.since.get(section) ?? ''
  return share.withHistory ? holdsPrivateText(account, since) : holdsText(account, log, since)
}

/** Who comes without the past gets a section that has none, and nobody a log in which something stood that is private now. */
export async function mustBeginAnew(
  deps: RebaseSectionDeps,
  share: KnownShare,
  log: SealedLog,
  section: SharedName,
): Promise<boolean> {
  if (await holdsPrivate(log, await leftOutOf(deps.account.logs.sections.get('private'), section))) return true
  return !isMember(share, log) && !share.withHistory && (await sectionHasPast(deps, log))
}

/** The log's EPOCH decides: what a share says that was begun in the middle of a round is not done yet. */
export async function isLetIn(
  deps: RebaseSectionDeps,
  share: KnownShare,
  log: SealedLog,
  section: SharedName,
): Promise<boolean> {
  return isMemberNow(share, log) && !(await mustBeginAnew(deps, share, log, section))
}
