import type { LinkAsked, OutsideAnswer } from '#app/core/link-session.ts'
import type { Session } from '#app/core/session.ts'
import { utf8 } from '#schema/bytes.ts'
import type { LoopRelay } from './loop-link.ts'

/** Answers what is asked of anybody outside: `body` is sent by POST. */
export type Answerer = (url: string, body?: string) => Promise<OutsideAnswer>

/** The relay as a viewer reaches it, whatever host the link names. */
export function askingRelay(relay: () => LoopRelay): Answerer {
  return async (url, body) => {
    const { pathname, search } = new URL(url)
    const typed = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: utf8(body) }
    const sent = { method: body === undefined ? 'GET' : 'POST', path: pathname + search, ...typed } as const
    const answer = await relay().link().request(sent)
    if (!answer.ok) return { kind: 'unreachable' }
    return { kind: 'answer', status: answer.value.status, bytes: answer.value.body }
  }
}

/** Whoever was handed a link brings it into their own app, which asks `answerer` what it would fetch. */
export async function bringInLink(session: Session, asked: Omit<LinkAsked, 'fetched'>, answerer: Answerer) {
  const fetched: OutsideAnswer[][] = []
  for (;;) {
    const step = await session.previewLink({ ...asked, fetched })
    if (!step.ok || step.value.kind === 'preview') return step
    fetched.push(await Promise.all(step.value.requests.map(({ url, body }) => answerer(url, body))))
  }
}
