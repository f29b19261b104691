import '@automerge/automerge'
import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { ByteStore } from '#app/core/ports.ts'
import type { Session } from '#app/core/session.ts'
import { FRAME_KINDS } from '#schema/protocol/frame.ts'
import { circleOf, postsOf } from '#tests/support/circle-acts.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'
import { makeRogue } from '#tests/support/rogue.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'
import { until } from '#tests/support/test-device.ts'
import { exchange, knows } from '#tests/support/test-people.ts'
import { cpuMs } from './cpu.ts'
import { startPerson, startRelay } from './sharing.ts'

/**
 * What a circle costs its owner: `npm run bench-circles -- 200 20000`: so many members, so many posts. Members are cards that answer an
 * invitation and say nothing, so all posts are the owner's, in one journal. Prints CPU time of this process; minutes long, so no case of
 * the table.
 */
const [members = 200, posts = 20_000] = process.argv.slice(2).map(Number)
const WAIT_MS = 600_000

function value<Value>(
  answer: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: unknown },
): Value {
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.value
}

const relay = await startRelay()
const disk = makeMemoryDisk()
const host = await startPerson(relay.link(), 'Ana', disk)
const { session } = host
value(await session.beginCircle({ name: 'Many', rules: 'Be kind.', avatar: 'bird', key: 'circle' }))

const letIn = await cpuMs(async () => {
  for (let number = 1; number < members; number++) {
    const guest = makeRogue(relay)
    await guest.answer(value(await session.invite()).code, guest.cardBytes({ name: `Member ${number}` }))
  }
  await exchange([session], () => knows(session, `Member ${members - 1}`), WAIT_MS)
  for (const { contactId } of (await circleOf(session))!.asking) value(await session.letIn(contactId))
  await exchange(
    [session],
    async () => (await isLevel(session)) && (await circleOf(session))?.members.length === members,
    WAIT_MS,
  )
})

host.setOnline(false)
const say = await cpuMs(async () => {
  for (let number = 0; number < posts; number++) {
    value(await session.sayInCircle({ text: `Post number ${number}, about how the day went.`, key: `k${number}` }))
  }
})
host.setOnline(true)
await until(() => isLevel(session), WAIT_MS)
const key = await new Promise<Uint8Array<ArrayBuffer>>(
  resolve => void host.watchKey(one => one && resolve(one.slice())),
)
await session.lock()
host.dispose()

let committedAt = 0
const back: SessionHost = await makeSession({
  store: notingControl(disk.open()),
  relay: relay.link(),
  clock: makeTestClock(),
  random: testRandom,
})
back.setOnline(false)
const unlock = await cpuMs(() => back.unlockWithKey(key.slice()))
const open = await cpuMs(() => until(async () => (await postsOf(back.session, 20)).count === posts, WAIT_MS))
const again = await cpuMs(() => postsOf(back.session, 20))
back.setOnline(true)
await until(() => isLevel(back.session), WAIT_MS)

const before = new Set(disk.rows('frames').keys())
const gone = (await circleOf(back.session))!.members.find(({ isYou }) => !isYou)!
const [removing, start] = [{ cpu: 0 }, performance.now()]
removing.cpu = await cpuMs(async () => {
  value(await back.session.removeFromCircle(gone.id))
  await until(() => isLevel(back.session), WAIT_MS)
})
const wall = performance.now() - start
const all = [...disk.rows('frames')]
const added = all.flatMap(([name, { length }]) => (before.has(name) ? [] : length))

console.table({
  members,
  posts,
  'let all in, ms CPU, mean of each': Math.round(letIn / (members - 1)),
  'say one, ms CPU, mean': (say / posts).toFixed(1),
  'unlock, ms CPU': Math.round(unlock),
  'first posts after it, ms CPU': Math.round(open),
  'once more, ms CPU': Math.round(again),
  'remove a member until its EPOCH is stored, ms': Math.round(committedAt - start),
  'and until all is at the relay, ms': Math.round(wall),
  'of that, ms CPU': Math.round(removing.cpu),
  'largest frame of the removal (EPOCH), kB': (Math.max(0, ...added) / 1000).toFixed(0),
  'frames of this person, MB': (all.reduce((sum, [, { length }]) => sum + length, 0) / 1e6).toFixed(1),
})
process.exit(0)

/** Notes when the newest control frame was durable: the removal's commit point (docs/protocol.md). */
function notingControl(store: ByteStore): ByteStore {
  const commit: ByteStore['commit'] = async writes => {
    const stored = await store.commit(writes)
    const hasControl = writes.some(
      write => write.table === 'frames' && 'value' in write && write.value[3] === FRAME_KINDS.control,
    )
    if (stored.ok && hasControl) committedAt = performance.now()
    return stored
  }
  return new Proxy(store, { get: (of, name) => (name === 'commit' ? commit : Reflect.get(of, name)) })
}

async function isLevel(of: Session): Promise<boolean> {
  const told = Promise.withResolvers<string>()
  const stop = await of.watchStatus(({ kind }) => told.resolve(kind))
  stop()
  return (await told.promise) === 'backed-up'
}
