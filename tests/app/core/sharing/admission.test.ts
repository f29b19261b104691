import { beforeAll, expect, test } from 'vitest'
import { canRead } from '#app/core/sharing/admission.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { CapabilityId, LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { makeEpochKey, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const NOBODY = { grants: [], readers: [] }

/** A share that had a log, and has it no more. */
function endedShare(logId: LogId) {
  const { principal } = grantKeys(randomBytes(32))
  const ended = [{ logId, id: CapabilityId.of(randomBytes(CapabilityId.size)), endedAt: instant(1) }]
  return { principal, principals: [principal], capabilities: [], ended }
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
  expect(canRead(share, other.log)).toBe(true)
  expect(canRead(endedShare(LogId.of(randomBytes(LogId.size))), other.log)).toBe(false)
  await other.log.receive([addition!])
  expect(canRead(share, other.log)).toBe(true)
  await other.log.receive([removal!])
  expect(canRead(share, other.log)).toBe(false)
  expect(canRead(share, creator.log)).toBe(false)
})

test('canRead() is over where a key was made whose EPOCH nobody ever wrote', async () => {
  const { creator } = await tellStory()
  const share = endedShare(creator.log.id)
  const grants = [{ principal: share.principal, role: 'read' }] as const
  await creator.log.writeEpoch(makeEpochKey(), [], [], { ...NOBODY, grants })
  await creator.log.writeEpoch(makeEpochKey(), [], [{ kind: 'principal', id: share.principal }], NOBODY)
  await creator.log.addKeys([makeEpochKey()])
  expect(canRead(share, creator.log)).toBe(false)
})
