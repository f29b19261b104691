import { expect, test, vi } from 'vitest'
import { encodeLateFrames } from '#app/core/sharing/unsent-frames.ts'
import type { LateWriting } from '#app/core/late-session.ts'
import type { Session } from '#app/core/session.ts'
import { ShareId } from '#schema/ids.ts'
import { condition, household } from '#tests/support/household.ts'
import { grantsIn, makeRogueMember } from '#tests/support/rogue-log.ts'
import { makeRogue } from '#tests/support/rogue.ts'
import { firstStatus, type TestDevice, until } from '#tests/support/test-device.ts'
import { exchange, knows, makePerson, share, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Letters of late frames that mean harm. Named after the lines of docs/threat-model.md. */
const { relay, device } = household()

async function lateOf(session: Session): Promise<readonly LateWriting[]> {
  const told = Promise.withResolvers<readonly LateWriting[]>()
  const stop = await session.watchLate(told.resolve)
  stop()
  return told.promise
}

/** Eve with a changed app, whom Ana let write in her problems and stopped; what she wrote since no relay takes. */
async function eveIsStopped(ana: TestDevice) {
  const eve = makeRogue(relay())
  const invited = await ana.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  const card = await eve.inviterOf(invited.value.code)
  await eve.answer(invited.value.code, eve.cardBytes({ name: 'Eve' }))
  await exchange([ana.session], () => knows(ana.session, 'Eve'))
  const shareId = await share(ana, 'Eve', { role: 'write' })
  await ana.session.checkMail()
  const [grant] = grantsIn(await eve.letters()).slice(-1)
  const member = await makeRogueMember(relay(), grant!, eve.shareKem)
  await until(async () => (await member.titles()).includes('Asthma'))
  for (const title of ['One', 'Two', 'Three']) await member.add(title)
  expect((await ana.session.stopShare(shareId)).ok).toBe(true)
  await exchange([ana.session], async () => (await sharesOf(ana.session)).given[0]?.state === 'ended')
  const [id, { logId }] = [ShareId.parse(shareId)!, member]
  return {
    frames: await member.unsent(),
    write: (frames: Awaited<ReturnType<typeof member.unsent>>) =>
      eve.write(card, 'late-frames', encodeLateFrames({ shareId: id, logId, frames })),
    close: () => member.close(),
  }
}

test('a letter of late frames without the first of its feed holds up nothing: none of it is kept until whose it is has come', async () => {
  const ana = await makePerson(device, 'Ana')
  expect((await ana.session.addEntry(condition('Asthma'))).ok).toBe(true)
  const { frames, write, close } = await eveIsStopped(ana)
  const calm = () => firstStatus(ana.session, ({ kind }) => kind === 'backed-up')
  expect(frames).toHaveLength(3)
  await write(frames.slice(1))
  for (let round = 0; round < 2; round++) await ana.session.checkMail()
  expect((await calm()).problems).toEqual([])
  expect(await lateOf(ana.session)).toEqual([])
  // The honest letter, the first along.
  await write([frames[0]!, frames[2]!])
  const said = async () => (await lateOf(ana.session)).flatMap(({ entries }) => entries.map(one => one.summary.title))
  await exchange([ana.session], async () => (await said()).length === 3)
  expect((await said()).toSorted()).toEqual(['One', 'Three', 'Two'])
  expect((await calm()).problems).toEqual([{ kind: 'late', count: 1 }])
  await close()
})
