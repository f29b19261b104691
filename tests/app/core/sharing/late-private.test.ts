import { beforeAll, expect, test } from 'vitest'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import { headsText } from '#app/core/record/carry-over.ts'
import { setTaken, setWhere } from '#app/core/record/private-shard.ts'
import { carryLateMoves } from '#app/core/sharing/late-private.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const [LABEL, NAME] = ['problems/entries/0', 'ours.k8']
type Doc = Record<string, Record<string, Record<string, string>>>

test('carryLateMoves() brings nothing into a section’s log in which somebody reads who has no part in it any more', async () => {
  const [{ creator: hidden }, { creator: problems }] = [await tellStory(), await tellStory()]
  const edit = (log: SealedLog, label: string, name: string) =>
    log.change<Doc>(label, doc => {
      doc['ours'] ??= {}
      doc['ours']['k8'] = { k: 'condition', 'f:name': name }
    })
  const nameIn = async () => (await problems.log.read<Doc>('entries/0'))['ours']?.['k8']?.['f:name']
  await edit(hidden.log, LABEL, 'Asthma')
  await edit(problems.log, 'entries/0', 'Asthma')
  const heads = headsText(hidden.log.shards().find(({ label }) => label === LABEL)!.heads)
  await hidden.log.change<Doc>(LABEL, doc => {
    setWhere(doc, NAME, 'open')
    setTaken(doc, NAME, { heads, putIn: problems.log.id })
    // A device that has not heard of it yet goes on saying where it took it from.
    setTaken(doc, NAME, { log: problems.log.id, heads: 'ab'.repeat(32) })
  })
  await edit(hidden.log, LABEL, 'Mild asthma')
  const carry = (mayWrite: boolean) =>
    carryLateMoves({
      privateLog: hidden.log,
      byId: () => undefined,
      current: () => problems.log,
      mayWrite: async (log, section) => log === problems.log && section === 'problems' && mayWrite,
    })
  expect((await carry(false)).size).toBe(0)
  expect(await nameIn()).toBe('Asthma')
  expect(await carry(true)).toContain(problems.log)
  expect(await nameIn()).toBe('Mild asthma')
})
