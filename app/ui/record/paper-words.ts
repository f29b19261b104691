import type { PaperFailure } from '#app/core/paper-session.ts'
import { t } from '../language/language.ts'

export const isPaperFailure = (failure: { readonly kind: string }): failure is PaperFailure =>
  failure.kind === 'cancelled' || failure.kind.startsWith('paper-')

/** Why nothing was kept; undefined for what any act may meet. */
export function paperFailureWords(failure: PaperFailure): string {
  switch (failure.kind) {
    case 'cancelled':
      return t('paper.failed.cancelled')
    case 'paper-too-large':
      return t('paper.failed.paper-too-large', { max: failure.maxMb })
    case 'paper-too-many':
      return t('paper.failed.paper-too-many', { max: failure.max })
    case 'paper-type':
    case 'paper-empty':
    case 'paper-gone':
    case 'paper-not-clean':
      return t(`paper.failed.${failure.kind}`, { name: failure.name })
  }
}
