import type { PrincipalId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Ending } from '../follow-session.ts'
import type { Account } from '../home/account.ts'
import { GUARDIANS_SHARD, type GuardiansDocument, readGuardians } from '../kept/guardians-document.ts'
import { KEPT_SHARD, type KeptDocument, readKept } from '../kept/kept-document.ts'
import { SAID_SHARD, type SaidDocument } from '../kept/said-over.ts'
import { LiveView } from '../live-view.ts'
import type { Clock } from '../ports.ts'
import type { SaveFailure, Stop } from '../session.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import { endingsOf, type NoticesDocument, NOTICES_SHARD, putDismissed } from './endings.ts'
import type { PeopleDesk } from './people-desk.ts'
import type { KnownContact } from './people-document.ts'
import { bringsConversation, givesConversation } from './shared-names.ts'

const LOOK_AGAIN_MS = 60_000

/** Notices before and after an end, put away on all devices at once. */
export class EndingsDesk {
  readonly #people: PeopleDesk
  readonly #slot: VaultSlot
  readonly #clock: Clock
  readonly #view: LiveView<readonly Ending[]>
  #isLookingAgain = false

  constructor(people: PeopleDesk, slot: VaultSlot, clock: Clock) {
    this.#people = people
    this.#slot = slot
    this.#clock = clock
    this.#view = new LiveView<readonly Ending[]>(
      [],
      () => people.sharing,
      () => this.#read(),
    )
    people.onSharing(() => this.#view.changed())
  }

  async watch(listener: (endings: readonly Ending[]) => void): Promise<Stop> {
    const stop = await this.#view.watch(listener)
    this.#lookAgain()
    return stop
  }

  async dismiss(endingId: string): Promise<Result<void, SaveFailure>> {
    const [home, { sharing }] = [this.#slot.open?.account.logs.home, this.#people]
    if (home === undefined || sharing === undefined) return fail({ kind: 'locked' })
    const now = sharing.office.now()
    if ((await this.#read()).every(ending => ending.endingId !== endingId)) return fail({ kind: 'not-found' })
    await home.log.change<NoticesDocument>(NOTICES_SHARD, doc => putDismissed(doc, endingId, now))
    const kept = await home.log.flush()
    if (!kept.ok) return fail({ kind: 'not-stored', why: kept.failure })
    await this.#view.refresh()
    return ok(undefined)
  }

  async #read(): Promise<readonly Ending[]> {
    const [account, { sharing }] = [this.#slot.open?.account, this.#people]
    if (account === undefined || sharing === undefined) return []
    const { home } = account.logs
    const dismissed = await home.log.read<NoticesDocument>(NOTICES_SHARD)
    const { contacts, removed } = await sharing.office.book()
    const names = new Map([...removed, ...contacts].map(({ id, name }) => [id, name]))
    const given = (await sharing.given.shares()).filter(share => !givesConversation(share))
    const received = (await sharing.received.grants()).filter(grant => !bringsConversation(grant))
    const whole = { ...(await readWhole(account)), contactOf: contactIn(contacts) }
    const followed = {
      given,
      received,
      whole,
      dismissed,
      nameOf: (id: (typeof given)[number]['contact']) => names.get(id) ?? '',
    }
    return endingsOf(followed, sharing.office.now())
  }

  /** Time passes without anything changing. */
  #lookAgain(): void {
    if (this.#isLookingAgain) return
    this.#isLookingAgain = true
    this.#clock.after(LOOK_AGAIN_MS, () => {
      this.#isLookingAgain = false
      if (!this.#view.isWatched) return
      this.#view.changed()
      this.#lookAgain()
    })
  }
}

/** Who acts in the record; and, where it is one's own, what this person keeps for others. */
async function readWhole({ logs, keyring, deviceId }: Account) {
  const { log } = logs.home
  const guardians = readGuardians(await log.read<GuardiansDocument>(GUARDIANS_SHARD))
  const isOwn = guardians.every(guardian => guardian.deviceId !== deviceId)
  const kept = isOwn ? readKept(await log.read<KeptDocument>(KEPT_SHARD), await log.read<SaidDocument>(SAID_SHARD)) : []
  return { guardians, devices: keyring.devices, deviceId, kept }
}

const contactIn = (contacts: readonly KnownContact[]) => (person: PrincipalId) =>
  contacts.find(one => one.card.idSign === person)
