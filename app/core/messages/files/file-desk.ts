import { FileId, type LogId } from '#schema/ids.ts'
import type { MessageFile } from '#schema/messages/file.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { FileFailure, FileSession, ShownFile, Transfer } from '../../file-session.ts'
import { LiveView } from '../../live-view.ts'
import type { Ports, StoreFailure } from '../../ports.ts'
import type { Stop } from '../../session.ts'
import type { VaultSlot } from '../../vault/open-vault.ts'
import { readVisitor, VISITOR_LABEL } from '../../visitors/visitor-document.ts'
import type { DocMap } from '../../record/flat-fields.ts'
import type { KnownConversation } from '../conversation-book.ts'
import type { Conversations } from '../conversations.ts'
import { fetchFile, fetchPreview, type Fetching } from './fetch-file.ts'
import { FileCourier } from './file-courier.ts'
import { PieceStore } from './piece-store.ts'
import { shownFile } from './shown-file.ts'
import { sealFile } from './seal-file.ts'

/** While one vault is open. */
interface Open {
  readonly store: PieceStore
  readonly courier: FileCourier
}

/** Under way on this page's behalf: sealed, or fetched. */
interface UnderWay {
  readonly kind: 'sealing' | 'fetching'
  readonly abort: AbortController
  done: number
}

interface FileDeps {
  readonly ports: Pick<Ports, 'store' | 'clock' | 'pictures'>
  readonly slot: VaultSlot
  readonly conversations: Conversations
  /** Whether a message that is being written still has this file. */
  readonly isInDraft: (id: FileId) => Promise<boolean>
  /** What was said has another state, as a file of it was sent. */
  readonly onSent: () => void
  /** A file that is named by no message, but by a request. */
  readonly inRequests: (known: KnownConversation, id: FileId) => Promise<MessageFile | undefined>
}

/** Files that go along with messages: what the session asks of them while a vault is open. */
export class FileDesk implements FileSession {
  readonly #deps: FileDeps
  readonly #underWay = new Map<FileId, UnderWay>()
  readonly #transfers: LiveView<readonly Transfer[]>
  #open: Open | undefined

  constructor(deps: FileDeps) {
    this.#deps = deps
    this.#transfers = new LiveView<readonly Transfer[]>(
      [],
      () => this.#open,
      () => this.#listed(),
    )
    deps.slot.onOpen(({ keys }) => {
      const store = new PieceStore(deps.ports.store, keys.local.slice())
      const courier = new FileCourier({
        store,
        clock: deps.ports.clock,
        clientOf: logId => this.#settledClient(logId),
        onChange: () => {
          this.#transfers.changed()
          deps.onSent()
        },
      })
      this.#open = { store, courier }
      courier.kick()
      void this.#cleanUp(store)
      return () => {
        courier.stop()
        for (const { abort } of this.#underWay.values()) abort.abort()
        store.wipe()
        this.#open = undefined
      }
    })
  }

  async holdFile(id: FileId, file: Blob, name: string): Promise<Result<ShownFile, FileFailure>> {
    const open = this.#open
    if (open === undefined || FileId.parse(id) === undefined) return fail({ kind: 'locked' })
    await open.store.dropHeld(id)
    const held = await this.#during(id, 'sealing', (signal, onProgress) =>
      sealFile(open.store, this.#deps.ports.pictures, { id, file, name, signal, onProgress }),
    )
    if (held.ok) return ok(shownFile(held.value.file))
    await open.store.dropHeld(id)
    return held
  }

  async letGoFile(id: FileId): Promise<void> {
    await this.#open?.store.dropHeld(id)
  }

  watchTransfers(listener: (transfers: readonly Transfer[]) => void): Promise<Stop> {
    return this.#transfers.watch(listener)
  }

  async stopTransfer(id: FileId): Promise<void> {
    const underWay = this.#underWay.get(id)
    if (underWay === undefined) await this.#open?.courier.setStopped(id, true)
    else underWay.abort.abort()
  }

  async goOnTransfer(id: FileId): Promise<void> {
    await this.#open?.courier.setStopped(id, false)
  }

  async openFile(conversationId: string, id: FileId): Promise<Result<File, FileFailure>> {
    const [found, open] = [await this.#find(conversationId, id), this.#open]
    if (found === undefined || open === undefined) return fail({ kind: 'not-found' })
    const { file, logId } = found
    const opened = await this.#during(id, 'fetching', (signal, onProgress) =>
      fetchFile({ ...this.#fetching(open, logId), signal, onProgress }, file),
    )
    return opened.ok ? ok(new File([opened.value], file.name, { type: opened.value.type })) : opened
  }

  /** A file that lies beside a log and is named elsewhere than in a conversation. */
  async openBeside(logId: LogId, file: MessageFile): Promise<Result<Blob, FileFailure>> {
    const open = this.#open
    if (open === undefined) return fail({ kind: 'locked' })
    return this.#during(file.id, 'fetching', (signal, onProgress) =>
      fetchFile({ ...this.#fetching(open, logId), signal, onProgress }, file),
    )
  }

  async filePreview(conversationId: string, id: FileId): Promise<Blob | undefined> {
    const [found, open] = [await this.#find(conversationId, id), this.#open]
    if (found === undefined || open === undefined) return undefined
    return fetchPreview(this.#fetching(open, found.logId), found.file)
  }

  /** Those that were held, as a message names them; undefined where one of them is not here any more. */
  async named(ids: readonly FileId[]): Promise<readonly MessageFile[] | undefined> {
    const held = await Promise.all(ids.map(async id => this.#open?.store.held(id)))
    const files = held.flatMap(one => one?.file ?? [])
    return files.length === ids.length ? files : undefined
  }

  /** Puts what was held beside a log; done before the message that names it is said, and again after a break. */
  async place(logId: LogId, ids: readonly FileId[]): Promise<Result<void, StoreFailure>> {
    const open = this.#open
    for (const id of ids) {
      const held = await open?.store.held(id)
      const placed = open && held ? await open.store.place(logId, held) : ok(undefined)
      if (!placed.ok) return placed
    }
    return ok(undefined)
  }

  /** The message that names them is said. */
  async placed(ids: readonly FileId[]): Promise<void> {
    for (const id of ids) await this.#open?.store.dropHeld(id)
    await this.#open?.courier.placed()
  }

  /** A file that came another way, beside a log. */
  async keepSent(logId: LogId, blob: Blob, name: string): Promise<Result<MessageFile, FileFailure>> {
    const open = this.#open
    if (open === undefined) return fail({ kind: 'locked' })
    const id = FileId.of(crypto.getRandomValues(new Uint8Array(FileId.size)))
    const how = { keepAsIs: true, signal: new AbortController().signal, onProgress: () => undefined }
    const held = await sealFile(open.store, this.#deps.ports.pictures, { id, file: blob, name, ...how })
    if (!held.ok) return held
    const placed = await open.store.place(logId, held.value)
    if (!placed.ok) return fail({ kind: 'not-stored', why: placed.failure })
    await this.placed([id])
    return ok(held.value.file)
  }

  isWaiting(logId: LogId, id: FileId): boolean {
    return this.#open?.courier.isWaiting(logId, id) === true
  }

  async #listed(): Promise<readonly Transfer[]> {
    const sending = (await this.#open?.courier.transfers()) ?? []
    const underWay = [...this.#underWay].map(([id, { kind, done }]) => ({ id, kind, done, isStopped: false }))
    return [...underWay, ...sending]
  }

  async #during<Value>(
    id: FileId,
    kind: UnderWay['kind'],
    work: (signal: AbortSignal, onProgress: (done: number) => void) => Promise<Result<Value, FileFailure>>,
  ): Promise<Result<Value, FileFailure>> {
    this.#underWay.get(id)?.abort.abort()
    const underWay: UnderWay = { kind, abort: new AbortController(), done: 0 }
    this.#underWay.set(id, underWay)
    this.#transfers.changed()
    try {
      return await work(underWay.abort.signal, done => {
        underWay.done = done
        this.#transfers.changed()
      })
    } finally {
      if (this.#underWay.get(id) === underWay) this.#underWay.delete(id)
      this.#transfers.changed()
    }
  }

  #fetching({ store }: Open, logId: LogId): Fetching {
    const client = () => this.#deps.conversations.clientOf(logId)?.client
    return { store, logId, client, signal: new AbortController().signal, onProgress: () => undefined }
  }

  #settledClient(logId: LogId) {
    const served = this.#deps.conversations.clientOf(logId)
    return served?.isSettled === true ? served.client : undefined
  }

  async #find(conversationId: string, id: FileId) {
    const known = await this.#deps.conversations.known(conversationId)
    if (known === undefined) return undefined
    const { items } = await known.conversation.content()
    const files = items.flatMap(({ item }) => (item.kind === 'message' ? (item.files ?? []) : []))
    const file =
      files.find(one => one.id === id) ?? (await answeredFile(known, id)) ?? (await this.#deps.inRequests(known, id))
    return file && { file, logId: known.conversation.log.id }
  }

  async #cleanUp(store: PieceStore): Promise<void> {
    const held = await store.heldIds()
    for (const id of held) {
      const isWanted = this.#underWay.has(id) || (await this.#deps.isInDraft(id))
      if (!isWanted && this.#open?.store === store) await store.dropHeld(id)
    }
  }
}

/** Of an answer by a link that is not taken in yet, or that belongs to a request. */
async function answeredFile(
  { conversation, visitor }: KnownConversation,
  id: FileId,
): Promise<MessageFile | undefined> {
  if (visitor === undefined) return undefined
  const { answers } = readVisitor(await conversation.log.read<DocMap>(VISITOR_LABEL))
  return answers.find(({ file }) => file?.id === id)?.file
}
