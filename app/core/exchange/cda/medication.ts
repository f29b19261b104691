import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { aboutParent, tagOf } from './about.ts'
import {
  codingOf,
  conceptOf,
  countOf,
  hasCode,
  idKey,
  lookUp,
  originalWords,
  quantityOf,
  ratioOf,
  worded,
} from './data-types.ts'
import { periodOf } from './dates.ts'
import { dosageOf, isFreeTextSig, isInstruction } from './dosage.ts'
import { absent, type Fhir, type FhirObject } from './fhir-json.ts'
import { type Made, referTo, referToEach } from './making.ts'
import { wholeName } from './naming.ts'
import { indicationsOf } from './reasons.ts'
import {
  authorOf,
  commonOf,
  conceptIn,
  isNegated,
  moodOf,
  nestedIn,
  type Medicine,
  type Nested,
  notesOf,
  performersOf,
  readRest,
  recordedAt,
  recorderOf,
  type Scope,
  statusOf,
  textWords,
} from './scope.ts'
import {
  DISPENSE_STATUS,
  MEDICATION_INTENT,
  MEDICATION_REQUEST_STATUS,
  MEDICATION_STATUS,
  TAKING_STATUS,
} from './status-tables.ts'
import { hasTemplate } from './templates.ts'

/**
 * A medicine taken (mood EVN) as MedicationStatement, one ordered or planned as MedicationRequest. The mapping guide leaves
 * the former open; the International Patient Summary has it so.
 */
export function readMedication(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const medicine = medicineOf(statement, scope)
  const reasons = indicationsOf(nested, scope)
  const used = new Set([
    ...reasons.used,
    ...nested.filter(each => isFreeTextSig(each) || isInstruction(each)).map(each => each.statement),
    ...aboutIn(nested),
  ])
  const inner = readRest(statement, nested, used, scope, { medicine })
  const common = {
    ...commonOf(statement, scope),
    contained: [
      ...medicine.contained,
      ...reasons.contained,
      tagOf('instructions', sigCode(nested, scope)),
      ...aboutParent(aboutIn(nested), scope),
    ],
    ...medicine.element,
    subject: scope.patient,
    reasonCode: reasons.codes,
    reasonReference: reasons.references,
    note: notesOf(nested, scope),
  }
  const dosage = dosageOf(statement, nested, medicine.code?.text, scope)
  const body =
    moodOf(statement) === 'EVN'
      ? statementBody(statement, common, { dosage, inner, scope })
      : requestBody(statement, common, { dosage, inner, scope })
  return [scope.making.add(body, idKey(statement), scope.place), ...inner]
}

/** How the taking stands, and what kind of medicine it is: prescribed or over the counter (HITSP C83 Type of Medication). */
const aboutIn = (nested: readonly Nested[]) =>
  nested
    .map(each => each.statement)
    .filter(each => isTakingStatus(each) || hasTemplate(each, '2.16.840.1.113883.3.88.11.83.8.1'))

const isTakingStatus = (statement: XmlElement) =>
  statement.name === 'observation' && (hasTemplate(statement, '1.47') || hasCode(childAt(statement, 'code'), '33999-4'))

const sigCode = (nested: readonly Nested[], scope: Scope) =>
  conceptIn(scope, childAt(nested.find(isFreeTextSig)?.statement, 'code'))

interface Taken {
  readonly dosage: FhirObject | undefined
  readonly inner: readonly Made[]
  readonly scope: Scope
}

function statementBody(statement: XmlElement, common: FhirObject, { dosage, inner, scope }: Taken) {
  const { dates } = scope.making
  const bounds = childrenOf(statement, 'effectiveTime')[0]
  const isPoint = attributeOf(bounds, 'value') !== undefined
  return {
    resourceType: 'MedicationStatement',
    ...common,
    basedOn: referToEach(inner, 'MedicationRequest', 'ServiceRequest'),
    partOf: referToEach(inner, 'MedicationDispense'),
    status: takenStatus(statement, scope),
    category: scope.group,
    context: referTo(scope.encounter),
    ...(isPoint ? { effectiveDateTime: dates.at(bounds) } : { effectivePeriod: periodOf(dates.span(bounds)) }),
    dateAsserted: recordedAt(statement, scope),
    informationSource: recorderOf(statement, scope),
    derivedFrom: referToEach(inner, 'Observation', 'Condition', 'Procedure'),
    dosage: [dosage],
  } as const
}

/** "Completed" with an end still to come means that it is prescribed, not that it is over (mapping guide, "Medication Status"). */
function takenStatus(statement: XmlElement, scope: Scope): string {
  if (isNegated(statement)) return namesMedicine(statement) ? 'not-taken' : 'unknown'
  const taking = nestedIn(statement).find(each => isTakingStatus(each.statement))?.statement
  // CCD closes the act of writing down (`statusCode` completed) and says in a status of its own that it is still taken.
  const told = lookUp(childAt(taking, 'value'), TAKING_STATUS)
  const status = told ?? MEDICATION_STATUS[statusOf(statement) ?? ''] ?? 'unknown'
  const end = scope.making.dates.span(childrenOf(statement, 'effectiveTime')[0])?.end
  return status === 'completed' && end !== undefined && end > scope.making.writtenOn ? 'active' : status
}

function requestBody(statement: XmlElement, common: FhirObject, { dosage, inner, scope }: Taken) {
  const times = childrenOf(statement, 'effectiveTime')
  const span = scope.making.dates.span(times[0])
  const author = authorOf(statement, scope)
  const isDated = span?.start !== undefined || attributeOf(times[0], 'value') !== undefined
  // Where the dosage has no frequency, when it is to be taken still has to stand somewhere.
  const timing = dosage?.['timing'] ?? (span === undefined ? undefined : boundsTiming(times[0], scope))
  return {
    resourceType: 'MedicationRequest',
    ...common,
    status: MEDICATION_REQUEST_STATUS[statusOf(statement) ?? ''] ?? 'unknown',
    intent: MEDICATION_INTENT[moodOf(statement)] ?? 'plan',
    category: [scope.group],
    doNotPerform: isNegated(statement) ? true : undefined,
    encounter: referTo(scope.encounter),
    supportingInformation: referToEach(inner),
    authoredOn: orderedAt(statement, scope, isDated),
    requester: referTo(author),
    dosageInstruction: [timing === undefined ? dosage : { ...dosage, timing }],
    dispenseRequest: { numberOfRepeatsAllowed: repeatsAllowed(statement) },
  } as const
}

/** The time of the document's author is no time of an order that says its own: all medicines would be of the day it was written. */
function orderedAt(statement: XmlElement, scope: Scope, isDated: boolean): string | undefined {
  return isDated && childrenOf(statement, 'author').length === 0 ? undefined : recordedAt(statement, scope)
}

function boundsTiming(time: XmlElement | undefined, scope: Scope): FhirObject | undefined {
  const value = scope.making.dates.dateTime(attributeOf(time, 'value'))
  if (value !== undefined) return { event: [value] }
  const span = scope.making.dates.span(time)
  return span?.start === undefined && span?.end === undefined ? undefined : { repeat: { boundsPeriod: periodOf(span) } }
}

/** CDA counts all fills, FHIR those after the first. */
function repeatsAllowed(statement: XmlElement): number | undefined {
  const fills = countOf(childAt(statement, 'repeatNumber'))
  return fills === undefined || fills < 1 ? undefined : fills - 1
}

const productOf = (statement: XmlElement) =>
  childAt(statement, 'consumable', 'manufacturedProduct') ?? childAt(statement, 'product', 'manufacturedProduct')

const materialOf = (statement: XmlElement) =>
  childAt(productOf(statement), 'manufacturedMaterial') ?? childAt(productOf(statement), 'manufacturedLabeledDrug')

function namesMedicine(statement: XmlElement): boolean {
  const code = childAt(materialOf(statement), 'code')
  return codingOf(code) !== undefined || childAt(code, 'translation') !== undefined
}

/** What a medicine is: `element` for the resource, `contained` where more is known of it than a code. */
export function medicineOf(statement: XmlElement, scope: Scope): Medicine {
  const material = materialOf(statement)
  const name = wordsIn(childAt(material, 'name'))
  const names = name === undefined ? [] : [name]
  const concept = conceptOf(childAt(material, 'code'), scope.narrative.words, (words, displays) =>
    wholeName(words, [...displays, ...names]),
  )
  const code = concept ?? worded(undefined, textWords(statement, scope))
  if (isNegated(statement) && !namesMedicine(statement)) {
    return { element: { medicationCodeableConcept: noMedicine(statement, scope) }, code, contained: [] }
  }
  const more = moreOf(statement, scope)
  if (more === undefined)
    return { element: { medicationCodeableConcept: code ?? scope.medicine?.code ?? absent() }, code, contained: [] }
  return {
    code,
    element: { medicationReference: { reference: '#medicine', display: code?.text } },
    contained: [{ resourceType: 'Medication', id: 'medicine', code, ...more.medication }, ...more.vehicles],
  }
}

/** No medicines are known (https://hl7.org/fhir/uv/ips, absent and unknown data). */
function noMedicine(statement: XmlElement, scope: Scope): FhirObject {
  const words =
    originalWords(childAt(materialOf(statement), 'code'), scope.narrative.words) ?? textWords(statement, scope)
  const coding = {
    system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips',
    code: 'no-known-medications',
    display: 'No known medications',
  }
  return { coding: [coding], text: words ?? coding.display }
}

interface More {
  readonly medication: FhirObject
  readonly vehicles: readonly Vehicle[]
}

type Vehicle = FhirObject & { readonly id: string }

/** What a medicine is given in (C-CDA Drug Vehicle, 4.24). */
function vehiclesOf(statement: XmlElement, scope: Scope): readonly Vehicle[] {
  return childrenOf(statement, 'participant')
    .filter(each => attributeOf(each, 'typeCode') === 'CSM')
    .flatMap((each, index) => {
      const role = childAt(each, 'participantRole')
      const entity = childAt(role, 'playingEntity')
      const code = conceptIn(scope, childAt(entity, 'code')) ?? textConcept(wordsIn(childAt(entity, 'name')))
      const category = [conceptIn(scope, childAt(role, 'code'))]
      return code === undefined ? [] : [{ resourceType: 'Substance', id: `vehicle-${index + 1}`, category, code }]
    })
}

function moreOf(statement: XmlElement, scope: Scope): More | undefined {
  const material = materialOf(statement)
  const form = conceptIn(scope, childAt(statement, 'administrationUnitCode') ?? childAt(material, 'formCode'))
  const manufacturer = scope.people.organization(childAt(productOf(statement), 'manufacturerOrganization'))
  const vehicles = vehiclesOf(statement, scope)
  const ingredients = childrenOf(material, 'ingredient').flatMap(each => {
    // Europe's patient summaries and IHE Pharmacy have it in a namespace of their own, under the same name once more.
    const substance = childAt(each, 'ingredientSubstance') ?? childAt(each, 'ingredient')
    const item = conceptIn(scope, childAt(substance, 'code')) ?? textConcept(wordsIn(childAt(substance, 'name')))
    return item === undefined ? [] : [{ itemCodeableConcept: item, strength: ratioOf(childAt(each, 'quantity')) }]
  })
  const lotNumber = wordsIn(childAt(material, 'lotNumberText'))
  const ingredient = [
    ...ingredients,
    ...vehicles.map(({ id }) => ({ itemReference: { reference: `#${id}` }, isActive: false })),
  ]
  if (form === undefined && manufacturer === undefined && ingredient.length === 0 && lotNumber === undefined)
    return undefined
  return { vehicles, medication: { form, manufacturer: referTo(manufacturer), ingredient, batch: { lotNumber } } }
}

const textConcept = (text: string | undefined): FhirObject | undefined => (text === undefined ? undefined : { text })

/** A supply of a medicine: ordered as MedicationRequest, handed out as MedicationDispense. */
export function readMedicineSupply(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const own = medicineOf(statement, scope)
  const instructions = nested.filter(isInstruction)
  const inner = readRest(statement, nested, new Set(instructions.map(each => each.statement)), scope)
  const common = {
    ...commonOf(statement, scope),
    contained: own.contained,
    ...own.element,
    subject: scope.patient,
    note: notesOf(nested, scope),
  }
  const body =
    moodOf(statement) === 'EVN'
      ? dispenseBody(statement, common, instructions, scope)
      : supplyOrderBody(statement, common, instructions, scope)
  return [scope.making.add(body, idKey(statement), scope.place), ...inner]
}

function instructionDosage(instructions: readonly Nested[], scope: Scope): readonly Fhir[] {
  return instructions.map(({ statement }) => ({
    additionalInstruction: [conceptIn(scope, childAt(statement, 'code'))],
    patientInstruction: textWords(statement, scope),
  }))
}

function dispenseBody(statement: XmlElement, common: FhirObject, instructions: readonly Nested[], scope: Scope) {
  return {
    resourceType: 'MedicationDispense',
    ...common,
    status: DISPENSE_STATUS[statusOf(statement) ?? ''] ?? 'unknown',
    performer: performersOf(statement, scope).map(actor => ({ actor: referTo(actor) })),
    quantity: quantityOf(childAt(statement, 'quantity')),
    whenHandedOver: scope.making.dates.at(childAt(statement, 'effectiveTime')),
    dosageInstruction: instructionDosage(instructions, scope),
  } as const
}

function supplyOrderBody(statement: XmlElement, common: FhirObject, instructions: readonly Nested[], scope: Scope) {
  const author = authorOf(statement, scope)
  const validityPeriod = periodOf(scope.making.dates.span(childAt(statement, 'effectiveTime')))
  return {
    resourceType: 'MedicationRequest',
    ...common,
    status: MEDICATION_REQUEST_STATUS[statusOf(statement) ?? ''] ?? 'unknown',
    intent: 'order',
    authoredOn: orderedAt(statement, scope, validityPeriod?.start !== undefined),
    requester: referTo(author),
    dosageInstruction: instructionDosage(instructions, scope),
    dispenseRequest: {
      validityPeriod,
      numberOfRepeatsAllowed: repeatsAllowed(statement),
      quantity: quantityOf(childAt(statement, 'quantity')),
    },
  } as const
}
