import { parseRelayOrigin } from '#schema/relay-origin.ts'
import { beforeAll, expect, test } from 'vitest'
import {
  decodeGuardianAnswer,
  decodeGuardianOffer,
  encodeGuardianAnswer,
  encodeGuardianOffer,
  type GuardianOffer,
} from '#app/core/kept/guardian-letter.ts'
import { makeDevice } from '#app/core/home/create-account.ts'
import { makeGenesis } from '#app/core/log/create-log.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { DeviceId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)

function offer(change: Partial<GuardianOffer> = {}): GuardianOffer {
  const idSign = makeSigningKey()
  const { seeds, known } = makeDevice('Ben', idSign, { clock: makeTestClock() })
  const secret = randomBytes(32)
  return {
    seeds,
    principal: PrincipalId.of(idSign.publicKey),
    chain: known.chain,
    homeGenesis: makeGenesis('home', makeSigningKey(), randomBytes(16), idSign.publicKey).bytes,
    homeKeys: [{ keyId: keyIdOf(secret), secret }],
    purpose: 'hand-over',
    until: instant(9),
    name: 'Tim',
    birthDate: '2010-04-05',
    terms: [
      {
        guardian: PrincipalId.of(randomBytes(32)),
        name: 'Ana',
        role: 'read',
        until: instant(11),
        sections: ['medicines', 'allergies'],
      },
    ],
    ...change,
  }
}

test('decodeGuardianOffer() gives back what was offered', () => {
  const made = offer()
  expect(decodeGuardianOffer(encodeGuardianOffer(made))).toEqual({ ok: true, value: made })
  const toStaff = offer({ purpose: 'guardian', isPractice: true, birthDate: '', terms: [] })
  expect(decodeGuardianOffer(encodeGuardianOffer(toStaff))).toEqual({ ok: true, value: toStaff })
  const elsewhere = offer({ relay: parseRelayOrigin('https://hers.example')! })
  expect(decodeGuardianOffer(encodeGuardianOffer(elsewhere))).toEqual({ ok: true, value: elsewhere })
})

test('decodeGuardianOffer() refuses keys that the chain does not certify, and a log that is not that person’s', () => {
  const [made, other] = [offer(), offer()]
  const isRefused = (change: Partial<GuardianOffer>) =>
    !decodeGuardianOffer(encodeGuardianOffer({ ...made, ...change })).ok
  expect(isRefused({ seeds: other.seeds })).toBe(true)
  expect(isRefused({ chain: other.chain })).toBe(true)
  expect(isRefused({ principal: other.principal })).toBe(true)
  expect(isRefused({ homeGenesis: other.homeGenesis })).toBe(true)
  expect(isRefused({})).toBe(false)
})

test('decodeGuardianOffer() and decodeGuardianAnswer() answer any bytes', () => {
  const whole = encodeGuardianOffer(offer())
  for (let length = 0; length < whole.length; length++)
    expect(decodeGuardianOffer(whole.slice(0, length)).ok).toBe(false)
  const answer = { device: DeviceId.of(randomBytes(32)), answer: 'declined' } as const
  expect(decodeGuardianAnswer(encodeGuardianAnswer(answer))).toEqual(answer)
  for (let length = 0; length < 33; length++) expect(decodeGuardianAnswer(randomBytes(length))).toBeUndefined()
  expect(decodeGuardianAnswer(Uint8Array.of(...randomBytes(32), 3))).toBeUndefined()
})
