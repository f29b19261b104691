import type { ImportFailure } from '#app/core/import-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { formatList, formatNumber } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { linkFailureWords } from '../../record/link-words.ts'
import { saveFailureWords } from '../../record/words.ts'
import { directoryWords } from './issuer-words.ts'

/** Why a file could not be brought in, as a sentence that says what to do. */
export function importFailureWords(failure: ImportFailure | SaveFailure): string {
  switch (failure.kind) {
    case 'not-json':
      return failure.line === undefined
        ? t('import.failed.not-json')
        : t('import.failed.not-json.line', { line: failure.line })
    case 'wrong-version':
      return t('import.failed.wrong-version', { version: failure.version })
    case 'too-large':
      return t('import.failed.too-large', { max: failure.maxMb })
    case 'too-much':
      return t('import.failed.too-much', { max: failure.maxMb })
    case 'not-supported':
      return t(`import.failed.not-supported.${failure.what}`)
    case 'not-xml':
      return t('import.failed.not-xml', { line: failure.line })
    case 'card':
      return t(`import.failed.card.${failure.why}`)
    case 'archive':
      return t(`import.failed.archive.${failure.why}`)
    case 'too-many-rows':
      return t('import.failed.too-many-rows', { max: failure.max })
    case 'link':
      return linkFailureWords(failure)
    case 'health-link':
      return t('import.failed.health-link')
    case 'needs-codes':
      return t('import.codes.text', {
        have: formatList(failure.have.map(part => formatNumber(part))),
        total: failure.total,
      })
    case 'issuer-file':
      return issuerFileWords(failure.holds)
    case 'issuer-directory':
      return directoryWords(failure.directory)
    case 'unsafe-xml':
    case 'not-fhir':
    case 'needs-columns':
    case 'truncated':
    case 'empty':
    case 'cancelled':
    case 'gone':
      return t(`import.failed.${failure.kind}`)
    case 'not-stored':
    case 'locked':
    case 'not-found':
    case 'invalid':
    case 'last-device':
    case 'not-allowed':
    case 'wrong-passphrase':
      return saveFailureWords(failure)
  }
}

function issuerFileWords(holds: Extract<ImportFailure, { kind: 'issuer-file' }>['holds']): string {
  if (holds !== 'keys' && holds !== 'revocations') return t(`import.failed.issuer-file.${holds}`)
  return t(holds === 'keys' ? 'issuer.file.title' : 'issuer.list.title')
}
