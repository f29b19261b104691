import { hash } from '#crypto/hash.ts'
import { equalBytes } from '#schema/bytes.ts'
import type { Instant } from '#schema/instant.ts'
import type { KnownShare } from './given-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A device that made a G and told nobody is not waited for any longer. */
const WAIT_MS = 24 * 3600_000

/** How a share's document names the shareKem that a G was made for. */
export const markOfKem = (shareKem: Bytes): Bytes => hash(shareKem)

/**
 * Whether the share needs another G than it has: its recipient has another shareKem, so a device of theirs that has this G's seed may be
 * out of their hands. Or two devices of ours made one each and told both in one version: nobody knows which of them the recipient took.
 */
export function mustRenew(share: KnownShare, shareKem: Bytes): boolean {
  if (share.endedBy !== undefined) return false
  if (!equalBytes(share.kemMark, markOfKem(shareKem))) return true
  const toldIn = share.seedsTold.get(share.principal)
  if (toldIn === undefined) return false
  return [...share.seedsTold].some(([principal, version]) => principal !== share.principal && version >= toldIn)
}

/** Its seed is on a device of ours that told nobody for long. */
export function isLeftUntold(share: KnownShare, now: Instant): boolean {
  const { endedBy, renewedAt, seedsTold, principal } = share
  return endedBy === undefined && renewedAt !== undefined && !seedsTold.has(principal) && now >= renewedAt + WAIT_MS
}
