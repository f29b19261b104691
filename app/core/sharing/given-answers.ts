import type { ContactId, ShareId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { fail, ok } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import { putAccepted, putOpened, putUnheard } from './given-changes.ts'
import type { KnownShare } from './given-document.ts'
import type { GivenLedger } from './given-ledger.ts'
import type { Letter } from './letter.ts'
import { type LooksDocument, LOOKS_SHARD, putKept, putLook } from './looks-document.ts'
import type { KnownContact } from './people-document.ts'
import type { Step, Taken } from './clerk.ts'
import type { PostOffice } from './post-office.ts'
import {
  decodeShareAnswer,
  decodeShareKept,
  decodeShareOpened,
  encodeShareEnded,
  type ShareAnswer,
  type ShareKept,
  type ShareOpened,
} from './share-letters.ts'

/** Of one contact, until the next unlock: nobody has more shares at once, as a section is in one of them. */
const MOST_SAID_OVER = SECTIONS.length

/** Takes what recipients say of the shares that they were given: answers, ends, read receipts. */
export class GivenAnswers {
  readonly #account: Account
  readonly #office: PostOffice
  readonly #ledger: GivenLedger
  /** By contact, of which shares unknown here this process said that they are over. */
  readonly #saidOver = new Map<ContactId, Set<ShareId>>()

  constructor(account: Account, office: PostOffice, ledger: GivenLedger) {
    this.#account = account
    this.#office = office
    this.#ledger = ledger
  }

  /** Of a share that only another device of ours told of so far they say it too early. */
  async take(letter: Letter, contact: KnownContact, isLevel: boolean): Taken {
    const mine = async (id: ShareId) =>
      (await this.#ledger.shares()).find(one => one.id === id && one.contact === contact.id)
    if (letter.kind === 'share-opened') {
      const opened = decodeShareOpened(letter.body)
      const share = opened && (await mine(opened.shareId))
      return share ? this.#takeLook(share, opened) : ok(undefined)
    }
    if (letter.kind === 'share-kept') {
      const kept = decodeShareKept(letter.body)
      const share = kept && (await mine(kept.shareId))
      return share ? this.#takeKept(share, kept) : ok(undefined)
    }
    if (letter.kind !== 'share-answer') return ok(undefined)
    const answer = decodeShareAnswer(letter.body)
    if (answer === undefined) return ok(undefined)
    const share = (await this.#ledger.shares()).find(one => one.id === answer.shareId)
    if (share === undefined) return isLevel && this.#isLeftBehind(answer) ? this.#sayOver(answer, contact) : ok('early')
    if (share.contact !== contact.id) return ok(undefined)
    const by = letter.chain.map(cert => cert.device)
    return this.#ledger.keep(doc => {
      if (answer.answer === 'accepted') putAccepted(doc, share.id, by)
      else this.#ledger.putEnd(doc, share, answer.answer)
    })
  }

  /**
   * Nobody who stays knows of it, nor will: the device that offered it was removed, and of what that one wrote all that counts is here. Or
   * no other device is left.
   */
  #isLeftBehind({ offeredBy }: ShareAnswer): boolean {
    return (offeredBy !== undefined && this.#ledger.isRemoved(offeredBy)) || this.#isOnlyDevice
  }

  get #isOnlyDevice(): boolean {
    return this.#account.keyring.devices.every(({ removedAt, deviceId }) => {
      return removedAt !== undefined || deviceId === this.#account.deviceId
    })
  }

  /** To who answered alone, and once: somebody may make answers up. */
  async #sayOver({ shareId, answer }: ShareAnswer, { id, card }: KnownContact): Taken {
    const said = this.#saidOver.get(id) ?? new Set()
    if (answer !== 'accepted' || said.has(shareId) || said.size >= MOST_SAID_OVER) return ok(undefined)
    const body = encodeShareEnded({ shareId, version: 0, endedBy: 'stopped' })
    const written = await this.#office.write(card, 'share-ended', body)
    if (written.ok) this.#saidOver.set(id, said.add(shareId))
    // Their mailbox may be full just now: the answer stays until they can be told.
    return written.ok || written.failure.kind !== 'refused' ? written : ok('early')
  }

  /** What they have not answered they may have thrown away unread. */
  async metAgain(contact: ContactId): Step {
    const offers = (await this.#ledger.shares()).filter(one => {
      return one.contact === contact && one.endedBy === undefined && !one.isAccepted && one.told > 0
    })
    return offers.length === 0
      ? ok(undefined)
      : this.#ledger.keep(doc => offers.forEach(({ id }) => putUnheard(doc, id)))
  }

  async #takeLook(share: KnownShare, told: ShareOpened): Step {
    const look = { ...told, from: this.#believed(share, told.from), to: this.#believed(share, told.to) }
    const kept = await this.#keepReceipt(doc => putLook(doc, this.#account.deviceId, look))
    return kept.ok ? this.#ledger.keep(doc => putOpened(doc, share.id, look.to)) : kept
  }

  #takeKept(share: KnownShare, told: ShareKept): Step {
    const kept = { ...told, at: this.#believed(share, told.at) }
    return this.#keepReceipt(doc => putKept(doc, this.#account.deviceId, kept))
  }

  /** Nobody looked before there was something to see, nor tomorrow. */
  #believed({ createdAt }: KnownShare, at: Instant): Instant {
    return instant(Math.min(Math.max(at, createdAt), this.#office.now()))
  }

  async #keepReceipt(edit: (doc: LooksDocument) => void): Step {
    const { log } = this.#account.logs.home
    await log.change<LooksDocument>(LOOKS_SHARD, edit)
    const kept = await log.flush()
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }
}
