import type { Instant } from '#schema/instant.ts'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import type { Result } from '#schema/result.ts'
import type { OutsideAnswer, OutsideRequest } from './link-session.ts'

/**
 * What the product needs of a platform. app/platform answers for the browser, tests/support for memory; each port has a
 * contract suite in tests/contract that all its implementations run.
 */
export interface Ports {
  readonly store: ByteStore
  readonly relay: RelayLink
  readonly clock: Clock
  readonly random: Random
  /** Left out: whatever relay is named is this one. */
  readonly relays?: OtherRelays
  /** Left out: nobody but relays can be asked. */
  readonly outside?: Outside
  /** Left out: nothing here can draw. */
  readonly pictures?: Pictures
  /** Left out: nothing can be read on this device while the vault is locked. */
  readonly box?: DeviceBox
}

/** One text under a key of this device's own, apart from every other store: no passphrase stands before it, and no other key opens it. */
export interface DeviceBox {
  /** Undefined where nothing is in it, and for what does not open. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Takes the place of what was in it, under a new key; durable when it answers ok. */
  put(plain: Uint8Array<ArrayBuffer>): Promise<Result<void, StoreFailure>>
  /** Neither what was sealed nor a key is left. */
  empty(): Promise<Result<void, StoreFailure>>
}

/** Draws pictures anew, smaller. */
export interface Pictures {
  /** JPEG, its longer side at most `pixels`; undefined for what cannot be drawn here. */
  shrink(picture: Blob, pixels: number): Promise<Blob | undefined>
}

/** Where somebody else than the relay is asked for the vault itself; decision 0029. */
export interface Outside {
  /** A line to these hosts and no other, for one act. */
  open(hosts: readonly string[]): OutsideLine
}

export interface OutsideLine {
  /** One after the other. Answers whatever happens, at once after `close`. */
  ask(request: OutsideRequest): Promise<OutsideAnswer>
  close(): void
}

/** The kinds of row on disk. `vault` rows are readable before unlock; `sealed` and `blobs` hold ciphertext only. */
export type Table = 'vault' | 'frames' | 'outbox' | 'sealed' | 'blobs'

export type StoreWrite =
  | { readonly table: Table; readonly key: string; readonly value: Uint8Array<ArrayBuffer> }
  | { readonly table: Table; readonly key: string; readonly remove: true }

/**
 * `quota`: the disk is full. `aborted`: the browser gave up on the transaction. `fenced`: another owner took over. `no-key`: a log of
 * which this device has no EPOCH yet can seal nothing. `cut-off`: the tab that did it went away before it told, so it may be stored or not.
 * No store says the last two: the log does, and what stands between tabs.
 */
export type StoreFailure = 'quota' | 'aborted' | 'fenced' | 'no-key' | 'cut-off'

/** Ordered bytes by table and key (keys compare by UTF-16 code unit). Reads throw only if the store itself is broken. */
export interface ByteStore {
  get(table: Table, key: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Rows whose key starts with `prefix`, in key order, at most `limit`, after key `after` when given. */
  list(
    table: Table,
    prefix: string,
    options?: { readonly after?: string; readonly limit?: number },
  ): Promise<readonly (readonly [string, Uint8Array<ArrayBuffer>])[]>
  keys(table: Table, prefix: string): Promise<readonly string[]>
  /** All or nothing, durable (IndexedDB `strict`) when it answers ok. Refused as `fenced` once a later owner called `claim`. */
  commit(writes: readonly StoreWrite[]): Promise<Result<void, StoreFailure>>
  /**
   * Becomes the store's only writer: raises the fencing counter that every later commit checks. Refused for `quota`, the store
   * can still be read, and each commit tries the claim again first.
   */
  claim(): Promise<Result<void, StoreFailure>>
  /** Deletes every row of every table. */
  erase(): Promise<Result<void, StoreFailure>>
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Begins with `/v1/`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

export interface HttpAnswer {
  readonly status: number
  readonly body: Uint8Array<ArrayBuffer>
}

/** `unreachable` covers offline, refused, reset, timed out (20 s). */
export type LinkFailure = 'unreachable'

/** One relay, by address. Moves bytes; knows nothing of what they say. */
export interface RelayLink {
  request(request: HttpRequest): Promise<Result<HttpAnswer, LinkFailure>>
  /** Opens `/v1/stream`; the handlers are called until `close`. */
  openStream(handlers: StreamHandlers): RelayStream
}

/** The relays of the people whom this person meets. */
export interface OtherRelays {
  /** Where this person's own is. */
  readonly own: RelayOrigin | undefined
  to(origin: RelayOrigin): RelayLink
}

export interface StreamHandlers {
  opened(): void
  message(bytes: Uint8Array<ArrayBuffer>): void
  /** Once, also when it never opened. */
  closed(): void
}

export interface RelayStream {
  send(bytes: Uint8Array<ArrayBuffer>): void
  /** Bytes handed to `send` that have not left yet. */
  readonly bufferedBytes: number
  close(): void
}

export interface Clock {
  /** The wall clock, which may be wrong by years and may jump. */
  now(): Instant
  /** Milliseconds that only grow; for time-outs and delays. */
  monotonicMs(): number
  /** IANA name, for example `Europe/Berlin`. */
  zone(): string
  /** Calls `run` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void
}

export interface Random {
  bytes(count: number): Uint8Array<ArrayBuffer>
}
