import { beforeAll, expect, test } from 'vitest'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { canRead, mayAdmit, mayBeLetIn } from '#app/core/sharing/admission.ts'
import { dueEpoch } from '#app/core/sharing/due-epoch.ts'
import { carryLate } from '#app/core/sharing/former-logs.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { heldText } from '#app/core/sharing/held-feeds.ts'
import { rebaseSection } from '#app/core/sharing/rebase-section.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { CapabilityId, DeviceId, LogId, type PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { ok } from '#schema/result.ts'
import { makeEpochKey, tellStory } from '#tests/support/log-kit.ts'
import { startAccount } from '#tests/support/test-account.ts'

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

test('dueEpoch() makes no key for a log of which no EPOCH has come', async () => {
  const story = await tellStory()
  const other = await story.join(undefined, story.keys)
  const { principal } = grantKeys(randomBytes(32))
  const member = { principal, role: 'read', kemPublicKey: randomBytes(32), until: instant(1) } as const
  const none = { ours: new Set([principal]), given: new Set<PrincipalId>() }
  expect(dueEpoch(other.log.members(), [member], none)).toBeUndefined()
})

/** The problems went on in another log; what a share without the past says of the one before. */
async function sectionBegunAnew() {
  const { account, deps, end } = await startAccount()
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(deps.store, prepared)
  const rebased = { ...deps, account, record: () => undefined, commit }
  expect(await rebaseSection(rebased, 'problems', NOBODY, () => undefined)).toEqual(ok(undefined))
  const [former] = account.logs.former.values()
  const log = account.logs.sections.get('problems')
  if (former === undefined || log === undefined) throw new Error('Not begun anew')
  const mayLetIn = (since: string) => {
    const share = { principals: [], withHistory: false, since: new Map([['problems', since]] as const) }
    return mayAdmit(account, share, log, 'problems')
  }
  return { account, former, log, mayLetIn, end }
}

test('mayAdmit() waits for what who shared had of a log that another device began anew, and until it was carried over', async () => {
  const { former, log, mayLetIn, end } = await sectionBegunAnew()
  expect(await mayLetIn(heldText(former))).toBe(true)
  await former.change('entries/0', (doc: Record<string, unknown>) => void (doc['late'] = true))
  // The other device has it, this one not yet.
  const [feed] = former.feeds()
  expect(await mayLetIn(`${former.id} ${feed!.writer}:${feed!.next + 1}`)).toBe(false)
  await former.flush()
  const since = heldText(former)
  expect(await mayLetIn(since)).toBe(false)
  expect(await carryLate(former, log)).toEqual(ok(true))
  expect(await mayLetIn(since)).toBe(true)
  await end()
})

test('mayAdmit() asks nothing of a log that went', async () => {
  const { account, former, mayLetIn, end } = await sectionBegunAnew()
  const since = `${former.id} ${former.writer}:99`
  expect(await mayLetIn(since)).toBe(false)
  await account.forget(former.id)
  expect(await mayLetIn(since)).toBe(true)
  await end()
})
