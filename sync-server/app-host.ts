import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { Hono } from 'hono'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import type { Config } from './config.ts'
import type { EventLog } from './event-log.ts'
import { strictHeaders } from './headers.ts'
import { httpServer, listen } from './http-server.ts'
import { logRequests } from './request-log.ts'
import { type Env, refuse } from './routes/request.ts'
import { hasApp, staticApp } from './routes/static-app.ts'

export interface RunningAppHost {
  readonly port: number
  stop(): Promise<void>
}

/** Answers `app.request()` without a socket. */
export function createAppHost(folder: string, relay: RelayOrigin, log: EventLog): Hono<Env> {
  const app = new Hono<Env>()
    .use(strictHeaders(relay))
    .use(logRequests(log))
    .get('/healthz', c => c.json({ status: 'ok' }))
    .get('/readyz', c => c.json({ status: 'ready' }))
    .all('/v1/*', c => refuse(c, 'not-found'))
    .route('/', staticApp(folder, relay))
  app.notFound(c => refuse(c, 'not-found'))
  return app
}

/** The app at an origin of its own, asking the relay that `RELAY` names: no store, no keys, nothing under `/v1` (decision 64). */
export async function startAppHost(config: Config, relay: RelayOrigin, log: EventLog): Promise<RunningAppHost> {
  const { appFolder } = config
  if (appFolder === undefined || !hasApp(appFolder))
    throw new Error(
      `Cannot serve the app: there is no built one in ${appFolder === undefined ? 'APP' : `${resolve(appFolder)} (APP)`}. npm run build makes it.`,
    )
  const server = httpServer(createAppHost(appFolder, relay, log).fetch)
  await listen(server, config)
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
