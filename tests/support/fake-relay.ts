import type {
  AddMirror,
  AddMirrorFailure,
  CancelMoveFailure,
  GiveTokenFailure,
  MirrorState,
  MoveState,
  OwnRelay,
  RelayAsks,
  RelaySession,
  RemoveMirrorFailure,
  StartMove,
  StartMoveFailure,
} from '#app/core/relay-session.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakePasskeys } from './fake-passkeys.ts'
import { Watched } from './fake-watch.ts'

/** The server, in memory; set a `next…` to have the next call fail with it. */
export class FakeRelay extends FakePasskeys implements RelaySession {
  readonly relay = new Watched<OwnRelay>({ hasToken: false })
  relayAsksAnswer: RelayAsks = 'nothing'
  nextTokenFailure: GiveTokenFailure | undefined
  readonly mirror = new Watched<MirrorState | undefined>(undefined)
  nextMirrorFailure: AddMirrorFailure | undefined
  nextRemoveFailure: RemoveMirrorFailure | undefined
  readonly move = new Watched<MoveState | undefined>(undefined)
  nextMoveFailure: StartMoveFailure | undefined
  nextCancelFailure: CancelMoveFailure | undefined

  async relayAsks(_address?: string): Promise<RelayAsks> {
    return this.relayAsksAnswer
  }

  async watchRelay(listener: (relay: OwnRelay) => void) {
    return this.relay.watch(listener)
  }

  async giveRelayToken(_token: string): Promise<Result<void, GiveTokenFailure>> {
    const failure = this.nextTokenFailure
    this.nextTokenFailure = undefined
    if (failure !== undefined) return fail(failure)
    this.relay.set({ hasToken: true })
    return ok(undefined)
  }

  async watchMirror(listener: (mirror: MirrorState | undefined) => void) {
    return this.mirror.watch(listener)
  }

  async addMirror({ address }: AddMirror): Promise<Result<void, AddMirrorFailure>> {
    const failure = this.nextMirrorFailure
    this.nextMirrorFailure = undefined
    if (failure !== undefined) return fail(failure)
    this.mirror.set({ origin: address, kind: 'working', share: 0 })
    return ok(undefined)
  }

  async copyToMirror(goesOn: boolean): Promise<void> {
    const state = this.mirror.value
    if (state?.kind === 'working' || state?.kind === 'broken-off')
      this.mirror.set({ ...state, kind: goesOn ? 'working' : 'broken-off' })
  }

  async watchMove(listener: (move: MoveState | undefined) => void) {
    return this.move.watch(listener)
  }

  async startMove({ address }: StartMove): Promise<Result<void, StartMoveFailure>> {
    const failure = this.nextMoveFailure
    this.nextMoveFailure = undefined
    if (failure !== undefined) return fail(failure)
    this.mirror.set({ origin: address, kind: 'working', share: 0 })
    this.move.set({ kind: 'copying', origin: address })
    return ok(undefined)
  }

  async cancelMove(): Promise<Result<void, CancelMoveFailure>> {
    const failure = this.nextCancelFailure
    this.nextCancelFailure = undefined
    if (failure !== undefined) return fail(failure)
    this.move.set(undefined)
    return ok(undefined)
  }

  async removeMirror(_deletesThere: boolean): Promise<Result<void, RemoveMirrorFailure>> {
    const failure = this.nextRemoveFailure
    this.nextRemoveFailure = undefined
    if (failure !== undefined) return fail(failure)
    this.mirror.set(undefined)
    return ok(undefined)
  }
}
