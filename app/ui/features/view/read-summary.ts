import { at, type JsonObject, objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'
import { type SummaryFile, summaryFiles } from './summary-files.ts'
import { type ToldSection, toldSections } from '../../record/told-sections.ts'

/** What the page shows of a summary: whose it is, and its parts in the order in which clinicians read. */
export interface ShownSummary {
  readonly title: string
  readonly name: string
  /** As FHIR has it; may be only a year. */
  readonly birthDate: string
  /** When it was made, as FHIR has it. */
  readonly date: string
  readonly sections: readonly ToldSection[]
  /** What goes along with it. */
  readonly files: readonly SummaryFile[]
}

/** LOINC: what must not be overlooked first, then what is, what is taken, what was measured; the rest as the document has it. */
const ORDER = ['48765-2', '104605-1', '11450-4', '10160-0', '30954-2', '8716-3', '47519-4', '11369-6']

/** Undefined when the text is no FHIR document. Total. */
export function readSummary(text: string): ShownSummary | undefined {
  const bundle = parseObject(text)
  const resources = objectsOf(bundle['entry']).flatMap(entry => objectsOf([entry['resource']]))
  const [composition] = resources
  if (bundle['type'] !== 'document' || composition?.['resourceType'] !== 'Composition') return undefined
  const patient = resources.find(resource => resource['resourceType'] === 'Patient') ?? {}
  const section = objectsOf(composition['section']).toSorted((a, b) => placeOf(a) - placeOf(b))
  return {
    title: textOf(composition['title']) ?? '',
    name: nameOf(patient),
    birthDate: textOf(patient['birthDate']) ?? '',
    date: textOf(composition['date']) ?? '',
    files: summaryFiles(text),
    sections: toldSections(JSON.stringify({ resourceType: 'Composition', section })),
  }
}

function placeOf(section: JsonObject): number {
  const codes = objectsOf(at(section, 'code', 'coding')).map(coding => coding['code'])
  const place = ORDER.findIndex(code => codes.includes(code))
  return place === -1 ? ORDER.length : place
}

function nameOf(patient: JsonObject): string {
  const [name = {}] = objectsOf(patient['name'])
  const given = Array.isArray(name['given']) ? name['given'] : []
  const parts = [...given, name['family']].filter(part => typeof part === 'string')
  return textOf(name['text']) ?? parts.join(' ')
}
