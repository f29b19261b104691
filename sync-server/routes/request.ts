import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { verifyHash, verifySignature } from '#crypto/verify.ts'
import { toHex } from '#schema/bytes.ts'
import { type LogId, LogId as LogIds } from '#schema/ids.ts'
import { AUTHORIZATION_HEADER, parseAuthorization } from '#schema/protocol/http.ts'
import { REQUEST_LABEL, requestProofBytes } from '#schema/protocol/proof.ts'
import { REFUSALS, type Refusal, type RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { clientAddress } from '../limits/address.ts'
import type { Relay } from '../relay.ts'
import type { Asker } from '../store/relay-store.ts'

/** What @hono/node-server hands in; absent under `app.request()`. */
export interface Env {
  readonly Bindings: { readonly incoming?: { readonly socket: { readonly remoteAddress?: string } } }
  /** Why the answer is no, for log and metrics. */
  readonly Variables: { refusal?: RefusalCode }
}

export function refuse(c: Context, code: RefusalCode, details: Omit<Refusal, 'code'> = {}): Response {
  const { status } = REFUSALS[code]
  c.set('refusal', code)
  if (details.retryAfterMs !== undefined) c.header('retry-after', String(Math.ceil(details.retryAfterMs / 1000)))
  return c.json({ code, ...details } satisfies Refusal, status satisfies ContentfulStatusCode)
}

export function answerBytes(c: Context, bytes: Uint8Array<ArrayBuffer>): Response {
  return c.body(bytes, 200, { 'content-type': 'application/octet-stream' })
}

/** For answers that say no more than yes. */
export function answerEmpty(c: Context, outcome: Result<unknown, RefusalCode>, status: 200 | 201 = 200): Response {
  return outcome.ok ? c.body(null, status) : refuse(c, outcome.failure)
}

export async function bodyOf(c: Context): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await c.req.arrayBuffer())
}

/** The path as it was signed: with its query, without the host. */
export function signedPath(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}

export interface Authorized {
  readonly asker: Asker
  readonly challenge: Uint8Array<ArrayBuffer>
}

/** The holder key that signed this very request, or why it does not count. */
export function authorize(relay: Relay, c: Context, body: Uint8Array): Result<Authorized, RefusalCode> {
  const parsed = parseAuthorization(c.req.header(AUTHORIZATION_HEADER) ?? '')
  if (parsed === undefined) return fail('bad-proof')
  const now = relay.now()
  const fresh = relay.challenges.check(parsed.challenge, now)
  if (!fresh.ok) return fresh
  const signed = requestProofBytes(parsed.challenge, c.req.method, signedPath(c), verifyHash(body))
  if (!verifySignature(parsed.holderKey, REQUEST_LABEL, signed, parsed.signature)) return fail('bad-proof')
  return ok({ asker: { holders: [toHex(parsed.holderKey)], now }, challenge: parsed.challenge })
}

/** The log in the path; undefined when it is no id. */
export function logIdOf(c: Context): LogId | undefined {
  return LogIds.parse(c.req.param('log') ?? '')
}

/** Reads the log id and the signature, then lets `act` answer. */
export async function withAsker(
  relay: Relay,
  c: Context,
  act: (logId: LogId, authorized: Authorized, body: Uint8Array<ArrayBuffer>) => Promise<Response>,
): Promise<Response> {
  const logId = logIdOf(c)
  if (logId === undefined) return refuse(c, 'bad-request')
  const body = await bodyOf(c)
  const authorized = authorize(relay, c, body)
  return authorized.ok ? act(logId, authorized.value, body) : refuse(c, authorized.failure)
}

export function addressOf(relay: Relay, c: Context<Env>): string {
  const peer = c.env?.incoming?.socket.remoteAddress ?? 'local'
  return clientAddress(peer, c.req.header('x-forwarded-for'), relay.trustsProxy)
}

/** A whole number from 0 in the query; undefined when it is anything else. */
export function countInQuery(c: Context, name: string): number | undefined {
  const text = c.req.query(name) ?? '0'
  const value = Number(text)
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(value) ? value : undefined
}
