import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { greyPicture, shareOfOthers } from '#tests/browser/grey-picture.ts'

const BLANK = 'f'.repeat(30)
const LINE = `ff${'9'.repeat(20)}ffffffff`
const page = (...rows: readonly string[]) => [...rows, ...Array.from({ length: 60 - rows.length }, () => BLANK)]

test('shareOfOthers() is nothing for the same, and all for another or one of another width', () => {
  const one = page(BLANK, LINE, BLANK, LINE)
  expect(shareOfOthers(one, one)).toBe(0)
  expect(shareOfOthers(one, page(BLANK, BLANK))).toBe(1)
  expect(
    shareOfOthers(
      one,
      one.map(row => row.slice(1)),
    ),
  ).toBe(1)
  expect(
    shareOfOthers(
      one,
      one.map(row => row.replaceAll('f', '1')),
    ),
  ).toBe(1)
})

test('shareOfOthers() counts a line that came once, and not what it moved', () => {
  const lines = Array.from({ length: 10 }, (_, index) => `ff${String(index).repeat(20)}ffffffff`)
  expect(shareOfOthers(page(...lines), page(LINE, ...lines))).toBeCloseTo(1 / 11)
})

test('greyPicture() reads a PNG by every filter', () => {
  const width = 12
  // A ramp that every filter writes otherwise; the first line is grey 0x80 throughout.
  const lines = Array.from({ length: 12 }, (_, row) => {
    const filter = row % 5
    const first = row === 0 ? 0x80 : 0
    const bytes = Array.from({ length: width * 3 }, (_unused, x) => {
      if (row === 0) return first
      if (filter === 0) return 0x80
      if (filter === 1) return x < 3 ? 0x80 : 0
      if (filter === 2) return 0
      if (filter === 3) return x < 3 ? 0x40 : 0
      return 0
    })
    return [filter, ...bytes]
  })
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, 12, 8, 2, 0, 0, 0])
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)])
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = chunk('IDAT', deflateSync(Buffer.from(lines.flat())))
  expect(greyPicture(Buffer.concat([signature, chunk('IHDR', header), data]))).toEqual(['8'])
})
