import * as A from '@automerge/automerge/slim'
import { ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { twinsOf } from '../twin-maps.ts'
import { answerGrant, dropKeys, endGrant, takeBackEnd } from './received-changes.ts'
import { endOf, type ReceivedDocument, type ReceivedShareDocument } from './received-document.ts'

type Change = (doc: ReceivedDocument) => void

/**
 * Two devices that take one offer before either has heard of the other each put a map for it, of which one counts. What the other one
 * says would be lost: that it ended, was answered, or newer letters. Answers what is to be changed, nothing once it was.
 */
export function joinTwins(doc: Readonly<ReceivedDocument>): Change[] {
  return Object.keys(doc).flatMap(key => {
    const [id, share] = [ShareId.parse(key), doc[key]]
    return id === undefined || share === undefined ? [] : twinsOf(doc, key).flatMap(twin => joinOne(id, share, twin))
  })
}

/** Shares of which the map that counts says nothing but that they ended, and another one what they are: known, once they are joined. */
export function beingJoined(doc: Readonly<ReceivedDocument>): readonly ShareId[] {
  return Object.keys(doc).flatMap(key => {
    const isEndAlone = doc[key]?.seed.length === 0
    return isEndAlone && twinsOf(doc, key).some(({ seed }) => seed.length > 0) ? (ShareId.parse(key) ?? []) : []
  })
}

function joinOne(id: ShareId, share: ReceivedShareDocument, twin: ReceivedShareDocument): Change[] {
  if (share.seed.length === 0 && twin.seed.length > 0) return [doc => takeEnded(doc, id, twin)]
  const endedBy = endOf(twin)
  const hasMoreTime = twin.version > share.version && twin.until > share.until && endedBy === undefined
  if (String(share.endedBy ?? '') === 'expired' && hasMoreTime) return [doc => goOn(doc[id], twin)]
  const isAnswered = endedBy === 'declined' || endedBy === 'left'
  const isOver = endOf(share)
  if (isOver !== undefined && !(isAnswered && isOver === 'expired')) return []
  const at = instant(twin.endedAt ?? 0)
  if (isAnswered) return [doc => answerGrant(doc, id, endedBy, at)]
  // The map that counts may have more time by now.
  const isProlonged = share.version > twin.version && share.until > twin.until
  if (endedBy === 'stopped' || (endedBy === 'expired' && !isProlonged))
    return [doc => endGrant(doc, id, endedBy, at, twin.version)]
  const accepts: Change[] = twin.isAccepted && !share.isAccepted ? [doc => answerGrant(doc, id, 'accepted', at)] : []
  const seeds: Change[] = lacksSeeds(share, twin) ? [doc => takeSeeds(doc[id], twin)] : []
  const letters: Change[] =
    twin.version < share.version || isAllThere(share, twin) ? [] : [doc => takeLetters(doc[id], twin)]
  return [...accepts, ...seeds, ...letters]
}

/** The end had come here before the offer, and the other device took that: what it has here can only go if it is known. */
function takeEnded(doc: ReceivedDocument, id: ShareId, twin: ReceivedShareDocument): void {
  const share = doc[id]
  if (share === undefined) return
  const { version, receivedAt, endedBy } = share
  const { isAccepted, kept = {} } = twin
  Object.assign(share, { seed: new Uint8Array(twin.seed), receivedAt: twin.receivedAt, isAccepted, version: 0 })
  share.endedAt ??= receivedAt
  share.kept = Object.fromEntries(Object.entries(kept).map(([name, body]) => [name, new Uint8Array(body)]))
  takeLetters(share, twin)
  dropKeys(doc, id)
  const end = String(endedBy) === 'expired' ? 'expired' : 'stopped'
  endGrant(doc, id, end, instant(receivedAt), version)
}

function lacksSeeds(share: ReceivedShareDocument, { seeds = {} }: ReceivedShareDocument): boolean {
  return Object.keys(seeds).some(version => share.seeds?.[version] === undefined)
}

function takeSeeds(share: ReceivedShareDocument | undefined, { seeds = {} }: ReceivedShareDocument): void {
  if (share === undefined) return
  share.seeds ??= {}
  for (const [version, seed] of Object.entries(seeds)) share.seeds[version] ??= new Uint8Array(seed)
}

function isAllThere(share: ReceivedShareDocument, twin: ReceivedShareDocument): boolean {
  if (twin.version > share.version || Object.keys(twin.parts).some(part => share.parts[part] !== true)) return false
  return newestLogs(twin).every(([logId, { epochs }]) =>
    Object.keys(epochs).every(keyId => share.logs[logId]?.epochs[keyId] !== undefined),
  )
}

/** Those before them may have been let go since. */
function newestLogs(twin: ReceivedShareDocument) {
  return Object.entries(twin.logs).filter(([, log]) => log.version === twin.version)
}

/** It ran out here while the letter with more time was taken there. */
function goOn(share: ReceivedShareDocument | undefined, twin: ReceivedShareDocument): void {
  if (share !== undefined) takeBackEnd(share)
  takeLetters(share, twin)
}

function takeLetters(share: ReceivedShareDocument | undefined, twin: ReceivedShareDocument): void {
  if (share === undefined) return
  if (twin.version > share.version) {
    const { version, until, isPaused, partCount } = twin
    Object.assign(share, { version, until, isPaused, partCount, parts: {} })
    share.role = new A.ImmutableString(String(twin.role))
    if (twin.recordName !== undefined) share.recordName = new A.ImmutableString(String(twin.recordName))
  }
  takeSeeds(share, twin)
  for (const part of Object.keys(twin.parts)) share.parts[part] = true
  for (const [logId, { section, genesis, capability, epochs, version }] of newestLogs(twin)) {
    const log = { section: new A.ImmutableString(String(section)), genesis, capability, epochs: {}, version }
    share.logs[logId] ??= log
    // Not what was assigned: the document has a copy of that.
    const there = share.logs[logId]
    there.version = version
    for (const [keyId, secret] of Object.entries(epochs)) there.epochs[keyId] ??= secret
  }
}
