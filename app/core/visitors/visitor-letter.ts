import { openFrom, sealTo } from '#crypto/sealed-box.ts'
import { isKemPublicKey, type KemKey, kemKeyFromSeed } from '#crypto/keys.ts'
import { ByteWriter, decodeAll, fromHex, toHex, utf8 } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type ChartSnapshot, parseCharts } from '#schema/messages/chart.ts'
import { type EntryReference, parseReferences } from '#schema/messages/entry-reference.ts'
import { isObject, type JsonObject, parseObject } from '#schema/record/fhir/json.ts'
import { isRequestKind } from '#schema/requests/request-id.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { AppointmentTime } from '../requests/appointment-time.ts'
import { shownFileName, shownName } from '../shown-name.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const MAX_ANSWER_CHARS = 10_000
/** Sealed, and with what is written beside it, it fits into `MAX_ANSWER_BYTES`. */
export const MAX_ANSWER_FILE_BYTES = 7 * 1024 * 1024
const LABEL = 'wk/1/visitor-answer'
const VERSION = 1
const MOST_LINES = 10_000

/** What whoever has a visitor's link sees. It is sealed under the key in the link. */
export interface VisitorLetter {
  /** Whose letter it is, as they call themselves. */
  readonly from: string
  readonly to: string
  readonly expiresAt: Instant
  /** X-Wing: answers are sealed to it, and opened by nobody but whoever made the link. */
  readonly kemPublicKey: Bytes
  readonly says: LetterThread | LetterRequest
}

export interface LetterThread {
  readonly is: 'thread'
  readonly subject: string
  readonly messages: readonly LetterMessage[]
}

export interface LetterMessage {
  readonly by: 'patient' | 'visitor'
  readonly at: Instant
  readonly text: string
  readonly entries: readonly EntryReference[]
  readonly charts: readonly ChartSnapshot[]
  /** Names of files that go along, and that this link does not hold. */
  readonly files: readonly string[]
}

export interface LetterRequest {
  readonly is: 'request'
  readonly kind: RequestKind
  readonly title: string
  readonly state: string
  readonly history: readonly LetterStep[]
  /** What can be done by whoever answers. */
  readonly next: readonly string[]
  /** Of that, what most people came for. */
  readonly main: readonly string[]
  readonly time?: AppointmentTime
}

export interface LetterStep {
  readonly role: 'patient' | 'provider'
  readonly kind: string
  readonly at: Instant
  readonly data: JsonObject
}

export function encodeLetter({ kemPublicKey, ...letter }: VisitorLetter): Bytes {
  return utf8(JSON.stringify({ ...letter, kemPublicKey: toHex(kemPublicKey) }))
}

/** Total; undefined for what is no letter. */
export function parseLetter(text: string): VisitorLetter | undefined {
  const { from, to, expiresAt, kemPublicKey, says } = parseObject(text)
  const key = typeof kemPublicKey === 'string' ? fromHex(kemPublicKey) : undefined
  const end = instantIn(expiresAt)
  if (typeof from !== 'string' || typeof to !== 'string' || end === undefined) return undefined
  if (key === undefined || !isKemPublicKey(key) || !isObject(says)) return undefined
  const read = says['is'] === 'thread' ? readThread(says) : readRequest(says)
  return read && { from, to, expiresAt: end, kemPublicKey: key, says: read }
}

function readThread({ subject, messages }: JsonObject): LetterThread | undefined {
  if (typeof subject !== 'string' || !Array.isArray(messages) || messages.length > MOST_LINES) return undefined
  const read = messages.flatMap((one: unknown) => readMessage(one) ?? [])
  return read.length === messages.length ? { is: 'thread', subject, messages: read } : undefined
}

function readMessage(json: unknown): LetterMessage | undefined {
  if (!isObject(json)) return undefined
  const { by, text, files } = json
  const at = instantIn(json['at'])
  if ((by !== 'patient' && by !== 'visitor') || at === undefined || typeof text !== 'string') return undefined
  const names = Array.isArray(files) ? files.filter(one => typeof one === 'string') : []
  const charts = parseCharts(json['charts']) ?? []
  return { by, at, text, entries: parseReferences(json['entries']) ?? [], charts, files: names }
}

function readRequest({ kind, title, state, history, next, main, time }: JsonObject): LetterRequest | undefined {
  const known = typeof kind === 'string' && isRequestKind(kind) ? kind : undefined
  if (known === undefined || typeof title !== 'string' || typeof state !== 'string') return undefined
  if (!Array.isArray(history) || history.length > MOST_LINES || !Array.isArray(next)) return undefined
  const steps = history.flatMap((one: unknown) => readStep(one) ?? [])
  if (steps.length !== history.length) return undefined
  const at = readTime(time)
  const [steppable, mainly] = [textsIn(next), textsIn(Array.isArray(main) ? main : [])]
  const said = { is: 'request', kind: known, title, state, history: steps, next: steppable, main: mainly } as const
  return at === undefined ? said : { ...said, time: at }
}

const textsIn = (list: readonly unknown[]) => list.filter(one => typeof one === 'string')

function readTime(json: unknown): AppointmentTime | undefined {
  if (!isObject(json) || typeof json['startsAt'] !== 'string') return undefined
  const { startsAt, isAgreed } = json
  return { startsAt, isAgreed: isAgreed === true }
}

function readStep(json: unknown): LetterStep | undefined {
  if (!isObject(json)) return undefined
  const { role, kind, data } = json
  const at = instantIn(json['at'])
  if ((role !== 'patient' && role !== 'provider') || typeof kind !== 'string' || at === undefined) return undefined
  return isObject(data) ? { role, kind, at, data } : undefined
}

function instantIn(value: unknown): Instant | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= 8.64e15
    ? instant(value)
    : undefined
}

/** What comes back. */
export interface SealedAnswer {
  readonly name: string
  readonly text: string
  readonly step?: { readonly kind: string; readonly data: JsonObject }
  readonly file?: { readonly name: string; readonly bytes: Bytes }
}

export const answerKey = (seed: Uint8Array): KemKey => kemKeyFromSeed(seed)

/** `ver(1) ‖ sized JSON ‖ the file’s bytes`, sealed to the letter's key. */
export function sealAnswer(kemPublicKey: Uint8Array, { file, ...said }: SealedAnswer): Bytes {
  const json = utf8(JSON.stringify(file === undefined ? said : { ...said, fileName: file.name }))
  const plain = new ByteWriter()
    .u8(VERSION)
    .sized(json)
    .bytes(file?.bytes ?? new Uint8Array(0))
  return sealTo(kemPublicKey, LABEL, plain.done())
}

/** Of whoever had the link: each word of it may be anything. */
export function openAnswer(key: KemKey, sealed: Uint8Array): Result<SealedAnswer, 'not-opened'> {
  const opened = openFrom(key, LABEL, sealed)
  if (!opened.ok) return opened
  const decoded = decodeAll(opened.value, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    return { json: new TextDecoder().decode(reader.sized(1024 * 1024)), file: reader.rest() }
  })
  if (!decoded.ok) return fail('not-opened')
  const { name, text, step, fileName } = parseObject(decoded.value.json)
  if (typeof name !== 'string' || typeof text !== 'string') return fail('not-opened')
  const { file } = decoded.value
  const kind = isObject(step) && typeof step['kind'] === 'string' ? step['kind'] : undefined
  const data = isObject(step) && isObject(step['data']) ? step['data'] : {}
  return ok({
    name: shownName(name),
    text: Array.from(text.toWellFormed()).slice(0, MAX_ANSWER_CHARS).join(''),
    ...(kind === undefined ? {} : { step: { kind, data } }),
    ...(typeof fileName === 'string' && file.length > 0 && file.length <= MAX_ANSWER_FILE_BYTES
      ? { file: { name: shownFileName(fileName), bytes: file } }
      : {}),
  })
}
