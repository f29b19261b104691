import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { EventLog } from './event-log.ts'
import type { Env } from './routes/request.ts'

/** Asked every few seconds by who watches the relay: a line only when the answer is no. */
const PROBES = ['/healthz', '/readyz']

/** A line for each answer, with the route's pattern and why it was refused; never the path, as that holds whole ids. */
export function logRequests(
  log: EventLog,
  answered: (c: Context<Env>) => void = () => undefined,
): MiddlewareHandler<Env> {
  return async (c, next) => {
    const startedAt = performance.now()
    await next()
    answered(c)
    const { status } = c.res
    const route = routeOf(c)
    if (PROBES.includes(route) && status < 400) return
    const ms = Math.round(performance.now() - startedAt)
    const refusal = c.get('refusal')
    log('request', { method: c.req.method, route, status, ...(refusal === undefined ? {} : { refusal }), ms })
  }
}

/** Of the handler that was reached last: it answered. */
export function routeOf(c: Context): string {
  return matchedRoutes(c)[c.req.routeIndex]?.path ?? ''
}
