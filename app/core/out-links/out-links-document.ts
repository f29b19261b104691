import { ImmutableString } from '@automerge/automerge/slim'
import { fromBase64Url, toBase64Url } from '#schema/base64url.ts'
import { LinkId } from '#schema/ids.ts'
import { instant, type Instant } from '#schema/instant.ts'
import { LINK_ADDRESS_BYTES, MAX_LINK_OPENS, openPath } from '#schema/protocol/link.ts'
import { type EntryId, isEntryId } from '#schema/record/entry.ts'
import { isObject, parseObject } from '#schema/record/fhir/json.ts'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import { writeLink } from '../exchange/link/write-link.ts'
import { readOutWords } from '../exchange/report/read-out-words.ts'
import type { HomeLog } from '../home/home-log.ts'
import { MAX_LINK_LABEL, type OutLink } from '../out-link-session.ts'
import type { StoreFailure } from '../ports.ts'
import { OUT_LINKS_SHARD, type OutLinksDocument } from './living-links.ts'
import type { Shown } from './projection.ts'

/** Behind a link's id: its `Refresh` as JSON. */
const REFRESHED = ' refreshed'

/** Of the file that the relay has. */
export interface Refresh {
  readonly at: Instant
  /** Of the `Projection`. */
  readonly digest: string
}

export interface KeptOutLink {
  readonly linkId: LinkId
  /** 32 bytes: the link's id is their hash. */
  readonly address: Uint8Array
  /** 32 bytes: opens the file. */
  readonly key: Uint8Array
  readonly origin: string
  readonly label: string
  readonly sections: readonly Section[]
  /** Entries whose files go along. */
  readonly files: readonly EntryId[]
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly hasPasscode: boolean
  readonly maxOpens?: number
  /** Only of a living link: how its file is written, in the words of whoever made it. */
  readonly living?: Omit<Shown, 'sections' | 'files'>
  readonly refreshed?: Refresh
}

type Saved = Promise<Result<void, StoreFailure>>

export interface OutLinkBook {
  /** Newest first. What does not read is left out. */
  list(): Promise<readonly KeptOutLink[]>
  keep(link: KeptOutLink): Saved
  /** Of a link that was ended meanwhile, nothing is noted. */
  noteRefreshed(linkId: LinkId, refresh: Refresh): Saved
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
      const links = Object.entries(doc).flatMap(([id, stored]) => {
        const kept = readKept(id, String(stored))
        const refreshed = readRefresh(doc[id + REFRESHED])
        return kept === undefined ? [] : [refreshed === undefined ? kept : { ...kept, refreshed }]
      })
      return links.toSorted((a, b) => b.madeAt - a.madeAt)
    },
    keep: ({ linkId, address, key, refreshed, ...rest }) =>
      change(doc => {
        const stored = { ...rest, address: toBase64Url(address), key: toBase64Url(key) }
        doc[linkId] = new ImmutableString(JSON.stringify(stored))
        if (refreshed !== undefined) doc[linkId + REFRESHED] = new ImmutableString(JSON.stringify(refreshed))
      }),
    noteRefreshed: (linkId, refresh) =>
      change(doc => {
        if (linkId in doc) doc[linkId + REFRESHED] = new ImmutableString(JSON.stringify(refresh))
      }),
    forget: linkIds =>
      change(doc => {
        for (const id of linkIds) delete doc[id]
        // Also what another device noted of a link while it was ended here.
        for (const name of Object.keys(doc)) {
          if (name.endsWith(REFRESHED) && !(name.slice(0, -REFRESHED.length) in doc)) delete doc[name]
        }
      }),
  }
}

function readKept(id: string, stored: string): KeptOutLink | undefined {
  const linkId = LinkId.parse(id)
  const { address, key, origin, label, sections, files, madeAt, expiresAt, hasPasscode, maxOpens, living } =
    parseObject(stored)
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
    sections: sectionsIn(sections),
    files: entryIdsIn(files),
    madeAt: instant(madeAt),
    expiresAt: instant(expiresAt),
    hasPasscode: hasPasscode === true,
    ...(isCount ? { maxOpens } : {}),
    ...(isObject(living)
      ? { living: { noneKnown: sectionsIn(living['noneKnown']), words: readOutWords(living['words']) } }
      : {}),
  }
}

function sectionsIn(stored: unknown): readonly Section[] {
  return SECTIONS.filter(section => Array.isArray(stored) && stored.includes(section))
}

function entryIdsIn(stored: unknown): readonly EntryId[] {
  return Array.isArray(stored) ? stored.filter(each => typeof each === 'string' && isEntryId(each)) : []
}

function readRefresh(stored: ImmutableString | undefined): Refresh | undefined {
  const { at: time, digest } = parseObject(String(stored))
  return isTime(time) && typeof digest === 'string' ? { at: instant(time), digest } : undefined
}

const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 8.64e15

/** What is shown of a link, and handed out. */
export function shownOutLink(kept: KeptOutLink, relay: ToldOfLink): OutLink {
  const { linkId, address, key, origin, living, refreshed, ...shown } = kept
  const url = `${origin}${openPath(toBase64Url(address))}`
  const form = { ...formOf(kept), needsPasscode: kept.hasPasscode }
  const level = living === undefined ? {} : { refreshedAt: refreshed?.at ?? kept.madeAt }
  return {
    linkId,
    address: `${origin}/view#${writeLink({ ...shown, url, key, ...form })}`,
    ...shown,
    ...level,
    ...relay,
  }
}

type ToldOfLink = Pick<OutLink, 'standing' | 'opens' | 'openings' | 'refreshProblem'>

/** Only a list of files has a place for a passcode, or to say that they can change. */
export function formOf({ hasPasscode, living }: KeptOutLink): {
  readonly isDirect: boolean
  readonly isLongTerm: boolean
} {
  const isLongTerm = living !== undefined
  return { isDirect: !hasPasscode && !isLongTerm, isLongTerm }
}
