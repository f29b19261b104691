import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import { doubleShares } from '#app/core/sharing/double-shares.ts'
import {
  changeShare,
  endShare,
  putCapability,
  putCapabilityEnded,
  putSeedTold,
  putShare,
  putToldVersion,
  putUnheard,
  renewShare,
} from '#app/core/sharing/given-changes.ts'
import { type GivenDocument, readGiven } from '#app/core/sharing/given-document.ts'
import type { Grant } from '#app/core/sharing/grant.ts'
import { LETTER_MS } from '#app/core/sharing/letter.ts'
import { isLeftUntold, isUntold, markOfKem, mustRenew } from '#app/core/sharing/renewal.ts'
import {
  answerGrant,
  answerOf,
  changeByGrant,
  endGrant,
  isRefusedBefore,
  putAnswerTold,
  putRefused,
  refuseAgain,
} from '#app/core/sharing/received-changes.ts'
import { readReceived, type ReceivedDocument } from '#app/core/sharing/received-document.ts'
import { beingJoined, joinTwins } from '#app/core/sharing/twin-grants.ts'
import { CapabilityId, ContactId, DeviceId, KeyId, LogId, PrincipalId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'

const contact = ContactId.of(new Uint8Array(ContactId.size).fill(7))
const idOf = (number: number) => ShareId.of(new Uint8Array(ShareId.size).fill(number))
const at = instant(1000)

function given(id: ShareId, sections: readonly Section[], createdAt: number) {
  return (doc: GivenDocument) =>
    putShare(doc, {
      id,
      contact,
      role: 'write',
      until: instant(5000),
      withHistory: false,
      createdAt: instant(createdAt),
      by: DeviceId.of(new Uint8Array(DeviceId.size)),
      principal: PrincipalId.of(new Uint8Array(PrincipalId.size).fill(1)),
      holderKey: new Uint8Array(32),
      kemMark: new Uint8Array(32),
      sections,
      since: new Map(),
    })
}

const made = (...changes: ReturnType<typeof given>[]) =>
  A.change(A.init<GivenDocument>(), doc => changes.forEach(change => change(doc)))

test('what two devices change at once raises a share’s version twice, so that the second is told as well', () => {
  const before = made(given(idOf(1), ['problems'], 1))
  const ended = A.change(A.clone(before), doc => endShare(doc, idOf(1), 'stopped', { at, logs: [] }))
  const longer = A.change(A.clone(before), doc => changeShare(doc, idOf(1), { until: instant(9000) }))
  const [share] = readGiven(A.merge(ended, longer))
  expect(share).toMatchObject({ version: 3, endedBy: 'stopped', until: 9000 })
})

test('what two devices made at once for one log is all known, so that all of it can be ended', () => {
  const logId = LogId.of(new Uint8Array(LogId.size).fill(3))
  const principal = PrincipalId.of(new Uint8Array(PrincipalId.size).fill(1))
  const [one, other] = [1, 2].map(number => CapabilityId.of(new Uint8Array(CapabilityId.size).fill(number))) as [
    CapabilityId,
    CapabilityId,
  ]
  const before = made(given(idOf(1), ['problems'], 1))
  const make = (id: CapabilityId) =>
    A.change(A.clone(before), doc => putCapability(doc, idOf(1), { logId, id, notAfter: instant(5000), principal }))
  let doc = A.merge(make(one), make(other))
  const known = () => readGiven(doc)[0]!
  expect(
    known()
      .capabilities.map(({ id }) => id)
      .toSorted(),
  ).toEqual([one, other])
  doc = A.change(doc, draft => putCapabilityEnded(draft, idOf(1), { logId, id: one, principal, endedAt: at }))
  expect(known().capabilities).toEqual([{ logId, id: other, notAfter: 5000, principal }])
  doc = A.change(doc, draft => putCapabilityEnded(draft, idOf(1), { logId, id: other, principal, endedAt: at }))
  expect(known().capabilities).toEqual([])
  expect(known().capabilityIds.toSorted()).toEqual([one, other])
})

test('doubleShares() leaves a section to the earlier of two shares that two devices gave at once', () => {
  const shares = readGiven(made(given(idOf(1), ['problems', 'allergies'], 2), given(idOf(2), ['problems'], 1)))
  expect(doubleShares(shares)).toEqual([{ id: idOf(1), left: ['allergies'] }])
  const alone = readGiven(made(given(idOf(1), ['problems'], 2), given(idOf(2), ['allergies'], 1)))
  expect(doubleShares(alone)).toEqual([])
})

const grant = (version: number, until: number): Grant => ({
  shareId: idOf(1),
  version,
  part: 0,
  parts: 1,
  role: 'read',
  until: instant(until),
  isPaused: false,
  recordName: 'Ana',
  seed: new Uint8Array(32),
  logs: [],
})

function take(doc: A.Doc<ReceivedDocument>, letter: Grant, now: number): A.Doc<ReceivedDocument> {
  const change = changeByGrant(letter, contact, readReceived(doc), instant(now))
  return change === undefined ? doc : A.change(doc, change)
}

test('a share that ran out while more time was on its way goes on; stopped, no letter brings it back', () => {
  let doc = take(A.init<ReceivedDocument>(), grant(1, 2000), 1000)
  doc = A.change(doc, draft => answerGrant(draft, idOf(1), 'accepted', at))
  doc = A.change(doc, draft => endGrant(draft, idOf(1), 'expired', instant(2000)))
  expect(readReceived(take(doc, grant(1, 9000), 2100))[0]?.endedBy).toBe('expired')
  expect(readReceived(take(doc, grant(2, 2050), 2100))[0]?.endedBy).toBe('expired')
  const longer = take(doc, grant(2, 9000), 2100)
  expect(readReceived(longer)[0]).toMatchObject({ until: 9000, isAccepted: true })
  expect(readReceived(longer)[0]?.endedBy).toBeUndefined()
  const stopped = A.change(longer, draft => endGrant(draft, idOf(1), 'stopped', instant(2200), 3))
  expect(readReceived(take(stopped, grant(9, 9000), 2300))[0]?.endedBy).toBe('stopped')
})

test('a share that ran out on one device while another took the letter with more time goes on, with its keys; stopped, it does not', () => {
  const log = { section: 'problems', genesis: new Uint8Array([1]), capability: new Uint8Array([2]) } as const
  const logs = [{ ...log, epochs: [{ keyId: KeyId.of(new Uint8Array(KeyId.size)), secret: new Uint8Array(32) }] }]
  const offered = take(A.init<ReceivedDocument>({ actor: 'aa' }), { ...grant(1, 2000), logs }, 1000)
  const doc = A.change(offered, draft => answerGrant(draft, idOf(1), 'accepted', at))
  const over = A.change(A.clone(doc, { actor: 'bb' }), draft => endGrant(draft, idOf(1), 'expired', instant(2000)))
  const longer = take(doc, { ...grant(2, 9000), logs }, 1900)
  const merged = A.merge(A.clone(longer), over)
  const [share] = readReceived(merged)
  expect(share).toMatchObject({ until: 9000, isAccepted: true, logs: [{ epochs: [{}] }] })
  expect(share?.endedBy).toBeUndefined()
  expect(take(merged, { ...grant(2, 9000), logs }, 2100)).toEqual(merged)
  const stopped = A.change(merged, draft => endGrant(draft, idOf(1), 'stopped', instant(2200), 3))
  expect(readReceived(stopped)[0]).toMatchObject({ endedBy: 'stopped', logs: [{ epochs: [] }] })
  const again = A.change(A.clone(merged), draft => endGrant(draft, idOf(1), 'expired', instant(9000)))
  expect(readReceived(again)[0]).toMatchObject({ endedBy: 'expired', endedAt: 9000 })
})

test('what was declined is said again to a giver who goes on offering it, once a version', () => {
  const offered = take(A.init<ReceivedDocument>(), grant(1, 9000), 1000)
  const declined = A.change(A.clone(offered), draft => answerGrant(draft, idOf(1), 'declined', at))
  const told = A.change(declined, draft => putAnswerTold(draft, idOf(1), 'declined', deviceOf(0)))
  expect(readReceived(take(told, grant(1, 9000), 1100))[0]?.toTell).toBeUndefined()
  const heard = take(told, grant(2, 9000), 1100)
  expect(readReceived(heard)[0]).toMatchObject({ endedBy: 'declined', toTell: 'declined' })
  expect(take(heard, grant(2, 9000), 1200)).toBe(heard)
})

test('a giver who goes on offering what another device of theirs ended is told so, once a version; letters from before the end say nothing', () => {
  const offered = take(A.init<ReceivedDocument>(), grant(1, 9000), 1000)
  const stopped = A.change(A.clone(offered), draft => endGrant(draft, idOf(1), 'stopped', at, 3))
  expect(take(stopped, grant(1, 9000), 1100)).toBe(stopped)
  const said = take(stopped, grant(3, 9000), 1200)
  expect(readReceived(said)[0]).toMatchObject({ endedBy: 'stopped', toTell: 'declined' })
  expect(take(said, grant(3, 9000), 1300)).toBe(said)
  const declined = A.change(A.clone(offered), draft => answerGrant(draft, idOf(1), 'declined', at))
  const both = A.change(declined, draft => {
    putAnswerTold(draft, idOf(1), 'declined', deviceOf(0))
    endGrant(draft, idOf(1), 'stopped', at, 3)
  })
  expect(readReceived(take(both, grant(3, 9000), 1200))[0]).toMatchObject({ endedBy: 'declined', toTell: 'declined' })
})

test('so is one whose end came before the offer, and the offer is over', () => {
  const refused = A.change(A.init<ReceivedDocument>(), draft => putRefused(draft, idOf(1), contact, 'stopped', at, 3))
  expect(refuseAgain(refused, grant(2, 9000), contact, at)).toBeUndefined()
  const again = A.change(A.clone(refused), refuseAgain(refused, grant(3, 9000), contact, at)!)
  expect(readReceived(again)[0]).toMatchObject({ endedBy: 'stopped', toTell: 'declined', logs: [] })
  expect(take(again, grant(3, 9000), 1200)).toBe(again)
  // The letter that had the seed came before this one, and was refused.
  const { seed: _, ...later } = grant(3, 9000)
  const byLater = A.change(refused, refuseAgain(refused, later, contact, at)!)
  expect(readReceived(byLater)[0]).toMatchObject({ endedBy: 'stopped', toTell: 'declined', logs: [] })
})

test('a share that its recipient may have thrown away unread gets another G, whose letter they have not', () => {
  const doc = made(given(idOf(1), ['problems'], 1))
  const unheard = A.change(doc, draft => {
    putToldVersion(draft, idOf(1), 1, deviceOf(1))
    putUnheard(draft, idOf(1))
  })
  expect(mustRenew(readGiven(unheard)[0]!, newKem, nobody)).toBe(true)
  const [share] = readGiven(renewed(unheard, 2, false))
  expect(share).toMatchObject({ isUnheard: false, version: 2, told: 1 })
})

test('what ran out can still be left: more time that comes later is answered by that', () => {
  let doc = take(A.init<ReceivedDocument>(), grant(1, 2000), 1000)
  doc = A.change(doc, draft => answerGrant(draft, idOf(1), 'accepted', at))
  doc = A.change(doc, draft => endGrant(draft, idOf(1), 'expired', instant(2000)))
  const left = A.change(doc, draft => answerGrant(draft, idOf(1), 'left', instant(2100)))
  expect(readReceived(left)[0]).toMatchObject({ endedBy: 'left', endedAt: 2100, toTell: 'left' })
  const told = A.change(left, draft => putAnswerTold(draft, idOf(1), 'left', deviceOf(1)))
  expect(readReceived(take(told, grant(2, 9000), 2200))[0]).toMatchObject({ endedBy: 'left', toTell: 'left' })
  let stopped = take(A.init<ReceivedDocument>(), grant(1, 9000), 1000)
  stopped = A.change(stopped, draft => endGrant(draft, idOf(1), 'stopped', instant(2050), 2))
  stopped = A.change(stopped, draft => answerGrant(draft, idOf(1), 'left', instant(2100)))
  expect(readReceived(stopped)[0]).toMatchObject({ endedBy: 'stopped', endedAt: 2050 })
})

test('of two answers that two devices gave at once the one that ends it is told, whoever told the other meanwhile', () => {
  for (const actors of [
    ['aa', 'bb'],
    ['bb', 'aa'],
  ] as const) {
    const offered = take(A.init<ReceivedDocument>({ actor: 'cc' }), grant(1, 9000), 1000)
    const [here, there] = actors.map(actor => A.clone(offered, { actor })) as [typeof offered, typeof offered]
    const accepted = A.change(here, draft => answerGrant(draft, idOf(1), 'accepted', at))
    const declined = A.change(there, draft => answerGrant(draft, idOf(1), 'declined', at))
    const merged = A.merge(A.clone(accepted), declined)
    expect(readReceived(merged)[0]).toMatchObject({ endedBy: 'declined', toTell: 'declined' })
    // Its letter was under way when the other answer came.
    const tellsAccepted = (doc: ReceivedDocument) => putAnswerTold(doc, idOf(1), 'accepted', deviceOf(1))
    expect(readReceived(A.change(A.clone(merged), tellsAccepted))[0]?.toTell).toBe('declined')
    expect(readReceived(A.merge(A.change(accepted, tellsAccepted), declined))[0]?.toTell).toBe('declined')
    const told = A.change(merged, draft => putAnswerTold(draft, idOf(1), 'declined', deviceOf(1)))
    expect(readReceived(told)[0]?.toTell).toBeUndefined()
  }
})

test('its giver’s word that it ran out is not undone by a letter from before it', () => {
  const doc = take(A.init<ReceivedDocument>(), grant(1, 2000), 1000)
  const over = A.change(doc, draft => endGrant(draft, idOf(1), 'expired', instant(2000), 3))
  expect(readReceived(take(over, grant(2, 9000), 2100))[0]?.endedBy).toBe('expired')
})

test('an end that overtook its offer keeps the offer out', () => {
  const doc = A.change(A.init<ReceivedDocument>(), draft => putRefused(draft, idOf(1), contact, 'stopped', at))
  expect(readReceived(doc)).toEqual([])
  expect(isRefusedBefore(doc, idOf(1), contact)).toBe(true)
  expect(isRefusedBefore(doc, idOf(1), ContactId.of(new Uint8Array(ContactId.size)))).toBe(false)
  expect(isRefusedBefore(doc, idOf(2), contact)).toBe(false)
})

/** Two devices took one offer; whichever map counts, what each of them does is `here` and `there`. */
function takenByTwo(
  here: (doc: ReceivedDocument) => void,
  there: (doc: ReceivedDocument) => void,
  offers = [grant(1, 9000), grant(1, 9000)],
) {
  return [
    ['aa', 'bb'],
    ['bb', 'aa'],
  ].map(actors => {
    const docs = offers.map((offer, index) => take(A.init<ReceivedDocument>({ actor: actors[index]! }), offer, 1000))
    const merged = A.merge(A.change(docs[0]!, here), A.change(docs[1]!, there))
    const joined = A.change(merged, doc => joinTwins(merged).forEach(change => change(doc)))
    expect(joinTwins(joined)).toEqual([])
    return readReceived(joined)[0]
  })
}
const accept = (doc: ReceivedDocument) => answerGrant(doc, idOf(1), 'accepted', at)
const stay = () => undefined

test('two devices that took one offer at once lose nothing of what either of them did', () => {
  const decline = (doc: ReceivedDocument) => answerGrant(doc, idOf(1), 'declined', at)
  for (const share of takenByTwo(decline, accept))
    expect(share).toMatchObject({ endedBy: 'declined', toTell: 'declined' })
  for (const share of takenByTwo(accept, stay)) expect(share).toMatchObject({ isAccepted: true, toTell: 'accepted' })
  const stop = (doc: ReceivedDocument) => endGrant(doc, idOf(1), 'stopped', at, 3)
  for (const share of takenByTwo(stop, accept)) expect(share).toMatchObject({ endedBy: 'stopped', version: 3 })
  const renewed = { ...grant(2, 9000), seed: new Uint8Array(32).fill(1) }
  for (const share of takenByTwo(accept, stay, [grant(1, 2000), renewed]))
    expect(share).toMatchObject({ isAccepted: true, version: 2, until: 9000, seed: renewed.seed })
  const expire = (doc: ReceivedDocument) => endGrant(doc, idOf(1), 'expired', at)
  for (const share of takenByTwo(expire, stay, [grant(1, 2000), grant(2, 9000)])) expect(share?.until).toBe(9000)
  for (const share of takenByTwo(expire, decline))
    expect(share).toMatchObject({ endedBy: 'declined', toTell: 'declined' })
  // A letter of a later version that told no seed was taken by one, the one before it with another seed by the other.
  const seed = (number: number) => new Uint8Array(32).fill(number)
  const offer = { ...grant(1, 9000), seed: seed(1) }
  const takes = (letter: Grant) => (doc: ReceivedDocument) =>
    changeByGrant(letter, contact, readReceived(doc), at)?.(doc)
  const { seed: _, ...later } = grant(3, 9000)
  const shares = takenByTwo(takes(later), takes({ ...grant(2, 9000), seed: seed(2) }), [offer, offer])
  for (const share of shares) expect(share).toMatchObject({ version: 3, seed: seed(2) })
  const epoch = { keyId: KeyId.of(new Uint8Array(KeyId.size)), secret: seed(9) }
  const log = { section: 'problems', genesis: seed(1), capability: seed(2), epochs: [epoch] } as const
  for (const share of takenByTwo(accept, stay, [grant(1, 9000), { ...grant(2, 9000), logs: [log] }]))
    expect(share?.logs).toMatchObject([{ section: 'problems', epochs: [epoch] }])
})

test('an offer that one device accepted is over, and known to be, where another one heard of its end before it', () => {
  const log = { section: 'problems', genesis: new Uint8Array(1), capability: new Uint8Array(2), epochs: [] } as const
  const offer = { ...grant(2, 9000), seed: new Uint8Array(32).fill(4), logs: [log] }
  for (const actors of [
    ['aa', 'bb'],
    ['bb', 'aa'],
  ] as const) {
    const accepted = A.change(take(A.init<ReceivedDocument>({ actor: actors[0] }), offer, 1000), accept)
    const refuse = (doc: ReceivedDocument) => putRefused(doc, idOf(1), contact, 'expired', instant(2000), 5)
    const merged = A.merge(accepted, A.change(A.init<ReceivedDocument>({ actor: actors[1] }), refuse))
    // Until then it is not unknown, whichever counts.
    expect([...readReceived(merged).map(({ id }) => id), ...beingJoined(merged)]).toEqual([idOf(1)])
    const joined = A.change(merged, doc => joinTwins(merged).forEach(change => change(doc)))
    expect([joinTwins(joined), beingJoined(joined)]).toEqual([[], []])
    const [known] = readReceived(joined)
    expect(known).toMatchObject({ endedBy: 'expired', isAccepted: true, version: 5, seed: offer.seed })
    expect(known?.logs.map(each => each.section)).toEqual(['problems'])
    expect(take(joined, { ...grant(4, 99_000), logs: [] }, 2100)).toBe(joined)
  }
})

const G = (number: number) => PrincipalId.of(new Uint8Array(32).fill(number))
const newKem = new Uint8Array(1216).fill(5)
const deviceOf = (number: number) => DeviceId.of(new Uint8Array(32).fill(number))
const nobody = () => false

/** A device of the giver's makes another G and, as far as it knows, tells of it. */
const renewed = (doc: A.Doc<GivenDocument>, number: number, isTold: boolean) =>
  A.change(doc, draft => {
    const maker = deviceOf(number)
    const keys = { principal: G(number), holderKey: new Uint8Array(32).fill(number) }
    const grant = { ...keys, kemMark: markOfKem(newKem), maker }
    renewShare(draft, idOf(1), grant, instant(2000))
    if (!isTold) return
    putSeedTold(draft, idOf(1), grant.principal, draft[idOf(1)]!.version.value)
    putToldVersion(draft, idOf(1), draft[idOf(1)]!.version.value, maker)
  })

test('two devices that make another G at once agree on one, and remember both', () => {
  const before = made(given(idOf(1), ['problems'], 1))
  const [share] = readGiven(before)
  expect(mustRenew(share!, newKem, nobody)).toBe(true)
  for (const [one, two] of [
    [true, false],
    [false, true],
    [true, true],
  ] as const) {
    const [here, there] = [renewed(A.clone(before), 2, one), renewed(A.clone(before), 3, two)]
    const [merged] = readGiven(A.merge(A.clone(here), there))
    expect(merged).toEqual(readGiven(A.merge(A.clone(there), here))[0])
    expect(merged!.holderKey[0]).toBe(merged!.principal === G(2) ? 2 : 3)
    expect(new Set(merged!.principals)).toEqual(new Set([share!.principal, G(2), G(3)]))
    expect(merged!.told).toBeLessThan(merged!.version)
    // Told both in one version: the recipient may have taken either.
    expect(mustRenew(merged!, newKem, nobody)).toBe(one && two)
  }
})

test('a G of which nobody was told for a day is made anew by whoever lacks its seed', () => {
  const [share] = readGiven(renewed(made(given(idOf(1), ['problems'], 1)), 2, false))
  expect(isLeftUntold(share!, instant(3000))).toBe(false)
  expect(isLeftUntold(share!, instant(2000 + 24 * 3600_000))).toBe(true)
})

test('a G that a removed device made is made anew, also where that device had told of it', () => {
  const [share] = readGiven(renewed(made(given(idOf(1), ['problems'], 1)), 2, true))
  expect(share?.maker).toBe(deviceOf(2))
  expect(mustRenew(share!, newKem, nobody)).toBe(false)
  expect(mustRenew(share!, newKem, device => device === deviceOf(2))).toBe(true)
  expect(mustRenew({ ...share!, endedBy: 'stopped' }, newKem, () => true)).toBe(false)
})

test('what only a removed device told is told once more, for as long as a letter lies', () => {
  let doc = made(given(idOf(1), ['problems'], 1))
  doc = A.change(doc, draft => {
    endShare(draft, idOf(1), 'stopped', { at: instant(5000), logs: [] })
    putToldVersion(draft, idOf(1), draft[idOf(1)]!.version.value, deviceOf(2))
  })
  const isGone = (device: DeviceId) => device === deviceOf(2)
  const untold = (isRemoved: (device: DeviceId) => boolean, at: number) =>
    isUntold(readGiven(doc)[0]!, { isRemoved, removals: 0 }, instant(at), undefined)
  expect([untold(nobody, 6000), untold(isGone, 6000)]).toEqual([false, true])
  expect(untold(isGone, 5000 + LETTER_MS)).toBe(false)
  doc = A.change(doc, draft => putToldVersion(draft, idOf(1), draft[idOf(1)]!.version.value, deviceOf(3)))
  expect(untold(isGone, 6000)).toBe(false)
})

test('answerOf() is what who gives has to know still', () => {
  const answers = [
    [{ isAccepted: true }, 'accepted'],
    [{ isAccepted: false }, undefined],
    [{ isAccepted: true, endedBy: 'left' }, 'left'],
    [{ isAccepted: false, endedBy: 'declined' }, 'declined'],
    [{ isAccepted: true, endedBy: 'stopped' }, undefined],
  ] as const
  for (const [share, answer] of answers) expect(answerOf({ ...share, endedAt: instant(7) }, instant(8))).toBe(answer)
  expect(answerOf({ isAccepted: true, endedBy: 'left', endedAt: instant(0) }, instant(LETTER_MS))).toBeUndefined()
})

test('a later letter’s seed takes the place of the one before, and no earlier or equal one does', () => {
  const seed = (number: number) => new Uint8Array(32).fill(number)
  const withSeed = (version: number, number: number) => ({ ...grant(version, 9000), seed: seed(number) })
  let doc = take(A.init<ReceivedDocument>(), withSeed(1, 1), 1000)
  doc = take(doc, withSeed(3, 3), 1000)
  expect(readReceived(doc)[0]?.seed).toEqual(seed(3))
  for (const old of [withSeed(1, 1), withSeed(2, 2), withSeed(3, 9)]) doc = take(doc, old, 1000)
  expect(readReceived(doc)[0]).toMatchObject({ seed: seed(3), seeds: [seed(1), seed(3)] })
  // Two devices of the recipient took one letter each.
  const [here, there] = [take(A.clone(doc), withSeed(4, 4), 1000), take(A.clone(doc), withSeed(5, 5), 1000)]
  for (const merged of [A.merge(A.clone(here), there), A.merge(A.clone(there), here)]) {
    expect(readReceived(merged)[0]?.seed).toEqual(seed(5))
  }
})
