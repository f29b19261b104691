import { beforeAll, describe, expect, test } from 'vitest'
import { makeDeviceCert, makeWriterCert } from '#crypto/certificate.ts'
import { hash } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { checkDeviceChain, checkWriterCert } from '#crypto/verify.ts'
import { DeviceId, PrincipalId, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { DeviceCert } from '#schema/protocol/certificate.ts'
import { fail, ok } from '#schema/result.ts'
import { filled, flip, logOf } from './places.ts'

const BAD = fail('bad-chain')
const KEM_PUBLIC_KEY = filled(1216, 1)

beforeAll(readyCrypto)

function certify(device: SigningKey, issuer: SigningKey, isAdmin = false): DeviceCert {
  const request = {
    device: DeviceId.of(device.publicKey),
    kemPublicKey: KEM_PUBLIC_KEY,
    isAdmin,
    issuedAt: instant(5),
  }
  return makeDeviceCert(request, issuer)
}

/** idSign certified an admin device, that one a phone, and the phone vouches for a feed. */
function family() {
  const [idSign, admin, phone, feed] = [makeSigningKey(), makeSigningKey(), makeSigningKey(), makeSigningKey()]
  const chain = [certify(phone, admin), certify(admin, idSign, true)]
  const cert = makeWriterCert(logOf(1), feed.publicKey, phone, chain)
  return { idSign, admin, phone, feed, chain, cert }
}

test('checkDeviceChain() names the device and the root it leads to', () => {
  const { idSign, phone, chain } = family()
  expect(checkDeviceChain(chain)).toEqual(
    ok({ device: DeviceId.of(phone.publicKey), root: PrincipalId.of(idSign.publicKey) }),
  )
  expect(chain[0]?.kemKeyHash).toEqual(hash(KEM_PUBLIC_KEY))
})

test('checkWriterCert() follows the chain from the feed to idSign', () => {
  const { idSign, phone, cert } = family()
  const device = DeviceId.of(phone.publicKey)
  expect(checkWriterCert(cert)).toEqual(ok({ voucher: device, device, root: PrincipalId.of(idSign.publicKey) }))
})

test('checkWriterCert() takes a grant’s key without a chain', () => {
  const grant = makeSigningKey()
  const principal = PrincipalId.of(grant.publicKey)
  expect(checkWriterCert(makeWriterCert(logOf(1), filled(32, 7), grant, []))).toEqual(
    ok({ voucher: principal, root: principal }),
  )
})

describe('a certificate is refused', () => {
  test('when a device that is no admin certified another', () => {
    const { idSign, admin, phone } = family()
    expect(checkDeviceChain([certify(phone, admin), certify(admin, idSign, false)])).toEqual(BAD)
  })

  test('when a link is missing, swapped or foreign', () => {
    const { idSign, admin, phone, chain, cert } = family()
    const stranger = certify(makeSigningKey(), idSign, true)
    expect(checkDeviceChain([])).toEqual(BAD)
    expect(checkDeviceChain([chain[1]!, chain[0]!])).toEqual(BAD)
    expect(checkDeviceChain([chain[0]!, stranger])).toEqual(BAD)
    expect(checkDeviceChain([certify(phone, makeSigningKey()), certify(admin, idSign, true)])).toEqual(BAD)
    expect(checkWriterCert({ ...cert, chain: [chain[1]!] })).toEqual(BAD)
  })

  test('when the voucher is not the device that the chain is for', () => {
    const { idSign, feed, chain } = family()
    expect(checkWriterCert(makeWriterCert(logOf(1), feed.publicKey, idSign, chain))).toEqual(BAD)
  })

  test('when it is used for another feed or log', () => {
    const { cert } = family()
    expect(checkWriterCert({ ...cert, writer: WriterId.of(filled(32, 9)) })).toEqual(BAD)
    expect(checkWriterCert({ ...cert, logId: logOf(2) })).toEqual(BAD)
  })

  test('when anything signed in it was changed', () => {
    const { chain, cert } = family()
    const [leaf, admin] = [chain[0]!, chain[1]!]
    const changes: DeviceCert[] = [
      { ...leaf, isAdmin: true },
      { ...leaf, issuedAt: instant(6) },
      { ...leaf, kemKeyHash: flip(leaf.kemKeyHash, 3) },
      { ...leaf, signature: flip(leaf.signature, 100) },
    ]
    for (const changed of changes) expect(checkWriterCert({ ...cert, chain: [changed, admin] })).toEqual(BAD)
    expect(checkWriterCert({ ...cert, signature: flip(cert.signature, 0) })).toEqual(BAD)
  })

  test('when a device certificate’s signature stands under a writer certificate', () => {
    const { cert, chain } = family()
    expect(checkWriterCert({ ...cert, signature: chain[0]!.signature })).toEqual(BAD)
  })

  test('when the chain is longer than any there may be', () => {
    const keys = Array.from({ length: 10 }, makeSigningKey)
    const chain = keys.slice(1).map((issuer, index) => certify(keys[index]!, issuer, true))
    expect(checkDeviceChain(chain)).toEqual(BAD)
    expect(checkDeviceChain(chain.slice(0, 8)).ok).toBe(true)
  })
})
