import type { CardIssuerInfo, DirectoryInfo, IssuerFileFailure } from '#app/core/issuer-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { Result } from '#schema/result.ts'
import { formatDay } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { saveFailureWords } from '../../record/words.ts'

/** Keeps an issuer's file and judges anew what is being looked over. */
export type KeepIssuer = (
  file: Blob,
  issuer?: string,
) => Promise<Result<CardIssuerInfo, IssuerFileFailure | SaveFailure>>

/** Keeps a directory of issuers. */
export type KeepDirectory = (file: Blob) => Promise<Result<DirectoryInfo, IssuerFileFailure | SaveFailure>>

/** How much there is in a directory, and of which day it is. */
export function directoryWords({ issuerCount, keyCount, revokedCount, madeAt }: DirectoryInfo): string {
  const date = formatDay(madeAt)
  const counts = [t('directory.issuers', { count: issuerCount }), t('issuer.count', { count: keyCount })]
  if (revokedCount > 0) counts.push(t('issuer.revoked', { count: revokedCount }))
  return [...counts, t('directory.asOf', { date })].join(' · ')
}

export function issuerFailureWords(failure: IssuerFileFailure | SaveFailure): string {
  return isAboutFile(failure) ? t(`issuer.failed.${failure.kind}`) : saveFailureWords(failure)
}

function isAboutFile(failure: IssuerFileFailure | SaveFailure): failure is IssuerFileFailure {
  return ['no-keys', 'bad-address', 'unknown-key', 'directory'].includes(failure.kind)
}
