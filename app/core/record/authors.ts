import { type DeviceId, PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { EntryAuthor } from '#schema/record/entry.ts'
import { isOwner } from '../log/log-core.ts'
import { actorPrefix } from '../log/open-frame.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { actorAt, type DocMap, lastSet, mapsAt, textIn, timeIn } from './flat-fields.ts'
import type { StoredEntry } from './stored-entry.ts'

/**
 * Where a shard keeps who added an entry that somebody else put there for them: by bucket, or `bucket.key` where one differs. Principal,
 * and where it was accepted from them a space and the milliseconds.
 */
export const AUTHOR_PREFIX = 'y:'
/** Likewise by `bucket.key`, who changed it last, and when: principal, a space, milliseconds. */
export const CHANGER_PREFIX = 'z:'

/** Whose key vouches for a writer. */
export interface Writer {
  readonly principal: PrincipalId
  /** Known for the person's own devices. */
  readonly device?: DeviceId
  /** Of who added an entry: when the person whose record it is accepted it from them (decision 52). */
  readonly acceptedAt?: Instant
  /** They wanted to be asked nothing by that person. */
  readonly isUnasked?: true
}

/** What is needed to tell by whom the content of one log was written. */
export interface LogAuthors {
  /** Somebody else than the person whose log it is has written. */
  readonly hasOthers: boolean
  /** Undefined for whoever cannot be told any more. */
  writerOf(actor: string): Writer | undefined
  isOwner(principal: PrincipalId): boolean
}

/** How writers are called. */
export interface AuthorNames {
  authorOf(writer: Writer): EntryAuthor
  /**
   * Devices of the record that belong to those who look after it, where those are several or others than the person whose record it is:
   * rows name who typed with one.
   */
  actingDevices(): ReadonlySet<DeviceId>
  /** Calls when somebody is called otherwise. */
  subscribe(listener: () => void): () => void
}

/** As the log stands now: an actor begins with its writer's hash, and a certificate says who vouches for the writer. */
export function authorsIn(log: Pick<SealedLog, 'genesis' | 'feeds'>): LogAuthors {
  const owns = isOwner(log.genesis)
  const feeds = log.feeds()
  const byPrefix = new Map<string, Writer>()
  const owners = new Map<PrincipalId, boolean>()
  const isOwn = (principal: PrincipalId) => {
    const known = owners.get(principal) ?? owns({ root: principal, distance: 0 })
    owners.set(principal, known)
    return known
  }
  for (const { writer, principal, device } of feeds) {
    if (principal === undefined) continue
    byPrefix.set(actorPrefix(writer), { principal, ...(device === undefined ? {} : { device }) })
  }
  return {
    hasOthers: [...byPrefix.values()].some(({ principal }) => !isOwn(principal)),
    writerOf: actor => byPrefix.get(actor.slice(0, 16)),
    isOwner: isOwn,
  }
}

/**
 * Who added an entry: whoever put it into the document, or whom the owner names who put it there for them. What anybody else notes of
 * that is not believed.
 */
export function addedBy(doc: DocMap, entry: StoredEntry, authors: LogAuthors): Writer | undefined {
  const { bucket, key } = entry
  const map = mapsAt(doc, bucket).find(each => Object.hasOwn(each, key))
  const actor = map && actorAt(doc, map, key)
  const writer = actor === undefined ? undefined : authors.writerOf(actor)
  if (writer === undefined || !authors.isOwner(writer.principal)) return writer
  const kept = keptName(doc, entry)
  return kept === undefined ? writer : keptBy(doc, kept, authors)
}

/** As `addedBy`, and nobody where it was the person whose record it is: not looked into where nobody else ever wrote. */
export function addedByOther(doc: DocMap, entry: StoredEntry, authors: LogAuthors): PrincipalId | undefined {
  if (!authors.hasOthers && keptName(doc, entry) === undefined) return undefined
  const principal = addedBy(doc, entry, authors)?.principal
  return principal === undefined || authors.isOwner(principal) ? undefined : principal
}

/**
 * Whom an entry's row names: nobody where it was the person whose record it is, or where nobody can be told. Not looked into where
 * nobody else ever wrote.
 */
export function rowWriter(
  doc: DocMap,
  entry: StoredEntry,
  authors: LogAuthors,
  acting: ReadonlySet<DeviceId>,
): Writer | undefined {
  if (!authors.hasOthers && acting.size === 0 && keptName(doc, entry) === undefined) return undefined
  const writer = addedBy(doc, entry, authors)
  if (writer === undefined) return undefined
  const { principal, device } = writer
  if (!authors.isOwner(principal)) return { principal }
  return device !== undefined && acting.has(device) ? writer : undefined
}

function keptName(doc: DocMap, { bucket, key }: StoredEntry): string | undefined {
  return [`${AUTHOR_PREFIX}${bucket}.${key}`, `${AUTHOR_PREFIX}${bucket}`].find(name => Object.hasOwn(doc, name))
}

/** Who set a field last, where one was set since the entry was added. */
export function changedBy(doc: DocMap, entry: StoredEntry, authors: LogAuthors): Writer | undefined {
  const last = lastSet(doc, entry.spot)
  const writer = last && authors.writerOf(last.actor)
  if (last === undefined || writer === undefined || !authors.isOwner(writer.principal)) return writer
  const name = changerName(entry)
  if (!Object.hasOwn(doc, name)) return writer
  // Changed again since by the owner.
  if (readTime(textIn(doc[name]) ?? '') !== last.at) return writer
  return keptBy(doc, name, authors)
}

const UNASKED = 'unasked'

export function authorText({ principal, acceptedAt, isUnasked }: Writer): string {
  if (acceptedAt === undefined) return principal
  return [principal, acceptedAt, ...(isUnasked ? [UNASKED] : [])].join(' ')
}

export const changerName = ({ bucket, key }: Pick<StoredEntry, 'bucket' | 'key'>) => `${CHANGER_PREFIX}${bucket}.${key}`

export function changerText(principal: PrincipalId, at: Instant): string {
  return `${principal} ${at}`
}

function readTime(text: string): Instant | undefined {
  return timeIn(Number(text.split(' ')[1]))
}

/** Nobody who can be told, where somebody else than the owner noted it. */
function keptBy(doc: DocMap, name: string, authors: LogAuthors): Writer | undefined {
  const actor = actorAt(doc, doc, name)
  const noted = actor === undefined ? undefined : authors.writerOf(actor)
  if (noted === undefined || !authors.isOwner(noted.principal)) return undefined
  const text = textIn(doc[name]) ?? ''
  const [principal, at] = [PrincipalId.parse(text.split(' ')[0] ?? ''), readTime(text)]
  if (principal === undefined) return undefined
  if (!name.startsWith(AUTHOR_PREFIX) || at === undefined) return { principal }
  return { principal, acceptedAt: at, ...(text.split(' ')[2] === UNASKED && { isUnasked: true }) }
}
