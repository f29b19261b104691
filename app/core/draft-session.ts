import type { Result } from '#schema/result.ts'
import type { NotStored } from './session.ts'

/**
 * The part of the session that is about what was typed into a form of one's own record and not saved: sealed on this device, part of
 * no record, and sent nowhere. It outlasts a lock, a reload and the end of the process.
 */
export interface DraftSession {
  /** `text` as the form reads it again, at most a mebibyte; empty: nothing is left to keep. The newest 20 places are kept. */
  keepDraft(place: string, text: string): Promise<Result<void, NotStored | { readonly kind: 'locked' }>>
  keptDraft(place: string): Promise<string | undefined>
}
