import * as A from '@automerge/automerge/slim'
import { beforeAll, expect, test } from 'vitest'
import { makeDevice } from '#app/core/home/create-account.ts'
import { type GuardianOffer, deviceOf } from '#app/core/kept/guardian-letter.ts'
import {
  answerOffer,
  endKept,
  putAnswerTold,
  putCarried,
  putGuardianDevice,
  putOffer,
} from '#app/core/kept/kept-changes.ts'
import { type GuardianDevice, type KeptDocument, readKept } from '#app/core/kept/kept-document.ts'
import { joinTwinOffers } from '#app/core/kept/twin-offers.ts'
import { makeGenesis } from '#app/core/log/create-log.ts'
import { keyIdOf, logIdOf } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { ContactId, DeviceId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)

const contact = ContactId.of(new Uint8Array(ContactId.size).fill(7))
type Edit = (doc: KeptDocument) => void

/** Two offers of one record: the second one's device took the place of the first one's. */
function offers() {
  const idSign = makeSigningKey()
  const homeGenesis = makeGenesis('home', makeSigningKey(), randomBytes(16), idSign.publicKey).bytes
  const offer = (number: number): GuardianOffer => {
    const { seeds, known } = makeDevice('Ben', idSign, { clock: makeTestClock() })
    const secret = randomBytes(32)
    const about = { name: 'Tim', birthDate: '2010-04-05', purpose: 'guardian', terms: [] } as const
    const principal = PrincipalId.of(idSign.publicKey)
    const homeKeys = [{ keyId: keyIdOf(secret), secret }]
    return { ...about, seeds, principal, chain: known.chain, homeGenesis, homeKeys, until: instant(9000 + number) }
  }
  const [first, second] = [offer(1), offer(2)]
  const id = logIdOf(homeGenesis)
  const take = (one: GuardianOffer) => (doc: KeptDocument) =>
    putOffer(doc, id, one, { contact, at: instant(1), after: [] })
  return { id, first, second, take }
}

/** What is known once two devices of one person did `here` and `there` before they heard of each other, whichever map counts. */
function takenByTwo(here: readonly Edit[], there: readonly Edit[]) {
  return [
    ['aa', 'bb'],
    ['bb', 'aa'],
  ].map(actors => {
    const [one, other] = [here, there].map((edits, index) =>
      edits.reduce((doc, edit) => A.change(doc, edit), A.init<KeptDocument>({ actor: actors[index]! })),
    )
    const merged = A.merge(one!, other!)
    const joined = A.change(merged, doc => joinTwinOffers(merged).forEach(change => change(doc)))
    expect(joinTwinOffers(joined)).toEqual([])
    return readKept(joined, {})[0]!
  })
}

test('two devices that took one offer at once lose nothing of what either of them did', () => {
  const { id, first, take } = offers()
  const accept: Edit = doc => answerOffer(doc, id, 'accepted')
  const decline: Edit = doc => answerOffer(doc, id, 'declined')
  for (const kept of takenByTwo([take(first), accept], [take(first)])) {
    expect(kept).toMatchObject({ isAccepted: true, toTell: 'accepted', until: 9001 })
    expect(kept.devices.map(one => one.deviceId)).toEqual([deviceOf(first)])
  }
  for (const kept of takenByTwo([take(first), decline], [take(first), accept])) {
    expect(kept).toMatchObject({ endedBy: 'declined', toTell: 'declined', devices: [], homeKeys: [] })
  }
  const withdraw: Edit = doc => endKept(doc, id, 'withdrawn', deviceOf(first))
  for (const kept of takenByTwo([take(first), withdraw], [take(first), accept])) expect(kept.endedBy).toBe('withdrawn')
})

test('of two answers that two devices gave at once the decline is told, whoever told the other meanwhile', () => {
  const { id, first, take } = offers()
  for (const actors of [
    ['aa', 'bb'],
    ['bb', 'aa'],
  ] as const) {
    const offered = A.change(A.init<KeptDocument>({ actor: 'cc' }), take(first))
    const [here, there] = actors.map(actor => A.clone(offered, { actor })) as [typeof offered, typeof offered]
    const accepted = A.change(here, doc => answerOffer(doc, id, 'accepted'))
    const declined = A.change(there, doc => answerOffer(doc, id, 'declined'))
    const merged = A.merge(accepted, declined)
    const toTell = (doc: KeptDocument) => readKept(doc, {})[0]!.toTell
    expect(toTell(merged)).toBe('declined')
    expect(toTell(A.change(A.clone(merged), doc => putAnswerTold(doc, id, 'accepted')))).toBe('declined')
    expect(toTell(A.change(merged, doc => putAnswerTold(doc, id, 'declined')))).toBeUndefined()
  }
})

test('what one device brought over, and with which guardian device it acts by now, is known to the other', () => {
  const { id, first, take } = offers()
  const accept: Edit = doc => answerOffer(doc, id, 'accepted')
  const secret = new Uint8Array(32).fill(3)
  const homeKey = { keyId: keyIdOf(secret), secret }
  const { seeds } = makeDevice('Ben', makeSigningKey(), { clock: makeTestClock() })
  const next: GuardianDevice = {
    deviceId: DeviceId.of(new Uint8Array(DeviceId.size).fill(5)),
    seeds,
    chain: [],
    madeAt: instant(2),
    after: [],
    isEnrolled: true,
  }
  const works: Edit[] = [
    accept,
    doc => putCarried(doc, id, { 'log/label': 'heads' }),
    doc => putGuardianDevice(doc, id, next, [homeKey]),
  ]
  for (const kept of takenByTwo([take(first), ...works], [take(first)])) {
    expect(kept).toMatchObject({ isAccepted: true, carried: { 'log/label': 'heads' } })
    expect(kept.devices.map(one => one.deviceId)).toEqual([next.deviceId, deviceOf(first)])
    expect(kept.homeKeys.map(one => one.keyId)).toContain(homeKey.keyId)
  }
})

test('an end of the offer before does not end the one after it, and what was accepted counts with its own terms', () => {
  const { id, first, second, take } = offers()
  const later = { ...second, until: NEVER }
  const decline: Edit = doc => answerOffer(doc, id, 'declined')
  for (const kept of takenByTwo([take(first), decline], [take(later)])) {
    expect(kept.endedBy).toBeUndefined()
    expect(kept.devices.map(one => one.deviceId)).toEqual([deviceOf(later)])
    expect(kept.knownDevices.toSorted()).toEqual([deviceOf(first), deviceOf(later)].toSorted())
  }
  const accept: Edit = doc => answerOffer(doc, id, 'accepted')
  for (const kept of takenByTwo([take(first)], [take(later), accept])) {
    expect(kept).toMatchObject({ isAccepted: true, until: NEVER })
    expect(kept.devices.map(one => one.deviceId)).toContain(deviceOf(later))
  }
})
