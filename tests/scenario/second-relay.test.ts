import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HttpRequest, OtherRelays } from '#app/core/ports.ts'
import type { MirrorState } from '#app/core/relay-session.ts'
import type { Session } from '#app/core/session.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { SILENT_LINK } from '#app/core/sync/silent-link.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'
import { ADMISSION_HEADER, LOGS_PATH } from '#schema/protocol/http.ts'
import { ANA, backedUp, condition, household, shows } from '#tests/support/household.ts'
import { type LoopLink, type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { keepFor, keptBackedUp } from '#tests/support/test-kept.ts'
import { accept, exchange, makePerson, meet, pair, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const FIRST = parseRelayOrigin('https://first.example')!
const SECOND = parseRelayOrigin('https://second.example')!
const CLOSED = parseRelayOrigin('https://closed.example')!
const TOKEN = 'for the whole family'
const OTHER_TOKEN = 'of the second relay'
const THIRD_TOKEN = 'a newer one of the second relay'
const MANY = { perSecond: 1000, burst: 10_000 }

const relays = new Map<RelayOrigin, LoopRelay>()
/** Every way to each relay, to cut them all at once. */
const ways = new Map<RelayOrigin, LoopLink[]>()
/** What another relay than one's own is asked waits for it. */
let held: Promise<void> | undefined

// Before the household, so that they stop after its devices.
afterEach(async () => {
  for (const relay of relays.values()) await relay.stop()
  relays.clear()
  ways.clear()
})

const { clock, device } = household()

beforeEach(async () => {
  for (const origin of [FIRST, SECOND, CLOSED]) {
    const admissionHashes = origin === CLOSED ? [createHash('sha256').update(TOKEN).digest('hex')] : []
    const limits = { requests: MANY }
    relays.set(
      origin,
      await startLoopRelay({ now: () => clock.now(), limits, admissionHashes: new Set(admissionHashes) }),
    )
    ways.set(origin, [])
  }
})

async function at(own: RelayOrigin): Promise<TestDevice> {
  const to = (origin: RelayOrigin) => {
    const link = relays.get(origin)?.link()
    if (link !== undefined) ways.get(origin)!.push(link)
    if (link === undefined) return SILENT_LINK
    const request = async (asked: HttpRequest) => {
      await held
      return link.request(asked)
    }
    return { ...link, request }
  }
  const others: OtherRelays = { own, to }
  const made = await device({ relay: relays.get(own)!, relays: others })
  ways.get(own)!.push(made.link)
  return made
}

/** As after a fire. */
function lose(origin: RelayOrigin): void {
  for (const way of ways.get(origin)!) way.setReachable(false)
}

async function mirrorOf(session: Session): Promise<MirrorState | undefined> {
  const told = Promise.withResolvers<MirrorState | undefined>()
  const stop = await session.watchMirror(told.resolve)
  stop()
  return told.promise
}

const isLevel = (session: Session) => until(async () => (await mirrorOf(session))?.kind === 'level')

/** Level by what was there when this is called. */
async function isLevelAgain(session: Session): Promise<void> {
  const before = await mirrorOf(session)
  const since = before?.kind === 'level' ? before.at : 0
  clock.offsetMs += 1000
  await until(async () => {
    const now = await mirrorOf(session)
    return now?.kind === 'level' && now.at > since
  })
}

const addMirror = (session: Session) => session.addMirror({ address: SECOND, passphrase: ANA.passphrase })

async function phoneWithRecord() {
  const phone = await at(FIRST)
  const created = await phone.session.createRecord(ANA)
  if (!created.ok) throw new Error(created.failure.kind)
  await phone.session.addEntry(condition('Cough'))
  await backedUp(phone.session)
  return { phone, words: created.value.words.join(' ') }
}

async function phoneWithMirror() {
  const { phone, words } = await phoneWithRecord()
  expect(await addMirror(phone.session)).toEqual({ ok: true, value: undefined })
  await isLevel(phone.session)
  return { phone, words }
}

const NEW_DEVICE = { passphrase: 'tablet words', deviceName: 'tablet' }

test('the first relay burns down: by her words Ana has everything back at the second one, and whom she shares with finds her there', async () => {
  const { phone, words } = await phoneWithMirror()
  const ben = await makePerson(() => at(FIRST), 'Ben')
  await meet(phone, ben, ['Ana', 'Ben'])
  const id = await share(phone, 'Ben', { passphrase: ANA.passphrase })
  await accept(phone, ben, id)
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  await isLevelAgain(phone.session)
  lose(FIRST)

  const tablet = await at(SECOND)
  expect(await tablet.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ ok: true })
  await shows(tablet.session, ['Asthma', 'Cough'])
  await tablet.session.addEntry(condition('Fever'))
  await backedUp(tablet.session)
  // Ben's own relay is back, from its backup; hers is not missed any more.
  for (const way of ways.get(FIRST)!) if (way === ben.link) way.setReachable(true)
  await exchange([tablet.session, ben.session], async () => {
    const asked = await ben.session.askShared(id, 'timelineRows', [{}, 0, 100])
    return asked?.some(row => row.title === 'Fever') === true
  })
})

test('devices at either relay have what the others wrote, while both serve', async () => {
  const { phone, words } = await phoneWithMirror()
  const said: string[] = []
  const listen = ({ session }: TestDevice) =>
    session.watchStatus(({ problems }) => said.push(...problems.map(problem => problem.kind)))
  await listen(phone)
  const tablet = await at(SECOND)
  expect(await tablet.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ ok: true })
  await listen(tablet)
  await shows(tablet.session, ['Cough'])
  expect((await tablet.session.addEntry(condition('Fever'))).ok).toBe(true)
  await backedUp(tablet.session)
  await phone.session.addEntry(condition('Asthma'))
  await shows(phone.session, ['Asthma', 'Cough', 'Fever'])
  await until(async () => (await tablet.session.timelineRows({}, 0, 10)).length === 3)
  await shows(tablet.session, ['Asthma', 'Cough', 'Fever'])
  await backedUp(phone.session)
  // What came by the other relay is not what this one lost.
  expect(said).not.toContain('relay-behind')
})

test('a device at the second relay says the token of that one, not of the first', async () => {
  const phone = await at(CLOSED)
  const created = await phone.session.createRecord({ ...ANA, relayToken: TOKEN })
  if (!created.ok) throw new Error(created.failure.kind)
  await phone.session.addEntry(condition('Cough'))
  await backedUp(phone.session)
  await phone.session.addMirror({ address: SECOND, passphrase: ANA.passphrase, token: OTHER_TOKEN })
  await isLevel(phone.session)

  const tablet = await at(SECOND)
  const said: (string | undefined)[] = []
  const ask = tablet.link.request.bind(tablet.link)
  tablet.link.request = asked => {
    if (asked.method === 'POST' && asked.path === LOGS_PATH) said.push(asked.headers?.[ADMISSION_HEADER])
    return ask(asked)
  }
  const words = created.value.words.join(' ')
  expect(await tablet.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ ok: true })
  await keptBackedUp(tablet.session, (await keepFor(tablet.session, 'Mia')).keptId)
  expect(new Set(said)).toEqual(new Set([OTHER_TOKEN]))
  // What it is given there is of that relay, too.
  expect(await tablet.session.giveRelayToken(THIRD_TOKEN)).toMatchObject({ ok: true })
  await backedUp(tablet.session)
  await until(async () => (await phone.session.timelineRows({}, 0, 10)).length === 1)
  expect(await phone.session.addEntry(condition('Fever'))).toMatchObject({ ok: true })
  await backedUp(phone.session)
})

test('what changes while everything is being copied is copied soon after', async () => {
  const { phone, words } = await phoneWithRecord()
  const copied = Promise.withResolvers<void>()
  const isUnderWay = Promise.withResolvers<void>()
  const stop = await phone.session.watchMirror(state => {
    if (state?.kind !== 'working' || state.share < 0.5 || held !== undefined) return
    held = copied.promise
    isUnderWay.resolve()
  })
  await addMirror(phone.session)
  await isUnderWay.promise
  await phone.session.addEntry(condition('Fever'))
  await backedUp(phone.session)
  expect((await mirrorOf(phone.session))?.kind).toBe('working')
  stop()
  held = undefined
  copied.resolve()
  await isLevel(phone.session)
  await isLevelAgain(phone.session)
  lose(FIRST)
  const tablet = await at(SECOND)
  expect(await tablet.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ ok: true })
  await shows(tablet.session, ['Cough', 'Fever'])
})

test('what is no second relay is said, and nothing is sent there', async () => {
  const phone = await at(FIRST)
  await phone.session.createRecord(ANA)
  await backedUp(phone.session)
  const add = async (address: string, token = '', passphrase: string = ANA.passphrase) => {
    const added = await phone.session.addMirror({ address, token, passphrase })
    return added.ok ? 'added' : added.failure.kind
  }
  // Before the passphrase is asked for.
  expect(await phone.session.relayAsks(SECOND)).toBe('nothing')
  expect(await phone.session.relayAsks(CLOSED)).toBe('token')
  for (const none of ['https://nobody.example', 'second'])
    expect(await phone.session.relayAsks(none)).toBe('unreachable')
  expect(await add('second')).toBe('bad-address')
  expect(await add('http://second.example')).toBe('bad-address')
  expect(await add(FIRST)).toBe('own')
  expect(await add(SECOND, '', 'another passphrase')).toBe('wrong-passphrase')
  expect(await add('https://nobody.example')).toBe('unreachable')
  expect(await add(CLOSED)).toBe('needs-token')
  expect(await add(CLOSED, 'short')).toBe('invalid')
  expect(await add(CLOSED, 'of another family')).toBe('not-taken')
  expect(relays.get(SECOND)!.logs()).toEqual([])
  expect(relays.get(CLOSED)!.logs()).toEqual([])
  expect(await mirrorOf(phone.session)).toBeUndefined()
  expect(await add(`${CLOSED}/anything`, TOKEN)).toBe('added')
  await isLevel(phone.session)
  expect(relays.get(CLOSED)!.logs().toSorted()).toEqual(relays.get(FIRST)!.logs().toSorted())
})

test('taken away with what is there, nothing is left at the second relay; deleting everything everywhere does so too', async () => {
  const { phone, words } = await phoneWithMirror()
  expect((await phone.session.removeMirror(true)).ok).toBe(true)
  await until(async () => (await mirrorOf(phone.session)) === undefined)
  const tablet = await at(SECOND)
  expect(await tablet.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ failure: { kind: 'not-found' } })

  const added = await phone.session.addMirror({ address: CLOSED, token: TOKEN, passphrase: ANA.passphrase })
  expect(added.ok).toBe(true)
  await isLevel(phone.session)
  expect((await phone.session.deleteEverywhere(ANA.passphrase)).ok).toBe(true)
  const other = await at(CLOSED)
  expect(await other.session.recover({ words, ...NEW_DEVICE })).toMatchObject({ failure: { kind: 'not-found' } })
})

/** With entries enough to see them go. The way to the second relay is held up once it has its first logs, until `letOn`. */
async function phoneThatCopies() {
  const phone = await at(FIRST)
  const created = await phone.session.createRecord(ANA)
  if (!created.ok) throw new Error(created.failure.kind)
  for (let count = 0; count < 5; count++) await phone.session.addEntry(condition(`Cough ${count}`))
  await backedUp(phone.session)
  const held = Promise.withResolvers<void>()
  const relay = relays.get(SECOND)!
  relays.set(SECOND, {
    ...relay,
    link() {
      const link = relay.link()
      const request = link.request.bind(link)
      return Object.assign(link, {
        request: async (asked: HttpRequest) => {
          if (relay.logs().length > 3) await held.promise
          return request(asked)
        },
      })
    },
  })
  expect((await phone.session.addMirror({ address: SECOND, passphrase: ANA.passphrase })).ok).toBe(true)
  await until(() => relay.logs().length > 3)
  return { phone, relay, letOn: () => held.resolve() }
}

test('says how much of the copy is there; it is broken off, stays so whatever changes, and goes on when she says so', async () => {
  const { phone, relay, letOn } = await phoneThatCopies()
  const state = await mirrorOf(phone.session)
  if (state?.kind !== 'working') throw new Error(state?.kind)
  expect(state.share).toBeGreaterThan(0)
  expect(state.share).toBeLessThan(1)
  await phone.session.copyToMirror(false)
  letOn()
  const brokenOff = await mirrorOf(phone.session)
  expect(brokenOff).toEqual({ ...state, kind: 'broken-off' })
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  await new Promise(resolve => setTimeout(resolve, 500))
  expect(relay.logs().length).toBeLessThan(relays.get(FIRST)!.logs().length)
  expect(await mirrorOf(phone.session)).toEqual(brokenOff)
  await phone.session.copyToMirror(true)
  await isLevel(phone.session)
  expect(relay.logs().toSorted()).toEqual(relays.get(FIRST)!.logs().toSorted())
})

test('a second relay is removed while the copy is on its way', async () => {
  const { phone, relay, letOn } = await phoneThatCopies()
  const removing = phone.session.removeMirror(true)
  letOn()
  expect(await removing).toMatchObject({ ok: true })
  await until(async () => (await mirrorOf(phone.session)) === undefined)
  expect(relay.logs().length).toBeLessThan(relays.get(FIRST)!.logs().length)
})

test('a second relay that was away, and one that lost everything, get what they lack', async () => {
  const { phone } = await phoneWithMirror()
  lose(SECOND)
  await phone.session.addEntry(condition('Asthma'))
  await backedUp(phone.session)
  await until(async () => (await mirrorOf(phone.session))?.kind === 'unreachable')
  await relays.get(SECOND)!.loseEverything()
  expect(relays.get(SECOND)!.logs()).toEqual([])
  for (const way of ways.get(SECOND)!) way.setReachable(true)
  await phone.session.addEntry(condition('Fever'))
  await isLevel(phone.session)
  expect(relays.get(SECOND)!.logs().toSorted()).toEqual(relays.get(FIRST)!.logs().toSorted())
})

/** How many may do anything with each log there, as an onlooker who lets himself in finds them, besides those who looked before. */
async function holdersAt(origin: RelayOrigin, looksBefore: number): Promise<readonly number[]> {
  const relay = relays.get(origin)!
  const onlooker = makeSigningKey()
  const client = makeRelayClient(relay.link(), onlooker, clock)
  const counts: number[] = []
  for (const logId of relay.logs()) {
    await relay.inject(logId, onlooker.publicKey)
    const state = await client.ownerState(logId)
    counts.push(state.ok ? state.value.capabilities.length - 1 - looksBefore : -1)
  }
  return counts
}

test('a second relay that comes back is found soon, though nothing changes meanwhile', async () => {
  const { phone } = await phoneWithMirror()
  const after = clock.after.bind(clock)
  // What is to happen within a minute happens now, and the rest not at all.
  clock.after = (delayMs, run) => (delayMs > 60_000 ? () => undefined : after(Math.min(delayMs, 300), run))
  try {
    lose(SECOND)
    await phone.session.addEntry(condition('Asthma'))
    await backedUp(phone.session)
    await until(async () => (await mirrorOf(phone.session))?.kind === 'unreachable')
    for (const way of ways.get(SECOND)!) way.setReachable(true)
    await isLevel(phone.session)
    expect(relays.get(SECOND)!.logs().toSorted()).toEqual(relays.get(FIRST)!.logs().toSorted())
  } finally {
    clock.after = after
  }
})

test('nobody but her devices may read at the second relay, and a device that she removes may not there either', async () => {
  const { phone } = await phoneWithMirror()
  const ben = await makePerson(() => at(FIRST), 'Ben')
  await meet(phone, ben, ['Ana', 'Ben'])
  const id = await share(phone, 'Ben', { passphrase: ANA.passphrase })
  await accept(phone, ben, id)
  const tablet = await at(FIRST)
  await pair(phone, tablet, ANA.passphrase)
  await isLevel(tablet.session)
  await isLevelAgain(phone.session)
  expect(new Set(await holdersAt(SECOND, 0))).toEqual(new Set([2]))

  tablet.setOnline(false)
  const other = (await phone.session.devices()).find(one => !one.isThisOne)!
  expect((await phone.session.removeDevice(other.deviceId)).ok).toBe(true)
  await until(async () => (await phone.session.devices()).length === 1)
  await backedUp(phone.session)
  await isLevelAgain(phone.session)
  expect(Math.max(...(await holdersAt(SECOND, 1)))).toBe(1)
})
