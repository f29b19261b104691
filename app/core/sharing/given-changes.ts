import { Counter, ImmutableString } from '@automerge/automerge/slim'
import { ByteWriter } from '#schema/bytes.ts'
import { type DeviceId, idBytes, type LogId, type PrincipalId, type ShareId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { SECTIONS, type Section, type SharedName } from '#schema/record/sections.ts'
import { encodeEnded, type EndedCapability } from './ended-capabilities.ts'
import type { EndedBy, GivenDocument, KnownShare, RegisteredCapability } from './given-document.ts'

export function putShare(
  doc: GivenDocument,
  share: Pick<
    KnownShare,
    'id' | 'contact' | 'role' | 'until' | 'withHistory' | 'createdAt' | 'principal' | 'holderKey' | 'kemMark'
  > & {
    readonly by: DeviceId
    readonly sections: readonly SharedName[]
    readonly since: ReadonlyMap<SharedName, string>
  },
): void {
  doc[share.id] = {
    by: new ImmutableString(share.by),
    contact: new ImmutableString(share.contact),
    role: new ImmutableString(share.role),
    until: share.until,
    withHistory: share.withHistory,
    createdAt: share.createdAt,
    principal: idBytes(share.principal),
    holder: share.holderKey,
    kem: share.kemMark,
    principals: {},
    seedsTold: {},
    sections: Object.fromEntries(share.sections.map(section => [section, true])),
    since: Object.fromEntries([...share.since].map(([section, held]) => [section, new ImmutableString(held)])),
    capabilities: {},
    version: new Counter(1),
    told: 0,
  }
}

/** Another G for it from now on, of which its recipient has to hear. */
export function renewShare(
  doc: GivenDocument,
  id: ShareId,
  grant: Pick<KnownShare, 'principal' | 'holderKey' | 'kemMark'> & { readonly maker: DeviceId },
  at: Instant,
): void {
  const share = doc[id]
  if (share === undefined) return
  share.principals ??= {}
  share.principals[grant.principal] = true
  share.makers ??= {}
  share.makers[grant.principal] = new ImmutableString(grant.maker)
  const head = new ByteWriter().bytes(idBytes(grant.principal)).bytes(grant.holderKey)
  share.renewed = head.bytes(grant.kemMark).u64(at).done()
  delete share.isUnheard
  share.version.increment(1)
}

export function putUnheard(doc: GivenDocument, id: ShareId): void {
  const share = doc[id]
  if (share !== undefined) share.isUnheard = true
}

/** The recipient has to hear of it. */
export function changeShare(
  doc: GivenDocument,
  id: ShareId,
  change: {
    readonly sections?: readonly Section[]
    readonly since?: ReadonlyMap<SharedName, string>
    readonly until?: Instant
    readonly pausedAt?: Instant | null
    /** Goes on in a new log that has no past. */
    readonly begunAnew?: SharedName
  },
): void {
  const share = doc[id]
  if (share === undefined) return
  share.version.increment(1)
  if (change.begunAnew !== undefined) {
    share.anew ??= {}
    share.anew[change.begunAnew] = true
  }
  if (change.until !== undefined) share.until = change.until
  if (change.pausedAt === null) delete share.pausedAt
  else if (change.pausedAt !== undefined) share.pausedAt = change.pausedAt
  if (change.sections === undefined) return
  for (const section of SECTIONS) {
    const isIn = change.sections.includes(section)
    if (isIn === (share.sections[section] === true)) continue
    share.sections[section] = isIn
    if (!isIn) continue
    // Given once more, with all that there is of it now.
    if (share.anew !== undefined) delete share.anew[section]
    share.since ??= {}
    share.since[section] = new ImmutableString(change.since?.get(section) ?? '')
  }
}

/** The first ending counts. `logs`: of its sections, as far as they are known here. */
export function endShare(
  doc: GivenDocument,
  id: ShareId,
  endedBy: EndedBy,
  { at, logs }: { readonly at: Instant; readonly logs: readonly LogId[] },
): void {
  const share = doc[id]
  if (share === undefined || share.endedBy !== undefined) return
  share.endedBy = new ImmutableString(endedBy)
  share.endedAt = at
  share.endedIn = Object.fromEntries(logs.map(logId => [logId, true]))
  share.version.increment(1)
}

export function putCapability(doc: GivenDocument, id: ShareId, made: RegisteredCapability): void {
  const share = doc[id]
  if (share === undefined) return
  const head = new ByteWriter().bytes(idBytes(made.logId)).u64(made.notAfter)
  share.capabilities[made.id] = head.bytes(idBytes(made.principal)).done()
}

export function putCapabilityEnded(doc: GivenDocument, id: ShareId, ended: EndedCapability): void {
  const share = doc[id]
  if (share === undefined) return
  delete share.capabilities[ended.id]
  share.ended ??= {}
  share.ended[ended.id] = encodeEnded(ended)
}

/** Ended by a succession of O that did not know of it: another one has to be made, and told. */
export function putCapabilityLost(doc: GivenDocument, id: ShareId, ended: EndedCapability): void {
  putCapabilityEnded(doc, id, ended)
  changeShare(doc, id, {})
}

/** `inLetters`: how `by` told this version. */
export function putToldVersion(
  doc: GivenDocument,
  id: ShareId,
  version: number,
  by: DeviceId,
  inLetters = version,
): void {
  const share = doc[id]
  if (share === undefined) return
  if (share.told < version) share.told = version
  share.toldBy ??= {}
  share.toldBy[by] = Math.max(inLetters, share.toldBy[by] ?? 0)
}

/** Its recipient was sent these keys. */
export function putKeysTold(doc: GivenDocument, id: ShareId, marks: readonly string[]): void {
  const share = doc[id]
  if (share === undefined || marks.length === 0) return
  share.keysTold ??= {}
  for (const mark of marks) share.keysTold[mark] = true
}

/** Its recipient was sent the seed of this G with `version`. */
export function putSeedTold(doc: GivenDocument, id: ShareId, principal: PrincipalId, version: number): void {
  const share = doc[id]
  if (share === undefined) return
  share.seedsTold ??= {}
  share.seedsTold[principal] ??= version
}

/** `by`: the devices of the chain of the one that said it, it first. */
export function putAccepted(doc: GivenDocument, id: ShareId, by: readonly DeviceId[]): void {
  const share = doc[id]
  if (share === undefined) return
  share.answer = new ImmutableString('accepted')
  const [device] = by
  if (device === undefined) return
  share.acceptedBy ??= {}
  share.acceptedBy[device] = new ImmutableString(by.join(' '))
}

export function putOpened(doc: GivenDocument, id: ShareId, at: Instant): void {
  const share = doc[id]
  if (share !== undefined && (share.openedAt ?? 0) < at) share.openedAt = at
}
