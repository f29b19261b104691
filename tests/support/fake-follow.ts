import type { AccessFailure, AccessLog, Ending } from '#app/core/follow-session.ts'
import type {
  ConditionHits,
  ConditionQuery,
  KeepCopy,
  KeepCopyFailure,
  KeptCopy,
  NotedCopy,
  NoteKept,
  Patient,
  PatientHits,
} from '#app/core/patient-session.ts'
import type { SaveFailure, Stop } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeMessages } from './fake-messages.ts'
import { Watched } from './fake-watch.ts'

/** What becomes of shares, in memory: set what is watched to act as the worker, and a failure to be refused. */
export class FakeFollow extends FakeMessages {
  readonly access = new Watched<AccessLog>({ lines: [] })
  readonly endings = new Watched<readonly Ending[]>([])
  readonly patients = new Watched<readonly Patient[]>([])
  /** Copies that were asked for, and files and pages that were noted. */
  readonly copies: KeepCopy[] = []
  readonly noted: NoteKept[] = []
  hits: PatientHits = { patients: [], notHere: 0 }
  conditionHits: ConditionHits = { patients: [], notHere: 0, notShared: 0 }
  readonly conditionsAsked: ConditionQuery[] = []
  isCopyTold = true
  accessFailure: AccessFailure | undefined
  checkFailure: { readonly kind: 'locked' | 'unreachable' } | undefined
  copyFailure: KeepCopyFailure | undefined

  watchAccess(listener: (access: AccessLog) => void): Promise<Stop> {
    return this.access.watch(listener)
  }

  async fetchAccess(): Promise<Result<void, AccessFailure>> {
    return this.accessFailure === undefined ? ok(undefined) : fail(this.accessFailure)
  }

  watchEndings(listener: (endings: readonly Ending[]) => void): Promise<Stop> {
    return this.endings.watch(listener)
  }

  async dismissEnding(endingId: string): Promise<Result<void, SaveFailure>> {
    this.endings.set(this.endings.value.filter(one => one.endingId !== endingId))
    return ok(undefined)
  }

  watchPatients(listener: (patients: readonly Patient[]) => void): Promise<Stop> {
    return this.patients.watch(listener)
  }

  async checkPatients(): Promise<Result<void, { readonly kind: 'locked' | 'unreachable' }>> {
    return this.checkFailure === undefined ? ok(undefined) : fail(this.checkFailure)
  }

  async searchPatients(): Promise<PatientHits> {
    return this.hits
  }

  async findByCondition(condition: ConditionQuery): Promise<ConditionHits> {
    this.conditionsAsked.push(condition)
    return this.conditionHits
  }

  async noteKept(_shareId: string, request: NoteKept): Promise<Result<NotedCopy, KeepCopyFailure>> {
    if (this.copyFailure !== undefined) return fail(this.copyFailure)
    this.noted.push(request)
    return ok({ at: instant(Date.now()), isTold: this.isCopyTold })
  }

  override async putShareAway(shareId: string): Promise<Result<void, SaveFailure>> {
    this.patients.set(this.patients.value.filter(one => one.shareId !== shareId))
    return super.putShareAway(shareId)
  }

  async keepCopy(_shareId: string, request: KeepCopy): Promise<Result<KeptCopy, KeepCopyFailure>> {
    if (this.copyFailure !== undefined) return fail(this.copyFailure)
    this.copies.push(request)
    return ok({ at: instant(Date.now()), fhir: new Blob(['{}']), isTold: this.isCopyTold })
  }
}
