import { childAt, type XmlElement } from '../xml/xml-element.ts'
import { pairBloodPressures } from './blood-pressure.ts'
import { hasCode, idKey } from './data-types.ts'
import { type Made, referTo, referToEach } from './making.ts'
import { componentOf, listOf, observationBody } from './observation.ts'
import { nestedIn, notesOf, readRest, type Scope } from './scope.ts'
import { specimensOf } from './specimen.ts'

/** An observation of any kind as FHIR Observation; what is observed inside it are its members. */
export function readObservation(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const due = nested.filter(each => hasCode(childAt(each.statement, 'code'), '11778-8'))
  const pressures = pairBloodPressures(statement, nested, scope)
  const parts = new Set([...pressures.used, ...due.map(each => each.statement)])
  const inner = [...pressures.made, ...readRest(statement, nested, parts, scope)]
  const body = observationBody(statement, scope)
  return [
    scope.making.add(
      {
        resourceType: 'Observation',
        ...body,
        component: [...listOf(body['component']), ...due.map(each => componentOf(each.statement, scope))],
        specimen: referTo(specimensOf(statement, scope)[0]),
        hasMember: referToEach(inner, 'Observation'),
        note: notesOf(nested, scope),
      },
      idKey(statement),
      scope.place,
    ),
    ...inner.filter(({ type }) => type !== 'Observation'),
  ]
}
