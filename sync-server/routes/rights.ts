import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { checkBegin, checkCapability, checkOwner, checkPrune, verifyFrame, verifyFrameHash } from '#crypto/verify.ts'
import { toHex } from '#schema/bytes.ts'
import { CapabilityId, type LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { decodeBegin, MAX_BEGIN_BYTES } from '#schema/protocol/begin.ts'
import { decodeCapability } from '#schema/protocol/capability.ts'
import { encodeAccess, encodeCapabilities, encodePruneReport } from '#schema/protocol/http.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { decodeOwner, decodePrune } from '#schema/protocol/owner.ts'
import type { Relay } from '../relay.ts'
import type { LogOwner, NewFrame } from '../store/relay-store.ts'
import { answerBytes, answerEmpty, bodyOf, countInQuery, type Env, logIdOf, refuse, withAsker } from './request.ts'

/** `/v1/logs/:log/…`: who may do what, and what only the owner may sign. */
export const rightRoutes = (relay: Relay) =>
  new Hono<Env>()
    .get('/:log/caps', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const capabilities = await relay.store.capabilities(logId, asker)
        return capabilities.ok
          ? answerBytes(c, encodeCapabilities(capabilities.value))
          : refuse(c, capabilities.failure)
      }),
    )
    .post('/:log/caps', async c => {
      const capability = decodeCapability(await bodyOf(c))
      if (!capability.ok || capability.value.logId !== logIdOf(c)) return refuse(c, 'bad-request')
      const owner = await relay.store.owner(capability.value.logId)
      if (!owner.ok) return refuse(c, owner.failure)
      const isSigned = signersOf(owner.value).some(key => checkCapability(capability.value, key))
      if (!isSigned) return refuse(c, 'bad-proof')
      return answerEmpty(c, await relay.store.register(capability.value, owner.value.number))
    })
    .delete('/:log/caps/:capability', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const id = CapabilityId.parse(c.req.param('capability'))
        if (id === undefined) return refuse(c, 'bad-request')
        const revoked = await relay.store.revoke(logId, id, asker)
        if (revoked.ok) relay.hub.changed(logId)
        return answerEmpty(c, revoked)
      }),
    )
    .post('/:log/owner', async c => {
      const record = decodeOwner(await bodyOf(c))
      if (!record.ok || record.value.logId !== logIdOf(c)) return refuse(c, 'bad-request')
      const { logId, number, nextOwnerKey } = record.value
      const afterCursor = c.req.query('after') === undefined ? undefined : countInQuery(c, 'after')
      if (afterCursor === undefined && c.req.query('after') !== undefined) return refuse(c, 'bad-request')
      const owner = await relay.store.owner(logId)
      if (!owner.ok) return refuse(c, owner.failure)
      // Sent again after a lost answer: its signer is no longer O, but what it asks for is so.
      if (number === owner.value.number && toHex(nextOwnerKey) === toHex(owner.value.ownerKey)) return c.body(null, 200)
      const isSigned = signersOf(owner.value).some(key => checkOwner(record.value, key))
      if (!isSigned) return refuse(c, 'bad-proof')
      const succeeded = await relay.store.succeed({
        ...record.value,
        ...(afterCursor === undefined ? {} : { afterCursor }),
      })
      if (!succeeded.ok) return refuse(c, succeeded.failure.code, ownerDetail(succeeded.failure.ownerNumber))
      relay.hub.changed(logId)
      return c.body(null, 200)
    })
    .post('/:log/prune', async c => {
      const record = decodePrune(await bodyOf(c))
      if (!record.ok || record.value.logId !== logIdOf(c)) return refuse(c, 'bad-request')
      const owner = await relay.store.owner(record.value.logId)
      if (!owner.ok) return refuse(c, owner.failure)
      if (!checkPrune(record.value, owner.value.ownerKey)) return refuse(c, 'bad-proof')
      const dueAt = instant(relay.now() + relay.limits.pruneGraceMs)
      const report = await relay.store.prune(record.value, owner.value.number, dueAt)
      return report.ok ? answerBytes(c, encodePruneReport(report.value)) : refuse(c, report.failure)
    })
    .post('/:log/begin', bodyLimit({ maxSize: MAX_BEGIN_BYTES, onError: c => refuse(c, 'too-large') }), c =>
      withAsker(relay, c, async (logId, { asker }, body) => {
        const begin = decodeBegin(body)
        if (!begin.ok || begin.value.record.logId !== logId) return refuse(c, 'bad-request')
        const owner = await relay.store.owner(logId)
        if (!owner.ok) return refuse(c, owner.failure)
        const { record } = begin.value
        if (!checkBegin(record, owner.value.ownerKey)) return refuse(c, 'bad-proof')
        const frames = signedFrames(logId, begin.value.frames)
        if (frames === undefined) return refuse(c, 'bad-request')
        const begun = await relay.store.begin({ record, frames }, owner.value.number, asker)
        if (!begun.ok) return refuse(c, begun.failure)
        for (const { cursor, bytes } of begun.value.stored) relay.hub.published(logId, cursor, bytes, undefined)
        return c.body(null, 200)
      }),
    )
    .get('/:log/access', c =>
      withAsker(relay, c, async (logId, { asker }) => {
        const from = countInQuery(c, 'from')
        if (from === undefined || from > 8.64e15) return refuse(c, 'bad-request')
        const entries = await relay.store.access(logId, instant(from), asker)
        return entries.ok ? answerBytes(c, encodeAccess(entries.value)) : refuse(c, entries.failure)
      }),
    )

/** Undefined where one is of another log, or not signed by its writer. */
function signedFrames(logId: LogId, frames: readonly Uint8Array<ArrayBuffer>[]): NewFrame[] | undefined {
  const read = frames.map(bytes => {
    const decoded = decodeFrame(bytes)
    if (!decoded.ok || decoded.value.header.logId !== logId || !verifyFrame(decoded.value, bytes)) return undefined
    const { writer, seq, prev, kind } = decoded.value.header
    return { logId, writer, seq, prev, kind, hash: verifyFrameHash(bytes), bytes }
  })
  return read.includes(undefined) ? undefined : read.filter(frame => frame !== undefined)
}

/** Whose signature counts: the current O's, and for a home log always its first O's. */
function signersOf({ ownerKey, homeOwnerKey }: LogOwner): Uint8Array[] {
  return homeOwnerKey === undefined ? [ownerKey] : [ownerKey, homeOwnerKey]
}

function ownerDetail(ownerNumber: number | undefined): { ownerNumber?: number } {
  return ownerNumber === undefined ? {} : { ownerNumber }
}
