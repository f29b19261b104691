import * as A from '@automerge/automerge'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { authorsIn, type Writer } from '#app/core/record/authors.ts'
import { remake } from '#app/core/log/remake.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { packStep, unpackStep } from '#app/core/requests/pack-step.ts'
import {
  nextStepId,
  putStep,
  readSteps,
  requestIn,
  requestLabel,
  type SideOf,
} from '#app/core/requests/request-document.ts'
import { stateOf } from '#app/core/requests/state-of.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import { REFILL } from '#schema/requests/refill.ts'
import { requestIdOf } from '#schema/requests/request-id.ts'
import { type RequestKind, REQUESTS } from '#schema/requests/requests.ts'
import { MAX_AFTER, type StepId, stepIdOf } from '#schema/requests/step.ts'
import { deliver, exchange, grantTo, makeGrant, type Replica, tellStory } from '#tests/support/log-kit.ts'
import { REQUEST_SAMPLES } from '#tests/support/request-samples.ts'

beforeAll(readyCrypto)

const PHONE = 'aa'.repeat(16)
/** The phone's, once its feed was mended. */
const TABLET = 'bb'.repeat(16)
const DOCTOR = 'cc'.repeat(16)
const STRANGER = 'ee'.repeat(16)

const sideOf: SideOf<string> = actor => {
  if (actor === PHONE || actor === TABLET) return { role: 'patient', author: 'phone' }
  return actor === DOCTOR ? { role: 'provider', author: 'doctor' } : undefined
}
const read = (doc: A.Doc<DocMap>) => readSteps(doc, REFILL, sideOf)
const viewOf = (doc: A.Doc<DocMap>) => stateOf(REFILL.machine, read(doc).steps)
const start = (actor: string) => A.init<DocMap>({ actor })

/** As an app writes: having seen what is there, under its own next name. */
function take(doc: A.Doc<DocMap>, actor: string, kind: string): A.Doc<DocMap> {
  const own = A.clone(doc, { actor })
  const step = { kind, claimedAt: instant(5), after: viewOf(own).newest, data: REQUEST_SAMPLES.refill[kind] }
  return A.change(own, draft => putStep(draft, nextStepId(own, actor)!, step))
}
const asked = () => take(start(PHONE), PHONE, 'request')
const approved = () => take(asked(), DOCTOR, 'approve')
/** Whatever a changed app writes. */
const spoil = (doc: A.Doc<DocMap>, actor: string, act: (draft: DocMap) => void) =>
  A.change(A.clone(doc, { actor }), act)

test('readSteps() has what was put, with whoever wrote it and on which side', () => {
  const { steps, leftOut } = read(approved())
  expect(leftOut).toBe(0)
  expect(steps).toEqual([
    {
      id: 'aaaaaaaa~1',
      role: 'patient',
      author: 'phone',
      kind: 'request',
      claimedAt: 5,
      after: [],
      data: REQUEST_SAMPLES.refill['request'],
    },
    {
      id: 'cccccccc~1',
      role: 'provider',
      author: 'doctor',
      kind: 'approve',
      claimedAt: 5,
      after: ['aaaaaaaa~1'],
      data: REQUEST_SAMPLES.refill['approve'],
    },
  ])
})

test('what was made again by value under another key of the same person counts, each after what it came after', () => {
  const withdrawn = take(take(asked(), PHONE, 'withdraw'), DOCTOR, 'see')
  const own = take(asked(), PHONE, 'withdraw')
  const again = A.change(start(TABLET), draft => remake(draft, {}, own))
  expect(viewOf(again).history).toMatchObject([
    { step: { id: 'bbbbbbbb~1', kind: 'request', after: [] }, standing: 'counts' },
    { step: { id: 'bbbbbbbb~2', kind: 'withdraw', after: ['bbbbbbbb~1'] }, standing: 'counts' },
  ])
  expect(viewOf(again).state).toBe(viewOf(withdrawn).state)
  expect(nextStepId(again, TABLET)).toBe('bbbbbbbb~3')
  // A clone of this profile had used the name for something else.
  const both = A.merge(A.clone(take(asked(), PHONE, 'withdraw')), A.clone(again, { actor: TABLET }))
  expect(
    read(both)
      .steps.map(({ id }) => id)
      .toSorted(),
  ).toEqual(['aaaaaaaa~1', 'aaaaaaaa~2', 'bbbbbbbb~1', 'bbbbbbbb~2'])
})

test('two copies of a request that people wrote in apart are one when they merge, whichever goes into the other', () => {
  // One beginning: of two the times of their changes may differ.
  const first = asked()
  const [withdrawn, answered] = [take(A.clone(first), PHONE, 'withdraw'), take(A.clone(first), DOCTOR, 'approve')]
  const both = A.merge(A.clone(withdrawn), answered)
  expect(viewOf(both).state).toBe('withdrawn')
  expect(viewOf(A.merge(A.clone(answered), withdrawn))).toEqual(viewOf(both))
  expect(viewOf(A.load<DocMap>(A.save(both)))).toEqual(viewOf(both))
})

test('nobody takes a step of somebody else’s away or puts another in its place', () => {
  const doc = approved()
  const taken = spoil(doc, PHONE, draft => void delete draft['s:cccccccc~1'])
  expect(viewOf(taken)).toEqual(viewOf(doc))
  const decline = packStep({
    kind: 'decline',
    claimedAt: instant(5),
    after: ['aaaaaaaa~1' as StepId],
    data: { reason: 'No' },
  })
  const replaced = spoil(doc, PHONE, draft => void (draft['s:cccccccc~1'] = new A.ImmutableString(decline)))
  expect([viewOf(replaced), read(replaced).leftOut]).toEqual([viewOf(doc), 1])
  // Nor does its writer, who can take a later step.
  const rewritten = spoil(doc, DOCTOR, draft => void (draft['s:cccccccc~1'] = new A.ImmutableString(decline)))
  expect([viewOf(rewritten), read(rewritten).leftOut]).toEqual([viewOf(doc), 1])
})

test('nextStepId() uses no name twice, also where a step was taken out, and none once there is no more room', () => {
  const doc = spoil(asked(), DOCTOR, draft => void delete draft['s:aaaaaaaa~1'])
  expect([nextStepId(doc, PHONE), nextStepId(doc, DOCTOR)]).toEqual(['aaaaaaaa~2', 'cccccccc~1'])
  const squatted = spoil(doc, DOCTOR, draft => void (draft['s:aaaaaaaa~2'] = 'x'))
  expect(nextStepId(squatted, PHONE)).toBe('aaaaaaaa~2')
  expect(viewOf(take(squatted, PHONE, 'withdraw')).state).toBe('withdrawn')
  const full = spoil(doc, PHONE, draft => void (draft['s:aaaaaaaa~200'] = 'x'))
  expect(nextStepId(full, PHONE)).toBeUndefined()
})

test('what is damaged, of another kind, under another’s name or by a stranger is left out and counted', () => {
  const good = packStep({ kind: 'withdraw', claimedAt: instant(5), after: ['aaaaaaaa~1' as StepId], data: {} })
  const put = (key: string, value: unknown, actor = PHONE) =>
    read(spoil(asked(), actor, draft => void (draft[key] = value)))
  const odd: [string, unknown, string?][] = [
    ['s:aaaaaaaa~2', new Uint8Array([1, 2, 3])],
    ['s:aaaaaaaa~2', { kind: 'withdraw' }],
    ['s:aaaaaaaa~2', 7],
    ['s:aaaaaaaa~2', null],
    ['s:aaaaaaaa~2', good.replace('withdraw', 'choose')],
    ['s:aaaaaaaa~2', good.replace('[1,', '[2,')],
    ['s:aaaaaaaa~2', good.replace('aaaaaaaa~1', 'aaaaaaaa~01')],
    ['s:aaaaaaaa~2', good.replace('5', '1e300')],
    ['s:aaaaaaaa~2', good.replace(']', '')],
    ['s:aaaaaaaa~0', new A.ImmutableString(good)],
    ['s:', new A.ImmutableString(good)],
    ['s:__proto__', new A.ImmutableString(good)],
    ['s:cccccccc~1', new A.ImmutableString(good)],
    ['s:eeeeeeee~1', new A.ImmutableString(good), STRANGER],
  ]
  for (const [key, value, actor] of odd) {
    const { steps, leftOut } = put(key, typeof value === 'string' ? new A.ImmutableString(value) : value, actor)
    expect([key, steps.length, leftOut]).toEqual([key, 1, 1])
  }
  expect(put('s:aaaaaaaa~2', new A.ImmutableString(good))).toMatchObject({
    leftOut: 0,
    steps: [{}, { kind: 'withdraw' }],
  })
  // What is no step is nobody's business here.
  expect(put('t:later', 5)).toMatchObject({ leftOut: 0, steps: [{}] })
})

test('each step of each kind comes back from its text', () => {
  for (const [kind, samples] of Object.entries(REQUEST_SAMPLES)) {
    for (const [step, data] of Object.entries(samples)) {
      const packed = { kind: step, claimedAt: instant(1_800_000_000_000), after: [stepIdOf(PHONE, 3)!], data }
      expect(unpackStep(packStep(packed), REQUESTS[kind as RequestKind].readers)).toEqual(packed)
    }
  }
})

test('the longest note that is allowed fits, full of what has to be escaped', () => {
  const after = Array.from({ length: MAX_AFTER }, (_, index) => stepIdOf(PHONE, 1 + (index % 200))!)
  const packed = { kind: 'note', claimedAt: instant(5), after, data: { note: '"'.repeat(20_000) } }
  expect(unpackStep(packStep(packed), REQUESTS.appointment.readers)).toEqual(packed)
  expect(unpackStep(packStep({ ...packed, after: [...after, ...after] }), REQUESTS.appointment.readers)).toBeUndefined()
})

test('unpackStep() throws for nothing, and reads no part of a text', () => {
  const whole = packStep({
    kind: 'propose',
    claimedAt: instant(5),
    after: ['aaaaaaaa~1' as StepId],
    data: REQUEST_SAMPLES.appointment['propose'],
  })
  const { readers } = REQUESTS.appointment
  for (let length = 0; length < whole.length; length++) {
    expect(unpackStep(whole.slice(0, length), readers)).toBeUndefined()
  }
  const member = fc.oneof(fc.constantFrom(1, 'propose', 'toString', '__proto__', 5, [], {}), fc.jsonValue())
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.array(member, { minLength: 4, maxLength: 6 }).map(list => JSON.stringify(list)),
    fc
      .tuple(fc.nat(whole.length), fc.string())
      .map(([place, odd]) => whole.slice(0, place) + odd + whole.slice(place + 1)),
  )
  fc.assert(
    fc.property(texts, text => {
      const step = unpackStep(text, readers)
      expect(step === undefined ? step : unpackStep(packStep(step), readers)).toEqual(step)
    }),
    { numRuns: 500 },
  )
})

test('readSteps() throws for no document, and finds in it the steps that are good', () => {
  // As a key of an assignment it names no key.
  const name = fc.string({ minLength: 1 }).filter(text => text !== '__proto__')
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array(),
    fc.dictionary(name, fc.integer(), { noNullPrototype: true }),
    fc.array(fc.string()),
  )
  const key = fc.oneof(fc.constantFrom('s:aaaaaaaa~1', 's:cccccccc~1', 's:aaaaaaaa~2', 's:eeeeeeee~1', 's:', 's'), name)
  const act = fc.record({ key, value, actor: fc.constantFrom(PHONE, DOCTOR, STRANGER) })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 6 }), hostile => {
      const doc = hostile.reduce(
        (before, each) => spoil(before, each.actor, draft => void (draft[each.key] = each.value)),
        approved(),
      )
      expect(read(doc).steps.map(({ kind }) => kind)).toEqual(['request', 'approve'])
    }),
    { numRuns: 100 },
  )
})

test('requestIn() finds a request’s id in its shard’s name, and none in another’s', () => {
  const id = requestIdOf('copy', new Uint8Array(16))
  expect(requestIn(requestLabel(id))).toBe(id)
  for (const label of ['members', 'request/', `request/other.${'0'.repeat(32)}`, `x${requestLabel(id)}`]) {
    expect(requestIn(label)).toBeUndefined()
  }
})

test('in a sealed log each step has the side and the key of whoever signed its frame, on both sides alike', async () => {
  const story = await tellStory()
  const patient = story.creator
  const practice = await grantTo(story, makeGrant(), 'write')
  const label = requestLabel(requestIdOf('refill', new Uint8Array(16)))
  const sidesIn = ({ log }: Replica): SideOf<Writer> => {
    const authors = authorsIn(log)
    return actor => {
      const author = authors.writerOf(actor)
      return author && { role: authors.isOwner(author.principal) ? 'patient' : 'provider', author }
    }
  }
  const seenBy = async (replica: Replica) =>
    stateOf(REFILL.machine, readSteps(await replica.log.read<DocMap>(label), REFILL, sidesIn(replica)).steps)
  const act = async (replica: Replica, kind: string) => {
    const { newest: after } = await seenBy(replica)
    const id = nextStepId(await replica.log.read<DocMap>(label), replica.log.actor())!
    const step = { kind, claimedAt: instant(5), after, data: REQUEST_SAMPLES.refill[kind] }
    await replica.log.change<DocMap>(label, doc => putStep(doc, id, step))
    expect((await replica.log.flush()).ok).toBe(true)
  }
  await act(patient, 'request')
  await deliver(patient, practice)
  await act(practice, 'approve')
  await act(patient, 'withdraw')
  await exchange(patient, practice)
  const [here, there] = [await seenBy(patient), await seenBy(practice)]
  expect(here).toEqual(there)
  expect(here.state).toBe('withdrawn')
  const told = here.history.map(({ step: { role, kind }, standing }) => `${role} ${kind}: ${standing}`)
  expect(told.toSorted()).toEqual(['patient request: counts', 'patient withdraw: counts', 'provider approve: too-late'])
})
