import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { parseAdmissionToken } from '#schema/protocol/http.ts'
import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { DEFAULT_LIMITS, type Limits } from './limits/limits.ts'
import type { S3Settings } from './store/s3/s3-blobs.ts'
import { isPublicAddress, KNOWN_PUSH_HOSTS } from './push/endpoint.ts'

export interface Config {
  readonly port: number
  readonly host: string
  /** Where the store and the relay's key lie. */
  readonly dataFolder: string
  /** Of PostgreSQL, instead of the data folder; holds a password. */
  readonly databaseUrl?: string
  /** Where the bytes of blobs lie; left out: with all else. */
  readonly s3?: S3Settings
  /** Of the built app; left out: none is served. */
  readonly appFolder?: string
  /** Where the app is served instead: pages are led on there. */
  readonly appAt?: RelayOrigin
  /** Of another process: this one serves the app alone, which asks that relay. */
  readonly relay?: RelayOrigin
  readonly admissionHashes: ReadonlySet<string>
  readonly metricsToken?: string
  readonly trustsProxy: boolean
  /** A line for each request; other events are always logged. */
  readonly logsRequests: boolean
  /** Between a signal to stop and the stop: `/readyz` says no meanwhile, and all else goes on. */
  readonly drainMs: number
  /** Where pushes may go; none: nobody is woken. */
  readonly pushHosts: readonly string[]
  /** Whom push services may write to. */
  readonly pushContact?: string
  readonly limits: Limits
}

type Environment = Readonly<Record<string, string | undefined>>

/** Sentences that say which variable is wrong and what it takes. */
export type ConfigFailure = readonly string[]

const MIB = 1024 * 1024

/** From environment variables; README.md lists them. On a terminal, requests are not logged unless asked for. */
export function readConfig(environment: Environment, isTerminal = false): Result<Config, ConfigFailure> {
  const problems: string[] = []
  const whole = (name: string, fallback: number, min: number, max: number): number => {
    const text = environment[name]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max) return value
    problems.push(`${name} must be a whole number from ${min} to ${max}; it is "${text}".`)
    return fallback
  }
  const isSet = (name: string, fallback: '0' | '1'): boolean => {
    const text = environment[name] ?? fallback
    if (!['', '0', '1'].includes(text)) problems.push(`${name} must be 1 or 0; it is "${text}".`)
    return text === '1'
  }
  const tokens = listIn(environment.ADMISSION_TOKENS ?? '')
  if (tokens.some(token => parseAdmissionToken(token) === undefined)) {
    problems.push('ADMISSION_TOKENS must be tokens of 16 to 200 plain letters, digits or signs, separated by commas.')
  }
  const metricsToken = environment.METRICS_TOKEN === '' ? undefined : environment.METRICS_TOKEN
  if (metricsToken !== undefined && metricsToken.length < 16)
    problems.push('METRICS_TOKEN must have at least 16 characters.')
  const pushHosts = listIn(environment.PUSH_HOSTS ?? KNOWN_PUSH_HOSTS.join())
  if (pushHosts.some(host => !/^\.?([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(host))) {
    problems.push(
      'PUSH_HOSTS must be host names in small letters, separated by commas; with a dot before it, a name stands for all below it.',
    )
  }
  const pushContact = environment.PUSH_CONTACT === '' ? undefined : environment.PUSH_CONTACT
  if (pushContact !== undefined && !/^(mailto:[^\s@]+@|https:\/\/)[^\s@]+$/.test(pushContact)) {
    problems.push(`PUSH_CONTACT must be a mailto: or https: address; it is "${pushContact}".`)
  }
  const databaseUrl = environment.DATABASE_URL === '' ? undefined : environment.DATABASE_URL
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\/./.test(databaseUrl)) {
    problems.push('DATABASE_URL must begin with postgres://, as in postgres://user:password@host/database.')
  } else if (databaseUrl !== undefined && !isWholeAddress(databaseUrl)) {
    problems.push(
      'DATABASE_URL cannot be read as postgres://user:password@host/database. In the password, write # as %23, @ as %40, / as %2F, ? as %3F and % as %25.',
    )
  }
  const s3 = readS3(environment, problems)
  const requestsPerSecond = whole('REQUESTS_PER_SECOND', DEFAULT_LIMITS.requests.perSecond, 1, 100_000)
  const framesPerSecond = whole('FRAMES_PER_SECOND', DEFAULT_LIMITS.framesPerSocket.perSecond, 1, 1_000_000)
  const newLogsPerHour = whole('NEW_LOGS_PER_HOUR', DEFAULT_LIMITS.newLogs.perSecond * 3600, 1, 1_000_000)
  const config: Config = {
    port: whole('PORT', 8787, 0, 65_535),
    host: environment.HOST ?? '127.0.0.1',
    dataFolder: environment.DATA ?? 'data',
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(s3 === undefined ? {} : { s3 }),
    ...readApp(environment, problems),
    admissionHashes: new Set(tokens.map(token => createHash('sha256').update(token).digest('hex'))),
    ...(metricsToken === undefined ? {} : { metricsToken }),
    trustsProxy: isSet('TRUST_PROXY', '0'),
    pushHosts,
    ...(pushContact === undefined ? {} : { pushContact }),
    drainMs: whole('DRAIN_SECONDS', 0, 0, 600) * 1000,
    logsRequests: isSet('LOG_REQUESTS', isTerminal ? '0' : '1'),
    limits: {
      ...DEFAULT_LIMITS,
      accountBytes: whole('QUOTA_MB', DEFAULT_LIMITS.accountBytes / MIB, 1, 1e8) * MIB,
      totalBytes: whole('TOTAL_MB', DEFAULT_LIMITS.totalBytes / MIB, 1, 1e9) * MIB,
      requests: { perSecond: requestsPerSecond, burst: requestsPerSecond * 10 },
      framesPerSocket: { perSecond: framesPerSecond, burst: framesPerSecond * 4 },
      framesPerAddress: { perSecond: framesPerSecond * 4, burst: framesPerSecond * 16 },
      newLogs: { perSecond: newLogsPerHour / 3600, burst: Math.max(20, newLogsPerHour / 4) },
    },
  }
  return problems.length > 0 ? fail(problems) : ok(config)
}

/** Settings that mean nothing beside `RELAY`, in a sentence each. */
export function settingsPassedOver(environment: Environment): string[] {
  if ((environment['RELAY'] ?? '') === '') return []
  return ['ADMISSION_TOKENS', 'DATABASE_URL', 'METRICS_TOKEN', 'QUOTA_MB', 'S3_ENDPOINT', 'TOTAL_MB']
    .filter(name => (environment[name] ?? '') !== '')
    .map(name => `${name} means nothing here: with RELAY, this process serves the app alone and keeps no records.`)
}

/** No sign of a password ends what stands before the host, and is taken for something else. */
function isWholeAddress(url: string): boolean {
  const named = url.replace('@/', '@socket/')
  if (!URL.canParse(named)) return false
  const { pathname, search, hash } = new URL(named)
  return hash === '' && !pathname.includes('@') && !search.includes('@')
}

/** A folder, `off`, or where else the app is; and whom an app asks that is served without a relay. */
function readApp(environment: Environment, problems: string[]): Pick<Config, 'appFolder' | 'appAt' | 'relay'> {
  const app = environment.APP || 'dist/app'
  const named = environment.RELAY ?? ''
  const relay = originIn(named)
  if (named !== '' && relay === undefined)
    problems.push(`RELAY must be the address of a relay, as https://relay.example.org; it is "${named}".`)
  if (app !== 'off' && !app.includes('://')) return { appFolder: app, ...(relay === undefined ? {} : { relay }) }
  if (named !== '') problems.push('APP must be the folder of the built app where RELAY is set.')
  const appAt = originIn(app)
  if (app !== 'off' && appAt === undefined)
    problems.push(`APP must be a folder, "off", or an address as https://app.example.org; it is "${app}".`)
  return appAt === undefined ? {} : { appAt }
}

/** Undefined where there is more in it than an origin, or what goes over the network in the clear. */
function originIn(text: string): RelayOrigin | undefined {
  const origin = parseRelayOrigin(text)
  return origin === text.replace(/\/$/, '') ? origin : undefined
}

const S3_NAMES = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const

/** No sentence here says what was set: a key may stand in the wrong place. */
function readS3(environment: Environment, problems: string[]): S3Settings | undefined {
  const [endpoint, bucket, accessKey, secretKey] = S3_NAMES.map(name => environment[name] ?? '') as [
    string,
    string,
    string,
    string,
  ]
  const missing = S3_NAMES.filter(name => (environment[name] ?? '') === '')
  if (missing.length === S3_NAMES.length) return undefined
  const before = problems.length
  if (missing.length > 0) problems.push(`${missing.join(', ')} must be set too: ${S3_NAMES.join(', ')} go together.`)
  if (endpoint !== '' && !isS3Endpoint(endpoint))
    problems.push(
      'S3_ENDPOINT must be https:// and a host, without a path, as in https://s3.eu-central-1.amazonaws.com; http:// only on this machine or its own network, as in http://localhost:9000.',
    )
  if (bucket !== '' && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    problems.push('S3_BUCKET must be the name of a bucket: 3 to 63 small letters, digits, dots and hyphens.')
  const region = environment.S3_REGION || 'us-east-1'
  if (!/^[a-z0-9-]+$/.test(region)) problems.push('S3_REGION must be a name as eu-central-1 is one.')
  return problems.length > before ? undefined : { endpoint, bucket, region, accessKey, secretKey }
}

/** Names that no public name server answers: of this machine, of a container beside it, of a household's or a host's own network. */
const OWN_NAME = /^(?:[a-z0-9-]+|[a-z0-9.-]+\.(?:local|internal|home\.arpa))$/

/** What lies there is sealed; in the clear go the access key's name, the sizes, and which object is asked for when. */
function isS3Endpoint(text: string): boolean {
  if (!/^https?:\/\/[^\s/?#@]+\/?$/.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  const host = hostname.replace(/^\[|\]$/g, '')
  return protocol === 'https:' || (isIP(host) === 0 ? OWN_NAME.test(host) : !isPublicAddress(host))
}

function listIn(text: string): string[] {
  return text
    .split(',')
    .map(one => one.trim())
    .filter(one => one !== '')
}
