import type { RelayLink, StreamHandlers } from '#app/core/ports.ts'
import { readyVerify } from '#crypto/verify.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { CapabilityId, type LogId } from '#schema/ids.ts'
import { toHex } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { ALL_RIGHTS, NEVER } from '#schema/protocol/capability.ts'
import { encodeGenesis } from '#schema/protocol/genesis.ts'
import { CHALLENGE_PATH, decodeChallengeAnswer } from '#schema/protocol/http.ts'
import { fail, ok } from '#schema/result.ts'
import { createApp } from '#sync-server/app.ts'
import { DEFAULT_LIMITS, type Limits } from '#sync-server/limits/limits.ts'
import { RelayConnection } from '#sync-server/relay-connection.ts'
import type { PushWay } from '#sync-server/push/waker.ts'
import { createRelay } from '#sync-server/relay.ts'
import type { NewLog } from '#sync-server/store/relay-store.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { type RelayAct, rememberActs, rememberMail } from './relay-acts.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The real relay in this process, reached without a socket; messages take a turn of the event loop. */
export interface LoopRelay {
  /** One device's way to it. */
  link(): LoopLink
  /** As after a fire: the same address and signing key, nothing stored. Open streams close. */
  loseEverything(): Promise<void>
  /** As from a backup: what it had by `mark`, without its mailboxes. Open streams close. */
  putBack(mark: number): Promise<void>
  /** Every log it knows, in the order they came. */
  logs(): readonly LogId[]
  genesisOf(logId: LogId): Bytes
  /** As if O had let this key do everything: what a relay that means harm can do. */
  inject(logId: LogId, holderKey: Bytes): Promise<void>
  /** As if every capability of the log had ended: what a relay that means harm can say without anybody's word. */
  endAll(logId: LogId): Promise<void>
  challenge(): Promise<Bytes>
  /** Deletes what signed prunes let go, as it will be in `laterMs`. */
  sweep(laterMs: number): Promise<void>
  /** As when the operator makes room, or takes it away. */
  changeLimits(limits: Partial<Limits>): void
  /** A name for what it has stored by now: `copyAt` makes another relay of it, without its mailboxes. */
  mark(): number
  copyAt(mark: number): Promise<LoopRelay>
  /** What it has now, its mailboxes too; makes another relay of it, as often as it is called. */
  freeze(): () => Promise<LoopRelay>
  /** Tells devices that are away what is due. */
  sendPushes(): Promise<void>
  /** Of everything that it ever took. */
  readonly actCount: number
  stop(): Promise<void>
}

export interface LoopLink extends RelayLink {
  /** Cut, every request is `unreachable` and the stream closes. */
  setReachable(isReachable: boolean): void
  /** As with something else than a relay at its address: what the stream says is noise. */
  setGarbled(isGarbled: boolean): void
  /** As behind a wall that swallows everything: streams that are opened neither open nor close. */
  setMute(isMute: boolean): void
}

const NOISE = new Uint8Array([0xff, 0xfe, 0xfd])

interface LoopRelayOptions {
  readonly now: () => Instant
  readonly limits?: Partial<Limits>
  readonly admissionHashes?: ReadonlySet<string>
  /** Left out: nobody is woken. */
  readonly push?: PushWay
}

export async function startLoopRelay(options: LoopRelayOptions, before: readonly RelayAct[] = []): Promise<LoopRelay> {
  await readyVerify()
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const begin = () => {
    const store = openSqliteStore({ path: ':memory:', limits })
    const acts: RelayAct[] = []
    const mail: RelayAct[] = []
    rememberActs(store, act => acts.push(act))
    rememberMail(store, act => mail.push(act))
    const relay = createRelay({
      store,
      seed: new Uint8Array(32).fill(7),
      limits,
      log: (event, fields) => event === 'error' && console.error(fields),
      now: options.now,
      ticks: options.now,
      ...(options.admissionHashes === undefined ? {} : { admissionHashes: options.admissionHashes }),
      ...(options.push === undefined ? {} : { push: options.push }),
    })
    return { store, relay, app: createApp(relay), acts, mail }
  }
  let running = begin()
  for (const act of before) await act.run(running.store)
  const allCuts = new Set<() => void>()

  function link(): LoopLink {
    let isReachable = true
    let isGarbled = false
    let isMute = false
    const cuts = new Set<() => void>()
    return {
      setReachable(next) {
        isReachable = next
        if (!next) for (const cut of cuts) cut()
      },
      setGarbled(next) {
        isGarbled = next
        for (const cut of cuts) cut()
      },
      setMute(next) {
        isMute = next
      },
      async request({ method, path, headers, body }) {
        if (!isReachable) return fail('unreachable')
        const answer = await running.app.request(path, { method, headers: { ...headers }, ...(body ? { body } : {}) })
        const bytes = new Uint8Array(await answer.arrayBuffer())
        return isReachable ? ok({ status: answer.status, body: bytes }) : fail('unreachable')
      },
      openStream(handlers) {
        if (isMute)
          return { send: () => undefined, bufferedBytes: 0, close: () => queueMicrotask(() => handlers.closed()) }
        const message = (bytes: Uint8Array<ArrayBuffer>) => handlers.message(isGarbled ? NOISE : bytes)
        return openLoopStream({ ...handlers, message }, () => isReachable, cuts)
      },
    }
  }

  function openLoopStream(handlers: StreamHandlers, isReachable: () => boolean, cuts: Set<() => void>) {
    let connection: RelayConnection | undefined
    let isClosed = false
    const close = () => {
      if (isClosed) return
      isClosed = true
      cuts.delete(close)
      allCuts.delete(close)
      connection?.close()
      queueMicrotask(() => handlers.closed())
    }
    cuts.add(close)
    allCuts.add(close)
    setImmediate(() => {
      if (isClosed) return
      if (!isReachable()) return close()
      handlers.opened()
      const later = (run: () => void) => setImmediate(() => isClosed || run())
      connection = new RelayConnection(
        running.relay,
        { send: bytes => void later(() => handlers.message(bytes)), bufferedBytes: () => 0, close },
        'local',
      )
    })
    return {
      send: (bytes: Uint8Array<ArrayBuffer>) => void setImmediate(() => isClosed || void connection?.receive(bytes)),
      bufferedBytes: 0,
      close,
    }
  }

  async function inject(logId: LogId, holderKey: Bytes): Promise<void> {
    const owner = await running.store.owner(logId)
    if (!owner.ok) throw new Error(owner.failure)
    const id = CapabilityId.of(randomBytes(CapabilityId.size))
    const bounds = { notBefore: instant(0), notAfter: NEVER, quotaBytes: Number.MAX_SAFE_INTEGER }
    const capability = { id, logId, holderKey, rights: ALL_RIGHTS, ...bounds, signature: new Uint8Array(64) }
    const registered = await running.store.register(capability, owner.value.number)
    if (!registered.ok) throw new Error(registered.failure)
  }

  async function endAll(logId: LogId): Promise<void> {
    const holderKey = randomBytes(32)
    await inject(logId, holderKey)
    const asker = { holders: [toHex(holderKey)], now: options.now() }
    const known = await running.store.capabilities(logId, asker)
    if (!known.ok) throw new Error(known.failure)
    for (const { id } of known.value) await running.store.revoke(logId, id, asker)
    running.relay.hub.changed(logId)
  }

  async function putBack(mark: number): Promise<void> {
    const lost = running
    const kept = lost.acts.slice(0, mark)
    running = begin()
    for (const act of kept) await act.run(running.store)
    for (const cut of allCuts) cut()
    await lost.store.close()
  }

  return {
    link,
    sendPushes: () => running.relay.waker.send(),
    changeLimits: next => void Object.assign(limits, next),
    loseEverything: () => putBack(0),
    putBack,
    logs: () => logsIn(running.acts).map(({ logId }) => logId),
    genesisOf(logId) {
      const log = logsIn(running.acts).find(one => one.logId === logId)
      if (log === undefined) throw new Error('Cannot find the log')
      return encodeGenesis(log.genesis)
    },
    inject,
    endAll,
    async challenge() {
      const answer = await link().request({ method: 'GET', path: CHALLENGE_PATH })
      const decoded = answer.ok ? decodeChallengeAnswer(answer.value.body) : answer
      if (!decoded.ok) throw new Error(decoded.failure)
      return decoded.value.challenge
    },
    mark: () => running.acts.length,
    copyAt: mark => startLoopRelay({ ...options, limits }, running.acts.slice(0, mark)),
    freeze() {
      const acts = [...running.acts, ...running.mail]
      return () => startLoopRelay({ ...options, limits }, acts)
    },
    get actCount() {
      return running.acts.length + running.mail.length
    },
    async sweep(laterMs) {
      await running.store.sweep(instant(options.now() + laterMs))
    },
    async stop() {
      await running.store.close()
    },
  }
}

function logsIn(acts: readonly RelayAct[]): NewLog[] {
  return acts.flatMap(({ given }) => given.filter(isNewLog))
}

function isNewLog(given: unknown): given is NewLog {
  return typeof given === 'object' && given !== null && 'genesis' in given && 'account' in given
}
