import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportFailure } from '../../import-session.ts'
import type { Finding, Pause } from '../find-resources.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { readXml, type XmlRoot } from '../xml/read-xml.ts'
import { CdaDocument } from './document.ts'
import { readSection } from './section.ts'

/** Clinical documents of more text than this are attachments, not records. */
const MAX_CHARS = 40_000_000
/** Whole documents, and the pieces of them that people exchange as examples. */
const ROOTS = new Set(['ClinicalDocument', 'structuredBody', 'component', 'section'])

/** Whether an XML root is a clinical document (HL7 CDA R2) or a piece of one. */
export function isCda({ name, namespace }: XmlRoot): boolean {
  return ROOTS.has(name) && (namespace === undefined || namespace === 'urn:hl7-org:v3')
}

/**
 * Finds what a C-CDA (2.1, R1.1) or C32 document holds and makes FHIR R4 of it, section by section as they go by: one odd
 * template costs at most its own entry. The document itself comes in as it was, beside what was made of it.
 */
export async function findInCda(text: string, finding: Finding, pause: Pause): Promise<Result<void, ImportFailure>> {
  if (text.length > MAX_CHARS) return fail({ kind: 'too-large', maxMb: MAX_CHARS / 1_000_000 })
  finding.format = 'clinical-document'
  const header = new Map<string, XmlElement[]>()
  let document: CdaDocument | undefined
  const open = () => (document ??= new CdaDocument(header, text))
  const refuse = (example: string) => void finding.unusable.push({ reason: 'not-understood', example })
  const read = await readXml(
    text,
    {
      holds: path => isHeld(path),
      take: (element, path) => {
        if (element.name === 'section') open().sections.push(readSection(element, open().scope, refuse))
        else if (path.at(-1) === 'nonXMLBody') open().setBody(element)
        else header.set(element.name, [...(header.get(element.name) ?? []), element])
      },
    },
    pause,
  )
  if (!read.ok) return read
  if (!open().hasContent) return fail({ kind: 'empty' })
  open().finish()
  return emit(open(), finding, pause)
}

function isHeld(path: readonly string[]): boolean {
  const name = path.at(-1)
  if (name === 'section' || name === 'nonXMLBody') return true
  return path.length === 2 && path[0] === 'ClinicalDocument' && name !== 'component'
}

async function emit(document: CdaDocument, finding: Finding, pause: Pause): Promise<Result<void, ImportFailure>> {
  for (const { resource, ...found } of document.making.texts()) {
    finding.found.push(found)
    finding.note(resource, found)
    if (!(await pause(Number.MAX_SAFE_INTEGER))) return fail({ kind: 'cancelled' })
  }
  return ok(undefined)
}
