import type { OutLink, OutLinkFailure } from '#app/core/out-link-session.ts'
import { t } from '../../language/language.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

/** Why a link was not made or changed, as a sentence that says what to do. */
export function outLinkFailureWords(failure: OutLinkFailure): string {
  switch (failure.kind) {
    case 'invalid':
      return failure.field === 'maxOpens' || failure.field === 'origin'
        ? t('outLink.failed.other')
        : t(`outLink.failed.${failure.field}`)
    case 'not-stored':
      return t(STORE_MESSAGES[failure.why])
    case 'nothing-chosen':
      return t('out.nothing')
    case 'locked':
      return t('save.locked')
    case 'wrong-passphrase':
      return t('fresh.wrong')
    case 'sample':
    case 'not-found':
    case 'unreachable':
    case 'too-large':
    case 'no-room':
      return t(`outLink.failed.${failure.kind}`)
  }
}

export function standingWords({ standing, hasPasscode }: Pick<OutLink, 'standing' | 'hasPasscode'>): string {
  return standing === 'open' && hasPasscode ? t('outLink.standing.open.locked') : t(`outLink.standing.${standing}`)
}
