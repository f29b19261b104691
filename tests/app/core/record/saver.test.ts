import { expect, test } from 'vitest'
import type { PreparedWrite, SealedLog } from '#app/core/log/sealed-log.ts'
import type { StoreFailure } from '#app/core/ports.ts'
import { makeSaver, type Saver } from '#app/core/record/saver.ts'
import { makeWorld } from './record-world.ts'
import { fail, ok, type Result } from '#schema/result.ts'

const LABEL = 'entries/0'

/** A saver on a real log, whose transactions end when told. */
async function heldSaver() {
  const device = await (await makeWorld()).device()
  const log = device.logs.get('problems')!
  const transactions: { readonly count: number; end(result?: Result<void, StoreFailure>): Promise<void> }[] = []
  const saver = makeSaver({
    logOf: () => log,
    onSaved: () => undefined,
    commit(prepared: readonly PreparedWrite[]) {
      const { promise, resolve } = Promise.withResolvers<Result<void, StoreFailure>>()
      transactions.push({
        count: prepared.length,
        async end(result = ok(undefined)) {
          const stored = result.ok ? await device.store.commit(prepared.flatMap(write => write.writes)) : result
          for (const write of prepared) await (stored.ok ? write.committed() : write.refused())
          resolve(stored)
        },
      })
      return promise
    },
  })
  return { saver, log, transactions }
}

const put = (saver: Saver, key: string) =>
  saver.save(write =>
    write({ section: 'problems', label: LABEL }, doc => {
      doc[key] = 1
    }),
  )

const keys = async (log: SealedLog) => Object.keys(await log.read<Record<string, unknown>>(LABEL))

test('a refused transaction fails the acts in it, and not the one that came meanwhile', async () => {
  const { saver, log, transactions } = await heldSaver()
  const first = Promise.all([put(saver, 'a'), put(saver, 'b')])
  await expect.poll(() => transactions).toHaveLength(1)
  const later = put(saver, 'c')
  await transactions[0]?.end(fail('quota'))
  expect(await first).toEqual([fail('quota'), fail('quota')])
  await expect.poll(() => transactions).toHaveLength(2)
  await transactions[1]?.end()
  expect(await later).toEqual(ok(undefined))
  await saver.idle()
  expect(await keys(log)).toEqual(['c'])
})

test('an act that writes nothing is durable already, and one that throws fails alone', async () => {
  const { saver, log, transactions } = await heldSaver()
  expect(await saver.save(async () => undefined)).toEqual(ok(undefined))
  const broken = saver.save(async () => {
    throw new Error('a broken act')
  })
  const whole = put(saver, 'a')
  await expect(broken).rejects.toThrow('a broken act')
  await expect.poll(() => transactions).toHaveLength(1)
  await transactions[0]?.end()
  expect(await whole).toEqual(ok(undefined))
  expect(await keys(log)).toEqual(['a'])
})
