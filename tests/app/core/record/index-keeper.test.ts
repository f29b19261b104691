import { expect, test } from 'vitest'
import { carryOver } from '#app/core/record/carry-over.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { openIndexKeeper } from '#app/core/record/index-keeper.ts'
import { makeShardReader } from '#app/core/record/shard-reader.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { DeviceId } from '#schema/ids.ts'
import { deliver, tellStory } from '#tests/support/log-kit.ts'
import { makeWorld } from './record-world.ts'

/** A shard with one condition, as a record writes it. */
async function oneCondition(): Promise<{ readonly label: string; readonly doc: DocMap }> {
  const { logs, record } = await (await makeWorld()).device()
  await record.addEntry({ kind: 'condition', name: 'Fever', clinicalStatus: 'active' })
  const log = logs.get('problems')!
  const { label } = log.shards()[0]!
  return { label, doc: await log.read<DocMap>(label) }
}

test('a row that was made before its writer’s first frame was sealed names the writer afterwards', async () => {
  await readyCrypto()
  const { label, doc } = await oneCondition()
  const story = await tellStory()
  const replica = await story.join()
  const { identity, log, store, localKey, clock } = replica
  await deliver(story.creator, replica)
  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  const acting = new Set([DeviceId.of(identity.device.publicKey)])
  const keeper = await openIndexKeeper({
    sections: ['problems'],
    logOf: () => log,
    shards: makeShardReader(() => log),
    store,
    clock: { ...clock, after: later },
    localKey,
    authors: {
      authorOf: () => ({ type: 'you' }),
      actingDevices: () => acting,
      subscribe: () => () => undefined,
    },
    onChange: () => undefined,
  })
  const by = async () => {
    await keeper.level()
    return [...keeper.index.shardRows({ section: 'problems', label }).values()].map(({ summary }) => summary.source)
  }
  await log.change<DocMap>(label, draft => carryOver({}, doc, draft))
  expect(await by()).toEqual([{ type: 'self' }])
  await log.flush()
  expect(await by()).toEqual([{ type: 'self', by: { type: 'you' } }])
  keeper.dispose()
})
