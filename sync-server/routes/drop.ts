import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { verifyHash, verifySignature } from '#crypto/verify.ts'
import { fromHex } from '#schema/bytes.ts'
import { MailboxId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { DROP_HEADER, encodeDropItems, MAX_DROP_BYTES } from '#schema/protocol/http.ts'
import { DROP_LABEL, decodeDropToken, encodeDropTokenBody } from '#schema/protocol/proof.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Relay } from '../relay.ts'
import { addressOf, answerBytes, answerEmpty, authorize, bodyOf, type Env, refuse } from './request.ts'

const HASH_BYTES = 32

/** `/v1/drop/:mailbox`: small sealed letters. Who drops is not asked; who reads proves the key whose hash the mailbox is. */
export const dropRoutes = (relay: Relay) =>
  new Hono<Env>()
    .post('/:mailbox', bodyLimit({ maxSize: MAX_DROP_BYTES, onError: c => refuse(c, 'too-large') }), async c => {
      const waitMs = relay.rates.newDrops.take(addressOf(relay, c), relay.ticks())
      if (waitMs > 0) return refuse(c, 'rate', { retryAfterMs: waitMs })
      const mailbox = tokenMailbox(relay, c)
      if (!mailbox.ok) return refuse(c, mailbox.failure)
      const bytes = await bodyOf(c)
      if (bytes.length === 0) return refuse(c, 'bad-request')
      const now = relay.now()
      const expiresAt = instant(now + relay.limits.dropLifeMs)
      const dropped = await relay.store.drop({ mailbox: mailbox.value, bytes, now, expiresAt })
      if (dropped.ok) relay.waker.letterArrived(mailbox.value)
      return answerEmpty(c, dropped, 201)
    })
    .get('/:mailbox', async c => {
      const mailbox = await provenMailbox(relay, c)
      if (!mailbox.ok) return refuse(c, mailbox.failure)
      return answerBytes(c, encodeDropItems(await relay.store.drops(mailbox.value, relay.now())))
    })
    .delete('/:mailbox/:item', async c => {
      const mailbox = await provenMailbox(relay, c)
      if (!mailbox.ok) return refuse(c, mailbox.failure)
      const [item, itemHash] = [c.req.param('item'), fromHex(c.req.query('hash') ?? '')]
      if (!/^\d{1,15}$/.test(item) || itemHash?.length !== HASH_BYTES) return refuse(c, 'bad-request')
      await relay.store.removeDrop(mailbox.value, Number(item), itemHash)
      return c.body(null, 200)
    })

/** The path's mailbox, if the token was signed by its read key and is still good. */
function tokenMailbox(relay: Relay, c: Context): Result<MailboxId, RefusalCode> {
  const mailbox = MailboxId.parse(c.req.param('mailbox') ?? '')
  if (mailbox === undefined) return fail('bad-request')
  const bytes = fromHex(c.req.header(DROP_HEADER) ?? '')
  const token = decodeDropToken(bytes ?? new Uint8Array())
  if (!token.ok || MailboxId.of(verifyHash(token.value.readKey)) !== mailbox) return fail('bad-proof')
  const { readKey, notAfter, signature } = token.value
  if (!verifySignature(readKey, DROP_LABEL, encodeDropTokenBody(token.value), signature)) return fail('bad-proof')
  return relay.now() < notAfter ? ok(mailbox) : fail('expired')
}

/** The path's mailbox, if its read key signed the request. */
export async function provenMailbox(relay: Relay, c: Context): Promise<Result<MailboxId, RefusalCode>> {
  const mailbox = MailboxId.parse(c.req.param('mailbox') ?? '')
  if (mailbox === undefined) return fail('bad-request')
  const authorized = authorize(relay, c, await bodyOf(c))
  if (!authorized.ok) return authorized
  const key = fromHex(authorized.value.asker.holders[0] ?? '')
  return key !== undefined && MailboxId.of(verifyHash(key)) === mailbox ? ok(mailbox) : fail('not-allowed')
}
