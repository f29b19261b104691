import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import type { LinkId } from '#schema/ids.ts'
import type { LinkState } from '#schema/protocol/link.ts'
import { ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import type { FileDesk } from '../messages/files/file-desk.ts'
import type { Clock } from '../ports.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { Turns } from '../turns.ts'
import {
  type KeptAnswer,
  type KeptVisitorLink,
  putAnswer,
  readVisitor,
  VISITOR_LABEL,
  type VisitorBook,
} from './visitor-document.ts'
import { answerKey, encodeLetter, openAnswer, type SealedAnswer, type VisitorLetter } from './visitor-letter.ts'

/** While a link is open it is asked so often whether somebody answered. */
const ASK_MS = 30_000
/** After its end so long: the relay keeps what nobody fetched. */
const LATE_MS = 30 * 24 * 3600_000
/** Of a link that is over: far more than anybody writes, and as much as somebody can have this device keep. */
const MOST_ANSWERS = 200

interface RoundDeps {
  readonly account: Account
  readonly clock: Clock
  readonly files: FileDesk
  readonly name: () => string
  readonly conversations: () => Promise<readonly KnownConversation[]>
  readonly onChange: () => void
}

/** Fetches what visitors answered, and keeps what their links show level with the conversation, while a vault is open. */
export class VisitorRounds {
  readonly #deps: RoundDeps
  readonly #turns = new Turns()
  readonly #shown = new Map<LinkId, string>()
  readonly #states = new Map<LinkId, LinkState>()
  #cancel: (() => void) | undefined
  #dueMs = Number.POSITIVE_INFINITY
  #isOver = false

  constructor(deps: RoundDeps) {
    this.#deps = deps
  }

  stop(): void {
    this.#isOver = true
    this.#cancel?.()
  }

  stateOf(linkId: LinkId): LinkState | undefined {
    return this.#states.get(linkId)
  }

  /** So soon, and from then on as long as a link may be answered. */
  look(delayMs = 0): void {
    const dueMs = this.#deps.clock.monotonicMs() + delayMs
    if (this.#isOver || dueMs >= this.#dueMs) return
    this.#cancel?.()
    this.#dueMs = dueMs
    this.#cancel = this.#deps.clock.after(delayMs, () => {
      this.#dueMs = Number.POSITIVE_INFINITY
      void this.round()
    })
  }

  /** Everything there is to fetch and to bring, once. */
  round(): Promise<void> {
    return this.#turns.next(async () => {
      const isWanted = await this.#all().catch((cause: unknown) => {
        // A lock closes the logs under it.
        if (!this.#isOver) throw cause
        return false
      })
      if (isWanted) this.look(ASK_MS)
    })
  }

  /** As `letterOf` has it now, for a link. */
  async letterFor(known: KnownConversation, link: Omit<KeptVisitorLink, 'linkId'>) {
    const [{ letterOf }, { sealJwe }] = await Promise.all([
      import('./letter-of.ts'),
      import('../exchange/link/seal-jwe.ts'),
    ])
    const says = await letterOf(known, link.topic, this.#deps.clock.now())
    if (says === undefined) return undefined
    const letter: VisitorLetter = {
      from: this.#deps.name(),
      to: known.visitor ?? '',
      expiresAt: link.expiresAt,
      kemPublicKey: answerKey(link.answerSeed).publicKey,
      says,
    }
    const text = encodeLetter(letter)
    const file = utf8(await sealJwe(text, link.key, 'application/json'))
    return { file, digest: toHex(hash(text)) }
  }

  noteShown(linkId: LinkId, digest: string): void {
    this.#shown.set(linkId, digest)
  }

  async #all(): Promise<boolean> {
    const known = (await this.#deps.conversations()).filter(one => one.visitor !== undefined)
    let isWanted = false
    for (const one of known) {
      const { links } = readVisitor(await one.conversation.log.read<DocMap>(VISITOR_LABEL))
      const alive = links.filter(({ expiresAt }) => expiresAt + LATE_MS > this.#deps.clock.now())
      if (alive.length === 0) continue
      isWanted = true
      await this.#oneConversation(one, alive)
    }
    return isWanted
  }

  async #oneConversation(known: KnownConversation, links: readonly KeptVisitorLink[]): Promise<void> {
    if (!(await this.#askStates(known))) return
    let hasMore = false
    for (const link of links) {
      if (link.expiresAt > this.#deps.clock.now()) await this.#bringLevel(known, link)
      hasMore = (await this.#fetchAnswers(known, link)) || hasMore
    }
    // Who answered opened it first, maybe since these were asked.
    if (hasMore) await this.#askStates(known)
    this.#deps.onChange()
  }

  async #askStates({ conversation }: KnownConversation): Promise<boolean> {
    const told = await this.#deps.account.client.links(conversation.log.id)
    for (const state of told.ok ? told.value : []) this.#states.set(state.linkId, state)
    return told.ok
  }

  async #bringLevel(known: KnownConversation, link: KeptVisitorLink): Promise<void> {
    const letter = await this.letterFor(known, link)
    if (letter === undefined || this.#shown.get(link.linkId) === letter.digest) return
    const { id } = known.conversation.log
    const put = await this.#deps.account.client.replaceLinkFile(id, link.linkId, letter.file)
    if (put.ok) this.noteShown(link.linkId, letter.digest)
  }

  /** Whether there were any. */
  async #fetchAnswers(known: KnownConversation, link: KeptVisitorLink): Promise<boolean> {
    const { client } = this.#deps.account
    const { log } = known.conversation
    const listed = await client.linkAnswers(log.id, link.linkId)
    if (!listed.ok || listed.value.length === 0) return false
    for (const { no, at } of listed.value) {
      const sealed = await client.linkAnswer(log.id, link.linkId, no)
      if (!sealed.ok) return true
      const opened = openAnswer(answerKey(link.answerSeed), sealed.value)
      const id = toHex(hash(sealed.value).subarray(0, 16))
      const kept = opened.ok
        ? await this.#keep(known, { id, linkId: link.linkId, topic: link.topic, at }, opened.value)
        : ok(undefined)
      if (!kept.ok) return true
    }
    // Not before what they said is backed up: this device may be lost.
    const settled = await this.#deps.account.settle()
    if (!settled.ok) return true
    for (const { no } of listed.value) await client.removeLinkAnswer(log.id, link.linkId, no)
    return true
  }

  async #keep(
    known: KnownConversation,
    place: Pick<KeptAnswer, 'id' | 'linkId' | 'topic' | 'at'>,
    { file, ...said }: SealedAnswer,
  ): Promise<Result<void, unknown>> {
    const { log } = known.conversation
    const book: VisitorBook = readVisitor(await log.read<DocMap>(VISITOR_LABEL))
    const ofLink = book.answers.filter(({ linkId }) => linkId === place.linkId)
    if (ofLink.some(({ id }) => id === place.id) || ofLink.length >= MOST_ANSWERS) return ok(undefined)
    const kept = file && (await this.#deps.files.keepSent(log.id, new Blob([file.bytes]), file.name))
    if (kept?.ok === false) return kept
    await log.change<DocMap>(VISITOR_LABEL, doc =>
      putAnswer(doc, { ...place, ...said, ...(kept === undefined ? {} : { file: kept.value }) }),
    )
    return log.flush()
  }
}
