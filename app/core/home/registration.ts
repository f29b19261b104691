import { signOwner } from '#crypto/capability.ts'
import type { SigningKey } from '#crypto/keys.ts'
import type { CapabilityId, LogId } from '#schema/ids.ts'
import { encodeOwner, type OwnerRecord } from '#schema/protocol/owner.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import type { Keyring, LogKeys } from './keyring.ts'
import { deviceCapability, deviceCapabilityId, keptCapabilities } from './own-capability.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Answer = Result<void, RelayFailure>
/** What of the keyring concerns every log. */
type Known = Pick<Keyring, 'birth' | 'devices'>

/**
 * Makes the relay know this device for one log: registers our capability under the newest O it takes, or brings the whole log
 * back when the relay has none (first contact, or it lost its data), with every succession of O up to the one we know.
 * `bad-proof` for every O we know: somebody succeeded O without us.
 */
export async function registerDevice(
  client: RelayClient,
  log: LogKeys,
  holderKey: Bytes,
  keyring: Known,
): Promise<Answer> {
  const signers = log.owners.map(owner => owner.key)
  const answer = await registerSigned(client, log.logId, signers, key => deviceCapability(log.logId, holderKey, key))
  return isRefused(answer, 'unknown-log') ? bringLog(client, log, holderKey, keyring) : answer
}

/** Registers what `sign` makes under the first of `signers` whom the relay obeys: the newest may be planned and not taken yet. */
export async function registerSigned(
  client: RelayClient,
  logId: LogId,
  signers: readonly SigningKey[],
  sign: (owner: SigningKey) => Bytes,
): Promise<Answer> {
  let answer: Answer = fail({ kind: 'refused', code: 'bad-proof' })
  for (const signer of signers) {
    answer = await client.registerCapability(logId, sign(signer))
    if (answer.ok || !isRefused(answer, 'bad-proof')) return answer
  }
  return answer
}

/** As if the relay had nothing of the log; whatever it has already stays. */
export async function bringLog(
  client: RelayClient,
  log: LogKeys,
  holderKey: Bytes,
  { birth, devices }: Known,
): Promise<Answer> {
  const isHome = log.section === 'home'
  const first = ownerAt(log, 0)
  const capability = isHome ? birth?.capability : first && deviceCapability(log.logId, holderKey, first)
  if (capability === undefined) return fail({ kind: 'refused', code: 'unknown-log' })
  let answer = await client.createLog(log.genesis, capability)
  if (answer.ok && isHome && birth) answer = await client.succeedOwner(log.logId, birth.owner)
  const newest = log.owners[0]?.number ?? 0
  for (let number = isHome ? 2 : 1; number <= newest && answer.ok; number++) {
    const [signer, next] = [ownerAt(log, number - 1), ownerAt(log, number)]
    if (!signer || !next) return fail({ kind: 'refused', code: 'bad-proof' })
    // Another device may have come as soon as the log was there.
    const staying = unique([deviceCapabilityId(holderKey, log.logId), ...keptCapabilities(devices, log.logId)])
    const body = { logId: log.logId, number, nextOwnerKey: next.publicKey, staying }
    answer = await client.succeedOwner(log.logId, encodeOwner(signOwner(body, signer)))
  }
  const last = log.owners[0]?.key
  if (!answer.ok || !isHome || !last) return answer
  const registered = await client.registerCapability(log.logId, deviceCapability(log.logId, holderKey, last))
  // The device that was there at birth has its capability already, signed by homeOwner.
  return isRefused(registered, 'stale') ? ok(undefined) : registered
}

/** The first of a number is the one that every device would choose to bring back. */
function ownerAt(log: LogKeys, number: number): SigningKey | undefined {
  return log.owners.find(owner => owner.number === number)?.key
}

/**
 * Where a relay was put back to an earlier day, what was ended since counts there once more: succeeds O again up to `number`, and once
 * more if one of the `ended` is still registered. Of several keys of one number the first is taken.
 */
export async function restoreOwner(
  client: RelayClient,
  log: LogKeys,
  number: number,
  known: Pick<Keyring, 'birth'> & { readonly ended: ReadonlySet<string>; readonly kept: readonly CapabilityId[] },
): Promise<Result<'level' | 'restored', RelayFailure>> {
  const signers = log.owners.map(owner => owner.key)
  const { birth, ended, kept } = known
  for (let steps = 0; ; steps++) {
    const state = await client.ownerState(log.logId)
    if (!state.ok) return state
    const { capabilities } = state.value
    const next = state.value.number + 1
    if (next > number && !capabilities.some(id => ended.has(id))) return ok(steps === 0 ? 'level' : 'restored')
    const key = next > number ? log.owners[0]?.key : ownerAt(log, next)
    if (key === undefined) return fail({ kind: 'refused', code: 'bad-proof' })
    const staying = unique([...kept, ...capabilities.filter(id => !ended.has(id))])
    const body = { logId: log.logId, number: next, nextOwnerKey: key.publicKey, staying }
    const isBirth = log.section === 'home' && next === 1 && birth !== undefined
    const answer = isBirth
      ? await client.succeedOwner(log.logId, birth.owner)
      : await signedByAny(client, body, signers)
    // Another device may be at the same.
    if (!answer.ok && !isRefused(answer, 'stale')) return answer
  }
}

async function signedByAny(
  client: RelayClient,
  body: Omit<OwnerRecord, 'signature'>,
  signers: readonly SigningKey[],
  afterCursor?: number,
): Promise<Answer> {
  let answer: Answer = fail({ kind: 'refused', code: 'bad-proof' })
  for (const signer of signers) {
    answer = await client.succeedOwner(body.logId, encodeOwner(signOwner(body, signer)), afterCursor)
    if (answer.ok || !isRefused(answer, 'bad-proof')) return answer
  }
  return answer
}

/**
 * Succeeds O so that only what `staying` answers goes on, registered yet or not; it hears what is registered now. Answers which number O
 * got. With `afterCursor` the relay refuses it as `stale` where the log got a CONTROL frame after that.
 */
export async function succeedOwner(
  client: RelayClient,
  logId: LogId,
  next: SigningKey,
  signers: readonly SigningKey[],
  staying: (registered: readonly CapabilityId[]) => Promise<Result<readonly CapabilityId[], RelayFailure>>,
  afterCursor?: number,
): Promise<Result<{ readonly number: number }, RelayFailure>> {
  const state = await client.ownerState(logId)
  if (!state.ok) return state
  const known = await staying(state.value.capabilities)
  if (!known.ok) return known
  const number = state.value.number + 1
  const body = { logId, number, nextOwnerKey: next.publicKey, staying: unique(known.value) }
  const answer = await signedByAny(client, body, signers, afterCursor)
  return answer.ok ? ok({ number }) : answer
}

function unique(ids: readonly CapabilityId[]): CapabilityId[] {
  return [...new Set(ids)]
}

export function isRefused(answer: Result<unknown, RelayFailure>, code: string): boolean {
  return !answer.ok && answer.failure.kind === 'refused' && answer.failure.code === code
}
