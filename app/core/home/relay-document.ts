import { ImmutableString } from '@automerge/automerge/slim'
import type { DeviceId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { parseAdmissionToken } from '#schema/protocol/http.ts'
import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'

export const RELAY_SHARD = 'relay'

/** What this person's devices must know of the relay where the record is. */
export interface RelayDocument {
  /** The admission token that whoever hosts the relay gave this person; said to no other. */
  token?: ImmutableString
  /** A second relay that gets a copy of everything, and its host's admission token. */
  mirror?: ImmutableString
  mirrorToken?: ImmutableString
  /** The mirror is to take the relay's place once it has everything; what becomes of links that are out then: `end` or `wait`. */
  moving?: ImmutableString
  /** Where the record is, since it moved there; left out where it never did: where the app was opened. */
  address?: ImmutableString
  /** Where it was before the first move: what names no relay means this one. */
  unnamed?: ImmutableString
  /** When it moved last, in ms, while the relay before is its mirror and still has what was there. */
  movedAt?: number
  /** Devices that have followed since. */
  followed?: { [device: string]: boolean }
}

export interface KnownRelay {
  readonly token?: string
  readonly mirror?: KnownMirror
  readonly moving?: LinksAtMove
  readonly address?: RelayOrigin
  readonly unnamed?: RelayOrigin
  /** The mirror is the relay before. */
  readonly movedAt?: Instant
  readonly followed: ReadonlySet<string>
}

export interface KnownMirror {
  readonly origin: RelayOrigin
  readonly token?: string
}

/** What becomes of links that were handed out and lead to the relay before. */
export type LinksAtMove = 'end' | 'wait'

/** What could not be sent counts as not there. */
export function readRelay(doc: Partial<RelayDocument>): KnownRelay {
  const origin = originIn(doc.mirror)
  const mirror = origin && { origin, ...tokenIn(doc.mirrorToken) }
  const [address, unnamed] = [originIn(doc.address), originIn(doc.unnamed)]
  const moving = String(doc.moving ?? '')
  const isMoving = mirror !== undefined && (moving === 'end' || moving === 'wait')
  const { movedAt } = doc
  return {
    ...tokenIn(doc.token),
    ...(mirror && { mirror }),
    ...(isMoving && { moving }),
    ...(address && { address }),
    ...(unnamed && { unnamed }),
    ...(mirror && address && movedAt !== undefined && { movedAt: instant(movedAt) }),
    followed: new Set(Object.keys(doc.followed ?? {})),
  }
}

/** What the relay at `own` gave this person: one's token is nothing for another. */
export function tokenAt({ token, mirror }: KnownRelay, own: string | undefined): string | undefined {
  return own !== undefined && mirror?.origin === own ? mirror.token : token
}

/** The relay before, as long as it has what was there. */
export function formerRelay({ mirror, movedAt }: KnownRelay): RelayOrigin | undefined {
  return movedAt === undefined ? undefined : mirror?.origin
}

function originIn(text: ImmutableString | undefined): RelayOrigin | undefined {
  return parseRelayOrigin(String(text ?? ''))
}

function tokenIn(text: ImmutableString | undefined): { readonly token?: string } {
  const token = parseAdmissionToken(String(text ?? ''))
  return token === undefined ? {} : { token }
}

// Inside a change of the shard.

/** `own`: of the relay that gave it, the mirror where Wellkeep was opened there. */
export function putToken(doc: RelayDocument, token: string, own?: string): void {
  const isMirrors = own !== undefined && readRelay(doc).mirror?.origin === own
  doc[isMirrors ? 'mirrorToken' : 'token'] = new ImmutableString(token)
}

/** Nothing is moving there any more, and nothing there is of before. */
export function putMirror(doc: RelayDocument, mirror: KnownMirror | undefined): void {
  for (const field of ['mirror', 'mirrorToken', 'moving', 'movedAt', 'followed'] as const) delete doc[field]
  if (mirror === undefined) return
  doc.mirror = new ImmutableString(mirror.origin)
  if (mirror.token !== undefined) doc.mirrorToken = new ImmutableString(mirror.token)
}

export function putMoving(doc: RelayDocument, links: LinksAtMove | undefined): void {
  if (links === undefined) delete doc.moving
  else doc.moving = new ImmutableString(links)
}

/** The commit point of a move: the mirror takes the relay's place, and that one is its mirror. */
export function putMoved(doc: RelayDocument, from: RelayOrigin, at: Instant): void {
  const { token, mirror: to } = readRelay(doc)
  if (to === undefined) return
  const before = { origin: from, ...(token === undefined ? {} : { token }) }
  delete doc.token
  if (to.token !== undefined) putToken(doc, to.token)
  putMirror(doc, before)
  doc.address = new ImmutableString(to.origin)
  doc.unnamed ??= new ImmutableString(from)
  doc.movedAt = at
  doc.followed = {}
}

/** Whoever comes back by their words somewhere else than where it moved to is there from now on. */
export function putAddress(doc: RelayDocument, address: RelayOrigin): void {
  const { mirror } = readRelay(doc)
  doc.address = new ImmutableString(address)
  delete doc.token
  if (mirror?.origin !== address) return
  putMirror(doc, undefined)
  if (mirror.token !== undefined) putToken(doc, mirror.token)
}

export function putFollowed(doc: RelayDocument, device: DeviceId): void {
  doc.followed ??= {}
  doc.followed[device] = true
}
