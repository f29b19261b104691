import type { ContactId, PrincipalId } from '#schema/ids.ts'
import { conversationName } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import type { StoreFailure } from '../ports.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { Clerk, Step, Taken } from '../sharing/clerk.ts'
import type { KnownShare } from '../sharing/given-document.ts'
import type { PeopleDesk } from '../sharing/people-desk.ts'
import { putContactRemoved } from '../sharing/people-document.ts'
import type { Sharing } from '../sharing/sharing.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import { CIRCLE_SHARD, putRemoving, removingIn } from './circle-document.ts'

type Stored = Promise<Result<void, StoreFailure>>

interface Owned {
  readonly known: KnownConversation
  isRemoved(principal: PrincipalId): boolean
}

export interface RosterDeps {
  readonly slot: VaultSlot
  readonly people: PeopleDesk
  /** The circle that this account owns, and who is removed by what it says there. */
  readonly owned: () => Promise<Owned | undefined>
}

/** In a circle's owner's app: whoever left is named to all as gone, and a removal that was cut short is carried to its end. */
export class RosterClerk implements Clerk {
  readonly #deps: RosterDeps

  constructor(deps: RosterDeps) {
    this.#deps = deps
  }

  async take(): Taken {
    return ok(undefined)
  }

  async round(): Step {
    const done = await this.#round()
    return done.ok ? done : fail({ kind: 'not-stored', why: done.failure })
  }

  /** Durable when it answers ok: their shares end, and they are no contact any more, whatever happens to this process. */
  async begin(contacts: readonly ContactId[]): Stored {
    return this.#note(contacts, true)
  }

  async end(contacts: readonly ContactId[]): Stored {
    return this.#note(contacts, false)
  }

  /** Whom it removes, and has not yet. */
  async removing(): Promise<ReadonlySet<string>> {
    const home = this.#deps.slot.open?.account.logs.home.log
    return home === undefined ? new Set() : removingIn(await home.read<DocMap>(CIRCLE_SHARD))
  }

  async #round(): Stored {
    const [owned, { sharing }] = [await this.#deps.owned(), this.#deps.people]
    if (owned === undefined || sharing === undefined) return ok(undefined)
    const name = conversationName(owned.known.id)
    const removing = await this.removing()
    const shares = (await sharing.given.shares()).filter(one => one.sections.includes(name))
    const isGoing = ({ contact, endedBy }: KnownShare) => endedBy === undefined && removing.has(contact)
    const gone = shares.filter(one => one.endedBy !== undefined || isGoing(one)).flatMap(one => one.principals)
    const unsaid = gone.filter(one => !owned.isRemoved(one))
    const said =
      unsaid.length === 0
        ? ok(undefined)
        : await owned.known.conversation.append([{ kind: 'removed', principals: unsaid }])
    if (!said.ok || removing.size === 0) return said
    const ended = await sharing.given.end(shares.filter(isGoing), 'stopped')
    return ended.ok ? this.#forget(sharing, [...removing]) : ended
  }

  async #forget({ office }: Sharing, removing: readonly string[]): Stored {
    const { contacts } = await office.book()
    const left = contacts.filter(({ id }) => removing.includes(id)).map(({ id }) => id)
    const gone = await office.change(doc => left.forEach(id => putContactRemoved(doc, id, office.now())))
    return gone.ok ? this.#note(removing, false) : gone
  }

  async #note(contacts: readonly string[], isGoing: boolean): Stored {
    const home = this.#deps.slot.open?.account.logs.home.log
    if (home === undefined) return ok(undefined)
    await home.change<DocMap>(CIRCLE_SHARD, doc => contacts.forEach(id => putRemoving(doc, id, isGoing)))
    return home.flush()
  }
}
