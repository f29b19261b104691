import type { SyncProblem, SyncStatus } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { formatClock, formatDuration, formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { type ProblemWords, shutOutWords } from '../../record/relay-words.ts'

/** How it stands, for the eye: `good` needs nothing, `waiting` mends itself, `look` wants the person. */
export type StatusTone = 'good' | 'waiting' | 'look'

export function statusTone(status: SyncStatus): StatusTone {
  if (status.problems.length > 0) return 'look'
  if (status.link.kind === 'unreachable' || status.link.kind === 'offline') return 'waiting'
  return status.kind === 'backed-up' || status.waitingCount === 0 ? 'good' : 'waiting'
}

/** One line that is true at this moment; what needs attention before what is usual. Reactive in the language. */
export function statusLine(status: SyncStatus, today = new Date()): string {
  if (status.problems.length > 0) return t('sync.problems', { count: status.problems.length })
  return linkLine(status, today)
}

/** The line of a status without problems; with some, the one below theirs. */
export function linkLine(status: SyncStatus, today = new Date()): string {
  if (status.kind === 'saving') return t('sync.saving')
  if (status.link.kind === 'unreachable') return t('sync.unreachable', { time: since(status.link.since, today) })
  if (status.link.kind === 'offline') return t('sync.offline')
  return saveLine(status)
}

/** What is safe where, whatever the connection is like. */
export function saveLine(status: SyncStatus): string {
  if (status.kind === 'saving') return t('sync.saving')
  if (status.kind === 'backed-up') return t('sync.backedUp')
  if (status.waitingCount > 0) return t('sync.waiting', { count: status.waitingCount })
  return status.kind === 'sending' ? t('sync.sending') : t('sync.saved')
}

/** `14:05`, or with the day when it was not today. */
export function since(at: number, today = new Date()): string {
  const then = new Date(at)
  return then.toDateString() === today.toDateString() ? formatClock(then) : formatTime(then)
}

/** A problem in plain words: what it is, and what it means or asks for. `hasToken`: a code of the host's was entered. */
export function problemWords(problem: SyncProblem, hasToken = false): ProblemWords {
  if (problem.kind === 'not-admitted') return shutOutWords(hasToken)
  const title = t(`sync.problem.${problem.kind}.title`)
  switch (problem.kind) {
    case 'relay-refused':
      return { title, text: t('sync.problem.relay-refused.text', { reason: problem.reason }) }
    case 'clock-differs':
      return { title, text: t('sync.problem.clock-differs.text', { time: formatDuration(Math.abs(problem.byMs)) }) }
    case 'quarantined':
      return { title, text: t('sync.problem.quarantined.text', { count: problem.count }) }
    case 'incomplete':
      return { title, text: t('sync.problem.incomplete.text', { time: formatTime(instant(problem.since)) }) }
    case 'late':
      return { title, text: t('sync.problem.late.text', { count: problem.count }) }
    case 'rotating':
      return { title, text: t('sync.problem.rotating.text', { count: problem.left }) }
    case 'relay-full':
    case 'relay-nonsense':
    case 'relay-behind':
    case 'cloned-profile':
    case 'removed-here':
    case 'record-gone':
    case 'keys-changed':
    case 'refused-here':
    case 'storage-full':
      return { title, text: t(`sync.problem.${problem.kind}.text`) }
  }
}
