import { beforeAll, expect, test } from 'vitest'
import { cutInFormer, dueEpoch } from '#app/core/sharing/due-epoch.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { canRead, mayBeLetIn } from '#app/core/sharing/log-readers.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { CapabilityId, DeviceId, LogId, type PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { makeEpochKey, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const [HERE, THERE] = [1, 2].map(number => DeviceId.of(new Uint8Array(DeviceId.size).fill(number))) as [
  DeviceId,
  DeviceId,
]
const NOBODY = { grants: [], readers: [] }

/** A share that had a log, and has it no more. */
function endedShare(logId: LogId) {
  const { principal } = grantKeys(randomBytes(32))
  const endedBy = 'stopped' as const
  const ended = [{ logId, id: CapabilityId.of(randomBytes(CapabilityId.size)), endedAt: instant(1), principal }]
  const makers = new Map([[principal, HERE]])
  return { principal, principals: [principal], makers, capabilities: [], ended, endedBy, endedIn: [logId] }
}

test('canRead() is so until the EPOCH is here that takes them out, also where the one that let them in is not', async () => {
  const story = await tellStory()
  const { creator, keys } = story
  const share = endedShare(creator.log.id)
  const [letIn, takenOut] = [makeEpochKey(), makeEpochKey()]
  const first = await creator.log.frames(creator.log.writer, 0, 1e6)
  const grants = [{ principal: share.principal, role: 'read' }] as const
  await creator.log.writeEpoch(letIn, [], [], { ...NOBODY, grants })
  await creator.log.writeEpoch(takenOut, [], [{ kind: 'principal', id: share.principal }], NOBODY)
  const [addition, removal] = (await creator.log.frames(creator.log.writer, 1, 1e6)).slice(-2)

  const other = await story.join(undefined, [...keys, letIn, takenOut])
  await other.log.receive(first)
  expect(canRead(share, other.log, HERE)).toBe(true)
  expect(canRead(endedShare(LogId.of(randomBytes(LogId.size))), other.log, HERE)).toBe(false)
  await other.log.receive([addition!])
  expect(canRead(share, other.log, HERE)).toBe(true)
  await other.log.receive([removal!])
  expect(canRead(share, other.log, HERE)).toBe(false)
  expect(canRead(share, creator.log, HERE)).toBe(false)
})

test('canRead() is over where a key was made whose EPOCH nobody ever wrote', async () => {
  const { creator } = await tellStory()
  const share = endedShare(creator.log.id)
  const grants = [{ principal: share.principal, role: 'read' }] as const
  await creator.log.writeEpoch(makeEpochKey(), [], [], { ...NOBODY, grants })
  await creator.log.writeEpoch(makeEpochKey(), [], [{ kind: 'principal', id: share.principal }], NOBODY)
  await creator.log.addKeys([makeEpochKey()])
  expect(canRead(share, creator.log, HERE)).toBe(false)
})

test('canRead() asks nothing of a G that was made and let in nowhere before the share ended', async () => {
  const { creator } = await tellStory()
  const share = endedShare(creator.log.id)
  const { principal: renewed } = grantKeys(randomBytes(32))
  const grants = [{ principal: share.principal, role: 'read' }] as const
  await creator.log.writeEpoch(makeEpochKey(), [], [], { ...NOBODY, grants })
  await creator.log.writeEpoch(makeEpochKey(), [], [{ kind: 'principal', id: share.principal }], NOBODY)
  await creator.log.addKeys([makeEpochKey()])
  const renewedShare = { ...share, principal: renewed, principals: [...share.principals, renewed] }
  expect(canRead(renewedShare, creator.log, HERE)).toBe(false)
  const [ended] = share.ended
  const letInTwice = { ...renewedShare, ended: [...share.ended, { ...ended!, principal: renewed }] }
  expect(canRead(letInTwice, creator.log, HERE)).toBe(true)
})

test('canRead() is so of what another device may have let in unheard of, until an EPOCH takes them out', async () => {
  const { creator } = await tellStory()
  const share = { ...endedShare(creator.log.id), ended: [] }
  expect(canRead(share, creator.log, HERE)).toBe(false)
  const theirs = { ...share, makers: new Map<PrincipalId, DeviceId>([[share.principal, THERE]]) }
  expect(canRead(theirs, creator.log, HERE)).toBe(true)
  expect(canRead({ ...theirs, endedIn: [] }, creator.log, HERE)).toBe(false)
  const due = dueEpoch(creator.log.members(), [], {
    ours: new Set(share.principals),
    given: new Set(mayBeLetIn(theirs, creator.log, HERE)),
  })
  expect(due?.removals).toEqual([{ kind: 'principal', id: share.principal }])
  await creator.log.writeEpoch(makeEpochKey(), [], due!.removals, due!.members)
  expect(canRead(theirs, creator.log, HERE)).toBe(false)
})

test('cutInFormer() takes out whom another device may have let in, or nothing that comes late would ever go into that log', async () => {
  const { creator } = await tellStory()
  const terms = { sections: ['problems'], withHistory: true } as const
  const makers = new Map<PrincipalId, DeviceId>()
  const share = { ...endedShare(creator.log.id), ...terms, ended: [], makers }
  makers.set(share.principal, THERE)
  const isRead = () => canRead(share, creator.log, HERE)
  expect(isRead()).toBe(true)
  const given = new Set(mayBeLetIn(share, creator.log, HERE))
  const due = cutInFormer(creator.log.members(), 'problems', [share], given)
  expect(due?.removals).toEqual([{ kind: 'principal', id: share.principal }])
  await creator.log.writeEpoch(makeEpochKey(), [], due!.removals, due!.members)
  expect(isRead()).toBe(false)
  const since = new Set(mayBeLetIn(share, creator.log, HERE))
  expect(cutInFormer(creator.log.members(), 'problems', [share], since)).toBeUndefined()
})

test('dueEpoch() makes no key for a log of which no EPOCH has come', async () => {
  const story = await tellStory()
  const other = await story.join(undefined, story.keys)
  const { principal } = grantKeys(randomBytes(32))
  const member = { principal, role: 'read', kemPublicKey: randomBytes(32), until: instant(1) } as const
  const none = { ours: new Set([principal]), given: new Set<PrincipalId>() }
  expect(dueEpoch(other.log.members(), [member], none)).toBeUndefined()
})
