import type { LogId } from '#schema/ids.ts'
import type { LogName } from '#schema/record/sections.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { shardOf } from '../record/entry-place.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { nameOf, placesIn, privateIn, takenIn } from '../record/private-shard.ts'
import { entriesIn } from '../record/stored-entry.ts'

type Names = ReadonlySet<string>
const NONE: Names = new Set()

/** What of one section is private. */
export interface PrivateOfSection {
  /** By the label of the shard. */
  readonly names: ReadonlyMap<string, Names>
  /** The logs that it was taken from. */
  readonly takenFrom: ReadonlySet<LogId>
}

/** What must not stand in a log of `section`; in the private log itself, what was made open again. */
export async function leftOutOf(privateLog: SealedLog | undefined, section: LogName): Promise<PrivateOfSection> {
  const names = new Map<string, Names>()
  const takenFrom = new Set<LogId>()
  for (const { label } of privateLog?.shards() ?? []) {
    const shard = shardOf('private', label)
    if (privateLog === undefined || shard === undefined) continue
    if (section !== 'private' && shard.section !== section) continue
    const doc = await privateLog.read<DocMap>(label)
    if (section === 'private') {
      names.set(label, new Set([...placesIn(doc)].flatMap(([name, where]) => (where === 'open' ? [name] : []))))
      continue
    }
    const isPrivate = privateIn(doc)
    names.set(shard.label, isPrivate)
    for (const name of isPrivate) {
      const log = takenIn(doc, name, 'private')?.log
      if (log !== undefined) takenFrom.add(log)
    }
  }
  return { names, takenFrom }
}

/** What was made open again by putting it into `log`, a log of `section`: names by the label of the shard. */
export async function openedIn(
  privateLog: SealedLog | undefined,
  section: LogName,
  log: LogId,
): Promise<ReadonlyMap<string, Names>> {
  const opened = new Map<string, Names>()
  for (const { label } of privateLog?.shards() ?? []) {
    const shard = shardOf('private', label)
    if (privateLog === undefined || shard?.section !== section) continue
    const doc = await privateLog.read<DocMap>(label)
    const places = [...placesIn(doc)]
    const isHere = (name: string) => takenIn(doc, name, 'open')?.putIn === log
    opened.set(
      shard.label,
      new Set(places.flatMap(([name, where]) => (where === 'open' && isHere(name) ? [name] : []))),
    )
  }
  return opened
}

/** Whether whoever gets all keys of this log of a section could read what is private now. */
export async function holdsPrivate(log: SealedLog, { names, takenFrom }: PrivateOfSection): Promise<boolean> {
  if (takenFrom.has(log.id)) return true
  for (const { label } of log.shards()) {
    const isPrivate = names.get(label) ?? NONE
    if (isPrivate.size === 0) continue
    const doc = await log.read<DocMap>(label)
    if (entriesIn(label, doc).some(entry => isPrivate.has(nameOf(entry)))) return true
  }
  return false
}
