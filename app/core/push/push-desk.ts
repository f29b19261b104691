import { hash } from '#crypto/hash.ts'
import { MailboxId } from '#schema/ids.ts'
import type { PushSubscription } from '#schema/protocol/push.ts'
import type { Result } from '#schema/result.ts'
import { deviceKeys } from '../home/account-row.ts'
import type { Conversations } from '../messages/conversations.ts'
import type { Ports } from '../ports.ts'
import type { PushAnswer, PushChoice, PushKey, PushRequest } from '../push-session.ts'
import { mailboxKey } from '../sharing/own-card.ts'
import type { RelayFailure } from '../sync/sync.ts'
import { Turns } from '../turns.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import { Watched } from '../watched.ts'
import { dueTopics, quietInUtc, quietText } from './due-topics.ts'
import { type PushRow, readPushRow, writePushRow } from './push-row.ts'

/** After an unlock, or something new in a conversation. */
const SOON_MS = 3000
/** What could not be told, or is not connected yet. */
const AGAIN_MS = 60_000
const HOUR_MS = 3_600_000

interface Topic {
  readonly id: string
  /** Undefined while nobody serves it. */
  readonly tell: ((subscription: PushSubscription) => Promise<Result<void, RelayFailure>>) | undefined
}

/** Keeps the relay told of where this device is to be woken, and for what: letters, and every conversation. */
export class PushDesk {
  readonly choice = new Watched<PushChoice>({ isOn: false })
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #conversations: Conversations
  readonly #turns = new Turns()
  #cancel: (() => void) | undefined

  constructor(ports: Ports, slot: VaultSlot, conversations: Conversations) {
    this.#ports = ports
    this.#slot = slot
    this.#conversations = conversations
    slot.onOpen(vault => this.#follow(vault))
    conversations.onChange(() => this.choice.value.isOn && this.#later(SOON_MS))
  }

  async key(): Promise<PushKey> {
    const answer = await this.#slot.open?.account.client.pushKey()
    if (answer?.ok) return { kind: 'key', key: answer.value }
    const isNone = answer?.failure.kind === 'refused' && answer.failure.code === 'not-found'
    return { kind: isNone ? 'not-offered' : 'unreachable' }
  }

  turnOn(request: PushRequest): Promise<PushAnswer> {
    return this.#turns.next(async () => {
      const vault = this.#slot.open
      if (vault === undefined || vault.account.row.isSample) return { kind: 'locked' }
      const before = await this.#read(vault)
      const toldAt = before?.endpoint === request.endpoint ? before.toldAt : {}
      const mailbox = mailboxTopic(vault)
      const subscription = this.#subscription(vault, request)
      const told = await mailbox.tell(subscription)
      if (!told.ok) return { kind: told.failure.kind === 'refused' ? 'not-offered' : 'unreachable' }
      const row = {
        ...request,
        ...relayOf(vault),
        toldAt: { ...toldAt, [mailbox.id]: this.#ports.clock.now() },
        toldQuiet: quietText(subscription.quiet),
      }
      const stored = await writePushRow(this.#ports.store, vault.keys.local, row)
      if (!stored.ok) return { kind: 'not-stored', why: stored.failure }
      this.#tellChoice(vault, row)
      this.#later(SOON_MS)
      return { kind: 'on' }
    })
  }

  turnOff(): Promise<void> {
    return this.#turns.next(async () => {
      const vault = this.#slot.open
      const row = vault && (await this.#read(vault))
      if (vault === undefined || row === undefined) return
      await writePushRow(this.#ports.store, vault.keys.local, undefined)
      this.#tellChoice(vault, undefined)
      await vault.account.client.endPush(row.endpoint)
    })
  }

  #follow(vault: OpenVault): () => void {
    void this.#turns.next(async () => {
      const row = await this.#endMoved(vault, await this.#read(vault))
      this.#tellChoice(vault, row)
      if (row !== undefined) this.#later(SOON_MS)
    })
    return () => {
      this.#cancel?.()
      this.#cancel = undefined
      this.choice.set({ isOn: false })
    }
  }

  /** What was bound to the relay before a move wakes nobody any more: it is to be asked for anew. */
  async #endMoved(vault: OpenVault, row: PushRow | undefined): Promise<PushRow | undefined> {
    if (row === undefined || this.#slot.open !== vault || row.relay === relayOf(vault).relay) return row
    await writePushRow(this.#ports.store, vault.keys.local, undefined)
    const { mailRelays, relays } = vault.account
    for (const before of mailRelays.filter(name => name !== '')) void relays.clientOf(before).endPush(row.endpoint)
    return undefined
  }

  async #read(vault: OpenVault): Promise<PushRow | undefined> {
    return this.#slot.open === vault ? readPushRow(this.#ports.store, vault.keys.local) : undefined
  }

  #tellChoice(vault: OpenVault, row: PushRow | undefined): void {
    if (this.#slot.open !== vault) return
    const quiet = row?.quiet === undefined ? {} : { quiet: row.quiet }
    this.choice.set(row === undefined ? { isOn: false } : { isOn: true, endpoint: row.endpoint, ...quiet })
  }

  #later(delayMs: number): void {
    this.#cancel?.()
    this.#cancel = this.#ports.clock.after(delayMs, () => void this.#turns.next(() => this.#round()))
  }

  /** Tells what is due, and comes again. */
  async #round(): Promise<void> {
    const vault = this.#slot.open
    const row = vault && (await this.#read(vault))
    if (vault === undefined || row === undefined) return
    const { clock, store } = this.#ports
    const subscription = this.#subscription(vault, row)
    const topics = [mailboxTopic(vault), ...(await this.#conversationTopics())]
    const quiet = quietText(subscription.quiet)
    const due = new Set(
      dueTopics(
        row,
        topics.map(({ id }) => id),
        quiet,
        clock.now(),
      ),
    )
    const toldAt: Record<string, number> = {}
    let isAllTold = true
    for (const topic of topics.filter(({ id }) => due.has(id))) {
      const told = await topic.tell?.(subscription)
      if (this.#slot.open !== vault) return
      // Who may not read it any more is not woken for it, and need not ask again.
      if (told?.ok || told?.failure.kind === 'refused') toldAt[topic.id] = clock.now()
      else isAllTold = false
    }
    if (Object.keys(toldAt).length > 0) {
      await writePushRow(store, vault.keys.local, { ...row, toldAt: { ...row.toldAt, ...toldAt }, toldQuiet: quiet })
    }
    if (this.#slot.open === vault) this.#later(isAllTold ? HOUR_MS : AGAIN_MS)
  }

  async #conversationTopics(): Promise<Topic[]> {
    const going = (await this.#conversations.all()).filter(
      ({ noReply, conversation: { log } }) => noReply === undefined && !this.#conversations.isElsewhere(log.id),
    )
    return going.map(({ conversation: { log } }) => {
      const client = this.#conversations.clientOf(log.id)?.client
      return { id: log.id, tell: client && (subscription => client.subscribeToLog(log.id, subscription)) }
    })
  }

  #subscription({ account }: OpenVault, { endpoint, quiet }: PushRequest): PushSubscription {
    const { clock } = this.#ports
    const device = deviceKeys(account.row.seeds).holder.publicKey
    return {
      device,
      endpoint,
      ...(quiet === undefined ? {} : { quiet: quietInUtc(quiet, clock.now(), clock.zone()) }),
    }
  }
}

const relayOf = ({ account: { relay } }: OpenVault) => (relay.address === undefined ? {} : { relay: relay.address })

function mailboxTopic({ account }: OpenVault) {
  const readKey = mailboxKey(account.keyring.shareKem.secretKey)
  return {
    id: MailboxId.of(hash(readKey.publicKey)),
    tell: (subscription: PushSubscription): Promise<Result<void, RelayFailure>> =>
      account.client.subscribeToMailbox(readKey, subscription),
  }
}
