import { inflateSync } from 'node:zlib'

/** Rows of cells, each one of sixteen greys: `0` is black, `f` white. */
export type GreyPicture = readonly string[]

/** Pixels a side: a line of text is about two of them, so that which letters stand in it hardly shows. */
const CELL = 12

/** The picture of a PNG as Chromium writes it: eight bits a channel, not interlaced. Throws on any other. */
export function greyPicture(png: Buffer): GreyPicture {
  const { width, height, channels, pixels } = readPng(png)
  return Array.from({ length: Math.floor(height / CELL) }, (_, row) =>
    Array.from({ length: Math.floor(width / CELL) }, (_unused, column) => {
      let sum = 0
      for (let y = row * CELL; y < (row + 1) * CELL; y++) {
        for (let x = column * CELL; x < (column + 1) * CELL; x++) {
          const at = (y * width + x) * channels
          sum += 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!
        }
      }
      return Math.round((sum / CELL ** 2 / 255) * 15).toString(16)
    }).join(''),
  )
}

/**
 * How much of what is drawn is drawn otherwise, from 0 to 1. The ground, of which a page is mostly made, counts only if it is
 * another. Rows are laid beside each other as a comparison of texts does it: a line that came or went moves what is below, and
 * counts alone.
 */
export function shareOfOthers(one: GreyPicture, other: GreyPicture): number {
  if (one.length === 0 || one[0]?.length !== other[0]?.length) return 1
  const [before, after] = [drawingOf(one), drawingOf(other)]
  if (isApart(before[0]?.ground ?? 0, after[0]?.ground ?? 0)) return 1
  let last = [0]
  for (const row of after) last.push(last.at(-1)! + inkOf(row))
  for (const row of before) {
    const next = [last[0]! + inkOf(row)]
    for (const [index, beside] of after.entries()) {
      const [moved, gone, come] = [last[index]!, last[index + 1]!, next[index]!]
      next.push(Math.min(moved + apartOf(row, beside), gone + inkOf(row), come + inkOf(beside)))
    }
    last = next
  }
  const ink = [before, after].map(rows => rows.reduce((sum, row) => sum + inkOf(row), 0))
  return Math.min(1, last.at(-1)! / Math.max(1, ...ink))
}

interface Row {
  readonly greys: readonly number[]
  readonly ground: number
}

/** Greys that are nearer to each other are the same drawn a little otherwise: by another edge of a letter. */
const isApart = (a: number, b: number) => Math.abs(a - b) > 1

const inkOf = ({ greys, ground }: Row) => greys.filter(grey => isApart(grey, ground)).length

const apartOf = (one: Row, other: Row) => one.greys.filter((grey, x) => isApart(grey, other.greys[x] ?? -9)).length

function drawingOf(picture: GreyPicture): readonly Row[] {
  const rows = picture.map(row => row.split('').map(cell => Number.parseInt(cell, 16)))
  const sorted = rows.flat().toSorted((a, b) => a - b)
  // The grey of most cells, whether the page is light or dark.
  const ground = sorted[sorted.length >> 1] ?? 0
  return rows.map(greys => ({ greys, ground }))
}

interface Pixels {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly pixels: Uint8Array
}

/** PNG, third edition (W3C 2025), 5.6, 9 and 11.2. */
function readPng(png: Buffer): Pixels {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const [depth, colour, , , interlaced] = png.subarray(24, 29)
  const channels = colour === 2 ? 3 : 4
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced !== 0) throw new Error('Cannot read such a PNG')
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
  }
  return { width, height, channels, pixels: unfilter(inflateSync(Buffer.concat(parts)), width * channels, channels) }
}

function unfilter(lines: Buffer, stride: number, channels: number): Uint8Array {
  const pixels = new Uint8Array((lines.length / (stride + 1)) * stride)
  for (let row = 0; row * stride < pixels.length; row++) {
    const filter = lines[row * (stride + 1)]!
    for (let x = 0; x < stride; x++) {
      const at = row * stride + x
      const left = x < channels ? 0 : pixels[at - channels]!
      const up = row === 0 ? 0 : pixels[at - stride]!
      const corner = x < channels || row === 0 ? 0 : pixels[at - stride - channels]!
      pixels[at] = lines[row * (stride + 1) + 1 + x]! + foreseen(filter, left, up, corner)
    }
  }
  return pixels
}

function foreseen(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
