import { beforeEach, expect, test, vi } from 'vitest'
import type { PushChoice } from '#app/core/push-session.ts'
import type { Session } from '#app/core/session.ts'
import type { ThreadList } from '#app/core/message-session.ts'
import { makeVapidKey, openVapidKey } from '#sync-server/push/vapid.ts'
import { backedUp, household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { contactOf, exchange, givenOf, makePerson, meet, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 90_000 })

/** Being told while the app is locked or closed, with real devices and a real relay; the push service is a list. */
const sent: string[] = []
const way = {
  hosts: ['push.example'],
  key: openVapidKey(makeVapidKey()),
  post: async (endpoint: URL) => {
    sent.push(endpoint.pathname.slice(1))
    return 'sent' as const
  },
}
const { clock, relay, device } = household({}, way)
beforeEach(() => void sent.splice(0))

const endpointOf = (name: string) => `https://push.example/${name}`

async function turnOn({ session }: TestDevice, name: string) {
  expect(await session.pushKey()).toEqual({ kind: 'key', key: way.key.publicKey })
  expect(await session.turnOnPush({ endpoint: endpointOf(name) })).toEqual({ kind: 'on' })
}

async function choiceOf(session: Session): Promise<PushChoice> {
  const told = Promise.withResolvers<PushChoice>()
  const stop = await session.watchPush(told.resolve)
  stop()
  return told.promise
}

async function threadsOf(session: Session): Promise<ThreadList> {
  const told = Promise.withResolvers<ThreadList>()
  const stop = await session.watchThreads(told.resolve)
  stop()
  return told.promise
}

async function twoWhoWrite() {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const contact = await contactOf(ana.session, 'Bea')
  const begun = await ana.session.beginThread({
    contactIds: [contact!.contactId],
    subject: 'Knee',
    about: 'family',
    text: 'My knee hurts.',
    key: 'first',
  })
  if (!begun.ok) throw new Error(begun.failure.kind)
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  const place = begun.value
  let count = 0
  const say = async ({ session }: TestDevice) => {
    expect((await session.sendMessage(place, { text: 'And?', key: `more ${++count}` })).ok).toBe(true)
    await backedUp(session)
  }
  return { ana, bea, place, say }
}

/** What the relay has to say leaves. A turn of its clock, so that no pause holds it back. */
async function pushesAfter(act: () => Promise<unknown>): Promise<string[]> {
  clock.offsetMs += 2 * 3_600_000
  sent.splice(0)
  await act()
  await new Promise(resolve => setTimeout(resolve, 300))
  await relay().sendPushes()
  return sent.toSorted()
}

/** The desk tells the relay of conversations a little later. */
const untilTold = () => new Promise(resolve => setTimeout(resolve, 5000))

test('Bea’s locked phone is told that something came, and Ana’s not of what she wrote or of what Bea read', async () => {
  const { ana, bea, place, say } = await twoWhoWrite()
  const tablet = await device()
  await pair(ana, tablet)
  await turnOn(ana, 'ana')
  await turnOn(bea, 'bea')
  await turnOn(tablet, 'ana-tablet')
  await untilTold()
  expect(await pushesAfter(() => say(ana))).toEqual([])

  await tablet.session.lock()
  await bea.session.lock()
  expect(await pushesAfter(() => say(ana))).toEqual(['bea'])

  await bea.session.unlock(passphraseOf('Bea'))
  await until(async () => (await choiceOf(bea.session)).isOn)
  expect(await choiceOf(bea.session)).toEqual({ isOn: true, endpoint: endpointOf('bea') })
  await until(async () => (await threadsOf(bea.session)).unreadCount === 3)
  await ana.session.lock()
  expect(
    await pushesAfter(async () => {
      await bea.session.markThreadRead(place)
      await backedUp(bea.session)
    }),
  ).toEqual([])
  expect(await pushesAfter(() => say(bea))).toEqual(['ana', 'ana-tablet'])
})

test('Whoever turned it off, and a letter in place of a message', async () => {
  const { ana, bea, say } = await twoWhoWrite()
  await turnOn(bea, 'bea')
  await untilTold()
  await bea.session.lock()
  const contact = await contactOf(ana.session, 'Bea')
  const sharing = () =>
    ana.session.share({
      contactId: contact!.contactId,
      sections: ['problems'],
      role: 'read',
      withHistory: true,
      passphrase: passphraseOf('Ana'),
    })
  expect(
    await pushesAfter(async () => {
      expect((await sharing()).ok).toBe(true)
      await exchange([ana.session], async () => (await givenOf(ana.session))?.state === 'offered')
    }),
  ).toEqual(['bea'])
  await bea.session.unlock(passphraseOf('Bea'))
  await bea.session.turnOffPush()
  expect(await choiceOf(bea.session)).toEqual({ isOn: false })
  await bea.session.lock()
  expect(await pushesAfter(() => say(ana))).toEqual([])
})

test('A host that the operator does not list, and a relay that is out of reach, are said and turn nothing on', async () => {
  const ana = await makePerson(device, 'Ana')
  expect(await ana.session.turnOnPush({ endpoint: 'https://other.example/x' })).toEqual({ kind: 'not-offered' })
  ana.link.setReachable(false)
  expect(await ana.session.pushKey()).toEqual({ kind: 'unreachable' })
  expect(await ana.session.turnOnPush({ endpoint: endpointOf('ana') })).toEqual({ kind: 'unreachable' })
  expect(await choiceOf(ana.session)).toEqual({ isOn: false })
})

test('Quiet hours go to the relay as they are here, and nothing is sent in them', async () => {
  const { ana, bea, say } = await twoWhoWrite()
  await turnOn(bea, 'bea')
  const minute = (at: number) => {
    const there = new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })
    return Number(there.slice(0, 2)) * 60 + Number(there.slice(3, 5))
  }
  await untilTold()
  const [now, hour] = [clock.now() + 2 * 3_600_000, 3_600_000]
  const quiet = { from: minute(now - hour), to: minute(now + hour) }
  expect(await bea.session.turnOnPush({ endpoint: endpointOf('bea'), quiet })).toEqual({ kind: 'on' })
  expect(await choiceOf(bea.session)).toEqual({ isOn: true, endpoint: endpointOf('bea'), quiet })
  await bea.session.lock()
  expect(await pushesAfter(() => say(ana))).toEqual([])
  expect(await pushesAfter(async () => undefined)).toEqual(['bea'])
})
