import { toBase64, utf8 } from '../bytes.ts'
import type { Result } from '../result.ts'
import { type EntryParts, NOTE_USES, type NoteFields } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { textOf, type JsonObject } from './fhir/json.ts'
import { type OwnResource, inWords, ownResource } from './own-resource.ts'
import { fhirDateTime, parseWhen } from './when.ts'

export function parseNote(value: unknown): Result<NoteFields, InvalidField> {
  return readFields(value, read => ({
    kind: read.choice('kind', ['note']),
    title: read.text('title'),
    text: read.longText('text'),
    writtenAt: read.dateTime('writtenAt'),
    ...read.optionalChoice('about', NOTE_USES),
  }))
}

export function noteParts(fields: NoteFields): EntryParts {
  const when = parseWhen(fields.writtenAt)
  const text = textOf(fields.text)
  return {
    kind: 'note',
    section: 'story',
    title: fields.title,
    ...(when.ok ? { when: when.value } : {}),
    ...(text === undefined ? {} : { value: { type: 'text', text } }),
    status: 'active',
    codes: [],
    ...(fields.about === 'visit-answer' ? { isAnswer: true } : {}),
  }
}

const TYPES = {
  none: 'Personal note',
  'visit-questions': 'Questions for a visit',
  'visit-answer': 'Answer at a visit',
  'emergency-contacts': 'Emergency contacts',
  'emergency-blood-group': 'Blood group',
  'emergency-languages': 'Languages spoken',
  'emergency-directives': 'Wishes for treatment',
} as const

/** A document that is its text. */
export function noteToFhir(fields: NoteFields, own: OwnResource): JsonObject {
  return {
    ...ownResource('DocumentReference', own),
    status: 'current',
    type: inWords(TYPES[fields.about ?? 'none']),
    subject: { reference: own.subject },
    date: fhirDateTime(fields.writtenAt),
    author: [{ reference: own.subject }],
    description: fields.title,
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: toBase64(utf8(fields.text)),
          title: fields.title,
          creation: fhirDateTime(fields.writtenAt),
        },
      },
    ],
  }
}
