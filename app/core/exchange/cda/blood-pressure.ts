import { DIASTOLIC_LOINC, SYSTOLIC_LOINC } from '#schema/codes/observations.ts'
import { loincOfSnomed } from '#schema/codes/snomed-measures.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { childAt, type XmlElement } from '../xml/xml-element.ts'
import { type Concept, codingsOf, idKey, identifiersOf } from './data-types.ts'
import type { FhirObject } from './fhir-json.ts'
import type { Made } from './making.ts'
import { observationBody } from './observation.ts'
import { conceptIn, isNegated, type Nested, nestedIn, notesOf, type Scope, timeOf } from './scope.ts'

const VITAL_SIGNS = '8716-3'

export interface Pressures {
  readonly made: readonly Made[]
  readonly used: readonly XmlElement[]
}

/**
 * CDA takes the two parts of a blood pressure as two observations; FHIR's is one, panel 85354-9 with components 8480-6 and
 * 8462-4. Only where exactly one of each was taken at the same time: nothing is guessed from order or size. `group`: the
 * organizer or observation that they are members of, in whatever section.
 */
export function pairBloodPressures(group: XmlElement, nested: readonly Nested[], outer: Scope): Pressures {
  const scope = { ...outer, section: VITAL_SIGNS, time: timeOf(group, outer) }
  const byTime = new Map<string, { readonly systolic: XmlElement[]; readonly diastolic: XmlElement[] }>()
  for (const { statement } of nested) {
    const part = partOf(statement)
    if (part === undefined) continue
    const time = scope.making.dates.at(timeOf(statement, scope)) ?? ''
    const pair = byTime.get(time) ?? { systolic: [], diastolic: [] }
    byTime.set(time, pair)
    pair[part].push(statement)
  }
  const pairs = [...byTime.values()].flatMap(({ systolic: [upper, ...more], diastolic: [lower, ...others] }) =>
    upper === undefined || lower === undefined || more.length + others.length > 0 ? [] : [[upper, lower] as const],
  )
  return { made: pairs.map(([upper, lower]) => bloodPressure(upper, lower, scope)), used: pairs.flat() }
}

function partOf(statement: XmlElement): 'systolic' | 'diastolic' | undefined {
  if (statement.name !== 'observation' || isNegated(statement)) return undefined
  const code = childAt(statement, 'code')
  const codes = codingsOf(code).map(each => loincOfSnomed(each.code) ?? each.code)
  if (codes.some(each => SYSTOLIC_LOINC.has(each))) return 'systolic'
  return codes.some(each => DIASTOLIC_LOINC.has(each)) ? 'diastolic' : undefined
}

const PANEL = {
  coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure panel with all children optional' }],
  text: 'Blood pressure',
}

function bloodPressure(upper: XmlElement, lower: XmlElement, scope: Scope): Made {
  const [systolic, diastolic] = [observationBody(upper, scope), observationBody(lower, scope)]
  const { text: _, interpretation: __, referenceRange: ___, ...common } = systolic
  const body = {
    ...withoutValue(common),
    resourceType: 'Observation',
    identifier: [...identifiersOf(upper), ...identifiersOf(lower)],
    code: PANEL,
    component: [
      componentOf(systolic, partCode(upper, '8480-6', scope)),
      componentOf(diastolic, partCode(lower, '8462-4', scope)),
    ],
    note: [...notesOf(nestedIn(upper), scope), ...notesOf(nestedIn(lower), scope)],
  }
  const key = idKey(upper)
  return scope.making.add(
    body,
    key === undefined ? undefined : `${key} ${idKey(lower) ?? ''}`,
    `${scope.place}, blood pressure`,
  )
}

const isValue = (name: string) => name.startsWith('value') || name === 'dataAbsentReason' || name === 'component'

const withoutValue = (body: FhirObject): FhirObject =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !isValue(name)))

/** What belongs to one of the two parts alone. */
function componentOf(body: FhirObject, code: Concept | undefined): FhirObject {
  const own = Object.entries(body).filter(([name]) => isValue(name) && name !== 'component')
  const { interpretation, referenceRange } = body
  return { code, ...Object.fromEntries(own), interpretation, referenceRange }
}

/** FHIR's panel asks for the LOINC code, beside SNOMED CT's. */
function partCode(part: XmlElement, loinc: string, scope: Scope): Concept | undefined {
  const own = conceptIn(scope, childAt(part, 'code'))
  if (own === undefined || own.coding.some(({ system }) => system === SYSTEMS.loinc)) return own
  return { ...own, coding: [{ system: SYSTEMS.loinc, code: loinc }, ...own.coding] }
}
