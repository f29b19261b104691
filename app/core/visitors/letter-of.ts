import type { Instant } from '#schema/instant.ts'
import { parseRequestId } from '#schema/requests/request-id.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { RequestReader } from '../requests/known-request.ts'
import { requestDetail } from '../requests/shown-requests.ts'
import type { VisitorTopic } from '../visitor-session.ts'
import type { LetterMessage, LetterRequest, LetterThread } from './visitor-letter.ts'

/** What a link shows of a thread or a request as it is now; undefined where it is not here. */
export async function letterOf(
  known: KnownConversation,
  topic: VisitorTopic,
  now: Instant,
): Promise<LetterThread | LetterRequest | undefined> {
  return 'threadId' in topic ? threadLetter(known, topic.threadId) : requestLetter(known, topic.requestId, now)
}

async function threadLetter(known: KnownConversation, threadId: string): Promise<LetterThread | undefined> {
  const { threads } = await known.conversation.content()
  const thread = threads.find(one => one.id === threadId)
  if (thread === undefined) return undefined
  const messages = thread.messages.map(
    ({ item }): LetterMessage => ({
      by: item.visitor === undefined ? 'patient' : 'visitor',
      at: item.at,
      text: item.text,
      entries: item.entries ?? [],
      charts: item.charts ?? [],
      files: item.files?.map(({ name }) => name) ?? [],
    }),
  )
  return { is: 'thread', subject: thread.subject, messages }
}

async function requestLetter(
  known: KnownConversation,
  requestId: string,
  now: Instant,
): Promise<LetterRequest | undefined> {
  const id = parseRequestId(requestId)
  const request = id && (await new RequestReader().read(known, id))
  if (request?.view.state === undefined) return undefined
  const {
    kind,
    title,
    state,
    history,
    theirNext = [],
    main,
    time,
  } = requestDetail(request, now, { entryId: undefined, clashes: [] })
  const steps = history.flatMap(({ role, kind: step, at, data, standing }) =>
    standing === 'counts' ? [{ role, kind: step, at, data }] : [],
  )
  const said = { is: 'request', kind, title, state, history: steps, next: theirNext, main } as const
  return time === undefined ? said : { ...said, time }
}
