import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import type { LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { AccessEntry } from '#schema/protocol/http.ts'
import { readInstant } from '#schema/protocol/proof.ts'
import { isConversation } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { AccessFailure, AccessLog } from '../follow-session.ts'
import { LiveView } from '../live-view.ts'
import type { ByteStore } from '../ports.ts'
import type { Stop } from '../session.ts'
import type { RelayFailure } from '../sync/sync.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import { accessLines, type LogVisits } from './access-lines.ts'
import { accessOwners } from './access-owners.ts'
import { type LooksDocument, LOOKS_SHARD, readLooks } from './looks-document.ts'
import type { PeopleDesk } from './people-desk.ts'
import { decodeVisits, encodeVisits, joinVisits, NO_VISITS, type RelayVisits } from './relay-visits.ts'

type Bytes = Uint8Array<ArrayBuffer>

const PREFIX = 'access/'
const FETCHED_KEY = `${PREFIX}fetched`
/** As many lines as the relay gives at once; more are asked for from the last one's minute on. */
const PAGE_LINES = 10_000

/** Who looked: the relay's log as last asked for on this device, and what recipients' apps told. */
export class AccessDesk {
  readonly #view: LiveView<AccessLog>
  readonly #people: PeopleDesk
  readonly #slot: VaultSlot
  readonly #store: ByteStore

  constructor(people: PeopleDesk, slot: VaultSlot, store: ByteStore) {
    this.#people = people
    this.#slot = slot
    this.#store = store
    this.#view = new LiveView<AccessLog>(
      { lines: [] },
      () => people.sharing,
      () => this.#read(),
    )
    people.onSharing(() => this.#view.changed())
  }

  watch(listener: (access: AccessLog) => void): Promise<Stop> {
    return this.#view.watch(listener)
  }

  async fetch(): Promise<Result<void, AccessFailure>> {
    const vault = this.#slot.open
    if (vault === undefined) return fail({ kind: 'locked' })
    if (this.#people.sharing === undefined) return fail({ kind: 'not-here' })
    for (const { logId } of vault.account.keyring.logs) {
      const fetched = await this.#fetchLog(vault, logId)
      if (this.#slot.open !== vault) return fail({ kind: 'locked' })
      if (!fetched.ok) return fail(asAccess(fetched.failure))
    }
    await this.#seal(vault, FETCHED_KEY, new ByteWriter().u64(this.#people.sharing.office.now()).done())
    await this.#view.refresh()
    return ok(undefined)
  }

  async #fetchLog(vault: OpenVault, logId: LogId): Promise<Result<void, RelayFailure>> {
    let known = await this.#visits(vault, logId)
    for (;;) {
      const page = await vault.account.client.access(logId, known.upTo)
      if (!page.ok) return isNothing(page.failure) ? ok(undefined) : page
      const next = joinVisits(known, page.value)
      const isStuck = next.upTo === known.upTo
      known = isStuck ? { ...next, upTo: instant(next.upTo + 60_000) } : next
      if (!isFull(page.value)) break
    }
    if (this.#slot.open === vault) await this.#seal(vault, PREFIX + logId, encodeVisits(known))
    return ok(undefined)
  }

  async #read(): Promise<AccessLog> {
    const [vault, { sharing }] = [this.#slot.open, this.#people]
    if (vault === undefined || sharing === undefined) return { lines: [] }
    const { account } = vault
    const receipts = readLooks(await account.logs.home.log.read<LooksDocument>(LOOKS_SHARD))
    const owners = await accessOwners(account, sharing)
    const logs: LogVisits[] = []
    for (const log of account.keyring.logs) {
      if (isConversation(log.section)) continue
      const { visits } = await this.#visits(vault, log.logId)
      const place = log.section === 'home' ? 'keys' : log.section
      logs.push({ place, visits, whoHas: owners.inLog(log) })
    }
    const fetched = decodeAll(await this.#open(vault, FETCHED_KEY), readInstant)
    const lines = accessLines(logs, receipts, owners.ofShare)
    return { lines, ...(fetched.ok ? { fetchedAt: fetched.value } : {}) }
  }

  async #visits(vault: OpenVault, logId: LogId): Promise<RelayVisits> {
    const bytes = await this.#open(vault, PREFIX + logId)
    return bytes.length === 0 ? NO_VISITS : decodeVisits(bytes)
  }

  async #open({ keys }: OpenVault, key: string): Promise<Bytes> {
    const sealed = await this.#store.get('sealed', key)
    const opened = sealed && openSecret(keys.local, key, sealed)
    return opened?.ok ? opened.value : new Uint8Array(0)
  }

  /** What the disk refuses is asked for again next time. */
  async #seal({ keys }: OpenVault, key: string, bytes: Bytes): Promise<void> {
    await this.#store.commit([{ table: 'sealed', key, value: sealSecret(keys.local, key, bytes) }])
  }
}

const isFull = (entries: readonly AccessEntry[]) => entries.length >= PAGE_LINES

/** A log that the relay has not, or not any more, or that this device may not ask about. */
function isNothing(failure: RelayFailure): boolean {
  return failure.kind === 'refused' && ['unknown-log', 'gone', 'not-allowed'].includes(failure.code)
}

function asAccess(failure: RelayFailure): AccessFailure {
  if (failure.kind === 'unreachable') return failure
  return { kind: 'relay-refused', reason: failure.kind === 'refused' ? failure.code : failure.kind }
}
