import { wipe } from '#crypto/sodium.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { RoomSession } from '../kept-session.ts'
import type { Ports } from '../ports.ts'
import { makeRoom, recordOf } from '../room.ts'
import type { VaultState } from '../session.ts'
import { PeopleDesk } from '../sharing/people-desk.ts'
import { PrivacyDesk } from '../sharing/privacy-desk.ts'
import { ShareDesk } from '../sharing/share-desk.ts'
import { StatusDesk } from '../status-desk.ts'
import { VaultSlot } from '../vault/open-vault.ts'
import { openState, RecordOpener } from '../vault/record-opener.ts'
import type { VaultDesk } from '../vault/vault-desk.ts'
import { vaultKeys } from '../vault/vault-key.ts'
import { Watched } from '../watched.ts'
import type { GuardianDevice, KnownKept } from './kept-document.ts'
import { keptLogs, keptRow } from './open-kept.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface KeptRoomDeps {
  readonly vault: Pick<VaultDesk, 'checkPassphrase'>
  readonly isOnline: () => boolean
  /** How the record calls itself by now. */
  readonly onPerson: (person: { readonly name: string; readonly birthDate: string }) => void
  /** Another guardian, or the words, removed this person's device. */
  readonly onRemoved: () => void
}

/** One kept record at work: an account, its record, and people of its own. */
export class KeptRoom {
  readonly session: RoomSession
  readonly slot = new VaultSlot()
  readonly #ports: Ports
  readonly #opener: RecordOpener

  constructor(ports: Ports, { vault, isOnline, onPerson, onRemoved }: KeptRoomDeps) {
    this.#ports = ports
    const { slot } = this
    const state = new Watched<VaultState>({ kind: 'starting' })
    const status = new StatusDesk(slot, ports.clock)
    const people = new PeopleDesk(slot, ports, { isKept: true })
    const shares = new ShareDesk(people, vault)
    const privacy = new PrivacyDesk(slot, vault, people)
    const open = recordOf.bind(undefined, ports)
    this.#opener = new RecordOpener(ports, slot, open, opened => {
      state.set(openState(opened))
      onPerson(opened.about.person)
    })
    this.session = makeRoom({ ports, slot, state, status, people, shares, privacy, isOnline })
    slot.onOpen(({ account }) => account.watchKeyring(() => account.isShutOut && onRemoved()))
  }

  /** Takes over the key. */
  async open(vaultKey: Bytes, kept: KnownKept, device: GuardianDevice): Promise<Result<void, 'not-now' | 'removed'>> {
    const opened = await this.#open(vaultKey, kept, device)
    if (!opened.ok) wipe(vaultKey)
    return opened
  }

  async #open(vaultKey: Bytes, kept: KnownKept, device: GuardianDevice): Promise<Result<void, 'not-now' | 'removed'>> {
    const keys = vaultKeys(vaultKey)
    const row = await keptRow(this.#ports.store, keys, kept, device)
    if (!row.ok) return fail('not-now')
    const logs = await keptLogs(this.#ports, keys, row.value)
    if (!logs.ok) return fail(logs.failure.kind === 'not-found' ? 'removed' : 'not-now')
    await this.#opener.open(vaultKey, keys, row.value, logs.value)
    return ok(undefined)
  }

  setOnline(isOnline: boolean): void {
    this.slot.open?.account.engine?.setOnline(isOnline)
  }

  close(): Promise<void> {
    return this.slot.close()
  }
}
