import { toBase64Url } from '#schema/base64url.ts'
import { utf8 } from '#schema/bytes.ts'
import type { Instant } from '#schema/instant.ts'

/** What is written into a SMART Health Link; its counterpart is `readLink`. */
export interface LinkToWrite {
  readonly url: string
  /** 32 bytes. */
  readonly key: Uint8Array
  /** At most 80 characters. */
  readonly label: string
  readonly expiresAt: Instant
  readonly isDirect: boolean
  readonly needsPasscode: boolean
  readonly isLongTerm: boolean
}

/** The specification's letters, in the order of the alphabet. (SMART Health Links, "Construct a SMART Health Link Payload".) */
export function writeLink({ url, key, label, expiresAt, isDirect, needsPasscode, isLongTerm }: LinkToWrite): string {
  const flag = `${isLongTerm ? 'L' : ''}${needsPasscode ? 'P' : ''}${isDirect ? 'U' : ''}`
  const payload = {
    url,
    key: toBase64Url(key),
    // Whole seconds; the relay's end is the one that counts.
    exp: Math.floor(expiresAt / 1000),
    ...(flag === '' ? {} : { flag }),
    ...(label === '' ? {} : { label }),
    v: 1,
  }
  return `shlink:/${toBase64Url(utf8(JSON.stringify(payload)))}`
}
