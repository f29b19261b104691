import { createMemo } from 'solid-js'
import type { RequestRow } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { stateWords } from '../../record/messages/request-words.ts'
import { createWatch, useRecordView, useSession } from '../../session.ts'

/** What the care team gave to read to whose record is on screen, what is still to read first; nothing where what is written to them is not for this person. */
export function createGiven() {
  const { shared, isPreview, kept } = useRecordView()
  const session = useSession()
  if (shared !== undefined || isPreview === true || kept?.isManaged() === true) return () => []
  const requests = createWatch<readonly RequestRow[]>(listener => session.watchRequests(listener))
  return createMemo(() => givenIn(requests() ?? []))
}

export function givenIn(requests: readonly RequestRow[]): readonly RequestRow[] {
  const sentAt = ({ reading }: RequestRow) => reading?.sentAt ?? 0
  const rank = (row: RequestRow) => (isToRead(row) ? 0 : isOnList(row) ? 1 : 2)
  return requests
    .filter(({ kind, role }) => kind === 'material' && role === 'patient')
    .toSorted((a, b) => rank(a) - rank(b) || sentAt(b) - sentAt(a))
}

/** Never opened, or explained since. */
export const isToRead = ({ state, reading }: RequestRow): boolean =>
  state === 'explained' || (state === 'sent' && reading?.isRead !== true)

/** Until it is understood, taken back or put away. */
const isOnList = ({ state, isFinal }: RequestRow): boolean => !isFinal && state !== 'understood'

export function markWords(row: RequestRow): string {
  if (row.state !== 'sent' && row.state !== 'closed') return stateWords(row)
  return row.reading?.isRead === true ? t('learn.is.read') : t('learn.given.unread')
}
