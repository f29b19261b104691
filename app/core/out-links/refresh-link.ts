import type { LinkId } from '#schema/ids.ts'
import { MAX_LINK_FILE_BYTES } from '#schema/protocol/link.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { RefreshProblem } from '../out-link-session.ts'
import type { Clock } from '../ports.ts'
import type { RelayFailure } from '../sync/sync.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import { type KeptOutLink, outLinkBook } from './out-links-document.ts'
import { makeProjection, sealProjection } from './projection.ts'

/**
 * Puts what a living link shows now in the place of what it showed, where that is something else. Its key and address stay.
 * The relay has the file before it is noted that it has: what is cut short between (`isOver`) is sent once more.
 */
export async function refreshLink(
  open: OpenVault,
  linkId: LinkId,
  clock: Clock,
  isOver: () => boolean,
): Promise<RefreshProblem | 'level' | 'gone'> {
  const book = outLinkBook(open.account.logs.home)
  const link = (await book.list()).find(each => each.linkId === linkId)
  const sent = link === undefined ? ok(undefined) : await sendIfOther(open, link)
  if (!sent.ok) return sent.failure
  if (sent.value !== undefined && !isOver()) await book.noteRefreshed(linkId, { at: clock.now(), digest: sent.value })
  return 'level'
}

/** The digest of the file that the relay has now; undefined when it was level before. */
async function sendIfOther(
  { account, record }: OpenVault,
  link: KeptOutLink,
): Promise<Result<string | undefined, RefreshProblem | 'gone'>> {
  if (link.living === undefined) return ok(undefined)
  const projection = await makeProjection(record, { sections: link.sections, files: link.files, ...link.living })
  if (projection.digest === link.refreshed?.digest) return ok(undefined)
  const file = await sealProjection(projection, link.key)
  if (file.length > MAX_LINK_FILE_BYTES) return fail('too-large')
  const put = await account.client.replaceLinkFile(account.logs.home.log.id, link.linkId, file)
  return put.ok ? ok(projection.digest) : fail(problemOf(put.failure))
}

function problemOf(failure: RelayFailure): RefreshProblem | 'gone' {
  if (failure.kind !== 'refused') return 'unreachable'
  if (failure.code === 'not-found') return 'gone'
  if (failure.code === 'quota') return 'no-room'
  return failure.code === 'too-large' ? 'too-large' : 'unreachable'
}
