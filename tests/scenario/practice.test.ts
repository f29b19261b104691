import { expect, test, vi } from 'vitest'
import type { Guardian } from '#app/core/kept-session.ts'
import type { ThreadDetail } from '#app/core/message-session.ts'
import type { People } from '#app/core/people-session.ts'
import type { RequestDetail, RequestRow } from '#app/core/request-session.ts'
import type { RoomSession } from '#app/core/room-session.ts'
import type { Session } from '#app/core/session.ts'
import type { Workspace } from '#app/core/workspace-session.ts'
import { household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { guardiansIn, keptOf, openKept } from '#tests/support/test-kept.ts'
import { contactOf, makePerson, meet, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 180_000 })

const ROTATION_MS = 60_000
const { device } = household()

/** What the session asks of the practice's account on one of the staff's devices. */
function roomOf({ session }: TestDevice, keptId: string) {
  return {
    async ask<Name extends Exclude<keyof RoomSession, `watch${string}`>>(
      name: Name,
      ...args: Parameters<RoomSession[Name]>
    ) {
      const asked = await session.askKept(keptId, name, args)
      if (asked === undefined) throw new Error(`The practice is not open here: ${name}`)
      return asked.answer
    },
    async told<Value>(name: `watch${string}`, ...args: readonly unknown[]): Promise<Value> {
      const told = Promise.withResolvers<Value>()
      const stop = await session.watchInKept(
        keptId,
        name as never,
        args as never,
        told.resolve as (told: never) => void,
      )
      stop()
      return told.promise
    },
  }
}

async function requestOf(session: Session, place: { conversationId: string; requestId: string }) {
  const told = Promise.withResolvers<RequestDetail | undefined>()
  const stop = await session.watchRequest(place, told.resolve)
  stop()
  return told.promise
}

/** Dr. Green has a practice, and nurse Lee acts in it. */
async function practice() {
  const [doctor, nurse] = [await makePerson(device, 'Dr. Green'), await makePerson(device, 'Lee')]
  await meet(doctor, nurse, ['Dr. Green', 'Lee'])
  const made = await doctor.session.keepRecord({ personName: 'Green Street', birthDate: '', relation: 'practice' })
  if (!made.ok) throw new Error(made.failure.kind)
  const { keptId } = made.value
  await openKept(doctor.session, 'Green Street')
  const room = roomOf(doctor, keptId)
  const { contactId } = (await contactOf(doctor.session, 'Lee'))!
  expect(await room.ask('addGuardian', { contactId, passphrase: passphraseOf('Dr. Green') })).toMatchObject({
    ok: true,
  })
  await until(async () => {
    await doctor.session.checkMail()
    await nurse.session.checkMail()
    return (await keptOf(nurse.session)).offers.length === 1
  })
  expect((await keptOf(nurse.session)).offers).toMatchObject([{ name: 'Green Street', isPractice: true }])
  expect((await nurse.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(nurse.session, 'Green Street')
  return { doctor, nurse, keptId, room, nurseRoom: roomOf(nurse, keptId) }
}

test('whoever is let into a practice finds it named as one among their records, as who made it does', async () => {
  const { doctor, nurse, keptId } = await practice()
  for (const { session } of [doctor, nurse]) {
    const relation = async () => (await keptOf(session)).records.find(one => one.keptId === keptId)?.relation
    await expect.poll(relation, { timeout: 30_000 }).toBe('practice')
  }
})

async function meetPractice(patient: TestDevice, room: ReturnType<typeof roomOf>): Promise<string> {
  const invited = await room.ask('invite')
  if (!invited.ok) throw new Error(invited.failure.kind)
  expect((await patient.session.acceptInvitation(invited.value.code)).ok).toBe(true)
  await until(async () => {
    await room.ask('checkMail')
    await patient.session.checkMail()
    return (await contactOf(patient.session, 'Green Street'))?.state === 'known'
  })
  return (await contactOf(patient.session, 'Green Street'))!.contactId
}

test('a patient asks a practice: nurse and doctor have one inbox, each step has its author’s name on both sides, and who leaves reads nothing new', async () => {
  const { doctor, nurse, keptId, room, nurseRoom } = await practice()
  const ana = await makePerson(device, 'Ana')
  const contactId = await meetPractice(ana, room)
  const medicine = await ana.session.addEntry({ kind: 'medicine', name: 'Salbutamol', status: 'taking' })
  if (!medicine.ok) throw new Error(medicine.failure.kind)
  const data = { medicineId: medicine.value, medicineName: 'Salbutamol', wish: 'two' }
  const asked = await ana.session.openRequest({ kind: 'refill', contactId, key: 'r', data })
  if (!asked.ok) throw new Error(asked.failure.kind)
  const place = asked.value
  const mail = async () => {
    await ana.session.checkMail()
    await room.ask('checkMail')
    await nurseRoom.ask('checkMail')
  }
  const inbox = async (of: ReturnType<typeof roomOf>) => of.told<readonly RequestRow[]>('watchRequests')
  await until(async () => {
    await mail()
    return (await inbox(room)).length === 1 && (await inbox(nurseRoom)).length === 1
  })
  expect(await nurseRoom.ask('takeStep', place, { kind: 'see', data: {} })).toMatchObject({ ok: true })
  const steps = async () =>
    (await requestOf(ana.session, place))?.history.map(({ kind, staff }) => `${kind} ${staff ?? ''}`)
  await until(async () => (await steps())?.includes('see Lee') === true)
  await until(async () => (await room.told<RequestDetail | undefined>('watchRequest', place))?.isSeen === true)
  const approve = { kind: 'approve', data: { route: 'sent' } } as const
  const approved = await room.ask('takeStep', place, approve)
  expect(approved).toMatchObject({ ok: true })
  await until(async () => (await steps())?.includes('approve Dr. Green') === true)
  const atNurse = async () =>
    (await nurseRoom.told<RequestDetail | undefined>('watchRequest', place))?.history.map(
      ({ kind, staff }) => `${kind} ${staff ?? 'me'}`,
    )
  await until(async () => (await atNurse())?.includes('approve Dr. Green') === true)
  expect(await atNurse()).toContain('see me')

  // Lee leaves.
  const lee = (await guardiansIn(doctor.session, keptId)).find((one: Guardian) => one.name === 'Lee')!
  const removed = await room.ask('removeDevice', lee.deviceId)
  expect(removed).toMatchObject({ ok: true })
  const pending = async () => (await room.told<Workspace>('watchWorkspace')).pending ?? []
  await until(async () => {
    await room.ask('checkMail')
    return (await pending()).includes('Ana')
  }, ROTATION_MS)
  await until(async () => {
    await mail().catch(() => undefined)
    return (await pending()).length === 0
  }, ROTATION_MS)
  const said = await ana.session.beginThread({
    contactIds: [contactId],
    subject: 'After',
    about: 'my-care',
    text: 'Is Lee gone?',
    key: 'after',
  })
  expect(said.ok).toBe(true)
  const subjects = async (of: ReturnType<typeof roomOf>) =>
    (await of.told<{ readonly threads: readonly { readonly subject: string }[] }>('watchThreads')).threads.map(
      one => one.subject,
    )
  await until(async () => {
    await mail().catch(() => undefined)
    return (await subjects(room)).includes('After')
  })
  // Her app has let go of it, or finds nothing of what was said since.
  await nurse.session.checkMail()
  const found = await nurse.session.askKept(keptId, 'searchMessages', ['Is Lee gone?'])
  expect(found?.answer ?? []).toEqual([])
})

test('what a practice writes first stands there as its own for doctor and nurse: nothing of it is unread, and how far it is can be seen', async () => {
  const { room, nurseRoom } = await practice()
  const ana = await makePerson(device, 'Ana')
  await meetPractice(ana, room)
  const { contacts } = await room.told<People>('watchPeople')
  const { contactId } = contacts.find(({ name }) => name === 'Ana')!
  const first = { subject: 'Vaccination', about: 'their-care', text: 'You are due.', key: 'due' } as const
  const begun = await room.ask('beginThread', { ...first, contactIds: [contactId] })
  if (!begun.ok) throw new Error(begun.failure.kind)
  const shown = (of: ReturnType<typeof roomOf>) => of.told<ThreadDetail | undefined>('watchThread', begun.value, 10)
  expect((await shown(room))?.messages).toMatchObject([{ by: { type: 'you' }, isNew: false }])
  await until(async () => (await shown(nurseRoom)) !== undefined)
  expect((await shown(nurseRoom))?.messages).toMatchObject([{ by: { type: 'you' }, staff: 'Dr. Green', isNew: false }])
  expect(await nurseRoom.told('watchThreads')).toMatchObject({ unreadCount: 0 })
})
