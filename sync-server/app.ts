import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { MAX_FRAME_BYTES } from '#schema/protocol/frame.ts'
import { CHALLENGE_PATH, LOGS_PATH } from '#schema/protocol/http.ts'
import { OPEN_LINKS_PATH } from '#schema/protocol/link.ts'
import { PUSH_PATH } from '#schema/protocol/push.ts'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import { openToOtherApps, strictHeaders } from './headers.ts'
import type { Relay } from './relay.ts'
import { logRequests, routeOf } from './request-log.ts'
import { dropRoutes } from './routes/drop.ts'
import { frameRoutes } from './routes/frames.ts'
import { openLinkRoutes, ownLinkRoutes } from './routes/links.ts'
import { logRoutes } from './routes/logs.ts'
import { addressOf, type Env, refuse } from './routes/request.ts'
import { logPushRoutes, mailboxPushRoutes, pushRoutes } from './routes/push.ts'
import { rightRoutes } from './routes/rights.ts'
import { leadOn, staticApp } from './routes/static-app.ts'
import { StoreFull } from './store/relay-store.ts'
import { challengeRoute, healthRoute, metricsRoute, readyRoute } from './routes/status.ts'

export interface AppOptions {
  /** The built app's folder; without it the relay serves none. */
  readonly appFolder?: string
  /** Where it is served instead. */
  readonly appAt?: RelayOrigin
  readonly metricsToken?: string
  /** Asked by `/readyz`. */
  readonly isStopping?: () => boolean
}

/** Where a route has no bound of its own: the largest owner or prune record fits. */
const MAX_BODY_BYTES = MAX_FRAME_BYTES
/** Routes whose bodies may be larger, with a bound of their own. */
const LARGE_BODY = /^\/v1\/logs\/[^/]+\/(?:frames|begin|links|blobs\/[^/]+)$|^\/v1\/shl\/[^/]+\/answers$/

/** Everything but the stream. Answers `app.request()` without a socket. */
export function createApp(relay: Relay, options: AppOptions = {}): Hono<Env> {
  const smallBody = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: c => refuse(c, 'too-large') })
  const app = new Hono<Env>()
  app.use(strictHeaders())
  app.use(
    logRequests(relay.log, c => {
      relay.metrics.add('requests', 1, `status="${c.res.status}"`)
      const refusal = c.get('refusal')
      if (refusal !== undefined) relay.metrics.add('refusals_total', 1, `code="${refusal}"`)
      if (refusal === 'quota') relay.noRoom()
    }),
  )
  app.use('/v1/*', openToOtherApps)
  app.use('/v1/*', async (c, next) => {
    c.header('cache-control', 'no-store')
    const waitMs = relay.rates.requests.take(addressOf(relay, c), relay.ticks())
    return waitMs > 0 ? refuse(c, 'rate', { retryAfterMs: waitMs }) : next()
  })
  app.use('/v1/*', (c, next) => (LARGE_BODY.test(c.req.path) ? next() : smallBody(c, next)))
  app.route(CHALLENGE_PATH, challengeRoute(relay))
  app.route(LOGS_PATH, logRoutes(relay))
  app.route(LOGS_PATH, frameRoutes(relay))
  app.route(LOGS_PATH, rightRoutes(relay))
  app.route(LOGS_PATH, ownLinkRoutes(relay))
  app.route(OPEN_LINKS_PATH, openLinkRoutes(relay))
  app.route('/v1/drop', dropRoutes(relay))
  app.route(LOGS_PATH, logPushRoutes(relay))
  app.route('/v1/drop', mailboxPushRoutes(relay))
  app.route(PUSH_PATH, pushRoutes(relay))
  app.route('/healthz', healthRoute(relay))
  app.route('/readyz', readyRoute(relay, options.isStopping ?? (() => false)))
  app.route('/metrics', metricsRoute(relay, options.metricsToken))
  app.all('/v1/*', c => refuse(c, 'not-found'))
  if (options.appFolder !== undefined) app.route('/', staticApp(options.appFolder))
  if (options.appAt !== undefined) app.route('/', leadOn(options.appAt))
  app.notFound(c => refuse(c, 'not-found'))
  app.onError((error, c) => {
    relay.failed('http', error, { route: routeOf(c) })
    return refuse(c, error instanceof StoreFull ? 'quota' : 'internal')
  })
  return app
}
