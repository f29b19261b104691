import { hash } from '#crypto/hash.ts'
import { ByteWriter, decodeAll, equalBytes } from '#schema/bytes.ts'
import { fail, ok, type Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Where the header stands in table `vault`: all that is readable before unlock. */
export const HEADER_KEY = 'header'

/**
 * How a vault key is wrapped. Kind 1: Argon2id of the passphrase. Kind 2: what a passkey's PRF gave. Kind 3 (a key the browser keeps,
 * "stay unlocked") has its place here; a kind that this version does not know is carried along unread.
 */
export interface KeyWrap {
  readonly kind: number
  readonly parameters: Bytes
  /** 16 bytes derived from the wrapping key: tells a wrong key from a damaged wrap. */
  readonly check: Bytes
  readonly wrapped: Bytes
}

export const PASSPHRASE_WRAP = 1
export const PASSKEY_WRAP = 2
export const CHECK_BYTES = 16

export interface VaultHeader {
  readonly isSample: boolean
  readonly wraps: readonly KeyWrap[]
}

const MAGIC = 0x57_56
const VERSION = 1
const CHECKSUM_BYTES = 16

export function encodeVaultHeader(header: VaultHeader): Bytes {
  const body = new ByteWriter()
    .u16(MAGIC)
    .u8(VERSION)
    .bool(header.isSample)
    .list(header.wraps, (writer, wrap) =>
      writer.u8(wrap.kind).sized(wrap.parameters).bytes(wrap.check).sized(wrap.wrapped),
    )
    .done()
  return new ByteWriter().bytes(body).bytes(checksum(body)).done()
}

/** Any change of any bit is `damaged`. */
export function decodeVaultHeader(bytes: Uint8Array): Result<VaultHeader, 'damaged'> {
  const body = bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM_BYTES))
  if (!equalBytes(checksum(body), bytes.subarray(body.length))) return fail('damaged')
  const decoded = decodeAll(body, reader => {
    if (reader.u16() !== MAGIC) reader.stop('bad-value')
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const isSample = reader.bool()
    const wraps = reader.list(64, r => ({
      kind: r.u8(),
      // A passkey's id alone may have 1023 bytes.
      parameters: r.sized(2048),
      check: r.bytes(CHECK_BYTES),
      wrapped: r.sized(1024),
    }))
    return { isSample, wraps }
  })
  return decoded.ok ? ok(decoded.value) : fail('damaged')
}

function checksum(body: Uint8Array): Uint8Array {
  return hash(body).subarray(0, CHECKSUM_BYTES)
}
