import { beforeAll, expect, test } from 'vitest'
import { NOBODY_ELSE } from '#app/core/log/control-write.ts'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { recordOf } from '#app/core/room.ts'
import { rebaseSection } from '#app/core/sharing/rebase-section.ts'
import { VaultSlot } from '#app/core/vault/open-vault.ts'
import { type OpenRecord, RecordOpener } from '#app/core/vault/record-opener.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { openInto, startAccount } from '#tests/support/test-account.ts'
import { until } from '#tests/support/test-device.ts'
import { unheardDuring } from '#tests/support/unheard.ts'

beforeAll(readyCrypto)

test('RecordOpener opens the record anew when a section goes on elsewhere, also after that broke off once', async () => {
  const started = await startAccount()
  const { account, deps, relay } = started
  const ports = { ...deps, relay: relay.link() }
  const slot = new VaultSlot()
  const opened = { count: 0 }
  const openRecord: OpenRecord = (of, keys, person) => {
    if (++opened.count === 1) throw new Error('Broken off')
    return recordOf(ports, of, keys, person)
  }
  const opener = new RecordOpener(ports, slot, openRecord, () => undefined)
  expect(opener).toBeDefined()
  const { record } = await openInto(slot, started)
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(deps.store, prepared)
  const beginAnew = async () => {
    const rebase = { ...deps, account, record: () => undefined, commit }
    const members = async () => NOBODY_ELSE
    expect(await rebaseSection(rebase, 'problems', members, () => undefined)).toEqual(ok(undefined))
  }
  const unheard = await unheardDuring(async () => {
    await beginAnew()
    await until(() => opened.count === 1)
  })
  expect(unheard).toEqual([new Error('Broken off')])
  expect(slot.open?.record).toBe(record)
  await beginAnew()
  await until(() => slot.open?.record !== record)
  await slot.close()
  await relay.stop()
})
