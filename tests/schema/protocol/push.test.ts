import { expect, test } from 'vitest'
import {
  decodePushEnd,
  decodePushKey,
  decodePushSubscription,
  encodePushEnd,
  encodePushKey,
  encodePushSubscription,
  MAX_ENDPOINT_BYTES,
  type PushSubscription,
} from '#schema/protocol/push.ts'
import { fail, ok } from '#schema/result.ts'
import { ambiguousIn } from './total.ts'

const subscription: PushSubscription = { device: new Uint8Array(32).fill(7), endpoint: 'https://push.example/ä' }
const quiet = { fromMinute: 1320, toMinute: 420 }

test.each([subscription, { ...subscription, quiet }])('a subscription survives its bytes: %o', value => {
  expect(decodePushSubscription(encodePushSubscription(value))).toEqual(ok(value))
})

test('a key and an end survive their bytes', () => {
  const key = new Uint8Array(65).fill(4)
  expect(decodePushKey(encodePushKey(key))).toEqual(ok(key))
  expect(decodePushEnd(encodePushEnd(subscription.endpoint))).toEqual(ok(subscription.endpoint))
})

test.each([
  { fromMinute: 1440, toMinute: 0 },
  { fromMinute: 0, toMinute: 1440 },
  { fromMinute: 60, toMinute: 60 },
])('quiet hours outside of the day, or all of it, are refused: %o', wrong => {
  expect(decodePushSubscription(encodePushSubscription({ ...subscription, quiet: wrong }))).toEqual(fail('bad-value'))
})

test('an endpoint that is too long is refused', () => {
  const long = { ...subscription, endpoint: 'x'.repeat(MAX_ENDPOINT_BYTES + 1) }
  expect(decodePushSubscription(encodePushSubscription(long))).toEqual(fail('too-large'))
})

test('every decoder of pushes decodes totally', () => {
  const whole = { ...subscription, quiet }
  expect(ambiguousIn(decodePushSubscription, encodePushSubscription, whole)).toEqual([])
  expect(ambiguousIn(decodePushKey, encodePushKey, new Uint8Array(65))).toEqual([])
  expect(ambiguousIn(decodePushEnd, encodePushEnd, 'https://push.example')).toEqual([])
})
