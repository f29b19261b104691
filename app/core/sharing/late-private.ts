import * as A from '@automerge/automerge/slim'
import type { LogId } from '#schema/ids.ts'
import type { Section } from '#schema/record/sections.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { carryOver, headsText } from '../record/carry-over.ts'
import { type EntryAlone, entryAlone } from '../record/entry-copy.ts'
import { type Shard, shardOf } from '../record/entry-place.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { namedBy, placesIn, setTaken, type Taken, takenIn } from '../record/private-shard.ts'

interface Logs {
  readonly privateLog: SealedLog
  /** Also those that were begun anew. */
  byId(id: LogId): SealedLog | undefined
  /** Where a section goes on. */
  current(section: Section): SealedLog | undefined
  /** Whether nobody reads there who has no part in the section any more; asked when what goes there is known. */
  mayWrite(log: SealedLog, section: Section): Promise<boolean>
}

/** One entry that changed in the place that doesn't count, since it moved. */
interface Late {
  readonly name: string
  readonly before: EntryAlone
  readonly now: EntryAlone
  readonly taken: Taken
}

/**
 * What came to be said of an entry in its other place, after it was made private or open again, goes where it counts: by value, twice is
 * as good as once (decision 12). In memory; answers which logs are to be flushed.
 */
export async function carryLateMoves(logs: Logs): Promise<ReadonlySet<SealedLog>> {
  const changed = new Set<SealedLog>()
  for (const { label } of logs.privateLog.shards()) {
    const shard = shardOf('private', label)
    if (shard !== undefined) await carryShard(logs, label, shard, changed)
  }
  return changed
}

async function carryShard(logs: Logs, label: string, shard: Shard, changed: Set<SealedLog>): Promise<void> {
  const { privateLog } = logs
  const doc = await privateLog.read<DocMap>(label)
  const places = [...placesIn(doc)]
  const taken = places.flatMap(([name, where]) => {
    const known = takenIn(doc, name, where)
    return known === undefined ? [] : [{ name, ...known }]
  })
  for (const [logId, names] of Map.groupBy(taken, each => each.log)) {
    const from = logId === undefined ? privateLog : logs.byId(logId)
    const to = logId === undefined ? logs.current(shard.section) : privateLog
    if (from === undefined || to === undefined) continue
    const late = await lateIn(from, logId === undefined ? label : shard.label, names)
    if (late.length === 0 || (logId === undefined && !(await logs.mayWrite(to, shard.section)))) continue
    await to.change<DocMap>(logId === undefined ? shard.label : label, draft => {
      for (const { before, now } of late) carryOver(before, now, draft)
    })
    changed.add(to).add(privateLog)
    await privateLog.change<DocMap>(label, draft => {
      for (const { name, taken: next } of late) setTaken(draft, name, next)
    })
  }
}

async function lateIn(
  from: SealedLog,
  label: string,
  names: readonly (Taken & { readonly name: string })[],
): Promise<Late[]> {
  const heads = headsText(from.shards().find(each => each.label === label)?.heads ?? [])
  const behind = names.filter(each => each.heads !== heads)
  if (behind.length === 0) return []
  const doc = await from.read<DocMap>(label)
  const now = A.getHeads(doc)
  return [...Map.groupBy(behind, each => each.heads)].flatMap(([text, all]) => {
    const then = text === '' ? [] : text.split(',')
    // They have not come yet on this device.
    if (!A.hasHeads(doc, then)) return []
    const touched = touchedBetween(doc, then, now)
    const changed = all.filter(({ name }) => touched(name))
    if (changed.length === 0) return []
    const before = A.view(doc, then)
    return changed.flatMap(({ name, ...known }) => {
      const alone = entryAlone(doc, namedBy(name))
      const taken = { ...known, heads: headsText(now) }
      return alone === undefined ? [] : { name, before: entryAlone(before, namedBy(name)) ?? {}, now: alone, taken }
    })
  })
}

/** Which entries moved between two moments of a document, by their names. */
function touchedBetween(doc: A.Doc<DocMap>, then: A.Heads, now: A.Heads): (name: string) => boolean {
  const paths = A.diff(doc, then, now).map(({ path }) => path.map(String))
  return name => {
    const { bucket, key } = namedBy(name)
    return paths.some(([first = '', second]) => {
      if (first.startsWith(`${name}:`)) return true
      return first === bucket && (second === undefined || second === key || second.startsWith(`${key}:`))
    })
  }
}
