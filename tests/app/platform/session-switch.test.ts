import { expect, test, vi } from 'vitest'
import { SessionSwitch } from '#app/platform/session-switch.ts'
import type { AddOptions, Home, Session } from '#app/core/session.ts'
import type { EntryId } from '#schema/record/entry.ts'
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

/** A session of which every call is noted, and answered when the test says so. */
class AskedSession extends FakeSession {
  readonly asked: { readonly args: readonly unknown[]; readonly answer: PromiseWithResolvers<unknown> }[] = []

  constructor(...names: readonly (keyof Session)[]) {
    super()
    for (const name of names) {
      Object.defineProperty(this, name, {
        value: (...args: readonly unknown[]) => {
          const answer = Promise.withResolvers<unknown>()
          this.asked.push({ args, answer })
          return answer.promise
        },
      })
    }
  }
}

const settle = () => new Promise(resolve => setTimeout(resolve, 0))

/** Calls at a session that goes away unanswered, and answers what the next one is asked. */
async function handedOver<Answer>(name: keyof Session, call: (session: Session) => Promise<Answer>) {
  const [first, second] = [new AskedSession(name), new AskedSession(name)]
  const switched = new SessionSwitch()
  switched.connect(first)
  const answer = call(switched.session)
  await settle()
  switched.disconnect()
  await settle()
  switched.connect(second)
  await settle()
  return { first: first.asked, second: second.asked, answer }
}

const NOTE = { kind: 'note', title: 'A', text: 'b', writtenAt: '2026-03-01T10:00:00Z' } as const
const CUT_OFF = { ok: false, failure: { kind: 'not-stored', why: 'cut-off' } }

test('an entry whose owner goes away is added by the next one, under the name it had', async () => {
  const { first, second, answer } = await handedOver('addEntries', session =>
    session.addEntries([NOTE], { isPrivate: true }),
  )
  const sent = first.map(({ args }) => args)[0]?.[1] as AddOptions
  expect(sent).toEqual({ isPrivate: true, command: { id: expect.any(String), isAgain: false } })
  expect(second.map(({ args }) => args)).toEqual([
    [[NOTE], { isPrivate: true, command: { id: sent.command?.id, isAgain: true } }],
  ])
  second[0]!.answer.resolve({ ok: true, value: ['x'] })
  expect(await answer).toEqual({ ok: true, value: ['x'] })
})

test('no two commands have one name, and one that a guest has named keeps it', async () => {
  const real = new AskedSession('addEntry')
  const [owners, guests] = [new SessionSwitch(), new SessionSwitch()]
  owners.connect(real)
  guests.connect(owners.session)
  void guests.session.addEntry(NOTE)
  void guests.session.addEntry(NOTE)
  await settle()
  const names = real.asked.map(({ args }) => (args[1] as AddOptions).command?.id)
  expect(new Set(names).size).toBe(2)
  guests.disconnect()
  guests.connect(owners.session)
  await settle()
  expect(real.asked.slice(2).map(({ args }) => (args[1] as AddOptions).command)).toEqual(
    names.map(id => ({ id, isAgain: true })),
  )
})

test('what may be done twice is sent again as it was', async () => {
  const { second, answer } = await handedOver('editEntry', session => session.editEntry('x' as EntryId, NOTE))
  expect(second.map(({ args }) => args)).toEqual([['x', NOTE]])
  second[0]!.answer.resolve({ ok: true, value: undefined })
  expect(await answer).toEqual({ ok: true, value: undefined })
})

test('what would come twice, or too late to be meant, is answered as cut off and not sent again', async () => {
  const deleting = await handedOver('deleteEverything', session => session.deleteEverything())
  expect(await deleting.answer).toEqual(CUT_OFF)
  expect(deleting.second).toEqual([])
})

test('what was asked long ago is not done any more, but for what would be lost, and questions are answered', async () => {
  const clock = vi.spyOn(Date, 'now')
  const startedAt = Date.now()
  const late = async (name: keyof Session, call: (session: Session) => Promise<unknown>) => {
    clock.mockReturnValue(startedAt)
    const [first, second] = [new AskedSession(name), new AskedSession(name)]
    const switched = new SessionSwitch()
    switched.connect(first)
    const answer = call(switched.session)
    await settle()
    switched.disconnect()
    await settle()
    clock.mockReturnValue(startedAt + 121_000)
    switched.connect(second)
    await settle()
    second.asked[0]?.answer.resolve('answered')
    return answer
  }
  try {
    expect(await late('editEntry', session => session.editEntry('x' as EntryId, NOTE))).toEqual(CUT_OFF)
    expect(await late('unlock', session => session.unlock('seven calm otters'))).toEqual(CUT_OFF)
    expect(await late('addEntry', session => session.addEntry(NOTE))).toBe('answered')
    expect(await late('facets', session => session.facets())).toBe('answered')
  } finally {
    clock.mockRestore()
  }
})

test('of another record, a question is asked again, an entry is added under its name, and an act is cut off in its form', async () => {
  const question = await handedOver('askShared', session => session.askShared('s', 'facets', []))
  expect(question.second.map(({ args }) => args)).toEqual([['s', 'facets', []]])
  const adding = await handedOver('askKept', session => session.askKept('k', 'addEntry', [NOTE]))
  const named = (isAgain: boolean) => ['k', 'addEntry', [NOTE, { command: { id: expect.any(String), isAgain } }]]
  expect(adding.first.map(({ args }) => args)).toEqual([named(false)])
  expect(adding.second.map(({ args }) => args)).toEqual([named(true)])
  const undoing = await handedOver('askKept', session => session.askKept('k', 'undo', []))
  expect(await undoing.answer).toEqual({ answer: CUT_OFF })
  expect(await (await handedOver('askShared', session => session.askShared('s', 'undo', []))).answer).toEqual(CUT_OFF)
})

test('what an owner could not store because another took over is sent to that one', async () => {
  const fenced = { ok: false, failure: { kind: 'not-stored', why: 'fenced' } }
  for (const [name, call, refusal] of [
    ['addEntry', session => session.addEntry(NOTE), fenced],
    ['askKept', session => session.askKept('k', 'addEntry', [NOTE]), { answer: fenced }],
  ] as readonly (readonly [keyof Session, (session: Session) => Promise<unknown>, unknown])[]) {
    const [frozen, next] = [new AskedSession(name), new AskedSession(name)]
    const switched = new SessionSwitch()
    switched.connect(frozen)
    const answer = call(switched.session)
    await settle()
    frozen.asked[0]!.answer.resolve(refusal)
    await settle()
    switched.disconnect()
    switched.connect(next)
    await settle()
    next.asked[0]!.answer.resolve('stored')
    expect(await answer).toBe('stored')
  }
})
