import { instant } from '#schema/instant.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { LinkBook } from '../exchange/link/link-book.ts'
import type { LinkFile } from '../exchange/link/follow-link.ts'
import type { ImportFailure, ImportPreview, KeptLink } from '../import-session.ts'
import { type LinkSession, KEPT_LINK } from '../link-session.ts'
import type { Clock } from '../ports.ts'

interface LinkDeps {
  readonly links: LinkBook
  readonly clock: Clock
  /** Ends what another call does, and what waits. */
  readonly begin: () => AbortSignal
  /** `link`: kept once the files are in. */
  readonly previewFetched: (
    files: readonly LinkFile[],
    name: string,
    how: { readonly signal: AbortSignal; readonly link?: string },
  ) => Promise<Result<ImportPreview, ImportFailure>>
}

export interface LinkDesk extends LinkSession {
  /** What can be looked at again, by the last import from it. */
  readonly keptLinks: () => Promise<ReadonlyMap<ImportId, KeptLink>>
}

/** Health links: read, followed step by step, and kept where they are for long-term use (decision 23). */
export function makeLinkDesk({ links, clock, begin, previewFetched }: LinkDeps): LinkDesk {
  /** A kept link is named, and its secret does not go to the page again. */
  async function textOf(link: string): Promise<string> {
    if (!link.startsWith(KEPT_LINK)) return link
    return (await links.list()).get(link.slice(KEPT_LINK.length) as ImportId) ?? ''
  }

  return {
    async readLink(text) {
      const { linkInfo, readLink } = await import('../exchange/link/read-link.ts')
      const link = readLink(await textOf(text), clock.now())
      return link.ok ? ok(linkInfo(link.value)) : fail({ kind: 'link', why: link.failure })
    },
    async previewLink(asked) {
      const signal = begin()
      const { followLink } = await import('../exchange/link/follow-link.ts')
      const { linkIn } = await import('../exchange/link/read-link.ts')
      const text = await textOf(asked.link)
      const followed = await followLink({ ...asked, link: text }, clock.now())
      if (signal.aborted) return fail({ kind: 'cancelled' })
      if (!followed.ok) return followed
      if (followed.value.kind === 'fetch') return ok(followed.value)
      const { info, files } = followed.value
      const link = info.isLongTerm ? linkIn(text) : undefined
      const how = { signal, ...(link === undefined ? {} : { link }) }
      const preview = await previewFetched(files, info.label ?? info.host, how)
      return preview.ok ? ok({ kind: 'preview', preview: preview.value }) : preview
    },
    async forgetLink(importId) {
      const forgotten = await links.forget(importId)
      return forgotten.ok ? forgotten : fail({ kind: 'not-stored', why: forgotten.failure })
    },
    async keptLinks() {
      const kept = await links.list()
      if (kept.size === 0) return new Map()
      const { readLink } = await import('../exchange/link/read-link.ts')
      const now = clock.now()
      return new Map(
        [...kept].flatMap(([importId, text]) => {
          // One that is over still holds its key, and is there to be forgotten.
          const link = readLink(text, instant(0))
          if (!link.ok) return []
          const { host, expiresAt } = link.value
          return [[importId, { host, isOver: expiresAt !== undefined && expiresAt <= now }] as const]
        }),
      )
    },
  }
}
