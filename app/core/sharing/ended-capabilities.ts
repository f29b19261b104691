import { signCapability } from '#crypto/capability.ts'
import type { SigningKey } from '#crypto/keys.ts'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { CapabilityId, idBytes, LogId, PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { encodeCapability, RIGHTS } from '#schema/protocol/capability.ts'
import { readInstant } from '#schema/protocol/proof.ts'
import { ok, type Result } from '#schema/result.ts'
import { isRefused, registerSigned } from '../home/registration.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What a share's capability was called, and when it was ended, by this person's clock. */
export interface EndedCapability {
  readonly logId: LogId
  readonly id: CapabilityId
  readonly endedAt: Instant
  /** The G for whose recipient it was. */
  readonly principal: PrincipalId
}

/** As it stands in a share's document, under the capability's id. */
export function encodeEnded({ logId, endedAt, principal }: EndedCapability): Bytes {
  return new ByteWriter().bytes(idBytes(logId)).u64(endedAt).bytes(idBytes(principal)).done()
}

/** `first`: the share's first G, for which it was where none is named. */
export function readEnded(name: string, bytes: Uint8Array, first: PrincipalId): EndedCapability[] {
  const id = CapabilityId.parse(name)
  const decoded = decodeAll(bytes, reader => ({
    logId: LogId.read(reader),
    endedAt: readInstant(reader),
    principal: reader.left === 0 ? first : PrincipalId.read(reader),
  }))
  return id !== undefined && decoded.ok ? [{ id, ...decoded.value }] : []
}

/**
 * Does the relay know the one of `ended`, of one log, that ended last? One that was put back to an earlier day does not, and its id is
 * taken with this question. Asked before the relay is asked what it serves: whoever brings an ended one in between stands in that.
 */
export async function probeEnded(
  client: RelayClient,
  signers: readonly SigningKey[],
  ended: readonly EndedCapability[],
): Promise<Result<'there' | 'gone', RelayFailure>> {
  const last = ended.toSorted((a, b) => b.endedAt - a.endedAt)[0]
  return last === undefined ? ok('there') : takeItsPlace(client, last, signers)
}

/** Ends all of `ended` once more, so that no holder can bring one again. `signers`: every O that the relay may obey. */
export async function endAgain(
  client: RelayClient,
  signers: readonly SigningKey[],
  ended: readonly EndedCapability[],
): Promise<Result<'restored', RelayFailure>> {
  for (const one of ended) {
    const done = await endForGood(client, one, signers)
    if (!done.ok) return done
  }
  return ok('restored')
}

/** Afterwards nothing is served under this id, and nobody can register it: also where the relay never heard of it. */
export async function endForGood(
  client: RelayClient,
  one: Pick<EndedCapability, 'logId' | 'id'>,
  signers: readonly SigningKey[],
): Promise<Result<void, RelayFailure>> {
  const taken = await takeItsPlace(client, one, signers)
  return taken.ok ? client.revokeCapability(one.logId, one.id) : taken
}

/** `there`: the relay knows the id, ended or not. Otherwise it has one under it now that is good for nothing. */
async function takeItsPlace(
  client: RelayClient,
  { logId, id }: Pick<EndedCapability, 'logId' | 'id'>,
  signers: readonly SigningKey[],
): Promise<Result<'there' | 'gone', RelayFailure>> {
  const bounds = { rights: RIGHTS.read, notBefore: instant(0), notAfter: instant(1), quotaBytes: 0 }
  const answer = await registerSigned(client, logId, signers, owner =>
    encodeCapability(signCapability({ id, logId, holderKey: owner.publicKey, ...bounds }, owner)),
  )
  if (answer.ok) return ok('gone')
  return isRefused(answer, 'stale') ? ok('there') : answer
}
