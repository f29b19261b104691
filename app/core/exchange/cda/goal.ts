import { childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { aboutParent, preferencesIn } from './about.ts'
import { idKey, quantityOf, rangeOf } from './data-types.ts'
import { absent, type Fhir, type FhirObject } from './fhir-json.ts'
import { type Made, referToEach } from './making.ts'
import {
  commonOf,
  conceptIn,
  isNegated,
  nestedIn,
  notesOf,
  readRest,
  recorderOf,
  type Scope,
  statusOf,
  textWords,
} from './scope.ts'
import { GOAL_STATUS } from './status-tables.ts'

/** C-CDA Goal Observation (4.121): what is to be reached, and what would show it. */
export function readGoal(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const about = preferencesIn(nested)
  const inner = readRest(statement, nested, new Set(about), scope)
  const span = scope.making.dates.span(childAt(statement, 'effectiveTime'))
  const priority = about[0]
  return [
    scope.making.add(
      {
        resourceType: 'Goal',
        ...commonOf(statement, scope),
        contained: aboutParent(about, scope),
        lifecycleStatus: isNegated(statement) ? 'rejected' : (GOAL_STATUS[statusOf(statement) ?? ''] ?? 'proposed'),
        priority: conceptIn(scope, childAt(priority, 'value')),
        description: descriptionOf(statement, scope),
        subject: scope.patient,
        startDate: span?.start?.slice(0, 10),
        target: targetsOf(statement, span?.end, scope),
        expressedBy: recorderOf(statement, scope),
        addresses: referToEach(inner, 'Condition', 'Observation', 'ServiceRequest', 'MedicationStatement'),
        note: notesOf(nested, scope),
      },
      idKey(statement),
      scope.place,
    ),
    ...inner,
  ]
}

function descriptionOf(statement: XmlElement, scope: Scope): Fhir {
  const words = textWords(statement, scope)
  const concept = conceptIn(scope, childAt(statement, 'code'))
  if (concept === undefined) return words === undefined ? absent() : { text: words }
  return { ...concept, text: words ?? concept.text }
}

/** FHIR wants to know what is measured where it says how much (gol-1). */
function targetsOf(statement: XmlElement, end: string | undefined, scope: Scope): readonly Fhir[] {
  const dueDate = end?.slice(0, 10)
  const measure = conceptIn(scope, childAt(statement, 'code'))
  const details = childrenOf(statement, 'value')
    .map(value => detailOf(value, scope))
    .filter(detail => detail !== undefined)
  if (measure === undefined || details.length === 0) return dueDate === undefined ? [] : [{ dueDate }]
  return details.map(detail => ({ measure, ...detail, dueDate }))
}

function detailOf(value: XmlElement, scope: Scope): FhirObject | undefined {
  const concept = conceptIn(scope, value)
  if (concept !== undefined) return { detailCodeableConcept: concept }
  const { quantity = quantityOf(value), range } = rangeOf(value)
  if (range !== undefined) return { detailRange: range }
  return quantity === undefined ? undefined : { detailQuantity: quantity }
}
