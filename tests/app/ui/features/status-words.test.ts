import { expect, test } from 'vitest'
import type { SyncProblem, SyncStatus } from '#app/core/session.ts'
import {
  linkLine,
  problemWords,
  saveLine,
  since,
  statusLine,
  statusTone,
} from '#app/ui/features/status/status-words.ts'
import { instant } from '#schema/instant.ts'

const noon = new Date(2026, 10, 22, 12, 0)
const backedUp: SyncStatus = { kind: 'backed-up', waitingCount: 0, link: { kind: 'online' }, problems: [] }
const waiting: SyncStatus = { ...backedUp, kind: 'waiting', waitingCount: 3 }
const unreachable = { kind: 'unreachable', since: instant(noon.getTime() - 3_600_000) } as const

test('statusLine() says what is true, in the words people know', () => {
  expect(statusLine(backedUp)).toBe('Backed up')
  expect(statusLine(waiting)).toBe('3 changes waiting')
  expect(statusLine({ ...waiting, waitingCount: 0 })).toBe('Saved on this device')
  expect(statusLine({ ...waiting, link: { kind: 'offline' } })).toBe('Offline')
  expect(statusLine({ ...waiting, kind: 'saving' })).toBe('Saving…')
  expect(statusLine({ ...waiting, link: unreachable }, noon)).toMatch(/^Relay cannot be reached since 11:00/)
})

test('statusLine() does not call a copy offline that no relay backs up', () => {
  const sample: SyncStatus = { kind: 'waiting', waitingCount: 0, link: { kind: 'none' }, problems: [] }
  expect(statusLine(sample)).toBe('Saved on this device')
  expect(statusTone(sample)).toBe('good')
})

test('statusLine() puts what needs the person first, and the second line keeps the rest', () => {
  const status: SyncStatus = { ...waiting, link: unreachable, problems: [{ kind: 'relay-full' }] }
  expect(statusLine(status, noon)).toBe('1 thing to look at')
  expect(linkLine(status, noon)).toMatch(/^Relay cannot be reached/)
  expect(saveLine(status)).toBe('3 changes waiting')
})

test('statusTone() never calls good what waits or is out of reach', () => {
  expect(statusTone(backedUp)).toBe('good')
  expect(statusTone(waiting)).toBe('waiting')
  expect(statusTone({ ...backedUp, link: unreachable })).toBe('waiting')
  expect(statusTone({ ...backedUp, problems: [{ kind: 'storage-full' }] })).toBe('look')
})

test('since() adds the day when it was not today', () => {
  expect(since(noon.getTime(), noon)).toBe(since(noon.getTime(), new Date(2026, 10, 22, 23)))
  expect(since(noon.getTime(), new Date(2026, 10, 23))).toContain('2026')
})

test('problemWords() has words for every problem and leaves no parameter open', () => {
  const problems: readonly SyncProblem[] = [
    { kind: 'relay-full' },
    { kind: 'relay-refused', reason: 'quota' },
    { kind: 'not-admitted' },
    { kind: 'relay-nonsense' },
    { kind: 'relay-behind' },
    { kind: 'clock-differs', byMs: -31_600_000_000 },
    { kind: 'quarantined', count: 2 },
    { kind: 'incomplete', since: instant(0) },
    { kind: 'cloned-profile' },
    { kind: 'removed-here' },
    { kind: 'refused-here' },
    { kind: 'rotating', left: 1 },
    { kind: 'storage-full' },
  ]
  for (const problem of problems) {
    const { title, text } = problemWords(problem)
    expect(title).not.toBe('')
    expect(text).not.toMatch(/[{}]|undefined/)
  }
  expect(problemWords({ kind: 'not-admitted' }, true)).not.toEqual(problemWords({ kind: 'not-admitted' }, false))
  expect(problemWords({ kind: 'clock-differs', byMs: -31_600_000_000 }).text).toContain('1 year')
})
