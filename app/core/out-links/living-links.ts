import type { ImmutableString } from '@automerge/automerge/slim'
import { LinkId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { isObject, parseObject } from '#schema/record/fhir/json.ts'
import type { HomeLog } from '../home/home-log.ts'

/** The home log's shard of links that were handed out, so that each of the owner's devices sees and ends them. */
export const OUT_LINKS_SHARD = 'out-links'

/** By the link's id: a `KeptOutLink` as JSON; by the id and more: what is noted of it. */
export type OutLinksDocument = Record<string, ImmutableString>

/** Those that are kept level with the record and are not over. All else that is kept of them is read where they are made anew. */
export async function livingLinks(home: HomeLog, now: Instant): Promise<readonly LinkId[]> {
  const doc = await home.log.read<OutLinksDocument>(OUT_LINKS_SHARD)
  return Object.entries(doc).flatMap(([name, stored]) => {
    const id = LinkId.parse(name)
    const { living, expiresAt } = parseObject(String(stored))
    return id !== undefined && isObject(living) && typeof expiresAt === 'number' && expiresAt > now ? [id] : []
  })
}
