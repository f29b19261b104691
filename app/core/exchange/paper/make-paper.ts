import { hash } from '#crypto/hash.ts'
import { sha1 } from '#crypto/sha1.ts'
import { concat, toBase64, toHex } from '#schema/bytes.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { JsonObject } from '#schema/record/fhir/json.ts'
import { known } from '#schema/record/own-resource.ts'
import { shownFileName } from '../../shown-name.ts'
import { base64OfBytes } from '../base64.ts'
import { stableUuid } from '../own-entries.ts'

/** One file as it is kept. */
export interface Page {
  readonly name: string
  /** MIME. */
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What the person says of it. */
export interface AboutPaper {
  readonly title: string
  readonly date?: string
  readonly from?: string
  /** UUID of the entry that it belongs to, as in an export. */
  readonly about?: string
}

/** A FHIR R4 DocumentReference with each page as an attachment; its id follows from the pages alone. Needs `readyCrypto`. */
export async function makePaper(pages: readonly Page[], said: AboutPaper): Promise<JsonObject> {
  const { title, date, from, about } = said
  const content: JsonObject[] = []
  for (const page of pages) content.push({ attachment: await attachmentOf(page) })
  return {
    resourceType: 'DocumentReference',
    id: stableUuid(`paper ${toHex(hash(concat(...pages.map(({ bytes }) => hash(bytes)))))}`),
    meta: { tag: [{ system: SYSTEMS.patientSupplied, code: 'patient-supplied', display: 'Patient Supplied' }] },
    status: 'current',
    ...known('author', from === undefined ? undefined : [{ display: from }]),
    description: title,
    content,
    ...contextOf(date, about),
  }
}

async function attachmentOf({ name, type, bytes }: Page): Promise<JsonObject> {
  const title = shownFileName(name)
  return {
    contentType: type,
    data: base64OfBytes(bytes),
    size: bytes.length,
    hash: toBase64(await sha1(bytes)),
    ...known('title', title === '' ? undefined : title),
  }
}

function contextOf(date: string | undefined, about: string | undefined): JsonObject {
  if (date === undefined && about === undefined) return {}
  const related = about && [{ identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${about}` } }]
  const period = date && { start: date }
  return { context: { ...known('period', period), ...known('related', related) } }
}
