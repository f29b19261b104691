import { namedIn } from '../../named-in.ts'
import { cvxCodeOf } from '../../codes/cvx-code.ts'
import { CVX_NAMES } from '../../codes/cvx.ts'
import { SYSTEMS } from '../../codes/systems.ts'
import { isUcumUnit } from '../../codes/ucum-units.ts'
import { codesOf, tokensOf } from '../fhir/concept.ts'
import { at, type JsonObject, objectsOf } from '../fhir/json.ts'
import { quantityOf } from '../fhir/value.ts'
import { concept, inWords, known, knownDate, noteOf, type OwnResource, ownResource } from '../own-resource.ts'
import { listOf, named, noteBeside, noteIn, period, said, some, wordsOf } from './fhir-parts.ts'
import type { DescribedFieldsOf } from './kinds.ts'
import { plainNumber } from './result-text.ts'

/** The code of a vaccine that is called just as the CDC calls it; of no other. */
const CVX_BY_NAME: ReadonlyMap<string, string> = new Map(Object.entries(CVX_NAMES).map(([code, name]) => [name, code]))
const ORIGIN = 'http://terminology.hl7.org/CodeSystem/immunization-origin'
const UNKNOWN = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
} as const

/** https://hl7.org/fhir/R4/immunization.html */
export function immunizationToFhir(fields: DescribedFieldsOf<'immunization'>, own: OwnResource): JsonObject {
  const { vaccine, happenedOn, doseNumber, lot, doneBy, place, reactedWith } = fields
  const cvx = CVX_BY_NAME.get(vaccine)
  return {
    ...ownResource('Immunization', own),
    status: 'completed',
    vaccineCode: cvx === undefined ? inWords(vaccine) : concept(SYSTEMS.cvx, cvx, vaccine),
    patient: { reference: own.subject },
    ...(happenedOn === undefined ? { _occurrenceDateTime: UNKNOWN } : knownDate('occurrenceDateTime', happenedOn)),
    primarySource: false,
    reportOrigin: concept(ORIGIN, 'recall', 'Parent/Guardian/Patient Recall'),
    ...known('location', named(place)),
    ...known('lotNumber', lot),
    ...known('performer', doneBy && [{ actor: named(doneBy) }]),
    ...noteOf(fields.note),
    ...known('reaction', reactedWith && [{ detail: named(reactedWith) }]),
    ...known('protocolApplied', doseNumber && [{ doseNumberPositiveInt: doseNumber }]),
  }
}

export function immunizationFromFhir(resource: JsonObject): unknown {
  return {
    vaccine: said(resource, 'vaccineCode', 'text') ?? namedIn(CVX_NAMES, cvxCodeOf(codesOf(resource['vaccineCode']))),
    happenedOn: resource['occurrenceDateTime'],
    doseNumber: at(resource, 'protocolApplied', 'doseNumberPositiveInt'),
    lot: resource['lotNumber'],
    doneBy: said(resource, 'performer', 'actor', 'display'),
    place: said(resource, 'location', 'display'),
    reactedWith: said(resource, 'reaction', 'detail', 'display'),
    note: noteIn(resource),
  }
}

/** https://hl7.org/fhir/R4/procedure.html */
export function procedureToFhir(fields: DescribedFieldsOf<'procedure'>, own: OwnResource): JsonObject {
  const { happenedOn, reason, bodySite, doneBy, place } = fields
  return {
    ...ownResource('Procedure', own),
    status: 'completed',
    code: inWords(fields.name),
    subject: { reference: own.subject },
    ...knownDate('performedDateTime', happenedOn),
    asserter: { reference: own.subject },
    ...known('performer', doneBy && [{ actor: named(doneBy) }]),
    ...known('location', named(place)),
    ...known('reasonCode', listOf(wordsOf(reason))),
    ...known('bodySite', listOf(wordsOf(bodySite))),
    ...noteOf(fields.note),
  }
}

export function procedureFromFhir(resource: JsonObject): unknown {
  return {
    name: said(resource, 'code', 'text'),
    happenedOn: resource['performedDateTime'],
    reason: said(resource, 'reasonCode', 'text'),
    bodySite: said(resource, 'bodySite', 'text'),
    doneBy: said(resource, 'performer', 'actor', 'display'),
    place: said(resource, 'location', 'display'),
    note: noteIn(resource),
  }
}

/** https://hl7.org/fhir/R4/deviceusestatement.html, with the Device it is about inside: one entry stays one resource. */
export function deviceToFhir(fields: DescribedFieldsOf<'device'>, own: OwnResource): JsonObject {
  const { maker, model, serial, udi, bodySite, implantedOn, removedOn } = fields
  const device = {
    resourceType: 'Device',
    id: 'device',
    ...known('udiCarrier', udi && [{ carrierHRF: udi }]),
    ...known('manufacturer', maker),
    ...known('serialNumber', serial),
    deviceName: [{ name: fields.name, type: 'user-friendly-name' }],
    ...known('modelNumber', model),
    patient: { reference: own.subject },
  }
  return {
    ...ownResource('DeviceUseStatement', own),
    contained: [device],
    status: removedOn === undefined ? 'active' : 'completed',
    subject: { reference: own.subject },
    ...period('timingPeriod', implantedOn, removedOn),
    source: { reference: own.subject },
    device: { reference: '#device' },
    ...known('bodySite', wordsOf(bodySite)),
    ...noteOf(fields.note),
  }
}

export function deviceFromFhir(resource: JsonObject): unknown {
  const device = objectsOf(resource['contained']).find(each => each['resourceType'] === 'Device')
  return {
    name: said(device, 'deviceName', 'name'),
    maker: said(device, 'manufacturer'),
    model: said(device, 'modelNumber'),
    serial: said(device, 'serialNumber'),
    udi: said(device, 'udiCarrier', 'carrierHRF'),
    bodySite: said(resource, 'bodySite', 'text'),
    implantedOn: at(resource, 'timingPeriod', 'start'),
    removedOn: at(resource, 'timingPeriod', 'end'),
    note: noteIn(resource),
  }
}

/** v3 ActEncounterCode (https://terminology.hl7.org/ValueSet-encounter-class.html). */
const CLASSES = {
  practice: ['AMB', 'ambulatory'],
  hospital: ['IMP', 'inpatient encounter'],
  emergency: ['EMER', 'emergency'],
  remote: ['VR', 'virtual'],
  home: ['HH', 'home health'],
} as const

/** https://hl7.org/fhir/R4/encounter.html; it has no `note`. */
export function visitToFhir(fields: DescribedFieldsOf<'visit'>, own: OwnResource): JsonObject {
  const { happenedOn, endedOn, withWhom, place, reason } = fields
  const [code, display] = CLASSES[fields.setting]
  return {
    ...ownResource('Encounter', own),
    ...noteBeside(fields.said),
    status: 'finished',
    class: { system: SYSTEMS.actCode, code, display },
    type: [inWords(fields.name)],
    subject: { reference: own.subject },
    ...known('participant', withWhom && [{ individual: named(withWhom) }]),
    ...period('period', happenedOn, endedOn),
    ...known('reasonCode', listOf(wordsOf(reason))),
    ...known('location', place && [{ location: named(place) }]),
  }
}

export function visitFromFhir(resource: JsonObject): unknown {
  const code = at(resource, 'class', 'code')
  return {
    name: said(resource, 'type', 'text'),
    setting: Object.entries(CLASSES).find(([, [known]]) => known === code)?.[0],
    happenedOn: at(resource, 'period', 'start'),
    endedOn: at(resource, 'period', 'end'),
    withWhom: said(resource, 'participant', 'individual', 'display'),
    place: said(resource, 'location', 'location', 'display'),
    reason: said(resource, 'reasonCode', 'text'),
    said: noteIn(resource),
  }
}

/** `<0.5`: a number as `resultText` leaves it. */
const NUMBER = /^(<=|>=|<|>)?(-?\d{1,12}(?:\.\d{1,9})?)$/

/** https://hl7.org/fhir/R4/observation.html of category `laboratory`; the test is called as it was typed, without a code. */
export function labResultToFhir(fields: DescribedFieldsOf<'lab-result'>, own: OwnResource): JsonObject {
  const { result, unit, normalLow, normalHigh, lab } = fields
  const measured = NUMBER.exec(result)
  const quantity = (value: number) => ({ value, ...unitMembers(unit) })
  const [, comparator, amount] = measured ?? []
  const range = some({
    low: normalLow === undefined ? undefined : quantity(normalLow),
    high: normalHigh === undefined ? undefined : quantity(normalHigh),
  })
  return {
    ...ownResource('Observation', own),
    status: 'final',
    category: [concept(SYSTEMS.observationCategory, 'laboratory', 'Laboratory')],
    code: inWords(fields.name),
    subject: { reference: own.subject },
    ...knownDate('effectiveDateTime', fields.happenedOn),
    performer: [lab === undefined ? { reference: own.subject } : { display: lab }],
    ...(amount === undefined
      ? { valueCodeableConcept: inWords(result) }
      : { valueQuantity: { ...known('comparator', comparator), ...quantity(Number(amount)) } }),
    ...noteOf(fields.note),
    ...known('referenceRange', listOf(range)),
    // Of words there is no quantity to carry a unit.
    ...(amount === undefined && range === undefined ? unitBeside(unit) : {}),
  }
}

/** A unit of our tables is UCUM; any other stays in words. */
function unitMembers(unit: string | undefined): JsonObject {
  if (unit === undefined) return {}
  return isUcumUnit(unit) ? { unit, system: SYSTEMS.ucum, code: unit } : { unit }
}

const UNIT = 'Unit'
const unitBeside = (unit: string | undefined): JsonObject =>
  unit === undefined ? {} : { component: [{ code: inWords(UNIT), valueCodeableConcept: inWords(unit) }] }

export function labResultFromFhir(resource: JsonObject): unknown {
  const value = quantityOf(resource['valueQuantity'])
  const range = at(resource, 'referenceRange')
  const part = objectsOf(resource['component']).find(each => said(each, 'code', 'text') === UNIT)
  const units = [resource['valueQuantity'], at(range, 'low'), at(range, 'high')].map(each => said(each, 'unit'))
  return {
    name: said(resource, 'code', 'text'),
    result:
      value === undefined
        ? said(resource, 'valueCodeableConcept', 'text')
        : `${value.comparator ?? ''}${plainNumber(value.value)}`,
    unit: units.find(each => each !== undefined) ?? said(part, 'valueCodeableConcept', 'text'),
    normalLow: at(range, 'low', 'value'),
    normalHigh: at(range, 'high', 'value'),
    happenedOn: resource['effectiveDateTime'],
    lab: said(resource, 'performer', 'display'),
    note: noteIn(resource),
  }
}

/** An Observation that a form of ours made as a result: of no other category, and called by words alone. */
export function isOwnResult(resource: JsonObject): boolean {
  return tokensOf(resource['category']).has('laboratory') && tokensOf(resource['code']).size === 0
}
