import type { DeviceId, LogId, PrincipalId } from '#schema/ids.ts'
import { ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import { addedBy, authorsIn } from '../record/authors.ts'
import { type CarriedAuthors, carriedAuthors, putCarriedAuthors } from '../record/carry-authors.ts'
import { carryOver, copyOf, documentAt, headsText } from '../record/carry-over.ts'
import { withoutEntries } from '../record/entry-copy.ts'
import { holdsEntries } from '../record/entry-place.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { carriedLinks, holdsLinks } from '../record/same-links.ts'
import { nameOf } from '../record/private-shard.ts'
import { entriesIn, entryIn, originalOf, type StoredEntry } from '../record/stored-entry.ts'
import { MEMBERS_LABEL } from '../sharing/member-names.ts'
import { REBASED_LABEL } from '../sharing/rebased-document.ts'

type Names = ReadonlySet<string>
type LeftOut = ReadonlyMap<string, Names>
const NONE: Names = new Set()

/** Who wrote in the record: by its own idSign all of them, by a device one of them. */
export interface Guardians {
  readonly record: PrincipalId
  /** Their own idSign, by which whom the record is about knows them. */
  readonly personOf: ReadonlyMap<DeviceId, PrincipalId>
}

/** What of each shard of another record's logs was brought over: its heads, by `log/label`. */
export type Carried = Readonly<Record<string, string>>

/**
 * Brings what a section of another record says into one's own, by value: entry ids, originals and authors stay. What was brought before
 * (`carried`) is not brought again, so that what changed here since stands. Answers what to note; twice is as good as once. `leftOut`: names of entries by label that lie in the private log, and in none that others
 * may have.
 */
export async function bringSection(
  theirs: SealedLog,
  ours: SealedLog,
  carried: Carried,
  guardians: Guardians,
  leftOut: LeftOut,
): Promise<Result<Carried, StoreFailure>> {
  const done: Record<string, string> = {}
  for (const { label, heads } of theirs.shards()) {
    const place = placeOf(theirs.id, label)
    if (!isBrought(label) || carried[place] === headsText(heads)) continue
    const whole = await theirs.read<DocMap>(label)
    const names = leftOut.get(label) ?? NONE
    const doc = holdsLinks(label) ? carriedLinks(whole, authorsIn(theirs), leftOut) : withoutEntries(whole, names)
    const before = withoutEntries(documentAt(whole, carried[place] ?? '') ?? {}, names)
    const written = holdsEntries(label) ? authorsOf(label, before, whole, theirs, guardians, names) : undefined
    await ours.change<DocMap>(label, draft => {
      carryOver(before, doc, draft)
      if (written !== undefined) putCarriedAuthors(draft, written)
    })
    theirs.close(label)
    done[place] = headsText(heads)
  }
  const flushed = await ours.flush()
  return flushed.ok ? ok(done) : flushed
}

/** As `bringSection` at the very end: also what frames say that are past a cut, as their writers had not heard of it. */
export async function bringLate(
  theirs: SealedLog,
  ours: SealedLog,
  leftOut: LeftOut,
): Promise<Result<void, StoreFailure>> {
  if (theirs.quarantine().length === 0) return ok(undefined)
  for (const { label } of theirs.shards()) {
    if (!isBrought(label) || holdsLinks(label)) continue
    const names = leftOut.get(label) ?? NONE
    const before = withoutEntries(copyOf(await theirs.read<DocMap>(label)) as DocMap, names)
    const all = await theirs.readWithRefused<DocMap, DocMap>(label, doc => copyOf(doc) as DocMap)
    const now = withoutEntries(all, names)
    await ours.change<DocMap>(label, draft => carryOver(before, now, draft))
    theirs.close(label)
  }
  return ours.flush()
}

const placeOf = (id: LogId, label: string) => `${id}/${label}`

/** What is of the log itself stays behind. */
const isBrought = (label: string) => label !== REBASED_LABEL && label !== MEMBERS_LABEL

/** Whose each entry is; what guardians typed is theirs, and not of whom the record is about. */
function authorsOf(
  label: string,
  before: DocMap,
  now: DocMap,
  log: SealedLog,
  guardians: Guardians,
  leftOut: Names,
): CarriedAuthors {
  const authors = authorsIn(log)
  const written = carriedAuthors(label, before, now, authors, leftOut)
  const named = new Set(written.added.map(({ entry }) => nameOf(entry)))
  const typed = entriesIn(label, now).filter(entry => {
    const isNew = entryIn(label, before, entry.bucket, entry.key) === undefined
    return isNew && !leftOut.has(nameOf(entry)) && !named.has(nameOf(entry)) && originalOf(entry) === undefined
  })
  const guardianOf = (entry: StoredEntry) => {
    const device = addedBy(now, entry, authors)?.device
    return (device === undefined ? undefined : guardians.personOf.get(device)) ?? guardians.record
  }
  return {
    ...written,
    added: [...written.added, ...typed.map(entry => ({ entry, by: { principal: guardianOf(entry) } }))],
  }
}
