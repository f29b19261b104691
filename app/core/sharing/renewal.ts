import { hash } from '#crypto/hash.ts'
import { equalBytes } from '#schema/bytes.ts'
import type { DeviceId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { areRemoved, type ContactCard } from './contact-card.ts'
import type { KnownShare } from './given-document.ts'
import { markOfEnd } from './keys-told.ts'
import { LETTER_MS } from './letter.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A device that made a G and told nobody is not waited for any longer. */
const WAIT_MS = 24 * 3600_000

/** How a share's document names the shareKem that a G was made for. */
export const markOfKem = (shareKem: Bytes): Bytes => hash(shareKem)

/** Which of our devices were removed. */
type IsRemoved = (device: DeviceId) => boolean

/** More than the changes of one share that a device tells before it hears that it was removed. */
const RAISED_BY_REMOVAL = 2 ** 16

/**
 * The version that letters tell. Those of a device that was removed, of which nobody who stays has heard, are older than what is told
 * since: by the same number or a lower one its recipient would keep what the removed device said.
 */
export const versionInLetters = ({ version }: Pick<KnownShare, 'version'>, removals: number): number =>
  removals * RAISED_BY_REMOVAL + version

/**
 * Whether the share needs another G than it has: its recipient has another shareKem, so a device of theirs that has this G's seed may be
 * out of their hands. Or the device of ours that made it is: it could act as the recipient, and what it wrote to them may have been passed
 * over. Or two devices of ours made one each and told both in one version: nobody knows which of them the recipient took. Or the offer may
 * have been thrown away unread, and its seed is nowhere any more.
 */
export function mustRenew(share: KnownShare, shareKem: Bytes, isRemoved: IsRemoved): boolean {
  if (share.endedBy !== undefined) return false
  if (!equalBytes(share.kemMark, markOfKem(shareKem))) return true
  if (share.maker !== undefined && isRemoved(share.maker)) return true
  if (share.isUnheard && !share.isAccepted) return true
  const toldIn = share.seedsTold.get(share.principal)
  if (toldIn === undefined) return false
  return [...share.seedsTold].some(([principal, version]) => principal !== share.principal && version >= toldIn)
}

/** Its seed is on a device of ours that told nobody for long. */
export function isLeftUntold(share: KnownShare, now: Instant): boolean {
  const { endedBy, renewedAt, seedsTold, principal } = share
  return endedBy === undefined && renewedAt !== undefined && !seedsTold.has(principal) && now >= renewedAt + WAIT_MS
}

/**
 * The recipient has to be told: by a device that stays, since they read nothing of a removed one once they have heard of that, and may
 * have heard something else of it. And of an end whenever their shareKem is another one: only a device may have heard of it that they have
 * removed. `removals`: how many devices of ours were removed.
 */
export function isUntold(
  share: KnownShare,
  { isRemoved, removals }: { readonly isRemoved: IsRemoved; readonly removals: number },
  now: Instant,
  shareKem: Bytes | undefined,
): boolean {
  const { version, told, toldBy, endedAt, keysTold } = share
  if (told < version) return true
  if (endedAt !== undefined && now >= endedAt + LETTER_MS) return false
  if (endedAt !== undefined && shareKem !== undefined && !keysTold.has(markOfEnd(shareKem))) return true
  const byStaying = [...toldBy].filter(([device]) => !isRemoved(device)).map(([, last]) => last)
  return toldBy.size > 0 && Math.max(0, ...byStaying) < versionInLetters(share, removals)
}

/**
 * Whose devices said it that their owner has removed since: those that stay may never have heard of it, and ask for an answer still. Where
 * they have, they say it again.
 */
export function isStillAccepted({ isAccepted, acceptedBy }: KnownShare, card: ContactCard): boolean {
  return isAccepted && (acceptedBy.length === 0 || acceptedBy.some(chain => !areRemoved(chain, card)))
}
