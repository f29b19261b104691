import type { CircleFailure } from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import type { Session } from '#app/core/session.ts'
import { fail, ok, type Result } from '#schema/result.ts'

const OPENS_WITHIN_MS = 30_000

/** An account with which this person takes part in one circle, open here: its id. */
export async function makeAlias(session: Session, pseudonym: string): Promise<Result<string, CircleFailure>> {
  const made = await session.keepRecord({ personName: pseudonym.trim(), birthDate: '', relation: 'circle' })
  if (!made.ok) return made.failure.kind === 'invalid' ? fail({ kind: 'name-missing' }) : fail(made.failure)
  const { keptId } = made.value
  return (await isOpen(session, keptId)) ? ok(keptId) : fail({ kind: 'not-here' })
}

async function isOpen(session: Session, keptId: string): Promise<boolean> {
  const opened = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => opened.resolve(false), OPENS_WITHIN_MS)
  const stop = await session.watchCircles((circles: readonly KeptRecord[]) => {
    if (circles.some(one => one.keptId === keptId && one.state === 'open')) opened.resolve(true)
  })
  const answer = await opened.promise
  clearTimeout(timer)
  stop()
  return answer
}
