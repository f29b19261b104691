import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { hasCode, identifiersOf, idKey, quantityOf, worded } from './data-types.ts'
import type { Made } from './making.ts'
import { conceptIn, type Scope } from './scope.ts'
import { hasTemplate } from './templates.ts'

/** What was examined: FHIR Specimen of each `specimen` that says more than that there was one. */
export function specimensOf(statement: XmlElement, scope: Scope): readonly Made[] {
  return childrenOf(statement, 'specimen').flatMap((specimen, index) => {
    const role = childAt(specimen, 'specimenRole')
    const entity = childAt(role, 'specimenPlayingEntity')
    const name = wordsIn(childAt(entity, 'name'))
    const type = conceptIn(scope, childAt(entity, 'code')) ?? worded(undefined, name)
    const note = wordsIn(childAt(entity, 'desc'))
    if (type === undefined && note === undefined) return []
    const body = {
      resourceType: 'Specimen',
      identifier: identifiersOf(role),
      type,
      subject: scope.patient,
      collection: { quantity: quantityOf(childAt(entity, 'quantity')) },
      note: note === undefined ? [] : [{ text: note }],
    }
    return [scope.making.add(body, idKey(role), `${scope.place}, specimen ${index + 1}`, type?.text)]
  })
}

/** That and when a specimen was taken (IHE XD-LAB Specimen Collection, LOINC 33882-2): of the patient's procedures it is none. */
export function isCollection(procedure: XmlElement): boolean {
  return hasTemplate(procedure, '1.3.6.1.4.1.19376.1.3.1.2') || hasCode(childAt(procedure, 'code'), '33882-2')
}

export function readCollection(procedure: XmlElement, scope: Scope): Made {
  const product = childrenOf(procedure, 'participant').find(each => attributeOf(each, 'typeCode') === 'PRD')
  const role = childAt(product, 'participantRole')
  const entity = childAt(role, 'playingEntity')
  const type = conceptIn(scope, childAt(entity, 'code')) ?? worded(undefined, wordsIn(childAt(entity, 'name')))
  const body = {
    resourceType: 'Specimen',
    identifier: identifiersOf(role),
    type: type ?? conceptIn(scope, childAt(procedure, 'code')),
    subject: scope.patient,
    collection: {
      collectedDateTime: scope.making.dates.at(childAt(procedure, 'effectiveTime')),
      bodySite: conceptIn(scope, childAt(procedure, 'targetSiteCode')),
    },
  }
  return scope.making.add(body, idKey(role) ?? idKey(procedure), `${scope.place}, specimen`, type?.text)
}
