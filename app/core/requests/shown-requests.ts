import type { Instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { isStepOf } from '#schema/requests/step.ts'
import { kindOf } from '#schema/requests/request-id.ts'
import type { RequestDetail, RequestRow, ShownStep, TakenTime } from '../request-session.ts'
import { visitorAuthor } from '../messages/shown-threads.ts'
import { withoutKey } from './copy-file.ts'
import type { KnownRequest } from './known-request.ts'
import { nextSteps } from './next-steps.ts'
import { type Standing, standingOf } from './standing.ts'
import { stalledSince } from './waiting.ts'

/** One line of a list: what stands in the request, who takes part, and what the clock says. */
export function rowOf(
  { known, id, answersWaiting }: Pick<KnownRequest, 'known' | 'id' | 'answersWaiting'>,
  { turn, claimed, ...said }: Standing,
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
    ...(stalled === undefined ? {} : { stalledSince: stalled }),
  }
}

export function requestDetail(
  request: KnownRequest,
  now: Instant,
  { entryId, clashes }: { readonly entryId: EntryId | undefined; readonly clashes: readonly TakenTime[] },
): RequestDetail {
  const { known, machine, role, view, visitorSteps, staff } = request
  const isOver = known.noReply === 'ended-by-them' || known.noReply === 'ended-by-you'
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
    next: isOver ? [] : nextSteps(machine, view, role),
    ...(known.visitor === undefined ? {} : { theirNext: nextSteps(machine, view, 'provider') }),
    isSeen: view.isSeen,
    contested: view.contested.map(({ id }) => id),
    clashes,
    waitingCount: view.waiting.length,
    ...(known.noReply === undefined ? {} : { noReply: known.noReply }),
  }
}

/** Those that wait for this person, then those that go on, then what is over; the newest of each first. */
export function inOrderOfTurn(rows: readonly RequestRow[]): readonly RequestRow[] {
  const rank = ({ waitsFor, isFinal }: RequestRow) => (waitsFor === 'you' ? 0 : isFinal ? 2 : 1)
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.lastAt - a.lastAt)
}
