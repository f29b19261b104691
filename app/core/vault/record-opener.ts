import { LOG_SECTIONS } from '#schema/record/sections.ts'
import { Account } from '../home/account.ts'
import type { AccountRow } from '../home/account-row.ts'
import type { OpenLogs } from '../home/open-account.ts'
import { PERSON_SHARD, type Person } from '../home/person-document.ts'
import type { Ports } from '../ports.ts'
import type { RecordService } from '../record/open-record.ts'
import { Turns } from '../turns.ts'
import type { OpenVault, VaultSlot } from './open-vault.ts'
import type { VaultKeys } from './vault-key.ts'
import { KIT_REMOVAL, readKit } from './vault-store.ts'

type Bytes = Uint8Array<ArrayBuffer>
/** `person` answers who the record is about, as known by then. */
export type OpenRecord = (account: Account, keys: VaultKeys, person: () => Person) => Promise<RecordService>
export type FillRecord = (record: RecordService) => Promise<void>

/** Opens an account with its record into a slot and follows it there: who it is about, and sections that go on in another log. */
export class RecordOpener {
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #openRecord: OpenRecord
  readonly #onPerson: (vault: OpenVault) => void
  readonly #reopening = new Turns()
  /** Of the record that is open. */
  #openLogs = ''

  /** `onPerson` hears at once, and again when name, birth date or kit changed. */
  constructor(ports: Ports, slot: VaultSlot, openRecord: OpenRecord, onPerson: (vault: OpenVault) => void) {
    this.#ports = ports
    this.#slot = slot
    this.#openRecord = openRecord
    this.#onPerson = onPerson
    slot.onOpen(vault => vault.account.logs.home.watch(PERSON_SHARD, () => void this.#personChanged(vault)))
    slot.onOpen(vault => vault.account.watchSections(() => this.#reopenRecord(vault)))
  }

  /** Takes over keys and logs. Nobody sees the record open before `fill` is done. */
  async open(vaultKey: Bytes, keys: VaultKeys, row: AccountRow, logs: OpenLogs, fill?: FillRecord): Promise<void> {
    const account = await Account.start(this.#ports, keys, row, logs)
    const about = { person: await logs.home.person() }
    this.#openLogs = logsOfRecord(account)
    const record = await this.#openRecord(account, keys, () => about.person)
    const kit = await readKit(this.#ports.store, keys.kit)
    // A crash, or a refusal, between the confirmation and this: confirmed here or elsewhere, R is kept on no device.
    if (kit.ok && about.person.kitConfirmed) await this.#ports.store.commit([KIT_REMOVAL])
    await fill?.(record)
    const vault: OpenVault = { vaultKey, keys, account, record, hadKit: kit.ok, about }
    this.#slot.put(vault)
    this.#onPerson(vault)
  }

  /** A section goes on in another log. Who looks at the record sees the new one; what was noted to be undone is forgotten. */
  #reopenRecord(vault: OpenVault): void {
    void this.#reopening
      .next(() => this.#openAgain(vault))
      .catch((cause: unknown) => {
        // A lock closes the logs under it.
        if (this.#slot.open === vault) throw cause
      })
  }

  async #openAgain(vault: OpenVault): Promise<void> {
    const now = logsOfRecord(vault.account)
    // A conversation was begun, perhaps, which is no part of the record.
    if (this.#slot.open !== vault || now === this.#openLogs) return
    this.#openLogs = now
    const before = vault.record
    await before.idle()
    await before.flushIndex()
    const next = await this.#openRecord(vault.account, vault.keys, () => vault.about.person)
    if (this.#slot.open === vault) this.#slot.replaceRecord(next)
    else next.dispose()
    // What was asked of it meanwhile is done there, and carried over.
    await before.idle().finally(() => before.dispose())
  }

  async #personChanged(vault: OpenVault): Promise<void> {
    const person = await vault.account.logs.home.person()
    if (this.#slot.open !== vault) return
    vault.about.person = person
    vault.record.refresh()
    this.#onPerson(vault)
  }
}

function logsOfRecord({ logs }: Account): string {
  return LOG_SECTIONS.map(section => logs.sections.get(section)?.id).join()
}

/** What a window is told of an open record. */
export function openState({ about: { person }, hadKit }: OpenVault) {
  return {
    kind: 'open',
    personName: person.name,
    birthDate: person.birthDate,
    isSample: person.isSample,
    kitConfirmed: person.kitConfirmed || person.isSample,
    kitIsHere: hadKit && !person.kitConfirmed,
    ...(person.isPractice === true && { isPractice: true as const }),
    ...(person.kitTypedAt !== undefined && { kitTypedAt: person.kitTypedAt }),
  } as const
}
