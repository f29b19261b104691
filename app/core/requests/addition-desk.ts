import { ContactId } from '#schema/ids.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { AdditionStep } from '#schema/requests/addition.ts'
import { kindOf } from '#schema/requests/request-id.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { AcceptedFrom, AdditionSession } from '../addition-session.ts'
import { LiveView } from '../live-view.ts'
import type { Other } from '../messages/conversation-book.ts'
import type { Conversations } from '../messages/conversations.ts'
import type { Clock } from '../ports.ts'
import type { AcceptedAddition } from '../record/accept-addition.ts'
import type { SaveFailure, Stop } from '../session.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import {
  addedEntry,
  ADDITIONS_SHARD,
  type AdditionsDocument,
  putAcceptedFrom,
  putAdded,
  readAcceptedFrom,
} from './additions-document.ts'
import type { KnownRequest } from './known-request.ts'

/** What comes at the same moment is looked at together. */
const SETTLE_MS = 250

interface AdditionDeps {
  readonly clock: Clock
  readonly slot: VaultSlot
  readonly conversations: Conversations
  /** All offers, of every conversation. */
  all(): Promise<readonly KnownRequest[]>
  /** The step of the patient who wants to be asked nothing by this person. */
  acceptUnasked(request: KnownRequest): Promise<unknown>
}

/** What others write for this person's record: brings what was accepted into it, and accepts what is to be accepted unasked. */
export class AdditionDesk implements AdditionSession {
  readonly #deps: AdditionDeps
  readonly #from: LiveView<readonly AcceptedFrom[]>
  #cancel: (() => void) | undefined
  #settling: Promise<void> = Promise.resolve()

  constructor(deps: AdditionDeps) {
    this.#deps = deps
    const { slot, conversations } = deps
    this.#from = new LiveView<readonly AcceptedFrom[]>(
      [],
      () => slot.open,
      async () => readAcceptedFrom(await this.#read()),
    )
    conversations.onChange(() => this.#settleSoon())
    slot.onOpen(({ account }) => {
      const stop = account.logs.home.watch(ADDITIONS_SHARD, () => {
        this.#from.changed()
        this.#settleSoon()
      })
      this.#from.changed()
      return () => {
        stop()
        this.#cancel?.()
        this.#cancel = undefined
        this.#from.changed()
      }
    })
  }

  watchAcceptedFrom(listener: (contacts: readonly AcceptedFrom[]) => void): Promise<Stop> {
    return this.#from.watch(listener)
  }

  async acceptFrom(contactId: string, isOn: boolean): Promise<Result<void, SaveFailure>> {
    const [vault, contact] = [this.#deps.slot.open, ContactId.parse(contactId)]
    if (vault === undefined) return fail({ kind: 'locked' })
    if (contact === undefined) return fail({ kind: 'not-found' })
    const since = isOn ? this.#deps.clock.now() : undefined
    return this.#change(vault, doc => putAcceptedFrom(doc, contact, since))
  }

  /** Which entry it became; undefined before, and for whoever it was not written for. */
  async entryOf({ id, role }: KnownRequest): Promise<EntryId | undefined> {
    return role === 'patient' ? addedEntry(await this.#read(), id) : undefined
  }

  /** What was accepted comes into the record, once, on whichever device of the person's; nothing else does anything. */
  async add(request: KnownRequest): Promise<Result<void, SaveFailure>> {
    const vault = this.#deps.slot.open
    const addition = acceptedIn(request)
    if (vault === undefined) return fail({ kind: 'locked' })
    if (addition === undefined || (await this.entryOf(request)) !== undefined) return ok(undefined)
    const added = await vault.record.acceptAddition(addition)
    return added.ok ? this.#change(vault, doc => putAdded(doc, request.id, added.value)) : added
  }

  #settleSoon(): void {
    this.#cancel ??= this.#deps.clock.after(SETTLE_MS, () => {
      this.#cancel = undefined
      const { open } = this.#deps.slot
      this.#settling = this.#settling
        .then(() => this.#settle())
        .catch((cause: unknown) => {
          // A lock closes the logs under it.
          if (this.#deps.slot.open === open) throw cause
        })
    })
  }

  async #settle(): Promise<void> {
    const offered = (await this.#deps.all()).filter(({ id, role }) => kindOf(id) === 'addition' && role === 'patient')
    if (offered.length === 0) return
    const trusted = new Set(readAcceptedFrom(await this.#read()).map(({ contactId }) => contactId))
    for (const request of offered) {
      const contact = askerOf(request)?.contact
      const isTrusted = contact !== undefined && trusted.has(contact)
      if (request.view.isFinal) await this.add(request)
      // A conversation that is over is nobody's door any more.
      else if (request.view.state === 'proposed' && isTrusted && request.known.noReply === undefined) {
        await this.#deps.acceptUnasked(request)
      }
    }
  }

  async #read(): Promise<Readonly<AdditionsDocument>> {
    return (await this.#deps.slot.open?.account.logs.home.log.read<AdditionsDocument>(ADDITIONS_SHARD)) ?? {}
  }

  async #change({ account }: OpenVault, change: (doc: AdditionsDocument) => void): Promise<Result<void, SaveFailure>> {
    const { log } = account.logs.home
    await log.change<AdditionsDocument>(ADDITIONS_SHARD, change)
    const flushed = await log.flush()
    return flushed.ok ? flushed : fail({ kind: 'not-stored', why: flushed.failure })
  }
}

/** Who asked, where it was not this person. */
export function askerOf({ known, view }: KnownRequest): Other | undefined {
  const author = view.counted[0]?.author
  return author && known.others.find(other => other.isThey(author))
}

function acceptedIn(request: KnownRequest): AcceptedAddition | undefined {
  const { id, role, view } = request
  const steps = view.counted as unknown as readonly AdditionStep[]
  const [asked, last] = [steps[0], steps.at(-1)]
  const author = view.counted[0]?.author
  if (role !== 'patient' || asked?.kind !== 'propose' || author === undefined) return undefined
  if (last?.kind !== 'accept' && last?.kind !== 'enter') return undefined
  const { entry, changes } = asked.data
  return {
    name: `request/${id}`,
    fields: entry,
    by: author,
    byName: askerOf(request)?.name ?? '',
    acceptedAt: last.claimedAt,
    ...(last.kind === 'enter' && { isUnasked: true }),
    ...(changes === undefined ? {} : { changes: changes.entryId }),
  }
}
