import type { EntryId } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Clock } from '../ports.ts'
import type { SaveFailure, UndoneAct } from '../session.ts'
import type { SeenTwice, TwiceSession } from '../twice-session.ts'
import type { IndexKeeper } from './index-keeper.ts'
import type { Row } from './row.ts'
import { SAME_LABEL, type SameAnswer, setLink } from './same-links.ts'
import type { Saver } from './saver.ts'
import { proposalsIn } from './seen-twice.ts'
import type { UndoStack } from './undo-stack.ts'
import type { Shard } from './entry-place.ts'

interface TwiceDeps {
  readonly keeper: IndexKeeper
  readonly saver: Saver
  readonly undo: UndoStack
  readonly clock: Clock
}

/** Two entries, in order, and what is to be said of them. */
interface Saying {
  readonly ids: readonly [EntryId, EntryId]
  readonly answer: SameAnswer | null
}

/** What the person says of entries that may be the same thing. */
export function makeTwiceActs(deps: TwiceDeps): TwiceSession {
  const { keeper, undo, clock } = deps
  const { index } = keeper
  let proposed: { readonly version: number; readonly pairs: Promise<readonly SeenTwice[]> } | undefined

  function shardOfPair(row: Row): Shard {
    const { section, isPrivate } = row.summary
    return { section, label: SAME_LABEL, ...(isPrivate === true ? { isPrivate } : {}) }
  }

  async function say(shard: Shard, sayings: readonly Saying[]): Promise<Result<void, SaveFailure>> {
    return keeper.during([shard], async () => {
      const now = clock.now()
      const saved = await deps.saver.save(write =>
        write(shard, doc => {
          for (const { ids, answer } of sayings) setLink(doc, { ids }, answer, now)
        }),
      )
      if (saved.ok) await keeper.refreshLinks(shard)
      else keeper.markStale(shard)
      return saved.ok ? ok(undefined) : fail({ kind: 'not-stored', why: saved.failure })
    })
  }

  function did(act: UndoneAct['act'], row: Row, invert: () => Promise<Result<void, SaveFailure>>): void {
    undo.did({ told: { act, title: row.summary.title, count: 1 }, about: row.summary.id, invert })
  }

  /** Pairs of entries on which two things were said to be one. */
  function saidPairs(clusters: readonly (readonly Row[])[]): Saying[] {
    return clusters.flatMap((ones, place) =>
      clusters
        .slice(place + 1)
        .flatMap(others =>
          ones.flatMap(one =>
            others.flatMap((other): Saying[] =>
              index.answerOf(one, other) === 'same' ? sayingsOf(index, one, other, 'different') : [],
            ),
          ),
        ),
    )
  }

  return {
    async seenTwice() {
      await keeper.level()
      if (proposed?.version === index.version) return proposed.pairs
      const found = { version: index.version, pairs: proposalsIn(index) }
      proposed = found
      return found.pairs.catch((cause: unknown) => {
        if (proposed === found) proposed = undefined
        throw cause
      })
    },
    async sayIfSame(one, other, answer) {
      await keeper.level()
      const rows = [index.get(one), index.get(other)] as const
      const [first, second] = rows
      if (first === undefined || second === undefined) return fail({ kind: 'not-found' })
      if (!canBeSame(first, second)) return fail({ kind: 'invalid', field: 'other' })
      const before = index.answerOf(first, second)
      if (before === answer) return ok(undefined)
      const shard = shardOfPair(first)
      const said = await say(shard, sayingsOf(index, first, second, answer))
      const back = before ?? null
      if (said.ok) {
        did(answer === 'same' ? 'merge' : 'apart', first, () => say(shard, sayingsOf(index, first, second, back)))
      }
      return said
    },
    async takeApart(id) {
      await keeper.level()
      const row = index.get(id)
      if (row === undefined) return fail({ kind: 'not-found' })
      const sayings = saidPairs(index.groupOf(id))
      if (sayings.length === 0) return ok(undefined)
      const shard = shardOfPair(row)
      const said = await say(shard, sayings)
      if (said.ok) {
        did('apart', row, () =>
          say(
            shard,
            sayings.map(({ ids }) => ({ ids, answer: 'same' })),
          ),
        )
      }
      return said
    },
  }
}

function canBeSame({ summary: one }: Row, { summary: other }: Row): boolean {
  const isTogether = one.section === other.section && (one.isPrivate === true) === (other.isPrivate === true)
  return one.id !== other.id && one.kind === other.kind && isTogether
}

/** Of every copy that was said something, so that no older word of a copy stays. */
function sayingsOf(index: IndexKeeper['index'], one: Row, other: Row, answer: SameAnswer | null): Saying[] {
  const copies = (row: Row) => {
    const all = row.identity === undefined ? [row] : index.copiesOf(row.identity)
    return all.map(each => each.summary.id)
  }
  return copies(one).flatMap(a => copies(other).map((b): Saying => ({ ids: a < b ? [a, b] : [b, a], answer })))
}
