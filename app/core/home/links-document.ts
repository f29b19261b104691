import { ImmutableString } from '@automerge/automerge/slim'
import type { ImportId } from '#schema/record/entry.ts'
import type { LinkBook } from '../exchange/link/link-book.ts'
import type { HomeLog } from './home-log.ts'

/** The home log's shard of links that can be looked at again: no share and no link of ours reaches it. */
const LINKS_SHARD = 'kept-links'

/** By the import: the link with its key. */
type LinksDocument = Record<string, ImmutableString>

export function linkBook(home: HomeLog): LinkBook {
  async function change(act: (doc: LinksDocument) => void) {
    await home.log.change<LinksDocument>(LINKS_SHARD, act)
    return home.log.flush()
  }

  return {
    async list() {
      const doc = await home.log.read<LinksDocument>(LINKS_SHARD)
      return new Map(Object.entries(doc).map(([importId, link]) => [importId as ImportId, String(link)]))
    },
    keep: (importId, link) =>
      change(doc => {
        for (const [key, kept] of Object.entries(doc)) if (String(kept) === link) delete doc[key]
        doc[importId] = new ImmutableString(link)
      }),
    forget: importId => change(doc => void delete doc[importId]),
  }
}
