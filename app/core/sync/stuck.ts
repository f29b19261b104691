import { fail, ok, type Result } from '#schema/result.ts'
import type { RelayFailure } from './sync.ts'

/** Why a log stopped working for now. `retryAfterMs` 0: the engine's own back-off. */
export interface Stuck {
  readonly failure: RelayFailure | { readonly kind: 'storage-full' } | { readonly kind: 'closed' }
  readonly retryAfterMs: number
}

export const NONSENSE = fail<Stuck>({ failure: { kind: 'nonsense' }, retryAfterMs: 0 })
export const CLOSED = fail<Stuck>({ failure: { kind: 'closed' }, retryAfterMs: 0 })
export const NOT_STORED = fail<Stuck>({ failure: { kind: 'storage-full' }, retryAfterMs: 0 })

export function stored(answer: Result<void, unknown>): Result<void, Stuck> {
  return answer.ok ? ok(undefined) : NOT_STORED
}

export function stuckBy(failure: RelayFailure): Stuck {
  return { failure, retryAfterMs: failure.kind === 'refused' ? (failure.retryAfterMs ?? 0) : 0 }
}
