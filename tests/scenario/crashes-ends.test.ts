import { expect, test, vi } from 'vitest'
import type { Session } from '#app/core/session.ts'
import type { ShareRequest } from '#app/core/share-session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { dyingAtEachCommit, oneIn } from '#tests/support/crash-worlds.ts'
import { backedUp, condition, household, titles } from '#tests/support/household.ts'
import type { LoopRelay } from '#tests/support/loop-link.ts'
import { obtainable } from '#tests/support/raw-content.ts'
import { doorsOf, lootOf, openAt, readableWith } from '#tests/support/removed-reader.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, makePerson, meet, passphraseOf, share, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 3_600_000 })

/**
 * What a giver's process may die over when something is taken back: a share is stopped, runs out or gets narrower, an entry becomes
 * private. Bea loses something by it, Cal goes on.
 */
const world = household()
const { device, clock } = world
const SLOW_MS = 300_000
const DAY_MS = 24 * 3600_000

const medicine = (name: string): EntryFields => ({ kind: 'medicine', name, status: 'taking' }) as const

interface People {
  readonly ana: TestDevice
  readonly bea: TestDevice
  readonly cal: TestDevice
}

const seen = async ({ session }: TestDevice, id: string) =>
  (await session.askShared(id, 'timelineRows', [{}, 0, 100]))?.map(({ title }) => title)
const sees = async (who: TestDevice, id: string, title: string) => (await seen(who, id))?.includes(title) === true
const givenIn = async (session: Session, id: string) => (await sharesOf(session)).given.find(one => one.shareId === id)
const receivedIn = async ({ session }: TestDevice, id: string) =>
  (await sharesOf(session)).received.find(one => one.shareId === id)

async function write({ session }: TestDevice, ...entries: readonly EntryFields[]): Promise<void> {
  for (const fields of entries) expect((await session.addEntry(fields)).ok).toBe(true)
}

/** Bea sees what Ana shares with her; Cal sees the problems too, and may add. What Bea's app has by then she has copied. */
async function bothReading(request: Partial<ShareRequest> = {}) {
  const [ana, bea, cal] = [
    await makePerson(device, 'Ana'),
    await makePerson(device, 'Bea'),
    await makePerson(device, 'Cal'),
  ]
  await meet(ana, bea, ['Ana', 'Bea'])
  await meet(ana, cal, ['Ana', 'Cal'])
  await write(ana, condition('Before'), medicine('Pill before'))
  await backedUp(ana.session)
  const [hers, his] = [await share(ana, 'Bea', request), await share(ana, 'Cal', { role: 'write' })]
  await accept(ana, bea, hers)
  await accept(ana, cal, his)
  await until(async () => (await sees(bea, hers, 'Before')) && sees(cal, his, 'Before'))
  return { people: { ana, bea, cal }, hers, his, loot: await lootOf(bea), doors: await doorsOf(bea) }
}
type Story = Omit<Awaited<ReturnType<typeof bothReading>>, 'people'>

async function unlocked(devices: readonly TestDevice[]): Promise<People> {
  const [ana, bea, cal] = devices as readonly [TestDevice, TestDevice, TestDevice]
  for (const [each, name] of [
    [ana, 'Ana'],
    [bea, 'Bea'],
    [cal, 'Cal'],
  ] as const)
    expect((await each.session.unlock(passphraseOf(name))).ok).toBe(true)
  return { ana, bea, cal }
}

/** Cal reads what Ana writes, and the other way round, each once. */
async function calGoesOn({ ana, cal }: People, { his }: Story, title: string): Promise<void> {
  await exchange([ana.session, cal.session], () => sees(cal, his, title), SLOW_MS)
  const adds = async () =>
    (await cal.session.askShared(his, 'addEntry', [condition(`${title}, says Cal`)]))?.ok === true
  await until(adds, SLOW_MS)
  await until(async () => (await titles(ana.session)).includes(`${title}, says Cal`), SLOW_MS)
  for (const one of [title, 'Before', `${title}, says Cal`]) {
    expect((await titles(ana.session)).filter(each => each === one)).toEqual([one])
  }
}

/** With all that Bea's app had before, from a relay that gives out everything. */
async function readsNoMore({ loot }: Story, relay: LoopRelay, texts: readonly string[]): Promise<void> {
  const read = await readableWith(loot, relay)
  const found = ['Before', ...texts].filter(one => read.some(text => text.includes(one)))
  expect(found).toEqual(['Before'])
}

/** Once Ana is told that it is over, what she writes is not for Bea; and Bea's app has nothing left. */
async function isOver(people: People, story: Story, relay: LoopRelay, title: string): Promise<void> {
  const { ana, bea } = people
  const { hers, doors } = story
  // By itself: nobody asks for a round.
  await until(async () => (await givenIn(ana.session, hers))?.state === 'ended', SLOW_MS)
  expect(await openAt(relay, doors)).toEqual([])
  await write(ana, condition(title))
  await calGoesOn(people, story, title)
  await readsNoMore(story, relay, [title])
  await exchange([bea.session, ana.session], async () => (await receivedIn(bea, hers))?.state === 'ended', SLOW_MS)
  expect(await seen(bea, hers)).toBeUndefined()
  await until(async () => (await bea.store.keys('sealed', 'shared/')).length === 0, SLOW_MS)
}

test('a giver who dies at any commit of stopping a share has stopped it after the restart, or is told that it goes on', async () => {
  const { people, ...story } = await bothReading()
  const stop = async ({ ana }: People) => expect((await ana.session.stopShare(story.hers)).ok).toBe(true)
  let notNoted = 0
  const moments = await dyingAtEachCommit(
    world,
    [people.ana, people.bea, people.cal],
    async () => {
      await stop(people)
      await isOver(people, story, world.relay(), 'Afterwards')
    },
    async (again, relay) => {
      const then = await unlocked(again)
      const given = await givenIn(then.ana.session, story.hers)
      if (given?.state === 'accepted') {
        notNoted++
        await stop(then)
      }
      await isOver(then, story, relay, 'Later on')
      expect(await givenIn(then.ana.session, story.hers)).toMatchObject({ endedBy: 'stopped' })
    },
  )
  expect(moments).toBeGreaterThan(5)
  expect(notNoted).toBeLessThan(moments / 2)
})

test('a giver who dies at any commit of what follows the end of a share has locked it after the restart', async () => {
  const { people, ...story } = await bothReading({ until: instant(clock.now() + DAY_MS) })
  clock.offsetMs = 2 * DAY_MS
  const moments = await dyingAtEachCommit(
    world,
    [people.ana, people.bea, people.cal],
    () => isOver(people, story, world.relay(), 'Afterwards'),
    async (again, relay) => {
      const then = await unlocked(again)
      await isOver(then, story, relay, 'Later on')
      expect(await givenIn(then.ana.session, story.hers)).toMatchObject({ endedBy: 'expired' })
    },
  )
  expect(moments).toBeGreaterThan(5)
})

/** Bea has the medicines alone, and goes on with those. */
async function isNarrower(people: People, story: Story, relay: LoopRelay, title: string): Promise<void> {
  const { ana, bea } = people
  const { hers, doors } = story
  const sections = async () => (await receivedIn(bea, hers))?.sections.join()
  await exchange([ana.session, bea.session], async () => (await sections()) === 'medicines', SLOW_MS)
  const given = await givenIn(ana.session, hers)
  expect(given).toMatchObject({ state: 'accepted', sections: ['medicines'] })
  expect((await openAt(relay, doors)).map(({ section }) => section)).toEqual(['medicines'])
  await write(ana, condition(title), medicine(`${title}, pill`))
  await calGoesOn(people, story, title)
  await until(() => sees(bea, hers, `${title}, pill`), SLOW_MS)
  expect((await seen(bea, hers))?.every(one => one.toLowerCase().includes('pill'))).toBe(true)
  const read = await readableWith(story.loot, relay)
  const found = [`${title}, says Cal`, `"${title}"`].filter(one => read.some(text => text.includes(one)))
  expect(found).toEqual([])
}

test('a giver who dies at any commit of taking a section out of a share has taken it out after the restart, or is told that it goes on', async () => {
  const { people, ...story } = await bothReading({ sections: ['problems', 'medicines'] })
  const narrow = async ({ ana }: People) =>
    expect((await ana.session.changeShare(story.hers, { sections: ['medicines'] })).ok).toBe(true)
  const moments = await dyingAtEachCommit(
    world,
    [people.ana, people.bea, people.cal],
    async () => {
      await narrow(people)
      await isNarrower(people, story, world.relay(), 'Afterwards')
    },
    async (again, relay) => {
      const then = await unlocked(again)
      if ((await givenIn(then.ana.session, story.hers))?.sections.length === 2) await narrow(then)
      await isNarrower(then, story, relay, 'Later on')
    },
  )
  expect(moments).toBeGreaterThan(5)
})

async function privates({ session }: TestDevice) {
  return session.timelineRows({ isPrivate: true }, 0, 100)
}

/** Both readers go on in a log in which it never stood; what becomes of the entry is for Ana alone. */
async function isPrivate(people: People, story: Story, relay: LoopRelay, title: string): Promise<void> {
  const { ana, bea, cal } = people
  const { hers, his, doors } = story
  const isGone = async (who: TestDevice, id: string) => (await seen(who, id))?.join().includes('Secret') === false
  const everybody = [ana.session, bea.session, cal.session]
  await exchange(everybody, async () => (await isGone(bea, hers)) && isGone(cal, his), SLOW_MS)
  const [entry] = await privates(ana)
  expect((await ana.session.editEntry(entry!.id, condition(`Secret ${title}`))).ok).toBe(true)
  await write(ana, condition(title))
  await calGoesOn(people, story, title)
  await exchange(everybody, () => sees(bea, hers, title), SLOW_MS)
  expect((await privates(ana)).map(one => one.title)).toEqual([`Secret ${title}`])
  expect(await openAt(relay, doors)).toEqual([])
  await until(async () => (await obtainable(bea)).texts.every(text => !text.includes('Secret')), SLOW_MS)
  const now = await lootOf(bea)
  const both = { secrets: [...story.loot.secrets, ...now.secrets], kems: [...story.loot.kems, ...now.kems] }
  const read = await readableWith(both, relay)
  expect([title, `Secret ${title}`].filter(one => read.some(text => text.includes(one)))).toEqual([title])
}

test('a giver who dies at one commit in two, or by CRASH_STRIDE, of making an entry private has made it private after the restart, or sees that it is not', async () => {
  const { people, ...before } = await bothReading()
  const { ana, bea, cal } = people
  await write(ana, condition('Secret'))
  await until(async () => (await sees(bea, before.hers, 'Secret')) && sees(cal, before.his, 'Secret'))
  const story = { ...before, loot: await lootOf(bea) }
  const makePrivate = async ({ ana }: People) => {
    const secret = (await ana.session.timelineRows({ isPrivate: false }, 0, 100)).find(one => one.title === 'Secret')
    const done = secret === undefined || (await ana.session.makePrivate([secret.id])).ok
    if (!done) throw new Error('it was not made private')
  }
  const moments = await dyingAtEachCommit(
    world,
    [ana, bea, cal],
    async () => {
      await makePrivate(people)
      await isPrivate(people, story, world.relay(), 'Afterwards')
    },
    async (again, relay) => {
      const then = await unlocked(again)
      await makePrivate(then)
      await isPrivate(then, story, relay, 'Later on')
    },
    oneIn(2),
  )
  expect(moments).toBeGreaterThan(5)
})
