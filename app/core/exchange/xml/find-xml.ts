import { fail, type Result } from '#schema/result.ts'
import type { ImportFailure } from '../../import-session.ts'
import type { Finding, Pause } from '../find-resources.ts'
import { rootOf } from './read-xml.ts'

/** Hands XML to the reader of its format, which loads when it is first met. */
export async function findInXml(whole: string, finding: Finding, pause: Pause): Promise<Result<void, ImportFailure>> {
  // Nothing may stand before a declaration, and some programs leave a line there.
  const text = whole.replace(/^\s+(?=<\?xml)/, '')
  const root = rootOf(text)
  if (!root.ok) return root
  const { findInCda, isCda } = await import('../cda/find-cda.ts')
  if (isCda(root.value)) return findInCda(text, finding, pause)
  if (root.value.namespace === 'http://www.w3.org/2000/svg') return fail({ kind: 'not-supported', what: 'image' })
  const isFhir = root.value.namespace === 'http://hl7.org/fhir'
  return fail({ kind: 'not-supported', what: isFhir ? 'fhir-xml' : 'xml' })
}
