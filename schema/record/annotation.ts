import { toBase64, utf8 } from '../bytes.ts'
import type { Result } from '../result.ts'
import type { AnnotationFields, EntryParts } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { type JsonObject, textOf } from './fhir/json.ts'
import { inWords, type OwnResource, ownResource } from './own-resource.ts'
import { SECTIONS, type Section } from './sections.ts'
import { fhirDateTime, parseWhen } from './when.ts'

const MAX_TITLE = 100

/** Which section an entry stands in: its id begins with it (decision 5). */
function sectionOf(entryId: string): Section | undefined {
  const name = entryId.slice(0, entryId.indexOf('.'))
  return SECTIONS.find(section => section === name)
}

export function parseAnnotation(value: unknown): Result<AnnotationFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['annotation']),
      on: read.entryId('on'),
      text: read.longText('text'),
      writtenAt: read.dateTime('writtenAt'),
    }
    return sectionOf(fields.on) === undefined ? read.stop('on') : fields
  })
}

/** In the section of its entry, so that who may see the one may see the other. */
export function annotationParts({ on, text, writtenAt }: AnnotationFields): EntryParts {
  const when = parseWhen(writtenAt)
  return {
    kind: 'annotation',
    section: sectionOf(on) ?? 'other',
    title: '',
    ...(when.ok ? { when: when.value } : {}),
    value: { type: 'text', text },
    status: 'active',
    codes: [],
    on,
  }
}

/** A document that is its text and names the entry, for resources that have no place for an annotation of their own. */
export function annotationToFhir({ on, text, writtenAt }: AnnotationFields, own: OwnResource): JsonObject {
  const uuid = own.uuidOf?.(on)
  const title = textOf(text, MAX_TITLE)
  const related = uuid === undefined ? [] : [{ identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid}` } }]
  return {
    ...ownResource('DocumentReference', own),
    status: 'current',
    type: inWords('Note'),
    subject: { reference: own.subject },
    date: fhirDateTime(writtenAt),
    ...(title === undefined ? {} : { description: title }),
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: toBase64(utf8(text)),
          creation: fhirDateTime(writtenAt),
        },
      },
    ],
    ...(related.length === 0 ? {} : { context: { related } }),
  }
}
