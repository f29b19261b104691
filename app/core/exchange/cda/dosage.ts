import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { isInstructionHere } from './by-section.ts'
import { rangeOf, ratioOf } from './data-types.ts'
import { periodOf } from './dates.ts'
import { type Fhir, type FhirObject, writtenNumber } from './fhir-json.ts'
import { conceptIn, type Nested, type Scope, textWords } from './scope.ts'
import { hasTemplate } from './templates.ts'

/** UCUM's units of time as FHIR's (https://hl7.org/fhir/R4/valueset-units-of-time.html). */
const TIME_UNITS: Readonly<Record<string, string>> = {
  s: 's',
  min: 'min',
  h: 'h',
  hour: 'h',
  d: 'd',
  day: 'd',
  wk: 'wk',
  mo: 'mo',
  mo_j: 'mo',
  a: 'a',
  a_j: 'a',
}
/** v3 TimingEvent codes that FHIR's event-timing has as well. */
const EVENTS = new Set(['HS', 'WAKE', 'C', 'CM', 'CD', 'CV', 'AC', 'ACM', 'ACD', 'ACV', 'PC', 'PCM', 'PCD', 'PCV'])
const MINUTES: Readonly<Record<string, number>> = { min: 1, h: 60, d: 1440 }

/**
 * How a medicine is to be taken (C-CDA on FHIR, "Medications"), in words by the free-text signature, else by what the
 * statement's own text says beside the medicine's name; undefined when nothing is said of it.
 */
export function dosageOf(
  statement: XmlElement,
  nested: readonly Nested[],
  medicine: string | undefined,
  scope: Scope,
): FhirObject | undefined {
  const signature = nested.find(isFreeTextSig)?.statement
  const words = textWords(statement, scope)
  const instructions = nested.filter(isInstruction).map(each => each.statement)
  const dosage = {
    text: textWords(signature, scope) ?? (words === medicine ? undefined : words),
    additionalInstruction: instructions.flatMap(each => codedInstruction(each, scope)),
    patientInstruction: instructions.flatMap(each => textWords(each, scope) ?? []).join('\n'),
    timing: timingOf(statement, scope),
    ...asNeeded(statement, scope),
    site: conceptIn(scope, childAt(statement, 'approachSiteCode')),
    route: conceptIn(scope, childAt(statement, 'routeCode')),
    doseAndRate: doseAndRate(statement),
    maxDosePerPeriod: ratioOf(childAt(statement, 'maxDoseQuantity')),
  }
  return Object.values(dosage).some(hasContent) ? dosage : undefined
}

const hasContent = (member: Fhir) =>
  member !== undefined && member !== '' && !(Array.isArray(member) && member.length === 0)

export const isFreeTextSig = ({ statement }: Nested) =>
  statement.name === 'substanceAdministration' &&
  (hasTemplate(statement, '4.147') || attributeOf(childAt(statement, 'code'), 'code') === '76662-6')

export const isInstruction = ({ statement }: Nested) =>
  statement.name === 'act' && (hasTemplate(statement, '4.20', '1.49') || isInstructionHere(statement))

const codedInstruction = (statement: XmlElement, scope: Scope): readonly Fhir[] => {
  const concept = conceptIn(scope, childAt(statement, 'code'))
  return concept === undefined ? [] : [concept]
}

function asNeeded(statement: XmlElement, scope: Scope): FhirObject {
  const preconditions = childrenOf(statement, 'precondition')
  if (preconditions.length === 0) return {}
  const criterion = preconditions.map(each => childAt(each, 'criterion')).find(found => found !== undefined)
  const words = textWords(criterion, scope)
  const value = conceptIn(scope, childAt(criterion, 'value')) ?? (words === undefined ? undefined : { text: words })
  return value === undefined ? { asNeededBoolean: true } : { asNeededCodeableConcept: value }
}

function doseAndRate(statement: XmlElement): readonly Fhir[] {
  const [dose, rate] = [rangeOf(childAt(statement, 'doseQuantity')), rangeOf(childAt(statement, 'rateQuantity'))]
  const parts = {
    doseQuantity: dose.quantity,
    doseRange: dose.range,
    rateQuantity: rate.quantity,
    rateRange: rate.range,
  }
  return Object.values(parts).some(part => part !== undefined) ? [parts] : []
}

/** The first effectiveTime says from when to when, those that repeat say how often. */
export function timingOf(statement: XmlElement, scope: Scope): FhirObject | undefined {
  const times = childrenOf(statement, 'effectiveTime')
  const repeating = times.find(isRepeating)
  const bounds = times.find(time => !isRepeating(time))
  const repeat = repeating === undefined ? undefined : repeatOf(repeating)
  if (repeat === undefined) return undefined
  const span = scope.making.dates.span(bounds)
  const hasBounds = attributeOf(bounds, 'value') === undefined && (span?.start !== undefined || span?.end !== undefined)
  return { repeat: { boundsPeriod: hasBounds ? periodOf(span) : undefined, ...repeat } }
}

function isRepeating(time: XmlElement): boolean {
  const type = attributeOf(time, 'xsi:type')?.replace(/^.*:/, '')
  return (
    type === 'PIVL_TS' ||
    type === 'EIVL_TS' ||
    childAt(time, 'period') !== undefined ||
    childAt(time, 'event') !== undefined
  )
}

function repeatOf(time: XmlElement): FhirObject | undefined {
  const event = attributeOf(childAt(time, 'event'), 'code')
  if (event !== undefined) return eventRepeat(time, event)
  const period = childAt(time, 'period')
  const low = attributeOf(period, 'value') === undefined ? childAt(period, 'low') : period
  const [unit, value] = [TIME_UNITS[attributeOf(low, 'unit') ?? ''], writtenNumber(attributeOf(low, 'value'))]
  if (unit === undefined || value === undefined || Number(value.digits) <= 0) return undefined
  const most = writtenNumber(attributeOf(childAt(period, 'high'), 'value'))
  const phase = childAt(time, 'phase')
  const isTimed = attributeOf(childAt(phase, 'low') ?? phase, 'value') !== undefined
  return {
    frequency: 1,
    period: value,
    periodMax: low === period || Number(most?.digits) < Number(value.digits) ? undefined : most,
    periodUnit: unit,
    timeOfDay: isTimed && unit === 'd' ? timeOfDay(childAt(phase, 'low') ?? phase) : [],
  }
}

/** A phase within a day is the hour of it. */
function timeOfDay(phase: XmlElement | undefined): readonly Fhir[] {
  const clock = /^\d{8}(\d\d)(\d\d)?/.exec(attributeOf(phase, 'value') ?? '')
  return clock === null || Number(clock[1]) > 23 || Number(clock[2] ?? 0) > 59
    ? []
    : [`${clock[1]}:${clock[2] ?? '00'}:00`]
}

function eventRepeat(time: XmlElement, event: string): FhirObject | undefined {
  if (!EVENTS.has(event)) return undefined
  const offset = childAt(time, 'offset')
  const low = childAt(offset, 'low') ?? offset
  const minutes = Number(attributeOf(low, 'value')) * (MINUTES[attributeOf(low, 'unit') ?? ''] ?? Number.NaN)
  // FHIR has no offset with `C`, only with before and after (tim-9).
  const hasOffset = Number.isInteger(minutes) && minutes > 0 && !event.startsWith('C')
  return { when: [event], offset: hasOffset ? minutes : undefined }
}
