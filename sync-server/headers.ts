import type { MiddlewareHandler } from 'hono'
import { ADMISSION_HEADER, AUTHORIZATION_HEADER, DROP_HEADER, WRITER_HEADER } from '#schema/protocol/http.ts'
import type { RelayOrigin } from '#schema/relay-origin.ts'

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default templates',
].join('; ')

/**
 * The one worker script that may ask others than the relay (`app/outside.ts`), by the name the build gives it: it may send, and nothing
 * else. A worker obeys the policy of its own answer, not the page's.
 */
const OUTSIDE_SCRIPT = /^\/assets\/outside-[\w-]+\.js$/
const OUTSIDE_POLICY = [
  "default-src 'none'",
  'connect-src https:',
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/**
 * The worker script that reaches the relays of the people whom somebody met (`app/other-relays.ts`): as the one above, and sockets. Which
 * relays these are, no policy can know. On one's own machine also its other ports, to try it out.
 */
const RELAYS_SCRIPT = /^\/assets\/other-relays-[\w-]+\.js$/
const RELAYS_POLICY = OUTSIDE_POLICY.replace('connect-src https:', 'connect-src https: wss:')
const LOCAL_RELAYS_POLICY = RELAYS_POLICY.replace('wss:', 'wss: http://localhost:* ws://localhost:*')

/** The page that opens health links: as the app's, without its worker and camera. It asks the relay alone, and draws pictures that came in a link. */
const VIEWER = /^\/view(?:\.html)?$/
const VIEWER_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default templates',
].join('; ')

/** The page on which whoever has no Wellkeep reads a letter and answers: as the one for links, and it seals, by WebAssembly. */
const ANSWER = /^\/answer(?:\.html)?$/
const ANSWER_POLICY = VIEWER_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")

/** Where a clinic sends the browser back to: shows words, asks nobody, and hands its address to the app beside it (decision 29). */
const CONNECTED = /^\/connected(?:\.html)?$/
const CONNECTED_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default templates',
].join('; ')

function policyOf(path: string, host: string): string {
  if (VIEWER.test(path)) return VIEWER_POLICY
  if (ANSWER.test(path)) return ANSWER_POLICY
  if (CONNECTED.test(path)) return CONNECTED_POLICY
  if (RELAYS_SCRIPT.test(path)) return host === 'localhost' ? LOCAL_RELAYS_POLICY : RELAYS_POLICY
  return OUTSIDE_SCRIPT.test(path) ? OUTSIDE_POLICY : CONTENT_SECURITY_POLICY
}

const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(self), bluetooth=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=(), browsing-topics=()',
} as const

/**
 * On every answer: nothing inline, nothing from elsewhere, nothing told to anybody; but for the one script that asks others, and the pages
 * beside the app. `relay`: the one that the app asks where another origin serves the app (decision 64).
 */
export function strictHeaders(relay?: RelayOrigin): MiddlewareHandler {
  const asks =
    relay === undefined ? "connect-src 'self'" : `connect-src 'self' ${relay} ${relay.replace(/^http/, 'ws')}`
  return async (c, next) => {
    await next()
    const policy = policyOf(c.req.path, new URL(c.req.url).hostname)
    c.header('content-security-policy', policy.replace("connect-src 'self'", asks))
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
  }
}

const OPEN_HEADERS = [AUTHORIZATION_HEADER, WRITER_HEADER, ADMISSION_HEADER, DROP_HEADER, 'content-type']
/** Days would do; browsers keep it for hours at most. */
const PREFLIGHT_SECONDS = '86400'

/**
 * An app that another relay served may ask this one: its owner shares with somebody here. No cookie and no address lets anybody do anything,
 * but signatures, so no page gains by asking from a visitor's browser (decision 61).
 */
export const openToOtherApps: MiddlewareHandler = async (c, next) => {
  c.header('access-control-allow-origin', '*')
  if (c.req.method !== 'OPTIONS') return next()
  c.header('access-control-allow-methods', 'GET, POST, DELETE')
  c.header('access-control-allow-headers', OPEN_HEADERS.join(', '))
  c.header('access-control-max-age', PREFLIGHT_SECONDS)
  return c.body(null, 204)
}
