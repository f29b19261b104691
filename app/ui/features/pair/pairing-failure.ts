import type { PairingFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

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
