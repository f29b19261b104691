import type { Result } from '../result.ts'
import { type ConditionLink, type EntryParts, isEntryId, type LinkFields } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { at, type JsonObject, textOf } from './fhir/json.ts'
import { entryIdIn, isPatientSupplied, type OwnResource, ownResource } from './own-resource.ts'
import { isTracked } from './tracked.ts'
import { fhirDateTime, parseWhen } from './when.ts'

const MEASURE = 'measure:'

export function parseLink(value: unknown): Result<LinkFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['link']),
      conditionId: read.entryId('conditionId'),
      target: read.text('target'),
      linkedAt: read.dateTime('linkedAt'),
    }
    const isTarget = fields.target.startsWith(MEASURE)
      ? isTracked(fields.target.slice(MEASURE.length))
      : isEntryId(fields.target)
    return isTarget ? fields : read.stop('target')
  })
}

/** It stands with the problems and says no names: whoever is shown a condition is not told by it what else there is. */
export function linkParts({ conditionId, target, linkedAt }: LinkFields): EntryParts {
  const when = parseWhen(linkedAt)
  const link: ConditionLink = { conditionId, target }
  return {
    kind: 'link',
    section: 'problems',
    title: '',
    ...(when.ok ? { when: when.value } : {}),
    status: 'active',
    codes: [],
    link,
  }
}

const TITLE = 'What belongs to a condition'

/** https://hl7.org/fhir/R4/careplan.html: a plan that addresses a condition, and what supports it. Both are called by their UUIDs. */
export function linkToFhir({ conditionId, target, linkedAt }: LinkFields, own: OwnResource): JsonObject {
  const urn = (id: string) => ({
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${own.uuidOf?.(id) ?? id}` },
  })
  return {
    ...ownResource('CarePlan', own),
    status: 'active',
    intent: 'plan',
    title: TITLE,
    subject: { reference: own.subject },
    created: fhirDateTime(linkedAt),
    addresses: [urn(conditionId)],
    supportingInfo: [target.startsWith(MEASURE) ? { identifier: { value: target } } : urn(target)],
  }
}

/** Of what `linkToFhir` wrote. */
export function linkFromFhir(resource: JsonObject): LinkFields | undefined {
  if (!isPatientSupplied(resource) || resource['title'] !== TITLE) return undefined
  const parsed = parseLink({
    kind: 'link',
    conditionId: entryIdIn(resource['addresses']),
    target: entryIdIn(resource['supportingInfo']) ?? textOf(at(resource['supportingInfo'], 'identifier', 'value')),
    linkedAt: resource['created'],
  })
  return parsed.ok ? parsed.value : undefined
}
