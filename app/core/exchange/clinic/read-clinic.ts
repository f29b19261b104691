import { at, isObject, type JsonObject, objectsOf, parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ClinicFault } from '../../clinic-session.ts'

/** How people sign in at a clinic, by its own word. */
export interface ClinicDoors {
  readonly signInUrl: string
  readonly tokenUrl: string
  readonly revokeUrl?: string
  /** Whom answers of the sign-in come from; only where it says that they will say so (RFC 9207). */
  readonly issuer?: string
  /** What to ask for. */
  readonly scope: string
  readonly staysSignedIn: boolean
}

/** What a FHIR server says that it can do, as far as fetching needs it. */
export interface ClinicSkills {
  readonly version?: string
  /** Resource types that can be searched; undefined where it does not say. */
  readonly searchable?: ReadonlySet<string>
  readonly hasEverything: boolean
  /** What a search can bring along, such as `MedicationRequest:medication`. */
  readonly includes?: ReadonlySet<string>
}

const MAX_URL_CHARS = 2000

/** As typed: `https://` may be left out. Without query, fragment and slashes at its end. */
export function clinicAddress(typed: string): Result<URL, ClinicFault> {
  const text = typed.trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (text === '' || text.length > MAX_URL_CHARS || !URL.canParse(whole)) return fail('address')
  const url = new URL(whole)
  if (url.protocol !== 'https:') return fail('insecure')
  if (url.username !== '' || url.password !== '' || !/[.:]|^localhost$/.test(url.hostname)) return fail('address')
  url.search = ''
  url.hash = ''
  url.pathname = url.pathname.replace(/\/+(?:metadata|\.well-known\/smart-configuration)?\/*$/, '')
  return ok(url)
}

export const baseOf = (url: URL): string => url.href.replace(/\/+$/, '')

/** Reads `.well-known/smart-configuration` (SMART App Launch 2.2, "Conformance"). Total. */
export function readDoors(text: string): Result<ClinicDoors, ClinicFault> {
  const said = parseObject(text)
  const [signIn, token] = [said['authorization_endpoint'], said['token_endpoint']]
  if (signIn === undefined || token === undefined) return fail('no-smart')
  if (!isHttps(signIn) || !isHttps(token)) return fail('insecure')
  if (!listOf(said['code_challenge_methods_supported']).includes('S256')) return fail('no-pkce')
  const { revocation_endpoint: revoke, issuer } = said
  const staysSignedIn = canStay(said)
  const tellsIssuer = said['authorization_response_iss_parameter_supported'] === true && typeof issuer === 'string'
  return ok({
    signInUrl: signIn,
    tokenUrl: token,
    ...(isHttps(revoke) ? { revokeUrl: revoke } : {}),
    ...(tellsIssuer ? { issuer } : {}),
    scope: [
      'launch/patient',
      `patient/*.${takesNewScopes(said) ? 'rs' : 'read'}`,
      staysSignedIn ? 'offline_access' : '',
    ]
      .filter(Boolean)
      .join(' '),
    staysSignedIn,
  })
}

/** Reads a CapabilityStatement; whatever else it is says nothing. Total. */
export function readSkills(text: string): ClinicSkills {
  const said = parseObject(text)
  if (said['resourceType'] !== 'CapabilityStatement') return { hasEverything: false }
  const server = objectsOf(said['rest']).find(rest => rest['mode'] === 'server')
  const resources = objectsOf(server?.['resource'])
  const version = tokenOf(said['fhirVersion'])
  const patient = resources.find(resource => resource['type'] === 'Patient')
  const operations = [...objectsOf(patient?.['operation']), ...objectsOf(server?.['operation'])]
  const searchable = resources.filter(canSearch).flatMap(resource => tokenOf(resource['type']) ?? [])
  return {
    ...(version === undefined ? {} : { version }),
    ...(searchable.length === 0 ? {} : { searchable: new Set(searchable) }),
    hasEverything: operations.some(isEverything),
    includes: new Set(resources.flatMap(resource => listOf(resource['searchInclude']))),
  }
}

const canSearch = (resource: JsonObject) =>
  objectsOf(resource['interaction']).some(interaction => interaction['code'] === 'search-type')

const isEverything = (operation: JsonObject) =>
  operation['name'] === 'everything' && !/Encounter-everything/.test(tokenOf(operation['definition']) ?? '')

function takesNewScopes(said: JsonObject): boolean {
  if (listOf(said['capabilities']).includes('permission-v2')) return true
  return listOf(said['scopes_supported']).some(scope => /^patient\/\S+\.c?ru?d?s$/.test(scope))
}

/** A server that lists neither is asked: it grants what it likes. */
function canStay(said: JsonObject): boolean {
  const [capabilities, scopes] = [listOf(said['capabilities']), listOf(said['scopes_supported'])]
  if (capabilities.includes('permission-offline') || scopes.includes('offline_access')) return true
  return capabilities.length === 0 && scopes.length === 0
}

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(each => typeof each === 'string') : []

function isHttps(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_URL_CHARS || !URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return protocol === 'https:' && username === '' && password === ''
}

/** One page of a search, or of `$everything`. */
export interface ClinicPage {
  readonly next?: string
  readonly entries: number
  /** Titles of files that lie at an address of their own. */
  readonly filesElsewhere: readonly string[]
  /** What its medicines name as the product in them (`medicationReference`), as written, and the Medications that came along, as `Medication/id`. */
  readonly medications: { readonly named: readonly string[]; readonly here: readonly string[] }
}

/** Undefined for anything but a Bundle. Total. */
export function readPage(text: string): ClinicPage | undefined {
  const bundle = parseObject(text)
  if (bundle['resourceType'] !== 'Bundle') return undefined
  const next = objectsOf(bundle['link']).find(link => link['relation'] === 'next')?.['url']
  const resources = objectsOf(bundle['entry'])
    .map(entry => entry['resource'])
    .filter(isObject)
  return {
    ...(typeof next === 'string' ? { next } : {}),
    entries: resources.length,
    filesElsewhere: resources.flatMap(filesElsewhere),
    medications: {
      named: resources.flatMap(resource => tokenOf(at(resource, 'medicationReference', 'reference')) ?? []),
      here: resources.flatMap(({ resourceType, id }) =>
        resourceType === 'Medication' ? `Medication/${tokenOf(id)}` : [],
      ),
    },
  }
}

function filesElsewhere(resource: JsonObject): readonly string[] {
  const attachments =
    resource['resourceType'] === 'DocumentReference'
      ? objectsOf(resource['content']).map(content => at(content, 'attachment'))
      : resource['resourceType'] === 'DiagnosticReport'
        ? objectsOf(resource['presentedForm'])
        : resource['resourceType'] === 'Media'
          ? [resource['content']]
          : []
  return attachments.filter(isObject).flatMap(({ url, data, title }) => {
    if (typeof url !== 'string' || data !== undefined) return []
    const name = tokenOf(title) ?? tokenOf(resource['description']) ?? tokenOf(at(resource, 'type', 'text'))
    return (name ?? `${String(resource['resourceType'])}/${tokenOf(resource['id']) ?? ''}`).slice(0, 100)
  })
}
