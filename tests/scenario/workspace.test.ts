import { expect, test, vi } from 'vitest'
import type { ThreadDetail, ThreadList, ThreadPlace } from '#app/core/message-session.ts'
import type { Session } from '#app/core/session.ts'
import type { Workspace } from '#app/core/workspace-session.ts'
import { household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

async function told<Value>(watch: (listener: (value: Value) => void) => Promise<() => void>): Promise<Value> {
  const first = Promise.withResolvers<Value>()
  const stop = await watch(first.resolve)
  stop()
  return first.promise
}

const threadsOf = async (session: Session) =>
  (await told<ThreadList>(listener => session.watchThreads(listener))).threads
const timesAt = async (session: Session, place: ThreadPlace) =>
  (await told<ThreadDetail | undefined>(listener => session.watchThread(place, 10, listener)))?.answerTimes.map(
    ({ text }) => text,
  )
const workspaceOf = (session: Session) => told<Workspace>(listener => session.watchWorkspace(listener))

let keys = 0
async function write({ session }: TestDevice, to: string, about: 'my-care' | 'their-care' | 'family') {
  const contact = await contactOf(session, to)
  const begun = await session.beginThread({
    contactIds: [contact!.contactId],
    subject: 'Knee',
    about,
    text: 'Hello',
    key: `thread ${++keys}`,
  })
  if (!begun.ok) throw new Error(begun.failure.kind)
  return begun.value
}

test('how soon a doctor answers is said once for all patients, those of before and those who come, and not to family', async () => {
  const [ana, bea, cleo] = [await person('Ana'), await person('Bea'), await person('Cleo')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await meet(cleo, bea, ['Cleo', 'Bea'])
  const before = await write(ana, 'Bea', 'my-care')
  const family = await write(bea, 'Ana', 'family')
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).length === 2, 40_000)
  expect(await bea.session.sayAnswerTimesEverywhere(' Within two working days ')).toEqual({
    ok: true,
    value: undefined,
  })
  await until(async () => (await timesAt(ana.session, before))?.[0] === 'Within two working days')
  const after = await write(cleo, 'Bea', 'my-care')
  await exchange([cleo.session, bea.session], async () => (await threadsOf(bea.session)).length === 3, 40_000)
  await until(async () => (await timesAt(cleo.session, after))?.[0] === 'Within two working days')
  expect(await timesAt(bea.session, family)).toEqual([])
  // Said in one of them afterwards, that counts there.
  bea.clock.offsetMs = 60_000
  await bea.session.sayAnswerTimes(before.conversationId, 'Today')
  await until(async () => (await timesAt(ana.session, before))?.[0] === 'Today')
  await write(cleo, 'Bea', 'my-care')
  await exchange([cleo.session, bea.session], async () => (await threadsOf(bea.session)).length === 4, 40_000)
  expect(await timesAt(bea.session, before)).toEqual(['Today'])
  bea.clock.offsetMs = 120_000
  await bea.session.sayAnswerTimesEverywhere('')
  await until(async () => (await timesAt(ana.session, before))?.length === 0)
})

test('templates are on all devices of who keeps them; without a title or a text there is none', async () => {
  const bea = await person('Bea')
  const laptop = await device()
  await pair(bea, laptop, passphraseOf('Bea'))
  const template = { id: 'ab'.repeat(16), title: 'Rest', text: 'Rest your knee for a week.' }
  expect(await bea.session.saveTemplate(template)).toEqual({ ok: true, value: undefined })
  await bea.session.saveTemplate({ ...template, id: 'cd'.repeat(16), title: 'Blood test' })
  await until(async () => (await workspaceOf(laptop.session)).templates.length === 2)
  expect((await workspaceOf(laptop.session)).templates.map(({ title }) => title)).toEqual(['Blood test', 'Rest'])
  await laptop.session.saveTemplate({ ...template, text: 'Ice helps.' })
  await laptop.session.removeTemplate('cd'.repeat(16))
  await until(async () => (await workspaceOf(bea.session)).templates[0]?.text === 'Ice helps.')
  expect((await workspaceOf(bea.session)).templates).toHaveLength(1)
  for (const wrong of [{ title: ' ' }, { text: '' }, { id: '../x' }, { text: 'x'.repeat(20_001) }]) {
    expect((await bea.session.saveTemplate({ ...template, ...wrong })).ok).toBe(false)
  }
})
