import { ByteWriter, type DecodeFailure, decodeAll } from '../bytes.ts'
import type { LogId, MailboxId } from '../ids.ts'
import type { Result } from '../result.ts'
import { LOGS_PATH, mailboxPath } from './http.ts'

/**
 * Web Push without content; decision 0054. GET `PUSH_PATH`, which needs no proof: the key that a browser binds a subscription to. POST at
 * a log (read) or a mailbox (its read key) subscribes an endpoint to it; again renews it, and takes the place of what was said of the
 * endpoint before. POST `END_PUSH_PATH` ends all of an endpoint: whoever knows it may.
 */
export const PUSH_PATH = '/v1/push'
export const END_PUSH_PATH = `${PUSH_PATH}/end`

export function logPushPath(logId: LogId): string {
  return `${LOGS_PATH}/${logId}/push`
}

export function mailboxPushPath(mailbox: MailboxId): string {
  return `${mailboxPath(mailbox)}/push`
}

export const MAX_ENDPOINT_BYTES = 1024
/** An uncompressed point on P-256. */
export const PUSH_KEY_BYTES = 65
const DAY_MINUTES = 24 * 60

/** Minutes of the UTC day, `from` inclusive; over midnight where it is the later one. Never the same. */
export interface QuietHours {
  readonly fromMinute: number
  readonly toMinute: number
}

export interface PushSubscription {
  /** The holder key by which the device shows itself to the relay: while it is connected nothing is sent. Not proven, it counts for this endpoint alone. */
  readonly device: Uint8Array<ArrayBuffer>
  readonly endpoint: string
  /** Nothing is sent in these; what came is told once at their end. */
  readonly quiet?: QuietHours
}

export function encodePushSubscription({ device, endpoint, quiet }: PushSubscription): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
    .u8(1)
    .bytes(device)
    .text(endpoint)
    .bool(quiet !== undefined)
  return (quiet === undefined ? writer : writer.u16(quiet.fromMinute).u16(quiet.toMinute)).done()
}

export function decodePushSubscription(bytes: Uint8Array): Result<PushSubscription, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== 1) reader.stop('unknown-version')
    const device = reader.bytes(32)
    const endpoint = reader.text(MAX_ENDPOINT_BYTES)
    if (!reader.bool()) return { device, endpoint }
    const quiet = { fromMinute: reader.u16(), toMinute: reader.u16() }
    const isDay = Math.max(quiet.fromMinute, quiet.toMinute) < DAY_MINUTES && quiet.fromMinute !== quiet.toMinute
    return isDay ? { device, endpoint, quiet } : reader.stop('bad-value')
  })
}

/** Answer of GET: the key alone. */
export function encodePushKey(key: Uint8Array): Uint8Array<ArrayBuffer> {
  return new ByteWriter().u8(1).bytes(key).done()
}

export function decodePushKey(bytes: Uint8Array): Result<Uint8Array<ArrayBuffer>, DecodeFailure> {
  return decodeAll(bytes, reader => (reader.u8() === 1 ? reader.bytes(PUSH_KEY_BYTES) : reader.stop('unknown-version')))
}

/** Body of POST end. */
export function encodePushEnd(endpoint: string): Uint8Array<ArrayBuffer> {
  return new ByteWriter().text(endpoint).done()
}

export function decodePushEnd(bytes: Uint8Array): Result<string, DecodeFailure> {
  return decodeAll(bytes, reader => reader.text(MAX_ENDPOINT_BYTES))
}
