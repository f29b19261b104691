import { expect, test } from 'vitest'
import { frameKey, outboxKey } from '#app/core/log/log-core.ts'
import { LateClerk, type LateClerkDeps } from '#app/core/sharing/late-clerk.ts'
import { decodeLateFrames, keepUnsent, lateWritingOf } from '#app/core/sharing/unsent-frames.ts'
import { utf8 } from '#schema/bytes.ts'
import { LogId, ShareId, WriterId } from '#schema/ids.ts'
import { fail, ok } from '#schema/result.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'

const filled = (bytes: number, value: number) => new Uint8Array(bytes).fill(value)

test('round() writes to everybody, also where the mailbox of one takes nothing, and to that one once it does', async () => {
  const store = makeMemoryDisk().open()
  await store.claim()
  const shares = [1, 2].map(at => ({ id: ShareId.of(filled(16, at)), contact: `contact ${at}` }))
  for (const [at, { id }] of shares.entries()) {
    const [logId, writer] = [LogId.of(filled(16, at)), WriterId.of(filled(32, at))]
    for (const seq of [0, 1]) {
      await store.commit([
        { table: 'outbox', key: outboxKey(logId, seq), value: utf8(`change/${writer}/${seq}`) },
        { table: 'frames', key: frameKey(logId, writer, seq), value: filled(6 * 1024, seq) },
      ])
    }
    await keepUnsent(store, { id, role: 'write', endedBy: 'stopped' }, [logId])
  }
  const full = new Set(['contact 1'])
  const written: unknown[] = []
  const deps = {
    store,
    received: { grants: async () => shares },
    office: {
      book: async () => ({ contacts: shares.map(({ contact }) => ({ id: contact, card: contact })) }),
      async write(card: string, _: string, body: Uint8Array) {
        if (full.has(card)) return fail({ kind: 'refused', code: 'quota' })
        return ok(void written.push([card, decodeLateFrames(body)?.frames.map(frame => frame[0])]))
      },
    },
    onChange: () => undefined,
  }
  const clerk = new LateClerk(deps as unknown as LateClerkDeps)
  const said = () => Promise.all(shares.map(async ({ id }) => (await lateWritingOf(store, id)).lateWriting))
  expect(await clerk.round()).toMatchObject({ ok: false, failure: { kind: 'refused' } })
  expect(written.splice(0)).toEqual([
    ['contact 2', [0]],
    ['contact 2', [1]],
  ])
  expect(await said()).toEqual(['waiting', 'sent'])
  full.clear()
  expect(await clerk.round()).toEqual(ok(undefined))
  expect(written).toEqual([
    ['contact 1', [0]],
    ['contact 1', [1]],
  ])
  expect(await said()).toEqual(['sent', 'sent'])
})
