import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Control, decodeControl, encodeControl } from '#app/core/log/control.ts'
import { decodeHeads, encodeHeads } from '#app/core/log/heads.ts'
import { decodeOps, encodeOps, type Ops } from '#app/core/log/ops.ts'
import { saveActors } from '#app/core/log/save-actors.ts'
import { decodeChanges, encodeChanges } from '#app/core/log/shard-part.ts'
import { decodeSnapshot, encodeSnapshot, type Snapshot } from '#app/core/log/snapshot.ts'
import { decodeState } from '#app/core/log/state-row.ts'
import { BlobId, DeviceId, FrameHash, KeyId, LogId, PrincipalId, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { WriterCert } from '#schema/protocol/certificate.ts'
import { ok } from '#schema/result.ts'

const fill = (size: number, byte: number) => new Uint8Array(size).fill(byte)
const point = (byte: number) => ({
  writer: WriterId.of(fill(32, byte)),
  seq: byte * 1000,
  hash: FrameHash.of(fill(32, byte + 1)),
})
const cert: WriterCert = {
  logId: LogId.of(fill(16, 1)),
  writer: WriterId.of(fill(32, 2)),
  voucher: PrincipalId.of(fill(32, 3)),
  signature: fill(64, 4),
  chain: [
    {
      device: DeviceId.of(fill(32, 5)),
      kemKeyHash: fill(32, 6),
      isAdmin: true,
      issuedAt: instant(7),
      issuer: PrincipalId.of(fill(32, 8)),
      signature: fill(64, 9),
    },
  ],
}
const blob = { blobId: BlobId.of(fill(32, 1)), key: fill(32, 2) }
const heads = ['11'.repeat(32), '22'.repeat(32)]

const OPS: Ops = {
  claimedAt: instant(1_700_000_000_000),
  cert,
  seen: [point(1), point(2)],
  parts: [
    { label: 'readings/2024', heads, body: { kind: 'changes', changes: [fill(3, 1), fill(0, 0)] } },
    { label: 'a', heads: [], body: { kind: 'save', save: { inline: fill(5, 5) } } },
    { label: 'b', heads, body: { kind: 'save', save: { blob } } },
    { label: 'ü', heads, body: { kind: 'blob-changes', blob } },
    { label: 'c', heads, body: { kind: 'save', save: { pieces: [blob, blob] } } },
  ],
}
const SNAPSHOT: Snapshot = {
  claimedAt: instant(5),
  cert,
  covers: [{ ...point(3), cert }],
  shards: [
    { label: 'one', heads, hash: fill(32, 7), save: { inline: fill(9, 9) } },
    { label: 'two', heads, hash: fill(32, 7), save: { blob } },
    { label: 'three', heads, hash: fill(32, 7), save: { pieces: [blob, blob] } },
  ],
}
const CONTROLS: Control[] = [
  {
    claimedAt: instant(0),
    cert,
    record: {
      type: 'epoch',
      parents: [FrameHash.of(fill(32, 1))],
      keyId: KeyId.of(fill(8, 2)),
      commitment: fill(32, 3),
      roster: [
        { principal: PrincipalId.of(fill(32, 4)), role: 'owner' },
        { principal: PrincipalId.of(fill(32, 5)), role: 'read' },
      ],
      readers: [{ kemKeyHash: fill(32, 6), notAfter: instant(8.64e15) }],
      removed: [
        { who: { kind: 'principal', id: PrincipalId.of(fill(32, 7)) }, cuts: [point(1)] },
        { who: { kind: 'device', id: DeviceId.of(fill(32, 8)) }, cuts: [] },
        { who: { kind: 'writer', id: WriterId.of(fill(32, 9)) }, cuts: [point(1), point(2)] },
      ],
    },
  },
  { claimedAt: instant(0), record: { type: 'base', snapshot: point(1), covers: [point(2)] } },
  { claimedAt: instant(0), record: { type: 'close', movedTo: LogId.of(fill(16, 4)) } },
]

const CASES = [
  ['OPS', encodeOps(OPS), decodeOps, OPS],
  [
    'HEADS',
    encodeHeads({ ...OPS, carried: [] }),
    decodeHeads,
    { claimedAt: OPS.claimedAt, cert, seen: OPS.seen, carried: [] },
  ],
  [
    'HEADS that carries',
    encodeHeads({ ...OPS, carried: [blob] }),
    decodeHeads,
    { claimedAt: OPS.claimedAt, cert, seen: OPS.seen, carried: [blob] },
  ],
  ['SNAPSHOT', encodeSnapshot(SNAPSHOT), decodeSnapshot, SNAPSHOT],
  ['EPOCH', encodeControl(CONTROLS[0]!), decodeControl, CONTROLS[0]],
  ['BASE', encodeControl(CONTROLS[1]!), decodeControl, CONTROLS[1]],
  ['CLOSE', encodeControl(CONTROLS[2]!), decodeControl, CONTROLS[2]],
  ['changes in a blob', encodeChanges([fill(2, 2)]), decodeChanges, [fill(2, 2)]],
] as const

describe.each(CASES)('%s', (_name, encoded, decode, value) => {
  test('comes back as it was', () => {
    expect(decode(encoded)).toEqual(ok(value))
  })

  test('has no shorter and no longer form, and no flipped bit makes its decoder throw (invariant 18)', () => {
    for (let length = 0; length < encoded.length; length++) expect(decode(encoded.slice(0, length)).ok).toBe(false)
    expect(decode(new Uint8Array([...encoded, 0]))).toEqual({ ok: false, failure: 'trailing-bytes' })
    for (let bit = 0; bit < encoded.length * 8; bit++) {
      const flipped = encoded.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(decode(flipped)).toHaveProperty('ok')
    }
  })
})

test('no decoder throws on any bytes (invariant 18)', () => {
  const decoders = [decodeOps, decodeHeads, decodeSnapshot, decodeControl, decodeChanges]
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
      for (const decode of decoders) expect(decode(bytes)).toHaveProperty('ok')
      saveActors(bytes)
      decodeState(bytes)
    }),
    { numRuns: 500 },
  )
})
