import type { EntryId } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type {
  Belonging,
  EraseFailure,
  Erasing,
  PrivateSession,
  RevealFailure,
  SectionPast,
} from '../private-session.ts'
import type { SaveFailure } from '../session.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import { freshUnlock, type PassphraseCheck } from '../vault/fresh-unlock.ts'
import type { PeopleDesk } from './people-desk.ts'

/** What a person keeps out of every share, as the session tells it. */
export class PrivacyDesk implements PrivateSession {
  readonly #slot: VaultSlot
  readonly #vault: PassphraseCheck
  readonly #people: PeopleDesk

  constructor(slot: VaultSlot, vault: PassphraseCheck, people: PeopleDesk) {
    this.#slot = slot
    this.#vault = vault
    this.#people = people
  }

  async makePrivate(ids: readonly EntryId[]): Promise<Result<void, SaveFailure>> {
    const record = this.#slot.open?.record
    if (record === undefined) return fail({ kind: 'locked' })
    const moved = await record.makePrivate(ids)
    // Sections that somebody has begin anew.
    if (moved.ok) this.#people.roundSoon()
    return moved
  }

  async belongings(id: EntryId): Promise<readonly Belonging[]> {
    return this.#slot.open?.record.belongings(id) ?? []
  }

  async eraseHistory(sections: readonly Section[], passphrase: string): Promise<Result<void, EraseFailure>> {
    if (sections.length === 0) return fail({ kind: 'nothing-chosen' })
    const checked = await this.#vault.checkPassphrase(passphrase)
    if (!checked.ok) return fail({ kind: checked.failure.kind === 'wrong-passphrase' ? 'wrong-passphrase' : 'locked' })
    const [given, record] = [this.#people.sharing?.given, this.#slot.open?.record]
    if (given === undefined || record === undefined) return fail({ kind: 'not-here' })
    const count = await record.conflictsIn(sections)
    if (count > 0) return fail({ kind: 'conflicts', count })
    for (const section of [...sections, 'private'] as const) {
      const erased = await given.eraseHistory(section)
      if (!erased.ok) return fail({ kind: 'not-stored', why: erased.failure })
    }
    this.#people.roundSoon()
    return ok(undefined)
  }

  async pastOf(sections: readonly Section[]): Promise<readonly SectionPast[]> {
    const account = this.#slot.open?.account
    if (account === undefined) return []
    const { pastOf } = await import('./section-past.ts')
    return pastOf(account, sections)
  }

  async erasing(): Promise<readonly Erasing[]> {
    return this.#people.sharing?.ender.ending() ?? []
  }

  async makeOpen(ids: readonly EntryId[], passphrase: string): Promise<Result<void, RevealFailure>> {
    const unlocked = await freshUnlock(this.#vault, passphrase)
    if (!unlocked.ok) return unlocked
    return this.#slot.open?.record.makeOpen(ids) ?? fail({ kind: 'locked' })
  }
}
