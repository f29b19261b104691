import { ImmutableString } from '@automerge/automerge/slim'
import { parseAdmissionToken } from '#schema/protocol/http.ts'

export const RELAY_SHARD = 'relay'

/** What this person's devices must know of the relay where the record is. */
export interface RelayDocument {
  /** The admission token that whoever hosts the relay gave this person. */
  token?: ImmutableString
}

export interface KnownRelay {
  readonly token?: string
}

/** What could not be sent counts as not there. */
export function readRelay(doc: Partial<RelayDocument>): KnownRelay {
  const token = parseAdmissionToken(String(doc.token ?? ''))
  return token === undefined ? {} : { token }
}

export function putToken(doc: RelayDocument, token: string): void {
  doc.token = new ImmutableString(token)
}
