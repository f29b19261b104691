import { beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import type { PrincipalId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import {
  deliver,
  exchange,
  grantTo,
  ids,
  type LogStory,
  makeEpochKey,
  makeGrant,
  type Replica,
  save,
  tellStory,
} from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

type Bytes = Uint8Array<ArrayBuffer>

const own = ({ log }: Replica, from = 0): Promise<readonly Bytes[]> =>
  log.frames(log.writer, from, Number.MAX_SAFE_INTEGER)

/** The frames that follow, as the replica writes them. */
async function write(replica: Replica, count: number): Promise<readonly Bytes[]> {
  const { next = 0 } = replica.log.feeds().find(({ writer }) => writer === replica.log.writer) ?? {}
  for (let at = 0; at < count; at++) await save(replica, `${next + at}`)
  return own(replica, next)
}

async function takeOut({ creator, keys }: LogStory, { identity }: Replica): Promise<void> {
  const next = makeEpochKey()
  keys.push(next)
  await creator.log.writeEpoch(next, [], [{ kind: 'principal', id: identity.principal }])
}

const NOBODY: ReadonlySet<PrincipalId> = new Set()
const reasons = ({ log }: Replica) => log.quarantine().map(({ reason }) => reason)

/** All goes on as if no letter had come: nothing is kept, nothing waits, the log gets its snapshot. */
async function isUntouched(replica: Replica, rows: number): Promise<void> {
  expect((await replica.store.keys('frames', '')).length).toBe(rows)
  expect(replica.log.isComplete()).toBe(true)
  expect(await replica.log.writeSnapshot()).toEqual(ok(undefined))
}

const rowsOf = async ({ store }: Replica) => (await store.keys('frames', '')).length

test('receiveLetter() keeps nothing of a feed of which nobody here knows whose it is: the log would wait for its first frame for ever', async () => {
  const story = await tellStory()
  const eve = await grantTo(story, makeGrant(), 'write')
  await takeOut(story, eve)
  const [first, ...later] = await write(eve, 3)
  const rows = await rowsOf(story.creator)
  expect(await story.creator.log.receiveLetter(later, new Set([eve.identity.principal]))).toEqual(ok('early'))
  await isUntouched(story.creator, rows)
  // With it they wait for nothing: its certificate says that they are past a cut.
  expect(await story.creator.log.receiveLetter([first!, later[1]!], NOBODY)).toEqual(ok('taken'))
  expect(reasons(story.creator)).toEqual(['past-cut', 'past-cut'])
  expect(await story.creator.log.receiveLetter([later[0]!], NOBODY)).toEqual(ok('taken'))
  expect((await story.creator.log.lateFrames()).map(({ seq }) => seq)).toEqual([0, 1, 2])
  expect(await story.creator.log.writeSnapshot()).toEqual(ok(undefined))
  expect(await ids(story.creator)).toEqual([])
})

test('receiveLetter() keeps nothing of who may only see, nor of whom no EPOCH that is here let in', async () => {
  const story = await tellStory()
  const reader = await grantTo(story, makeGrant(), 'read')
  const clara = makeGrant()
  const [phone, tablet, epoch] = [story.creator, await story.join(), makeEpochKey()]
  await deliver(phone, tablet)
  const members = { grants: [{ principal: clara.principal, role: 'write' as const }], readers: [] }
  await tablet.log.writeEpoch(epoch, [], [], members)
  story.keys.push(epoch)
  const guest = await story.join(clara)
  await deliver(tablet, guest)
  await phone.log.addKeys([epoch])
  const rows = await rowsOf(phone)
  const forged = await write(reader, 2)
  expect(await phone.log.receiveLetter(forged, new Set([reader.identity.principal]))).toEqual(ok('taken'))
  const honest = await write(guest, 2)
  expect(await phone.log.receiveLetter(honest, new Set([clara.principal]))).toEqual(ok('early'))
  await isUntouched(phone, rows)
  await deliver(tablet, phone)
  expect(await phone.log.receiveLetter(honest, NOBODY)).toEqual(ok('taken'))
  expect(await ids(phone)).toEqual(['0', '1'])
})

test('receiveLetter() takes of a member what the relay would have taken: nothing beyond a gap', async () => {
  const story = await tellStory()
  const bea = await grantTo(story, makeGrant(), 'write')
  const [first, second, third] = await write(bea, 3)
  const rows = await rowsOf(story.creator)
  expect(await story.creator.log.receiveLetter([third!, first!], NOBODY)).toEqual(ok('early'))
  expect(await ids(story.creator)).toEqual(['0'])
  await isUntouched(story.creator, rows + 1)
  expect(await story.creator.log.receiveLetter([third!, second!], NOBODY)).toEqual(ok('taken'))
  expect(await ids(story.creator)).toEqual(['0', '1', '2'])
})

test('receiveLetter() lets who is leaving leave gaps: what waits is past the cut once the EPOCH is there', async () => {
  const story = await tellStory()
  const bea = await grantTo(story, makeGrant(), 'write')
  const [first, , third] = await write(bea, 3)
  const leaving = new Set([bea.identity.principal])
  expect(await story.creator.log.receiveLetter([first!, third!], leaving)).toEqual(ok('taken'))
  expect(story.creator.log.isComplete()).toBe(false)
  await takeOut(story, bea)
  expect(reasons(story.creator)).toEqual(['past-cut'])
  expect(await story.creator.log.writeSnapshot()).toEqual(ok(undefined))
  expect(await ids(story.creator)).toEqual(['0'])
})

test('receiveLetter() takes no other branch of a feed, no EPOCH and no snapshot, nothing of another log and nothing changed', async () => {
  const story = await tellStory()
  const bea = await grantTo(story, makeGrant(), 'write')
  await write(bea, 1)
  const clone = await bea.clone()
  await write(bea, 1)
  await exchange(story.creator, bea)
  await takeOut(story, bea)
  const rows = await rowsOf(story.creator)
  const beside = async () => (await story.creator.store.keys('sealed', `log/${story.creator.log.id}/beside/`)).length
  const branch = await write(clone, 2)
  await bea.log.writeEpoch(makeEpochKey(), [], [])
  await bea.log.writeSnapshot()
  const other = (await tellStory()).creator.log
  const foreign = await other.frames(other.writer, 0, 1_000_000)
  const changed = (await write(bea, 1)).map(frame =>
    frame.map((byte, at) => (at === frame.length - 80 ? byte ^ 1 : byte)),
  )
  const control = (await own(bea, 2)).slice(0, -1)
  const leaving = new Set([bea.identity.principal])
  for (const letter of [[branch[0]!], control, foreign, changed, [new Uint8Array(9)]]) {
    expect(await story.creator.log.receiveLetter(letter, leaving)).toEqual(ok('taken'))
  }
  expect(await beside()).toBe(0)
  await isUntouched(story.creator, rows)
  expect(await ids(story.creator)).toEqual(['0', '1'])
})
