import type { Session } from '#app/core/session.ts'
import type { VisitorDetail } from '#app/core/visitor-session.ts'
import type { AnswerDoor } from '#app/core/visitor-session.ts'
import { makeAnswerDoor } from '#app/platform/answer-door.ts'
import type { LoopRelay } from './loop-link.ts'

export const ORIGIN = 'https://relay.example'

/** The page that whoever has a visitor's link opens, over the loop. */
export function doorOf(relay: LoopRelay, address: string): AnswerDoor {
  return doorOfText(relay, new URL(address).hash.slice(1))
}

export function doorOfText(relay: LoopRelay, text: string): AnswerDoor {
  return makeAnswerDoor(text, async (path, { method = 'GET', body }) => {
    const bytes = body == null ? {} : { body: body as Uint8Array<ArrayBuffer> }
    const answer = await relay.link().request({ method: method as 'GET' | 'POST', path, ...bytes })
    if (!answer.ok) throw new TypeError(answer.failure)
    return new Response(answer.value.body, { status: answer.value.status })
  })
}

/** Asks the relay, too. */
export async function visitorOf(session: Session, conversationId: string): Promise<VisitorDetail | undefined> {
  const told = Promise.withResolvers<VisitorDetail | undefined>()
  const stop = await session.watchVisitor(conversationId, told.resolve)
  stop()
  return told.promise
}
