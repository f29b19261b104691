import { LogId } from '#schema/ids.ts'
import type { LogName, SharedName } from '#schema/record/sections.ts'
import type { Account } from '../home/account.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { allSuccessorsOf, isCarried, successorsOf } from './successors.ts'

/** What this device has of a log: `log writer:next …`. */
export function heldText(log: SealedLog): string {
  const feeds = log.feeds().map(({ writer, next }) => `${writer}:${next}`)
  return [log.id, ...feeds].join(' ')
}

/**
 * What it has of a section: of the log in which that goes on, and after it of each former one that is not all in there yet; and likewise
 * of the private log, which alone says what of the section is private.
 */
export async function heldIn(account: Held, log: SealedLog, section: SharedName): Promise<string> {
  const texts = [await heldOf(account, log, section), await heldPrivate(account)]
  return texts.filter(text => text !== '').join(' ')
}

/** Of that only what it has of the private log. */
export async function heldPrivate(account: Held): Promise<string> {
  const log = account.logs.sections.get('private')
  return log === undefined ? '' : heldOf(account, log, 'private')
}

async function heldOf(account: Held, log: SealedLog, section: LogName): Promise<string> {
  const texts = [heldText(log)]
  const ofSection = logsOf(account, section)
  for (const former of account.logs.former.values()) {
    if (ofSection.has(former.id) && !(await isInEach(account, former))) texts.push(heldText(former))
  }
  return texts.join(' ')
}

function logsOf({ keyring }: Held, section: LogName): ReadonlySet<LogId> {
  return new Set([...keyring.logs, ...keyring.closedLogs].flatMap(log => (log.section === section ? log.logId : [])))
}

type Held = Pick<Account, 'keyring' | 'logs' | 'sectionLogs'>

/**
 * Whether all that `text` says is in `log`, in which the section goes on now: what it tells of one before is here and was carried over.
 * Nothing is asked of a log that went since, which it does only once it was. What it says of the private log is to be in that.
 */
export async function holdsText(account: Held, log: SealedLog, text: string): Promise<boolean> {
  const ofPrivate = logsOf(account, 'private')
  const ofSection = logsIn(text).filter(({ logId }) => !ofPrivate.has(logId))
  return (await holdsPrivateText(account, text)) && holdsAll(account, log, ofSection)
}

/** Of that only whether all is here that `text` says of the private log. */
export async function holdsPrivateText(account: Held, text: string): Promise<boolean> {
  const ofPrivate = logsOf(account, 'private')
  const privateLog = account.logs.sections.get('private')
  const asked = logsIn(text).filter(({ logId }) => ofPrivate.has(logId))
  return privateLog === undefined || holdsAll(account, privateLog, asked)
}

async function holdsAll(account: Held, log: SealedLog, all: readonly HeldLog[]): Promise<boolean> {
  for (const held of all) {
    if (held.logId === log.id) {
      if (!hasFeeds(log, held.feeds)) return false
      continue
    }
    const former = account.logs.former.get(held.logId)
    if (former && !(hasFeeds(former, held.feeds) && (await isIn(account, former, log)))) return false
  }
  return true
}

interface HeldLog {
  readonly logId: LogId
  readonly feeds: readonly string[]
}

/** One after another; what is no log's name is a feed of the log before it. */
function logsIn(text: string): HeldLog[] {
  const words = text.split(' ')
  const starts = words.flatMap((word, index) => (LogId.parse(word) === undefined ? [] : index))
  return starts.map((start, at) => ({ logId: words[start] as LogId, feeds: words.slice(start + 1, starts[at + 1]) }))
}

function hasFeeds(log: SealedLog, feeds: readonly string[]): boolean {
  const next = new Map<string, number>(log.feeds().map(feed => [feed.writer, feed.next]))
  return feeds.every(feed => {
    const [writer = '', count = ''] = feed.split(':')
    return (next.get(writer) ?? 0) >= Number(count)
  })
}

async function isInEach(account: Held, former: SealedLog): Promise<boolean> {
  const successors = new Set(allSuccessorsOf(account.keyring, former.id))
  for (const log of account.sectionLogs()) {
    if (successors.has(log.id) && !(await isCarried(former, log))) return false
  }
  return true
}

/** From one to the next, until `log`; and in whatever else was begun from it. */
async function isIn(account: Held, former: SealedLog, log: SealedLog): Promise<boolean> {
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
