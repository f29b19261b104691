import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { utf8 } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { DeviceId, PrincipalId } from '#schema/ids.ts'
import type { EntryId, EntryParts, EntrySource, ImportId } from '#schema/record/entry.ts'
import type { ByteStore, StoreWrite } from '../ports.ts'
import { type Shard, shardName } from './entry-place.ts'
import type { AuthorNames, Writer } from './authors.ts'
import { type Likeness, monthOf, type Row } from './row.ts'
import type { SameLink } from './same-links.ts'
import type { StoredImport } from './stored-imports.ts'

/** Raised when a row would be made differently of the same shard: all are made anew. */
const INDEX_VERSION = 12

/** The index of one shard and the heads it is true for. */
export interface ShardIndex {
  readonly heads: readonly string[]
  readonly rows: readonly Row[]
  readonly imports: readonly StoredImport[]
  readonly links: readonly SameLink[]
  /** Of a shard in the private log: the ids, less their prefix, that are private now. */
  readonly privates: readonly string[]
  /** How many devices were known when it was made whose owners rows name. */
  readonly acting: number
}

/** How what a row only names is called. */
export interface RowNames {
  readonly fileNameOf: (importId: string) => string
  readonly authors: Pick<AuthorNames, 'authorOf'>
}

/**
 * A row less what its shard says already: id without prefix, parts, import and author, then what is rarely there. Of a typed entry the
 * author is its writer's place among the index's writers, from 1.
 */
type PackedRow = readonly [
  id: string,
  parts: EntryParts,
  importId: string | 0,
  author: string | number,
  identity: string | 0,
  binnedAt: number,
  flags: number,
  at: number,
  thing?: string | 0,
  updated?: number,
  was?: Likeness | 0,
  lists?: readonly string[],
]

interface PackedIndex {
  readonly version: number
  readonly heads: readonly string[]
  readonly rows: readonly PackedRow[]
  readonly writers: readonly string[]
  readonly imports: readonly StoredImport[]
  readonly links: readonly SameLink[]
  readonly privates: readonly string[]
  readonly acting: number
}

const IS_UNTOUCHED = 1
const HAS_CONFLICT = 2

export const INDEX_PREFIX = 'index/'

export function indexKey(shard: Shard): string {
  return `${INDEX_PREFIX}${shardName(shard)}`
}

function packRow(row: Row, prefix: string, writers: readonly string[]): PackedRow {
  const { id, source, isPrivate: _, isDisputed: __, ...parts } = row.summary
  const importId = source.type === 'import' ? source.importId : 0
  const author = source.type === 'import' ? (source.author ?? 0) : writers.indexOf(writerText(row)) + 1
  const flags = (row.isUntouched ? IS_UNTOUCHED : 0) | (row.hasConflict ? HAS_CONFLICT : 0)
  const { identity = 0, binnedAt = 0, at = 0, thing, updated = 0, was, lists } = row
  const packed = [id.slice(prefix.length), parts, importId, author, identity, binnedAt, flags, at] as const
  if (lists !== undefined) return [...packed, thing ?? 0, updated, was ?? 0, lists]
  if (was !== undefined) return [...packed, thing ?? 0, updated, was]
  if (updated !== 0) return [...packed, thing ?? 0, updated]
  return thing === undefined ? packed : [...packed, thing]
}

type Version = Pick<Row, 'at' | 'thing' | 'updated' | 'was' | 'lists'>

function unpackVersion(packed: PackedRow): Version {
  const [, , , , , , , at, thing = 0, updated = 0, was = 0, lists] = packed
  const version: { -readonly [Name in keyof Version]: Version[Name] } = { at }
  if (thing !== 0) version.thing = thing
  if (updated !== 0) version.updated = updated
  if (was !== 0) version.was = was
  if (lists !== undefined) version.lists = lists
  return version
}

/** A principal; of a device of the record, that device too. */
function writerText({ writer }: Row): string {
  return [writer?.principal, writer?.device].filter(id => id !== undefined).join('/')
}

function readWriter(text: string): Writer | undefined {
  const [principalText = '', deviceText = ''] = text.split('/')
  const [principal, device] = [PrincipalId.parse(principalText), DeviceId.parse(deviceText)]
  return principal && { principal, ...(device === undefined ? {} : { device }) }
}

function importSource(importId: string, author: string | number, { fileNameOf }: RowNames): EntrySource {
  const known = { type: 'import', importId: importId as ImportId, fileName: fileNameOf(importId) } as const
  return typeof author === 'number' ? known : { ...known, author }
}

/** The source of what somebody else typed than the person whose record it is. */
export function typedSource(writer: Writer | undefined, { authors }: RowNames): EntrySource {
  return writer === undefined ? { type: 'self' } : { type: 'self', by: authors.authorOf(writer) }
}

function unpackRow(packed: PackedRow, { prefix, isPrivate }: Prefix, writers: readonly string[], names: RowNames): Row {
  const [id, parts, importId, author, identity, binnedAt, flags] = packed
  const writer = typeof author === 'number' ? readWriter(writers[author - 1] ?? '') : undefined
  const source = importId === 0 ? typedSource(writer, names) : importSource(importId, author, names)
  const hasConflict = (flags & HAS_CONFLICT) !== 0
  const summary = {
    ...parts,
    id: `${prefix}${id}` as EntryId,
    source,
    ...(isPrivate ? { isPrivate } : {}),
    ...(hasConflict ? { isDisputed: true as const } : {}),
  }
  return {
    summary,
    ...(writer === undefined ? {} : { writer }),
    hasConflict,
    isUntouched: (flags & IS_UNTOUCHED) !== 0,
    month: monthOf(summary),
    ...(binnedAt === 0 ? {} : { binnedAt: instant(binnedAt) as Instant }),
    ...(identity === 0 ? {} : { identity, ...unpackVersion(packed) }),
  }
}

export function sealIndex(localKey: Uint8Array, key: string, prefix: string, index: ShardIndex): StoreWrite {
  const writers = [...new Set(index.rows.flatMap(row => (row.writer === undefined ? [] : writerText(row))))]
  const packed: PackedIndex = {
    version: INDEX_VERSION,
    heads: index.heads,
    rows: index.rows.map(row => packRow(row, prefix, writers)),
    writers,
    imports: index.imports,
    links: index.links,
    privates: index.privates,
    acting: index.acting,
  }
  return { table: 'sealed', key, value: sealSecret(localKey, key, utf8(JSON.stringify(packed))) }
}

/** Undefined for a row of another version or one that does not open: the shard's index is made anew. */
export function openIndex(
  localKey: Uint8Array,
  key: string,
  sealed: Uint8Array,
): { readonly heads: readonly string[]; unpack: Unpack } | undefined {
  const opened = openSecret(localKey, key, sealed)
  if (!opened.ok) return undefined
  // What opens under our own key we sealed ourselves: of a known version its form is known.
  const packed = JSON.parse(new TextDecoder().decode(opened.value)) as PackedIndex
  if (packed.version !== INDEX_VERSION) return undefined
  return {
    heads: packed.heads,
    unpack: (prefix, names) => ({
      heads: packed.heads,
      rows: packed.rows.map(row => unpackRow(row, prefix, packed.writers, names)),
      imports: packed.imports,
      links: packed.links,
      privates: packed.privates,
      acting: packed.acting,
    }),
  }
}

/** What all ids of a shard begin with, and the log it lies in. */
export interface Prefix {
  readonly prefix: string
  readonly isPrivate?: true
}

type Unpack = (prefix: Prefix, names: RowNames) => ShardIndex

/** Every sealed row of the index, by key. */
export async function listIndex(store: ByteStore): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  return new Map(await store.list('sealed', INDEX_PREFIX))
}
