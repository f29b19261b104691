import { type ContactCard, openCard, signCard } from '#app/core/sharing/contact-card.ts'
import { dropToken } from '#app/core/sharing/own-card.ts'
import { makeDeviceCert } from '#crypto/certificate.ts'
import { makeKemKey, makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { DeviceId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { DeviceCert } from '#schema/protocol/certificate.ts'

/** Somebody with an identity and one device, who can certify more. */
export function makePerson() {
  const idSign = makeSigningKey()
  const [idKem, shareKem, box] = [makeKemKey(), makeKemKey(), makeSigningKey()]
  const certify = (device: SigningKey, issuer: SigningKey): DeviceCert =>
    makeDeviceCert(
      {
        device: DeviceId.of(device.publicKey),
        kemPublicKey: makeKemKey().publicKey,
        isAdmin: true,
        issuedAt: instant(1),
      },
      issuer,
    )
  const device = makeSigningKey()
  const chain = [certify(device, idSign)]
  const principal = PrincipalId.of(idSign.publicKey)
  const about = {
    idSign: principal,
    idKem: idKem.publicKey,
    shareKem: shareKem.publicKey,
    dropToken: dropToken(box),
    relay: '',
    name: 'Ana',
    number: 1,
    removed: [],
    kept: [],
    chain,
  }
  /** A card like the first one but for `change`. */
  const cardBytes = (change: Partial<ContactCard> = {}, signer = device) => signCard({ ...about, ...change }, signer)
  const card = (change: Partial<ContactCard> = {}, signer = device): ContactCard => {
    const opened = openCard(cardBytes(change, signer))
    if (!opened.ok) throw new Error(opened.failure)
    return opened.value
  }
  return { principal, idSign, device, chain, shareKem, box, certify, card, cardBytes }
}
