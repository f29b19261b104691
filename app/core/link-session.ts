import type { Instant } from '#schema/instant.ts'
import type { ImportId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { ImportFailure, ImportPreview } from './import-session.ts'
import type { SaveFailure } from './session.ts'

/** The part of the session that brings in SMART Health Links; decision 0023. It sends nothing: what is fetched, the window's outside door fetches. */
export interface LinkSession {
  /** What a link says, before anybody is asked; `KEPT_LINK` and an import's id for one that is kept. One that is over by its own word is refused. */
  readLink(text: string): Promise<Result<LinkInfo, LinkFailure>>
  /**
   * The next step of bringing a link in: what to fetch, or the preview of what came. Called again with all that was fetched so far; the
   * answers of one step are in the order of its requests. Nothing is held for the next call but the preview.
   */
  previewLink(asked: LinkAsked): Promise<Result<LinkStep, ImportFailure>>
  /** The link that an import came from, with its key, is kept no longer; what came in stays. */
  forgetLink(importId: ImportId): Promise<Result<void, SaveFailure>>
}

/** Stands before the id of an import, in the place of the link that is kept of it. */
export const KEPT_LINK = 'kept:'

export interface LinkInfo {
  /** Whom the link has its files with: nobody else is asked without a further step. */
  readonly host: string
  readonly label?: string
  readonly needsPasscode: boolean
  /** What it leads to may change over time. */
  readonly isLongTerm: boolean
  readonly expiresAt?: Instant
}

export interface LinkAsked {
  /** The link, with a viewer's address before it or without; or `KEPT_LINK` and the id of the import whose link is kept. */
  readonly link: string
  /** How this person is called to whoever shared it. */
  readonly recipient: string
  readonly passcode?: string
  readonly fetched: readonly (readonly OutsideAnswer[])[]
}

export type LinkStep =
  | { readonly kind: 'fetch'; readonly requests: readonly OutsideRequest[] }
  | { readonly kind: 'preview'; readonly preview: ImportPreview }

/** One request to somebody else than the relay: https, without cookies and referrer. */
export interface OutsideRequest {
  readonly url: string
  /** Whom the person allowed to be asked: of `url`, and no other is asked. */
  readonly host: string
  /** By POST, as JSON unless `headers` say otherwise; left out: GET. */
  readonly body?: string
  /** Beside those of the browser. Names in small letters. */
  readonly headers?: Readonly<Record<string, string>>
  readonly maxBytes: number
}

export type OutsideAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly bytes: Uint8Array<ArrayBuffer>
      /** How long to wait before asking again, where the other side lets that be read. */
      readonly retryAfterMs?: number
    }
  /** `redirected`: it sends on to another address, which is not followed. */
  | { readonly kind: 'unreachable' | 'redirected' | 'too-large' | 'too-slow' | 'not-allowed' }

/**
 * `unreadable`: no link, or damaged. `newer`: of a later version. `insecure`: not https. `gone`: used up, taken back or over.
 * `sealed`: nothing opens with the link's key. `nonsense`: what came is no list of files.
 */
export type LinkFault =
  | 'unreadable'
  | 'newer'
  | 'insecure'
  | 'expired'
  | 'gone'
  | 'passcode'
  | 'busy'
  | 'refused'
  | 'nonsense'
  | 'sealed'
  | 'empty'
  | Exclude<OutsideAnswer['kind'], 'answer' | 'not-allowed'>

export interface LinkFailure {
  readonly kind: 'link'
  readonly why: LinkFault
  /** Of a wrong passcode: tries left, where the other side says. */
  readonly triesLeft?: number
}
