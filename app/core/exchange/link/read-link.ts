import { fromBase64Url } from '#schema/base64url.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { parseObject, textOf } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { LinkFault, LinkInfo } from '../../link-session.ts'
import { isProse } from '../file-text.ts'

/** A SMART Health Link taken apart. Its key never leaves the worker. */
export interface HealthLink extends LinkInfo {
  readonly url: string
  /** 32 bytes: opens its files. */
  readonly key: Uint8Array
  /** Its address is the one file itself, and no list of files. */
  readonly isDirect: boolean
}

const LINK = /shlink:\/+([A-Za-z0-9_-]+)={0,2}/
/** Longer ones fit in no QR code. */
const MAX_LINK_CHARS = 8000
const MAX_URL_CHARS = 2000
const MAX_LABEL = 80
const VERSION = 1
/** Seconds; what is larger was written in milliseconds by mistake. */
const MAX_SECONDS = 1e11

/** The link in a text that holds one: bare, behind a viewer's address, or amid the words of a message. */
export function linkIn(text: string): string | undefined {
  if (text.length > MAX_LINK_CHARS) return undefined
  const alone = /^\s*(?:https?:\/\/[^\s#]+#\s*)?(shlink:\/\S+)\s*$/.exec(text)?.[1]
  if (alone !== undefined || !isProse(text.slice(0, 1000))) return alone
  const [first, ...others] = new Set(text.match(new RegExp(LINK, 'g')))
  return others.length === 0 ? first : undefined
}

/**
 * Total. `expired` by the link's own word at `now`. `ownOrigin`: where the page that asks was loaded from, which it may ask however it was
 * loaded. (SMART Health Links, "Construct a SMART Health Link Payload".)
 */
export function readLink(text: string, now: Instant, ownOrigin?: string): Result<HealthLink, LinkFault> {
  const bytes = fromBase64Url(LINK.exec(linkIn(text) ?? '')?.[1] ?? '')
  if (bytes === undefined || bytes.length === 0) return fail('unreadable')
  const payload = parseObject(new TextDecoder().decode(bytes))
  const { url, flag = '', exp, v = VERSION } = payload
  // Whatever the version: label, exp and flag always mean the same.
  if (typeof v === 'number' && v > VERSION) return fail('newer')
  const key = typeof payload['key'] === 'string' ? fromBase64Url(payload['key']) : undefined
  if (typeof url !== 'string' || url.length > MAX_URL_CHARS || !URL.canParse(url) || key?.length !== 32) {
    return fail('unreadable')
  }
  if (typeof flag !== 'string' || v !== VERSION || (exp !== undefined && !isTime(exp))) return fail('unreadable')
  const expiresAt = exp === undefined ? undefined : momentOf(exp)
  if (expiresAt !== undefined && expiresAt <= now) return fail('expired')
  const { protocol, origin, host, username, password } = new URL(url)
  const isSafe = protocol === 'https:' || origin === ownOrigin
  if (!isSafe || username !== '' || password !== '') return fail('insecure')
  const label = textOf(payload['label'], MAX_LABEL)
  const isDirect = flag.includes('U')
  return ok({
    url,
    key,
    isDirect,
    host,
    // Without a list of files there is nobody to ask for a passcode.
    needsPasscode: flag.includes('P') && !isDirect,
    isLongTerm: flag.includes('L'),
    ...(label === undefined ? {} : { label }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  })
}

/** What of a link may be shown: all but its address and key. */
export function linkInfo({ host, label, needsPasscode, isLongTerm, expiresAt }: HealthLink): LinkInfo {
  const shown = label === undefined ? {} : { label }
  return { host, needsPasscode, isLongTerm, ...shown, ...(expiresAt === undefined ? {} : { expiresAt }) }
}

const isTime = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 8.64e15

function momentOf(time: number): Instant {
  return instant(Math.floor(time > MAX_SECONDS ? time : time * 1000))
}
