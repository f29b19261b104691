import type { TakeOutFailure, TakeOutRequest } from '#app/core/take-out-session.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeKept } from './fake-kept.ts'

/** The part of the fake session that is about taking out: `takenOut` has what was asked for. */
export class FakeTakeOut extends FakeKept {
  takenOut: TakeOutRequest | undefined

  async takeOut(request: TakeOutRequest): Promise<Result<Blob, TakeOutFailure>> {
    if (request.sections.length === 0) return fail({ kind: 'nothing-chosen' })
    if (request.passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    this.takenOut = request
    return ok(new Blob([request.file.kind]))
  }
}
