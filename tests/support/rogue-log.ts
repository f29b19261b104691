import { NO_LINKS } from '#app/core/exchange/link/link-book.ts'
import { NO_ISSUERS } from '#app/core/exchange/card/issuer-book.ts'
import { NO_TABLES } from '#app/core/exchange/csv/table-book.ts'
import { createSealedLog, makeGenesis } from '#app/core/log/create-log.ts'
import { openSealedLog } from '#app/core/log/open-log.ts'
import { recoverHomeKeys } from '#app/core/log/recover-keys.ts'
import type { EpochKey, SealedLog } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { openRecord, type RecordService } from '#app/core/record/open-record.ts'
import { decodeGrant, type Grant, type GrantedLog, grantKeys } from '#app/core/sharing/grant.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { signCapability } from '#crypto/capability.ts'
import { type KemKey, makeKemKey, makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { CapabilityId, idBytes, type LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { ALL_RIGHTS, encodeCapability, NEVER, RIGHTS } from '#schema/protocol/capability.ts'
import type { LogKind } from '#schema/protocol/genesis.ts'
import { encodeFrames, formatWriterProofs, logPath, WRITER_HEADER } from '#schema/protocol/http.ts'
import { WRITER_LABEL, writerProofBytes } from '#schema/protocol/proof.ts'
import { parseRefusal } from '#schema/protocol/refusal.ts'
import { condition } from './household.ts'
import { makeEpochKey } from './log-kit.ts'
import type { LoopRelay } from './loop-link.ts'
import { makeMemoryDisk, type MemoryStore } from './memory-store.ts'
import type { RoguePerson } from './rogue.ts'
import { authorization } from './signed.ts'
import { makeTestClock, testRandom } from './test-clock.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** POST of what this log has and the relay does not, as `holder`: what the relay says. */
async function post(relay: LoopRelay, holder: SigningKey, log: SealedLog): Promise<string> {
  const items = await log.outbox(Number.MAX_SAFE_INTEGER)
  const frames = items.flatMap(item => (item.kind === 'frame' ? item : []))
  const [path, body] = [logPath(log.id, 'frames'), encodeFrames(frames.map(({ bytes }) => bytes))]
  const challenge = await relay.challenge()
  const signature = log.signAsWriter(WRITER_LABEL, writerProofBytes(challenge, log.id))
  const headers = {
    authorization: authorization(holder, challenge, 'POST', path, body),
    [WRITER_HEADER]: formatWriterProofs([{ writer: frames[0]!.writer, signature }]),
  }
  const answer = await relay.link().request({ method: 'POST', path, headers, body })
  if (!answer.ok) return answer.failure
  if (answer.value.status >= 300) return parseRefusal(answer.value.body)?.code ?? 'nonsense'
  await log.acknowledged(items)
  return 'taken'
}

/** A record over one log that refuses nothing: whatever its person's role is. */
function recordOver(log: SealedLog, store: MemoryStore): Promise<RecordService> {
  const clock = makeTestClock()
  return openRecord({
    store,
    clock,
    random: testRandom,
    localKey: randomBytes(32),
    sections: ['problems'],
    role: 'write',
    links: NO_LINKS,
    logOf: () => log,
    commit: prepared => commitAll(store, prepared),
    onSaved: () => undefined,
    issuers: NO_ISSUERS,
    tables: NO_TABLES,
    authors: { authorOf: () => ({ type: 'you' }), actingDevices: () => new Set(), subscribe: () => () => undefined },
    person: () => ({ personName: 'Rogue', birthDate: '' }),
  })
}

const logDeps = () => ({
  store: makeMemoryDisk().open(),
  clock: makeTestClock(),
  random: testRandom,
  localKey: randomBytes(32),
})

function capability(logId: LogId, owner: SigningKey, holderKey: Bytes, rights: number): Bytes {
  const body = { id: CapabilityId.of(randomBytes(CapabilityId.size)), logId, holderKey, rights }
  const bounds = { notBefore: instant(0), notAfter: NEVER, quotaBytes: Number.MAX_SAFE_INTEGER }
  return encodeCapability(signCapability({ ...body, ...bounds }, owner))
}

/** A section's log of `person`'s, at the relay, with one condition in it; for grants that no app would write. */
export async function makeRogueLog(given: {
  readonly relay: LoopRelay
  readonly person: RoguePerson
  readonly title: string
  readonly kind?: LogKind
}) {
  const { relay, person, kind = 'section' } = given
  const [owner, holder, epochs] = [makeSigningKey(), makeSigningKey(), [makeEpochKey()]]
  const { bytes: genesis, logId } = makeGenesis(kind, owner, randomBytes(16), idBytes(person.principal))
  const identity = { principal: person.principal, device: person.device, kem: makeKemKey(), chain: person.chain }
  const deps = { ...logDeps(), identity }
  const { log, write } = await createSealedLog(deps, genesis, epochs[0]!, [])
  await deps.store.commit(write.writes)
  write.committed()
  const record = await recordOver(log, deps.store)
  await record.addEntry(condition(given.title))
  await record.idle()
  const client = makeRelayClient(relay.link(), holder, deps.clock)
  if (kind === 'section') await client.createLog(genesis, capability(logId, owner, holder.publicKey, ALL_RIGHTS))
  if (kind === 'section') await post(relay, holder, log)
  const granted = (seed: Bytes): GrantedLog => ({
    section: 'problems',
    genesis,
    epochs,
    capability: capability(logId, owner, grantKeys(seed).holder.publicKey, RIGHTS.read),
  })
  return {
    granted,
    /** Also lets the grant's key pair into the roster. */
    async admit(seed: Bytes): Promise<GrantedLog> {
      const key: EpochKey = makeEpochKey()
      epochs.push(key)
      const { principal } = grantKeys(seed)
      await log.writeEpoch(key, [], [], { grants: [{ principal, role: 'write' }], readers: [] })
      await post(relay, holder, log)
      return granted(seed)
    },
  }
}

/** A recipient with a changed app at work in the first log of a grant. */
export async function makeRogueMember(relay: LoopRelay, grant: Grant, shareKem: KemKey) {
  const [{ genesis, epochs, capability: granted }] = grant.logs as [GrantedLog]
  const seed = grant.seed!
  const { voucher, principal, holder } = grantKeys(seed)
  const deps = { ...logDeps(), identity: { principal, device: voucher, kem: shareKem, chain: [] } }
  const opened = await openSealedLog(deps, genesis, epochs)
  if (!opened.ok) throw new Error('Cannot open the log of the grant')
  const log = opened.value
  const record = await recordOver(log, deps.store)
  const client = makeRelayClient(relay.link(), holder, deps.clock)
  const fetch = async () => {
    const frames = await client.allFrames(log.id)
    if (!frames.ok) return []
    await log.receive(frames.value)
    await log.addKeys(recoverHomeKeys(genesis, frames.value, shareKem))
    return frames.value
  }
  const said = (answer: Awaited<ReturnType<typeof client.state>> | { readonly ok: true }) =>
    answer.ok ? 'ok' : answer.failure.kind === 'refused' ? answer.failure.code : answer.failure.kind
  return {
    logId: log.id,
    seed,
    async titles(): Promise<readonly string[]> {
      await fetch()
      await record.idle()
      return (await record.timelineRows({}, 0, 100)).map(row => row.title).toSorted()
    },
    frameCount: async () => (await fetch()).length,
    async add(title: string): Promise<void> {
      const added = await record.addEntry(condition(title))
      if (!added.ok) throw new Error(added.failure.kind)
      await record.idle()
    },
    /** Frames that were written here and no relay has taken. */
    async unsent(): Promise<readonly Bytes[]> {
      const items = await log.outbox(Number.MAX_SAFE_INTEGER)
      return items.flatMap(item => (item.kind === 'frame' ? [item.bytes] : []))
    },
    /** Gives them to the relay: its code, or `taken`. */
    send: () => post(relay, holder, log),
    look: async () => said(await client.state(log.id)),
    async register(): Promise<string> {
      const answer = await client.registerCapability(log.id, granted)
      return said(answer.ok ? { ok: true } : answer)
    },
    close: async () => {
      record.dispose()
      log.dispose()
    },
  }
}

/** What of `letters` are grants, newest first. */
export function grantsIn(letters: readonly { readonly kind: string; readonly body: Bytes }[]): Grant[] {
  return letters.flatMap(letter => {
    const grant = letter.kind === 'grant' ? decodeGrant(letter.body) : undefined
    return grant?.ok ? grant.value : []
  })
}
