import type { Instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { isStepOf } from '#schema/requests/step.ts'
import { kindOf } from '#schema/requests/request-id.ts'
import type { RequestDetail, RequestRow, ShownStep, TakenTime } from '../request-session.ts'
import { visitorAuthor } from '../messages/shown-threads.ts'
import { withoutKey } from './copy-file.ts'
import type { KnownRequest } from './known-request.ts'
import { mainSteps, nextSteps } from './next-steps.ts'
import { type Standing, standingOf } from './standing.ts'
import { stalledSince } from './waiting.ts'

/** One line of a list: what stands in the request, who takes part, and what the clock says. */
export function rowOf(
  { known, id, answersWaiting }: Pick<KnownRequest, 'known' | 'id' | 'answersWaiting'>,
  { turn, claimed, isNews, ...said }: Standing,
  now: Instant,
): RequestRow {
  const contactId = known.others.find(({ contact }) => contact !== undefined)?.contact
  const stalled = stalledSince(turn, claimed, now)
  const isYours = turn?.for === said.role || answersWaiting > 0
  const waits = isYours ? { waitsFor: 'you' as const } : turn === undefined ? {} : { waitsFor: 'them' as const }
  return {
    conversationId: known.id,
    requestId: id,
    kind: kindOf(id),
    ...said,
    people: known.others.map(({ name }) => name),
    ...(contactId === undefined ? {} : { contactId }),
    ...waits,
    // Where nothing can be said any more nobody can say that they looked at it.
    ...(isNews === true && !isOver(known) ? { isNews } : {}),
    ...(stalled === undefined ? {} : { stalledSince: stalled }),
  }
}

const isOver = ({ noReply }: KnownRequest['known']) => noReply === 'ended-by-them' || noReply === 'ended-by-you'

export function requestDetail(
  request: KnownRequest,
  now: Instant,
  { entryId, clashes }: { readonly entryId: EntryId | undefined; readonly clashes: readonly TakenTime[] },
): RequestDetail {
  const { known, machine, role, view, visitorSteps, staff } = request
  return {
    ...rowOf(request, standingOf(request), now),
    ...(entryId === undefined ? {} : { entryId }),
    history: view.history.map(({ step, standing }): ShownStep => {
      const { id, kind, data, claimedAt } = step
      const visitor = visitorSteps.get(id)
      const by = visitor === undefined ? known.authorOf(step.author) : visitorAuthor(visitor.name)
      const [, called] =
        [...staff].find(([journal]) => isStepOf(id, journal) && journal !== known.conversation.mine) ?? []
      return {
        id,
        by,
        ...(called !== undefined && { staff: called }),
        role: step.role,
        kind,
        at: claimedAt,
        data: withoutKey(data),
        standing,
        ...(visitor && { how: visitor.how }),
      }
    }),
    next: isOver(known) ? [] : nextSteps(machine, view, role),
    main: mainSteps(machine, view),
    ...(known.visitor === undefined ? {} : { theirNext: nextSteps(machine, view, 'provider') }),
    isSeen: view.isSeen,
    contested: view.contested.map(({ id }) => id),
    clashes,
    waitingCount: view.waiting.length,
    ...(known.noReply === undefined ? {} : { noReply: known.noReply }),
  }
}

/** Those that wait for this person, then what is news to them, then those that go on, then what is over; the newest of each first. */
export function inOrderOfTurn(rows: readonly RequestRow[]): readonly RequestRow[] {
  const rank = ({ waitsFor, isNews, isFinal }: RequestRow) => (waitsFor === 'you' ? 0 : isNews ? 1 : isFinal ? 3 : 2)
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.lastAt - a.lastAt)
}
