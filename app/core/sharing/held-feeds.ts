import type { LogId } from '#schema/ids.ts'
import type { Account } from '../home/account.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { allSuccessorsOf, isCarried, successorsOf } from './former-logs.ts'

/** What this device has of a log: `log writer:next …`. */
export function heldText(log: SealedLog): string {
  const feeds = log.feeds().map(({ writer, next }) => `${writer}:${next}`)
  return [log.id, ...feeds].join(' ')
}

/**
 * Whether all that `text` says is in `log`, in which the section goes on now: if it tells of one before, that has it here and was carried
 * over. Nothing is asked of a log that went since, which it does only once it was.
 */
export async function holdsText(
  account: Pick<Account, 'keyring' | 'logs' | 'sectionLogs'>,
  log: SealedLog,
  text: string,
): Promise<boolean> {
  const [logId] = text.split(' ') as LogId[]
  if (logId === log.id) return hasFeeds(log, text)
  const former = logId && account.logs.former.get(logId)
  return !former || (hasFeeds(former, text) && isIn(account, former, log))
}

function hasFeeds(log: SealedLog, text: string): boolean {
  const next = new Map<string, number>(log.feeds().map(feed => [feed.writer, feed.next]))
  const [, ...feeds] = text.split(' ')
  return feeds.every(feed => {
    const [writer = '', count = ''] = feed.split(':')
    return (next.get(writer) ?? 0) >= Number(count)
  })
}

async function isInEach(account: Pick<Account, 'keyring' | 'sectionLogs'>, former: SealedLog): Promise<boolean> {
  const successors = new Set(allSuccessorsOf(account.keyring, former.id))
  for (const log of account.sectionLogs()) {
    if (successors.has(log.id) && !(await isCarried(former, log))) return false
  }
  return true
}

/** From one to the next, until `log`; and in whatever else was begun from it. */
async function isIn(
  account: Pick<Account, 'keyring' | 'sectionLogs'>,
  former: SealedLog,
  log: SealedLog,
): Promise<boolean> {
  const successors = successorsOf(account.keyring)
  const met = new Set<SealedLog>()
  for (let from = former; from !== log; ) {
    const next = account.sectionLogs().find(({ id }) => id === successors.get(from.id))
    if (next === undefined || met.has(next) || !(await isInEach(account, from))) return false
    met.add(next)
    from = next
  }
  return true
}
