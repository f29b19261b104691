import type { PairingFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

export type BadOffer = Extract<PairingFailure, { kind: 'bad-offer' }>

/** Of the words of `asked` that are not in the list, those that still stand so in `now`. */
export function stillWrong({ words }: BadOffer, asked: readonly string[], now: readonly string[]) {
  if (words?.kind !== 'unknown') return []
  return words.wrong.filter(({ position }) => now[position - 1] === asked[position - 1])
}

/** What to look at in the words that are typed now; undefined where what was wrong with `asked` is mended. */
export function badOfferWords(offer: BadOffer, asked: readonly string[], now: readonly string[]): string | undefined {
  const wrong = stillWrong(offer, asked, now)
  if (wrong.length > 0) return wrong.map(({ position }) => t('recover.wrongWord', { position })).join(' ')
  if (offer.words?.kind === 'unknown' || now.join(' ') !== asked.join(' ')) return undefined
  return offer.words?.kind === 'count' ? t('pair.wordCount', { count: offer.words.got }) : t('pair.failed.notOffered')
}

export function pairingFailureWords(failure: PairingFailure): string {
  switch (failure.kind) {
    case 'unreachable':
      return t('pair.failed.unreachable')
    case 'relay-refused':
      return t('pair.failed.refused')
    case 'expired':
      return t('pair.failed.expired')
    case 'bad-offer':
      return t('pair.failed.badOffer')
    case 'digits-differ':
      return t('pair.failed.digitsDiffer')
    case 'cancelled':
      return t('pair.failed.cancelled')
    case 'already-there':
      return t('pair.failed.alreadyThere')
    case 'wrong-passphrase':
      return t('fresh.wrong')
    case 'not-stored':
      return t(STORE_MESSAGES[failure.why])
  }
}
