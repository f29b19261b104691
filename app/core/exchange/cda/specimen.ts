import { childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { identifiersOf, idKey, quantityOf, worded } from './data-types.ts'
import type { Made } from './making.ts'
import { conceptIn, type Scope } from './scope.ts'

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
