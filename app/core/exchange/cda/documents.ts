import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { conceptOf, identifiersOf, idKey } from './data-types.ts'
import { periodOf } from './dates.ts'
import { base64Of } from '../base64.ts'
import { absent, type Fhir, type FhirObject } from './fhir-json.ts'
import { type Made, referTo, referToEach } from './making.ts'
import {
  authorOf,
  commonOf,
  conceptIn,
  moodOf,
  nestedIn,
  readRest,
  recordedAt,
  type Scope,
  statusOf,
  textWords,
} from './scope.ts'
import { hasTemplate } from './templates.ts'

export function isNote(statement: XmlElement): boolean {
  return hasTemplate(statement, '4.202') || attributeOf(childAt(statement, 'code'), 'code') === '34109-9'
}

/** A clinical note that stands as an entry: FHIR DocumentReference with its text attached. */
export function readNote(statement: XmlElement, scope: Scope): readonly Made[] {
  const inner = readRest(statement, nestedIn(statement), new Set(), scope)
  const code = childAt(statement, 'code')
  const translated = childrenOf(code, 'translation').find(each => attributeOf(each, 'code') !== undefined)
  const author = authorOf(statement, scope)
  const encounters = [
    ...inner.filter(({ type }) => type === 'Encounter'),
    ...(scope.encounter === undefined ? [] : [scope.encounter]),
  ]
  return [
    scope.making.add(
      {
        resourceType: 'DocumentReference',
        ...commonOf(statement, scope),
        status: 'current',
        docStatus: statusOf(statement) === 'active' ? 'preliminary' : 'final',
        type: translated === undefined ? conceptIn(scope, code) : mergedType(code, translated, scope),
        category: [{ coding: [{ system: CATEGORY, code: 'clinical-note', display: 'Clinical Note' }] }],
        subject: scope.patient,
        date: scope.making.dates.instant(attributeOf(childAt(childAt(statement, 'author'), 'time'), 'value')),
        author: author === undefined ? [] : [referTo(author)],
        content: [{ attachment: attachmentOf(childAt(statement, 'text'), statement, scope) }],
        context: {
          encounter: referToEach(encounters.slice(0, 1)),
          period: periodOf(scope.making.dates.span(childAt(statement, 'effectiveTime'))),
        },
      },
      idKey(statement),
      scope.place,
    ),
    ...inner,
  ]
}

const CATEGORY = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category'

/** C-CDA calls every note 34109-9 and says in a translation which kind it is: that kind comes first. */
function mergedType(code: XmlElement | undefined, translated: XmlElement, scope: Scope): Fhir {
  const kind = conceptOf(translated, scope.narrative.words)
  const root = conceptIn(scope, code)
  const codings = [kind?.coding, root?.coding].flatMap(list => list ?? [])
  return { coding: [...new Map(codings.map(each => [JSON.stringify(each), each])).values()], text: kind?.text }
}

/** Bytes as they are, words as plain text. */
export function attachmentOf(text: XmlElement | undefined, statement: XmlElement, scope: Scope): Fhir {
  const data = embeddedBytes(text)
  if (data !== undefined) return { contentType: attributeOf(text, 'mediaType') ?? 'application/octet-stream', data }
  const words = textWords(statement, scope)
  return words === undefined ? absent() : { contentType: 'text/plain; charset=utf-8', data: base64Of(words) }
}

/** The base64 that an element holds, without white space; undefined where it holds none. */
export function embeddedBytes(element: XmlElement | undefined): string | undefined {
  if (attributeOf(element, 'representation') !== 'B64') return undefined
  const data = wordsIn(element)?.replaceAll(' ', '')
  return data !== undefined && data.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(data) ? data : undefined
}

/** A picture or the like among the entries: FHIR Media. */
export function readMedia(statement: XmlElement, scope: Scope): readonly Made[] {
  const value = childAt(statement, 'value')
  const data = embeddedBytes(value)
  const url = attributeOf(childAt(value, 'reference'), 'value')
  const content = {
    contentType: attributeOf(value, 'mediaType'),
    data,
    url: data === undefined ? url : undefined,
    title: textWords(statement, scope) ?? attributeOf(statement, 'ID'),
  }
  const body = {
    resourceType: 'Media',
    ...commonOf(statement, scope),
    status: 'completed',
    subject: scope.patient,
    content,
  }
  return [scope.making.add(body, idKey(statement), scope.place)]
}

/** Somebody told somebody (C-CDA Handoff Communication, 4.141). */
export function readCommunication(statement: XmlElement, scope: Scope): readonly Made[] {
  const inner = readRest(statement, nestedIn(statement), new Set(), scope)
  const recipients = childrenOf(statement, 'participant')
    .filter(each => attributeOf(each, 'typeCode') === 'IRCP')
    .flatMap(each => scope.people.of(childAt(each, 'participantRole')) ?? [])
  const words = textWords(statement, scope)
  const body: FhirObject & { readonly resourceType: string } = {
    resourceType: 'Communication',
    ...commonOf(statement, scope),
    status: statusOf(statement) === 'aborted' ? 'stopped' : 'completed',
    topic: conceptIn(scope, childAt(statement, 'code')),
    subject: scope.patient,
    sent: scope.making.dates.at(childAt(statement, 'effectiveTime')),
    recipient: referToEach(recipients.filter(({ type }) => type !== 'Location')),
    sender: referTo(authorOf(statement, scope)),
    payload: words === undefined ? [] : [{ contentString: words }],
  }
  return [scope.making.add(body, idKey(statement), scope.place), ...inner]
}

/** Documents that stand elsewhere, named by an act. */
function readExternalDocuments(statement: XmlElement, scope: Scope): readonly Made[] {
  return childrenOf(statement, 'reference').flatMap((reference, index) => {
    const document = childAt(reference, 'externalDocument')
    const type = conceptIn(scope, childAt(document, 'code'))
    if (document === undefined) return []
    const body = {
      resourceType: 'DocumentReference',
      identifier: identifiersOf(document),
      status: 'current',
      type,
      subject: scope.patient,
      content: [{ attachment: { title: type?.text ?? 'Document' } }],
    }
    return [scope.making.add(body, idKey(document), `${scope.place}, document ${index + 1}`)]
  })
}

/** What has no place of its own in FHIR: kept under its code as Basic, so that nothing coded is lost. */
export function readBasic(statement: XmlElement, scope: Scope): readonly Made[] {
  const documents = readExternalDocuments(statement, scope)
  const inner = [...documents, ...readRest(statement, nestedIn(statement), new Set(), scope)]
  const words = textWords(statement, scope)
  const code = conceptIn(scope, childAt(statement, 'code')) ?? (words === undefined ? undefined : { text: words })
  if (code === undefined || documents.length > 0) return inner
  const body = {
    resourceType: 'Basic',
    ...commonOf(statement, scope),
    code,
    subject: scope.patient,
    created: (scope.making.dates.at(childAt(statement, 'effectiveTime')) ?? recordedAt(statement, scope))?.slice(0, 10),
    author: basicAuthor(authorOf(statement, scope)),
  }
  return [scope.making.add(body, idKey(statement), `${scope.place} ${moodOf(statement)}`), ...inner]
}

const basicAuthor = (made: Made | undefined): Fhir => (made?.type === 'Device' ? undefined : referTo(made))
