import * as A from '@automerge/automerge/slim'
import type { EntryId } from '#schema/record/entry.ts'
import type { LogSection, Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Belonging } from '../private-session.ts'
import type { Clock } from '../ports.ts'
import type { SaveFailure } from '../session.ts'
import { annotationRows, idsOfThing } from './annotations.ts'
import { belongingsOf } from './belongings.ts'
import { authorsAlone, type EntryAlone, entryAlone, type KeptAuthors, putAlone, putAuthors } from './entry-copy.ts'
import { type EntryPlace, placeOf, privateShard, type Shard, shardName } from './entry-place.ts'
import type { DocMap } from './flat-fields.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { nameOf, setTaken, setWhere } from './private-shard.ts'
import { authorsIn } from './authors.ts'
import type { Saver } from './saver.ts'
import { SAME_LABEL, type SameLink, setLink } from './same-links.ts'
import type { ShardReader } from './shard-reader.ts'
import { headsText } from './carry-over.ts'

interface PrivacyDeps {
  readonly sections: readonly LogSection[]
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
  readonly saver: Saver
  readonly keeper: IndexKeeper
  readonly clock: Clock
  /** By which UUIDs documents say that they belong to an entry. */
  readonly namesOf: (id: EntryId) => readonly string[]
}

/** One entry by value, and whose it is. */
interface Moving {
  readonly place: EntryPlace
  readonly alone: EntryAlone
  readonly kept: KeptAuthors
}

export interface PrivacyActs {
  /** Takes these entries, and every copy of the same resource, out of what can be shared (decision 12). Durable when it answers ok. */
  makePrivate(ids: readonly EntryId[]): Promise<Result<void, SaveFailure>>
  /** Entries of these sections, and private ones of any, of which two versions stand side by side. */
  conflictsIn(sections: readonly Section[]): Promise<number>
  belongings(id: EntryId): Promise<readonly Belonging[]>
  /** They stand in their section's log again, for everybody who has it. */
  makeOpen(ids: readonly EntryId[]): Promise<Result<void, SaveFailure>>
}

export function makePrivacyActs(deps: PrivacyDeps): PrivacyActs {
  const { keeper, clock } = deps

  /** All of it or nothing; `move` writes one shard's entries into the other place. */
  async function moveAll(
    ids: readonly EntryId[],
    isPrivate: boolean,
    move: (shard: Shard, places: readonly EntryPlace[]) => Promise<(write: WriteShard) => Promise<void>>,
  ): Promise<Result<void, SaveFailure>> {
    await keeper.level()
    const wanted = withCopies(keeper, ids).filter(id => keeper.index.isPrivate(id) !== isPrivate)
    const places = wanted.flatMap(id => placeOf(id) ?? [])
    if (ids.some(id => keeper.index.get(id) === undefined)) return fail({ kind: 'not-found' })
    if (places.length === 0) return ok(undefined)
    const byShard = [...Map.groupBy(places, shardName).values()]
    const open = byShard.flatMap(([place]) =>
      place === undefined ? [] : { section: place.section, label: place.label },
    )
    const sayings = answersAmong(wanted, isPrivate)
    const touched = [...open.flatMap(shard => [shard, privateShard(shard)]), ...sayings.keys()]
    return keeper.during(touched, async () => {
      const saved = await deps.saver.save(async write => {
        for (const [at, shard] of open.entries()) await (await move(shard, byShard[at] ?? []))(write)
        for (const [shard, answers] of sayings) {
          await write(shard, doc => {
            for (const each of answers) setLink(doc, each, each.answer, clock.now())
          })
        }
      })
      for (const [at, shard] of open.entries()) {
        for (const each of [shard, privateShard(shard)]) {
          if (saved.ok) await keeper.refreshEntries(each, byShard[at] ?? [])
          else keeper.markStale(each)
        }
      }
      for (const shard of sayings.keys()) {
        if (saved.ok) await keeper.refreshLinks(shard)
        else keeper.markStale(shard)
      }
      return saved.ok ? saved : fail({ kind: 'not-stored', why: saved.failure })
    })
  }

  /** What was said of those that move together is said again where they go. */
  function answersAmong(ids: readonly EntryId[], isPrivate: boolean): ReadonlyMap<Shard, readonly SameLink[]> {
    const rows = ids.flatMap(id => keeper.index.get(id) ?? [])
    const links = rows.flatMap((one, place) =>
      rows.slice(place + 1).flatMap((other): SameLink[] => {
        const answer = keeper.index.answerOf(one, other)
        const [a, b] = [one.summary.id, other.summary.id]
        return answer === undefined ? [] : [{ ids: a < b ? [a, b] : [b, a], answer }]
      }),
    )
    const sections = Map.groupBy(links, ({ ids: [id] }) => placeOf(id)?.section)
    return new Map(
      [...sections].flatMap(([section, answers]) => {
        if (section === undefined) return []
        const shard: Shard = { section, label: SAME_LABEL }
        return [[isPrivate ? privateShard(shard) : shard, answers] as const]
      }),
    )
  }

  function moving(doc: DocMap, places: readonly EntryPlace[], log: LogSection): Moving[] {
    const authors = authorsIn(deps.logOf(log))
    return places.flatMap(place => {
      const alone = entryAlone(doc, place)
      return alone === undefined ? [] : { place, alone, kept: authorsAlone(place.label, doc, place, authors) }
    })
  }

  function put(draft: DocMap, { place, alone, kept }: Moving): void {
    putAlone(draft, place, alone)
    putAuthors(draft, kept)
  }

  return {
    async conflictsIn(sections) {
      await keeper.level()
      return keeper.index
        .visible()
        .filter(row => row.hasConflict && (row.summary.isPrivate || sections.includes(row.summary.section))).length
    },
    async belongings(id) {
      await keeper.level()
      return belongingsOf(deps, id)
    },
    makePrivate: ids =>
      moveAll(ids, true, async (shard, places) => {
        const doc = await deps.shards.read(shard)
        const [all, heads] = [moving(doc, places, shard.section), headsText(A.getHeads(doc))]
        const log = deps.logOf(shard.section).id
        return write =>
          write(privateShard(shard), draft => {
            for (const each of all) {
              put(draft, each)
              setWhere(draft, nameOf(each.place), 'private')
              setTaken(draft, nameOf(each.place), { log, heads })
            }
          })
      }),
    makeOpen: ids =>
      moveAll(ids, false, async (shard, places) => {
        const doc = await deps.shards.read(privateShard(shard))
        const [all, heads] = [moving(doc, places, 'private'), headsText(A.getHeads(doc))]
        const putIn = deps.logOf(shard.section).id
        return async write => {
          await write(shard, draft => all.forEach(each => put(draft, each)))
          await write(privateShard(shard), draft => {
            for (const { place } of all) {
              setWhere(draft, nameOf(place), 'open')
              setTaken(draft, nameOf(place), { heads, putIn })
            }
          })
        }
      }),
  }
}

type WriteShard = Parameters<Parameters<Saver['save']>[0]>[0]

/**
 * Two devices that brought in the same file have its resources twice, sources give several versions, and the person said what is the
 * same: what is said of one is meant of all, or the thing would stand there once more. What was written beside it goes along.
 */
function withCopies({ index }: IndexKeeper, ids: readonly EntryId[]): EntryId[] {
  const all = [...new Set(ids.flatMap(id => idsOfThing(index, id)))]
  return [...new Set([...all, ...annotationRows(index, all).map(row => row.summary.id)])]
}
