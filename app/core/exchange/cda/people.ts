import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement, xmlText } from '../xml/xml-element.ts'
import { addressesOf, conceptOf, humanNamesOf, identifiersOf, idKey, spokenName, telecomsOf } from './data-types.ts'
import type { Fhir } from './fhir-json.ts'
import { type Made, type Making, referTo } from './making.ts'

const noWords = () => undefined

/** v3 RoleClass of people who are there for the patient, not for their trade. */
const RELATIVES = new Set(['NOK', 'PRS', 'ECON', 'GUAR', 'GUARD', 'CAREGIVER', 'AGNT', 'CON', 'POLHOLD'])

/** Persons, organisations, devices and places that a document names, each once. */
export class People {
  readonly #making: Making
  readonly #patient: Fhir
  readonly #patientKeys: ReadonlySet<string>
  readonly #known = new Map<XmlElement, Made | undefined>()
  /** Named people as they were written: programs write the same author out under every statement. */
  readonly #byText = new Map<string, Made>()

  constructor(making: Making, patient: Fhir, patientKeys: ReadonlySet<string>) {
    this.#making = making
    this.#patient = patient
    this.#patientKeys = patientKeys
  }

  /**
   * Whoever takes part: `role` is CDA's assignedAuthor, assignedEntity, associatedEntity, relatedEntity or participantRole.
   * Undefined when it names nobody.
   */
  of(role: XmlElement | undefined): Made | undefined {
    if (role === undefined) return undefined
    // Authors are handed down to every statement below them.
    if (!this.#known.has(role)) this.#known.set(role, this.#find(role))
    return this.#known.get(role)
  }

  #find(role: XmlElement): Made | undefined {
    const device = childAt(role, 'assignedAuthoringDevice') ?? childAt(role, 'playingDevice')
    if (device !== undefined) return this.#device(role, device)
    const person = ['assignedPerson', 'associatedPerson', 'relatedPerson', 'playingEntity', 'guardianPerson']
      .map(name => childAt(role, name))
      .find(found => spokenName(found) !== undefined)
    if (person === undefined) return this.#nameless(role, this.#organizationOf(role))
    const text = xmlText(role)
    const made = this.#byText.get(text) ?? this.#person(role, person)
    this.#byText.set(text, made)
    return made
  }

  #person(role: XmlElement, person: XmlElement): Made {
    const organization = this.#organizationOf(role)
    const isRelative = role.name === 'relatedEntity' || RELATIVES.has(attributeOf(role, 'classCode') ?? '')
    return isRelative ? this.#relative(role, person) : this.#professional(role, person, organization)
  }

  #organizationOf(role: XmlElement): Made | undefined {
    return this.organization(
      childAt(role, 'representedOrganization') ??
        childAt(role, 'scopingOrganization') ??
        childAt(role, 'scopingEntity'),
    )
  }

  /** The last of several authors speaks for a statement (mapping guide, `recorder`). */
  author(authors: readonly XmlElement[]): Made | undefined {
    return authors.map(author => this.of(childAt(author, 'assignedAuthor'))).findLast(made => made !== undefined)
  }

  #professional(role: XmlElement, person: XmlElement, organization: Made | undefined): Made {
    const display = spokenName(person)
    const key = idKey(role) ?? `name ${display ?? ''}`
    const practitioner = this.#making.addOrFill(
      {
        resourceType: 'Practitioner',
        identifier: identifiersOf(role),
        name: humanNamesOf(person),
        telecom: telecomsOf(role),
        address: addressesOf(role),
      },
      key,
      'people',
      display,
    )
    const hasMore = childAt(role, 'code') !== undefined || organization !== undefined
    return hasMore ? (this.#role(role, practitioner, organization) ?? practitioner) : practitioner
  }

  /** What somebody is, where; undefined when there is nothing to say of it. */
  #role(role: XmlElement, practitioner: Made | undefined, organization: Made | undefined): Made | undefined {
    const code = conceptOf(childAt(role, 'code'), noWords)
    if (code === undefined && (organization === undefined || practitioner === undefined)) return undefined
    return this.#making.addOrFill(
      {
        resourceType: 'PractitionerRole',
        identifier: practitioner === undefined ? identifiersOf(role) : undefined,
        practitioner: referTo(practitioner),
        organization: referTo(organization),
        [isSpecialty(role) ? 'specialty' : 'code']: code === undefined ? [] : [code],
      },
      [practitioner?.urn ?? idKey(role), organization?.urn, attributeOf(childAt(role, 'code'), 'code')].join(' '),
      'people',
      practitioner?.display ?? organization?.display,
    )
  }

  #relative(role: XmlElement, person: XmlElement): Made {
    const display = spokenName(person)
    const relationship = conceptOf(childAt(role, 'code'), noWords)
    return this.#making.addOrFill(
      {
        resourceType: 'RelatedPerson',
        identifier: identifiersOf(role),
        patient: this.#patient,
        relationship: relationship === undefined ? [] : [relationship],
        name: humanNamesOf(person),
        telecom: telecomsOf(role),
        address: addressesOf(role),
      },
      idKey(role) ?? `name ${display ?? ''}`,
      'people',
      display,
    )
  }

  #device(role: XmlElement, device: XmlElement): Made {
    const name =
      wordsIn(childAt(device, 'manufacturerModelName')) ??
      wordsIn(childAt(device, 'softwareName')) ??
      wordsIn(childAt(device, 'name'))
    const type = conceptOf(childAt(device, 'code'), noWords)
    const organization = this.organization(childAt(role, 'representedOrganization') ?? childAt(role, 'scopingEntity'))
    return this.#making.addOrFill(
      {
        resourceType: 'Device',
        identifier: identifiersOf(role),
        manufacturer: organization?.display,
        deviceName: name === undefined ? [] : [{ name, type: 'model-name' }],
        type,
        owner: role.name === 'assignedAuthor' ? referTo(organization) : undefined,
        ...(role.name === 'participantRole' ? { patient: this.#patient } : {}),
      },
      idKey(role),
      `device ${name ?? type?.text}`,
      name,
    )
  }

  /** An organisation by its `id` and name; undefined when it has neither. */
  organization(element: XmlElement | undefined): Made | undefined {
    const name = wordsIn(childAt(element, 'name')) ?? wordsIn(childAt(element, 'desc'))
    const identifier = identifiersOf(element)
    if (element === undefined || (name === undefined && identifier.length === 0)) return undefined
    const type = conceptOf(childAt(element, 'standardIndustryClassCode') ?? childAt(element, 'code'), noWords)
    const whole = childAt(element, 'asOrganizationPartOf', 'wholeOrganization')
    return this.#making.addOrFill(
      {
        resourceType: 'Organization',
        identifier,
        type: type === undefined ? [] : [type],
        name,
        telecom: telecomsOf(element),
        address: addressesOf(element),
        partOf: referTo(this.organization(whole)),
      },
      `${idKey(element) ?? ''} ${name ?? ''}`,
      'people',
      name,
    )
  }

  /** Where something was done: CDA's participantRole of class SDLOC, or a healthCareFacility. */
  location(role: XmlElement | undefined): Made | undefined {
    const place = childAt(role, 'playingEntity') ?? childAt(role, 'location')
    const name = wordsIn(childAt(place, 'name'))
    const type = conceptOf(childAt(role, 'code'), noWords)
    const address = [...addressesOf(role), ...addressesOf(place)][0]
    if (role === undefined || (name === undefined && type === undefined && address === undefined)) return undefined
    const owner = this.organization(childAt(role, 'serviceProviderOrganization') ?? childAt(role, 'scopingEntity'))
    return this.#making.addOrFill(
      {
        resourceType: 'Location',
        identifier: identifiersOf(role),
        name,
        type: type === undefined ? [] : [type],
        telecom: telecomsOf(role),
        address,
        managingOrganization: referTo(owner),
      },
      idKey(role),
      `place ${name ?? ''} ${type?.text ?? ''}`,
      name ?? type?.text,
    )
  }

  /** Somebody without a name: a person named elsewhere under the same id, else what they are or whom they are from. */
  #nameless(role: XmlElement, organization: Made | undefined): Made | undefined {
    const key = idKey(role)
    if (key !== undefined && this.#patientKeys.has(key)) return undefined
    const known = key === undefined ? undefined : this.#making.find('Practitioner', key)
    return known ?? this.#role(role, undefined, organization) ?? organization
  }

  /** Whether a role is the patient's own: they said or did it themselves. */
  isPatient(role: XmlElement | undefined): boolean {
    return childrenOf(role, 'id').some(id =>
      this.#patientKeys.has(`${attributeOf(id, 'root')?.toLowerCase() ?? ''}|${attributeOf(id, 'extension') ?? ''}`),
    )
  }
}

/** NUCC's provider taxonomy names specialties, any other system roles. */
function isSpecialty(role: XmlElement): boolean {
  return attributeOf(childAt(role, 'code'), 'codeSystem') === '2.16.840.1.113883.6.101'
}
