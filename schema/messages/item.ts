import { isObject, type JsonObject, parseObject } from '../record/fhir/json.ts'
import { ThreadId } from '../ids.ts'
import { parseWhen } from '../record/when.ts'
import { type Instant, instant } from '../instant.ts'
import { type ChartSnapshot, parseCharts } from './chart.ts'
import { CIRCLE_READERS, type CircleItem, parseCircle } from './circle.ts'
import { type EntryReference, parseReferences } from './entry-reference.ts'
import { type MessageFile, parseFiles } from './file.ts'

export const MAX_MESSAGE_CHARS = 20_000
export const MAX_SUBJECT_CHARS = 200
export const MAX_VISITOR_CHARS = 100
export const MAX_STAFF_CHARS = 100
/** Nobody gets there by writing; who says so keeps nobody else from being heard. */
export const MAX_ORDER = 2 ** 48

/** What all items carry. */
interface ItemHead {
  /** By its writer's clock. */
  readonly at: Instant
  /** One more than the highest that its writer had seen in the conversation: an answer stands below what it answers. From 1. */
  readonly order: number
}

/** What the conversation is: counts as its opener's first item alone. */
export interface Opening extends ItemHead {
  readonly kind: 'opening'
  readonly about: ConversationKind
}

/** `care`: about the health of one of the two; `patient` says whether that is who opened it. */
export type ConversationKind =
  | { readonly is: 'family' }
  /** Of people who know each other by pseudonyms alone (decision 59). */
  | { readonly is: 'circle'; readonly name: string; readonly rules: string }
  /** `visitor`: with somebody who has no Wellkeep, as the patient calls them; then nobody but the patient's devices is in the log. */
  | { readonly is: 'care'; readonly patient: 'opener' | 'other'; readonly visitor?: string }

export interface ThreadBegun extends ItemHead {
  readonly kind: 'thread'
  readonly thread: ThreadId
  readonly subject: string
}

export interface Message extends ItemHead {
  readonly kind: 'message'
  readonly thread: ThreadId
  /** Made by whoever sends it: what is sent twice is said once. */
  readonly key: string
  readonly text: string
  /** Of its writer's own record, what goes along. */
  readonly entries?: readonly EntryReference[]
  readonly charts?: readonly ChartSnapshot[]
  readonly files?: readonly MessageFile[]
  /** In a conversation with a visitor: it is theirs, and how it came here. */
  readonly visitor?: VisitorSaid
}

/** `link`: by a link, from whoever had it, who said to be called so; nobody checked that. `told`: the patient wrote down what they were told. */
export interface VisitorSaid {
  readonly how: 'link' | 'told'
  readonly name: string
}

/** What a provider says of how they answer: stands above every thread. The newest of each person counts. */
export interface AnswerTimes extends ItemHead {
  readonly kind: 'answer-times'
  /** In words of their own: "within two working days". Empty: nothing is said. */
  readonly text: string
}

/** Times that a provider has to give, as far as nobody has them: their patients ask for one of these. The newest of each person counts. */
export interface FreeTimes extends ItemHead {
  readonly kind: 'free-times'
  readonly slots: readonly OfferedTime[]
}

export interface OfferedTime {
  /** FHIR dateTime with time and zone. */
  readonly startsAt: string
  readonly minutes?: number
}

/** Told at once. */
export const MAX_FREE_TIMES = 30

/** Who of a practice's staff writes this journal; the newest of a journal counts. The practice's word, as each of them could say any name. */
export interface Staff extends ItemHead {
  readonly kind: 'staff'
  readonly name: string
}

/** In a circle alone; anywhere else nobody looks at it. */
export type CircleDeed = ItemHead & CircleItem

export type Item = Opening | ThreadBegun | Message | AnswerTimes | FreeTimes | Staff | CircleDeed

type Content<One> = One extends Item ? Omit<One, keyof ItemHead> : never
/** An item before it has its place. */
export type ItemContent = Content<Item>

export function encodeItem(item: Item): string {
  return JSON.stringify(item)
}

/** Total; undefined for what is no item, or one of a kind that this version does not know. */
export function parseItem(text: string): Item | undefined {
  const json = parseObject(text)
  const { at, order, kind } = json
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > 8.64e15) return undefined
  if (typeof order !== 'number' || !Number.isSafeInteger(order) || order < 1 || order > MAX_ORDER) return undefined
  const read = typeof kind === 'string' && Object.hasOwn(READERS, kind) ? READERS[kind as Item['kind']] : undefined
  const content = read?.(json)
  return content && { ...content, at: instant(at), order }
}

const READERS: { readonly [Kind in Item['kind']]: (json: JsonObject) => ItemContent | undefined } = {
  opening({ about }) {
    if (!isObject(about)) return undefined
    const circle = parseCircle(about)
    if (circle !== undefined) return { kind: 'opening', about: circle }
    if (about['is'] === 'family') return { kind: 'opening', about: { is: 'family' } }
    const { patient } = about
    if (about['is'] !== 'care' || (patient !== 'opener' && patient !== 'other')) return undefined
    const visitor = textIn(about['visitor'], MAX_VISITOR_CHARS)
    return { kind: 'opening', about: { is: 'care', patient, ...(visitor !== undefined && { visitor }) } }
  },
  thread(json) {
    const [thread, subject] = [threadIn(json), textIn(json['subject'], MAX_SUBJECT_CHARS)]
    return thread === undefined || subject === undefined ? undefined : { kind: 'thread', thread, subject }
  },
  message(json) {
    const [thread, key] = [threadIn(json), textIn(json['key'], 100)]
    const text = textIn(json['text'], MAX_MESSAGE_CHARS)
    if (thread === undefined || key === undefined || text === undefined) return undefined
    // What goes along and cannot be read is left out: the message is read all the same.
    const entries = parseReferences(json['entries']) ?? []
    const charts = parseCharts(json['charts']) ?? []
    const files = parseFiles(json['files']) ?? []
    const visitor = parseVisitorSaid(json['visitor'])
    const along = {
      ...(entries.length > 0 && { entries }),
      ...(charts.length > 0 && { charts }),
      ...(files.length > 0 && { files }),
      ...(visitor !== undefined && { visitor }),
    }
    return { kind: 'message', thread, key, text, ...along }
  },
  'answer-times'(json) {
    const text = textIn(json['text'], MAX_SUBJECT_CHARS)
    return text === undefined ? undefined : { kind: 'answer-times', text }
  },
  'free-times'({ slots }) {
    const read = Array.isArray(slots) && slots.length <= MAX_FREE_TIMES ? slots.map(parseTime) : [undefined]
    const known = read.flatMap(one => one ?? [])
    return known.length === read.length ? { kind: 'free-times', slots: known } : undefined
  },
  staff(json) {
    const name = textIn(json['name'], MAX_STAFF_CHARS)
    return name === undefined ? undefined : { kind: 'staff', name }
  },
  ...CIRCLE_READERS,
}

function parseTime(json: unknown): OfferedTime | undefined {
  if (!isObject(json)) return undefined
  const { startsAt, minutes } = json
  const when = typeof startsAt === 'string' && startsAt.includes('T') ? parseWhen(startsAt) : undefined
  if (typeof startsAt !== 'string' || when?.ok !== true) return undefined
  if (minutes === undefined) return { startsAt }
  const isLength = Number.isInteger(minutes) && Number(minutes) >= 1 && Number(minutes) <= 1440
  return isLength ? { startsAt, minutes: Number(minutes) } : undefined
}

function threadIn({ thread }: JsonObject): ThreadId | undefined {
  return typeof thread === 'string' ? ThreadId.parse(thread) : undefined
}

/** A text from somebody else's app: too long a one is no honest one's. */
function textIn(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value.length <= most ? value.toWellFormed() : undefined
}

export function parseVisitorSaid(json: unknown): VisitorSaid | undefined {
  if (!isObject(json)) return undefined
  const { how } = json
  const name = textIn(json['name'], MAX_VISITOR_CHARS)
  return (how === 'link' || how === 'told') && name !== undefined ? { how, name } : undefined
}
