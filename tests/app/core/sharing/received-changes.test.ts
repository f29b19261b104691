import * as A from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import type { Grant, GrantedLog } from '#app/core/sharing/grant.ts'
import {
  answerGrant,
  changeByGrant,
  endGrant,
  leaveFormerLog,
  putAnswerTold,
  putAway,
} from '#app/core/sharing/received-changes.ts'
import { readReceived, type ReceivedDocument } from '#app/core/sharing/received-document.ts'
import { logIdOf } from '#crypto/hash.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ContactId, DeviceId, KeyId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'

beforeAll(readyCrypto)

const contact = ContactId.of(new Uint8Array(ContactId.size).fill(7))
const id = ShareId.of(new Uint8Array(ShareId.size).fill(1))
const [phone, tablet] = [1, 2].map(name => DeviceId.of(new Uint8Array(DeviceId.size).fill(name))) as [
  DeviceId,
  DeviceId,
]
const epochOf = (name: number) => ({
  keyId: KeyId.of(new Uint8Array(KeyId.size).fill(name)),
  secret: new Uint8Array(32).fill(name),
})
const logOf = (section: Section, name: number, ...epochs: number[]): GrantedLog => ({
  section,
  genesis: new Uint8Array(8).fill(name),
  capability: new Uint8Array(8),
  epochs: epochs.map(epochOf),
})
const letter = (version: number, ...logs: GrantedLog[]): Grant => ({
  shareId: id,
  version,
  part: 0,
  parts: 1,
  role: 'read',
  until: instant(9000),
  isPaused: false,
  recordName: 'Ana',
  seed: new Uint8Array(32),
  logs,
})
const take = (doc: A.Doc<ReceivedDocument>, grant: Grant) => {
  const change = changeByGrant(grant, contact, readReceived(doc), instant(1000))
  return change === undefined ? doc : A.change(doc, change)
}

/** The medicines were shared, then taken out, and are shared again. */
function namedAgain() {
  const problems = logOf('problems', 3, 1)
  const medicines = logOf('medicines', 4, 2)
  const both = take(A.init<ReceivedDocument>({ actor: 'aa' }), letter(1, problems, medicines))
  const narrowed = take(both, letter(2, problems))
  const again = letter(3, problems, logOf('medicines', 4, 5))
  return { narrowed, again, logId: logIdOf(medicines.genesis) }
}

const sectionsIn = (doc: A.Doc<ReceivedDocument>) => readReceived(doc)[0]?.logs.map(log => log.section)

test('leaveFormerLog() keeps the keys until every device is through: one of them may have something unsent there', () => {
  const { narrowed, logId } = namedAgain()
  const leave = (doc: A.Doc<ReceivedDocument>, deviceId: DeviceId, devices = [phone, tablet]) =>
    A.change(A.clone(doc), draft => leaveFormerLog(draft, id, { logId, deviceId, devices }))
  const one = leave(narrowed, phone)
  expect(readReceived(one)[0]?.former.map(log => [log.epochs.length, [...log.through]])).toEqual([[1, [phone]]])
  expect(A.getHeads(leave(one, phone))).toEqual(A.getHeads(one))
  expect(readReceived(leave(one, tablet))[0]?.former).toEqual([])
  // The other one was removed.
  expect(readReceived(leave(one, phone, [phone]))[0]?.former).toEqual([])
})

test('leaveFormerLog() leaves what a letter has named again since somebody began to leave it', () => {
  const { narrowed, again, logId } = namedAgain()
  expect(readReceived(narrowed)[0]?.former.map(log => log.logId)).toEqual([logId])
  const named = take(A.clone(narrowed), again)
  const kept = A.change(named, doc => leaveFormerLog(doc, id, { logId, deviceId: phone, devices: [phone] }))
  expect(sectionsIn(kept)).toEqual(['problems', 'medicines'])
  const left = A.change(narrowed, doc => leaveFormerLog(doc, id, { logId, deviceId: phone, devices: [phone] }))
  expect(readReceived(left)[0]?.former).toEqual([])
})

test('changeByGrant() names a log again also where another device left it meanwhile, with all its keys', () => {
  const { narrowed, again, logId } = namedAgain()
  const left = A.change(A.clone(narrowed, { actor: 'bb' }), doc =>
    leaveFormerLog(doc, id, { logId, deviceId: phone, devices: [phone] }),
  )
  const merged = A.merge(take(narrowed, again), left)
  expect(sectionsIn(merged)).toEqual(['problems', 'medicines'])
  const [, medicines] = readReceived(merged)[0]!.logs
  expect(medicines?.epochs.map(({ keyId }) => keyId)).toEqual([epochOf(2).keyId, epochOf(5).keyId])
  // The same letter once more changes nothing of it.
  expect(take(merged, again)).toEqual(merged)
})

test('putAway() takes the name of what is over, and nothing of what goes on; more time brings it back, and its next end is told', () => {
  const going = take(A.init<ReceivedDocument>({ actor: 'aa' }), letter(1))
  const away = (doc: A.Doc<ReceivedDocument>) => A.change(A.clone(doc), draft => putAway(draft, id))
  expect(A.getHeads(away(going))).toEqual(A.getHeads(going))
  const over = A.change(going, draft => endGrant(draft, id, 'expired', instant(9000)))
  const gone = away(over)
  expect(readReceived(gone)).toMatchObject([{ isPutAway: true, recordName: '?', endedBy: 'expired' }])
  // What it says of itself goes, also where the letter comes again.
  expect(readReceived(take(gone, letter(1)))).toMatchObject([{ isPutAway: true, recordName: '?' }])

  const longer = { ...letter(2), until: instant(99_000) }
  const apart = A.merge(take(A.clone(over, { actor: 'bb' }), longer), gone)
  for (const doc of [take(gone, longer), apart, A.merge(A.clone(gone), apart)]) {
    expect(readReceived(doc)).toMatchObject([{ isPutAway: false, recordName: 'Ana' }])
    const again = A.change(A.clone(doc), draft => endGrant(draft, id, 'stopped', instant(9500)))
    expect(readReceived(again)).toMatchObject([{ isPutAway: false, recordName: 'Ana', endedBy: 'stopped' }])
  }
})

test('changeByGrant() has an acceptance said again where more time brings back what had run out, and none where it was not accepted', () => {
  const offered = take(A.init<ReceivedDocument>({ actor: 'aa' }), letter(1))
  const accepted = A.change(A.clone(offered), draft => {
    answerGrant(draft, id, 'accepted', instant(1000))
    putAnswerTold(draft, id, 'accepted', phone)
  })
  const longer = { ...letter(2), until: instant(99_000) }
  const saidAfter = (doc: A.Doc<ReceivedDocument>) => {
    const over = A.change(A.clone(doc), draft => endGrant(draft, id, 'expired', instant(9000)))
    return readReceived(take(over, longer)).map(({ endedBy, toTell }) => ({ endedBy, toTell }))
  }
  expect(saidAfter(accepted)).toEqual([{ endedBy: undefined, toTell: 'accepted' }])
  expect(saidAfter(offered)).toEqual([{ endedBy: undefined, toTell: undefined }])
})
