import { expect, test } from 'vitest'
import { SessionSwitch } from '#app/platform/session-switch.ts'
import type { Home } from '#app/core/session.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

/** A session whose first look at home takes as long as the test wants. */
class SlowSession extends FakeSession {
  readonly answer = Promise.withResolvers<Home>()

  override async watchHome(listener: (home: Home) => void): Promise<() => void> {
    listener(await this.answer.promise)
    return () => undefined
  }
}

test('a watch that was ended before its first answer hears nothing', async () => {
  const real = new SlowSession()
  const switched = new SessionSwitch()
  switched.connect(real)
  const heard: Home[] = []
  const stop = await switched.session.watchHome(home => heard.push(home))
  stop()
  real.answer.resolve({} as Home)
  await new Promise(resolve => setTimeout(resolve, 0))
  expect(heard).toEqual([])
})

test('a watch goes on at another session', async () => {
  const [first, second] = [new SlowSession(), new SlowSession()]
  const switched = new SessionSwitch()
  switched.connect(first)
  const heard: Home[] = []
  await switched.session.watchHome(home => heard.push(home))
  switched.disconnect()
  switched.connect(second)
  first.answer.resolve({ total: 1 } as Home)
  second.answer.resolve({ total: 2 } as Home)
  await new Promise(resolve => setTimeout(resolve, 0))
  expect(heard).toEqual([{ total: 2 }])
})

/** A session that never answers a command. */
class MuteSession extends FakeSession {
  override deleteEverything(): Promise<never> {
    return new Promise<never>(() => undefined)
  }
}

test('a command whose session goes away is answered as not stored, in the form its caller expects', async () => {
  const switched = new SessionSwitch()
  switched.connect(new MuteSession())
  const deleting = switched.session.deleteEverything()
  await new Promise(resolve => setTimeout(resolve, 0))
  switched.disconnect()
  expect(await deleting).toEqual({ ok: false, failure: { kind: 'not-stored', why: 'aborted' } })
})
