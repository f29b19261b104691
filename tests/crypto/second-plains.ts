import { bigEndian, join, textBytes } from './second-suite.ts'

/** What is sealed in a frame a second time, written out from docs/protocol.md section 4; see second-suite.ts. */

type Bytes = Uint8Array

const text = (value: string) => join(bigEndian(textBytes(value).length, 2), textBytes(value))
const list = (items: readonly Bytes[]) => join(bigEndian(items.length, 2), ...items)
const sized = (bytes: Bytes) => join(bigEndian(bytes.length, 4), bytes)
const byte = (value: number) => Uint8Array.of(value)

export const preface = (claimedAt: number, cert?: Bytes) =>
  join(byte(1), bigEndian(claimedAt, 8), cert === undefined ? byte(0) : join(byte(1), cert))

export const point = (writer: Bytes, seq: number, hash: Bytes) => join(writer, bigEndian(seq, 8), hash)

/** Forms of what a part brings: 1 changes, 2 and 3 a save (inline, in a blob), 4 changes in a blob, 5 a save in several blobs. */
export const changes = (all: readonly Bytes[]) => join(byte(1), list(all.map(sized)))
export const inlineSave = (save: Bytes) => join(byte(2), sized(save))
export const blobSave = (id: Bytes, key: Bytes) => join(byte(3), id, key)
export const piecesSave = (pieces: readonly Bytes[]) => join(byte(5), list(pieces))
export const blobChanges = (id: Bytes, key: Bytes) => join(byte(4), id, key)

export const part = (label: string, heads: readonly Bytes[], form: Bytes) => join(text(label), list(heads), form)

export const ops = (head: Bytes, seen: readonly Bytes[], parts: readonly Bytes[]) => join(head, list(seen), list(parts))

export const snapshot = (head: Bytes, covers: readonly Bytes[], shards: readonly Bytes[]) =>
  join(head, list(covers), list(shards))

export const snapshotShard = (label: string, heads: readonly Bytes[], hash: Bytes, form: Bytes) =>
  join(text(label), list(heads), hash, form)

export const heads = (head: Bytes, seen: readonly Bytes[], blobs: readonly Bytes[]) =>
  join(head, list(seen), list(blobs))

export interface EpochInput {
  readonly parents: readonly Bytes[]
  readonly keyId: Bytes
  readonly commitment: Bytes
  /** `role`: 0 read, 1 write, 2 manage, 3 owner. */
  readonly roster: readonly { readonly principal: Bytes; readonly role: number }[]
  readonly readers: readonly { readonly kemHash: Bytes; readonly notAfter: number }[]
  /** `kind`: 0 principal, 1 device, 2 writer. */
  readonly removed: readonly { readonly kind: number; readonly id: Bytes; readonly cuts: readonly Bytes[] }[]
}

export function epoch(head: Bytes, input: EpochInput): Bytes {
  const key = join(list(input.parents), input.keyId, input.commitment)
  const roster = list(input.roster.map(({ principal, role }) => join(principal, byte(role))))
  const readers = list(input.readers.map(({ kemHash, notAfter }) => join(kemHash, bigEndian(notAfter, 8))))
  const removed = list(input.removed.map(({ kind, id, cuts }) => join(byte(kind), id, list(cuts))))
  return join(head, byte(1), key, roster, readers, removed)
}

export const base = (head: Bytes, of: Bytes, covers: readonly Bytes[]) => join(head, byte(2), of, list(covers))

export const close = (head: Bytes, movedTo: Bytes) => join(head, byte(3), movedTo)

/** What a blob of changes or of carried frames holds. */
export const listOfSized = (all: readonly Bytes[]) => list(all.map(sized))
