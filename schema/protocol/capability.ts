import { ByteWriter, type DecodeFailure, decodeAll } from '../bytes.ts'
import { CapabilityId, idBytes, LogId } from '../ids.ts'
import { type Instant, instant } from '../instant.ts'
import type { Result } from '../result.ts'

/** What a capability lets its holder do, as bits. */
export const RIGHTS = { read: 1, append: 2, snapshot: 4, control: 8, manage: 16 } as const
export type Right = keyof typeof RIGHTS
export const ALL_RIGHTS = 31

/** Signed by the log's current O; counts only once registered at the relay. Label `wk/1/capability` over all before `signature`. */
export interface Capability {
  readonly id: CapabilityId
  readonly logId: LogId
  /** Ed25519 public key that the holder proves against a challenge, 32 bytes. */
  readonly holderKey: Uint8Array<ArrayBuffer>
  readonly rights: number
  readonly notBefore: Instant
  /** By the relay's clock; refused from this millisecond on. */
  readonly notAfter: Instant
  /** Bytes this holder may store; narrows the log's own quota, never widens it. */
  readonly quotaBytes: number
  readonly signature: Uint8Array<ArrayBuffer>
}

export const CAPABILITY_LABEL = 'wk/1/capability'
/** The last instant a Date can hold: "until I stop". */
export const NEVER = instant(8.64e15)
const VERSION = 1

/** The signed part. */
export function encodeCapabilityBody(capability: Omit<Capability, 'signature'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .u8(VERSION)
    .bytes(idBytes(capability.id))
    .bytes(idBytes(capability.logId))
    .bytes(capability.holderKey)
    .u8(capability.rights)
    .u64(capability.notBefore)
    .u64(capability.notAfter)
    .u64(capability.quotaBytes)
    .done()
}

export function encodeCapability(capability: Capability): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(encodeCapabilityBody(capability)).bytes(capability.signature).done()
}

export function decodeCapability(bytes: Uint8Array): Result<Capability, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const capability = {
      id: CapabilityId.read(reader),
      logId: LogId.read(reader),
      holderKey: reader.bytes(32),
      rights: reader.u8(),
      notBefore: reader.u64(),
      notAfter: reader.u64(),
      quotaBytes: reader.u64(),
      signature: reader.bytes(64),
    }
    if (capability.rights > ALL_RIGHTS || capability.notBefore > NEVER || capability.notAfter > NEVER)
      reader.stop('bad-value')
    return { ...capability, notBefore: instant(capability.notBefore), notAfter: instant(capability.notAfter) }
  })
}
