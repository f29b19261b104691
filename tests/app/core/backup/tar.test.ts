import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert, asyncProperty, integer, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { readTar, TAR_END, TarDamaged, tarHeader, tarPadding } from '#app/core/backup/tar.ts'
import { concat, utf8 } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

type Bytes = Uint8Array<ArrayBuffer>

const AT = instant(Date.UTC(2026, 10, 26, 3))
const LONG = `logs/${'0'.repeat(32)}/${'f'.repeat(64)}/${'1'.repeat(16)}.frames`
const FILES: readonly (readonly [string, Bytes])[] = [
  ['folder/README.txt', utf8('hello\n')],
  [`folder/${LONG}`, new Uint8Array(1500).fill(7)],
  ['folder/empty', new Uint8Array(0)],
  ['folder/block', new Uint8Array(512).fill(1)],
]

function archive(files: readonly (readonly [string, Bytes])[] = FILES): Bytes {
  const members = files.flatMap(([name, body]) => [tarHeader(name, body.length, AT), body, tarPadding(body.length)])
  return concat(...members, TAR_END)
}

async function* inPieces(bytes: Bytes, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Bytes, size = 700): Promise<(readonly [string, Bytes])[]> {
  const found: (readonly [string, Bytes])[] = []
  for await (const member of readTar(inPieces(bytes, size))) {
    const pieces: Uint8Array[] = []
    for await (const piece of member.body) pieces.push(piece)
    found.push([member.name, concat(...pieces)])
  }
  return found
}

test('readTar() reads back what was written, however the bytes come', async () => {
  await assert(
    asyncProperty(integer({ min: 1, max: 5000 }), async size => {
      expect(await read(archive(), size)).toEqual(FILES)
    }),
    { numRuns: 20 },
  )
})

test('readTar() passes over a body that nobody reads', async () => {
  const names: string[] = []
  for await (const { name } of readTar(inPieces(archive(), 100))) names.push(name)
  expect(names).toEqual(FILES.map(([name]) => name))
})

test('tarHeader() makes what the system’s tar unpacks, with its time, for nobody else to read', () => {
  const folder = makeTempFolder('tar')
  writeFileSync(join(folder, 'made.tar'), archive())
  execFileSync('tar', ['xf', 'made.tar'], { cwd: folder })
  for (const [name, body] of FILES) expect(new Uint8Array(readFileSync(join(folder, name)))).toEqual(body)
  const listed = execFileSync('tar', ['tvf', 'made.tar', '--utc'], { cwd: folder }).toString()
  expect(listed).toContain('-rw------- 0/0')
  expect(listed).toContain('2026-11-26 03:00')
})

test('readTar() reads what the system’s tar writes', async () => {
  const folder = makeTempFolder('tar')
  writeFileSync(join(folder, 'one'), 'first')
  writeFileSync(join(folder, 'two'), 'second')
  execFileSync('tar', ['--format=ustar', '-cf', 'made.tar', 'one', 'two'], { cwd: folder })
  const found = await read(new Uint8Array(readFileSync(join(folder, 'made.tar'))))
  expect(found).toEqual([
    ['one', utf8('first')],
    ['two', utf8('second')],
  ])
})

test('readTar() refuses an archive that ends too soon, wherever', async () => {
  const whole = archive()
  for (let length = 0; length < whole.length - 1024; length += 511) {
    await expect(read(whole.slice(0, length))).rejects.toThrow('ends too soon')
  }
})

test('readTar() refuses a changed header, links, and what follows the end', async () => {
  const changed = archive()
  changed[3]! ^= 1
  await expect(read(changed)).rejects.toThrow('header was changed')
  const link = tarHeader('link', 0, AT)
  link[156] = 0x32
  await expect(read(concat(link, TAR_END))).rejects.toThrow('No header of a file')
  await expect(read(concat(archive(), utf8('more')))).rejects.toThrow('follows the end')
})

test('readTar() throws nothing but its own error on any bytes', async () => {
  await assert(
    asyncProperty(uint8Array({ maxLength: 3000 }), async bytes => {
      const thrown = await read(new Uint8Array(bytes)).then(
        () => 'nothing',
        (error: unknown) => (error instanceof TarDamaged ? 'its own' : String(error)),
      )
      expect(['nothing', 'its own']).toContain(thrown)
    }),
  )
})

test('tarHeader() throws for a name or a size that has no place in it', () => {
  expect(() => tarHeader('naïve', 1, AT)).toThrow('plain ASCII')
  expect(() => tarHeader('a'.repeat(101), 1, AT)).toThrow('too long')
  expect(() => tarHeader('a', 8 ** 11, AT)).toThrow('too many')
})
