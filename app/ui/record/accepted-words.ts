import type { Instant } from '#schema/instant.ts'
import type { EntryAuthor } from '#schema/record/entry.ts'
import { formatTime } from '../language/format.ts'
import { t } from '../language/language.ts'
import { isolated } from '../language/isolated.ts'

/** Whose an entry is that was offered and accepted; for whose record it is, by themselves. */
export function acceptedWords(at: Instant, by: EntryAuthor | undefined, isOwn: boolean, isUnasked = false): string {
  const when = formatTime(at)
  const name = by === undefined || by.type === 'you' || by.name === '' ? '' : isolated(by.name)
  if (by?.type === 'you') return t('author.yoursAccepted', { when })
  if (name === '') return t('author.somebodysAccepted', { when })
  if (!isOwn) return t('author.accepted', { name, when })
  return t(isUnasked ? 'author.unasked' : 'author.acceptedByYou', { name, when })
}
