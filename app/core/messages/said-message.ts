import type { ThreadId } from '#schema/ids.ts'
import { MAX_CHARTS } from '#schema/messages/chart.ts'
import { MAX_ENTRIES } from '#schema/messages/entry-reference.ts'
import { MAX_FILES, type MessageFile } from '#schema/messages/file.ts'
import { type ItemContent, MAX_MESSAGE_CHARS, type VisitorSaid } from '#schema/messages/item.ts'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import type { GivenChart, MessageFailure, NewMessage } from '../message-session.ts'
import type { RecordService } from '../record/open-record.ts'

type Wrong = Extract<
  MessageFailure['kind'],
  'empty' | 'too-long' | 'too-many-entries' | 'too-many-charts' | 'too-many-files' | 'entry-not-given'
>

/** Why it cannot be sent as it is. What is private is asked of the record itself, at the moment of sending. */
export async function wrongIn(
  record: Pick<RecordService, 'watchEntry'>,
  { text, entries = [], charts = [], files = [] }: NewMessage,
): Promise<Wrong | undefined> {
  if (text.trim() === '' && files.length === 0) return 'empty'
  if (text.length > MAX_MESSAGE_CHARS) return 'too-long'
  if (entries.length > MAX_ENTRIES) return 'too-many-entries'
  if (charts.length > MAX_CHARTS) return 'too-many-charts'
  if (files.length > MAX_FILES) return 'too-many-files'
  if (!charts.every(saysWhose)) return 'entry-not-given'
  const ids = new Set([...entries.map(({ id }) => id), ...charts.flatMap(({ of }) => of)])
  const given = await Promise.all([...ids].map(id => isGiven(record, id)))
  return given.every(Boolean) ? undefined : 'entry-not-given'
}

/** Of each of its values. */
const saysWhose = ({ chart, of }: GivenChart) => of.length >= chart.rows.length

/** `files`: those of the message that were held, as they are named in it. */
export function messageItem(
  thread: ThreadId,
  { key, text, entries = [], charts = [] }: NewMessage,
  { files, visitor }: { readonly files: readonly MessageFile[]; readonly visitor?: VisitorSaid },
): ItemContent {
  const along = {
    ...(entries.length > 0 && { entries }),
    ...(charts.length > 0 && { charts: charts.map(({ chart }) => chart) }),
    ...(files.length > 0 && { files }),
    ...(visitor !== undefined && { visitor }),
  }
  return { kind: 'message', thread, key, text, ...along }
}

/** Whether an entry may be named to others: it is there, and not private. */
export async function isGiven(record: Pick<RecordService, 'watchEntry'>, id: EntryId): Promise<boolean> {
  const entry = await entryNow(record, id)
  return entry !== undefined && entry.binnedAt === undefined && entry.summary.isPrivate !== true
}

async function entryNow(record: Pick<RecordService, 'watchEntry'>, id: EntryId): Promise<EntryDetail | undefined> {
  const told = Promise.withResolvers<EntryDetail | undefined>()
  const stop = await record.watchEntry(id, told.resolve)
  const entry = await told.promise
  stop()
  return entry
}
