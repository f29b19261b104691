import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'

test('a gzip bomb stops at 200 MB', async () => {
  const megabyte = new Uint8Array(1_000_000)
  const bomb = gzipSync(Buffer.concat(Array.from({ length: 210 }, () => megabyte)), { level: 9 })
  const file = await readImportFile(bomb, 'x.json.gz')
  expect(file).toEqual({ ok: false, failure: { kind: 'too-large', maxMb: 200 } })
})
