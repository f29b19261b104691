import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { checkCapability, verifyLogId } from '#crypto/verify.ts'
import type { LogId } from '#schema/ids.ts'
import { decodeGenesis } from '#schema/protocol/genesis.ts'
import { ADMISSION_HEADER, decodeCreateLog, encodeLogState } from '#schema/protocol/http.ts'
import type { Relay } from '../relay.ts'
import { addressOf, answerBytes, answerEmpty, bodyOf, type Env, refuse, withAsker } from './request.ts'

/** `/v1/logs`: making, looking at, closing and deleting a log. */
export const logRoutes = (relay: Relay) =>
  new Hono<Env>()
    .post('/', async c => {
      // Before the rate: who has mistyped a token, or shares the address of one who has, is not kept waiting for it.
      const account = accountOf(relay, c.req.header(ADMISSION_HEADER))
      if (account === undefined) return refuse(c, 'admission')
      const waitMs = relay.rates.newLogs.take(addressOf(relay, c), relay.ticks())
      if (waitMs > 0) return refuse(c, 'rate', { retryAfterMs: waitMs })
      const request = decodeCreateLog(await bodyOf(c))
      if (!request.ok) return refuse(c, 'bad-request')
      const genesis = decodeGenesis(request.value.genesis)
      if (!genesis.ok) return refuse(c, 'bad-request')
      const logId = verifyLogId(request.value.genesis)
      const { capability } = request.value
      if (capability.logId !== logId) return refuse(c, 'wrong-hash')
      if (!checkCapability(capability, genesis.value.ownerKey)) return refuse(c, 'bad-proof')
      const made = await relay.store.createLog({
        logId,
        genesis: genesis.value,
        capability,
        account: account(logId),
        now: relay.now(),
      })
      return answerEmpty(c, made, made.ok && made.value === 'created' ? 201 : 200)
    })
    .get('/:log/state', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const state = await relay.store.state(logId, asker)
        return state.ok ? answerBytes(c, encodeLogState(state.value)) : refuse(c, state.failure)
      }),
    )
    .post('/:log/close', c =>
      withAsker(relay, c, async (logId, { asker }) => answerEmpty(c, await relay.store.closeLog(logId, asker))),
    )
    .delete('/:log', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const deleted = await relay.store.deleteLog(logId, asker)
        if (deleted.ok) relay.hub.changed(logId)
        return answerEmpty(c, deleted)
      }),
    )

/** Whose quota a new log counts against: its token's, or its own where no token is asked for. Tokens are kept as hashes; undefined for one that is none. */
function accountOf(relay: Relay, token: string | undefined): ((logId: LogId) => string) | undefined {
  if (relay.admissionHashes.size === 0) return logId => `log:${logId}`
  const hash = createHash('sha256')
    .update(token ?? '')
    .digest('hex')
  return relay.admissionHashes.has(hash) ? () => `token:${hash}` : undefined
}
