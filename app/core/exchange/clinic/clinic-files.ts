import { at, type JsonObject, objectsOf, parseObject, tokenOf } from '#schema/record/fhir/json.ts'

/** A file that an imported resource names by an address and does not hold. */
interface NamedFile {
  /** Where it stands in the resource's list. */
  readonly index: number
  readonly title?: string
  /** What the resource calls it: a MIME type. */
  readonly said?: string
  /** By which the record may know it: as a resource of its own, the best name first. */
  readonly sourceKeys: readonly string[]
}

export interface FileElsewhere extends NamedFile {
  /** Absolute, https, without a user's name or a fragment. */
  readonly url: string
}

/** `insecure`: without encryption on the way, or with a user's name in it. `nowhere`: its address leads to nobody sure. */
export interface FileOutOfReach extends NamedFile {
  readonly why: 'insecure' | 'nowhere'
  readonly host?: string
}

const MAX_FILES = 100

/**
 * The files that a DocumentReference, a DiagnosticReport or a Media names by an address (FHIR R4 Attachment.url). A relative one counts
 * from the server that `fullUrl` says the resource came from. Total.
 */
export function filesElsewhereIn(
  text: string,
  fullUrl: string | undefined,
): readonly (FileElsewhere | FileOutOfReach)[] {
  const resource = parseObject(text)
  const base = serverOf(resource, fullUrl)
  return attachmentsIn(resource).flatMap((attachment, index) => {
    const { url, data } = attachment
    if (index >= MAX_FILES || typeof url !== 'string' || url === '' || data !== undefined) return []
    const [title, said] = [tokenOf(attachment['title']), tokenOf(attachment['contentType'])]
    return {
      index,
      ...(title === undefined ? {} : { title }),
      ...(said === undefined ? {} : { said }),
      sourceKeys: sourceKeysOf(url, base),
      ...placeOf(url, base),
    }
  })
}

function placeOf(
  url: string,
  base: string | undefined,
): Pick<FileElsewhere, 'url'> | Pick<FileOutOfReach, 'why' | 'host'> {
  if (!URL.canParse(url, base)) return { why: 'nowhere' }
  const absolute = new URL(url, base)
  const { protocol, username, password, host } = absolute
  if (protocol !== 'https:' && protocol !== 'http:') return { why: 'nowhere' }
  if (protocol === 'http:' || username !== '' || password !== '') return { why: 'insecure', host }
  absolute.hash = ''
  return { url: absolute.href }
}

const UUID_BINARY = /(?:^urn:uuid:|(?:^|\/)Binary\/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** As `sourceKeyOf` would name a Binary that came with the resource. */
function sourceKeysOf(url: string, base: string | undefined): readonly string[] {
  const plain = url.replace(/\/_history\/[^/]*$/, '')
  const uuid = UUID_BINARY.exec(plain)?.[1]
  const byUuid = uuid === undefined ? [] : [`Binary/${uuid.toLowerCase()}`]
  const isOnServer = URL.canParse(plain, base) && /^https?:/.test(new URL(plain, base).protocol)
  return isOnServer ? [...byUuid, new URL(plain, base).href] : byUuid
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
