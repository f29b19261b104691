import { isObject, objectsOf, parseObject } from '#schema/record/fhir/json.ts'

/** Where one file of a link is: in the list itself, or at an address of its own. */
export type ManifestFile =
  | { readonly kind: 'embedded'; readonly jwe: string }
  | { readonly kind: 'located'; readonly url: string; readonly host: string }
  /** `access`: to a clinic's server. `withdrawn`: by its own status. `unreachable`: neither here nor at an https address. */
  | { readonly kind: 'unusable'; readonly why: 'access' | 'withdrawn' | 'unreachable' }

/** Longer lists are no record that anybody shared. */
const MAX_FILES = 100
const MAX_URL_CHARS = 4000
const WITHDRAWN: ReadonlySet<unknown> = new Set(['entered-in-error', 'no-longer-valid', 'retracted'])

/** The list of files behind a link (SMART Health Links, "Manifest File"); undefined for anything else. Total. */
export function readManifest(text: string): readonly ManifestFile[] | undefined {
  const { files } = parseObject(text)
  if (!Array.isArray(files) || files.length > MAX_FILES || !files.every(isObject)) return undefined
  return objectsOf(files).map(({ contentType, embedded, location, status }): ManifestFile => {
    if (WITHDRAWN.has(status)) return { kind: 'unusable', why: 'withdrawn' }
    if (typeof contentType === 'string' && contentType.startsWith('application/smart-api-access')) {
      return { kind: 'unusable', why: 'access' }
    }
    if (typeof embedded === 'string') return { kind: 'embedded', jwe: embedded }
    const host = typeof location === 'string' ? httpsHost(location) : undefined
    if (typeof location !== 'string' || host === undefined) return { kind: 'unusable', why: 'unreachable' }
    return { kind: 'located', url: location, host }
  })
}

function httpsHost(url: string): string | undefined {
  if (url.length > MAX_URL_CHARS || !URL.canParse(url)) return undefined
  const { protocol, host, username, password } = new URL(url)
  return protocol === 'https:' && username === '' && password === '' ? host : undefined
}
