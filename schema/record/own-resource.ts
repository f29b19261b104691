import { SYSTEMS } from '../codes/systems.ts'
import { at, type JsonObject, objectsOf, textOf } from './fhir/json.ts'
import { fhirDateTime } from './when.ts'

/** How an entry made by hand stands in a FHIR file. */
export interface OwnResource {
  /** A FHIR id: at most 64 of [A-Za-z0-9.-]. */
  readonly id: string
  /** Reference to the Patient the record is about. */
  readonly subject: string
  /** The UUID that the resource of another entry made by hand has. */
  readonly uuidOf?: (entryId: string) => string
}

/** Start of every resource we write: by whom it was said, as US Core (patient-supplied) and HL7 v3 (PATAST) put it. */
export function ownResource(resourceType: string, { id }: OwnResource): JsonObject {
  return {
    resourceType,
    id,
    meta: {
      security: [{ system: SYSTEMS.observationValue, code: 'PATAST', display: 'patient asserted' }],
      tag: [{ system: SYSTEMS.patientSupplied, code: 'patient-supplied', display: 'Patient Supplied' }],
    },
  }
}

export function noteOf(note: string | undefined): JsonObject {
  return note === undefined ? {} : { note: [{ text: note }] }
}

/** Only what is known. */
export function known(name: string, value: unknown): JsonObject {
  return value === undefined ? {} : { [name]: value }
}

/** Only what is known, as FHIR writes a dateTime. */
export function knownDate(name: string, text: string | undefined): JsonObject {
  return known(name, text === undefined ? undefined : fhirDateTime(text))
}

export function concept(system: string, code: string, display: string): JsonObject {
  return { coding: [{ system, code, display }], text: display }
}

/** Another entry by its UUID: it need not be in the same file. */
export function entryReference({ uuidOf }: OwnResource, entryId: string, display: string): JsonObject {
  return { identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuidOf?.(entryId) ?? entryId}` }, display }
}

/** The UUID that `entryReference` wrote. */
export function entryIdIn(reference: unknown): string | undefined {
  const value = textOf(at(reference, 'identifier', 'value'))
  return value?.startsWith('urn:uuid:') ? value.slice('urn:uuid:'.length) : undefined
}

export function isPatientSupplied(resource: JsonObject): boolean {
  return objectsOf(at(resource, 'meta', 'tag')).some(
    ({ system, code }) => system === SYSTEMS.patientSupplied && code === 'patient-supplied',
  )
}

/** A concept in the person's own words; we never make up a code for it. */
export function inWords(text: string): JsonObject {
  return { text }
}
