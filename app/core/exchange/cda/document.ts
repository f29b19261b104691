import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { contentKeyOf } from '../source-key.ts'
import { base64Of } from '../base64.ts'
import { conceptOf, identifierOf, identifiersOf, idKey, spokenName } from './data-types.ts'
import { Dates, periodOf } from './dates.ts'
import { embeddedBytes } from './documents.ts'
import { readEncounter } from './encounter.ts'
import { absent, type Fhir, type FhirObject } from './fhir-json.ts'
import { type Made, Making, referTo, referToEach } from './making.ts'
import { Narrative } from './narrative.ts'
import { ORIGINAL_TITLE } from './original-title.ts'
import { languageCode, patientBody } from './patient.ts'
import { People } from './people.ts'
import type { Scope } from './scope.ts'
import { readStatement } from './statement.ts'

const noWords = () => undefined

/** Longer originals don't come in as an attachment: a record cannot carry them in one piece. */
const MAX_ORIGINAL_CHARS = 5_500_000

/** What holds for a whole document: who it is about, who wrote it, when; and what it becomes in the end. */
export class CdaDocument {
  readonly making: Making
  readonly scope: Scope
  readonly sections: Fhir[] = []
  readonly #header: ReadonlyMap<string, readonly XmlElement[]>
  readonly #text: string
  #encounter: Made | undefined
  #body: XmlElement | undefined

  constructor(header: ReadonlyMap<string, readonly XmlElement[]>, text: string) {
    this.#header = header
    this.#text = text
    const time = attributeOf(this.#first('effectiveTime'), 'value')
    const dates = new Dates(time)
    const id = this.#first('id')
    this.making = new Making(
      (id === undefined ? undefined : idKeyOf(id)) ?? contentKeyOf(text),
      dates,
      dates.dateTime(time),
    )
    const role = childAt(this.#first('recordTarget'), 'patientRole')
    const made = this.#addPatient(role)
    const patient = made === undefined ? absent() : referTo(made)
    this.scope = {
      making: this.making,
      people: new People(this.making, patient, patientKeys(role)),
      narrative: new Narrative(undefined),
      section: '',
      place: 'document',
      time: undefined,
      language: languageCode(this.#first('languageCode')) ?? 'en',
      patient,
      authors: this.#all('author'),
      read: readStatement,
    }
    this.#namePeople()
  }

  #first(name: string): XmlElement | undefined {
    return this.#header.get(name)?.[0]
  }

  #all(name: string): readonly XmlElement[] {
    return this.#header.get(name) ?? []
  }

  #addPatient(role: XmlElement | undefined): Made | undefined {
    if (role === undefined) return undefined
    const organization = new People(this.making, undefined, new Set()).organization(
      childAt(role, 'providerOrganization'),
    )
    const body = patientBody(role, this.making.dates, organization)
    return this.making.add(body, idKey(role), 'patient', spokenName(childAt(role, 'patient')))
  }

  /** The body of a document that is no structured one: a scan, a PDF, a letter. */
  setBody(body: XmlElement): void {
    this.#body = body
  }

  /** False for a document that is about nobody and says nothing. */
  get hasContent(): boolean {
    return this.sections.length > 0 || this.#body !== undefined || this.#header.has('recordTarget')
  }

  /** Makes what is about the document as a whole, once all sections are in. */
  finish(): void {
    this.#encounter = this.#encompassing()
    this.#careTeam()
    const original = this.#original()
    const authors = this.#authors()
    this.#composition(authors)
    const targets = this.making.all().filter(made => made !== original)
    this.#provenance(targets, original, authors)
  }

  #authors(): readonly Made[] {
    return this.#all('author').flatMap(author => this.scope.people.of(childAt(author, 'assignedAuthor')) ?? [])
  }

  /** The same visit in the body, under the same id, says more: then it is that one. */
  #encompassing(): Made | undefined {
    const encounter = childAt(this.#first('componentOf'), 'encompassingEncounter')
    if (encounter === undefined) return undefined
    const key = idKey(encounter)
    const known = key === undefined ? undefined : this.making.find('Encounter', key)
    return known ?? readEncounter(encounter, { ...this.scope, place: 'visit' })[0]
  }

  /** Who provided care in the time the document covers. */
  #careTeam(): Made | undefined {
    const events = this.#all('documentationOf').flatMap(each => childrenOf(each, 'serviceEvent'))
    const participant = events.flatMap(event =>
      childrenOf(event, 'performer').flatMap(performer => {
        const member = this.scope.people.of(childAt(performer, 'assignedEntity'))
        const role = conceptOf(childAt(performer, 'functionCode'), noWords)
        return member === undefined ? [] : [{ role: [role], member: referTo(member) }]
      }),
    )
    if (participant.length === 0) return undefined
    const period = periodOf(this.making.dates.span(childAt(events[0], 'effectiveTime')))
    return this.making.add(
      { resourceType: 'CareTeam', subject: this.scope.patient, period, participant },
      undefined,
      'care team',
    )
  }

  /** Whoever the header names: entries may call them by their ids alone. */
  #namePeople(): void {
    const { people } = this.scope
    this.#authors()
    for (const each of this.#all('participant')) people.of(childAt(each, 'associatedEntity'))
    for (const each of this.#all('informant'))
      people.of(childAt(each, 'relatedEntity') ?? childAt(each, 'assignedEntity'))
    for (const each of this.#all('dataEnterer')) people.of(childAt(each, 'assignedEntity'))
  }

  #custodian(): Made | undefined {
    return this.scope.people.organization(
      childAt(this.#first('custodian'), 'assignedCustodian', 'representedCustodianOrganization'),
    )
  }

  #title(): string {
    const code = this.#first('code')
    return wordsIn(this.#first('title')) ?? attributeOf(code, 'displayName') ?? 'Clinical document'
  }

  #type(): FhirObject {
    return conceptOf(this.#first('code'), noWords) ?? { text: this.#title() }
  }

  #composition(authors: readonly Made[]): Made | undefined {
    if (this.sections.length === 0) return undefined
    const date = this.making.dates.dateTime(attributeOf(this.#first('effectiveTime'), 'value'))
    return this.making.add(
      {
        resourceType: 'Composition',
        language: languageCode(this.#first('languageCode')),
        identifier: identifiersOf(holderOf(this.#all('id')))[0],
        status: 'final',
        type: this.#type(),
        subject: this.scope.patient,
        encounter: referTo(this.#encounter),
        date,
        _date: date === undefined ? absent() : undefined,
        author: authors.length > 0 ? referToEach(authors) : [absent()],
        title: this.#title(),
        confidentiality: confidentialityOf(this.#first('confidentialityCode')),
        attester: this.#attesters(),
        custodian: referTo(this.#custodian()),
        relatesTo: this.#all('relatedDocument').flatMap(relationOf),
        event: this.#events(),
        section: this.sections,
      },
      this.#documentKey(),
      'document',
      this.#title(),
    )
  }

  #documentKey(): string | undefined {
    return idKey(holderOf(this.#all('id')))
  }

  #attesters(): readonly Fhir[] {
    const modes = [
      ['legalAuthenticator', 'legal'],
      ['authenticator', 'professional'],
    ] as const
    return modes.flatMap(([name, mode]) =>
      this.#all(name).map(each => {
        const party = this.scope.people.of(childAt(each, 'assignedEntity'))
        const isParty = party !== undefined && party.type !== 'Device'
        return { mode, time: this.making.dates.at(childAt(each, 'time')), party: isParty ? referTo(party) : undefined }
      }),
    )
  }

  #events(): readonly Fhir[] {
    return this.#all('documentationOf').flatMap(each =>
      childrenOf(each, 'serviceEvent').map(event => ({
        code: [conceptOf(childAt(event, 'code'), noWords)],
        period: periodOf(this.making.dates.span(childAt(event, 'effectiveTime'))),
      })),
    )
  }

  /** The document as it came, and what a document without sections holds. */
  #original(): Made {
    const authors = this.#authors().filter(({ type }) => type !== 'Location')
    const body = childAt(this.#body, 'text')
    const bytes = embeddedBytes(body)
    const words = bytes === undefined ? wordsIn(body) : undefined
    const inner = bytes ?? (words === undefined ? undefined : base64Of(words))
    const isShort = this.#text.length <= MAX_ORIGINAL_CHARS
    const creation = this.making.dates.dateTime(attributeOf(this.#first('effectiveTime'), 'value'))
    const content = [
      inner === undefined
        ? undefined
        : {
            contentType: bytes === undefined ? 'text/plain; charset=utf-8' : attributeOf(body, 'mediaType'),
            data: inner,
            creation,
          },
      {
        contentType: 'text/xml; charset=utf-8',
        data: isShort ? base64Of(this.#text) : undefined,
        title: ORIGINAL_TITLE,
        creation,
      },
    ].filter(attachment => attachment !== undefined)
    return this.making.add(
      {
        resourceType: 'DocumentReference',
        masterIdentifier: identifiersOf(holderOf(this.#all('id')))[0],
        status: 'current',
        type: this.#type(),
        subject: this.scope.patient,
        date: this.making.dates.instant(attributeOf(this.#first('effectiveTime'), 'value')),
        author: referToEach(authors),
        custodian: referTo(this.#custodian()),
        description: this.#title(),
        content: content.map(attachment => ({ attachment })),
        context: {
          encounter: [referTo(this.#encounter)],
          // The Composition says it, where there is one: a record's own can begin at birth, which is not when it was written.
          period: this.sections.length > 0 ? undefined : this.#period(),
        },
      },
      `document ${this.#documentKey() ?? contentKeyOf(this.#text)}`,
      'document',
      this.#title(),
    )
  }

  #period(): Fhir {
    const event = childAt(this.#first('documentationOf'), 'serviceEvent')
    return periodOf(this.making.dates.span(childAt(event, 'effectiveTime')))
  }

  /** Who stands for what was made, and what it was made of. */
  #provenance(targets: readonly Made[], original: Made, authors: readonly Made[]): void {
    const time = attributeOf(this.#first('effectiveTime'), 'value')
    const recorded = this.making.dates.instant(time)
    const custodian = this.#custodian()
    const agents = [
      ...authors.map(who => ({ type: AUTHOR, who: referTo(who) })),
      ...(custodian === undefined ? [] : [{ type: CUSTODIAN, who: referTo(custodian) }]),
    ]
    if (agents.length === 0) return
    this.making.add(
      {
        resourceType: 'Provenance',
        target: referToEach(targets),
        occurredDateTime: this.making.dates.dateTime(time),
        recorded,
        _recorded: recorded === undefined ? absent() : undefined,
        agent: agents,
        entity: [{ role: 'source', what: referTo(original) }],
      },
      `document ${this.#documentKey() ?? contentKeyOf(this.#text)}`,
      'document',
    )
  }
}

const PARTICIPANTS = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'
const AUTHOR = { coding: [{ system: PARTICIPANTS, code: 'author', display: 'Author' }] }
const CUSTODIAN = { coding: [{ system: PARTICIPANTS, code: 'custodian', display: 'Custodian' }] }

const holderOf = (children: readonly XmlElement[]): XmlElement => ({ name: '', attributes: {}, children })
const idKeyOf = (id: XmlElement) => idKey(holderOf([id]))

function patientKeys(role: XmlElement | undefined): ReadonlySet<string> {
  return new Set(childrenOf(role, 'id').flatMap(id => idKeyOf(id) ?? []))
}

/** R4 admits these codes only (https://hl7.org/fhir/R4/v3/ConfidentialityClassification/vs.html). */
function confidentialityOf(element: XmlElement | undefined): string | undefined {
  const code = attributeOf(element, 'code')
  return code !== undefined && /^[ULMNRV]$/.test(code) ? code : undefined
}

const RELATIONS: Readonly<Record<string, string>> = { RPLC: 'replaces', APND: 'appends', XFRM: 'transforms' }

function relationOf(related: XmlElement): readonly Fhir[] {
  const code = RELATIONS[attributeOf(related, 'typeCode') ?? '']
  const target = childrenOf(childAt(related, 'parentDocument'), 'id')
    .map(identifierOf)
    .find(found => found !== undefined)
  return code === undefined || target === undefined ? [] : [{ code, targetIdentifier: target }]
}
