import { equalBytes } from '#schema/bytes.ts'
import type { KeyId, LogId } from '#schema/ids.ts'
import { fail, type Result } from '#schema/result.ts'
import type { EpochSecret } from './epoch.ts'
import { keyIdOf } from './hash.ts'
import { type KemKey, makeKemKey } from './keys.ts'
import { BOX_OVERHEAD_BYTES, openFrom, sealTo } from './sealed-box.ts'
import { randomBytes, wipe } from './sodium.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A sealed box around E. */
export const ENVELOPE_BYTES = BOX_OVERHEAD_BYTES + 32
const GROUP = 4

const envelopeLabel = (logId: LogId, keyId: KeyId) => `wk/1/envelope ${logId} ${keyId}`

/**
 * E for each recipient once, with dummies up to a multiple of four (at least four), in random order. An envelope bears
 * no recipient id at all, so two epochs' envelopes cannot be linked: a reader tries each. Equal keys get one envelope.
 */
export function sealEnvelopes(
  secret: EpochSecret,
  logId: LogId,
  keyId: KeyId,
  recipients: readonly Uint8Array[],
): Bytes[] {
  const label = envelopeLabel(logId, keyId)
  const distinct = recipients.filter((key, index) => recipients.findIndex(other => equalBytes(other, key)) === index)
  const dummies = Math.max(GROUP, Math.ceil(distinct.length / GROUP) * GROUP) - distinct.length
  return shuffled([
    ...distinct.map(key => sealTo(key, label, secret)),
    ...Array.from({ length: dummies }, () => sealDummy(label)),
  ])
}

/** The E that `kemKey` finds in one of the envelopes, checked against its key id. */
export function openEnvelope(
  envelopes: readonly Uint8Array[],
  kemKey: KemKey,
  logId: LogId,
  keyId: KeyId,
): Result<EpochSecret, 'not-opened'> {
  const label = envelopeLabel(logId, keyId)
  for (const envelope of envelopes) {
    if (envelope.length !== ENVELOPE_BYTES) continue
    const opened = openFrom(kemKey, label, envelope)
    if (opened.ok && keyIdOf(opened.value) === keyId) return opened
  }
  return fail('not-opened')
}

/** A true box to nobody: random bytes would stand out, since ML-KEM's ciphertexts are not uniform. */
function sealDummy(label: string): Bytes {
  const nobody = makeKemKey()
  wipe(nobody.secretKey)
  return sealTo(nobody.publicKey, label, randomBytes(32))
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const left = [...items]
  const mixed: Item[] = []
  while (left.length > 0) mixed.push(...left.splice(randomBelow(left.length), 1))
  return mixed
}

/** Uniform: values past the last whole multiple are drawn again. */
function randomBelow(limit: number): number {
  const ceiling = Math.floor(2 ** 32 / limit) * limit
  for (;;) {
    const drawn = crypto.getRandomValues(new Uint32Array(1))[0]!
    if (drawn < ceiling) return drawn % limit
  }
}
