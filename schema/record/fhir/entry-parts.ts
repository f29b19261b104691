import { absenceOf } from '#schema/codes/absence.ts'
import { isR4Type } from '#schema/codes/fhir-r4-types.ts'
import { placeOfLoinc } from '#schema/codes/observations.ts'
import { answersFromFhir, answersParts } from '../answers.ts'
import { appointmentFromFhir, appointmentParts } from '../appointment.ts'
import { linkFromFhir, linkParts } from '../condition-link.ts'
import { doseFromFhir, doseParts } from '../dose.ts'
import { planFromFhir } from '../medicine.ts'
import { stockFromFhir, stockParts } from '../stock.ts'
import { taskDoneFromFhir, taskDoneParts, taskFromFhir, taskParts } from '../task.ts'
import type { Coding, EntryParts, EntryStatus, EntryValue, When } from '../entry.ts'
import { targetOfResource } from '../goal.ts'
import { parseWhen } from '../when.ts'
import { codesOf, conceptText, loincOf, tokensOf } from './concept.ts'
import { at, firstOf, isObject, type JsonObject, objectsOf, textOf, tokenOf } from './json.ts'
import { particularsOf } from './particulars.ts'
import { observationPlace } from './place.ts'
import { humanName, type Reading, type Resolve, referred, valueAt, wordsAt } from './reading.ts'
import { type Place, type Rule, ruleFor } from './rules.ts'
import { flagOf, normalRangeOf, stageOf } from './result-flag.ts'
import { isNegatedWord, statusOf } from './status.ts'
import { observationValue } from './value.ts'

/** What a FHIR resource says of itself in a row. */
export interface ReadResource {
  readonly parts: EntryParts
  readonly author?: string
  /** A date the row would have stood at does not exist; it stands at the next best, or undated. */
  readonly hasImpossibleDate: boolean
  /** Not a type of FHIR R4: kept and shown under "other". */
  readonly isUnknownType: boolean
}

/**
 * Reads any FHIR R4 resource. Total: whatever `resource` holds, nothing is thrown, and each type has a place. Titles and
 * values are the record's own words (text, display, a name), never made up from codes.
 */
export function readResource(resource: JsonObject, resolve: Resolve = () => undefined): ReadResource {
  const reading: Reading = { resource, resolve }
  const resourceType = textOf(resource['resourceType']) ?? ''
  const own = ownParts(resource, resourceType)
  if (own !== undefined) return { parts: own, hasImpossibleDate: false, isUnknownType: false }
  const rule = ruleFor(resourceType)
  const codes = codesAt(reading, rule)
  const { when, hasImpossibleDate } = whenOf(reading, whenPaths(rule, resourceType))
  const place = placeOf(reading, rule, resourceType, codes)
  const value = valueFor(reading, rule, resourceType, place)
  const title = titleOf(reading, rule, codes)
  const author = wordsAt(reading, AUTHOR_PATHS)
  const about = resourceType === 'DocumentReference' ? aboutOf(resource) : []
  const particulars = particularsOf(reading, place.kind)
  const flag = resourceType === 'Observation' ? flagOf(resource) : undefined
  const range = resourceType === 'Observation' ? normalRangeOf(resource) : undefined
  const stage = STAGED.has(resourceType) ? stageOf(resource) : undefined
  const target = resourceType === 'Goal' ? targetOfResource(resource) : undefined
  return {
    parts: {
      ...place,
      title: title ?? '',
      ...(when === undefined ? {} : { when }),
      ...(value === undefined || isSameWords(value, title) ? {} : { value }),
      ...(flag === undefined ? {} : { flag }),
      ...(range === undefined ? {} : { range }),
      ...(stage === undefined ? {} : { stage }),
      ...(place.kind === 'statement' ? { status: saidStatus(reading) } : saidOf(reading, rule, resourceType)),
      ...(place.kind === 'condition' && isListed(reading) ? { isListed: true } : {}),
      codes,
      resourceType,
      ...(about.length > 0 ? { about } : {}),
      ...(particulars === undefined ? {} : { particulars }),
      ...(target === undefined ? {} : { target }),
      ...(PLANNED_TYPES.has(resourceType) ? planFromFhir(resource) : {}),
    },
    ...(author === undefined ? {} : { author }),
    hasImpossibleDate,
    isUnknownType: !isR4Type(resourceType),
  }
}

/** Types whose status says whether what they tell may still change. */
const STAGED: ReadonlySet<string> = new Set(['Observation', 'DiagnosticReport'])
/** What says how a medicine is to be taken; others say that it was given. */
const PLANNED_TYPES: ReadonlySet<string> = new Set(['MedicationStatement', 'MedicationRequest'])

/** What was written down in a record like this one and is no clinic's: a dose, a stock, a questionnaire answered, a task. */
function ownParts(resource: JsonObject, resourceType: string): EntryParts | undefined {
  const plan = planParts(resource, resourceType)
  if (plan !== undefined) return { ...plan, resourceType }
  const answers = resourceType === 'QuestionnaireResponse' ? answersFromFhir(resource) : undefined
  if (answers !== undefined) return { ...answersParts(answers), resourceType }
  const dose = resourceType === 'MedicationAdministration' ? doseFromFhir(resource) : undefined
  if (dose !== undefined) return { ...doseParts(dose), resourceType }
  const stock = resourceType === 'Observation' ? stockFromFhir(resource) : undefined
  return stock === undefined ? undefined : { ...stockParts(stock), resourceType }
}

function planParts(resource: JsonObject, resourceType: string): EntryParts | undefined {
  const link = resourceType === 'CarePlan' ? linkFromFhir(resource) : undefined
  if (link !== undefined) return linkParts(link)
  const task = resourceType === 'CarePlan' ? taskFromFhir(resource) : undefined
  if (task !== undefined) return taskParts(task)
  const done = resourceType === 'Task' ? taskDoneFromFhir(resource) : undefined
  if (done !== undefined) return taskDoneParts(done)
  const appointment = resourceType === 'Appointment' ? appointmentFromFhir(resource) : undefined
  return appointment === undefined ? undefined : appointmentParts(appointment)
}

/** Nobody attaches one document to more. */
const MAX_ABOUT = 50
const UUID_URN = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** What a document names as related by a UUID (FHIR `DocumentReference.context.related.identifier`). */
function aboutOf(resource: JsonObject): readonly string[] {
  return objectsOf(at(resource, 'context', 'related'))
    .flatMap(related => UUID_URN.exec(tokenOf(at(related, 'identifier', 'value')) ?? '')?.[1]?.toLowerCase() ?? [])
    .slice(0, MAX_ABOUT)
}

const AUTHOR_PATHS = [
  'asserter',
  'recorder',
  'author',
  'performer.actor',
  'performer',
  'requester',
  'informationSource',
  'participant.individual',
  'serviceProvider',
  'custodian',
  'managingOrganization',
  'provider',
  'sender',
]

const OBSERVATION_WHEN = [
  'effectiveDateTime',
  'effectivePeriod.start',
  'effectiveInstant',
  'effectiveTiming.event',
  'effectivePeriod.end',
  'issued',
]
const CONDITION_WHEN = ['onsetDateTime', 'onsetPeriod.start', 'recordedDate', 'abatementDateTime']

function whenPaths(rule: Rule, resourceType: string): readonly string[] {
  if (resourceType === 'Observation') return OBSERVATION_WHEN
  return resourceType === 'Condition' ? CONDITION_WHEN : rule.when
}

function whenOf(reading: Reading, paths: readonly string[]): { when?: When; hasImpossibleDate: boolean } {
  let hasImpossibleDate = false
  const when = firstOf(paths, path => {
    const value = valueAt(reading, path)
    const parsed = parseWhen(Array.isArray(value) ? value[0] : value)
    if (parsed.ok) return parsed.value
    hasImpossibleDate ||= parsed.failure === 'impossible-date'
    return undefined
  })
  return when === undefined ? { hasImpossibleDate } : { when, hasImpossibleDate }
}

function saidOf(reading: Reading, rule: Rule, resourceType: string): Pick<EntryParts, 'status' | 'isNegated'> {
  const status = statusAt(reading, rule, resourceType)
  return isNegated(reading, rule) ? { status, isNegated: true } : { status }
}

/** That there is none is so, however its source calls the status of what there is none of: "not taken", "unknown". */
function saidStatus(reading: Reading): EntryStatus {
  const status = conditionStatus(reading)
  if (status === 'unknown') return reading.resource['status'] === 'entered-in-error' ? 'mistaken' : 'active'
  return status
}

function placeOf(reading: Reading, rule: Rule, resourceType: string, codes: readonly Coding[]): Place {
  const section = resourceType === 'Condition' ? 'problems' : rule.section
  if (resourceType !== 'Observation' && absenceOf(section, codes) !== undefined) return { kind: 'statement', section }
  if (resourceType === 'Condition') {
    return { kind: 'condition', section: isOver(reading) ? 'past-problems' : 'problems' }
  }
  if (resourceType !== 'Observation') {
    const place = rule.place?.(reading) ?? rule
    return { kind: place.kind, section: place.section }
  }
  const place = observationPlace(reading, codes)
  const isPressure = observationValue(reading.resource)?.type === 'blood-pressure'
  // A panel whose parts cannot be told apart is no blood pressure to draw or compare.
  if (place.kind === 'blood-pressure') return isPressure ? place : { ...place, kind: 'vital-sign' }
  // Whatever a panel is called, its two parts make it one.
  return isPressure && isOpen(place, codes) ? { kind: 'blood-pressure', section: 'vitals' } : place
}

/** Whether a place is a vital sign's, or was found by the source's category alone. */
const isOpen = (place: Place, codes: readonly Coding[]) =>
  place.kind === 'vital-sign' || loincOf(codes).every(code => placeOfLoinc(code) === undefined)

/** A problem that is over: resolved, in remission, ruled out, or with an end though its status is not said. */
function isOver(reading: Reading): boolean {
  const clinical = conditionStatus(reading)
  if (clinical !== 'unknown') return clinical !== 'active'
  return ['abatementDateTime', 'abatementPeriod', 'abatementAge', 'abatementString'].some(
    path => valueAt(reading, path) !== undefined,
  )
}

function conditionStatus(reading: Reading): EntryStatus {
  const verification = tokensOf(reading.resource['verificationStatus'])
  if (verification.has('entered-in-error')) return 'mistaken'
  if (verification.has('refuted')) return 'past'
  return firstOf([...tokensOf(reading.resource['clinicalStatus'])], knownStatus) ?? 'unknown'
}

const knownStatus = (word: string) => {
  const status = statusOf(word)
  return status === 'unknown' ? undefined : status
}

function statusAt(reading: Reading, rule: Rule, resourceType: string): EntryStatus {
  if (resourceType === 'Condition' || resourceType === 'AllergyIntolerance') return conditionStatus(reading)
  const word = valueAt(reading, rule.status ?? 'status')
  if (word === 'completed' && rule.completedIs !== undefined) return rule.completedIs
  if (word === undefined && typeof reading.resource['active'] === 'boolean') {
    return reading.resource['active'] ? 'active' : 'past'
  }
  const isProposal = ['proposal', 'plan'].includes(String(reading.resource['intent']))
  const status = statusOf(word)
  return isProposal && status === 'active' && resourceType.startsWith('Medication') ? 'planned' : status
}

function isNegated(reading: Reading, rule: Rule): boolean {
  const words = [valueAt(reading, rule.status ?? 'status'), ...tokensOf(reading.resource['verificationStatus'])]
  return words.some(isNegatedWord) || NEGATING.some(name => reading.resource[name] === true)
}

/** What turns a resource into its opposite: of R4, and of older versions, should one stand amid R4. */
const NEGATING = ['doNotPerform', 'notDone', 'notPerformed', 'notGiven', 'wasNotGiven', 'wasNotTaken']

/** FHIR's condition category `problem-list-item`, or its older name in DSTU2 and Argonaut. */
function isListed(reading: Reading): boolean {
  const categories = tokensOf(reading.resource['category'])
  return categories.has('problem-list-item') || categories.has('problem')
}

/** A category is no name: it stands for one only where there is not even a code. */
function titleOf(reading: Reading, rule: Rule, codes: readonly Coding[]): string | undefined {
  const { resourceType, name } = reading.resource
  if (resourceType === 'Condition' || resourceType === 'Observation') return wordsAt(reading, ['code'])
  const hasCode = rule.title.includes('code') && codes.length > 0
  const paths = hasCode ? rule.title.filter(path => path !== 'category') : rule.title
  if (paths.length > 0) return wordsAt(reading, paths) ?? humanName(name)
  return typeof name === 'string' ? textOf(name) : humanName(name)
}

function valueFor(reading: Reading, rule: Rule, resourceType: string, place: Place): EntryValue | undefined {
  if (resourceType === 'Observation') return observationValue(reading.resource)
  if (place.kind !== 'condition') return rule.value?.(reading)
  const text = textOf([doubtOf(reading), conceptText(reading.resource['severity'])].filter(Boolean).join(', '))
  return text === undefined ? undefined : { type: 'text', text }
}

/** That a condition is only thought of: in the source's words, else FHIR's own. Nobody should take it for a diagnosis. */
function doubtOf({ resource }: Reading): string | undefined {
  const verification = resource['verificationStatus']
  const tokens = tokensOf(verification)
  const doubt = ['unconfirmed', 'provisional', 'differential'].find(word => tokens.has(word))
  return doubt === undefined ? undefined : (conceptText(isObject(verification) ? verification : undefined) ?? doubt)
}

function codesAt(reading: Reading, rule: Rule): readonly Coding[] {
  const own = codesOf(valueAt(reading, rule.codes ?? 'code'))
  if (own.length > 0) return own
  const medication = referred(reading, reading.resource['medicationReference'])
  return medication === undefined ? [] : codesOf(medication['code'])
}

const isSameWords = (value: EntryValue, title: string | undefined) => value.type === 'text' && value.text === title
