import { SYSTEMS } from '../codes/systems.ts'
import type { Result } from '../result.ts'
import type { ConditionFields, EntryParts } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { conceptText, tokensOf } from './fhir/concept.ts'
import { at, type JsonObject } from './fhir/json.ts'
import { concept, inWords, knownDate, noteOf, type OwnResource, ownResource } from './own-resource.ts'
import { endsBefore, parseWhen } from './when.ts'

const CLINICAL_STATUS = ['active', 'remission', 'resolved'] as const

export function parseCondition(value: unknown): Result<ConditionFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['condition']),
      name: read.text('name'),
      clinicalStatus: read.choice('clinicalStatus', CLINICAL_STATUS),
      ...read.optionalDate('since'),
      ...read.optionalDate('until'),
      ...read.note(),
    }
    // FHIR con-4: what has ended is not active.
    const isStillActive = fields.until !== undefined && fields.clinicalStatus === 'active'
    return isStillActive || endsBefore(fields.since, fields.until) ? read.stop('until') : fields
  })
}

export function conditionParts(fields: ConditionFields): EntryParts {
  // As the reader of files has it: what only says when it ended stands there.
  const when = parseWhen(fields.since ?? fields.until)
  const isActive = fields.clinicalStatus === 'active'
  return {
    kind: 'condition',
    section: isActive ? 'problems' : 'past-problems',
    title: fields.name,
    ...(when.ok ? { when: when.value } : {}),
    status: isActive ? 'active' : 'past',
    codes: [],
  }
}

export function conditionToFhir(fields: ConditionFields, own: OwnResource): JsonObject {
  const words = { active: 'Active', remission: 'Remission', resolved: 'Resolved' } as const
  return {
    ...ownResource('Condition', own),
    clinicalStatus: concept(SYSTEMS.conditionClinical, fields.clinicalStatus, words[fields.clinicalStatus]),
    category: [concept(SYSTEMS.conditionCategory, 'problem-list-item', 'Problem List Item')],
    code: inWords(fields.name),
    subject: { reference: own.subject },
    ...knownDate('onsetDateTime', fields.since),
    ...knownDate('abatementDateTime', fields.until),
    asserter: { reference: own.subject },
    ...noteOf(fields.note),
  }
}

export function conditionFromFhir(resource: JsonObject): ConditionFields | undefined {
  const status = tokensOf(resource['clinicalStatus'])
  const isActive = ['active', 'recurrence', 'relapse'].some(token => status.has(token))
  const isOver = status.has('resolved') || status.has('inactive')
  const parsed = parseCondition({
    kind: 'condition',
    name: conceptText(resource['code']),
    clinicalStatus: isActive ? 'active' : isOver ? 'resolved' : [...status][0],
    since: resource['onsetDateTime'],
    until: resource['abatementDateTime'],
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}
