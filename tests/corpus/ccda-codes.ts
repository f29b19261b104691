import { SaxesParser } from 'saxes'
import { isObject } from '#schema/record/fhir/json.ts'

/** The code systems that are counted, by CDA's identifiers and FHIR's addresses. */
export const COUNTED = {
  'SNOMED CT': [['2.16.840.1.113883.6.96'], 'http://snomed.info/sct'],
  RxNorm: [['2.16.840.1.113883.6.88'], 'http://www.nlm.nih.gov/research/umls/rxnorm'],
  LOINC: [['2.16.840.1.113883.6.1'], 'http://loinc.org'],
  CVX: [['2.16.840.1.113883.12.292', '2.16.840.1.113883.6.59'], 'http://hl7.org/fhir/sid/cvx'],
  'ICD-10-CM': [['2.16.840.1.113883.6.90'], 'http://hl7.org/fhir/sid/icd-10-cm'],
  'ICD-10': [['2.16.840.1.113883.6.3'], 'http://hl7.org/fhir/sid/icd-10'],
} as const satisfies Record<string, readonly [readonly string[], string]>

export type CodeSystem = keyof typeof COUNTED

/** How often each `system code` stands. */
export type Tally = Map<string, number>

const systems = Object.keys(COUNTED) as readonly CodeSystem[]
const byOid = new Map(systems.flatMap(name => COUNTED[name][0].map(oid => [oid as string, name] as const)))
const byAddress = new Map(systems.map(name => [COUNTED[name][1] as string, name] as const))

const count = (tally: Tally, system: CodeSystem, code: string) => {
  const key = `${system} ${code}`
  tally.set(key, (tally.get(key) ?? 0) + 1)
}

/** Every code inside an `entry` of a document, translations included, each time it stands there. Our own count, apart from the importer's reading. */
export function codesInEntries(xml: string): Tally {
  const tally: Tally = new Map()
  const parser = new SaxesParser({ xmlns: false })
  let depth = 0
  const open: (string | undefined)[] = []
  const isEntry = (name: string) => name.replace(/^.*:/, '') === 'entry'
  parser.on('opentag', ({ name, attributes }) => {
    if (isEntry(name)) depth += 1
    const system = byOid.get(attributes['codeSystem'] ?? '')
    const code = attributes['code']?.trim()
    const key = system === undefined ? undefined : `${system} ${code}`
    // A translation into the very same code says nothing more.
    const isRepeated = name.endsWith('translation') && open.at(-1) === key
    const isCode = code !== undefined && code !== '' && code !== attributes['nullFlavor']
    if (depth > 0 && system !== undefined && isCode && !isRepeated) count(tally, system, code)
    open.push(key)
  })
  parser.on('closetag', ({ name }) => {
    open.pop()
    if (isEntry(name)) depth -= 1
  })
  parser.write(xml).close()
  return tally
}

/** Every coding in FHIR, each time it stands there. */
export function codesInFhir(value: unknown, tally: Tally = new Map()): Tally {
  if (Array.isArray(value)) for (const item of value) codesInFhir(item, tally)
  else if (isObject(value)) {
    const system = byAddress.get(String(value['system']))
    if (system !== undefined && typeof value['code'] === 'string') count(tally, system, value['code'])
    for (const member of Object.values(value)) codesInFhir(member, tally)
  }
  return tally
}

/** What of `source` is not in `made`, as often as it is missing. */
export function missing(source: Tally, made: Tally): Tally {
  const lost = [...source].map(([key, times]) => [key, times - (made.get(key) ?? 0)] as const)
  return new Map(lost.filter(([, times]) => times > 0))
}

/** How many of a tally are of one system. */
export function countOf(tally: Tally, system: CodeSystem): number {
  return [...tally].reduce((total, [key, times]) => (key.startsWith(`${system} `) ? total + times : total), 0)
}
