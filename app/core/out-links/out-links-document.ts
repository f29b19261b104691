import { ImmutableString } from '@automerge/automerge/slim'
import { fromBase64Url, toBase64Url } from '#schema/base64url.ts'
import { LinkId } from '#schema/ids.ts'
import { instant, type Instant } from '#schema/instant.ts'
import { LINK_ADDRESS_BYTES, MAX_LINK_OPENS, openPath } from '#schema/protocol/link.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import { writeLink } from '../exchange/link/write-link.ts'
import type { HomeLog } from '../home/home-log.ts'
import { MAX_LINK_LABEL, type OutLink } from '../out-link-session.ts'
import type { StoreFailure } from '../ports.ts'

/** The home log's shard of links that were handed out, so that each of the owner's devices sees and ends them. */
const OUT_LINKS_SHARD = 'out-links'

/** By the link's id: a `KeptOutLink` as JSON. */
type OutLinksDocument = Record<string, ImmutableString>

export interface KeptOutLink {
  readonly linkId: LinkId
  /** 32 bytes: the link's id is their hash. */
  readonly address: Uint8Array
  /** 32 bytes: opens the file. */
  readonly key: Uint8Array
  readonly origin: string
  readonly label: string
  readonly sections: readonly Section[]
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly hasPasscode: boolean
  readonly maxOpens?: number
}

type Saved = Promise<Result<void, StoreFailure>>

export interface OutLinkBook {
  /** Newest first. What does not read is left out. */
  list(): Promise<readonly KeptOutLink[]>
  keep(link: KeptOutLink): Saved
  forget(linkIds: readonly LinkId[]): Saved
}

export function outLinkBook(home: HomeLog): OutLinkBook {
  const change = async (act: (doc: OutLinksDocument) => void) => {
    await home.log.change<OutLinksDocument>(OUT_LINKS_SHARD, act)
    return home.log.flush()
  }
  return {
    async list() {
      const doc = await home.log.read<OutLinksDocument>(OUT_LINKS_SHARD)
      const links = Object.entries(doc).flatMap(([id, stored]) => readKept(id, String(stored)) ?? [])
      return links.toSorted((a, b) => b.madeAt - a.madeAt)
    },
    keep: ({ linkId, address, key, ...rest }) =>
      change(doc => {
        const stored = { ...rest, address: toBase64Url(address), key: toBase64Url(key) }
        doc[linkId] = new ImmutableString(JSON.stringify(stored))
      }),
    forget: linkIds =>
      change(doc => {
        for (const id of linkIds) delete doc[id]
      }),
  }
}

function readKept(id: string, stored: string): KeptOutLink | undefined {
  const linkId = LinkId.parse(id)
  const { address, key, origin, label, sections, madeAt, expiresAt, hasPasscode, maxOpens } = parseObject(stored)
  const [addressBytes, keyBytes] = [address, key].map(text =>
    typeof text === 'string' ? fromBase64Url(text) : undefined,
  )
  if (linkId === undefined || addressBytes?.length !== LINK_ADDRESS_BYTES || keyBytes?.length !== 32) return undefined
  if (typeof origin !== 'string' || typeof label !== 'string' || !isTime(madeAt) || !isTime(expiresAt)) return undefined
  const isCount = typeof maxOpens === 'number' && maxOpens > 0 && maxOpens <= MAX_LINK_OPENS
  return {
    linkId,
    address: addressBytes,
    key: keyBytes,
    origin,
    label: label.slice(0, MAX_LINK_LABEL),
    sections: SECTIONS.filter(section => Array.isArray(sections) && sections.includes(section)),
    madeAt: instant(madeAt),
    expiresAt: instant(expiresAt),
    hasPasscode: hasPasscode === true,
    ...(isCount ? { maxOpens } : {}),
  }
}

const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 8.64e15

/** What is shown of a link, and handed out. */
export function shownOutLink(kept: KeptOutLink, relay: Pick<OutLink, 'standing' | 'opens' | 'openings'>): OutLink {
  const { linkId, address, key, origin, ...shown } = kept
  const url = `${origin}${openPath(toBase64Url(address))}`
  const form = { isDirect: !kept.hasPasscode, needsPasscode: kept.hasPasscode, isLongTerm: false }
  return { linkId, address: `${origin}/view#${writeLink({ ...shown, url, key, ...form })}`, ...shown, ...relay }
}
