import { MAX_LINK_FILE_BYTES } from '#schema/protocol/link.ts'
import { fail, ok } from '#schema/result.ts'
import type { RefreshProblem } from '../out-link-session.ts'
import type { RelayFailure } from '../sync/sync.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import type { Refreshed } from './link-upkeep.ts'
import type { KeptOutLink } from './out-links-document.ts'
import { makeProjection, sealProjection } from './projection.ts'

/** Puts what a living link shows now in the place of what it showed, where that is something else. Its key and address stay. */
export async function refreshLink({ account, record }: OpenVault, link: KeptOutLink): Promise<Refreshed> {
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
