import {
  invitationKeys,
  openInvitationItem,
  sealInvitationItem,
  secretOfInvitation,
} from '#app/core/sharing/invitation.ts'
import { type ContactCard, mailboxOf, openCard } from '#app/core/sharing/contact-card.ts'
import { type Letter, type LetterKind, openLetter, sealLetter } from '#app/core/sharing/letter.ts'
import { dropToken } from '#app/core/sharing/own-card.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import type { RelayFailure } from '#app/core/sync/sync.ts'
import { hash } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey, sign } from '#crypto/keys.ts'
import { sealTo } from '#crypto/sealed-box.ts'
import { ByteWriter, concat } from '#schema/bytes.ts'
import { idBytes, MailboxId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { writeDeviceCert } from '#schema/protocol/certificate.ts'
import type { Result } from '#schema/result.ts'
import { makePerson } from '#tests/app/core/sharing/card-kit.ts'
import type { LoopRelay } from './loop-link.ts'
import { makeTestClock } from './test-clock.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Somebody with a changed app: says to real sessions, through the real relay, whatever a test has them say. */
export function makeRogue(relay: LoopRelay, person = makePerson()) {
  const client = makeRelayClient(relay.link(), makeSigningKey(), makeTestClock())
  const dropInto = (readKey: SigningKey, item: Bytes) =>
    client.drop(MailboxId.of(hash(readKey.publicKey)), dropToken(readKey), item)

  const keysOf = (invitation: string) => {
    const secret = secretOfInvitation(invitation)
    if (secret === undefined) throw new Error('Cannot read the invitation')
    return invitationKeys(secret)
  }

  return {
    ...person,
    client,
    /** The inviter's card, as it lies there. */
    async inviterOf(invitation: string): Promise<ContactCard> {
      const keys = keysOf(invitation)
      const items = await client.take(keys.toGuest)
      if (!items.ok) throw new Error(items.failure.kind)
      for (const { item } of items.value) {
        const opened = openInvitationItem(keys.channel, item)
        const card = opened?.kind === 'card' ? openCard(opened.card) : undefined
        if (card?.ok) return card.value
      }
      throw new Error('Cannot find the card of the inviter')
    },
    /** Answers with a card; `item`: with whatever else. */
    answer(invitation: string, card: Bytes = person.cardBytes()): Promise<Result<void, RelayFailure>> {
      const keys = keysOf(invitation)
      return dropInto(keys.toInviter, sealInvitationItem(keys.channel, { kind: 'card', card, endsAt: instant(0) }))
    },
    /** Anything at all into the mailbox where the inviter looks. */
    litter: (invitation: string, item: Bytes) => dropInto(keysOf(invitation).toInviter, item),
    /** Sealed to `to` and signed as it should be. */
    seal(to: ContactCard, kind: LetterKind, body: Bytes): Bytes {
      const letter: Letter = { to: to.idSign, from: person.principal, chain: person.chain, kind, body }
      return sealLetter(letter, person.device, to.shareKem)
    },
    /** As `seal`, but of a version or a kind that no app has yet. */
    sealRaw(to: ContactCard, { version = 1, kind = 0 }: { readonly version?: number; readonly kind?: number }): Bytes {
      const body = new ByteWriter()
        .u8(version)
        .bytes(idBytes(to.idSign))
        .bytes(idBytes(person.principal))
        .list(person.chain, writeDeviceCert)
        .u8(kind)
        .sized(new Uint8Array(5))
        .done()
      const signature = sign(person.device, 'wk/1/letter', body)
      return sealTo(to.shareKem, 'wk/1/letter', concat(body, signature))
    },
    drop: (to: ContactCard, item: Bytes) => client.drop(mailboxOf(to), to.dropToken, item),
    async write(to: ContactCard, kind: LetterKind, body: Bytes): Promise<void> {
      const dropped = await this.drop(to, this.seal(to, kind, body))
      if (!dropped.ok) throw new Error(dropped.failure.kind)
    },
    /** What came for them, and stays there. */
    async letters(): Promise<readonly Letter[]> {
      const items = await client.take(person.box)
      if (!items.ok) throw new Error(items.failure.kind)
      return items.value.flatMap(({ item }) => {
        const opened = openLetter(item, person.principal, [person.shareKem])
        return opened.ok ? [opened.value] : []
      })
    },
  }
}

export type Rogue = ReturnType<typeof makeRogue>
export type RoguePerson = ReturnType<typeof makePerson>
