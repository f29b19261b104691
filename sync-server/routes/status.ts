import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { encodeChallengeAnswer } from '#schema/protocol/http.ts'
import type { Relay } from '../relay.ts'
import { answerBytes, type Env, refuse } from './request.ts'

/** `/v1/challenge`: what a client signs, and the relay's clock. */
export const challengeRoute = (relay: Relay) =>
  new Hono<Env>().get('/', c =>
    answerBytes(
      c,
      encodeChallengeAnswer({
        challenge: relay.challenges.make(relay.now()),
        relayKey: relay.signer.publicKey,
        relayTime: relay.now(),
        asksForAdmission: relay.admissionHashes.size > 0,
      }),
    ),
  )

/** `/healthz`: 200 while the store takes writes, else 503. What is small may still fit where a picture does not, and an S3 store is not asked. */
export const healthRoute = (relay: Relay) =>
  new Hono<Env>().get('/', async c => {
    const isHealthy = await relay.store.isHealthy()
    return c.json({ status: isHealthy ? 'ok' : 'store-not-writable' }, isHealthy ? 200 : 503)
  })

/** `/readyz`: 200 while new work should be led here; 503 from the signal to stop on, and while the store takes no writes. */
export const readyRoute = (relay: Relay, isStopping: () => boolean) =>
  new Hono<Env>().get('/', async c => {
    if (isStopping()) return c.json({ status: 'stopping' }, 503)
    const isHealthy = await relay.store.isHealthy()
    return c.json({ status: isHealthy ? 'ready' : 'store-not-writable' }, isHealthy ? 200 : 503)
  })

/** `/metrics`: to whoever has the operator's token; without one, nobody. */
export const metricsRoute = (relay: Relay, token: string | undefined) =>
  new Hono<Env>().get('/', async c => {
    const isAllowed = token !== undefined && isSame(c.req.header('authorization') ?? '', `Bearer ${token}`)
    return isAllowed ? c.text(await relay.metrics.text()) : refuse(c, 'not-found')
  })

function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map(text => createHash('sha256').update(text).digest())
  return timingSafeEqual(left!, right!)
}
