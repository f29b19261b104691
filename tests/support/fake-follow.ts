import type { AccessFailure, AccessLog } from '#app/core/follow-session.ts'
import type { Stop } from '#app/core/session.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakePeople } from './fake-people.ts'
import { Watched } from './fake-watch.ts'

/** What becomes of shares, in memory: set `access` to act as the worker, `accessFailure` to be unable to ask the relay. */
export class FakeFollow extends FakePeople {
  readonly access = new Watched<AccessLog>({ lines: [] })
  accessFailure: AccessFailure | undefined

  watchAccess(listener: (access: AccessLog) => void): Promise<Stop> {
    return this.access.watch(listener)
  }

  async fetchAccess(): Promise<Result<void, AccessFailure>> {
    return this.accessFailure === undefined ? ok(undefined) : fail(this.accessFailure)
  }
}
