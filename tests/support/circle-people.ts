import { expect } from 'vitest'
import type { KeptRecord } from '#app/core/kept-session.ts'
import { circleOf, type InCircle, postsOf, roomIn } from './circle-acts.ts'
import { type TestDevice, until } from './test-device.ts'

export async function circlesOf({ session }: Pick<TestDevice, 'session'>): Promise<readonly KeptRecord[]> {
  const told = Promise.withResolvers<readonly KeptRecord[]>()
  const stop = await session.watchCircles(told.resolve)
  stop()
  return told.promise
}

/** The room of an account for a circle, once it is open there. */
export async function openedRoom(person: TestDevice, keptId: string): Promise<InCircle> {
  await until(async () => (await circlesOf(person)).some(one => one.keptId === keptId && one.state === 'open'))
  return roomIn(person.session, keptId)
}

/** An account with which somebody takes part in a circle under a name of their choice. */
export async function aliasOf(person: TestDevice, personName: string): Promise<InCircle> {
  const made = await person.session.keepRecord({ personName, birthDate: '', relation: 'circle' })
  if (!made.ok) throw new Error(made.failure.kind)
  return openedRoom(person, made.value.keptId)
}

export async function begin(person: TestDevice, name: string): Promise<InCircle> {
  const owner = await aliasOf(person, name)
  const begun = await owner.beginCircle({
    name: 'Living with asthma',
    rules: 'Be kind.',
    avatar: 'bird',
    key: 'circle',
  })
  expect(begun).toEqual({ ok: true, value: undefined })
  return owner
}

export async function mail(...rooms: readonly InCircle[]): Promise<void> {
  for (const room of rooms) await room.checkMail()
}

export async function askToComeIn(owner: InCircle, guest: InCircle, name: string): Promise<string> {
  const invited = await owner.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  expect((await guest.acceptInvitation(invited.value.code)).ok).toBe(true)
  await until(async () => {
    await mail(owner, guest)
    return (await circleOf(owner))?.asking.some(one => one.name === name) === true
  })
  return (await circleOf(owner))!.asking.find(one => one.name === name)!.contactId
}

export async function comeIn(owner: InCircle, guest: InCircle, name: string): Promise<void> {
  const before = await circleOf(guest)
  const contactId = await askToComeIn(owner, guest, name)
  expect(await circleOf(guest)).toEqual(before)
  expect(await owner.letIn(contactId)).toEqual({ ok: true, value: undefined })
  await until(async () => {
    await mail(owner, guest)
    return (await circleOf(guest))?.isOver === false
  })
}

export const texts = async (room: InCircle) => (await postsOf(room)).posts.map(one => one.text)

export const namesIn = async (room: InCircle) => (await circleOf(room))?.members.map(({ name }) => name)
