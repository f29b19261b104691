import { type Context, Hono } from 'hono'
import { decodePushEnd, decodePushSubscription, encodePushKey, type PushSubscription } from '#schema/protocol/push.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { parseEndpoint } from '../push/endpoint.ts'
import type { Relay } from '../relay.ts'
import { provenMailbox } from './drop.ts'
import { answerBytes, answerEmpty, bodyOf, type Env, refuse, withAsker } from './request.ts'

/** `/v1/push`: the relay's key for push services, and the end of an endpoint. */
export const pushRoutes = (relay: Relay) =>
  new Hono<Env>()
    .get('/', c => {
      const { way } = relay.waker
      return way === undefined ? refuse(c, 'not-found') : answerBytes(c, encodePushKey(way.key.publicKey))
    })
    .post('/end', async c => {
      const endpoint = decodePushEnd(await bodyOf(c))
      if (!endpoint.ok) return refuse(c, 'bad-request')
      await relay.store.endPush(endpoint.value)
      return c.body(null, 200)
    })

/** `/v1/logs/:log/push`, for whoever may read the log. */
export const logPushRoutes = (relay: Relay) =>
  new Hono<Env>().post('/:log/push', c =>
    withAsker(relay, c, async (logId, { asker }, body) => {
      const subscription = subscriptionIn(relay, body)
      if (!subscription.ok) return refuse(c, subscription.failure)
      return answerEmpty(c, await relay.store.subscribeToLog(logId, subscription.value, asker))
    }),
  )

/** `/v1/drop/:mailbox/push`, for whoever has its read key. */
export const mailboxPushRoutes = (relay: Relay) =>
  new Hono<Env>().post('/:mailbox/push', async (c: Context<Env>) => {
    const mailbox = await provenMailbox(relay, c)
    if (!mailbox.ok) return refuse(c, mailbox.failure)
    const subscription = subscriptionIn(relay, await bodyOf(c))
    if (!subscription.ok) return refuse(c, subscription.failure)
    return answerEmpty(c, await relay.store.subscribeToMailbox(mailbox.value, subscription.value, relay.now()))
  })

/** `not-allowed`: the operator lets nothing be sent there. */
function subscriptionIn(relay: Relay, body: Uint8Array): Result<PushSubscription, RefusalCode> {
  const { way } = relay.waker
  if (way === undefined) return fail('not-found')
  const decoded = decodePushSubscription(body)
  if (!decoded.ok) return fail(decoded.failure === 'too-large' ? 'too-large' : 'bad-request')
  return parseEndpoint(decoded.value.endpoint, way.hosts) === undefined ? fail('not-allowed') : ok(decoded.value)
}
