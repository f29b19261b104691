import type { PushAnswer, PushChoice, PushKey, PushRequest, PushSession } from '#app/core/push-session.ts'
import type { Pushes } from '#app/ui/session.ts'
import { FakeRelay } from './fake-relay.ts'
import { Watched } from './fake-watch.ts'

/** What this device chose of being told, in memory; set a `next…` to have the next call answer it. */
export class FakePush extends FakeRelay implements PushSession {
  readonly push = new Watched<PushChoice>({ isOn: false })
  pushKeyAnswer: PushKey = { kind: 'key', key: new Uint8Array(65).fill(4) }
  nextPush: PushAnswer | undefined

  async watchPush(listener: (choice: PushChoice) => void) {
    return this.push.watch(listener)
  }

  async pushKey(): Promise<PushKey> {
    return this.pushKeyAnswer
  }

  async turnOnPush(request: PushRequest): Promise<PushAnswer> {
    const answer = this.nextPush ?? { kind: 'on' }
    this.nextPush = undefined
    if (answer.kind === 'on') this.push.set({ isOn: true, ...request })
    return answer
  }

  async turnOffPush(): Promise<void> {
    this.push.set({ isOn: false })
  }
}

/** A browser that is never told. */
export const NO_PUSHES: Pushes = {
  isPossible: false,
  isAllowed: () => false,
  subscribe: async () => undefined,
  end: async () => undefined,
  keepWords: async () => undefined,
  showCount: async () => undefined,
}
