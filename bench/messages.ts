import '@automerge/automerge'
import { browserLink } from '#app/platform/browser-link.ts'
import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { ThreadDetail, ThreadList, ThreadPlace } from '#app/core/message-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import type { RelayLink } from '#app/core/ports.ts'
import type { Session } from '#app/core/session.ts'
import type { LoopRelay } from '#tests/support/loop-link.ts'
import { RelayProcess } from '#tests/browser/relay-process.ts'
import { makeMemoryDisk, type MemoryDisk } from '#tests/support/memory-store.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'
import { until } from '#tests/support/test-device.ts'
import { makeRogue } from '#tests/support/rogue.ts'
import { contactOf, exchange, knows } from '#tests/support/test-people.ts'
import { cpuMs } from './cpu.ts'
import { meetEachOther, startPerson, startRelay } from './sharing.ts'

/**
 * What messages cost: `npm run bench-messages -- 10000 500 10`: a thread of so many, then so many conversations with so many open
 * requests each, with people whom the provider met by their cards and who say nothing. Prints CPU time of this process, and how long it took
 * where that is what is felt. Minutes long, so no case of the table.
 */
const [messages = 10_000, conversations = 500, each = 10] = process.argv.slice(2).map(Number)
const WAIT_MS = 600_000
const ARRIVALS = 100
const SETTLE_MS = 10_000

type Rows = Record<string, number | string>

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
const p95 = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * 0.95)]!

async function threadOf(session: Session, place: ThreadPlace, count = 50): Promise<ThreadDetail | undefined> {
  const told = Promise.withResolvers<ThreadDetail | undefined>()
  const stop = await session.watchThread(place, count, told.resolve)
  stop()
  return told.promise
}

async function threadsOf(session: Session): Promise<ThreadList> {
  const told = Promise.withResolvers<ThreadList>()
  const stop = await session.watchThreads(told.resolve)
  stop()
  return told.promise
}

async function requestsOf(session: Session): Promise<readonly RequestRow[]> {
  const told = Promise.withResolvers<readonly RequestRow[]>()
  const stop = await session.watchRequests(told.resolve)
  stop()
  return told.promise
}

const lengthOf = async (session: Session, place: ThreadPlace) => {
  const thread = await threadOf(session, place, 1)
  return thread === undefined ? 0 : thread.from + thread.messages.length
}

async function say(session: Session, place: ThreadPlace, text: string): Promise<void> {
  const said = await session.sendMessage(place, { text, key: crypto.randomUUID() })
  if (!said.ok) throw new Error(`Cannot say anything: ${said.failure.kind}`)
}

const keyOf = (host: SessionHost) =>
  new Promise<Uint8Array<ArrayBuffer>>(resolve => void host.watchKey(key => key && resolve(key.slice())))

async function again(disk: MemoryDisk, link: RelayLink): Promise<SessionHost> {
  return makeSession({ store: disk.open(), relay: link, clock: makeTestClock(), random: testRandom })
}

/** Two who met, and a thread in which Ana said the first thing. */
async function talkOver(link: () => RelayLink, disk = makeMemoryDisk()) {
  const [ana, bea] = [await startPerson(link(), 'Ana', disk), await startPerson(link(), 'Bea')]
  await meetEachOther(ana.session, bea.session)
  const contactId = (await contactOf(ana.session, 'Bea'))!.contactId
  const begun = await ana.session.beginThread({
    contactIds: [contactId],
    subject: 'Knee',
    about: 'family',
    text: 'The first',
    key: 'first',
  })
  if (!begun.ok) throw new Error(`Cannot begin: ${begun.failure.kind}`)
  const place = begun.value
  await exchange([ana.session, bea.session], async () => (await lengthOf(bea.session, place)) === 1)
  return { ana, bea, place, disk }
}

/** By the clock, over sockets of a relay process. */
async function arrivals(): Promise<Rows> {
  const relay = await RelayProcess.start({ REQUESTS_PER_SECOND: '100000', NEW_LOGS_PER_HOUR: '1000000' })
  try {
    const { ana, bea, place } = await talkOver(() => browserLink(relay.origin))
    const times: number[] = []
    for (let count = 0; count < ARRIVALS; count++) times.push(await arrives(ana.session, bea.session, place, count))
    for (const host of [ana, bea]) await host.session.lock()
    return {
      'arrives at the other side, ms, median': median(times).toFixed(1),
      'arrives at the other side, ms, p95': p95(times).toFixed(1),
    }
  } finally {
    await relay.destroy()
  }
}

/** Ana and Bea, each with half of it. */
async function longThread(): Promise<Rows> {
  const relay = await startRelay()
  const { ana, bea, place, disk } = await talkOver(() => relay.link())
  for (const host of [ana, bea]) host.setOnline(false)
  const half = Math.floor((messages - 1) / 2)
  const write = await cpuMs(async () => {
    for (let count = 0; count < half; count++) {
      for (const host of [ana, bea]) await say(host.session, place, `Message number ${count}, about how the day went.`)
    }
  })
  for (const host of [ana, bea]) host.setOnline(true)
  const wanted = 1 + 2 * half
  const meet = await cpuMs(() =>
    until(
      async () => (await lengthOf(ana.session, place)) === wanted && (await lengthOf(bea.session, place)) === wanted,
      WAIT_MS,
    ),
  )
  const key = await keyOf(ana)
  await ana.session.lock()
  ana.dispose()

  const back = await again(disk, relay.link())
  back.setOnline(false)
  const unlock = await cpuMs(async () => {
    await back.unlockWithKey(key.slice())
    await until(async () => (await threadsOf(back.session)).threads.length === 1, WAIT_MS)
  })
  const open = await cpuMs(() => threadOf(back.session, place))
  const search = await cpuMs(() => back.session.searchMessages('number 4711'))
  const one = await cpuMs(() => say(back.session, place, 'One more'))
  const bytes = disk.open()
  const frames = (await bytes.list('frames', '')).reduce((sum, [, value]) => sum + value.length, 0)
  return {
    messages: wanted,
    'say one, ms CPU, mean of all': (write / (2 * half)).toFixed(1),
    'both have all, ms CPU': Math.round(meet),
    'unlock to list of threads, ms CPU': Math.round(unlock),
    'open the thread then, ms CPU': Math.round(open),
    'search all, ms CPU': Math.round(search),
    'say one more, ms CPU': Math.round(one),
    'frames of this person, MB': (frames / 1e6).toFixed(1),
  }
}

async function arrives(from: Session, to: Session, place: ThreadPlace, count: number): Promise<number> {
  const text = `Do you hear me, ${count}?`
  const heard = Promise.withResolvers<number>()
  const stop = await to.watchThread(place, 1, thread => {
    if (thread?.messages.at(-1)?.text === text) heard.resolve(performance.now())
  })
  const start = performance.now()
  await say(from, place, text)
  const ms = (await heard.promise) - start
  stop()
  return ms
}

/** Those who answered an invitation with their card; each as the provider knows them. */
async function meetMany(relay: LoopRelay, session: Session): Promise<string[]> {
  for (let number = 0; number < conversations; number++) {
    const invited = await session.invite()
    if (!invited.ok) throw new Error('Cannot invite')
    const guest = makeRogue(relay)
    await guest.answer(invited.value.code, guest.cardBytes({ name: `Person ${number}` }))
  }
  await exchange([session], () => knows(session, `Person ${conversations - 1}`), WAIT_MS)
  const ids: string[] = []
  for (let number = 0; number < conversations; number++) {
    ids.push((await contactOf(session, `Person ${number}`))!.contactId)
  }
  return ids
}

async function manyConversations(): Promise<Rows> {
  const relay = await startRelay()
  const disk = makeMemoryDisk()
  const host = await startPerson(relay.link(), 'Ana', disk)
  const contacts = await meetMany(relay, host.session)
  host.setOnline(false)
  const medicine = await host.session.addEntry({ kind: 'medicine', name: 'Salbutamol', status: 'taking' })
  if (!medicine.ok) throw new Error(`Cannot add: ${medicine.failure.kind}`)
  const data = { medicineId: medicine.value, medicineName: 'Salbutamol', wish: 'two' }
  const make = await cpuMs(async () => {
    for (const contactId of contacts) {
      for (let count = 0; count < each; count++) {
        const key = `${contactId} ${count}`
        const asked = await host.session.openRequest({ contactId, kind: 'refill', key, data })
        if (!asked.ok) throw new Error(`Cannot ask: ${asked.failure.kind}`)
      }
    }
  })
  const listed = await cpuMs(() => requestsOf(host.session))
  // What was listed is kept a moment later.
  await new Promise(resolve => setTimeout(resolve, SETTLE_MS))
  const key = await keyOf(host)
  await host.session.lock()
  host.dispose()
  const back = await again(disk, relay.link())
  back.setOnline(false)
  const start = performance.now()
  const unlock = await cpuMs(async () => {
    await back.unlockWithKey(key.slice())
    await until(async () => (await requestsOf(back.session)).length === conversations * each, WAIT_MS)
  })
  const wall = performance.now() - start
  const filter = await cpuMs(() => requestsOf(back.session))
  return {
    conversations,
    'open requests': conversations * each,
    'ask one, ms CPU, mean': (make / (conversations * each)).toFixed(1),
    'all requests for the first time, ms CPU': Math.round(listed),
    'unlock to all requests, ms CPU': Math.round(unlock),
    'unlock to all requests, ms': Math.round(wall),
    'all requests once more, ms CPU': Math.round(filter),
  }
}

if (messages > 0) console.table({ ...(await arrivals()), ...(await longThread()) })
if (conversations > 0) console.table(await manyConversations())
process.exit(0)
