import type { CardIssuerInfo, IssuerFileFailure } from '#app/core/issuer-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { saveFailureWords } from '../../record/words.ts'

/** Keeps an issuer's file and judges anew what is being looked over. */
export type KeepIssuer = (
  file: Blob,
  issuer?: string,
) => Promise<Result<CardIssuerInfo, IssuerFileFailure | SaveFailure>>

export function issuerFailureWords(failure: IssuerFileFailure | SaveFailure): string {
  return isAboutFile(failure) ? t(`issuer.failed.${failure.kind}`) : saveFailureWords(failure)
}

function isAboutFile(failure: IssuerFileFailure | SaveFailure): failure is IssuerFileFailure {
  return ['no-keys', 'bad-address', 'unknown-key'].includes(failure.kind)
}
