import '@automerge/automerge'
import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { RelayLink } from '#app/core/ports.ts'
import type { Session } from '#app/core/session.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { condition } from '#tests/support/household.ts'
import { makeMemoryDisk, type MemoryDisk } from '#tests/support/memory-store.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'
import { exchange, sharesOf } from '#tests/support/test-people.ts'
import { cpuMs } from './cpu.ts'
import { givenOf, meetEachOther, share, startPerson, startRelay } from './sharing.ts'

/**
 * What it costs to look after many: `node --expose-gc bench/patients.ts 50 200`. Shares of one section each, twelve from one giver. Prints,
 * at each count, what the provider's app takes from unlock until the list stands, and for "what moved since". Minutes long, so no case of
 * the table.
 */
const counts = process.argv.slice(2).map(Number)
const SETTLE_MS = 10_000
const TIMES = 5
const EACH = SECTIONS.slice(0, 12)

interface Traffic {
  opened: number
  open: number
  sentBytes: number
  heardBytes: number
}

/** Counts the sockets of one device. */
function counted(link: RelayLink, traffic: Traffic): RelayLink {
  return {
    request: request => link.request(request),
    openStream(handlers) {
      traffic.opened++
      traffic.open++
      const stream = link.openStream({
        opened: () => handlers.opened(),
        message(bytes) {
          traffic.heardBytes += bytes.length
          handlers.message(bytes)
        },
        closed() {
          traffic.open--
          handlers.closed()
        },
      })
      return {
        send(bytes) {
          traffic.sentBytes += bytes.length
          stream.send(bytes)
        },
        get bufferedBytes() {
          return stream.bufferedBytes
        },
        close: () => stream.close(),
      }
    },
  }
}

/** A giver with a record of their own, who goes once all is accepted. */
async function giverOf(link: RelayLink, provider: Session, count: number): Promise<void> {
  const giver = await startPerson(link, 'Ana')
  await giver.session.addEntry(condition('Asthma'))
  await meetEachOther(giver.session, provider)
  const ids: string[] = []
  for (const section of EACH.slice(0, count)) ids.push(await share(giver.session, 'Bea', [section]))
  const all = async (state: string) => {
    for (const id of ids) if ((await givenOf(giver.session, id)) !== state) return false
    return true
  }
  const has = (id: string) => async () => (await sharesOf(provider)).received.some(one => one.shareId === id)
  for (const id of ids) await exchange([giver.session, provider], has(id))
  for (const id of ids) await provider.answerShare(id, 'accept')
  await exchange([provider, giver.session], () => all('accepted'), 120_000)
  await giver.session.lock()
  giver.dispose()
}

const memoryMb = () => {
  globalThis.gc?.()
  return process.memoryUsage().rss / 2 ** 20
}

async function startAgain(disk: MemoryDisk, link: RelayLink): Promise<SessionHost> {
  return makeSession({ store: disk.open(), relay: link, clock: makeTestClock(), random: testRandom })
}

async function listStands(session: Session, count: number): Promise<void> {
  const told = Promise.withResolvers<void>()
  const stop = await session.watchPatients(patients => patients.length >= count && told.resolve())
  await told.promise
  stop()
}

interface Figures {
  readonly host: SessionHost
  readonly figures: Readonly<Record<string, string | number>>
}

/** From a provider's disk, as after a restart. */
async function measure(
  disk: MemoryDisk,
  link: RelayLink,
  key: Uint8Array<ArrayBuffer>,
  count: number,
): Promise<Figures> {
  const traffic: Traffic = { opened: 0, open: 0, sentBytes: 0, heardBytes: 0 }
  const host = await startAgain(disk, counted(link, traffic))
  const unlock = await cpuMs(async () => {
    await host.unlockWithKey(key.slice())
    await listStands(host.session, count)
  })
  const settled = await cpuMs(() => new Promise(resolve => setTimeout(resolve, SETTLE_MS)))
  const open = { ...traffic }
  const memory = memoryMb()
  const moved: number[] = []
  for (let time = 0; time < TIMES; time++) moved.push(await cpuMs(() => askWhatMoved(host.session)))
  const figures = {
    shares: count,
    'unlock to list, ms CPU': Math.round(unlock),
    [`in the ${SETTLE_MS / 1000} s after, ms CPU`]: Math.round(settled),
    'memory of this process, the relay in it, MB': Math.round(memory),
    'sockets open by then': open.open,
    'bytes heard by then': open.heardBytes,
    'what moved, ms CPU, median': Math.round(moved.toSorted((a, b) => a - b)[TIMES >> 1]!),
    'what moved, sockets': (traffic.opened - open.opened) / TIMES,
    'what moved, bytes sent': Math.round((traffic.sentBytes - open.sentBytes) / TIMES),
    'what moved, bytes heard': Math.round((traffic.heardBytes - open.heardBytes) / TIMES),
  }
  return { host, figures }
}

async function askWhatMoved(session: Session): Promise<void> {
  const answer = await session.checkPatients()
  if (!answer.ok) throw new Error(`Cannot ask what moved: ${answer.failure.kind}`)
}

const relay = await startRelay()
const disk = makeMemoryDisk()
let provider = await startPerson(relay.link(), 'Bea', disk)
const key = await new Promise<Uint8Array<ArrayBuffer>>(
  resolve => void provider.watchKey(it => it && resolve(it.slice())),
)
let accepted = 0
for (const count of counts) {
  for (; accepted < count; accepted = Math.min(accepted + EACH.length, count))
    await giverOf(relay.link(), provider.session, Math.min(EACH.length, count - accepted))
  await provider.session.lock()
  provider.dispose()
  const { host, figures } = await measure(disk, relay.link(), key, count)
  console.table(figures)
  provider = host
}
process.exit(0)
