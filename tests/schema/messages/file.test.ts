import { expect, test } from 'vitest'
import { decodePieceNames, encodePieceNames } from '#app/core/messages/files/piece-names.ts'
import { BlobId, FileId } from '#schema/ids.ts'
import {
  MAX_FILE_BYTES,
  MAX_FILES,
  type MessageFile,
  parseFiles,
  PIECE_BYTES,
  pieceCount,
} from '#schema/messages/file.ts'

const NAME = { blobId: BlobId.parse('a'.repeat(64))!, key: 'b'.repeat(64) }
const fileOf = (digit: string): MessageFile => ({
  id: FileId.parse(digit.repeat(32))!,
  name: 'scan.pdf',
  type: 'application/pdf',
  bytes: 3,
  list: NAME,
})

test('parseFiles() reads what goes along, with and without a small picture', () => {
  const files = [fileOf('1'), { ...fileOf('2'), preview: NAME }]
  expect(parseFiles(JSON.parse(JSON.stringify(files)))).toEqual(files)
})

test('parseFiles() refuses too many, one twice, and whatever is no file', () => {
  const many = Array.from({ length: MAX_FILES + 1 }, (_, index) => fileOf((index + 1).toString(16)))
  for (const wrong of [
    many,
    [fileOf('1'), fileOf('1')],
    [{ ...fileOf('1'), id: '../x' }],
    [{ ...fileOf('1'), bytes: 0 }],
    [{ ...fileOf('1'), bytes: MAX_FILE_BYTES + 1 }],
    [{ ...fileOf('1'), bytes: 1.5 }],
    [{ ...fileOf('1'), name: 'a'.repeat(256) }],
    [{ ...fileOf('1'), list: { ...NAME, key: 'B'.repeat(64) } }],
    [{ ...fileOf('1'), list: undefined }],
    [null],
    'scan.pdf',
  ]) {
    expect(parseFiles(wrong)).toBeUndefined()
  }
})

test('decodePieceNames() reads what was encoded, and answers every cut of it', () => {
  const names = [NAME, { ...NAME, key: 'c'.repeat(64) }]
  const bytes = encodePieceNames(names)
  expect(decodePieceNames(bytes)).toEqual({ ok: true, value: names })
  for (let length = 0; length < bytes.length; length += 1) {
    expect(decodePieceNames(bytes.subarray(0, length)).ok).toBe(false)
  }
})

test('pieceCount() has no empty piece', () => {
  expect([1, PIECE_BYTES, PIECE_BYTES + 1].map(pieceCount)).toEqual([1, 1, 2])
})
