import type { LinkAsked, LinkInfo, OutsideAnswer, OutsideRequest } from '#app/core/link-session.ts'
import type { ImportFailure, ImportPreview } from '#app/core/import-session.ts'
import type { Session } from '#app/core/session.ts'
import { fail, ok, type Result } from '#schema/result.ts'

export type Previewed = Result<ImportPreview, ImportFailure>

interface LinkDeps {
  readonly session: Pick<Session, 'previewLink'>
  askOutside(request: OutsideRequest): Promise<OutsideAnswer>
  /** Whether the person lets these be asked as well, whom the link itself does not name. */
  mayAsk(hosts: readonly string[]): Promise<boolean>
  /** Something else was begun meanwhile. */
  isOver(): boolean
}

/** A list of files, then the files. */
const MAX_ROUNDS = 3
const CANCELLED: Previewed = fail({ kind: 'cancelled' })

/**
 * Fetches what a link leads to, from its own host and from those the person allows. Answers what came, and how to look at the same once
 * more without asking anybody.
 */
export async function fetchLink(
  deps: LinkDeps,
  asked: Omit<LinkAsked, 'fetched'>,
  info: LinkInfo,
): Promise<{ readonly answer: Previewed; readonly again: () => Promise<Previewed> }> {
  const allowed = new Set([info.host])
  const fetched: OutsideAnswer[][] = []
  const next = () => deps.session.previewLink({ ...asked, fetched })
  const again = async (): Promise<Previewed> => {
    const step = await next()
    if (!step.ok) return step
    return step.value.kind === 'preview' ? ok(step.value.preview) : CANCELLED
  }
  for (let round = 0; round < MAX_ROUNDS && !deps.isOver(); round++) {
    const step = await next()
    if (!step.ok) return { answer: step, again }
    if (step.value.kind === 'preview') return { answer: ok(step.value.preview), again }
    const { requests } = step.value
    const others = [...new Set(requests.map(({ host }) => host))].filter(host => !allowed.has(host))
    if (others.length > 0 && !(await deps.mayAsk(others))) break
    for (const host of others) allowed.add(host)
    fetched.push(await askEach(deps, requests))
  }
  return { answer: CANCELLED, again }
}

async function askEach(deps: LinkDeps, requests: readonly OutsideRequest[]): Promise<OutsideAnswer[]> {
  const answers: OutsideAnswer[] = []
  for (const request of requests) {
    if (deps.isOver()) break
    answers.push(await deps.askOutside(request))
  }
  return answers
}
