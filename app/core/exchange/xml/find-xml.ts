import { fail, type Result } from '#schema/result.ts'
import type { ImportFailure, OtherFormat } from '../../import-session.ts'
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
  const { namespace = '' } = root.value
  const what = FORMS.find(([, form]) => form.test(namespace))?.[0]
  return fail({ kind: 'not-supported', what: what ?? 'xml' })
}

const FORMS: readonly (readonly [OtherFormat, RegExp])[] = [
  ['fhir-xml', /^http:\/\/hl7\.org\/fhir$/],
  ['openehr', /^http:\/\/schemas\.openehr\.org\//],
  // HL7 v2 in XML, NCPDP's prescriptions, Belgium's KMEHR.
  ['message', /^(?:urn:hl7-org:v2xml$|http:\/\/www\.ncpdp\.org\/|http:\/\/www\.ehealth\.fgov\.be\/standards\/kmehr)/],
  // GPX and TCX: routes and training.
  ['app-data', /^http:\/\/www\.(?:topografix|garmin)\.com\//],
]
