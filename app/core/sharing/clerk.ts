import type { ContactId } from '#schema/ids.ts'
import { ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../ports.ts'
import type { RelayFailure } from '../sync/sync.ts'
import type { Letter } from './letter.ts'
import type { KnownContact } from './people-document.ts'

/** What stopped a round; the next one tries again. */
export type Rest = RelayFailure | { readonly kind: 'not-stored'; readonly why: StoreFailure }
export type Step = Promise<Result<void, Rest>>
/** `early`: it says nothing without another letter that has not come yet. */
export type Taken = Promise<Result<void | 'early', Rest>>

/** Who reads letters of the other kinds, and what else is to be done in a round. */
export interface Clerk {
  /** `isLevel`: all that the relay has of the home log is here. */
  take(letter: Letter, contact: KnownContact, isLevel: boolean): Taken
  round(): Step
  /** After a round, also where no relay answered. */
  endOver?(): Promise<unknown>
  /** Met once more, or by a new card: a device of either side may have been removed, or letters thrown away unread. */
  metAgain?(contact: ContactId): Step
  /** Before this contact is removed. */
  forget?(contact: KnownContact): Promise<Result<void, StoreFailure>>
}

/**
 * One after the other, also where one was refused: a contact whose mailbox takes nothing must not keep letters from others, nor a share
 * from ending. Without a relay, or with a full disk, the rest would only fail too.
 */
export async function everyStep(steps: readonly (() => Step)[]): Step {
  let answer: Awaited<Step> = ok(undefined)
  for (const step of steps) {
    const done = await step()
    if (answer.ok) answer = done
    if (!done.ok && done.failure.kind !== 'refused') break
  }
  return answer
}
