import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, onTestFinished, test, vi } from 'vitest'
import { indexedBox } from '#app/platform/indexed-box.ts'
import { utf8 } from '#schema/bytes.ts'
import { fail } from '#schema/result.ts'
import { describeDeviceBox } from '#tests/contract/device-box.ts'
import { makeMemoryBox } from '#tests/support/memory-box.ts'

let count = 0

describeDeviceBox('indexedBox (fake-indexeddb)', async () => {
  const name = `box-${count++}`
  return { box: indexedBox(name), again: async () => indexedBox(name) }
})

describeDeviceBox('makeMemoryBox', async () => {
  const box = makeMemoryBox()
  return { box, again: async () => box }
})

interface Row {
  readonly key: CryptoKey
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: Uint8Array<ArrayBuffer>
}

async function rowsOf(name: string): Promise<readonly Row[]> {
  const database = await openDB(name)
  const rows = (await database.getAll('box')) as Row[]
  database.close()
  return rows
}

test('indexedBox() stores no plain byte, and a key that nobody can take out and that is new each time', async () => {
  const name = `box-${count++}`
  const box = indexedBox(name)
  await box.put(utf8('Penicillin'))
  const [first] = await rowsOf(name)
  expect(new TextDecoder('latin1').decode(first?.sealed)).not.toContain('Penicillin')
  expect(first?.key.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', first!.key)).rejects.toThrow(/extractable/i)
  await box.put(utf8('Penicillin'))
  const [second] = await rowsOf(name)
  const opening = crypto.subtle.decrypt({ name: 'AES-GCM', iv: second!.nonce }, first!.key, second!.sealed)
  expect(
    await opening.then(
      () => 'opened',
      () => 'closed',
    ),
  ).toBe('closed')
})

test('indexedBox() leaves no row when it is emptied: neither what was sealed nor its key', async () => {
  const name = `box-${count++}`
  const box = indexedBox(name)
  await box.put(utf8('Penicillin'))
  expect(await rowsOf(name)).toHaveLength(1)
  await box.empty()
  expect(await rowsOf(name)).toEqual([])
})

test('indexedBox() answers a full disk, and a row that does not open counts as none', async () => {
  const name = `box-${count++}`
  const box = indexedBox(name)
  await box.put(utf8('Penicillin'))
  const database = await openDB(name)
  const [row] = (await database.getAll('box')) as Row[]
  await database.put('box', { ...row, sealed: row!.sealed.map(byte => byte ^ 1) }, 'box')
  database.close()
  expect(await box.read()).toBeUndefined()
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('No space', 'QuotaExceededError')
  })
  onTestFinished(() => put.mockRestore())
  expect(await box.put(utf8('x'))).toEqual(fail('quota'))
})
