import { ImmutableString } from '@automerge/automerge/slim'
import { hash, logIdOf } from '#crypto/hash.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { equalBytes } from '#schema/bytes.ts'
import { type ContactId, type DeviceId, idBytes, type LogId, type PrincipalId, type ShareId } from '#schema/ids.ts'
import { type Instant } from '#schema/instant.ts'
import { decodeGenesis } from '#schema/protocol/genesis.ts'
import { isConversation } from '#schema/record/sections.ts'
import type { EpochKey } from '../log/sealed-log.ts'
import type { Grant, GrantedLog } from './grant.ts'
import { LETTER_MS } from './letter.ts'
import {
  answerToTell,
  endOf,
  isFormer,
  type KnownGrant,
  type ReceivedDocument,
  type ReceivedEnd,
  type ReceivedLogDocument,
  type ReceivedShareDocument,
  seedsOf,
} from './received-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Only sections' logs that the giver's own idSign stands behind: nobody passes on somebody else's. */
export function isGivenBy({ logs }: Grant, giver: PrincipalId): boolean {
  return logs.every(({ genesis }) => {
    const decoded = decodeGenesis(genesis)
    if (!decoded.ok || decoded.value.kind !== 'section') return false
    return equalBytes(decoded.value.ownerHash, hash(idBytes(giver), decoded.value.salt))
  })
}

/** Of one contact: that nobody answered yet, and in all. More are an app gone wrong, or worse: they would fill this person's home log. */
const MAX_OFFERS = 32
const MAX_SHARES = 512
/** Of one share: a section has one log, and for a while the one before it. */
const MAX_LOGS = 64
const MAX_EPOCHS = 4096
const MAX_SEEDS = 256

/** What a grant letter changes; undefined when it says nothing new, or more than there can be. `all`: the shares that are here. */
export function changeByGrant(
  grant: Grant,
  contact: ContactId,
  all: readonly KnownGrant[],
  at: Instant,
): ((doc: ReceivedDocument) => void) | undefined {
  const known = all.find(one => one.id === grant.shareId)
  if (known === undefined) {
    const { seed } = grant
    const theirs = all.filter(one => one.contact === contact)
    const offers = theirs.filter(one => one.endedBy === undefined && !one.isAccepted)
    const isTooMuch = offers.length >= MAX_OFFERS || theirs.length >= MAX_SHARES
    return isTooMuch ? undefined : seed && (doc => putGrant(doc, grant, contact, seed, at))
  }
  const isOthers = known.contact !== contact
  if (isOthers || grant.version < known.version || !hasRoom(known, grant)) return undefined
  // Ran out here while the letter with more time was on its way.
  const isProlonged = known.endedBy === 'expired' && grant.version > known.version && at < grant.until
  if (known.endedBy !== undefined && !isProlonged) return sayAgain(known, grant.version, at)
  return doc => {
    const share = doc[grant.shareId]
    if (share === undefined) return
    updateGrant(share, grant, at)
    if (!isProlonged) return
    takeBackEnd(share)
    // Whoever gives may have been told meanwhile that it is over.
    if (known.isAccepted) share.toTell = new ImmutableString('accepted')
  }
}

/**
 * Who gives has not heard the answer, or that they said themselves that it is over: a device of theirs did that they had removed. Once a
 * version.
 */
function sayAgain({ id, endedBy, isAccepted, version, toldEnd }: KnownGrant, heard: number, at: Instant) {
  if (endedBy === undefined || endedBy === 'expired' || heard < (toldEnd ?? version + 1)) return undefined
  const answer = saidByRecipient(endedBy, isAccepted)
  return (doc: ReceivedDocument) => {
    endGrant(doc, id, endedBy, at, heard)
    doc[id]!.toldEnd = heard + 1
    doc[id]!.toTell = new ImmutableString(answer)
  }
}

/** Who gives has forgotten that they ended it themselves: for them it is this person who says so. */
function saidByRecipient(endedBy: ReceivedEnd, isAccepted: boolean) {
  if (endedBy !== 'stopped') return endedBy
  return isAccepted ? 'left' : 'declined'
}

function hasRoom(known: KnownGrant, { logs, seed }: Grant): boolean {
  const there = new Map([...known.logs, ...known.former].map(log => [log.logId, log.epochs.length]))
  const fresh = logs.filter(log => !there.has(logIdOf(log.genesis)))
  return (
    (seed === undefined || known.seeds.length < MAX_SEEDS) &&
    there.size + fresh.length <= MAX_LOGS &&
    logs.every(log => (there.get(logIdOf(log.genesis)) ?? 0) + log.epochs.length <= MAX_EPOCHS)
  )
}

function putGrant(doc: ReceivedDocument, grant: Grant, contact: ContactId, seed: Bytes, at: Instant): void {
  doc[grant.shareId] = {
    contact: new ImmutableString(contact),
    recordName: new ImmutableString(grant.recordName),
    role: new ImmutableString(grant.role),
    until: grant.until,
    receivedAt: at,
    seed,
    seeds: { [grant.version]: seed },
    version: grant.version,
    partCount: grant.parts,
    parts: { [grant.part]: true },
    isPaused: grant.isPaused,
    logs: {},
    isAccepted: false,
    kept: {},
  }
  putLogs(doc[grant.shareId]!, grant)
}

function updateGrant(share: ReceivedShareDocument, grant: Grant, at: Instant): void {
  const named = grant.logs.map(log => logIdOf(log.genesis)).filter(logId => isFormer(share, logId))
  if (grant.version > share.version) {
    share.version = grant.version
    share.partCount = grant.parts
    share.parts = {}
    share.until = grant.until
    share.isPaused = grant.isPaused
    share.role = new ImmutableString(grant.role)
    // Written anew though it be the same: another device may be taking it off the list.
    delete share.recordName
    share.recordName = new ImmutableString(grant.recordName)
    if (grant.seed !== undefined && !equalBytes(grant.seed, seedsOf(share).at(-1)!)) {
      share.seeds ??= {}
      share.seeds[grant.version] = grant.seed
      share.seededAt = at
    }
  }
  // While it is paused no logs are named: those that were known go on afterwards.
  if (grant.isPaused) for (const log of Object.values(share.logs)) log.version = grant.version
  // Another device, on which it has just run out, may be letting go of the same keys: once a letter they are written anew.
  const isNew = share.parts[String(grant.part)] !== true
  share.parts[String(grant.part)] = true
  // Another device may be leaving it as a former one.
  for (const logId of named) share.logs[logId] = copyOf(share.logs[logId]!)
  putLogs(share, grant, isNew)
}

/** Automerge takes over nothing that is in the document already. */
function copyOf({ section, genesis, capability, epochs, version }: ReceivedLogDocument): ReceivedLogDocument {
  const keys = Object.entries(epochs).map(([keyId, secret]) => [keyId, new Uint8Array(secret)] as const)
  return {
    section: new ImmutableString(String(section)),
    genesis: new Uint8Array(genesis),
    capability: new Uint8Array(capability),
    epochs: Object.fromEntries(keys),
    version,
  }
}

function putLogs(share: ReceivedShareDocument, grant: Grant, isNew = true): void {
  for (const log of grant.logs) {
    const there = share.logs[logIdOf(log.genesis)]
    if (there === undefined) share.logs[logIdOf(log.genesis)] = documentOf(log, grant.version)
    else {
      there.version = grant.version
      there.capability = log.capability
      for (const { keyId, secret } of log.epochs) {
        if (isNew) delete there.epochs[keyId]
        there.epochs[keyId] ??= secret
      }
    }
  }
}

function documentOf(log: GrantedLog, version: number): ReceivedLogDocument {
  return {
    section: new ImmutableString(log.section),
    genesis: log.genesis,
    capability: log.capability,
    epochs: Object.fromEntries(log.epochs.map(({ keyId, secret }) => [keyId, secret])),
    version,
  }
}

/** The letter that ended it overtook the one that offered it. */
export function isRefusedBefore(doc: Readonly<ReceivedDocument>, id: ShareId, contact: ContactId): boolean {
  const there = doc[id]
  return there?.seed.length === 0 && String(there.contact) === contact
}

/** A letter that offers what is refused is not older than that end: another device of who gives has not heard of it, and is told. */
export function refuseAgain(
  doc: Readonly<ReceivedDocument>,
  grant: Grant,
  contact: ContactId,
  at: Instant,
): ((doc: ReceivedDocument) => void) | undefined {
  const there = doc[grant.shareId]
  if (there === undefined || there.version === 0 || grant.version < there.version) return undefined
  // The letter with the seed was refused as an older one: this one opens nothing, and need not.
  const seed = grant.seed ?? randomBytes(32)
  return draft => {
    putGrant(draft, { ...grant, logs: [] }, contact, seed, at)
    endGrant(draft, grant.shareId, 'stopped', at)
    const share = draft[grant.shareId]!
    share.toldEnd = grant.version + 1
    share.toTell = new ImmutableString('declined')
  }
}

// ── inside a change ──

/** Nothing of it is here yet, nor ever will be, unless another device of ours has taken it. `version`: that the end was told with. */
export function putRefused(
  doc: ReceivedDocument,
  id: ShareId,
  contact: ContactId,
  endedBy: ReceivedEnd,
  at: Instant,
  version = 0,
): void {
  doc[id] ??= {
    contact: new ImmutableString(contact),
    recordName: new ImmutableString(''),
    role: new ImmutableString('read'),
    until: at,
    receivedAt: at,
    seed: new Uint8Array(0),
    version,
    partCount: 0,
    parts: {},
    isPaused: false,
    logs: {},
    isAccepted: false,
    kept: {},
    endedBy: new ImmutableString(endedBy),
  }
}

export function answerGrant(
  doc: ReceivedDocument,
  id: ShareId,
  answer: 'accepted' | 'declined' | 'left',
  at: Instant,
): void {
  const share = doc[id]
  if (share === undefined) return
  share.toTell = new ImmutableString(answer)
  if (answer === 'accepted') share.isAccepted = true
  else {
    // More time may be on its way to what ran out: nobody wants that either.
    if (String(share.endedBy ?? '') === 'expired') takeBackEnd(share)
    endGrant(doc, id, answer, at)
  }
}

/** Once, with the letter that offers it. */
export function putOfferedBy(doc: ReceivedDocument, id: ShareId, by: DeviceId): void {
  const share = doc[id]
  if (share !== undefined) share.offeredBy = new ImmutableString(by)
}

/** Who gives hears it once more. */
export function putToSayAgain(doc: ReceivedDocument, id: ShareId, answer: NonNullable<KnownGrant['toTell']>): void {
  const share = doc[id]
  if (share !== undefined) share.toTell = new ImmutableString(answer)
}

/** Not over for good: nobody said that it is, and more time may be on its way to what ran out within the time that a letter lies. */
export function mayGoOn({ endedBy, endedAt }: Pick<KnownGrant, 'endedBy' | 'endedAt'>, now: Instant): boolean {
  return endedBy === undefined || (endedBy === 'expired' && endedAt !== undefined && now < endedAt + LETTER_MS)
}

/** Its keys go with it; the home log's past has them still (decision 0011). */
export function endGrant(doc: ReceivedDocument, id: ShareId, endedBy: ReceivedEnd, at: Instant, version = 0): void {
  const share = doc[id]
  if (share === undefined) return
  // By its giver's word: no letter from before it says otherwise.
  if (version > share.version) {
    for (const log of Object.values(share.logs)) if (log.version === share.version) log.version = version
    share.version = version
    share.toldEnd = version
  }
  if (endOf(share) !== undefined) return
  share.endedBy = new ImmutableString(endedBy)
  share.endedAt = at
  share.endedVersion = share.version
  // That was the end before.
  delete share.isPutAway
  dropKeys(doc, id)
}

/** It goes on. */
export function takeBackEnd(share: ReceivedShareDocument): void {
  delete share.endedBy
  delete share.endedAt
  delete share.endedVersion
  delete share.isPutAway
}

/** Nothing where it goes on. Its row stays without a name, so that an old letter offers it to nobody once more. */
export function putAway(doc: ReceivedDocument, id: ShareId): void {
  const share = doc[id]
  if (share === undefined || endOf(share) === undefined) return
  share.isPutAway = true
  // Deleted, not emptied: where another device took a letter with more time meanwhile, the name that it gave stands.
  delete share.recordName
}

/** Also those that another device added while it did not know of the end. */
/** What was said to each other stays readable for who took part (decision 49). */
export function dropKeys(doc: ReceivedDocument, id: ShareId): void {
  for (const log of Object.values(doc[id]?.logs ?? {})) {
    if (isConversation(String(log.section))) continue
    for (const keyId of Object.keys(log.epochs)) delete log.epochs[keyId]
  }
}

/** Before the copy is handed out. */
export function putKeptCopy(doc: ReceivedDocument, id: ShareId, name: string, body: Bytes): void {
  const share = doc[id]
  if (share === undefined) return
  share.kept ??= {}
  share.kept[name] = body
}

export function dropKeptCopy(doc: ReceivedDocument, id: ShareId, name: string): void {
  const share = doc[id]
  if (share?.kept !== undefined) delete share.kept[name]
}

/** Another answer may have been given while this one was on its way. */
export function putAnswerTold(
  doc: ReceivedDocument,
  id: ShareId,
  told: NonNullable<KnownGrant['toTell']>,
  by: DeviceId,
): void {
  const share = doc[id]
  if (share === undefined) return
  if (answerToTell(share) === told) delete share.toTell
  share.toldBy = new ImmutableString(by)
}

/** What its giver has to know of a share still, should they have heard nothing. */
export function answerOf(
  { endedBy, endedAt, isAccepted }: Pick<KnownGrant, 'endedBy' | 'endedAt' | 'isAccepted'>,
  now: Instant,
): KnownGrant['toTell'] {
  if (endedAt !== undefined && now >= endedAt + LETTER_MS) return undefined
  if (endedBy === 'declined' || endedBy === 'left') return endedBy
  return endedBy === undefined && isAccepted ? 'accepted' : undefined
}

/** The same, to who may have forgotten all of it, also that they ended it: only a device may know that they have removed since. */
export function answerAgain(grant: Parameters<typeof answerOf>[0], now: Instant): KnownGrant['toTell'] {
  const { endedBy, isAccepted } = grant
  return answerOf(endedBy === undefined ? grant : { ...grant, endedBy: saidByRecipient(endedBy, isAccepted) }, now)
}

export function putOpenedTold(doc: ReceivedDocument, id: ShareId, at: Instant): void {
  const share = doc[id]
  if (share !== undefined) share.toldOpenedAt = at
}

/**
 * A device needs nothing of a former log any more. Once that is so of all `devices` the log's keys go: before, one that has something
 * unsent there could not open it. Nothing where a letter has named it again.
 */
export function leaveFormerLog(
  doc: ReceivedDocument,
  id: ShareId,
  {
    logId,
    deviceId,
    devices,
  }: { readonly logId: LogId; readonly deviceId: DeviceId; readonly devices: readonly DeviceId[] },
): void {
  const share = doc[id]
  const log = share?.logs[logId]
  if (share === undefined || log === undefined || !isFormer(share, logId)) return
  const isThrough = (device: DeviceId) => device === deviceId || log.through?.[device] === true
  if (devices.every(isThrough)) delete share.logs[logId]
  else if (log.through?.[deviceId] !== true) {
    log.through ??= {}
    log.through[deviceId] = true
  }
}

export function putGrantEpochs(doc: ReceivedDocument, id: ShareId, logId: LogId, keys: readonly EpochKey[]): void {
  const share = doc[id]
  const log = share?.logs[logId]
  if (share === undefined || log === undefined || endOf(share) !== undefined) return
  for (const { keyId, secret } of keys) log.epochs[keyId] ??= secret
}
