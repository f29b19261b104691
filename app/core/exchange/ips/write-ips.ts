import type { Instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { type JsonObject, parseObject } from '#schema/record/fhir/json.ts'
import { type ExportedPerson, patientIdOf, stableUuid, type TakenEntry } from '../own-entries.ts'
import { pressureMean } from '../report/blood-pressure-mean.ts'
import { type EntryFacts, factsOf } from '../report/entry-facts.ts'
import { type EmptyReason, filled, type OutWords } from '../report/out-words.ts'
import { originalWithNotes } from '../annotations-out.ts'
import { localName, referencesIn } from '../reference-index.ts'
import { type ChosenEntries, chooseEntries, OWN_READINGS } from './choose-entries.ts'
import { ipsComposition, type ListedEntry, type SectionContent } from './ips-composition.ts'
import { IPS_SECTIONS } from './ips-sections.ts'
import { ipsDevice, ipsEarlierSummary, ipsMean, ipsOwn, ipsPatient, saidEmpty } from './ips-resources.ts'
import { makeReferenceBook, type ReferenceBook } from './reference-book.ts'
import { type NewReference, rewriteReferences } from './rewrite-references.ts'

export interface IpsRequest {
  readonly person: ExportedPerson
  readonly sections: readonly Section[]
  /** Entries that were chosen by themselves, for their files: those of other sections stand among the documents. Left out: none. */
  readonly alongside?: ReadonlySet<EntryId>
  /** Sections of which the person says that there is nothing to tell: they know of none. */
  readonly noneKnown: readonly Section[]
  /** Sections of which the record holds more than `entries`: nobody may be told that there is nothing. */
  readonly holdsMore: readonly Section[]
  readonly words: OutWords
  /** Names this very document: `urn:uuid:…`. */
  readonly identifier: string
  readonly now: Instant
}

/** Types whose names explain others: they go along where something chosen refers to them. */
export const SUPPORTING: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Medication',
  'Substance',
  'Device',
  'Specimen',
])

/** Days that the mean of the blood pressures is of which the person took: a clinic's reading is of another kind. */
const MEAN_DAYS = 30

const typeOf = ({ summary }: TakenEntry) => summary.resourceType ?? ''

/**
 * An International Patient Summary (https://hl7.org/fhir/uv/ips/STU2/, and 1.1.0 as far as that goes) as pieces of JSON: what is of
 * the chosen sections, and the people and things that it names. `entries` may hold others that could be named. Imported resources
 * stand in it token by token but for their references, which lead to resources of the document or nowhere. Needs `readyCrypto`.
 */
export function* writeIps(entries: readonly TakenEntry[], request: IpsRequest): Generator<string> {
  const writer = new IpsWriter(entries, request)
  const { identifier, now } = request
  const head = {
    resourceType: 'Bundle',
    id: identifier.slice('urn:uuid:'.length),
    meta: { profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips'] },
    identifier: { system: 'urn:ietf:rfc:3986', value: identifier },
    type: 'document',
    timestamp: new Date(now).toISOString(),
  }
  yield `${JSON.stringify(head).slice(0, -1)},"entry":[`
  let separator = ''
  for (const [address, text] of writer.resources()) {
    yield `${separator}{"fullUrl":${JSON.stringify(address)},"resource":${text}}`
    separator = ',\n'
  }
  yield ']}\n'
}

class IpsWriter {
  readonly #request: IpsRequest
  readonly #all: readonly TakenEntry[]
  readonly #chosen: ChosenEntries
  readonly #book: ReferenceBook
  readonly #inDocument = new Set<TakenEntry>()
  readonly #patient: string
  readonly #device: string

  constructor(entries: readonly TakenEntry[], request: IpsRequest) {
    this.#request = request
    this.#all = entries
    const { sections, alongside = new Set() } = request
    const isListed = (entry: TakenEntry) =>
      (sections.includes(entry.summary.section) || alongside.has(entry.id)) && typeOf(entry) !== 'Patient'
    this.#chosen = chooseEntries(entries.filter(isListed), ({ summary: { kind, section } }) =>
      kind !== 'document' && sections.includes(section) ? section : 'documents',
    )
    this.#book = makeReferenceBook(entries)
    this.#patient = `urn:uuid:${patientIdOf(request.person)}`
    this.#device = `urn:uuid:${stableUuid(`device ${request.person.recordId}`)}`
    this.#collect()
  }

  /** What the document holds: the listed, and step by step what supports it. */
  #collect(): void {
    const waiting = [...this.#chosen.bySection.values()].flat()
    for (const entry of waiting) this.#inDocument.add(entry)
    for (const patient of this.#patients()) waiting.push(patient)
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      for (const reference of referencesIn(entry.original ?? '')) {
        const target = this.#book.find(reference, entry)
        if (target === undefined || this.#inDocument.has(target) || !SUPPORTING.has(typeOf(target))) continue
        this.#inDocument.add(target)
        waiting.push(target)
      }
    }
  }

  /** What clinics say of the person, newest first; none unless that section is chosen. */
  #patients(): readonly TakenEntry[] {
    if (!this.#request.sections.includes('about-me')) return []
    return this.#all.filter(entry => typeOf(entry) === 'Patient').sort((a, b) => b.addedAt - a.addedAt)
  }

  *resources(): Generator<readonly [address: string, text: string]> {
    const { person, words, now, identifier } = this.#request
    const frame = { patient: this.#patient, device: this.#device, words, now, identifier }
    const id = stableUuid(`composition ${identifier}`)
    const mean = this.#mean()
    yield [`urn:uuid:${id}`, JSON.stringify(ipsComposition(this.#content(mean), { ...frame, id }))]
    yield [this.#patient, this.#patientText()]
    yield [this.#device, JSON.stringify(ipsDevice(person))]
    if (mean !== undefined) yield [mean.address, JSON.stringify(mean.resource)]
    for (const entry of this.#inDocument) yield [this.#book.addressOf(entry), this.#textOf(entry)]
  }

  #patientText(): string {
    const known = this.#patients()
    const [newest] = known
    const text = JSON.stringify(ipsPatient(this.#request.person, known))
    return newest === undefined ? text : rewriteReferences(text, reference => this.#renamed(reference, newest))
  }

  #textOf(entry: TakenEntry): string {
    const { fields, original = '{}' } = entry
    const change = (reference: string) => this.#renamed(reference, entry)
    if (fields !== undefined) return rewriteReferences(JSON.stringify(ipsOwn(entry, fields, this.#patient)), change)
    if (typeOf(entry) === 'Composition') return JSON.stringify(ipsEarlierSummary(entry, this.#patient))
    return originalWithNotes(rewriteReferences(original, change), entry.beside ?? [], this.#patient)
  }

  /** Where a reference leads in the document. What is not in it isn't hinted at, but people and things keep their names. */
  #renamed(reference: string, from: TakenEntry): NewReference {
    if (reference === this.#patient || reference === this.#device) return { kind: 'same' }
    const target = this.#book.find(reference, from)
    const type = target === undefined ? typeNamed(reference) : typeOf(target)
    if (type === 'Patient') return { kind: 'to', reference: this.#patient }
    if (target !== undefined && this.#inDocument.has(target))
      return { kind: 'to', reference: this.#book.addressOf(target) }
    const keepsWords = target === undefined && type !== undefined && SUPPORTING.has(type)
    return { kind: 'cut', ...(type === undefined ? {} : { type }), keepsWords }
  }

  #content(mean: Mean | undefined): SectionContent {
    const bySection = new Map<Section, readonly ListedEntry[]>()
    for (const [section, entries] of this.#chosen.bySection) {
      bySection.set(
        section,
        entries.map(entry => this.#listed(entry)),
      )
    }
    if (mean !== undefined) {
      const listed = { facts: mean.facts, resourceType: 'Observation', address: mean.address }
      bySection.set('vitals', [listed, ...(bySection.get('vitals') ?? [])])
    }
    return { bySection, remarks: this.#remarks(), empty: this.#empty() }
  }

  #listed(entry: TakenEntry): ListedEntry {
    const isSummary = typeOf(entry) === 'Composition'
    const own = entry.fields === undefined ? undefined : ipsOwn(entry, entry.fields, this.#patient)['resourceType']
    const resourceType = isSummary ? 'DocumentReference' : typeof own === 'string' ? own : typeOf(entry)
    return { facts: factsOf(entry), resourceType, address: this.#book.addressOf(entry) }
  }

  #remarks(): ReadonlyMap<Section, readonly string[]> {
    const { words } = this.#request
    const sentences = [...this.#chosen.readings].map(
      ([kind, count]) => `${words.kinds[kind]}: ${filled(words.newestOf, { shown: OWN_READINGS, number: count })}`,
    )
    const contradicted = [...this.#chosen.bySection].map(
      ([section, entries]) => [section, contradictions(entries, words)] as const,
    )
    return new Map([...contradicted, ['vitals', sentences]])
  }

  #mean(): Mean | undefined {
    const { sections, words, now, person } = this.#request
    if (!sections.includes('vitals')) return undefined
    const pressures = this.#all.flatMap(({ summary }) =>
      summary.kind === 'blood-pressure' && summary.section === 'vitals' && summary.source.type === 'self'
        ? [summary]
        : [],
    )
    const mean = pressureMean(pressures, MEAN_DAYS)
    if (mean === undefined) return undefined
    const id = stableUuid(`mean ${person.recordId} ${mean.from} ${mean.to}`)
    const { systolicMmHg, diastolicMmHg, from, to } = mean
    const title = filled(words.meanOf, { number: mean.count, days: MEAN_DAYS })
    const facts: EntryFacts = {
      summary: {
        id: id as EntryId,
        kind: 'blood-pressure',
        section: 'vitals',
        title,
        when: { text: from, sortAt: now },
        value: { type: 'blood-pressure', systolicMmHg, diastolicMmHg },
        status: 'active',
        source: { type: 'self' },
        codes: [],
      },
      until: to,
      addedAt: now,
      changedAt: now,
    }
    const resource = ipsMean(mean, { id, subject: this.#patient, device: this.#device })
    return { address: `urn:uuid:${id}`, resource: { ...resource, note: [{ text: title }] }, facts }
  }

  /** Of each section of the guide that is empty: not chosen, said to be so by the person, or by an earlier summary. */
  #empty(): SectionContent['empty'] {
    const { sections, noneKnown, holdsMore, words } = this.#request
    const earlier = this.#all
      .filter(entry => typeOf(entry) === 'Composition' && entry.original !== undefined)
      .sort((a, b) => b.addedAt - a.addedAt)
    const empty = new Map<Section, { readonly reason: EmptyReason; readonly remark?: string }>()
    for (const { section, loinc } of IPS_SECTIONS) {
      if (loinc === undefined || holdsMore.includes(section)) continue
      if (!sections.includes(section)) empty.set(section, { reason: 'withheld' })
      else if (noneKnown.includes(section)) empty.set(section, { reason: 'nilknown' })
      else {
        const said = saidBefore(earlier, loinc, words)
        if (said !== undefined) empty.set(section, said)
      }
    }
    return empty
  }
}

const holds = ({ summary }: TakenEntry) =>
  (summary.status === 'active' || summary.status === 'unknown') && summary.isNegated !== true

/** That there is none, or that it is not known, as somebody told, where others told of some: both are written, and that they are. */
function contradictions(entries: readonly TakenEntry[], words: OutWords): readonly string[] {
  const isStatement = ({ summary }: TakenEntry) => summary.kind === 'statement'
  if (!entries.some(entry => holds(entry) && !isStatement(entry))) return []
  return entries
    .filter(isStatement)
    .filter(holds)
    .map(entry => {
      const { title, when } = factsOf(entry).summary
      return filled(words.noneAndSome, { title, source: sourceNameOf(entry), date: when?.text ?? words.noDate })
    })
}

const sourceNameOf = ({ summary: { source } }: TakenEntry) =>
  source.type === 'import' ? (source.author ?? source.fileName) : ''

/** `Practitioner` of `Practitioner/1`, of an address that ends so, and of `Practitioner?identifier=…`. */
function typeNamed(reference: string): string | undefined {
  return localName(reference)?.split('/')[0] ?? /^([A-Z][A-Za-z]*)\?/.exec(reference)?.[1]
}

interface Mean {
  readonly address: string
  readonly resource: JsonObject
  readonly facts: EntryFacts
}

function saidBefore(
  earlier: readonly TakenEntry[],
  loinc: string,
  words: OutWords,
): { readonly reason: EmptyReason; readonly remark: string } | undefined {
  for (const entry of earlier) {
    const { original = '{}', summary } = entry
    const composition = parseObject(original)
    const reason = saidEmpty(composition, loinc)
    if (reason !== 'nilknown' && reason !== 'notasked') continue
    const source = sourceNameOf(entry)
    const date = summary.when?.text ?? words.noDate
    return { reason, remark: filled(words.saidBySummary, { source, date }) }
  }
  return undefined
}
