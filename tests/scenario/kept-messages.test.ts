import { expect, test, vi } from 'vitest'
import type { ThreadDetail, ThreadList, ThreadRow } from '#app/core/message-session.ts'
import type { Session } from '#app/core/session.ts'
import { household } from '#tests/support/household.ts'
import { until } from '#tests/support/test-device.ts'
import { keepFor } from '#tests/support/test-kept.ts'
import { contactOf, makePerson } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()

async function threadsOf(session: Session): Promise<readonly ThreadRow[]> {
  const told = Promise.withResolvers<ThreadList>()
  const stop = await session.watchThreads(told.resolve)
  stop()
  return (await told.promise).threads
}

async function keptThreads(session: Session, keptId: string): Promise<readonly ThreadRow[]> {
  const told = Promise.withResolvers<ThreadList>()
  const stop = await session.watchInKept(keptId, 'watchThreads', [], told.resolve as (told: never) => void)
  stop()
  return (await told.promise).threads
}

test('who keeps a record writes from it to its doctor, who answers; the doctor knows the one it is about, and nothing of it stands among one’s own', async () => {
  const [ana, doctor] = [await makePerson(device, 'Ana'), await makePerson(device, 'Dr. Green')]
  const { keptId } = await keepFor(ana.session, 'Tim')
  const ask = async <Answer>(method: string, ...args: readonly unknown[]): Promise<Answer> =>
    (await ana.session.askKept(keptId, method as never, args as never))?.answer as Answer
  const invited = await ask<Awaited<ReturnType<Session['invite']>>>('invite')
  if (!invited.ok) throw new Error(invited.failure.kind)
  const accepted = await doctor.session.acceptInvitation(invited.value.code)
  expect(accepted.ok).toBe(true)
  const people = async () => {
    await ask('checkMail')
    await doctor.session.checkMail()
  }
  let contactId = ''
  await until(async () => {
    await people()
    const told = Promise.withResolvers<{
      readonly contacts: readonly { readonly contactId: string; readonly name: string }[]
    }>()
    const stop = await ana.session.watchInKept(keptId, 'watchPeople', [], told.resolve as (told: never) => void)
    stop()
    contactId = (await told.promise).contacts.find(one => one.name === 'Dr. Green')?.contactId ?? ''
    return contactId !== '' && (await contactOf(doctor.session, 'Tim'))?.state === 'known'
  })
  const begun = await ask<Awaited<ReturnType<Session['beginThread']>>>('beginThread', {
    contactIds: [contactId],
    subject: 'Fever',
    about: 'my-care',
    text: 'Tim has a fever.',
    key: 'first',
  })
  expect(begun.ok).toBe(true)
  await until(async () => {
    await people()
    return (await threadsOf(doctor.session)).length === 1
  })
  const [heard] = await threadsOf(doctor.session)
  expect(heard).toMatchObject({ people: ['Tim'], about: 'their-care' })
  const said = await doctor.session.sendMessage(heard!, { text: 'Since when?', key: 'answer' })
  expect(said.ok).toBe(true)
  await until(async () => {
    await people()
    return (await keptThreads(ana.session, keptId))[0]?.unreadCount === 1
  })
  expect(await threadsOf(ana.session)).toEqual([])
  // Whoever looks says whether it is told that they did: it is their choice, and in no settings of the record that they keep.
  expect((await ask<Awaited<ReturnType<Session['markThreadRead']>>>('markThreadRead', heard, true)).ok).toBe(true)
  await until(async () => (await keptThreads(ana.session, keptId))[0]?.unreadCount === 0)
  const stateOf = async () => {
    const told = Promise.withResolvers<ThreadDetail | undefined>()
    const stop = await doctor.session.watchThread(heard!, 10, told.resolve)
    stop()
    return (await told.promise)?.messages.at(-1)?.state
  }
  await until(async () => {
    await people()
    return (await stateOf()) === 'delivered'
  })
})
