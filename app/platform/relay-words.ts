import type { HttpAnswer, HttpRequest, LinkFailure } from '#app/core/ports.ts'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import type { Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What the vault's worker says to the script that reaches others' relays. `id`: of a request, or of a stream. */
export type ToRelays =
  | { readonly is: 'request'; readonly id: number; readonly origin: RelayOrigin; readonly request: HttpRequest }
  | { readonly is: 'open'; readonly id: number; readonly origin: RelayOrigin }
  | { readonly is: 'send'; readonly id: number; readonly bytes: Bytes }
  | { readonly is: 'close'; readonly id: number }

/** And what that answers. */
export type FromRelays =
  | { readonly is: 'answer'; readonly id: number; readonly answer: Result<HttpAnswer, LinkFailure> }
  | { readonly is: 'opened'; readonly id: number }
  | { readonly is: 'message'; readonly id: number; readonly bytes: Bytes }
  | { readonly is: 'closed'; readonly id: number }
