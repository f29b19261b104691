import { ImmutableString } from '@automerge/automerge/slim'
import { parseAdmissionToken } from '#schema/protocol/http.ts'
import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'

export const RELAY_SHARD = 'relay'

/** What this person's devices must know of the relay where the record is. */
export interface RelayDocument {
  /** The admission token that whoever hosts the relay gave this person. */
  token?: ImmutableString
  /** A second relay that gets a copy of everything, and its host's admission token. */
  mirror?: ImmutableString
  mirrorToken?: ImmutableString
}

export interface KnownRelay {
  readonly token?: string
  readonly mirror?: KnownMirror
}

export interface KnownMirror {
  readonly origin: RelayOrigin
  readonly token?: string
}

/** What could not be sent counts as not there. */
export function readRelay(doc: Partial<RelayDocument>): KnownRelay {
  const origin = parseRelayOrigin(String(doc.mirror ?? ''))
  const mirror = origin && { origin, ...tokenIn(doc.mirrorToken) }
  return { ...tokenIn(doc.token), ...(mirror && { mirror }) }
}

function tokenIn(text: ImmutableString | undefined): { readonly token?: string } {
  const token = parseAdmissionToken(String(text ?? ''))
  return token === undefined ? {} : { token }
}

export function putToken(doc: RelayDocument, token: string): void {
  doc.token = new ImmutableString(token)
}

export function putMirror(doc: RelayDocument, mirror: KnownMirror | undefined): void {
  delete doc.mirror
  delete doc.mirrorToken
  if (mirror === undefined) return
  doc.mirror = new ImmutableString(mirror.origin)
  if (mirror.token !== undefined) doc.mirrorToken = new ImmutableString(mirror.token)
}
