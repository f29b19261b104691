import { type Instant, instant } from '#schema/instant.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import type { EntryFields, EntryId, EntryParts } from '#schema/record/entry.ts'
import type { AppointmentStep } from '#schema/requests/appointment.ts'
import { kindOf } from '#schema/requests/request-id.ts'
import type { RequestDetail, RequestRow, ShownStep, TakenTime } from '../request-session.ts'
import { visitorAuthor } from '../messages/shown-threads.ts'
import { type AppointmentTime, appointmentTime } from './appointment-time.ts'
import { withoutKey } from './copy-file.ts'
import type { KnownRequest } from './known-request.ts'
import { nextSteps } from './next-steps.ts'
import type { RequestView } from './state-of.ts'
import { stalledSince, waitingFor } from './waiting.ts'

export function requestRow(request: KnownRequest, now: Instant): RequestRow {
  const { id, known, machine, role, view } = request
  const time = timeIn(request)
  const contactId = known.others.find(({ contact }) => contact !== undefined)?.contact
  const [turn, stalled] = [waitingFor(machine, view), stalledSince(machine, view, now)]
  const isYours = turn === role || request.answersWaiting > 0
  const waits = isYours ? { waitsFor: 'you' as const } : turn === undefined ? {} : { waitsFor: 'them' as const }
  return {
    conversationId: known.id,
    requestId: id,
    kind: kindOf(id),
    title: titleOf(request),
    state: view.state ?? '',
    isFinal: view.isFinal,
    role,
    people: known.others.map(({ name }) => name),
    lastAt: instant(Math.max(0, ...view.history.map(({ step }) => step.claimedAt))),
    ...(kindOf(id) === 'addition' ? { offer: offerOf(request) } : {}),
    ...(contactId === undefined ? {} : { contactId }),
    ...waits,
    ...(time === undefined ? {} : { time }),
    ...(stalled === undefined ? {} : { stalledSince: stalled }),
  }
}

export function requestDetail(
  request: KnownRequest,
  now: Instant,
  { entryId, clashes }: { readonly entryId: EntryId | undefined; readonly clashes: readonly TakenTime[] },
): RequestDetail {
  const { known, machine, role, view, visitorSteps } = request
  const isOver = known.noReply === 'ended-by-them' || known.noReply === 'ended-by-you'
  return {
    ...requestRow(request, now),
    ...(entryId === undefined ? {} : { entryId }),
    history: view.history.map(({ step, standing }): ShownStep => {
      const { id, kind, data, claimedAt } = step
      const visitor = visitorSteps.get(id)
      const by = visitor === undefined ? known.authorOf(step.author) : visitorAuthor(visitor.name)
      return {
        id,
        by,
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

const MAX_TITLE = 80

/** Also of reasons, which are longer. */
function titleOf({ view }: KnownRequest): string {
  const { medicineName, title, why } = view.counted[0]?.data ?? {}
  const words = [medicineName, title, why].find(one => typeof one === 'string') ?? ''
  return words.length <= MAX_TITLE ? words : `${words.slice(0, MAX_TITLE - 1).toWellFormed()}…`
}

function offerOf({ view }: KnownRequest): EntryParts {
  return partsOfFields(view.counted[0]?.data['entry'] as EntryFields)
}

export function timeIn({ id, view }: KnownRequest): AppointmentTime | undefined {
  if (kindOf(id) !== 'appointment') return undefined
  return appointmentTime(view as unknown as RequestView<string, AppointmentStep>)
}

/** Those that wait for this person, then those that go on, then what is over; the newest of each first. */
export function inOrderOfTurn(rows: readonly RequestRow[]): readonly RequestRow[] {
  const rank = ({ waitsFor, isFinal }: RequestRow) => (waitsFor === 'you' ? 0 : isFinal ? 2 : 1)
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.lastAt - a.lastAt)
}
