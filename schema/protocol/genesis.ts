import { ByteWriter, type DecodeFailure, decodeAll } from '../bytes.ts'
import type { Result } from '../result.ts'

/** What a log is for. The relay lets a home log's first owner key always take it back; otherwise it makes no difference. */
export const LOG_KINDS = { home: 1, section: 2 } as const
export type LogKind = keyof typeof LOG_KINDS

/** Fixes a log's id: `logId = H("wk/1/log" ‖ GENESIS)[0..16]`. A plain record, not a frame. */
export interface Genesis {
  readonly kind: LogKind
  /** O's first Ed25519 public key, 32 bytes. */
  readonly ownerKey: Uint8Array<ArrayBuffer>
  /** 16 bytes; a home log's comes from the recovery secret, so the words alone find it. */
  readonly salt: Uint8Array<ArrayBuffer>
  /** H(idSign.pk ‖ salt), 32 bytes: binds the log to its owner without naming them. */
  readonly ownerHash: Uint8Array<ArrayBuffer>
}

export const GENESIS_BYTES = 82
const SUITE = 1

export function encodeGenesis(genesis: Genesis): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .u8(SUITE)
    .u8(LOG_KINDS[genesis.kind])
    .bytes(genesis.ownerKey)
    .bytes(genesis.salt)
    .bytes(genesis.ownerHash)
    .done()
}

export function decodeGenesis(bytes: Uint8Array): Result<Genesis, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== SUITE) reader.stop('unknown-version')
    const byte = reader.u8()
    const kind =
      (Object.keys(LOG_KINDS) as LogKind[]).find(name => LOG_KINDS[name] === byte) ?? reader.stop('bad-value')
    return { kind, ownerKey: reader.bytes(32), salt: reader.bytes(16), ownerHash: reader.bytes(32) }
  })
}
