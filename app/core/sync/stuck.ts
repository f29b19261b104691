import { fail, ok, type Result } from '#schema/result.ts'
import type { Answer } from './stream-client.ts'
import type { RelayFailure } from './sync.ts'

export type Nack = Extract<Answer, { type: 'nack' }>

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

/** An answer that is not a refusal. */
export function accepted(answer: Result<Answer, 'closed'>): Result<Answer, Stuck & { readonly nack?: Nack }> {
  if (!answer.ok) return CLOSED
  const message = answer.value
  if (message.type !== 'nack') return ok(message)
  const failure = { kind: 'refused', code: message.code } as const
  return fail({ failure, retryAfterMs: message.retryAfterMs, nack: message })
}

/** Over by itself: the relay asks for patience. */
export function isTransient({ failure }: Pick<Stuck, 'failure'>): boolean {
  return failure.kind === 'refused' && failure.code === 'rate'
}
