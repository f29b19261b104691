import type { ShareId } from '#schema/ids.ts'
import { fail, ok } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import type { ByteStore } from '../ports.ts'
import { goneFrom } from './due-epoch.ts'
import type { GivenShares } from './given-shares.ts'
import type { Letter } from './letter.ts'
import type { KnownContact } from './people-document.ts'
import { type Clerk, everyStep, type Step, type Taken } from './clerk.ts'
import type { PostOffice } from './post-office.ts'
import type { ReceivedShares } from './received-shares.ts'
import { decodeLateFrames, dropUnsent, encodeLateFrames, nextUnsent, sharesUnsent } from './unsent-frames.ts'

export interface LateClerkDeps {
  readonly account: Account
  readonly store: ByteStore
  readonly office: PostOffice
  readonly given: GivenShares
  readonly received: ReceivedShares
  /** What is to be said of an ended share has changed. */
  readonly onChange: () => void
}

/** Brings what somebody wrote, and could send to nobody before their share ended, to who owns the record (decision 0013). */
export class LateClerk implements Clerk {
  readonly #deps: LateClerkDeps

  constructor(deps: LateClerkDeps) {
    this.#deps = deps
  }

  /** The log itself says what these frames are worth. Of a share to see alone an honest app has none. */
  async take(letter: Letter, contact: KnownContact): Taken {
    const body = letter.kind === 'late-frames' ? decodeLateFrames(letter.body) : undefined
    if (body === undefined) return ok(undefined)
    const { account, given } = this.#deps
    const share = (await given.shares()).find(one => one.id === body.shareId && one.contact === contact.id)
    const log = account.sectionLogs().find(one => one.id === body.logId)
    const keys = [...account.keyring.logs, ...account.keyring.closedLogs].find(one => one.logId === body.logId)
    if (share?.role !== 'write' || log === undefined || keys === undefined || keys.section === 'home') {
      return ok(undefined)
    }
    const received = await log.receiveLetter(body.frames, new Set(goneFrom(share, keys.section)))
    if (!received.ok) return fail({ kind: 'not-stored', why: received.failure })
    return ok(received.value === 'early' ? received.value : undefined)
  }

  async round(): Step {
    const shares = await sharesUnsent(this.#deps.store)
    return everyStep(shares.map(id => () => this.#tell(id)))
  }

  async #tell(shareId: ShareId): Step {
    const { store, office, received, onChange } = this.#deps
    const grant = (await received.grants()).find(one => one.id === shareId)
    const contact = (await office.book()).contacts.find(one => one.id === grant?.contact)
    for (;;) {
      const unsent = await nextUnsent(store, shareId)
      if (unsent === undefined) return ok(undefined)
      if (contact !== undefined) {
        const written = await office.write(contact.card, 'late-frames', encodeLateFrames(unsent))
        if (!written.ok) return written
      }
      const gone = await dropUnsent(store, unsent, contact === undefined)
      if (!gone.ok) return fail({ kind: 'not-stored', why: gone.failure })
      onChange()
    }
  }
}
