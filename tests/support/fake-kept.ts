import type {
  GuardianFailure,
  Guardians,
  HandOver,
  HandOverRequest,
  KeepFailure,
  KeepRecord,
  KeptRecord,
  KeptRecords,
} from '#app/core/kept-session.ts'
import type { RecoveryKit, Session, Stop } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeFollow } from './fake-follow.ts'
import { Watched } from './fake-watch.ts'

type AnyMethod = (...args: readonly unknown[]) => unknown

/** Kept records in memory: set `kept` and `rooms` to act as the worker, `nextKeepFailure` to make the next call fail with it. */
export class FakeKept extends FakeFollow {
  readonly kept = new Watched<KeptRecords>({ records: [], offers: [], past: [] })
  readonly guardians = new Watched<Guardians>({ guardians: [] })
  readonly handOver = new Watched<HandOver>({})
  /** Of the plan that was made last. */
  plannedTerms: HandOverRequest['terms'] = []
  nextGuardianFailure: GuardianFailure | undefined
  /** What answers for each kept record. */
  readonly rooms = new Map<string, Session>()
  nextKeepFailure: KeepFailure | undefined

  async watchKept(listener: (kept: KeptRecords) => void): Promise<Stop> {
    return this.kept.watch(listener)
  }

  async keepRecord(
    request: KeepRecord,
  ): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, KeepFailure>> {
    const failure = this.nextKeepFailure
    this.nextKeepFailure = undefined
    if (failure) return fail(failure)
    const keptId = `k${this.kept.value.records.length + 1}`
    this.putKept(keptRecord({ keptId, name: request.personName, birthDate: request.birthDate }))
    return ok({ keptId, kit: { words: [], qrText: '', backupCode: '', madeAt: instant(Date.now()) } })
  }

  async answerGuardian(keptId: string, answer: 'accept' | 'decline'): Promise<Result<void, GuardianFailure>> {
    const failure = this.#guardianFailure()
    if (failure) return failure
    const { records, offers, past } = this.kept.value
    const offer = offers.find(one => one.keptId === keptId)
    this.kept.set({ records, past, offers: offers.filter(one => one !== offer) })
    if (offer !== undefined && answer === 'accept') this.putKept(keptRecord({ ...offer, state: 'fetching' }))
    return ok(undefined)
  }

  async leaveKept(keptId: string): Promise<Result<void, GuardianFailure>> {
    const failure = this.#guardianFailure()
    if (failure) return failure
    const { records, offers, past } = this.kept.value
    const isOther = (one: { readonly keptId: string }) => one.keptId !== keptId
    this.kept.set({ offers, past: past.filter(isOther), records: records.filter(isOther) })
    return ok(undefined)
  }

  async watchGuardians(listener: (guardians: Guardians) => void): Promise<Stop> {
    return this.guardians.watch(listener)
  }

  async addGuardian(): Promise<Result<void, GuardianFailure>> {
    return this.#guardianFailure() ?? ok(undefined)
  }

  async changeManaging({
    contactId,
    until,
  }: Parameters<Session['changeManaging']>[0]): Promise<Result<void, GuardianFailure>> {
    const failure = this.#guardianFailure()
    if (failure) return failure
    const end = until === undefined ? {} : { until }
    const guardians = this.guardians.value.guardians.map(guardian => {
      if (guardian.contactId !== contactId) return guardian
      const { until: _before, ...others } = guardian
      return { ...others, ...end }
    })
    this.guardians.set({ guardians })
    return ok(undefined)
  }

  async watchHandOver(listener: (handOver: HandOver) => void): Promise<Stop> {
    return this.handOver.watch(listener)
  }

  async planHandOver({ at, terms }: HandOverRequest): Promise<Result<void, GuardianFailure>> {
    const failure = this.#guardianFailure()
    if (failure) return failure
    this.plannedTerms = terms
    this.handOver.set({ plan: { at, name: 'Tim', state: 'planned', terms: [] } })
    return ok(undefined)
  }

  async handOverNow(): Promise<Result<void, GuardianFailure>> {
    const failure = this.#guardianFailure()
    if (failure) return failure
    const { plan } = this.handOver.value
    if (plan !== undefined) this.handOver.set({ plan: { ...plan, state: 'now' } })
    return ok(undefined)
  }

  async cancelHandOver(): Promise<Result<void, GuardianFailure>> {
    this.handOver.set({})
    return this.#guardianFailure() ?? ok(undefined)
  }

  async takeOverKept(): Promise<Result<void, GuardianFailure>> {
    return this.#guardianFailure() ?? ok(undefined)
  }

  #guardianFailure() {
    const failure = this.nextGuardianFailure
    this.nextGuardianFailure = undefined
    return failure && fail(failure)
  }

  putKept(record: KeptRecord, room?: Session): void {
    if (room !== undefined) this.rooms.set(record.keptId, room)
    this.kept.set({ ...this.kept.value, records: [...this.kept.value.records, record] })
  }

  askKept = (async (id: string, method: string, args: readonly unknown[]) => {
    const ask = this.#method(id, method)
    return ask === undefined ? undefined : { answer: await ask(...args) }
  }) as Session['askKept']

  watchInKept = (async (id: string, method: string, args: readonly unknown[], listener: (told: never) => void) =>
    ((await this.#method(id, method)?.(...args, listener)) as Stop | undefined) ??
    (() => undefined)) as Session['watchInKept']

  #method(id: string, name: string): AnyMethod | undefined {
    const room = this.rooms.get(id) as unknown as Record<string, AnyMethod> | undefined
    return room?.[name]?.bind(room)
  }
}

export function keptRecord(change: Partial<KeptRecord> = {}): KeptRecord {
  return {
    keptId: 'k1',
    name: 'Tim',
    birthDate: '2015-06-07',
    relation: 'child',
    purpose: 'guardian',
    state: 'open',
    unsentCount: 0,
    contactName: '',
    addedAt: instant(Date.UTC(2026, 10, 20)),
    ...change,
  }
}
