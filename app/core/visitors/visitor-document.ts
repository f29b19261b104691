import { ImmutableString } from '@automerge/automerge/slim'
import { fromBase64Url, toBase64Url } from '#schema/base64url.ts'
import { LinkId, ThreadId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { type MessageFile, parseFiles } from '#schema/messages/file.ts'
import { isObject, type JsonObject, parseObject } from '#schema/record/fhir/json.ts'
import { parseRequestId } from '#schema/requests/request-id.ts'
import type { VisitorTopic } from '../visitor-session.ts'
import { type DocMap, textIn, timeIn } from '../record/flat-fields.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Of a conversation with a visitor: nobody but this person's devices is in its log. */
export const VISITOR_LABEL = 'visitor'

const LINK = 'link '
const ENDED = 'ended '
const ANSWER = 'answer '
const DONE = 'done '
const KEY_BYTES = 32

export interface KeptVisitorLink {
  readonly linkId: LinkId
  /** 32 bytes: the link's id is their hash. */
  readonly address: Bytes
  /** 32 bytes: opens the letter. */
  readonly key: Bytes
  /** 32 bytes: of the key that answers are sealed to. */
  readonly answerSeed: Bytes
  readonly topic: VisitorTopic
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly origin: string
}

export interface KeptAnswer {
  /** H(what was sealed)[0..16], hex. */
  readonly id: string
  readonly linkId: LinkId
  readonly topic: VisitorTopic
  readonly at: Instant
  readonly name: string
  readonly text: string
  readonly step?: { readonly kind: string; readonly data: JsonObject }
  readonly file?: MessageFile
}

export interface VisitorBook {
  /** Newest first, without those that were ended. */
  readonly links: readonly KeptVisitorLink[]
  readonly answers: readonly KeptAnswer[]
  /** Taken in, or put away. */
  readonly done: ReadonlySet<string>
}

/** What does not read is left out. */
export function readVisitor(doc: DocMap): VisitorBook {
  const entries = Object.entries(doc)
  const namesAfter = (prefix: string) =>
    new Set(entries.flatMap(([name]) => (name.startsWith(prefix) ? name.slice(prefix.length) : [])))
  const read = <Kept>(prefix: string, parse: (name: string, json: JsonObject) => Kept | undefined) =>
    entries.flatMap(([name, value]) => {
      const text = name.startsWith(prefix) ? textIn(value) : undefined
      return text === undefined ? [] : (parse(name.slice(prefix.length), parseObject(text)) ?? [])
    })
  const ended = namesAfter(ENDED)
  const links = read(LINK, readLink).filter(({ linkId }) => !ended.has(linkId))
  return {
    links: links.toSorted((a, b) => b.madeAt - a.madeAt),
    answers: read(ANSWER, readAnswer).toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    done: namesAfter(DONE),
  }
}

/** Of a thread or a request: neither taken in nor put away. */
export function waitingAnswers({ answers, done }: VisitorBook, id: string): number {
  return answers.filter(answer => !done.has(answer.id) && topicId(answer.topic) === id).length
}

const topicId = (topic: VisitorTopic) => ('threadId' in topic ? topic.threadId : topic.requestId)

export function putVisitorLink(doc: DocMap, { linkId, address, key, answerSeed, ...rest }: KeptVisitorLink): void {
  const secrets = { address: toBase64Url(address), key: toBase64Url(key), answerSeed: toBase64Url(answerSeed) }
  doc[LINK + linkId] = new ImmutableString(JSON.stringify({ ...rest, ...secrets }))
}

/** Its secrets go as well, as far as the log's past lets them. */
export function putLinkEnded(doc: DocMap, linkId: LinkId): void {
  doc[ENDED + linkId] = 1
  delete doc[LINK + linkId]
}

export function putAnswer(doc: DocMap, { id, ...rest }: KeptAnswer): void {
  doc[ANSWER + id] = new ImmutableString(JSON.stringify(rest))
}

export function putAnswerDone(doc: DocMap, id: string): void {
  doc[DONE + id] = 1
}

export function parseTopic(topic: unknown): VisitorTopic | undefined {
  if (!isObject(topic)) return undefined
  const { threadId, requestId } = topic
  if (typeof threadId === 'string' && ThreadId.parse(threadId) !== undefined) return { threadId }
  return typeof requestId === 'string' && parseRequestId(requestId) !== undefined ? { requestId } : undefined
}

function readLink(name: string, json: JsonObject): KeptVisitorLink | undefined {
  const linkId = LinkId.parse(name)
  const [address, key, answerSeed] = ['address', 'key', 'answerSeed'].map(field => secretIn(json[field]))
  const [topic, madeAt, expiresAt] = [parseTopic(json['topic']), timeIn(json['madeAt']), timeIn(json['expiresAt'])]
  const { origin } = json
  if (linkId === undefined || topic === undefined || madeAt === undefined || expiresAt === undefined) return undefined
  if (address === undefined || key === undefined || answerSeed === undefined) return undefined
  return typeof origin === 'string' ? { linkId, address, key, answerSeed, topic, madeAt, expiresAt, origin } : undefined
}

function secretIn(value: unknown): Bytes | undefined {
  const bytes = typeof value === 'string' ? fromBase64Url(value) : undefined
  return bytes?.length === KEY_BYTES ? bytes : undefined
}

function readAnswer(id: string, json: JsonObject): KeptAnswer | undefined {
  const { name, text, step } = json
  const linkId = typeof json['linkId'] === 'string' ? LinkId.parse(json['linkId']) : undefined
  const [at, topic] = [timeIn(json['at']), parseTopic(json['topic'])]
  if (!/^[0-9a-f]{32}$/.test(id) || linkId === undefined || at === undefined || topic === undefined) return undefined
  if (typeof name !== 'string' || typeof text !== 'string') return undefined
  const [file] = parseFiles([json['file']]) ?? []
  const said = { id, linkId, topic, at, name, text, ...(file === undefined ? {} : { file }) }
  if (!isObject(step) || typeof step['kind'] !== 'string' || !isObject(step['data'])) return said
  return { ...said, step: { kind: step['kind'], data: step['data'] } }
}
