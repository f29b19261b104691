import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { SaveFailure, Stop } from './session.ts'

/** The part of the session that is about what others write for this person's record (decision 52). Offers are requests of the kind `addition`. */
export interface AdditionSession {
  /** From whom everything is accepted without asking. */
  watchAcceptedFrom(listener: (contacts: readonly AcceptedFrom[]) => void): Promise<Stop>
  /** Also what waits already. Off by default; taking it back leaves what was accepted as it is. */
  acceptFrom(contactId: string, isOn: boolean): Promise<Result<void, SaveFailure>>
}

export interface AcceptedFrom {
  readonly contactId: string
  readonly since: Instant
}
