import { createHash } from 'node:crypto'
import { assert, asyncProperty, uint8Array } from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import {
  encodeManifest,
  encodeReadme,
  inFolder,
  MANIFEST,
  README,
  splitFrames,
} from '#app/core/backup/backup-format.ts'
import { readBackup } from '#app/core/backup/read-backup.ts'
import { RestoredRows } from '#app/core/backup/restore-rows.ts'
import { TAR_END, tarHeader, tarPadding } from '#app/core/backup/tar.ts'
import { sealAge } from '#crypto/age.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { concat, utf8 } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Files = readonly (readonly [name: string, body: Bytes])[]

const AT = instant(Date.UTC(2026, 10, 26))
const TASK = { signal: new AbortController().signal, report: () => undefined }
const CODE = 'a code'
const LOG = '0'.repeat(32)
const FIRST: Files[number] = [README, encodeReadme('Hello.')]

beforeAll(readyCrypto)

const sha256 = (bytes: Bytes) => createHash('sha256').update(bytes).digest('hex')
const manifestOf = (files: Files, version = 1): Files[number] => {
  const members = files.map(([name, body]) => ({ name, bytes: body.length, sha256: sha256(body) }))
  return [MANIFEST, encodeManifest({ version, madeAt: AT, entries: 3, person: 'Ana', state: 'x', members })]
}

async function sealed(files: Files, end: Bytes = TAR_END): Promise<Blob> {
  const parts = files.flatMap(([name, body]) => [tarHeader(name, body.length, AT), body, tarPadding(body.length)])
  const stream = await sealAge(new Blob([concat(...parts, end)]).stream(), CODE)
  return new Response(stream as ReadableStream<Bytes>).blob()
}

const inside = (files: Files): Files => files.map(([name, body]) => [inFolder(name), body])

async function read(files: Files): Promise<unknown> {
  const rows = new RestoredRows(() => ({ commit: async () => ok(undefined) }))
  return readBackup(await sealed(inside(files)), CODE, TASK, (member, bytes) => rows.take(member, bytes))
}

test('readBackup() answers the manifest of a whole file, and passes over what it does not know', async () => {
  const files: Files = [FIRST, ['later/new-thing.bin', utf8('?')], ['record.fhir.json', utf8('{}')]]
  expect(await read([...files, manifestOf(files)])).toMatchObject({ ok: true, value: { entries: 3, person: 'Ana' } })
})

test.each<[string, (files: Files) => Files]>([
  ['a member that is missing', files => [FIRST, manifestOf(files)]],
  ['a member more than the manifest names', files => [...files, manifestOf([FIRST])]],
  ['a member twice', files => [...files, files[1]!, manifestOf(files)]],
  ['other bytes than the manifest says', files => [FIRST, ['a', utf8('other')], manifestOf(files)]],
  ['another order', files => [FIRST, files[2]!, files[1]!, manifestOf(files)]],
  ['no manifest', files => files],
  ['something after the manifest', files => [...files, manifestOf(files), ['late', utf8('x')]]],
  ['a manifest that is none', files => [...files, [MANIFEST, utf8('{"format":"wellkeep-backup"}')]]],
  ['a manifest of nonsense', files => [...files, [MANIFEST, utf8('[1,')]]],
  ['an account that cannot be read', () => withMember(['account.bin', utf8('nonsense')])],
  ['a blob that is another', () => withMember([`blobs/${LOG}/${'0'.repeat(64)}`, utf8('x')])],
  ['frames that are none', () => withMember([`logs/${LOG}/${'0'.repeat(64)}/${'0'.repeat(16)}.frames`, utf8('SL')])],
  [
    'frames that nobody signed',
    () => withMember([`logs/${LOG}/${'0'.repeat(64)}/${'0'.repeat(16)}.frames`, unsigned()]),
  ],
])('readBackup() calls a backup damaged that has %s', async (_, change) => {
  const files: Files = [FIRST, ['a', utf8('one')], ['b', utf8('two')]]
  expect(await read(change(files))).toEqual(fail({ kind: 'damaged' }))
})

test('readBackup() tells a backup of a newer version, and an age file that is none', async () => {
  const newer: Files[number] = [README, utf8('Wellkeep backup, format 2\n\nHello.\n')]
  expect(await read([newer, manifestOf([newer], 2)])).toEqual(fail({ kind: 'newer' }))
  const other: Files[number] = [README, utf8('Something else')]
  expect(await read([other, manifestOf([other])])).toEqual(fail({ kind: 'not-a-backup' }))
  expect(await read([['a', utf8('x')], FIRST])).toEqual(fail({ kind: 'not-a-backup' }))
  const outside = await sealed([['elsewhere/README.txt', utf8('x')]])
  expect(await readBackup(outside, CODE, TASK, async () => ok(undefined))).toEqual(fail({ kind: 'not-a-backup' }))
})

test('readBackup() takes no more into memory than one member may have', async () => {
  const name = inFolder(`blobs/${LOG}/${'0'.repeat(64)}`)
  const take = vi.fn<() => Promise<Result<void, never>>>(async () => ok(undefined))
  // The header alone claims it: nothing of that size has to be there to be refused.
  const huge = await sealed(inside([FIRST]), concat(tarHeader(name, 8 ** 10, AT), TAR_END))
  expect(await readBackup(huge, CODE, TASK, take)).toEqual(fail({ kind: 'damaged' }))
  expect(take).toHaveBeenCalledOnce()
})

test('readBackup() stops when it is called off, and says where a file cannot be read any more', async () => {
  const file = await sealed(inside([FIRST, manifestOf([FIRST])]))
  const abort = new AbortController()
  abort.abort()
  const off = { ...TASK, signal: abort.signal }
  expect(await readBackup(file, CODE, off, async () => ok(undefined))).toEqual(fail({ kind: 'cancelled' }))
  const gone = new Blob([file])
  gone.stream = () =>
    new ReadableStream({
      start(controller) {
        controller.error(new DOMException('gone', 'NotReadableError'))
      },
    })
  expect(await readBackup(gone, CODE, TASK, async () => ok(undefined))).toEqual(fail({ kind: 'unreadable' }))
})

test('readBackup() and splitFrames() are total: any bytes are answered', async () => {
  await assert(
    asyncProperty(uint8Array({ maxLength: 2000 }), async bytes => {
      splitFrames(bytes)
      const file = await sealed([], new Uint8Array(bytes))
      expect(await readBackup(file, CODE, TASK, async () => ok(undefined))).toMatchObject({ ok: false })
    }),
    { numRuns: 30 },
  )
})

function withMember(member: Files[number]): Files {
  const files: Files = [FIRST, member]
  return [...files, manifestOf(files)]
}

/** Of the right layout, in the right place. */
function unsigned(): Bytes {
  const frame = new Uint8Array(106 + 24 + 64)
  frame.set(utf8('SL'))
  frame.set([1, 1], 2)
  return frame
}
