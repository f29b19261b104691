import type { ContactId, PrincipalId, ShareId } from '#schema/ids.ts'
import type { Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import { deviceKeys } from '../home/account-row.ts'
import type { PreparedWrite, SealedLog } from '../log/sealed-log.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import { makeSyncEngine } from '../sync/engine.ts'
import type { SyncEngine } from '../sync/sync.ts'
import { carryLate } from './former-logs.ts'
import { decodeGrant, grantKeys } from './grant.ts'
import { logsOnDiskOf, ownersOfLogs, takeLogs } from './log-owners.ts'
import type { Letter } from './letter.ts'
import { OwnLooks } from './own-looks.ts'
import type { KnownContact } from './people-document.ts'
import { type Clerk, everyStep, type PostOffice, type Step } from './post-office.ts'
import {
  answerGrant,
  changeByGrant,
  dropFormerLog,
  endGrant,
  isGivenBy,
  type KnownGrant,
  putAnswerTold,
  putGrantEpochs,
  putOpenedTold,
  readReceived,
  RECEIVED_SHARD,
  type ReceivedDocument,
  type ReceivedLog,
} from './received-document.ts'
import { decodeShareEnded, encodeShareAnswer, encodeShareOpened } from './share-letters.ts'
import { keepUnsent } from './unsent-frames.ts'
import {
  evictLog,
  evictShare,
  openFormerLog,
  openSharedRecord,
  type SharedRecord,
  type SharedRecordDeps,
} from './shared-record.ts'

type Bytes = Uint8Array<ArrayBuffer>

const GONE_PREFIX = 'share-gone/'
/** Who shares hears of a look at most this often. */
const OPENED_EVERY_MS = 3600_000

export interface ReceivedDeps {
  readonly ports: Ports
  readonly account: Account
  readonly office: PostOffice
  /** Seals what stays on this device. */
  readonly localKey: Bytes
  readonly commit: (prepared: readonly PreparedWrite[]) => Promise<Result<void, StoreFailure>>
  /** Which records can be looked at has changed. */
  onChange(): void
}

/** Records that others share with this person: opened when accepted, level with the relay, gone when they end. */
export class ReceivedShares implements Clerk {
  readonly #deps: ReceivedDeps
  readonly #engine: SyncEngine
  readonly #open = new Map<ShareId, SharedRecord>()
  #looks: Promise<OwnLooks> | undefined
  #following: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(deps: ReceivedDeps) {
    this.#deps = deps
    const { relay: link, clock, random } = deps.ports
    const { client, row } = deps.account
    // An engine of its own: what somebody else's log can't do is no trouble of this person's record.
    this.#engine = makeSyncEngine({ link, client, holder: deviceKeys(row.seeds).holder, clock, random })
  }

  async grants(): Promise<readonly KnownGrant[]> {
    return readReceived(await this.#log.read<ReceivedDocument>(RECEIVED_SHARD))
  }

  /** Of an accepted share. */
  lookAt(id: ShareId): SharedRecord | undefined {
    return this.#open.get(id)
  }

  /** Entries of these sections are on the screen: who gives them hears of it later. */
  async noteLook(id: ShareId, sections: readonly Section[]): Promise<void> {
    if (sections.length === 0 || this.#isClosed) return
    const looks = await this.#ownLooks()
    await looks.note(id, sections, this.#deps.office.now())
  }

  #ownLooks(): Promise<OwnLooks> {
    this.#looks ??= OwnLooks.open(this.#deps.ports.store, this.#deps.localKey)
    return this.#looks
  }

  setOnline(isOnline: boolean): void {
    this.#engine.setOnline(isOnline)
  }

  async answer(id: ShareId, answer: 'accepted' | 'declined' | 'left'): Promise<Result<void, StoreFailure>> {
    return this.change(doc => answerGrant(doc, id, answer))
  }

  /** Everything that this contact gave. */
  async leaveAll(contact: ContactId): Promise<Result<void, StoreFailure>> {
    const open = (await this.grants()).filter(grant => grant.contact === contact && grant.endedBy === undefined)
    if (open.length === 0) return ok(undefined)
    return this.change(doc =>
      open.forEach(({ id, isAccepted }) => answerGrant(doc, id, isAccepted ? 'left' : 'declined')),
    )
  }

  async change(edit: (doc: ReceivedDocument) => void): Promise<Result<void, StoreFailure>> {
    await this.#log.change<ReceivedDocument>(RECEIVED_SHARD, edit)
    return this.#log.flush()
  }

  async take(letter: Letter, contact: KnownContact): Step {
    if (letter.kind === 'share-ended') {
      const ended = decodeShareEnded(letter.body)
      const known = (await this.grants()).find(one => one.id === ended?.shareId && one.contact === contact.id)
      return ended && known ? this.#keep(doc => endGrant(doc, known.id, ended.endedBy)) : ok(undefined)
    }
    const grant = letter.kind === 'grant' ? decodeGrant(letter.body) : undefined
    if (!grant?.ok || !isGivenBy(grant.value, contact.card.idSign)) return ok(undefined)
    const change = changeByGrant(grant.value, contact.id, await this.grants(), this.#deps.ports.clock.now())
    return change === undefined ? ok(undefined) : this.#keep(change)
  }

  async round(): Step {
    const now = this.#deps.office.now()
    const told = await everyStep(
      (await this.grants()).map(grant => async () => {
        const isOver = grant.endedBy === undefined && now >= grant.until
        const ended = isOver ? await this.#keep(doc => endGrant(doc, grant.id, 'expired')) : ok(undefined)
        return ended.ok ? this.#tell(grant) : ended
      }),
    )
    await (await this.#ownLooks()).save()
    return told
  }

  async #tell(grant: KnownGrant): Step {
    const { id: shareId, toTell } = grant
    const contact = (await this.#deps.office.book()).contacts.find(one => one.id === grant.contact)
    if (contact === undefined) return ok(undefined)
    const looked = await this.#tellLook(grant, contact)
    if (!looked.ok || toTell === undefined) return looked
    const body = encodeShareAnswer({ shareId, answer: toTell })
    const written = await this.#deps.office.write(contact.card, 'share-answer', body)
    return written.ok ? this.#keep(doc => putAnswerTold(doc, shareId)) : written
  }

  /** At most hourly; what was seen before the end is told after it, too. */
  async #tellLook(grant: KnownGrant, { card }: KnownContact): Step {
    const { office } = this.#deps
    const isOver = grant.endedBy !== undefined || office.now() >= grant.until
    if (!isOver && office.now() < grant.toldOpenedAt + OPENED_EVERY_MS) return ok(undefined)
    const looks = await this.#ownLooks()
    const look = looks.take(grant.id)
    if (look === undefined) return ok(undefined)
    const written = await office.write(card, 'share-opened', encodeShareOpened(look))
    if (!written.ok) {
      looks.add(look)
      return written
    }
    return this.#keep(doc => putOpenedTold(doc, grant.id, look.to))
  }

  /** Opens what was accepted, lets go of what has ended. Resolves when it is level with the document. */
  follow(): Promise<void> {
    this.#following = this.#following.then(() => (this.#isClosed ? undefined : this.#follow()))
    return this.#following
  }

  async #follow(): Promise<void> {
    const grants = await this.grants()
    // A later share may name the same logs: what an ended one left must be gone before they are opened.
    for (const grant of grants.filter(one => one.endedBy !== undefined)) await this.#letGo(grant)
    const owners = await ownersOfLogs(this.#deps.ports.store, grants)
    for (const grant of grants.filter(one => one.endedBy === undefined)) {
      if (this.#isClosed) return
      const logs = grant.logs.filter(log => (owners.get(log.logId) ?? grant.id) === grant.id)
      if (grant.isAccepted && logs.length > 0) await this.#openOrRefresh({ ...grant, logs })
      for (const former of grant.former) await this.#leaveFormer(grant, former)
    }
    this.#deps.onChange()
  }

  async #letGo(grant: KnownGrant): Promise<void> {
    await this.#open.get(grant.id)?.close()
    this.#open.delete(grant.id)
    const { store } = this.#deps.ports
    const key = `${GONE_PREFIX}${grant.id}`
    if ((await store.get('sealed', key)) !== undefined) return
    // What the disk refuses to delete now goes at the next unlock; once gone, the logs may be another share's.
    const logs = await logsOnDiskOf(store, grant)
    const kept = await keepUnsent(store, grant, logs)
    if (!kept.ok) return
    const gone = await evictShare(store, grant.id, logs)
    if (gone.ok) await store.commit([{ table: 'sealed', key, value: Uint8Array.of(1) }])
  }

  async #openOrRefresh(grant: KnownGrant): Promise<void> {
    const there = this.#open.get(grant.id)
    if (there !== undefined && (await there.refresh(grant))) return
    await there?.close()
    this.#open.delete(grant.id)
    // What another share left of a log, or has of it no more, was written in that one's name.
    if (!(await takeLogs(this.#deps.ports.store, grant)).ok) return
    const opened = await openSharedRecord(this.#recordDeps(), grant, await this.#principalsOf(grant.contact))
    if (opened.ok) this.#open.set(grant.id, opened.value)
  }

  async #principalsOf(contact: ContactId): Promise<ReadonlySet<PrincipalId>> {
    const ofContact = (await this.grants()).filter(one => one.contact === contact)
    return new Set(ofContact.map(({ seed }) => grantKeys(seed).principal))
  }

  #recordDeps(): SharedRecordDeps {
    const { ports, localKey, commit, account } = this.#deps
    const { store, clock, random } = ports
    return {
      store,
      clock,
      random,
      localKey,
      commit,
      engine: this.#engine,
      kems: () => {
        const { shareKem, formerShareKems } = account.keyring
        return [shareKem, ...formerShareKems.map(former => former.key)]
      },
      keep: (id, logId, keys) => this.change(doc => putGrantEpochs(doc, id, logId, keys)),
    }
  }

  /** The section goes on in another log, or is not shared any more. What nobody has yet of what was written here goes over first. */
  async #leaveFormer(grant: KnownGrant, former: ReceivedLog): Promise<void> {
    const { store } = this.#deps.ports
    if ((await logsOnDiskOf(store, { ...grant, logs: [], former: [former] })).length === 0) {
      await this.change(doc => dropFormerLog(doc, grant.id, former.logId))
      return
    }
    const successor = this.#open.get(grant.id)?.logs.get(former.section)
    const unsent = grant.role === 'read' ? [] : await store.keys('outbox', `${former.logId}/`)
    if (unsent.length > 0 && successor !== undefined && !(await this.#carryUnsent(grant, former, successor))) return
    // It is not shared any more.
    const kept = successor === undefined ? await keepUnsent(store, grant, [former.logId]) : ok(undefined)
    if (!kept.ok) return
    const gone = await evictLog(store, former.logId)
    if (gone.ok) await this.change(doc => dropFormerLog(doc, grant.id, former.logId))
  }

  async #carryUnsent(grant: KnownGrant, former: ReceivedLog, successor: SealedLog): Promise<boolean> {
    const opened = await openFormerLog(this.#recordDeps(), grant, former)
    if (!opened.ok) return true
    const carried = await carryLate(opened.value, successor)
    opened.value.dispose()
    if (carried.ok && carried.value) return true
    const stop = successor.subscribe(event => {
      if (event.kind !== 'documents') return
      stop()
      void this.follow().catch((cause: unknown) => {
        if (!this.#isClosed) throw cause
      })
    })
    return false
  }

  /** Saves and closes everything; keys are wiped. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#following
    await (await this.#looks)?.save()
    this.#engine.stop()
    for (const shared of this.#open.values()) await shared.close()
    this.#open.clear()
  }

  get #log() {
    return this.#deps.account.logs.home.log
  }

  async #keep(edit: (doc: ReceivedDocument) => void): Step {
    const kept = await this.change(edit)
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }
}
