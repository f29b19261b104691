import type { BlobId, DeviceId, FrameHash, KeyId, PrincipalId, WriterId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { FrameKind } from '#schema/protocol/frame.ts'
import type { ControlRecord } from './control.ts'
import type { FramePoint } from './preface.ts'

/** Whose a feed is, from a certificate whose every signature was checked. */
export interface Voucher {
  /** The key that a roster names: the idSign at the chain's end, or a grant's G. */
  readonly root: PrincipalId
  readonly device?: DeviceId
  /** Certificates between W's voucher and the root: who is nearer wins a conflict of admins. */
  readonly distance: number
}

/** A change's place in its document's history. */
export interface ChangeFact {
  readonly hash: string
  readonly deps: readonly string[]
}

/** What a frame says about one shard, without the content. */
export interface PartFact {
  readonly label: string
  readonly heads: readonly string[]
  /** Undefined for what is only looked into when applied: saves, and changes in a blob. */
  readonly changes: readonly ChangeFact[] | undefined
  /** In which its content lies. */
  readonly blobs?: readonly BlobId[]
}

export type FactContent =
  /** Its key isn't known here. */
  | { readonly kind: 'unopened' }
  /** Signed, but not what the protocol allows: a layout, a certificate, an actor. */
  | { readonly kind: 'bad'; readonly reason: 'invalid' | 'bad-actor' }
  | {
      readonly kind: 'ops'
      readonly seen: readonly FramePoint[]
      readonly parts: readonly PartFact[]
      /** Blobs with frames of forked feeds. */
      readonly carried?: readonly BlobId[]
    }
  | {
      readonly kind: 'snapshot'
      readonly covers: readonly FramePoint[]
      readonly vouchers: ReadonlyMap<WriterId, Voucher>
      readonly blobs: readonly BlobId[]
      readonly labels: readonly string[]
    }
  | { readonly kind: 'control'; readonly record: ControlRecord }

/**
 * What acceptance needs to know of one frame whose signature is good. HEADS frames are OPS without parts here.
 * Nothing in it depends on other frames or on when it came.
 */
export interface FrameFact extends FramePoint {
  readonly prev: FrameHash
  readonly keyId: KeyId
  readonly kind: FrameKind
  readonly content: FactContent
  /** From the certificate in this frame, when it has one. */
  readonly voucher?: Voucher
  readonly claimedAt?: Instant
}

/** What has to be here before the frame can be accepted. */
export function blobsNamed({ parts, carried = [] }: Extract<FactContent, { kind: 'ops' }>): BlobId[] {
  return [...parts.flatMap(part => part.blobs ?? []), ...carried]
}
