import { expect } from 'vitest'
import { ImmutableString } from '@automerge/automerge'
import { registerDevice } from '#app/core/home/registration.ts'
import type { HttpAnswer, HttpRequest, LinkFailure, RelayLink } from '#app/core/ports.ts'
import type { SyncStatus } from '#app/core/session.ts'
import type { ShareRole } from '#app/core/share-session.ts'
import { shareCapability } from '#app/core/sharing/live-capabilities.ts'
import { makeSyncEngine } from '#app/core/sync/engine.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import type { RelayClient, RelayFailure, SyncEngine } from '#app/core/sync/sync.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { CapabilityId, type LogId, PrincipalId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { ok, type Result } from '#schema/result.ts'
import type { LogStory, Replica } from './log-kit.ts'
import { type LoopLink, type LoopRelay, startLoopRelay } from './loop-link.ts'
import { makeVirtualClock, VirtualTime } from './virtual-clock.ts'

/** One device's engine, and all it ever said of itself. */
export interface SyncedDevice {
  readonly replica: Replica
  readonly engine: SyncEngine
  readonly client: RelayClient
  readonly link: LoopLink
  readonly said: SyncStatus[]
  /** How often it had to register. */
  readonly registrations: () => number
  /** When it opened a stream, by virtual time. */
  readonly openedAtMs: readonly number[]
}

/** Every request passes by here on its way; may answer for the relay. */
export type Tap = (
  request: HttpRequest,
  pass: () => Promise<Result<HttpAnswer, LinkFailure>>,
) => Promise<Result<HttpAnswer, LinkFailure>>

/** One story's devices at the real relay, under a clock that moves when it is waited for. */
export class SyncStory {
  readonly time = new VirtualTime()
  readonly relay: LoopRelay
  readonly devices: SyncedDevice[] = []
  readonly #holders = new Map<SigningKey, SigningKey>()

  private constructor(relay: LoopRelay) {
    this.relay = relay
  }

  static async begin(limits: Parameters<typeof startLoopRelay>[0]['limits'] = {}): Promise<SyncStory> {
    const time = { current: undefined as VirtualTime | undefined }
    const relay = await startLoopRelay({ now: () => time.current!.now(), limits })
    const story = new SyncStory(relay)
    time.current = story.time
    return story
  }

  /** An engine with this replica's log, and those of `others` on the same device. */
  start(
    log: LogStory,
    replica: Replica,
    options: {
      readonly tap?: Tap
      readonly others?: LogStory[]
      readonly at?: LoopRelay
      /** It has the log by a share only, and may there what such a one may. */
      readonly role?: ShareRole
      /** Hears of every time that the relay's O is asked for. */
      readonly restoreOwner?: () => unknown
      /** Answers whether what is over has ended. */
      readonly endOver?: () => Result<void, RelayFailure>
      /** Each byte that chance gives its engine, 0 to 255; else random ones. */
      readonly chance?: number
    } = {},
  ): SyncedDevice {
    const link = (options.at ?? this.relay).link()
    const { tap } = options
    const openedAtMs: number[] = []
    const tapped: RelayLink = {
      request: request => (tap === undefined ? link.request(request) : tap(request, () => link.request(request))),
      openStream: handlers => {
        openedAtMs.push(this.time.nowMs)
        return link.openStream(handlers)
      },
    }
    const clock = makeVirtualClock(this.time, 0)
    const holder = this.#holderOf(replica)
    const client = makeRelayClient(tapped, holder, clock)
    const { chance } = options
    const random = { bytes: chance === undefined ? randomBytes : (count: number) => new Uint8Array(count).fill(chance) }
    const engine = makeSyncEngine({ link: tapped, client, holder, clock, random })
    const said: SyncStatus[] = []
    let registrations = 0
    engine.watchStatus(status => said.push(status))
    const device = { replica, engine, client, link, said, registrations: () => registrations, openedAtMs }
    this.devices.push(device)
    for (const each of [
      { story: log, replica },
      ...(options.others ?? []).map(story => ({ story, replica: story.creator })),
    ]) {
      const { id } = each.replica.log
      const owners = [{ number: 0, key: each.story.ownerKey }]
      const keys = { logId: id, genesis: each.story.genesis, section: 'vitals', owners, epochs: [], moved: [] } as const
      engine.add(each.replica.log, {
        ensureRegistered: relay => {
          registrations++
          const { role } = options
          if (role !== undefined) return relay.registerCapability(id, grantedTo(holder, id, role, each.story.ownerKey))
          return registerDevice(relay, keys, holder.publicKey, { devices: [] })
        },
        restoreOwner: async () => {
          await options.restoreOwner?.()
          return ok('level')
        },
        endOver: async () => options.endOver?.() ?? ok(undefined),
      })
    }
    return device
  }

  /** Time goes on until it is so. */
  async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let round = 0; round < 1000; round++) {
      if (await holds()) return
      await this.time.run(200)
      await new Promise(resolve => setTimeout(resolve, 0))
    }
    expect.fail(`It never came to be: ${what}`)
  }

  /** Time goes on for so long, in steps in which messages reach whom they are for. */
  async pass(durationMs: number): Promise<void> {
    const untilMs = this.time.nowMs + durationMs
    while (this.time.nowMs < untilMs) {
      await this.time.run(1000)
      for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve))
    }
  }

  /** What is promised, while time goes on. */
  async hears<Value>(promised: Promise<Value>): Promise<Value> {
    let isDone = false
    void promised.finally(() => {
      isDone = true
    })
    await this.until('it is answered', () => isDone)
    return promised
  }

  settle({ engine }: SyncedDevice) {
    return this.hears(engine.settle())
  }

  /** What signed prunes let go is gone: their days of grace are over. */
  async sweep(): Promise<void> {
    await this.relay.sweep(40 * 24 * 3600_000)
  }

  async end(): Promise<void> {
    for (const { engine } of this.devices) engine.stop()
    await this.time.drain()
    await this.relay.stop()
  }

  #holderOf({ identity }: Replica): SigningKey {
    const there = this.#holders.get(identity.device)
    const holder = there ?? makeSigningKey()
    this.#holders.set(identity.device, holder)
    return holder
  }
}

function grantedTo(holder: SigningKey, logId: LogId, role: ShareRole, ownerKey: SigningKey) {
  const principal = PrincipalId.of(new Uint8Array(PrincipalId.size))
  const made = { logId, id: CapabilityId.of(randomBytes(CapabilityId.size)), notAfter: NEVER, principal }
  return shareCapability({ role, holderKey: holder.publicKey }, made, ownerKey)
}

export type Notes = Record<string, ImmutableString>

export async function note({ log }: Replica, id: string, text = id): Promise<void> {
  await log.change<Notes>('notes', doc => {
    doc[id] = new ImmutableString(text)
  })
  const stored = await log.flush()
  if (!stored.ok) throw new Error(`Cannot note: ${stored.failure}`)
}

export async function notes({ log }: Replica): Promise<string[]> {
  return Object.keys(await log.read<Notes>('notes')).toSorted()
}
