import type { CardCheck } from '#schema/record/card-check.ts'
import { formatDay } from '../language/format.ts'
import { t } from '../language/language.ts'

/** What was and what was not found out of a health card, a sentence each. */
export function cardSentences(card: CardCheck): readonly string[] {
  const { issuer, signature, revocation, directory } = card
  const named = directory?.name === undefined ? issuer : `${directory.name} (${issuer})`
  return [
    t(`card.signature.${signature}`, { issuer: signature === 'listed' ? named : issuer }),
    timeSentence(card),
    t(`card.revocation.${revocation}`),
    ...(directory === undefined
      ? []
      : [t('card.directory', { source: directory.source, date: formatDay(directory.madeAt) })]),
  ]
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
  return signature === 'trusted' || signature === 'listed' ? 'success' : 'info'
}
