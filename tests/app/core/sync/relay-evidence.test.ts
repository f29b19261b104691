import { beforeAll, expect, test } from 'vitest'
import { type FrameItem, forkPoint } from '#app/core/sync/relay-evidence.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { type Replica, tellStory } from '#tests/support/log-kit.ts'
import { note } from '#tests/support/sync-kit.ts'

beforeAll(readyCrypto)

/** A profile and its clone, which wrote three notes each after the one they share. */
async function parted() {
  const { creator } = await tellStory()
  await note(creator, 'shared')
  const clone = await creator.clone()
  for (const id of ['one', 'two', 'three']) {
    await note(creator, id)
    await note(clone, `${id} of the clone`)
  }
  return { creator, clone }
}

async function feedOf({ log }: Replica) {
  return log.frames(log.writer, 0, 1_000_000)
}

async function itemAt({ log }: Replica, seq: number): Promise<FrameItem> {
  const [bytes] = await log.frames(log.writer, seq, 1)
  return { kind: 'frame', writer: log.writer, seq, bytes: bytes! }
}

/** A relay that has these frames. */
function relayWith(frames: readonly Uint8Array<ArrayBuffer>[]) {
  const stream: Parameters<typeof forkPoint>[1] = {
    async ask(_message, onFrames) {
      onFrames?.(frames)
      return ok({ type: 'end', requestId: 1, cursor: frames.length })
    },
  }
  return stream
}

test('forkPoint() finds the first place where the relay has other bytes', async () => {
  const { creator, clone } = await parted()
  const relay = relayWith(await feedOf(creator))
  expect(await forkPoint(clone.log, relay, await itemAt(clone, 3))).toMatchObject(ok({ place: 2 }))
  expect(await forkPoint(clone.log, relayWith([]), await itemAt(clone, 3))).toMatchObject(ok({ place: 3 }))
})

test('forkPoint() knows our frame by what the relay kept upon it', async () => {
  const { creator, clone } = await parted()
  const [first, , , three] = await feedOf(creator)
  const pruned = relayWith([first!, three!])
  expect(await forkPoint(creator.log, pruned, await itemAt(creator, 2))).toMatchObject(ok({ place: 'same' }))
  expect(await forkPoint(clone.log, pruned, await itemAt(clone, 2))).toMatchObject(ok({ place: 2 }))
})
