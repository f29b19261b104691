import { beforeAll, expect, test } from 'vitest'
import {
  contactIdOf,
  isByRemoved,
  MAX_CARD_NUMBER,
  mailboxOf,
  openCard,
  supersedes,
} from '#app/core/sharing/contact-card.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { DeviceId } from '#schema/ids.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

test('a card opens as it was signed; cut, changed in one bit or longer, it does not open', () => {
  const ana = makePerson()
  const bytes = ana.cardBytes()
  expect(openCard(bytes)).toMatchObject({ ok: true, value: { idSign: ana.principal, name: 'Ana', number: 1 } })
  for (let length = 0; length < bytes.length; length += 17) expect(openCard(bytes.slice(0, length)).ok).toBe(false)
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice()
    changed[at]! ^= 1 << (at % 8)
    expect(openCard(changed).ok).toBe(false)
  }
  expect(openCard(new Uint8Array([...bytes, 0]))).toEqual({ ok: false, failure: 'trailing-bytes' })
  expect(openCard(new Uint8Array(20_000))).toEqual({ ok: false, failure: 'too-large' })
})

test('only a device that leads to idSign may sign a card, and none that the card itself calls removed', () => {
  const [ana, eve] = [makePerson(), makePerson()]
  expect(openCard(ana.cardBytes({}, eve.device))).toEqual({ ok: false, failure: 'bad-card' })
  expect(openCard(ana.cardBytes({ chain: eve.chain }, eve.device))).toEqual({ ok: false, failure: 'bad-card' })
  const removed = [DeviceId.of(ana.device.publicKey)]
  expect(openCard(ana.cardBytes({ removed }))).toEqual({ ok: false, failure: 'bad-card' })
})

test('a later card counts, an earlier or another person’s does not, nor one of a removed device', () => {
  const [ana, eve] = [makePerson(), makePerson()]
  const first = ana.card()
  expect(supersedes(ana.card({ number: 2 }), first)).toBe(true)
  expect(supersedes(first, ana.card({ number: 2 }))).toBe(false)
  expect(supersedes(eve.card({ number: 9 }), first)).toBe(false)

  const stolen = makeSigningKey()
  const stolenChain = [ana.certify(stolen, ana.device), ...ana.chain]
  const removal = ana.card({ number: 2, removed: [DeviceId.of(stolen.publicKey)] })
  const thiefs = ana.card({ number: 99, chain: stolenChain }, stolen)
  expect(supersedes(thiefs, first)).toBe(true)
  expect(supersedes(thiefs, removal)).toBe(false)
})

test('a card with the highest number that a stolen device signed gives way to the one that calls the device removed', () => {
  const ana = makePerson()
  const stolen = makeSigningKey()
  const stolenChain = [ana.certify(stolen, ana.device), ...ana.chain]
  const removed = [DeviceId.of(stolen.publicKey)]
  const thiefs = ana.card({ number: MAX_CARD_NUMBER, chain: stolenChain }, stolen)
  const removal = ana.card({ number: 2, removed })
  expect(supersedes(removal, thiefs)).toBe(true)
  expect(supersedes(thiefs, removal)).toBe(false)
})

test('a recipient’s stolen device was the one that paired the others: they stay, what it certifies afterwards does not count', () => {
  const bea = makePerson()
  const [tablet, thiefs] = [makeSigningKey(), makeSigningKey()]
  const tabletChain = [bea.certify(tablet, bea.device), ...bea.chain]
  const removed = [DeviceId.of(bea.device.publicKey)]
  const first = bea.card()
  expect(openCard(bea.cardBytes({ number: 2, chain: tabletChain, removed }, tablet)).ok).toBe(false)
  const removal = bea.card({ number: 2, chain: tabletChain, removed, kept: [DeviceId.of(tablet.publicKey)] }, tablet)
  expect(supersedes(removal, first)).toBe(true)
  expect(supersedes(bea.card({ number: 3 }), removal)).toBe(false)
  const made = bea.card({ number: 3, chain: [bea.certify(thiefs, bea.device), ...bea.chain] }, thiefs)
  expect(supersedes(made, removal)).toBe(false)
  expect(supersedes(removal, made)).toBe(true)
  expect(isByRemoved({ chain: tabletChain }, removal)).toBe(false)
})

test('of two cards with one number every contact takes the same', () => {
  const ana = makePerson()
  const other = makeSigningKey()
  const near = ana.card({ number: 2, name: 'near' })
  const far = ana.card({ number: 2, chain: [ana.certify(other, ana.device), ...ana.chain] }, other)
  expect([supersedes(near, far), supersedes(far, near)]).toEqual([true, false])
  const [one, two] = [ana.card({ number: 2, name: 'one' }), ana.card({ number: 2, name: 'two' })]
  expect(supersedes(one, two)).not.toBe(supersedes(two, one))
  expect(supersedes(one, one)).toBe(false)
})

test('a contact keeps its id through new cards; its mailbox is the card’s', () => {
  const [ana, bea] = [makePerson(), makePerson()]
  expect(contactIdOf(ana.card().idSign)).toBe(contactIdOf(ana.card({ number: 2 }).idSign))
  expect(contactIdOf(ana.principal)).not.toBe(contactIdOf(bea.principal))
  expect(mailboxOf(ana.card())).toMatch(/^[0-9a-f]{64}$/)
})
