import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFields } from '#schema/record/field-reader.ts'
import { kindOf, parseRequestId, requestIdOf } from '#schema/requests/request-id.ts'
import { type RequestKind, REQUESTS } from '#schema/requests/requests.ts'
import { parseStepId, stepIdOf, type StepReaders } from '#schema/requests/step.ts'
import { REQUEST_SAMPLES } from '#tests/support/request-samples.ts'

const KINDS = Object.keys(REQUESTS) as RequestKind[]
const STEPS = KINDS.flatMap(kind => Object.keys(REQUESTS[kind].readers).map(step => [kind, step] as const))

const read = (kind: RequestKind, step: string, value: unknown) => {
  const readers: StepReaders = REQUESTS[kind].readers
  return readFields(value, readers[step]!)
}
const sample = (kind: RequestKind, step: string) => REQUEST_SAMPLES[kind][step]!

test.each(STEPS)('what is said in a %s with %s is read as it was said, and nothing else of it', (kind, step) => {
  const value = sample(kind, step)
  expect(read(kind, step, { ...value, role: 'provider', id: 'x' })).toEqual({ ok: true, value })
})

test('no reader throws for whatever comes in, and what it lets through it reads again as the same', () => {
  const hostile = fc.oneof(fc.anything(), fc.jsonValue())
  fc.assert(
    fc.property(
      fc.constantFrom(...STEPS),
      hostile,
      fc.dictionary(fc.string(), hostile),
      ([kind, step], odd, members) => {
        const value = sample(kind, step)
        const swapped = Object.fromEntries(Object.keys(value).map(name => [name, odd]))
        for (const each of [odd, members, { ...value, ...members }, { ...value, ...swapped }]) {
          const once = read(kind, step, each)
          expect(once.ok ? read(kind, step, once.value) : once).toEqual(once)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test.each([
  ['refill', 'request', 'wish', { wish: 'x'.repeat(2001) }],
  ['refill', 'request', 'medicineId', { medicineId: 'a b' }],
  ['refill', 'approve', 'route', { route: undefined }],
  ['refill', 'change', 'instead', { instead: ' ' }],
  ['refill', 'decline', 'reason', { reason: '' }],
  ['refill', 'take', 'amount', { amount: 0 }],
  ['refill', 'take', 'amount', { amount: Number.NaN }],
  ['refill', 'take', 'happenedAt', { happenedAt: '2027-02-09' }],
  ['appointment', 'propose', 'slots', { slots: [] }],
  ['appointment', 'propose', 'slots', { slots: Array(31).fill({ startsAt: '2027-02-16T09:00:00Z' }) }],
  ['appointment', 'propose', 'slots', { slots: [{ startsAt: '2027-02-30T09:00:00Z' }] }],
  ['appointment', 'propose', 'slots', { slots: { length: 1 } }],
  ['appointment', 'choose', 'slot', { slot: 0.5 }],
  ['appointment', 'move', 'minutes', { minutes: 1.5 }],
  ['appointment', 'prepare', 'lines', { lines: Array(51).fill('x') }],
  ['appointment', 'prepare', 'lines', { lines: ['x', ''] }],
  ['appointment', 'prepare', 'lines', { lines: ['x'.repeat(301)] }],
  ['copy', 'answer', 'bytes', { bytes: -1 }],
  ['copy', 'answer', 'bytes', { bytes: 0.5 }],
  ['copy', 'answer', 'fileId', { fileId: 'x' }],
  ['copy', 'answer', 'fileId', { listKey: '3'.repeat(63) }],
  ['correction', 'ask', 'shouldSay', { shouldSay: undefined }],
  ['questionnaire', 'answer', 'answers', { answers: '[]' }],
  ['question', 'ask-more', 'question', { question: 5 }],
  ['addition', 'propose', 'entry', { entry: undefined }],
  ['addition', 'propose', 'entry', { entry: { kind: 'dose' } }],
  ['addition', 'propose', 'entry', { entry: { kind: 'condition', name: 'Asthma', clinicalStatus: 'active' } }],
  ['addition', 'propose', 'entry', { entry: { kind: 'weight', takenAt: '2027-02-16T09:00:00Z', weightKg: -1 } }],
  ['addition', 'propose', 'changes', { changes: 'x' }],
  ['material', 'send', 'text', { text: 'x'.repeat(8193) }],
  ['material', 'send', 'text', { text: undefined, files: undefined }],
  ['material', 'send', 'text', { address: 'https://example.org/' }],
  ['material', 'send', 'files', { text: undefined, address: 'https://example.org/' }],
  ['material', 'send', 'files', { files: Array(7).fill({}) }],
  ['material', 'send', 'files', { files: [{ fileId: 'x' }] }],
  ['material', 'send', 'topic', { topic: '../a' }],
  ['material', 'send', 'address', { address: 'http://example.org/' }],
  ['material', 'send', 'address', { address: 'javascript:alert(1)//https://example.org' }],
  ['material', 'send', 'address', { address: 'https://bank.example@evil.example/' }],
  ['material', 'ask', 'question', { question: ' ' }],
] as const)('in a %s, %s is refused for a bad %s (%#)', (kind, step, field, change) => {
  expect(read(kind, step, { ...sample(kind, step), ...change })).toEqual({ ok: false, failure: { field } })
})

test('a request’s id says its kind, and one of a kind that nobody knows is none', () => {
  const id = requestIdOf('refill', new Uint8Array(16).fill(0xab))
  expect(id).toBe(`refill.${'ab'.repeat(16)}`)
  expect([parseRequestId(id), kindOf(id)]).toEqual([id, 'refill'])
  for (const none of ['', 'refill', 'refill.ab', `toString.${'ab'.repeat(16)}`, `other.${'ab'.repeat(16)}`, `${id} `]) {
    expect(parseRequestId(none)).toBeUndefined()
  }
  expect(() => requestIdOf('refill', new Uint8Array(15))).toThrow('got 15 bytes')
})

test('a step’s id says its writer and its number, 1 to 200', () => {
  expect(stepIdOf('0123456789abcdef', 200)).toBe('01234567~200')
  expect(stepIdOf('0123456789abcdef', 201)).toBeUndefined()
  for (const none of ['01234567~0', '01234567~01', '01234567~201', '0123456~1', '0123456G~1', '01234567~1 ', 7, null]) {
    expect(parseStepId(none)).toBeUndefined()
  }
})
