import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { identifiersOf, idKey } from './data-types.ts'
import { periodOf } from './dates.ts'
import { absent } from './fhir-json.ts'
import { type Made, referTo, referToEach } from './making.ts'
import {
  authorOf,
  commonOf,
  conceptIn,
  isNegated,
  moodOf,
  nestedIn,
  notesOf,
  readRest,
  recordedAt,
  recorderOf,
  type Scope,
  statusOf,
} from './scope.ts'
import { DEVICE_USE_STATUS, REQUEST_INTENT, REQUEST_STATUS } from './status-tables.ts'

/** FDA's issuing root: the extension of such an id is a whole unique device identifier. */
const UDI_ROOT = '2.16.840.1.113883.3.3719'

/** C-CDA Product Instance (4.37): one device the patient has or had. */
export function deviceOf(role: XmlElement | undefined, scope: Scope): Made | undefined {
  const device = childAt(role, 'playingDevice')
  const type = conceptIn(scope, childAt(device, 'code'))
  const name = wordsIn(childAt(device, 'manufacturerModelName')) ?? wordsIn(childAt(device, 'softwareName'))
  if (role === undefined || (type === undefined && name === undefined && idKey(role) === undefined)) return undefined
  const maker = scope.people.organization(childAt(role, 'scopingEntity'))
  const carriers = childrenOf(role, 'id')
    .filter(id => attributeOf(id, 'root') === UDI_ROOT)
    .flatMap(id => attributeOf(id, 'extension') ?? [])
  const display = name ?? type?.text
  return scope.making.addOrFill(
    {
      resourceType: 'Device',
      identifier: identifiersOf(role),
      udiCarrier: carriers.map(carrierHRF => ({ carrierHRF })),
      manufacturer: maker?.display,
      deviceName: name === undefined ? [] : [{ name, type: 'model-name' }],
      type,
      patient: scope.patient,
    },
    idKey(role),
    scope.place,
    display,
  )
}

/** The part of a supply that names a device. */
export function suppliedDevice(statement: XmlElement): XmlElement | undefined {
  return childrenOf(statement, 'participant')
    .map(each => childAt(each, 'participantRole'))
    .find(role => childAt(role, 'playingDevice') !== undefined)
}

/** CDA's "completed" is said of the supply: a pacemaker that was handed over is in use until it is said to have ended. */
function useStatus(statement: XmlElement, hasEnded: boolean): string {
  if (isNegated(statement)) return 'stopped'
  const status = DEVICE_USE_STATUS[statusOf(statement) ?? ''] ?? 'active'
  return status === 'completed' && !hasEnded ? 'active' : status
}

/** A device in use (mood EVN) as DeviceUseStatement, one asked for as DeviceRequest. */
export function readDeviceSupply(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const inner = readRest(statement, nested, new Set(), scope)
  const device = deviceOf(suppliedDevice(statement), scope)
  const time = childrenOf(statement, 'effectiveTime')[0]
  const span = scope.making.dates.span(time)
  const isPeriod = attributeOf(time, 'value') === undefined && span !== undefined
  const common = { ...commonOf(statement, scope), subject: scope.patient, note: notesOf(nested, scope) }
  const body =
    moodOf(statement) === 'EVN'
      ? {
          resourceType: 'DeviceUseStatement' as const,
          ...common,
          status: useStatus(statement, span?.end !== undefined || span?.hasEnded === true),
          derivedFrom: referToEach(inner, 'Observation', 'Procedure', 'ServiceRequest', 'DocumentReference'),
          ...(isPeriod ? { timingPeriod: periodOf(span) } : { timingDateTime: span?.start }),
          recordedOn: recordedAt(statement, scope),
          source: recorderOf(statement, scope),
          device: referTo(device) ?? absent(),
          bodySite: conceptIn(scope, childAt(statement, 'targetSiteCode')),
        }
      : {
          resourceType: 'DeviceRequest' as const,
          ...common,
          status: REQUEST_STATUS[statusOf(statement) ?? ''] ?? 'unknown',
          intent: REQUEST_INTENT[moodOf(statement)] ?? 'plan',
          ...(device === undefined ? { codeCodeableConcept: absent() } : { codeReference: referTo(device) }),
          ...(isPeriod ? { occurrencePeriod: periodOf(span) } : { occurrenceDateTime: span?.start }),
          authoredOn: recordedAt(statement, scope),
          requester: referTo(authorOf(statement, scope)),
        }
  return [scope.making.add(body, idKey(statement), scope.place), ...(device === undefined ? [] : [device]), ...inner]
}
