import { copyOfFile } from '#schema/requests/records-copy.ts'
import { hash } from '#crypto/hash.ts'
import { concat } from '#schema/bytes.ts'
import { toBase64Url } from '#schema/base64url.ts'
import { LinkId, ThreadId } from '#schema/ids.ts'
import { encodeNewLink, LINK_ADDRESS_BYTES, MAX_LINK_FILE_BYTES, MAX_LINK_LIFE_MS } from '#schema/protocol/link.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import type { Conversations } from '../messages/conversations.ts'
import type { FileDesk } from '../messages/files/file-desk.ts'
import { shownFile } from '../messages/files/shown-file.ts'
import { LiveView } from '../live-view.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { RequestFailure } from '../request-session.ts'
import type { RequestDesk } from '../requests/request-desk.ts'
import type { Stop } from '../session.ts'
import type { RelayFailure } from '../sync/sync.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import type {
  MakeVisitorLink,
  VisitorAnswer,
  VisitorDetail,
  VisitorFailure,
  VisitorLink,
  VisitorSession,
} from '../visitor-session.ts'
import {
  type KeptAnswer,
  type KeptVisitorLink,
  parseTopic,
  putAnswerDone,
  putLinkEnded,
  putVisitorLink,
  readVisitor,
  VISITOR_LABEL,
  type VisitorBook,
} from './visitor-document.ts'
import { VisitorRounds } from './visitor-rounds.ts'

type Done<Value = void, More = never> = Promise<Result<Value, VisitorFailure | More>>

const KEY_BYTES = 32
/** After something was said: what somebody says in one go is one letter. */
const LEVEL_MS = 1500

interface VisitorDeps {
  readonly ports: Pick<Ports, 'clock' | 'random'>
  readonly slot: VaultSlot
  readonly conversations: Conversations
  readonly requests: RequestDesk
  readonly files: FileDesk
}

/** Writing to whoever has no Wellkeep: what the session asks of it while a vault is open. */
export class VisitorDesk implements VisitorSession {
  readonly #deps: VisitorDeps
  readonly #open = new Set<LiveView<VisitorDetail | undefined>>()
  #rounds: VisitorRounds | undefined

  constructor(deps: VisitorDeps) {
    this.#deps = deps
    const { slot, conversations, ports, files } = deps
    conversations.onChange(() => this.#rounds?.look(LEVEL_MS))
    slot.onOpen(({ account, about }) => {
      const rounds = new VisitorRounds({
        account,
        clock: ports.clock,
        files,
        name: () => about.person.name,
        conversations: () => conversations.all(),
        onChange: () => this.#changed(),
      })
      this.#rounds = rounds
      rounds.look()
      return () => {
        rounds.stop()
        this.#rounds = undefined
      }
    })
  }

  async watchVisitor(conversationId: string, listener: (visitor: VisitorDetail | undefined) => void): Promise<Stop> {
    const view = new LiveView<VisitorDetail | undefined>(
      undefined,
      () => this.#deps.conversations.source,
      () => this.#detail(conversationId),
    )
    this.#open.add(view)
    const stop = await view.watch(listener)
    this.#rounds?.look()
    return () => {
      this.#open.delete(view)
      stop()
    }
  }

  async makeVisitorLink({ conversationId, topic, expiresAt, origin: here }: MakeVisitorLink): Done<VisitorLink> {
    const found = await this.#found(conversationId)
    if (!found.ok) return found
    const { vault, known, rounds } = found.value
    // The window knows where the app is from, not where the record moved to.
    const origin = vault.account.relay.address ?? here
    const now = this.#deps.ports.clock.now()
    if (parseTopic(topic) === undefined) return fail({ kind: 'not-found' })
    if (expiresAt <= now || expiresAt - now > MAX_LINK_LIFE_MS) return fail({ kind: 'invalid-end' })
    // The log has to be there before a link of it.
    const settled = await vault.account.settle()
    if (!settled.ok) return fail(relayFailure(settled.failure))
    const link = this.#newLink({ topic, expiresAt, origin, madeAt: now })
    const letter = await rounds.letterFor(known, link)
    if (letter === undefined) return fail({ kind: 'not-found' })
    if (letter.file.length > MAX_LINK_FILE_BYTES) return fail({ kind: 'too-large' })
    // This person's other devices know of it before the relay does: a link that nobody knows of could not be ended.
    const noted = await this.#change(known, doc => putVisitorLink(doc, link))
    if (!noted.ok) return noted
    const form = { isDirect: true, isLongTerm: true, takesAnswers: true, file: letter.file }
    const body = encodeNewLink({ linkId: link.linkId, expiresAt, origin, ...form })
    const put = await vault.account.client.putLink(known.conversation.log.id, body)
    if (!put.ok) {
      await this.#change(known, doc => putLinkEnded(doc, link.linkId))
      return fail(relayFailure(put.failure))
    }
    rounds.noteShown(link.linkId, letter.digest)
    rounds.look()
    return ok(this.#shownLink(link))
  }

  async endVisitorLink(conversationId: string, linkId: string): Done {
    const [found, id] = [await this.#found(conversationId), LinkId.parse(linkId)]
    if (!found.ok) return found
    if (id === undefined) return fail({ kind: 'not-found' })
    const { vault, known } = found.value
    const ended = await vault.account.client.changeLink(known.conversation.log.id, id, 'destroy')
    if (!ended.ok) return fail(relayFailure(ended.failure))
    return this.#change(known, doc => putLinkEnded(doc, id))
  }

  async takeAnswer(conversationId: string, answerId: string): Done<void, RequestFailure> {
    const found = await this.#answer(conversationId, answerId)
    if (!found.ok) return found
    const { known, answer, isDone } = found.value
    if (isDone) return ok(undefined)
    const { id, name, text, file, step, topic } = answer
    if ('requestId' in topic && step !== undefined) {
      const place = { conversationId, requestId: topic.requestId }
      const data = file === undefined ? step.data : { ...step.data, ...copyOfFile(file) }
      const taken = await this.#deps.requests.takeFromLink(place, { ...step, data }, name)
      if (!taken.ok) return taken
    }
    if ('threadId' in topic) {
      const thread = ThreadId.parse(topic.threadId)
      if (thread === undefined) return fail({ kind: 'not-found' })
      const along = { ...(file === undefined ? {} : { files: [file] }), visitor: { how: 'link', name } as const }
      const said = await known.conversation.append([{ kind: 'message', thread, key: id, text, ...along }])
      if (!said.ok) return notStored(said)
    }
    return this.#change(known, doc => putAnswerDone(doc, id))
  }

  async putAnswerAway(conversationId: string, answerId: string): Done {
    const found = await this.#answer(conversationId, answerId)
    return found.ok ? this.#change(found.value.known, doc => putAnswerDone(doc, answerId)) : found
  }

  #newLink(said: Pick<KeptVisitorLink, 'topic' | 'expiresAt' | 'origin' | 'madeAt'>): KeptVisitorLink {
    const { random } = this.#deps.ports
    const address = random.bytes(LINK_ADDRESS_BYTES)
    return {
      linkId: LinkId.of(hash(address).subarray(0, LinkId.size)),
      address,
      key: random.bytes(KEY_BYTES),
      answerSeed: random.bytes(KEY_BYTES),
      ...said,
    }
  }

  async #found(conversationId: string): Done<{
    readonly vault: OpenVault
    readonly known: KnownConversation
    readonly rounds: VisitorRounds
  }> {
    const [vault, rounds] = [this.#deps.slot.open, this.#rounds]
    if (vault === undefined || rounds === undefined) return fail({ kind: 'locked' })
    const known = await this.#deps.conversations.known(conversationId)
    return known?.visitor === undefined ? fail({ kind: 'not-found' }) : ok({ vault, known, rounds })
  }

  async #answer(conversationId: string, answerId: string) {
    const found = await this.#found(conversationId)
    if (!found.ok) return found
    const { known } = found.value
    const { answers, done } = await bookOf(known)
    const answer = answers.find(({ id }) => id === answerId)
    return answer === undefined
      ? fail({ kind: 'not-found' } as const)
      : ok({ known, answer, isDone: done.has(answerId) })
  }

  async #change(known: KnownConversation, edit: (doc: DocMap) => void): Done {
    const { log } = known.conversation
    await log.change<DocMap>(VISITOR_LABEL, edit)
    const stored = await log.flush()
    this.#changed()
    return notStored(stored)
  }

  async #detail(conversationId: string): Promise<VisitorDetail | undefined> {
    const known = await this.#deps.conversations.known(conversationId)
    if (known?.visitor === undefined) return undefined
    const { links, answers, done } = await bookOf(known)
    return {
      name: known.visitor,
      links: links.map(link => this.#shownLink(link)),
      answers: answers.filter(({ id }) => !done.has(id)).map(shownAnswer),
    }
  }

  #shownLink({ linkId, topic, address, key, madeAt, expiresAt, origin }: KeptVisitorLink): VisitorLink {
    const state = this.#rounds?.stateOf(linkId)
    return {
      linkId,
      topic,
      address: `${origin}/answer#${toBase64Url(concat(address, key))}`,
      madeAt,
      expiresAt,
      standing: state?.standing ?? 'unknown',
      openings: state?.openings ?? [],
    }
  }

  #changed(): void {
    for (const view of this.#open) view.changed()
  }
}

async function bookOf(known: KnownConversation): Promise<VisitorBook> {
  return readVisitor(await known.conversation.log.read<DocMap>(VISITOR_LABEL))
}

function shownAnswer({ id, topic, at, name, text, step, file }: KeptAnswer): VisitorAnswer {
  const said = { answerId: id, topic, at, name, text, ...(step === undefined ? {} : { step }) }
  return file === undefined ? said : { ...said, file: shownFile(file) }
}

function notStored(stored: Result<void, StoreFailure>): Result<void, VisitorFailure> {
  return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
}

function relayFailure(failure: RelayFailure): VisitorFailure {
  if (failure.kind !== 'refused') return { kind: 'unreachable' }
  return { kind: failure.code === 'quota' ? 'no-room' : failure.code === 'too-large' ? 'too-large' : 'unreachable' }
}
