import { expect, test } from 'vitest'
import { instant } from '#schema/instant.ts'
import { addressKey, clientAddress } from '#sync-server/limits/address.ts'
import { Bucket, Buckets } from '#sync-server/limits/rate.ts'

const rate = { perSecond: 2, burst: 3 }

test('Bucket gives its burst, then so many a second, and says how long to wait', () => {
  const bucket = new Bucket(rate, instant(0))
  expect([0, 0, 0, 0].map(ms => bucket.take(instant(ms)))).toEqual([0, 0, 0, 500])
  expect(bucket.take(instant(250))).toBe(250)
  expect(bucket.take(instant(500))).toBe(0)
  expect(bucket.take(instant(500))).toBe(500)
  expect([1, 2, 3, 4].map(() => bucket.take(instant(1e9)))).toEqual([0, 0, 0, 500])
})

test('Bucket is neither filled nor stopped by a clock set back', () => {
  const bucket = new Bucket(rate, instant(1e9))
  for (let taken = 0; taken < 3; taken++) bucket.take(instant(1e9))
  expect(bucket.take(instant(0))).toBe(500)
  expect(bucket.take(instant(500))).toBe(0)
})

test('Buckets keep addresses apart, and forget the one longest unused', () => {
  const buckets = new Buckets({ perSecond: 1, burst: 1 }, 2)
  const now = instant(0)
  expect([buckets.take('a', now), buckets.take('b', now), buckets.take('a', now)]).toEqual([0, 0, 1000])
  expect(buckets.take('c', now)).toBe(0)
  expect([buckets.take('a', now), buckets.take('b', now)]).toEqual([1000, 0])
})

test('addressKey() takes an IPv6 household as one', () => {
  expect(addressKey('192.0.2.7')).toBe('192.0.2.7')
  expect(addressKey('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(addressKey('2001:db8:1:2::9')).toBe('2001:db8:1:2')
  expect(addressKey('2001:db8::9')).toBe('2001:db8:0:0')
  expect(addressKey('::1')).toBe('0:0:0:0')
})

test('clientAddress() believes a proxy only when told to, and only its own word', () => {
  expect(clientAddress('10.0.0.1', '1.1.1.1, 2.2.2.2', false)).toBe('10.0.0.1')
  expect(clientAddress('10.0.0.1', '1.1.1.1, 2.2.2.2', true)).toBe('2.2.2.2')
  expect(clientAddress('10.0.0.1', undefined, true)).toBe('10.0.0.1')
})
