import { dropToken, mailboxKey } from '#app/core/sharing/own-card.ts'
import { makeDeviceCert } from '#crypto/certificate.ts'
import { kemKeyFromSeed, signingKeyFromSeed } from '#crypto/keys.ts'
import { DeviceId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import * as second from '../crypto/second-suite.ts'
import vectors from './sharing.json' with { type: 'json' }

type Bytes = Uint8Array<ArrayBuffer>

/** What the vectors of sharing.json are made from. */
export const seeds = Object.fromEntries(
  Object.entries(vectors.input).map(([name, hex]) => [name, second.bytesOf(hex)]),
) as Record<keyof typeof vectors.input, Bytes>

/** Both sides' inputs for a card. Call `readyCrypto()` before. */
export function cardInput() {
  const [kem, idKem, shareKem] = [seeds.kemSeed, seeds.idKemSeed, seeds.shareKemSeed].map(
    seed => kemKeyFromSeed(seed).publicKey,
  ) as [Bytes, Bytes, Bytes]
  const token = dropToken(mailboxKey(seeds.shareKemSeed))
  const { idSignSeed, deviceSeed, otherDevice, keptDevice } = seeds
  const devices = { removed: [otherDevice], kept: [keptDevice] }
  return { idSignSeed, deviceSeed, kem, idKem, shareKem, dropToken: token, name: 'Zoë 王', number: 7, ...devices }
}

export function chainOf({ kem }: Pick<ReturnType<typeof cardInput>, 'kem'>) {
  const device = DeviceId.of(signingKeyFromSeed(seeds.deviceSeed).publicKey)
  const about = { device, kemPublicKey: kem, isAdmin: true, issuedAt: instant(3) }
  return [makeDeviceCert(about, signingKeyFromSeed(seeds.idSignSeed))]
}

export const idSign = () => PrincipalId.of(signingKeyFromSeed(seeds.idSignSeed).publicKey)
