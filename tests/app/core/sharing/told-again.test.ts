import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import { changeShare, endShare, putKeysTold, putShare, putToldVersion } from '#app/core/sharing/given-changes.ts'
import { type GivenDocument, readGiven } from '#app/core/sharing/given-document.ts'
import { markOfEnd } from '#app/core/sharing/keys-told.ts'
import { LETTER_MS } from '#app/core/sharing/letter.ts'
import { answerAgain } from '#app/core/sharing/received-changes.ts'
import { isUntold, versionInLetters } from '#app/core/sharing/renewal.ts'
import { ContactId, DeviceId, PrincipalId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'

const id = ShareId.of(new Uint8Array(ShareId.size).fill(1))
const deviceOf = (number: number) => DeviceId.of(new Uint8Array(DeviceId.size).fill(number))
const bytes = (number: number) => new Uint8Array(32).fill(number)

/** A share that the tablet told, and what else was done with it. */
function given(edit: (doc: GivenDocument) => void = () => undefined) {
  return A.change(A.init<GivenDocument>(), doc => {
    putShare(doc, {
      id,
      contact: ContactId.of(new Uint8Array(ContactId.size)),
      role: 'write',
      until: instant(9000),
      withHistory: false,
      createdAt: instant(1),
      by: deviceOf(1),
      principal: PrincipalId.of(new Uint8Array(PrincipalId.size)),
      holderKey: bytes(0),
      kemMark: bytes(0),
      sections: ['problems'],
      since: new Map(),
    })
    putToldVersion(doc, id, 1, deviceOf(1))
    edit(doc)
  })
}

test('an end is told again to who has another shareKem: only a device may have heard of it that they have removed', () => {
  const doc = given(draft => {
    endShare(draft, id, 'stopped', { at: instant(5000), logs: [] })
    putToldVersion(draft, id, 2, deviceOf(1))
    putKeysTold(draft, id, [markOfEnd(bytes(1))])
  })
  const untold = (shareKem: ReturnType<typeof bytes>, at: number) =>
    isUntold(readGiven(doc)[0]!, { isRemoved: () => false, removals: 0 }, instant(at), shareKem)
  expect(untold(bytes(1), 6000)).toBe(false)
  expect(untold(bytes(2), 6000)).toBe(true)
  expect(untold(bytes(2), 5000 + LETTER_MS)).toBe(false)
})

test('after a removal a share is told again, by a later version than any that the removed device told and nobody heard of', () => {
  const devices = { isRemoved: (device: DeviceId) => device === deviceOf(2), removals: 1 }
  const untold = (doc: GivenDocument) => isUntold(readGiven(doc)[0]!, devices, instant(1000), undefined)
  const doc = given()
  expect(untold(doc)).toBe(true)
  const [share] = readGiven(doc)
  const version = versionInLetters(share!, 1)
  expect(version).toBeGreaterThan(versionInLetters({ version: 1000 }, 0))
  const told = A.change(doc, draft => putToldVersion(draft, id, 1, deviceOf(1), version))
  expect([untold(told), readGiven(told)[0]?.told]).toEqual([false, 1])
  // Another device that stays had not heard of the removal when it told the next change.
  const changed = A.change(told, draft => {
    changeShare(draft, id, {})
    putToldVersion(draft, id, 2, deviceOf(3))
  })
  expect(untold(changed)).toBe(true)
})

test('answerAgain() is also that it is over, to who may have forgotten that they ended it', () => {
  const answers = [
    [{ isAccepted: true }, 'accepted'],
    [{ isAccepted: false }, undefined],
    [{ isAccepted: true, endedBy: 'left' }, 'left'],
    [{ isAccepted: true, endedBy: 'stopped' }, 'left'],
    [{ isAccepted: false, endedBy: 'stopped' }, 'declined'],
    [{ isAccepted: true, endedBy: 'expired' }, undefined],
  ] as const
  for (const [share, answer] of answers)
    expect([share, answerAgain({ ...share, endedAt: instant(7) }, instant(8))]).toEqual([share, answer])
  expect(answerAgain({ isAccepted: true, endedBy: 'stopped', endedAt: instant(0) }, instant(LETTER_MS))).toBeUndefined()
})
