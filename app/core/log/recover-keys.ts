import { openEnvelope } from '#crypto/envelope.ts'
import { openControlFrame, splitControlBody } from '#crypto/frame.ts'
import { logIdOf } from '#crypto/hash.ts'
import type { KemKey } from '#crypto/keys.ts'
import { verifyFrame } from '#crypto/verify.ts'
import type { KeyId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { logKeyOf } from './open-frame.ts'
import type { EpochKey, SealedLog } from './sealed-log.ts'

/**
 * The epoch keys that `kem` opens from a log's CONTROL frames: idKem's after a recovery, a device's own after pairing. Whether those
 * frames count is decided when they are received.
 */
export function recoverHomeKeys(
  genesisBytes: Uint8Array,
  frames: readonly Uint8Array[],
  kem: KemKey,
): readonly EpochKey[] {
  const id = logIdOf(genesisBytes)
  const keys = new Map<KeyId, EpochKey>()
  for (const bytes of frames) {
    const frame = decodeFrame(bytes)
    if (!frame.ok || frame.value.header.kind !== 'control' || frame.value.header.logId !== id) continue
    const { keyId } = frame.value.header
    if (keys.has(keyId) || !verifyFrame(frame.value, bytes)) continue
    const body = splitControlBody(frame.value.body)
    const secret = body.ok ? openEnvelope(body.value.envelopes, kem, id, keyId) : body
    if (!secret.ok) continue
    const key = { keyId, secret: secret.value }
    if (openControlFrame(frame.value, logKeyOf(key, id).content).ok) keys.set(keyId, key)
  }
  return [...keys.values()]
}

/** CONTROL frames that wait for a key, also past a cut, less those under a `known` one: an envelope in them may be for us. */
export async function unopenedControls(log: SealedLog, known: ReadonlySet<KeyId>): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for (const { writer, seq, reason } of log.quarantine()) {
    if (reason !== 'unknown-key' && reason !== 'past-cut') continue
    for (const frame of await log.frames(writer, seq, 1)) {
      const parts = decodeFrame(frame)
      if (parts.ok && parts.value.header.kind === 'control' && !known.has(parts.value.header.keyId)) found.push(frame)
    }
  }
  return found
}
