import { hash } from '#crypto/hash.ts'
import { type SigningKey, sign } from '#crypto/keys.ts'
import { concat, type DecodeFailure, toHex } from '#schema/bytes.ts'
import { MailboxId } from '#schema/ids.ts'
import {
  AUTHORIZATION_HEADER,
  accessPath,
  blobPath,
  blobsPath,
  type BlobsPage,
  CHALLENGE_LIFE_MS,
  CHALLENGE_PATH,
  capabilityPath,
  decodeAccess,
  decodeBlobsPage,
  decodeCapabilities,
  decodeChallengeAnswer,
  decodeDropItems,
  decodeFramesPage,
  decodeLogState,
  DROP_HEADER,
  formatAuthorization,
  framesPath,
  LOGS_PATH,
  logPath,
  ownerPath,
  mailboxItemPath,
  mailboxPath,
} from '#schema/protocol/http.ts'
import { answersPath, decodeLinkAnswers, decodeLinkStates, linkPath, linksPath } from '#schema/protocol/link.ts'
import {
  decodePushKey,
  encodePushEnd,
  encodePushSubscription,
  END_PUSH_PATH,
  logPushPath,
  mailboxPushPath,
  PUSH_PATH,
} from '#schema/protocol/push.ts'
import { REQUEST_LABEL, requestProofBytes } from '#schema/protocol/proof.ts'
import { parseRefusal } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Clock, HttpRequest, RelayLink } from '../ports.ts'
import type { RelayClient, RelayFailure } from './sync.ts'

type Bytes = Uint8Array<ArrayBuffer>

const NOTHING = new Uint8Array(0)
/** A challenge is asked anew a minute before the relay forgets it. */
const CHALLENGE_USE_MS = CHALLENGE_LIFE_MS - 60_000

/** Sends one request and sorts the answer; proves `prover` by the relay's challenge when given. */
class RelayHttp {
  readonly #link: RelayLink
  readonly #clock: Clock
  #challenge: { readonly bytes: Bytes; readonly askedAtMs: number } | undefined
  time: ReturnType<RelayClient['relayTime']>

  constructor(link: RelayLink, clock: Clock) {
    this.#link = link
    this.#clock = clock
  }

  async send(request: HttpRequest, prover?: SigningKey): Promise<Result<Bytes, RelayFailure>> {
    if (prover === undefined) return this.#once(request)
    const first = await this.#proved(request, prover)
    const isOld = !first.ok && first.failure.kind === 'refused' && first.failure.code === 'old-challenge'
    if (!isOld) return first
    this.#challenge = undefined
    return this.#proved(request, prover)
  }

  async #proved(request: HttpRequest, prover: SigningKey): Promise<Result<Bytes, RelayFailure>> {
    const challenge = await this.#freshChallenge()
    if (!challenge.ok) return challenge
    const proof = requestProofBytes(challenge.value, request.method, request.path, hash(request.body ?? NOTHING))
    const signature = sign(prover, REQUEST_LABEL, proof)
    const authorization = { holderKey: prover.publicKey, challenge: challenge.value, signature }
    return this.#once({
      ...request,
      headers: { ...request.headers, [AUTHORIZATION_HEADER]: formatAuthorization(authorization) },
    })
  }

  async #freshChallenge(): Promise<Result<Bytes, RelayFailure>> {
    const known = this.#challenge
    if (known !== undefined && this.#clock.monotonicMs() - known.askedAtMs < CHALLENGE_USE_MS) return ok(known.bytes)
    const answer = parsed(await this.#once({ method: 'GET', path: CHALLENGE_PATH }), decodeChallengeAnswer)
    if (!answer.ok) return answer
    this.#challenge = { bytes: answer.value.challenge, askedAtMs: this.#clock.monotonicMs() }
    this.time = { relay: answer.value.relayTime, here: this.#clock.now(), atMs: this.#clock.monotonicMs() }
    return ok(answer.value.challenge)
  }

  async #once(request: HttpRequest): Promise<Result<Bytes, RelayFailure>> {
    const answer = await this.#link.request(request)
    if (!answer.ok) return fail({ kind: 'unreachable' })
    const { status, body } = answer.value
    if (status >= 200 && status < 300) return ok(body)
    const refusal = parseRefusal(body)
    if (refusal !== undefined) return fail({ kind: 'refused', ...refusal })
    // A proxy in front of a relay that is down answers for itself.
    return fail({ kind: status === 502 || status === 503 || status === 504 ? 'unreachable' : 'nonsense' })
  }
}

function parsed<Value>(
  answer: Result<Bytes, RelayFailure>,
  decode: (bytes: Uint8Array) => Result<Value, DecodeFailure>,
): Result<Value, RelayFailure> {
  if (!answer.ok) return answer
  const value = decode(answer.value)
  return value.ok ? value : fail({ kind: 'nonsense' })
}

function unit(answer: Result<unknown, RelayFailure>): Result<void, RelayFailure> {
  return answer.ok ? ok(undefined) : answer
}

/** Whether a log is made there only with a token of the operator's. Asked by nobody in particular. */
export async function asksForAdmission(link: RelayLink): Promise<Result<boolean, RelayFailure>> {
  const answer = await link.request({ method: 'GET', path: CHALLENGE_PATH })
  if (!answer.ok) return fail({ kind: 'unreachable' })
  const decoded = decodeChallengeAnswer(answer.value.body)
  return answer.value.status === 200 && decoded.ok ? ok(decoded.value.asksForAdmission) : fail({ kind: 'nonsense' })
}

/** The relay's HTTP doors for one device. */
export function makeRelayClient(link: RelayLink, holder: SigningKey, clock: Clock): RelayClient {
  const http = new RelayHttp(link, clock)
  const post = async (path: string, body: Bytes, prover?: SigningKey, headers: Readonly<Record<string, string>> = {}) =>
    unit(await http.send({ method: 'POST', path, body, headers }, prover))
  const state: RelayClient['state'] = async logId =>
    parsed(await http.send({ method: 'GET', path: logPath(logId, 'state') }, holder), decodeLogState)

  return {
    state,
    createLog: (genesis, capability) => post(LOGS_PATH, concat(genesis, capability)),
    registerCapability: (logId, capability) => post(logPath(logId, 'caps'), capability),
    async revokeCapability(logId, id) {
      return unit(await http.send({ method: 'DELETE', path: capabilityPath(logId, id) }, holder))
    },
    succeedOwner: (logId, record, afterCursor) => post(ownerPath(logId, afterCursor), record),
    async ownerState(logId) {
      const known = await state(logId)
      if (!known.ok) return known
      const caps = parsed(await http.send({ method: 'GET', path: logPath(logId, 'caps') }, holder), decodeCapabilities)
      if (!caps.ok) return caps
      return ok({ number: known.value.ownerNumber, capabilities: caps.value.map(capability => capability.id) })
    },
    async allFrames(logId) {
      const frames: Bytes[] = []
      let cursor = 0
      for (;;) {
        const page = parsed(
          await http.send({ method: 'GET', path: framesPath(logId, cursor) }, holder),
          decodeFramesPage,
        )
        if (!page.ok) return page
        frames.push(...page.value.frames)
        if (page.value.isEnd) return ok(frames)
        if (page.value.cursor <= cursor) return fail({ kind: 'nonsense' })
        cursor = page.value.cursor
      }
    },
    putBlob: (logId, id, ciphertext) => post(blobPath(logId, id), ciphertext, holder),
    getBlob: (logId, id) => http.send({ method: 'GET', path: blobPath(logId, id) }, holder),
    async access(logId, from) {
      return parsed(await http.send({ method: 'GET', path: accessPath(logId, from) }, holder), decodeAccess)
    },
    begin: (logId, begin) => post(logPath(logId, 'begin'), begin, holder),
    async blobs(logId) {
      const blobs: BlobsPage['blobs'][number][] = []
      for (;;) {
        const path = blobsPath(logId, blobs.at(-1)?.blobId)
        const page = parsed(await http.send({ method: 'GET', path }, holder), decodeBlobsPage)
        if (!page.ok) return page
        blobs.push(...page.value.blobs)
        if (page.value.isEnd) return ok(blobs)
        if (page.value.blobs.length === 0) return fail({ kind: 'nonsense' })
      }
    },
    prune: (logId, record) => post(logPath(logId, 'prune'), record),
    async deleteLog(logId) {
      return unit(await http.send({ method: 'DELETE', path: logPath(logId) }, holder))
    },
    putLink: (logId, link) => post(linksPath(logId), link, holder),
    replaceLinkFile: (logId, linkId, file) => post(linkPath(logId, linkId, 'file'), file, holder),
    async links(logId) {
      return parsed(await http.send({ method: 'GET', path: linksPath(logId) }, holder), decodeLinkStates)
    },
    async changeLink(logId, linkId, act) {
      if (act !== 'destroy') return post(linkPath(logId, linkId, act), NOTHING, holder)
      return unit(await http.send({ method: 'DELETE', path: linkPath(logId, linkId) }, holder))
    },
    async linkAnswers(logId, linkId) {
      return parsed(await http.send({ method: 'GET', path: answersPath(logId, linkId) }, holder), decodeLinkAnswers)
    },
    linkAnswer: (logId, linkId, no) => http.send({ method: 'GET', path: answersPath(logId, linkId, no) }, holder),
    async removeLinkAnswer(logId, linkId, no) {
      return unit(await http.send({ method: 'DELETE', path: answersPath(logId, linkId, no) }, holder))
    },
    drop: (mailbox, token, item) => post(mailboxPath(mailbox), item, undefined, { [DROP_HEADER]: toHex(token) }),
    async take(readKey) {
      const path = mailboxPath(MailboxId.of(hash(readKey.publicKey)))
      const items = parsed(await http.send({ method: 'GET', path }, readKey), decodeDropItems)
      return items.ok ? ok(items.value.map(({ itemId, bytes }) => ({ itemId, item: bytes }))) : items
    },
    async remove(readKey, { itemId, item }) {
      const path = mailboxItemPath(MailboxId.of(hash(readKey.publicKey)), itemId, toHex(hash(item)))
      return unit(await http.send({ method: 'DELETE', path }, readKey))
    },
    pushKey: async () => parsed(await http.send({ method: 'GET', path: PUSH_PATH }), decodePushKey),
    subscribeToLog: (logId, subscription) => post(logPushPath(logId), encodePushSubscription(subscription), holder),
    subscribeToMailbox: (readKey, subscription) =>
      post(mailboxPushPath(MailboxId.of(hash(readKey.publicKey))), encodePushSubscription(subscription), readKey),
    endPush: endpoint => post(END_PUSH_PATH, encodePushEnd(endpoint)),
    relayTime: () => http.time,
  }
}
