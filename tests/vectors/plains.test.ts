import { expect, test } from 'vitest'
import { encodeCarried } from '#app/core/log/carried.ts'
import { type ControlRecord, decodeControl, encodeControl } from '#app/core/log/control.ts'
import { decodeHeads, encodeHeads } from '#app/core/log/heads.ts'
import { decodeOps, encodeOps, type Ops } from '#app/core/log/ops.ts'
import { encodeChanges } from '#app/core/log/shard-part.ts'
import { decodeSnapshot, encodeSnapshot, type Snapshot } from '#app/core/log/snapshot.ts'
import { decodeAll } from '#schema/bytes.ts'
import { BlobId, DeviceId, FrameHash, KeyId, LogId, PrincipalId, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { readWriterCert } from '#schema/protocol/certificate.ts'
import { ok } from '#schema/result.ts'
import * as second from '../crypto/second-plains.ts'
import { bytesOf, hash, hexOf, textBytes } from '../crypto/second-suite.ts'
import vectors from './plains.json' with { type: 'json' }
import records from './records.json' with { type: 'json' }

/** Section 4 of docs/protocol.md: what is sealed in frames, and in the blobs they name, as the second implementation makes it and as ours does. */

type Bytes = Uint8Array<ArrayBuffer>

/** Any 32 bytes that have a name. */
const some = (name: string): Bytes => new Uint8Array(hash(textBytes(name)))
const certBytes = bytesOf(records.writerCert)
const head = second.preface(1_700_000_000_000, certBytes)
const bare = second.preface(5)

function ourCert() {
  const decoded = decodeAll(certBytes, reader => readWriterCert(reader))
  if (!decoded.ok) throw new Error(decoded.failure)
  return decoded.value
}
const preface = () => ({ claimedAt: instant(1_700_000_000_000), cert: ourCert() })

const pointAgain = (name: string, seq: number) => second.point(some(name), seq, some(`${name} ${seq}`))
const point = (name: string, seq: number) => ({
  writer: WriterId.of(some(name)),
  seq,
  hash: FrameHash.of(some(`${name} ${seq}`)),
})
const blob = { blobId: BlobId.of(some('blob')), key: some('key') }
const headsAgain = [some('one head'), some('other head')]
const heads = headsAgain.map(hexOf)
const change = textBytes('a change')

const OPS = {
  again: second.ops(
    head,
    [pointAgain('Bea', 7), pointAgain('Cleo', 0)],
    [
      second.part('readings/2024', headsAgain, second.changes([change, new Uint8Array(0)])),
      second.part('ü', [], second.inlineSave(change)),
      second.part('b', headsAgain, second.blobSave(some('blob'), some('key'))),
      second.part('c', headsAgain, second.blobChanges(some('blob'), some('key'))),
    ],
  ),
  ours: (): Ops => ({
    ...preface(),
    seen: [point('Bea', 7), point('Cleo', 0)],
    parts: [
      { label: 'readings/2024', heads, body: { kind: 'changes', changes: [change, new Uint8Array(0)] } },
      { label: 'ü', heads: [], body: { kind: 'save', save: { inline: change } } },
      { label: 'b', heads, body: { kind: 'save', save: { blob } } },
      { label: 'c', heads, body: { kind: 'blob-changes', blob } },
    ],
  }),
}

const SNAPSHOT = {
  again: second.snapshot(
    head,
    [new Uint8Array([...pointAgain('Bea', 7), ...certBytes])],
    [
      second.snapshotShard('one', headsAgain, some('save'), second.inlineSave(change)),
      second.snapshotShard('two', [], some('save'), second.blobSave(some('blob'), some('key'))),
    ],
  ),
  ours: (): Snapshot => ({
    ...preface(),
    covers: [{ ...point('Bea', 7), cert: ourCert() }],
    shards: [
      { label: 'one', heads, hash: some('save'), save: { inline: change } },
      { label: 'two', heads: [], hash: some('save'), save: { blob } },
    ],
  }),
}

const CONTROLS: Record<ControlRecord['type'], { readonly again: Uint8Array; readonly ours: ControlRecord }> = {
  epoch: {
    again: second.epoch(bare, {
      parents: [some('parent')],
      keyId: some('key id').slice(0, 8),
      commitment: some('commitment'),
      roster: [
        { principal: some('Ana'), role: 3 },
        { principal: some('Ben'), role: 2 },
        { principal: some('Bea'), role: 1 },
        { principal: some('Cleo'), role: 0 },
      ],
      readers: [{ kemHash: some('X-Wing'), notAfter: 9 }],
      removed: [
        { kind: 0, id: some('Dan'), cuts: [pointAgain('Dan', 3)] },
        { kind: 1, id: some('phone'), cuts: [] },
        { kind: 2, id: some('feed'), cuts: [] },
      ],
    }),
    ours: {
      type: 'epoch',
      parents: [FrameHash.of(some('parent'))],
      keyId: KeyId.of(some('key id').slice(0, 8)),
      commitment: some('commitment'),
      roster: [
        { principal: PrincipalId.of(some('Ana')), role: 'owner' },
        { principal: PrincipalId.of(some('Ben')), role: 'manage' },
        { principal: PrincipalId.of(some('Bea')), role: 'write' },
        { principal: PrincipalId.of(some('Cleo')), role: 'read' },
      ],
      readers: [{ kemKeyHash: some('X-Wing'), notAfter: instant(9) }],
      removed: [
        { who: { kind: 'principal', id: PrincipalId.of(some('Dan')) }, cuts: [point('Dan', 3)] },
        { who: { kind: 'device', id: DeviceId.of(some('phone')) }, cuts: [] },
        { who: { kind: 'writer', id: WriterId.of(some('feed')) }, cuts: [] },
      ],
    },
  },
  base: {
    again: second.base(bare, pointAgain('Ana', 4), [pointAgain('Bea', 7)]),
    ours: { type: 'base', snapshot: point('Ana', 4), covers: [point('Bea', 7)] },
  },
  close: {
    again: second.close(bare, some('next').slice(0, 16)),
    ours: { type: 'close', movedTo: LogId.of(some('next').slice(0, 16)) },
  },
}

const noted = (bytes: Uint8Array) => hexOf(hash(bytes))

test('OPS', () => {
  expect(noted(OPS.again)).toBe(vectors.ops)
  expect(hexOf(encodeOps(OPS.ours()))).toBe(hexOf(OPS.again))
  expect(decodeOps(new Uint8Array(OPS.again))).toEqual(ok(OPS.ours()))
})

/** A save in three blobs, in OPS and in a SNAPSHOT. */
const PIECES = {
  again: second.piecesSave(['one', 'two', 'three'].map(name => new Uint8Array([...some(name), ...some('key')]))),
  ours: { pieces: ['one', 'two', 'three'].map(name => ({ blobId: BlobId.of(some(name)), key: some('key') })) },
}

test('OPS with a save in pieces', () => {
  const again = second.ops(head, [], [second.part('d', headsAgain, PIECES.again)])
  const ours: Ops = {
    ...preface(),
    seen: [],
    parts: [{ label: 'd', heads, body: { kind: 'save', save: PIECES.ours } }],
  }
  expect(noted(again)).toBe(vectors.opsInPieces)
  expect(hexOf(encodeOps(ours))).toBe(hexOf(again))
  expect(decodeOps(new Uint8Array(again))).toEqual(ok(ours))
})

test('SNAPSHOT with a save in pieces', () => {
  const again = second.snapshot(head, [], [second.snapshotShard('d', headsAgain, some('save'), PIECES.again)])
  const shards = [{ label: 'd', heads, hash: some('save'), save: PIECES.ours }]
  const ours: Snapshot = { ...preface(), covers: [], shards }
  expect(noted(again)).toBe(vectors.snapshotInPieces)
  expect(hexOf(encodeSnapshot(ours))).toBe(hexOf(again))
  expect(decodeSnapshot(new Uint8Array(again))).toEqual(ok(ours))
})

test('SNAPSHOT', () => {
  expect(noted(SNAPSHOT.again)).toBe(vectors.snapshot)
  expect(hexOf(encodeSnapshot(SNAPSHOT.ours()))).toBe(hexOf(SNAPSHOT.again))
  expect(decodeSnapshot(new Uint8Array(SNAPSHOT.again))).toEqual(ok(SNAPSHOT.ours()))
})

test('HEADS', () => {
  const again = second.heads(bare, [pointAgain('Bea', 7)], [new Uint8Array([...some('blob'), ...some('key')])])
  const ours = { claimedAt: instant(5), seen: [point('Bea', 7)], carried: [blob] }
  expect(noted(again)).toBe(vectors.heads)
  expect(hexOf(encodeHeads(ours))).toBe(hexOf(again))
  expect(decodeHeads(new Uint8Array(again))).toEqual(ok(ours))
})

test.each(['epoch', 'base', 'close'] as const)('CONTROL %s', type => {
  const { again, ours } = CONTROLS[type]
  const control = { claimedAt: instant(5), record: ours }
  expect(noted(again)).toBe(vectors.control[type])
  expect(hexOf(encodeControl(control))).toBe(hexOf(again))
  expect(decodeControl(new Uint8Array(again))).toEqual(ok(control))
})

test('blobs of changes and of carried frames', () => {
  const all = [change, some('other')]
  const again = second.listOfSized(all)
  expect(noted(again)).toBe(vectors.listOfSized)
  expect(hexOf(encodeChanges(all))).toBe(hexOf(again))
  expect(hexOf(encodeCarried(all))).toBe(hexOf(again))
})
