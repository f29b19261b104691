import type { CardCheck } from '#schema/record/card-check.ts'
import { formatDay } from '../language/format.ts'
import { t } from '../language/language.ts'

/** What was and what was not found out of a health card, a sentence each. */
export function cardSentences(card: CardCheck): readonly string[] {
  const { issuer, signature, revocation } = card
  return [t(`card.signature.${signature}`, { issuer }), timeSentence(card), t(`card.revocation.${revocation}`)]
}

function timeSentence({ time, issuedAt, expiresAt }: CardCheck): string {
  if (time === 'expired' && expiresAt !== undefined) return t('card.time.expired', { date: formatDay(expiresAt) })
  if (time === 'unclear' || issuedAt === undefined) return t('card.time.unclear')
  const date = formatDay(issuedAt)
  if (time === 'not-yet') return t('card.time.not-yet', { date })
  return expiresAt === undefined
    ? t('card.time.valid', { date })
    : t('card.time.until', { date, until: formatDay(expiresAt) })
}

/** Whether everything that was looked at speaks for it, or something against it. */
export function cardTone({ signature, time, revocation }: CardCheck): 'success' | 'info' | 'warning' {
  const isDoubtful = signature === 'other-issuer' || signature === 'unsigned'
  if (isDoubtful || time !== 'valid' || revocation === 'revoked') return 'warning'
  return signature === 'trusted' ? 'success' : 'info'
}
