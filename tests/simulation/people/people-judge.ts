import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { grantKeys, type Grant } from '#app/core/sharing/grant.ts'
import { bringsConversation } from '#app/core/sharing/shared-names.ts'
import { logIdOf } from '#crypto/hash.ts'
import type { LogId } from '#schema/ids.ts'
import { makeVirtualClock } from '#tests/support/virtual-clock.ts'
import { FaultyLink } from '../faulty-link.ts'
import { demand } from '../world.ts'
import { judgeCircles } from './circle-judge.ts'
import { type Insight, insightOf } from './insight.ts'
import { stateOf, type Unread, whyRestless } from './people-calm.ts'
import type { EntryStory, EntryText, Giving, PeopleWorld, ShareStory } from './people-world.ts'
import type { Person, PersonDevice } from './person-device.ts'
import { grantsTo, readableBy } from './readable.ts'
import { ownDesk, rowsOf, sharedDesks } from './record-deeds.ts'
import { nothingTakenIsGone } from './talk-requests.ts'
import { noAfterwordIsStolen, noAfterwordIsTakenAlong, nothingSaidIsGone, nothingSaidIsReadable } from './talk-judge.ts'

/** At the end of all: what PROTOCOL section 9 and decision 0017 promise, seen from outside. */
export async function judge(world: PeopleWorld): Promise<void> {
  for (const person of world.people) {
    await nothingSavedIsGone(world, person)
  }
  for (const party of world.parties) {
    await nothingSaidIsGone(world, party)
    await nothingTakenIsGone(world, party)
  }
  await nobodyWroteWhatTheyMayNot(world)
  const insights = new Map<Person, Insight>()
  for (const person of world.people) {
    const device = world.devicesOf(person)[0]
    if (device !== undefined) insights.set(person, await insightOf(world.time, world.random, device))
  }
  theRelayHoldsNoKey(world, [...insights.values()])
  const shown = await shownAtLast(world)
  for (const [person, insight] of insights) {
    const grants = grantsTo(world, insight)
    const read = readableBy(world, insight, grants)
    nothingElseIsReadable(world, person, read, shown)
    nothingSaidIsReadable(world, person, read)
    for (const device of world.devicesOf(person)) nothingEndedIsLeft(world, device, insight)
    await endedIsServedNothing(world, { person, grants, insights })
  }
  for (const device of world.devices) if (device.isRemoved) await noAfterwordIsStolen(world, device)
  for (const leaver of world.leavers) await noAfterwordIsTakenAlong(world, leaver)
  if (world.topic === 'circles') await judgeCircles(world)
  await replaysChangeNothing(world)
}

async function nothingSavedIsGone(world: PeopleWorld, person: Person): Promise<void> {
  const device = world.devicesOf(person)[0]
  if (device?.process === undefined) return
  const titles = new Map((await rowsOf(ownDesk(device, device.process))).map(row => [row.id, row.title]))
  for (const entry of world.entries.values()) {
    if (entry.owner !== person || entry.isBinned || !isOwed(world, entry, device)) continue
    const title = titles.get(entry.id)
    const isKnown = entry.texts.some(({ text }) => text === title)
    demand(isKnown, `2, 4: ${entry.texts[0]?.text} (${entry.id}), saved by ${entry.addedBy.name}, is gone`)
  }
}

/** What somebody wrote in another's record counts while they may write there; what was under way when that ended may be past the cut. */
function isOwed(world: PeopleWorld, { addedBy, shareId, section }: EntryStory, device: PersonDevice): boolean {
  if (addedBy.isRemoved) return false
  if (shareId === undefined) return true
  const given = device.process?.shares.given.find(one => one.shareId === shareId)
  const isStill = given?.state === 'accepted' && given.sections.includes(section)
  const story = world.shares.get(shareId)
  return isStill && story?.wasNarrowed === false && !story.hadDay
}

async function nobodyWroteWhatTheyMayNot(world: PeopleWorld): Promise<void> {
  const forbidden = new Set(world.forbidden)
  for (const device of world.devices) {
    const { process } = device
    if (process === undefined || device.isRemoved) continue
    for (const desk of [ownDesk(device, process), ...sharedDesks(world, process)]) {
      const wrong = (await rowsOf(desk)).find(({ title }) => forbidden.has(title))
      demand(wrong === undefined, `10: ${device.name} shows ${wrong?.title}, which its writer might not write`)
    }
  }
}

function theRelayHoldsNoKey(world: PeopleWorld, insights: readonly Insight[]): void {
  const secrets = insights.flatMap(({ keyring, row }) => [
    ...keyring.logs.flatMap(log => log.epochs.map(epoch => epoch.secret)),
    keyring.shareKem.secretKey,
    row.seeds.device,
    row.seeds.holder,
  ])
  const stored = Buffer.concat(
    world.relays.flatMap(relay => [...relay.inner.everything(), ...relay.letters.map(({ body }) => body)]),
  )
  for (const secret of secrets) demand(!stored.includes(Buffer.from(secret)), '1: the relay holds a key')
}

/** What the devices that stay show of their own records: nobody deleted it whose word counts. */
async function shownAtLast(world: PeopleWorld): Promise<ReadonlySet<string>> {
  const shown = new Set<string>()
  for (const device of world.devices) {
    if (device.isRemoved || device.process === undefined) continue
    for (const row of await rowsOf(ownDesk(device, device.process))) shown.add(row.title)
  }
  return shown
}

/** Keys decide, not what the relay was so kind as to withhold. */
function nothingElseIsReadable(
  world: PeopleWorld,
  person: Person,
  read: ReadonlySet<string>,
  shown: ReadonlySet<string>,
): void {
  for (const entry of world.entries.values()) {
    if (entry.owner === person) continue
    for (const text of entry.texts) {
      if (!read.has(text.text) || text.by.person !== entry.owner) continue
      demand(
        mayRead(world, person, entry, text, shown),
        `${person.name} can read ${text.text} of ${entry.section}, which was not for them`,
      )
    }
  }
}

function mayRead(
  world: PeopleWorld,
  person: Person,
  entry: EntryStory,
  text: EntryText,
  shown: ReadonlySet<string>,
): boolean {
  const begun = [...world.shares.values(), ...world.attempts]
  const shares = begun.filter(share => share.giver === entry.owner && share.recipient === person)
  return shares.some(share =>
    share.givings.some(giving => giving.sections.has(entry.section) && givesText(share, giving, text, shown)),
  )
}

/** Where a device was removed, what it alone had overwritten or deleted stands as before for those that stay, who give it. */
function givesText(
  { recipient, withHistory }: Omit<ShareStory, 'id'>,
  giving: Giving,
  { text, order, openTo }: EntryText,
  shown: ReadonlySet<string>,
): boolean {
  if (giving.order < order) return openTo.has(recipient)
  return withHistory || !giving.gone.has(text) || (giving.by.isRemoved && shown.has(text))
}

/**
 * No frame, blob, key or index row of what is over. What was written last in a log of a paused share, and nobody has, stays with it until
 * the log in its place can be fetched again.
 */
function nothingEndedIsLeft(world: PeopleWorld, device: PersonDevice, { keyring, grants }: Insight): void {
  const live = grants.filter(({ endedBy }) => endedBy === undefined)
  // What was said to each other can be read on.
  const talks = grants.filter(bringsConversation)
  const unsent = new Set([...device.disk.rows('outbox').keys()].map(key => key.split('/')[0] ?? ''))
  const waiting = live.filter(({ isPaused }) => isPaused).flatMap(({ former }) => former.map(({ logId }) => logId))
  const wanted = new Set<string>([
    ...keyring.logs.map(({ logId }) => logId),
    ...waiting.filter(logId => unsent.has(logId)),
    ...live.flatMap(({ logs }) => logs.map(({ logId }) => logId)),
    ...talks.flatMap(({ logs }) => logs.map(({ logId }) => logId)),
  ])
  for (const { id, endedBy, logs, former } of grants.filter(grant => !talks.includes(grant))) {
    const isLeft = endedBy !== undefined && [...logs, ...former].some(({ epochs }) => epochs.length > 0)
    demand(!isLeft, `${device.name} keeps keys of ${id}, which has ended`)
  }
  for (const table of ['frames', 'blobs', 'outbox'] as const) {
    for (const key of device.disk.rows(table).keys()) {
      if (key.startsWith('kept/')) continue
      demand(
        wanted.has(key.split('/')[0] ?? ''),
        `${device.name} keeps ${table} of a log that is not shared with it any more`,
      )
    }
  }
  const shares = new Set([...live, ...talks].map(({ id }) => String(id)))
  for (const key of device.disk.rows('sealed').keys()) {
    const [kind, id = ''] = key.split('/')
    demand(
      kind !== 'log' || wanted.has(id),
      `${device.name} keeps the state of a log that is not shared with it any more`,
    )
    demand(kind !== 'shared' || shares.has(id), `${device.name} keeps an index of ${id}, which has ended`)
  }
}

/** Who reads, what they have of it, and what every person's own devices know. */
interface Ended {
  readonly person: Person
  readonly grants: readonly Grant[]
  readonly insights: ReadonlyMap<Person, Insight>
}

/** Not even whoever registers their old capability once more. */
async function endedIsServedNothing(world: PeopleWorld, { person, grants, insights }: Ended): Promise<void> {
  // What a relay that was put back to an earlier day serves is not promised (decision 0017).
  if (world.hasLostDays || world.relays.some(relay => relay.hasLied)) return
  const seeds = new Map(grants.flatMap(({ shareId, seed }) => (seed === undefined ? [] : [[shareId, seed] as const])))
  for (const [shareId, seed] of seeds) {
    const giver = world.shares.get(shareId)?.giver
    const given = giver && world.devicesOf(giver)[0]?.process?.shares.given.find(one => one.shareId === shareId)
    if (giver === undefined || given?.state !== 'ended') continue
    const weather = { relay: world.relay, isCut: false, loss: 0, rubbish: 0 }
    const link = new FaultyLink(world.time, world.random, weather, () => undefined)
    const client = makeRelayClient(link, grantKeys(seed).holder, makeVirtualClock(world.time, 0))
    const logs = new Map(
      grants.filter(one => one.shareId === shareId).flatMap(one => one.logs.map(log => [logIdOf(log.genesis), log])),
    )
    for (const [logId, { capability }] of logs) {
      if (isOnlyOfRemoved(world, giver, insights, logId)) continue
      await isRefused(world, client, logId, capability, `${person.name}, ${shareId}`)
    }
  }
}

/** A log that a removed device began, and of which nobody who stays has ever heard (seed 1718). */
function isOnlyOfRemoved(
  world: PeopleWorld,
  giver: Person,
  insights: ReadonlyMap<Person, Insight>,
  logId: LogId,
): boolean {
  const { logs = [], closedLogs = [] } = insights.get(giver)?.keyring ?? {}
  const isKnown = [...logs, ...closedLogs].some(log => log.logId === logId)
  return !isKnown && world.devices.some(({ person, isRemoved }) => person === giver && isRemoved)
}

async function isRefused(
  world: PeopleWorld,
  client: ReturnType<typeof makeRelayClient>,
  logId: LogId,
  capability: Uint8Array<ArrayBuffer>,
  whose: string,
): Promise<void> {
  const asked = client.registerCapability(logId, capability).then(() => client.allFrames(logId))
  demand(await world.time.runUntil(asked, 120_000), 'the relay does not answer')
  demand(!(await asked).ok, `11: the relay serves what has ended: ${whose}`)
}

const receivedBy = ({ process }: PersonDevice): ReadonlySet<string> =>
  new Set(process?.shares.received.map(({ shareId }) => shareId))

/**
 * Every letter there ever was, once more. What came while its reader had removed its sender was thrown away unread: once the two have met
 * again it is no repetition, and what it says of a share is only to be true. A letter of then also answers whoever waits for an answer to
 * an invitation that a device made which was removed before anybody had heard of it (seed 209).
 */
async function replaysChangeNothing(world: PeopleWorld): Promise<void> {
  if (world.random.chance(0.6)) return
  const unread: Unread = {
    share: () => false,
    contact: (device, name) => world.removedContacts.get(device.person)?.has(name) === true,
  }
  const before = await stateOf(world, unread)
  const shown = new Map(world.devices.map(device => [device, receivedBy(device)]))
  for (const letter of world.random.shuffled(world.relay.letters)) await world.time.track(world.relay.replay(letter))
  const rounds = world.devices.map(async device => device.process?.session.checkMail())
  demand(await world.time.runUntil(Promise.all(rounds), 10 * 60_000), 'a round does not end')
  await world.pass(3 * 60_000)
  const why = await whyRestless(world)
  demand(why === undefined, `16: after replayed letters ${why}`)
  const after = await stateOf(world, {
    ...unread,
    share: (device, { shareId, contactName }) =>
      unread.contact(device, contactName) && shown.get(device)?.has(shareId) === false,
  })
  demand(before === after, `16: replayed letters changed something:\n${before}\n--------\n${after}`)
}
