import type { MessageFailure } from '#app/core/message-session.ts'
import type { EntryAuthor } from '#schema/record/entry.ts'
import { formatClock, formatDay } from '../../language/format.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

const FAILED = {
  locked: 'message.failed.locked',
  'not-here': 'message.failed.not-here',
  'not-found': 'message.failed.not-found',
  empty: 'message.failed.empty',
  'too-long': 'message.failed.too-long',
  'nobody-chosen': 'message.failed.nobody-chosen',
  'contact-not-ready': 'message.failed.contact-not-ready',
  over: 'message.failed.over',
  'too-many-entries': 'message.failed.too-many-entries',
  'entry-not-given': 'message.failed.entry-not-given',
  'too-many-charts': 'message.failed.too-many-charts',
  'too-many-files': 'message.failed.too-many-files',
  'file-not-held': 'message.failed.file-not-held',
} as const satisfies Record<Exclude<MessageFailure['kind'], 'not-stored'>, PlainKey>

export function messageFailureWords(failure: MessageFailure): string {
  return t(failure.kind === 'not-stored' ? STORE_MESSAGES[failure.why] : FAILED[failure.kind])
}

export function nameOfAuthor(by: EntryAuthor): string {
  if (by.type === 'you') return t('messages.you')
  return by.name === '' ? t('messages.someone') : by.name
}

/** With who of a practice's staff it was, where that is known. */
export function nameWithStaff({ by, staff }: { readonly by: EntryAuthor; readonly staff?: string }): string {
  if (staff === undefined) return nameOfAuthor(by)
  // To the rest of the staff it is not they who said it.
  return by.type === 'you' ? t('staff.ours', { staff }) : t('staff.for', { staff, name: nameOfAuthor(by) })
}

/** The time for what was said today, else the day. */
export function whenInList(at: number): string {
  const day = new Date(at)
  return day.toDateString() === new Date().toDateString() ? formatClock(day) : formatDay(day)
}

/** What stands above the messages of one day. */
export function dayWords(at: number): string {
  const day = new Date(at)
  return day.toDateString() === new Date().toDateString() ? t('thread.today') : formatDay(day)
}
