import { type ByteReader, ByteWriter } from '../bytes.ts'
import { DeviceId, idBytes, LogId, PrincipalId, WriterId } from '../ids.ts'
import { type Instant, instant } from '../instant.ts'

/** A device belongs to a person: signed by their idSign or by one of their admin devices; label `wk/1/device-cert`. */
export interface DeviceCert {
  readonly device: DeviceId
  /** H of the device's X-Wing public key, 32 bytes. */
  readonly kemKeyHash: Uint8Array<ArrayBuffer>
  readonly isAdmin: boolean
  /** As the issuer's clock claimed. */
  readonly issuedAt: Instant
  /** idSign or an admin device: the key that signed. */
  readonly issuer: PrincipalId | DeviceId
  readonly signature: Uint8Array<ArrayBuffer>
}

/**
 * Says whose a feed is; frame 0 of the feed carries it. Signed by the voucher (a grant's G, or a device); label
 * `wk/1/writer-cert`. `chain` leads from the voucher to idSign, leaf first; empty when the voucher is a G.
 */
export interface WriterCert {
  readonly logId: LogId
  readonly writer: WriterId
  readonly voucher: PrincipalId | DeviceId
  readonly signature: Uint8Array<ArrayBuffer>
  readonly chain: readonly DeviceCert[]
}

export const DEVICE_CERT_LABEL = 'wk/1/device-cert'
export const WRITER_CERT_LABEL = 'wk/1/writer-cert'
export const MAX_CERT_CHAIN = 8

/** The signed part. */
export function encodeDeviceCertBody(cert: Omit<DeviceCert, 'signature'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .bytes(idBytes(cert.device))
    .bytes(cert.kemKeyHash)
    .bool(cert.isAdmin)
    .u64(cert.issuedAt)
    .bytes(idBytes(cert.issuer))
    .done()
}

export function writeDeviceCert(writer: ByteWriter, cert: DeviceCert): void {
  writer.bytes(encodeDeviceCertBody(cert)).bytes(cert.signature)
}

export function readDeviceCert(reader: ByteReader): DeviceCert {
  const device = DeviceId.read(reader)
  const kemKeyHash = reader.bytes(32)
  const isAdmin = reader.bool()
  const issuedAt = reader.u64()
  if (issuedAt > 8.64e15) reader.stop('bad-value')
  const issuer = PrincipalId.read(reader)
  return { device, kemKeyHash, isAdmin, issuedAt: instant(issuedAt), issuer, signature: reader.bytes(64) }
}

/** The signed part. */
export function encodeWriterCertBody(cert: Pick<WriterCert, 'logId' | 'writer' | 'voucher'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(idBytes(cert.logId)).bytes(idBytes(cert.writer)).bytes(idBytes(cert.voucher)).done()
}

export function writeWriterCert(writer: ByteWriter, cert: WriterCert): void {
  writer.bytes(encodeWriterCertBody(cert)).bytes(cert.signature).list(cert.chain, writeDeviceCert)
}

export function readWriterCert(reader: ByteReader): WriterCert {
  return {
    logId: LogId.read(reader),
    writer: WriterId.read(reader),
    voucher: PrincipalId.read(reader),
    signature: reader.bytes(64),
    chain: reader.list(MAX_CERT_CHAIN, readDeviceCert),
  }
}
