import type { Instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { JsonObject } from '#schema/record/fhir/json.ts'
import type { EntryFacts } from '../report/entry-facts.ts'
import { type EmptyReason, filled, type OutWords } from '../report/out-words.ts'
import { entryTable, sentences } from './ips-narrative.ts'
import { IPS_SECTIONS, type IpsSection } from './ips-sections.ts'

/** One entry as the cover page lists it. */
export interface ListedEntry {
  readonly facts: EntryFacts
  readonly resourceType: string
  readonly address: string
}

/** What goes into the sections. */
export interface SectionContent {
  /** Newest first. */
  readonly bySection: ReadonlyMap<Section, readonly ListedEntry[]>
  /** Sentences above a section's table. */
  readonly remarks: ReadonlyMap<Section, readonly string[]>
  /** Why a section is empty, where something is known of that, with a sentence beside the usual one. */
  readonly empty: ReadonlyMap<Section, { readonly reason: EmptyReason; readonly remark?: string }>
}

const EMPTY_DISPLAY: Readonly<Record<EmptyReason, string>> = {
  nilknown: 'Nil Known',
  notasked: 'Not Asked',
  withheld: 'Information Withheld',
  unavailable: 'Unavailable',
}

/**
 * The cover page of an International Patient Summary: the three sections that each has, whether they hold anything or not, and each
 * other one that does (https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Composition-uv-ips.html). What the guide admits in no
 * section of its own stands in a further one behind it.
 */
export function ipsComposition(
  content: SectionContent,
  frame: {
    readonly id: string
    readonly identifier: string
    readonly patient: string
    readonly device: string
    readonly now: Instant
    readonly words: OutWords
  },
): JsonObject {
  const { words } = frame
  return {
    resourceType: 'Composition',
    id: frame.id,
    meta: { profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips'] },
    language: words.language,
    identifier: { system: 'urn:ietf:rfc:3986', value: frame.identifier },
    status: 'final',
    type: { coding: [{ system: SYSTEMS.loinc, code: '60591-5', display: 'Patient summary Document' }] },
    subject: { reference: frame.patient },
    date: new Date(frame.now).toISOString(),
    author: [{ reference: frame.patient }, { reference: frame.device }],
    title: words.summaryTitle,
    section: IPS_SECTIONS.flatMap(each => sectionsOf(each, content, words)),
  }
}

function sectionsOf(place: IpsSection, content: SectionContent, words: OutWords): readonly JsonObject[] {
  const listed = content.bySection.get(place.section) ?? []
  const isAdmitted = ({ resourceType }: ListedEntry) => place.types?.includes(resourceType) ?? true
  const [admitted, further] = [listed.filter(isAdmitted), listed.filter(entry => !isAdmitted(entry))]
  const title = words.sections[place.section]
  const remarks = content.remarks.get(place.section) ?? []
  const own =
    admitted.length > 0 ? [filledSection(place, title, admitted, words, remarks)] : emptySection(place, content, words)
  if (further.length === 0) return own
  const name = filled(words.furtherOf, { section: title })
  return [...own, filledSection({ columns: place.columns }, name, further, words, [])]
}

function codeOf({ loinc, display }: Pick<IpsSection, 'loinc' | 'display'>, title: string): JsonObject {
  if (loinc === undefined) return { text: title }
  return { coding: [{ system: SYSTEMS.loinc, code: loinc, ...(display === undefined ? {} : { display }) }] }
}

function filledSection(
  place: Pick<IpsSection, 'loinc' | 'display' | 'columns'>,
  title: string,
  entries: readonly ListedEntry[],
  words: OutWords,
  remarks: readonly string[],
): JsonObject {
  return {
    title,
    code: codeOf(place, title),
    text: entryTable(
      entries.map(({ facts }) => facts),
      place.columns,
      words,
      remarks,
    ),
    entry: entries.map(({ address }) => ({ reference: address })),
  }
}

/** "None known" differs from "nothing is said here" (https://hl7.org/fhir/uv/ips/STU2/Empty-Sections-and-Missing-Data.html). */
function emptySection(place: IpsSection, content: SectionContent, words: OutWords): readonly JsonObject[] {
  const known = content.empty.get(place.section)
  if (place.isRequired !== true && known?.reason !== 'nilknown') return []
  const { reason, remark } = known ?? { reason: 'unavailable' as const, remark: undefined }
  const title = words.sections[place.section]
  const coding = {
    system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason',
    code: reason,
    display: EMPTY_DISPLAY[reason],
  }
  return [
    {
      title,
      code: codeOf(place, title),
      text: sentences(words, [words.empty[reason], ...(remark === undefined ? [] : [remark])]),
      emptyReason: { coding: [coding], text: words.empty[reason] },
    },
  ]
}
