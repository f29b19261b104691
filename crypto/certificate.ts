import { DeviceId, type LogId, PrincipalId, WriterId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import {
  DEVICE_CERT_LABEL,
  type DeviceCert,
  encodeDeviceCertBody,
  encodeWriterCertBody,
  WRITER_CERT_LABEL,
  type WriterCert,
} from '#schema/protocol/certificate.ts'
import { hash } from './hash.ts'
import { type SigningKey, sign } from './keys.ts'

export { checkDeviceChain, checkWriterCert } from './verify.ts'

export interface DeviceCertRequest {
  readonly device: DeviceId
  /** X-Wing, 1216 bytes. */
  readonly kemPublicKey: Uint8Array
  readonly isAdmin: boolean
  readonly issuedAt: Instant
}

/** `issuer` is idSign or an admin device. */
export function makeDeviceCert(request: DeviceCertRequest, issuer: SigningKey): DeviceCert {
  const body = {
    device: request.device,
    kemKeyHash: hash(request.kemPublicKey),
    isAdmin: request.isAdmin,
    issuedAt: request.issuedAt,
    issuer: PrincipalId.of(issuer.publicKey),
  }
  return { ...body, signature: sign(issuer, DEVICE_CERT_LABEL, encodeDeviceCertBody(body)) }
}

/** `voucher` is a grant's G (then `chain` is empty) or a device, whose chain leads to idSign, leaf first. */
export function makeWriterCert(
  logId: LogId,
  writerPublicKey: Uint8Array,
  voucher: SigningKey,
  chain: readonly DeviceCert[],
): WriterCert {
  const vouching = chain.length === 0 ? PrincipalId.of(voucher.publicKey) : DeviceId.of(voucher.publicKey)
  const body = { logId, writer: WriterId.of(writerPublicKey), voucher: vouching }
  return { ...body, signature: sign(voucher, WRITER_CERT_LABEL, encodeWriterCertBody(body)), chain }
}
