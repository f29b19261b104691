import { at, type JsonObject, objectsOf, parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { bytesOfBase64 } from '../base64.ts'

/** A file that an imported resource names and does not hold. */
export interface FileElsewhere {
  /** Where it stands in the resource's list. */
  readonly index: number
  readonly title?: string
  /** Absolute, https, without a user's name or a fragment. */
  readonly url: string
}

const MAX_FILES = 100
/** How a JSON Binary begins, white space aside; anything else is the file itself. */
const LOOKS_LIKE_JSON = /^\s*\{/

/**
 * The files that a DocumentReference, a DiagnosticReport or a Media names by an address (FHIR R4 Attachment.url). A relative one counts
 * from the server that `fullUrl` says the resource came from; one that leads nowhere sure is left out. Total.
 */
export function filesElsewhereIn(text: string, fullUrl: string | undefined): readonly FileElsewhere[] {
  const resource = parseObject(text)
  const base = serverOf(resource, fullUrl)
  return attachmentsIn(resource).flatMap((attachment, index) => {
    const { url, data } = attachment
    if (index >= MAX_FILES || typeof url !== 'string' || data !== undefined) return []
    const absolute = absoluteOf(url, base)
    const title = tokenOf(attachment['title'])
    return absolute === undefined ? [] : [{ index, url: absolute, ...(title === undefined ? {} : { title }) }]
  })
}

/**
 * The file in an answer to its address: the bytes as they came, or what a FHIR Binary holds in JSON (FHIR R4 §2.36.1: a server may answer
 * either). Undefined where neither is there. Total.
 */
export function fileInAnswer(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64))
  if (!LOOKS_LIKE_JSON.test(head)) return bytes.length === 0 ? undefined : bytes
  const said = parseObject(new TextDecoder().decode(bytes))
  const data = said['data']
  return said['resourceType'] === 'Binary' && typeof data === 'string' ? bytesOfBase64(data) : undefined
}

function attachmentsIn(resource: JsonObject): readonly JsonObject[] {
  switch (resource['resourceType']) {
    case 'DocumentReference':
      return objectsOf(resource['content']).flatMap(content => objectsOf(at(content, 'attachment')))
    case 'DiagnosticReport':
      return objectsOf(resource['presentedForm'])
    case 'Media':
      return objectsOf(resource['content'])
    default:
      return []
  }
}

/** What stands before `Type/id` of an address on a server. */
function serverOf(resource: JsonObject, fullUrl: string | undefined): string | undefined {
  const own = `${String(resource['resourceType'])}/${String(resource['id'])}`
  return fullUrl?.endsWith(`/${own}`) ? fullUrl.slice(0, -own.length) : undefined
}

function absoluteOf(url: string, base: string | undefined): string | undefined {
  if (!URL.canParse(url, base)) return undefined
  const absolute = new URL(url, base)
  if (absolute.protocol !== 'https:' || absolute.username !== '' || absolute.password !== '') return undefined
  absolute.hash = ''
  return absolute.href
}
