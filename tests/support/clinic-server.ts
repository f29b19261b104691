import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { ClinicLogin } from './clinic-login.ts'
import { selfSigned } from './self-signed.ts'

export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string }

/** `elsewhere`, `itself`: where its next page is said to be. */
type PageFault = 'truncated' | 'html' | 'elsewhere' | 'itself' | 'redirect' | 'huge'

/** What the FHIR server does wrong, or otherwise than most. */
export interface FhirFaults {
  /** So many requests are answered 429 before the next one is served. */
  busyTimes?: number
  /** Seconds, beside each 429. */
  retryAfter?: number
  /** The access token is worth nothing from this search on, counted from 1. */
  expiresAtSearch?: number
  /** Types that are refused, and how. */
  refuses?: Readonly<Record<string, 400 | 403 | 500>>
  /** Observations are found by category alone. */
  wantsCategory?: boolean
  /** Of a type: what takes its pages' place. */
  pages?: Readonly<Record<string, PageFault>>
  hasEverything?: boolean
  /** Says nothing of PKCE. */
  lacksPkce?: boolean
  /** Lets no page of others read what it can do. */
  capabilityLacksCors?: boolean
  /** Each answer takes so long. */
  slowMs?: number
  /** A message for whoever searches, beside what was found. */
  saysMore?: boolean
  refusesLastUpdated?: boolean
  /** Searches bring along the Medications that they are asked for. */
  includesMedications?: boolean
}

const PER_PAGE = 2

/**
 * A clinic over TLS on two ports of `localhost`: a FHIR R4 server in memory and a sign-in, each a host of its own. `requests` tells who
 * was asked for what.
 */
export class ClinicServer {
  readonly login = new ClinicLogin()
  readonly faults: FhirFaults = {}
  readonly resources: Resource[] = []
  readonly requests: string[] = []
  /** Served to whoever is signed in, by path behind `/fhir`. */
  readonly files = new Map<string, Uint8Array>()
  /** Paths that send on to another address. */
  readonly moved = new Map<string, string>()
  /** Chromium takes the certificate by this; Node by `cert`. */
  readonly pin: string
  readonly cert: string
  readonly #key: string
  address = ''
  loginOrigin = ''
  #searches = 0
  readonly #servers: Server[] = []

  private constructor({ key, cert, pin }: ReturnType<typeof selfSigned>) {
    this.#key = key
    this.cert = cert
    this.pin = pin
  }

  static async start(): Promise<ClinicServer> {
    const clinic = new ClinicServer(selfSigned())
    const fhir = await clinic.#listen((request, response) => clinic.#fhir(request, response))
    clinic.loginOrigin = await clinic.#listen((request, response) => clinic.#signIn(request, response))
    clinic.address = `${fhir}/fhir`
    clinic.login.audience = clinic.address
    clinic.login.issuer = clinic.loginOrigin
    return clinic
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    }
  }

  get host(): string {
    return new URL(this.address).host
  }

  /** In place of one of the same name. */
  put(resource: Resource, lastUpdated = new Date().toISOString()): void {
    const at = this.resources.findIndex(
      ({ resourceType, id }) => resourceType === resource.resourceType && id === resource.id,
    )
    if (at !== -1) this.resources.splice(at, 1)
    this.resources.push({ ...resource, meta: { lastUpdated } })
  }

  async #listen(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<string> {
    const server = createServer({ key: this.#key, cert: this.cert }, (request, response) => {
      this.requests.push(`${request.method} ${request.url}`)
      answer(request, response).catch((error: unknown) => response.destroy(error as Error))
    })
    this.#servers.push(server)
    await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
    return `https://localhost:${(server.address() as AddressInfo).port}`
  }

  async #signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.loginOrigin)
    if (url.pathname === '/favicon.ico') return void response.writeHead(204).end()
    if (url.pathname === '/authorize') return this.login.authorize(url, response)
    if (preflight(request, response)) return
    if (url.pathname === '/token') return this.login.token(request, response)
    if (url.pathname === '/revoke') return this.login.revoke(request, response)
    response.writeHead(404).end()
  }

  async #fhir(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.address)
    const path = url.pathname.replace(/^\/fhir/, '')
    if (this.faults.slowMs !== undefined) await new Promise(resolve => setTimeout(resolve, this.faults.slowMs))
    if (path === '/metadata' && this.faults.capabilityLacksCors) return void response.writeHead(200).end('{}')
    if (preflight(request, response)) return
    const say = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}) =>
      void response
        .writeHead(status, { 'content-type': 'application/fhir+json', ...headers })
        .end(JSON.stringify(value))
    if (path === '/.well-known/smart-configuration') return say(200, this.#configuration())
    if (path === '/metadata') return say(200, this.#capability())
    if ((this.faults.busyTimes ?? 0) > 0) {
      this.faults.busyTimes = (this.faults.busyTimes ?? 0) - 1
      const { retryAfter = 0 } = this.faults
      return say(429, outcome('slow down'), {
        'retry-after': String(retryAfter),
        'access-control-expose-headers': 'retry-after',
      })
    }
    this.#searches += 1
    if (this.#searches === this.faults.expiresAtSearch) this.login.expireAccess()
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!this.login.access.has(bearer)) return say(401, outcome('sign in'))
    const [file, elsewhere] = [this.files.get(path), this.moved.get(path)]
    if (elsewhere !== undefined) return void response.writeHead(302, { location: elsewhere }).end()
    if (file !== undefined) return void response.writeHead(200, { 'content-type': 'application/pdf' }).end(file)
    return this.#records(path, url, say, response)
  }

  #records(path: string, url: URL, say: (status: number, value: unknown) => void, response: ServerResponse): void {
    const [, type = '', id, operation] = path.split('/')
    if (operation === '$everything' && this.faults.hasEverything) return this.#page(this.resources, url, say)
    const refusal = this.faults.refuses?.[type]
    if (refusal !== undefined) return say(refusal, outcome('no'))
    if (id !== undefined) {
      const found = this.resources.find(resource => resource.resourceType === type && resource.id === id)
      return found === undefined ? say(404, outcome('none')) : say(200, found)
    }
    const fault = this.faults.pages?.[type]
    if (fault !== undefined && this.#breaks(fault, response)) return
    const since = url.searchParams.get('_lastUpdated')
    if (since !== null && this.faults.refusesLastUpdated) return say(400, outcome('no such parameter'))
    const category = url.searchParams.get('category')
    if (type === 'Observation' && this.faults.wantsCategory && category === null) return say(400, outcome('category'))
    const isPatients = url.searchParams.get('patient') === this.login.patient
    const found = this.resources.filter(
      resource =>
        isPatients &&
        resource.resourceType === type &&
        (category === null || JSON.stringify(resource['category'] ?? '').includes(`"${category}"`)) &&
        (since === null || String((resource['meta'] as Resource)['lastUpdated']) > since.replace(/^gt/, '')),
    )
    const isAsked = this.faults.includesMedications && url.searchParams.get('_include') === `${type}:medication`
    const along = isAsked ? this.resources.filter(resource => resource.resourceType === 'Medication') : []
    return this.#page([...found, ...along], url, say, fault)
  }

  /** Whether that was all there is to answer. */
  #breaks(fault: PageFault, response: ServerResponse): boolean {
    if (fault === 'html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Maintenance</p>')
    } else if (fault === 'truncated') {
      response.writeHead(200).end('{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resou')
    } else if (fault === 'redirect') response.writeHead(302, { location: this.loginOrigin }).end()
    else if (fault === 'huge') response.writeHead(200).end(Buffer.alloc(31_000_000, ' '))
    else return false
    return true
  }

  #page(found: readonly Resource[], url: URL, say: (status: number, value: unknown) => void, fault?: string): void {
    const from = Number(url.searchParams.get('_from') ?? 0)
    const next = new URL(url)
    next.searchParams.set('_from', fault === 'itself' ? String(from) : String(from + PER_PAGE))
    if (fault === 'elsewhere') next.host = new URL(this.loginOrigin).host
    const hasMore = from + PER_PAGE < found.length
    const entry: unknown[] = found.slice(from, from + PER_PAGE).map(resource => ({
      fullUrl: `${this.address}/${resource.resourceType}/${resource.id}`,
      resource,
      search: { mode: 'match' },
    }))
    if (this.faults.saysMore)
      entry.push({ resource: outcome('Some results are withheld'), search: { mode: 'outcome' } })
    const link = hasMore ? [{ relation: 'next', url: next.href }] : []
    say(200, { resourceType: 'Bundle', type: 'searchset', total: found.length, link, entry })
  }

  #configuration(): unknown {
    return {
      issuer: this.login.issuer,
      authorization_endpoint: `${this.loginOrigin}/authorize`,
      token_endpoint: `${this.loginOrigin}/token`,
      revocation_endpoint: `${this.loginOrigin}/revoke`,
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: this.faults.lacksPkce ? ['plain'] : ['S256'],
      capabilities: [
        'launch-standalone',
        'client-public',
        'context-standalone-patient',
        'permission-offline',
        'permission-v2',
      ],
    }
  }

  #capability(): unknown {
    const types = [
      'Patient',
      'Condition',
      'Observation',
      'AllergyIntolerance',
      'DocumentReference',
      'MedicationRequest',
    ]
    const operation = this.faults.hasEverything
      ? [{ name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything' }]
      : []
    const resource = types.map(type => ({
      type,
      interaction: [{ code: 'read' }, { code: 'search-type' }],
      ...(type === 'Patient' ? { operation } : {}),
      ...(this.faults.includesMedications ? { searchInclude: [`${type}:medication`] } : {}),
    }))
    return { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ mode: 'server', resource }] }
  }
}

const outcome = (diagnostics: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'warning', code: 'informational', diagnostics }],
})

/** Lets any page ask; answers what browsers ask beforehand. */
function preflight(request: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', 'authorization, content-type, accept')
  if (request.method !== 'OPTIONS') return false
  response.writeHead(204).end()
  return true
}
