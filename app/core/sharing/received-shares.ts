import type { ContactId, DeviceId, ShareId } from '#schema/ids.ts'
import { isConversation, type Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../ports.ts'
import { decodeGrant, type Grant } from './grant.ts'
import type { Letter } from './letter.ts'
import { OwnLooks } from './own-looks.ts'
import type { KnownContact } from './people-document.ts'
import { type Clerk, everyStep, type Step, type Taken } from './clerk.ts'
import type { PostOffice } from './post-office.ts'
import {
  answerAgain,
  answerGrant,
  answerOf,
  changeByGrant,
  dropKeptCopy,
  dropKeys,
  endGrant,
  isGivenBy,
  isRefusedBefore,
  mayGoOn,
  putAnswerTold,
  putKeptCopy,
  putOfferedBy,
  putOpenedTold,
  putRefused,
  putToSayAgain,
  refuseAgain,
} from './received-changes.ts'
import { type KnownGrant, readReceived, RECEIVED_SHARD, type ReceivedDocument } from './received-document.ts'
import { type RecordsDeps, ReceivedRecords } from './received-records.ts'
import {
  decodeShareEnded,
  encodeShareAnswer,
  encodeShareKept,
  encodeShareOpened,
  type ShareKept,
} from './share-letters.ts'
import { bringsConversation } from './shared-names.ts'
import { beingJoined, joinTwins } from './twin-grants.ts'

/** Of one contact so many conversations go on at once. */
const MOST_CONVERSATIONS = 32
/** Who shares hears of a look at most this often. */
const OPENED_EVERY_MS = 3600_000

export interface ReceivedDeps extends Omit<RecordsDeps, 'grants' | 'beingJoined' | 'change'> {
  readonly office: PostOffice
}

/** What others share with this person: offers, answers, ends, and what of looking at it is told to who gives it. */
export class ReceivedShares implements Clerk {
  readonly records: ReceivedRecords
  readonly #deps: ReceivedDeps
  readonly #looks: Promise<OwnLooks>

  constructor(deps: ReceivedDeps) {
    this.#deps = deps
    this.#looks = OwnLooks.open(deps.ports.store, deps.localKey)
    this.records = new ReceivedRecords({
      ...deps,
      grants: () => this.grants(),
      beingJoined: async () => beingJoined(await this.#log.read<ReceivedDocument>(RECEIVED_SHARD)),
      change: edit => this.change(edit),
    })
  }

  async grants(): Promise<readonly KnownGrant[]> {
    return readReceived(await this.#log.read<ReceivedDocument>(RECEIVED_SHARD))
  }

  /** Entries of these sections are on the screen: who gives them hears of it later. */
  async noteLook(id: ShareId, sections: readonly Section[]): Promise<void> {
    if (sections.length === 0) return
    await (await this.#looks).note(id, sections, this.#deps.office.now())
  }

  /** Durable when it answers ok; told to who gives when the relay can be reached. */
  async noteKept(kept: ShareKept): Promise<Result<void, StoreFailure>> {
    return this.change(doc => putKeptCopy(doc, kept.shareId, String(kept.at), encodeShareKept(kept)))
  }

  async answer(id: ShareId, answer: 'accepted' | 'declined' | 'left'): Promise<Result<void, StoreFailure>> {
    return this.change(doc => answerGrant(doc, id, answer, this.#deps.office.now()))
  }

  /** Everything that this contact gave; also what ran out, as no letter that gives it more time is read any more. */
  async leaveAll(contact: ContactId): Promise<Result<void, StoreFailure>> {
    const now = this.#deps.office.now()
    const open = (await this.grants()).filter(grant => grant.contact === contact && mayGoOn(grant, now))
    if (open.length === 0) return ok(undefined)
    return this.change(doc =>
      open.forEach(({ id, isAccepted }) => answerGrant(doc, id, isAccepted ? 'left' : 'declined', now)),
    )
  }

  async change(edit: (doc: ReceivedDocument) => void): Promise<Result<void, StoreFailure>> {
    await this.#log.change<ReceivedDocument>(RECEIVED_SHARD, edit)
    return this.#log.flush()
  }

  async take(letter: Letter, contact: KnownContact): Taken {
    if (letter.kind === 'share-ended') return this.#takeEnd(letter, contact)
    const grant = letter.kind === 'grant' ? decodeGrant(letter.body) : undefined
    if (!grant?.ok || !isGivenBy(grant.value, contact.card.idSign)) return ok(undefined)
    const doc = await this.#log.read<ReceivedDocument>(RECEIVED_SHARD)
    if (isRefusedBefore(doc, grant.value.shareId, contact.id)) {
      const again = refuseAgain(doc, grant.value, contact.id, this.#deps.office.now())
      return again === undefined ? ok(undefined) : this.#keep(again)
    }
    const grants = readReceived(doc)
    // One of a later version overtook the one that offers it, which alone has the seed.
    if (grant.value.seed === undefined && grants.every(one => one.id !== grant.value.shareId)) return ok('early')
    const change = changeByGrant(grant.value, contact.id, grants, this.#deps.office.now())
    if (change === undefined) return ok(undefined)
    const by = grants.some(one => one.id === grant.value.shareId) ? undefined : letter.chain[0]?.device
    const isTakenAtOnce = by !== undefined && isWelcome(grant.value, contact.id, grants)
    return this.#keep(doc => {
      change(doc)
      if (by !== undefined) putOfferedBy(doc, grant.value.shareId, by)
      if (isTakenAtOnce) answerGrant(doc, grant.value.shareId, 'accepted', this.#deps.office.now())
    })
  }

  /** What was answered, or that it is over, only a device may know that they have removed since. */
  async metAgain(contact: ContactId): Step {
    const now = this.#deps.office.now()
    const unheard = (await this.grants()).flatMap(grant => {
      const answer = grant.contact === contact && grant.toTell === undefined ? answerAgain(grant, now) : undefined
      return answer === undefined ? [] : [{ id: grant.id, answer }]
    })
    if (unheard.length === 0) return ok(undefined)
    return this.#keep(doc => unheard.forEach(({ id, answer }) => putToSayAgain(doc, id, answer)))
  }

  async #takeEnd(letter: Letter, contact: KnownContact): Step {
    const ended = decodeShareEnded(letter.body)
    if (ended === undefined) return ok(undefined)
    const { shareId, endedBy, version } = ended
    const known = (await this.grants()).find(one => one.id === shareId)
    const now = this.#deps.office.now()
    if (known === undefined) return this.#keep(doc => putRefused(doc, shareId, contact.id, endedBy, now, version))
    return known.contact === contact.id
      ? this.#keep(doc => endGrant(doc, shareId, endedBy, now, version))
      : ok(undefined)
  }

  async round(): Step {
    const joined = await this.#joinTwins()
    if (!joined.ok) return joined
    const forgotten = await this.#leaveForgotten()
    if (!forgotten.ok) return forgotten
    const ended = asStep(await this.endOver())
    if (!ended.ok) return ended
    const left = await this.#dropKeysLeft()
    if (!left.ok) return left
    const told = await everyStep((await this.grants()).map(grant => () => this.#tell(grant)))
    await (await this.#looks).save()
    return told
  }

  /** Another device took an offer before it heard that this one had removed the contact: no letter of theirs is read any more. */
  async #leaveForgotten(): Step {
    const { removed } = await this.#deps.office.book()
    return everyStep(
      removed.map(
        ({ id }) =>
          async () =>
            asStep(await this.leaveAll(id)),
      ),
    )
  }

  async #joinTwins(): Step {
    const changes = joinTwins(await this.#log.read<ReceivedDocument>(RECEIVED_SHARD))
    return changes.length === 0 ? ok(undefined) : this.#keep(doc => changes.forEach(change => change(doc)))
  }

  /** Another device of ours may have put keys to a share before it heard of the end. */
  async #dropKeysLeft(): Step {
    const hasKeys = ({ endedBy, logs, former }: KnownGrant) =>
      endedBy !== undefined && [...logs, ...former].some(log => log.epochs.length > 0 && !isConversation(log.section))
    const left = (await this.grants()).filter(hasKeys)
    return left.length === 0 ? ok(undefined) : this.#keep(doc => left.forEach(({ id }) => dropKeys(doc, id)))
  }

  /** Ends for good what is over by the time that the relay told since this process began; offline too. */
  async endOver(): Promise<Result<void, StoreFailure>> {
    const { time } = this.#deps
    if (!time.isSure) return ok(undefined)
    const now = time.now()
    const over = (await this.grants()).filter(grant => grant.endedBy === undefined && now >= grant.until)
    if (over.length === 0) return ok(undefined)
    return this.change(doc => over.forEach(({ id, until }) => endGrant(doc, id, 'expired', until)))
  }

  /** Saves and closes everything; keys are wiped. */
  async close(): Promise<void> {
    await this.records.close()
    await (await this.#looks).save()
  }

  async #tell(grant: KnownGrant): Step {
    const { id: shareId, toldBy, offeredBy } = grant
    const isUnheard = toldBy !== undefined && this.#isRemoved(toldBy)
    const toTell = grant.toTell ?? (isUnheard ? answerOf(grant, this.#deps.office.now()) : undefined)
    const { contacts, removed } = await this.#deps.office.book()
    const contact = [...contacts, ...removed].find(one => one.id === grant.contact)
    if (contact === undefined) return ok(undefined)
    const kept = await this.#tellKept(grant, contact)
    const looked = kept.ok ? await this.#tellLook(grant, contact) : kept
    if (!looked.ok || toTell === undefined) return looked
    const body = encodeShareAnswer({ shareId, answer: toTell, ...(offeredBy === undefined ? {} : { offeredBy }) })
    const written = await this.#deps.office.write(contact.card, 'share-answer', body)
    return written.ok ? this.#keep(doc => putAnswerTold(doc, shareId, toTell, this.#deps.account.deviceId)) : written
  }

  #isRemoved(device: DeviceId): boolean {
    const { devices } = this.#deps.account.keyring
    return devices.some(({ deviceId, removedAt }) => deviceId === device && removedAt !== undefined)
  }

  async #tellKept({ id, keptToTell }: KnownGrant, { card }: KnownContact): Step {
    for (const [name, body] of keptToTell) {
      const written = await this.#deps.office.write(card, 'share-kept', body)
      const noted = written.ok ? await this.#keep(doc => dropKeptCopy(doc, id, name)) : written
      if (!noted.ok) return noted
    }
    return ok(undefined)
  }

  /** At most hourly; what was seen before the end is told after it, too. */
  async #tellLook(grant: KnownGrant, { card }: KnownContact): Step {
    const { office } = this.#deps
    const isOver = grant.endedBy !== undefined || office.now() >= grant.until
    if (!isOver && office.now() < grant.toldOpenedAt + OPENED_EVERY_MS) return ok(undefined)
    const looks = await this.#looks
    const look = looks.take(grant.id)
    if (look === undefined) return ok(undefined)
    const written = await office.write(card, 'share-opened', encodeShareOpened(look))
    if (!written.ok) {
      looks.add(look)
      return written
    }
    return this.#keep(doc => putOpenedTold(doc, grant.id, look.to))
  }

  get #log() {
    return this.#deps.account.logs.home.log
  }

  async #keep(edit: (doc: ReceivedDocument) => void): Step {
    return asStep(await this.change(edit))
  }
}

/** A conversation that somebody begins whom this person met (decision 49); who begins too many is not heard with all of them. */
function isWelcome({ logs }: Grant, contact: ContactId, grants: readonly KnownGrant[]): boolean {
  const going = grants.filter(one => one.contact === contact && one.endedBy === undefined && bringsConversation(one))
  return logs.some(log => isConversation(log.section)) && going.length < MOST_CONVERSATIONS
}

function asStep(kept: Result<void, StoreFailure>): Awaited<Step> {
  return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
}
