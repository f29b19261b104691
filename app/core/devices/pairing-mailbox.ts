import { hash } from '#crypto/hash.ts'
import { type SigningKey, sign } from '#crypto/keys.ts'
import { MailboxId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { DROP_LABEL, encodeDropToken, encodeDropTokenBody } from '#schema/protocol/proof.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Clock } from '../ports.ts'
import type { PairingFailure } from '../session.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import { openStep, type PairingKeys, type PairingStep, sealStep } from './pairing-message.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const PAIRING_LIFE_MS = 10 * 60_000
const POLL_MS = 1000

/** One side's view of the two mailboxes of a pairing, until it expires or is cancelled. */
export class PairingMailbox {
  readonly #client: RelayClient
  readonly #clock: Clock
  readonly #channel: Bytes
  readonly #inbox: SigningKey
  readonly #outbox: SigningKey
  readonly #endsAtMs: number
  #isCancelled = false
  /** Why the other side called it off. */
  #off: PairingFailure | undefined
  #wake: (() => void) | undefined

  constructor(client: RelayClient, clock: Clock, keys: PairingKeys, role: 'new' | 'old') {
    this.#client = client
    this.#clock = clock
    this.#channel = keys.channel
    this.#inbox = role === 'new' ? keys.toNew : keys.toOld
    this.#outbox = role === 'new' ? keys.toOld : keys.toNew
    this.#endsAtMs = clock.monotonicMs() + PAIRING_LIFE_MS
  }

  get isCancelled(): boolean {
    return this.#isCancelled
  }

  async post(step: PairingStep, body: Bytes): Promise<Result<void, PairingFailure>> {
    const mailbox = MailboxId.of(hash(this.#outbox.publicKey))
    const sealed = sealStep(this.#channel, step, body)
    const answer = await this.#client.drop(mailbox, dropToken(this.#outbox), sealed)
    return answer.ok ? answer : fail(pairingFailure(answer.failure))
  }

  /**
   * Waits for the other side's `step`, asking every second; an unreachable relay is asked again. Gives up when the pairing's ten
   * minutes are over, after `tries` when given (`bad-offer`), or when the other side called it off.
   */
  async next(step: PairingStep, tries = Number.POSITIVE_INFINITY): Promise<Result<Bytes, PairingFailure>> {
    for (let left = tries; ; left--) {
      if (this.#isCancelled) return fail({ kind: 'cancelled' })
      if (this.#clock.monotonicMs() >= this.#endsAtMs) return fail({ kind: 'expired' })
      if (left <= 0) return fail({ kind: 'bad-offer' })
      const found = await this.#look(step)
      if (found !== undefined) return found
      await this.#pause()
    }
  }

  /** Why the other side called it off; undefined while it has not, also when the relay can't be asked. */
  async calledOff(): Promise<PairingFailure | undefined> {
    if (this.#off === undefined) await this.#look('cancel')
    return this.#off
  }

  /** Asks every second whether the other side called it off, for as long as that is of interest. */
  async untilCalledOff(isWanted: () => boolean): Promise<PairingFailure | undefined> {
    while (isWanted() && !this.#isCancelled) {
      if (this.#clock.monotonicMs() >= this.#endsAtMs) return { kind: 'expired' }
      const why = await this.calledOff()
      if (why !== undefined) return why
      await this.#pause()
    }
    return undefined
  }

  /** Ends what waits here; the other side is told why when the relay can be reached. */
  cancel(why: 'cancelled' | 'digits-differ'): void {
    if (this.#isCancelled) return
    this.#isCancelled = true
    this.#wake?.()
    void this.post('cancel', Uint8Array.of(why === 'digits-differ' ? 1 : 0))
  }

  async #look(step: PairingStep): Promise<Result<Bytes, PairingFailure> | undefined> {
    const items = await this.#client.take(this.#inbox)
    if (!items.ok) {
      const isPassing = items.failure.kind === 'unreachable' || isRate(items.failure)
      return isPassing ? undefined : fail(pairingFailure(items.failure))
    }
    for (const item of items.value) {
      const message = openStep(this.#channel, item.item)
      if (message?.step !== step && message?.step !== 'cancel') continue
      if (message.step === 'cancel') this.#off = { kind: message.body[0] === 1 ? 'digits-differ' : 'cancelled' }
      await this.#client.remove(this.#inbox, item)
      return this.#off === undefined ? ok(message.body) : fail(this.#off)
    }
    return undefined
  }

  #pause(): Promise<void> {
    return new Promise(resolve => {
      const stop = this.#clock.after(POLL_MS, resolve)
      this.#wake = () => {
        stop()
        resolve()
      }
    })
  }
}

/** Good until the pairing's keys are forgotten: our clock may be wrong by years, the relay's ends the items. */
function dropToken(readKey: SigningKey): Bytes {
  const body = { readKey: readKey.publicKey, notAfter: NEVER }
  return encodeDropToken({ ...body, signature: sign(readKey, DROP_LABEL, encodeDropTokenBody(body)) })
}

export function pairingFailure(failure: RelayFailure): PairingFailure {
  if (failure.kind === 'unreachable') return { kind: 'unreachable' }
  return { kind: 'relay-refused', reason: failure.kind === 'refused' ? failure.code : 'nonsense' }
}

function isRate(failure: RelayFailure): boolean {
  return failure.kind === 'refused' && failure.code === 'rate'
}
