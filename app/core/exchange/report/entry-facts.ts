import { namedIn } from '#schema/named-in.ts'
import { ABSENCE_NAMES, absenceOf } from '#schema/codes/absence.ts'
import { codeTitle } from '#schema/codes/code-title.ts'
import { CVX_NAMES } from '#schema/codes/cvx.ts'
import { cvxCodeOf } from '#schema/codes/cvx-code.ts'
import { LOINC_NAMES } from '#schema/codes/loinc-names.ts'
import type { Instant } from '#schema/instant.ts'
import type { EntryFields, EntrySummary } from '#schema/record/entry.ts'
import { doseFromFhir } from '#schema/record/dose.ts'
import { dosageOf } from '#schema/record/medicine.ts'
import { conceptText } from '#schema/record/fhir/concept.ts'
import { humanName } from '#schema/record/fhir/reading.ts'
import { describedFromFhir, describedToFhir } from '#schema/record/described/described-entry.ts'
import { type DescribedFields, isDescribed } from '#schema/record/described/kinds.ts'
import { rangeWords } from '#schema/record/fhir/range-words.ts'
import { at, firstOf, type JsonObject, objectsOf, parseObject, textOf, tokenOf } from '#schema/record/fhir/json.ts'
import { dosageWords } from './dosage-words.ts'

/** One entry as a page, a table or a narrative tells it: its row, and what a row leaves out. Plain data. */
export interface EntryFacts {
  readonly summary: EntrySummary
  /** When it ended, as exactly as it is known: a FHIR date as written. */
  readonly until?: string
  /** How to take it. */
  readonly directions?: string
  readonly reason?: string
  /** Of an allergy: what happens. */
  readonly reaction?: string
  /** Of an allergy `mild`, `moderate`, `severe`; of a condition the source's own words. */
  readonly severity?: string
  /** What the laboratory calls normal, with its unit. */
  readonly range?: string
  /** Of a vaccination: which lot of the vaccine it was of. */
  readonly lot?: string
  readonly arm?: 'left' | 'right'
  readonly posture?: 'sitting' | 'standing' | 'lying'
  readonly note?: string
  /** People to call that it names: of a Patient, a RelatedPerson or a CareTeam that can be called. */
  readonly contacts?: readonly Contact[]
  /** Of a Patient: what they speak, the preferred one first; BCP 47 where its source has a code, else its words. */
  readonly languages?: readonly string[]
  readonly addedAt: Instant
  readonly changedAt: Instant
}

/** Somebody to call. */
export interface Contact {
  readonly name: string
  readonly relation?: string
  readonly phone?: string
}

/** What `factsOf` is told of an entry. */
export interface FactsSource {
  readonly summary: EntrySummary
  readonly original?: string
  readonly fields?: EntryFields
  /** What was written beside it. */
  readonly beside?: readonly { readonly text: string }[]
  readonly addedAt: Instant
  readonly changedAt: Instant
}

type Details = Omit<EntryFacts, 'summary' | 'addedAt' | 'changedAt'>

/** What was typed counts before what the original says; what typing cannot say comes from the original. Total. */
export function factsOf({ summary, original, fields, beside = [], addedAt, changedAt }: FactsSource): EntryFacts {
  const read = original === undefined ? {} : detailsOf(parseObject(original))
  const typed = fields === undefined ? undefined : typedDetails(fields)
  const details = typed === undefined ? read : overlaid(read, typed, fields)
  const note = [details.note ?? [], beside.map(each => each.text)].flat().join('\n')
  const noted = note === '' ? {} : { note }
  return { ...details, ...noted, summary: namedSummary(summary), addedAt, changedAt }
}

/** What has no more than a code is called what the code stands for, else by the code. */
function namedSummary(summary: EntrySummary): EntrySummary {
  if (summary.title !== '') return summary
  const absence = absenceOf(summary.section, summary.codes)
  if (absence !== undefined) return { ...summary, title: ABSENCE_NAMES[absence] }
  const vaccine = cvxCodeOf(summary.codes)
  const title = namedIn(CVX_NAMES, vaccine) ?? codeTitle(summary, LOINC_NAMES)
  return title === undefined ? summary : { ...summary, title }
}

/** What a form can say and leaves empty is empty: the person took it away. */
function overlaid(read: Details, typed: Details, fields: EntryFields | undefined): Details {
  const { until: _, note: __, directions: ___, reason: ____, reaction: _____, severity, ...kept } = read
  const isSeverityTyped = fields?.kind === 'allergy'
  return { ...kept, ...(isSeverityTyped || severity === undefined ? {} : { severity }), ...typed }
}

function typedDetails(fields: EntryFields): Details {
  // As where it is brought in: what these forms hold stands in their resources.
  if (isDescribed(fields)) return detailsOf(describedToFhir(fields, { id: 'own', subject: 'urn:uuid:own' }))
  const note = fields.kind === 'note' ? fields.text : 'note' in fields ? fields.note : undefined
  return { ...ownDetails(fields), ...(note === undefined ? {} : { note }) }
}

function ownDetails(fields: Exclude<EntryFields, DescribedFields>): Details {
  switch (fields.kind) {
    case 'condition':
      return some({ until: fields.until })
    case 'medicine':
      return some({
        until: fields.until,
        directions: fields.schedule === undefined ? fields.directions : dosageWords(dosageOf(fields)),
        reason: fields.reason,
      })
    case 'allergy':
      return some({ reaction: fields.reaction, severity: fields.severity })
    case 'blood-pressure':
      return some({ arm: fields.arm, posture: fields.posture })
    case 'goal':
      return some({ until: fields.until })
    case 'dose':
      return some({ reason: fields.reason })
    case 'weight':
    case 'measure':
    case 'symptom':
    case 'note':
    case 'document':
    case 'stock':
    case 'answers':
    case 'link':
    case 'annotation':
    case 'task':
    case 'task-done':
    case 'appointment':
      return {}
  }
}

const UNTIL = [
  ['abatementDateTime'],
  ['abatementPeriod', 'end'],
  ['effectivePeriod', 'end'],
  ['performedPeriod', 'end'],
  ['period', 'end'],
]

function detailsOf(resource: JsonObject): Details {
  return some({
    until: firstOf(UNTIL, path => textOf(at(resource, ...path))) ?? goalEnd(resource),
    directions: isOwnDose(resource) ? undefined : dosageWords(resource['dosage'] ?? resource['dosageInstruction']),
    reason: eachConcept(resource[isLeftOut(resource) ? 'statusReason' : 'reasonCode']),
    reaction: eachConcept(objectsOf(resource['reaction']).flatMap(each => objectsOf(each['manifestation']))),
    severity: tokenOf(at(resource, 'reaction', 'severity')) ?? conceptText(resource['severity']),
    range: rangeWords(resource),
    lot: resource['resourceType'] === 'Immunization' ? textOf(resource['lotNumber']) : undefined,
    note: notesOf(resource['note']) ?? commentOf(resource),
    contacts: contactsOf(resource) ?? teamContact(resource),
    languages: languagesOf(resource),
  })
}

/** https://hl7.org/fhir/R4/goal.html `statusDate`: since when it is over. */
function goalEnd(resource: JsonObject): string | undefined {
  const isOver = resource['resourceType'] === 'Goal' && resource['lifecycleStatus'] === 'completed'
  return isOver ? textOf(resource['statusDate']) : undefined
}

/** Its dosage says when it was due. */
const isOwnDose = (resource: JsonObject) =>
  resource['resourceType'] === 'MedicationAdministration' && doseFromFhir(resource) !== undefined

/** A dose of a medicine that was not taken. */
const isLeftOut = ({ resourceType, status }: JsonObject) =>
  resourceType === 'MedicationAdministration' && status === 'not-done'

/** https://hl7.org/fhir/R4/patient.html `contact`, a RelatedPerson itself, and somebody of a care team who is to be called in an emergency. */
function contactsOf(resource: JsonObject): readonly Contact[] | undefined {
  const member = describedFromFhir(resource)
  if (member?.kind === 'care-team-member' && member.isEmergency === 'yes') {
    const { name, role, phone } = member
    return [{ name, ...(role === undefined ? {} : { relation: role }), ...(phone === undefined ? {} : { phone }) }]
  }
  const isRelated = resource['resourceType'] === 'RelatedPerson'
  const people = resource['resourceType'] === 'Patient' ? objectsOf(resource['contact']) : isRelated ? [resource] : []
  const contacts = people.slice(0, MAX_ITEMS).flatMap(person => {
    const name = humanName(person['name'])
    const relation = conceptText(person['relationship'])
    const phone = textOf(objectsOf(person['telecom']).find(each => each['system'] === 'phone')?.['value'])
    if (name === undefined) return []
    return [{ name, ...(relation === undefined ? {} : { relation }), ...(phone === undefined ? {} : { phone }) }]
  })
  return contacts.length === 0 ? undefined : contacts
}

/** https://hl7.org/fhir/R4/careteam.html `telecom`: how to reach whoever the team is. */
function teamContact(resource: JsonObject): readonly Contact[] | undefined {
  if (resource['resourceType'] !== 'CareTeam') return undefined
  const name = textOf(resource['name'])
  const phone = textOf(objectsOf(resource['telecom']).find(each => each['system'] === 'phone')?.['value'])
  return name === undefined || phone === undefined ? undefined : [{ name, phone }]
}

/** https://hl7.org/fhir/R4/patient.html `communication` */
function languagesOf(resource: JsonObject): readonly string[] | undefined {
  if (resource['resourceType'] !== 'Patient') return undefined
  const spoken = objectsOf(resource['communication']).slice(0, MAX_ITEMS)
  const preferredFirst = spoken.toSorted((a, b) => Number(b['preferred'] === true) - Number(a['preferred'] === true))
  const named = preferredFirst.flatMap(({ language }) => {
    const code = tokenOf(at(language, 'coding', 'code'))
    return (code !== undefined && LANGUAGE_TAG.test(code) ? code : conceptText(language)) ?? []
  })
  return named.length === 0 ? undefined : [...new Set(named)]
}

const LANGUAGE_TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/

/** More than this is no line of a table. */
const MAX_ITEMS = 20
const MAX_NOTE = 4000

function eachConcept(value: unknown): string | undefined {
  const words = objectsOf(value)
    .slice(0, MAX_ITEMS)
    .flatMap(concept => conceptText(concept) ?? [])
  return textOf([...new Set(words)].join(', '))
}

/** https://hl7.org/fhir/R4/appointment.html has no `note`. */
function commentOf({ resourceType, comment }: JsonObject): string | undefined {
  return resourceType === 'Appointment' ? textOf(comment, MAX_NOTE) : undefined
}

function notesOf(notes: unknown): string | undefined {
  return textOf(
    objectsOf(notes)
      .slice(0, MAX_ITEMS)
      .flatMap(note => textOf(note['text'], MAX_NOTE) ?? [])
      .join(' '),
    MAX_NOTE,
  )
}

/** Only what is known. */
function some(details: { readonly [Name in keyof Details]: Details[Name] | undefined }): Details {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as Details
}
