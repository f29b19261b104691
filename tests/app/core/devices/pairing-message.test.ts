import { beforeAll, expect, test } from 'vitest'
import {
  decodeAnswer,
  decodeOffer,
  encodeAnswer,
  encodeOffer,
  openPayload,
  openStep,
  pairingKeys,
  type PairingPayload,
  sealPayload,
  sealStep,
  transcriptOf,
} from '#app/core/devices/pairing-message.ts'
import { makeKemKey, makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { DeviceId, FrameHash, KeyId, PrincipalId, WriterId } from '#schema/ids.ts'

beforeAll(readyCrypto)

function offer() {
  return {
    device: DeviceId.of(randomBytes(32)),
    kemPublicKey: randomBytes(1216),
    holderKey: randomBytes(32),
    name: 'Ana’s phone',
    commitment: randomBytes(32),
  }
}

function payload(): PairingPayload {
  return {
    principal: PrincipalId.of(randomBytes(32)),
    chain: [],
    homeGenesis: randomBytes(82),
    homeKeys: [{ keyId: KeyId.of(randomBytes(8)), secret: randomBytes(32) }],
    vectors: [{ writer: WriterId.of(randomBytes(32)), next: 4, hash: FrameHash.of(randomBytes(32)) }],
  }
}

test('offers and answers come back as they were, and every cut of them is refused', () => {
  const made = offer()
  const bytes = encodeOffer(made)
  expect(decodeOffer(bytes)).toEqual({ ok: true, value: made })
  for (let length = 0; length < bytes.length; length++) expect(decodeOffer(bytes.slice(0, length)).ok).toBe(false)
  const answer = { device: made.device, name: 'laptop', nonce: randomBytes(32) }
  const answerBytes = encodeAnswer(answer)
  expect(decodeAnswer(answerBytes)).toEqual({ ok: true, value: answer })
  for (let length = 0; length < answerBytes.length; length++) {
    expect(decodeAnswer(answerBytes.slice(0, length)).ok).toBe(false)
  }
})

test('a step opens only in its own pairing and as the step it is', () => {
  const [mine, other] = [pairingKeys(randomBytes(11)), pairingKeys(randomBytes(11))]
  const sealed = sealStep(mine.channel, 'reveal', randomBytes(32))
  expect(openStep(mine.channel, sealed)?.step).toBe('reveal')
  expect(openStep(other.channel, sealed)).toBeUndefined()
  sealed[0] = 4
  expect(openStep(mine.channel, sealed)).toBeUndefined()
  expect(openStep(mine.channel, new Uint8Array(0))).toBeUndefined()
})

test('pairingKeys() are the same on both devices, and differ by one bit of the words', () => {
  const secret = randomBytes(11)
  expect(pairingKeys(secret)).toEqual(pairingKeys(secret.slice()))
  const flipped = secret.slice()
  flipped[10]! ^= 1
  expect(pairingKeys(flipped).channel).not.toEqual(pairingKeys(secret).channel)
})

test('openPayload() takes only what the compared device signed over the compared transcript', () => {
  const [signer, stranger, kem] = [makeSigningKey(), makeSigningKey(), makeKemKey()]
  const transcript = transcriptOf(randomBytes(5), randomBytes(6), randomBytes(32))
  const made = payload()
  const sealed = sealPayload(made, transcript, signer, kem.publicKey)
  const device = DeviceId.of(signer.publicKey)
  expect(openPayload(sealed, transcript, device, kem)).toEqual({ ok: true, value: made })
  expect(openPayload(sealed, transcriptOf(randomBytes(5), randomBytes(6), randomBytes(32)), device, kem).ok).toBe(false)
  expect(openPayload(sealed, transcript, DeviceId.of(stranger.publicKey), kem).ok).toBe(false)
  expect(openPayload(sealed, transcript, device, makeKemKey()).ok).toBe(false)
  for (const at of [0, 1119, 1130, sealed.length - 1]) {
    const flipped = sealed.slice()
    flipped[at]! ^= 1
    expect(openPayload(flipped, transcript, device, kem).ok).toBe(false)
  }
})
