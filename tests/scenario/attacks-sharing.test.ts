import { expect, test, vi } from 'vitest'
import type { ContactCard } from '#app/core/sharing/contact-card.ts'
import { recoverHomeKeys } from '#app/core/log/recover-keys.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { encodeGrant, type Grant, type GrantedLog, grantKeys } from '#app/core/sharing/grant.ts'
import { encodeShareAnswer, encodeShareEnded } from '#app/core/sharing/share-letters.ts'
import type { Session } from '#app/core/session.ts'
import type { ShareRequest } from '#app/core/share-session.ts'
import { makeKemKey, makeSigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { makeEpochKey } from '#tests/support/log-kit.ts'
import type { LoopRelay } from '#tests/support/loop-link.ts'
import { makeRogue, type Rogue } from '#tests/support/rogue.ts'
import { grantsIn, makeRogueLog, makeRogueMember } from '#tests/support/rogue-log.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import {
  contactOf,
  exchange,
  knows,
  makePerson,
  meet,
  pair,
  passphraseOf,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Grants, and relays, that mean harm. Named after the lines of docs/threat-model.md. */
const MANY = { perSecond: 10_000, burst: 100_000 }
const { relay, device, clock } = household({ newDrops: MANY })
const person = (name: string) => makePerson(device, name)

async function inviteOf({ session }: TestDevice): Promise<string> {
  const invited = await session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  return invited.value.code
}

async function rogueKnownTo(someone: TestDevice): Promise<{ eve: Rogue; card: ContactCard }> {
  const eve = makeRogue(relay())
  const code = await inviteOf(someone)
  const card = await eve.inviterOf(code)
  await eve.answer(code, eve.cardBytes({ name: 'Eve' }))
  await exchange([someone.session], () => knows(someone.session, 'Eve'))
  return { eve, card }
}

async function share(from: TestDevice, to: string, request: Partial<ShareRequest> = {}): Promise<string> {
  const contact = await contactOf(from.session, to)
  const shared = await from.session.share({
    contactId: contact!.contactId,
    sections: ['problems'],
    role: 'read',
    withHistory: true,
    passphrase: passphraseOf('Ana'),
    ...request,
  })
  if (!shared.ok) throw new Error(shared.failure.kind)
  return shared.value.shareId
}

const receivedOf = async (session: Session) => (await sharesOf(session)).received
const titles = async (session: Session, id: string) =>
  (await session.askShared(id, 'timelineRows', [{}, 0, 100]))?.map(row => row.title).toSorted()
const sees = (session: Session, id: string, expected: readonly string[]) =>
  until(async () => (await titles(session, id))?.join() === expected.join())

async function accepted(ana: TestDevice, bea: TestDevice, id: string): Promise<void> {
  await exchange([ana.session, bea.session], async () =>
    (await receivedOf(bea.session)).some(one => one.shareId === id),
  )
  expect((await bea.session.answerShare(id, 'accept')).ok).toBe(true)
  const isAccepted = async () =>
    (await sharesOf(ana.session)).given.find(one => one.shareId === id)?.state === 'accepted'
  await exchange([bea.session, ana.session], isAccepted)
}

/** A log that `eve` has at the relay, with one entry in it. */
async function logOf(eve: Rogue, title = 'By Eve') {
  return makeRogueLog({ relay: relay(), person: eve, title })
}

/** `eve` at work with the share she was given last. */
async function memberOf(eve: Rogue) {
  const grant = grantsIn(await eve.letters()).at(-1)
  if (grant === undefined) throw new Error('No grant came')
  return makeRogueMember(relay(), grant, eve.shareKem)
}

function grantOf(logs: readonly GrantedLog[], change: Partial<Grant> = {}): Grant {
  return {
    shareId: ShareId.of(randomBytes(ShareId.size)),
    version: 1,
    part: 0,
    parts: 1,
    role: 'read',
    until: NEVER,
    isPaused: false,
    recordName: 'Eve',
    seed: randomBytes(32),
    logs,
    ...change,
  }
}

async function beaAndEve() {
  const bea = await person('Bea')
  const { eve, card } = await rogueKnownTo(bea)
  const give = async (grant: Grant) => {
    await eve.write(card, 'grant', encodeGrant(grant))
    await bea.session.checkMail()
  }
  return { bea, eve, card, give }
}

test('a tampered, truncated or oversized grant is not even an offer', async () => {
  const { bea, eve, card } = await beaAndEve()
  const log = await logOf(eve)
  const body = encodeGrant(grantOf([log.granted(randomBytes(32))]))
  const sealed = eve.seal(card, 'grant', body)
  const tampered = sealed.slice()
  tampered[sealed.length - 100]! ^= 1
  await eve.drop(card, tampered)
  await eve.drop(card, sealed.slice(0, -1))
  for (const length of [0, 1, 40, body.length - 1]) await eve.write(card, 'grant', body.slice(0, length))
  await eve.write(card, 'grant', new Uint8Array([...body, 0]))
  await eve.write(card, 'grant', randomBytes(13 * 1024))
  await bea.session.checkMail()
  expect(await receivedOf(bea.session)).toEqual([])
  await eve.drop(card, sealed)
  await bea.session.checkMail()
  expect(await receivedOf(bea.session)).toMatchObject([{ recordName: 'Eve', state: 'offered' }])
})

test('a replayed grant brings back neither what was narrowed nor what has ended', async () => {
  const { bea, eve, card, give } = await beaAndEve()
  const seed = randomBytes(32)
  const [problems, allergies] = [await logOf(eve), await logOf(eve)]
  const wide = grantOf([problems.granted(seed), { ...allergies.granted(seed), section: 'allergies' }], { seed })
  const narrow = { ...wide, version: 2, logs: wide.logs.slice(0, 1) }
  for (const grant of [wide, narrow, wide]) await give(grant)
  expect((await receivedOf(bea.session))[0]?.sections).toEqual(['problems'])
  await eve.write(card, 'share-ended', encodeShareEnded({ shareId: wide.shareId, version: 3, endedBy: 'stopped' }))
  for (const grant of [narrow, { ...wide, version: 9 }]) await give(grant)
  expect(await receivedOf(bea.session)).toMatchObject([{ state: 'ended', endedBy: 'stopped' }])
})

test('an expired grant is over when it comes', async () => {
  const { bea, eve, give } = await beaAndEve()
  const log = await logOf(eve)
  await give(grantOf([log.granted(randomBytes(32))], { until: instant(clock.now() - 60_000) }))
  await bea.session.checkMail()
  expect(await receivedOf(bea.session)).toMatchObject([{ state: 'ended', endedBy: 'expired' }])
})

test('a wrong-person grant, of a record that is not its giver’s, is not an offer; nor does another answer for a recipient', async () => {
  const { bea, eve, give } = await beaAndEve()
  const dan = makeRogue(relay())
  const dans = await makeRogueLog({ relay: relay(), person: dan, title: 'By Dan' })
  await give(grantOf([dans.granted(randomBytes(32))]))
  const home = await makeRogueLog({ relay: relay(), person: eve, title: 'Home', kind: 'home' })
  await give(grantOf([home.granted(randomBytes(32))]))
  expect(await receivedOf(bea.session)).toEqual([])

  const ana = await person('Ana')
  await meet(ana, bea, ['Ana', 'Bea'])
  const other = await rogueKnownTo(ana)
  const id = await share(ana, 'Bea')
  await accepted(ana, bea, id)
  const shareId = ShareId.parse(id)!
  await other.eve.write(other.card, 'share-answer', encodeShareAnswer({ shareId, answer: 'left' }))
  await ana.session.checkMail()
  expect((await sharesOf(ana.session)).given[0]?.state).toBe('accepted')
})

test('two grants of one log, on purpose, give one record at a time, and the second goes on when the first ends', async () => {
  const { bea, eve, card, give } = await beaAndEve()
  const [first, second] = [randomBytes(32), randomBytes(32)]
  const log = await logOf(eve)
  const grants = await Promise.all([first, second].map(async seed => grantOf([await log.admit(seed)], { seed })))
  for (const grant of grants) await give(grant)
  for (const { shareId } of grants) expect((await bea.session.answerShare(shareId, 'accept')).ok).toBe(true)
  const [one, two] = grants.map(grant => grant.shareId as string)
  await sees(bea.session, one!, ['By Eve'])
  expect(await titles(bea.session, two!)).toBeUndefined()
  const again = await bea.restart()
  expect((await again.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await sees(again.session, one!, ['By Eve'])
  expect(await titles(again.session, two!)).toBeUndefined()
  await eve.write(
    card,
    'share-ended',
    encodeShareEnded({ shareId: grants[0]!.shareId, version: 2, endedBy: 'stopped' }),
  )
  await again.session.checkMail()
  await sees(again.session, two!, ['By Eve'])
  expect(await titles(again.session, one!)).toBeUndefined()
})

test('absurd grants: two logs of one section, a thousand offers, keys that are none, the last version and the last day', async () => {
  const { bea, eve, card, give } = await beaAndEve()
  const seed = randomBytes(32)
  const [one, two] = [await logOf(eve, 'One'), await logOf(eve, 'Two')]
  const both = grantOf([await one.admit(seed), await two.admit(seed)], {
    seed,
    version: 2 ** 32 - 1,
    until: instant(8.64e15),
    recordName: '\u202Eeve\n',
  })
  await give(both)
  expect(await receivedOf(bea.session)).toMatchObject([{ recordName: 'eve', sections: ['problems'] }])
  expect((await bea.session.answerShare(both.shareId, 'accept')).ok).toBe(true)
  await until(async () => ['One', 'Two'].includes((await titles(bea.session, both.shareId))?.join() ?? ''))
  for (let times = 0; times < 3; times++) await bea.session.checkMail()
  expect(['One', 'Two']).toContain((await titles(bea.session, both.shareId))?.join())

  const { keyId } = makeEpochKey()
  await give(grantOf([{ ...one.granted(seed), epochs: [{ keyId, secret: randomBytes(32) }] }]))
  expect(await receivedOf(bea.session)).toHaveLength(1)
  for (let times = 0; times < 40; times++) {
    await eve.write(card, 'grant', encodeGrant(grantOf([one.granted(seed)])))
    if (times % 20 === 19) await bea.session.checkMail()
  }
  expect(await receivedOf(bea.session)).toHaveLength(1 + 32)
})

test('a grant that arrives before its log opens when the log is there', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  await backedUp(ana.session)
  const id = await share(ana, 'Bea')
  await exchange([ana.session, bea.session], async () => (await receivedOf(bea.session)).length === 1)
  ana.setOnline(false)
  await relay().loseEverything()
  expect((await bea.session.answerShare(id, 'accept')).ok).toBe(true)
  await bea.session.checkMail()
  expect(await titles(bea.session, id)).toEqual([])
  ana.setOnline(true)
  await sees(bea.session, id, ['Asthma'])
})

test('a relay that injects a reader gives away ciphertext, and nothing that the reader writes counts', async () => {
  const ana = await person('Ana')
  await ana.session.addEntry(condition('Asthma'))
  await backedUp(ana.session)
  const holder = makeSigningKey()
  for (const logId of relay().logs()) await relay().inject(logId, holder.publicKey)
  const client = makeRelayClient(relay().link(), holder, clock)
  const seen: Uint8Array[] = []
  for (const logId of relay().logs()) {
    const frames = await client.allFrames(logId)
    if (!frames.ok) throw new Error(frames.failure.kind)
    seen.push(...frames.value)
  }
  expect(seen.length).toBeGreaterThan(SECTIONS.length)
  expect(seen.some(frame => Buffer.from(frame).includes('Asthma'))).toBe(false)
  // No envelope is for them, and no EPOCH names them.
  const genesis = relay().genesisOf(relay().logs()[0]!)
  expect(recoverHomeKeys(genesis, seen, makeKemKey())).toEqual([])
})

test('a reader who signs frames, and a relay that takes them, change nobody’s record', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const { eve } = await rogueKnownTo(ana)
  const beas = await share(ana, 'Bea')
  await accepted(ana, bea, beas)
  await share(ana, 'Eve')
  await ana.session.checkMail()
  const member = await memberOf(eve)
  await until(async () => (await member.titles()).includes('Asthma'))
  // An honest relay takes nothing of a reader.
  await member.add('Forged')
  expect(await member.send()).toBe('not-allowed')
  await relay().inject(member.logId, grantKeys(member.seed).holder.publicKey)
  expect(await member.send()).toBe('taken')
  await ana.session.addEntry(condition('Migraine'))
  await sees(bea.session, beas, ['Asthma', 'Migraine'])
  expect((await ana.session.timelineRows({ kinds: ['condition'] }, 0, 9)).length).toBe(2)
  await member.close()
})

test('a removed writer with a modified client writes on beside a relay that lets them, and it counts for nobody', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const { eve } = await rogueKnownTo(ana)
  const beas = await share(ana, 'Bea')
  await accepted(ana, bea, beas)
  const eves = await share(ana, 'Eve', { role: 'write' })
  await ana.session.checkMail()
  const member = await memberOf(eve)
  await until(async () => (await member.titles()).includes('Asthma'))
  await member.add('Before')
  expect(await member.send()).toBe('taken')
  await sees(bea.session, beas, ['Asthma', 'Before'])
  expect((await ana.session.stopShare(eves)).ok).toBe(true)
  await exchange([ana.session], async () => (await sharesOf(ana.session)).given[0]?.state === 'ended')
  await member.add('After')
  expect(await member.send()).toBe('not-allowed')
  await relay().inject(member.logId, grantKeys(member.seed).holder.publicKey)
  expect(await member.send()).toBe('taken')
  await ana.session.addEntry(condition('Migraine'))
  await sees(bea.session, beas, ['Asthma', 'Before', 'Migraine'])
  expect((await ana.session.timelineRows({ kinds: ['condition'] }, 0, 9)).length).toBe(3)
  // What came after the end can be fetched from such a relay, and not be read.
  expect(await member.titles()).not.toContain('Migraine')
  await member.close()
})

test('a relay that withholds a revocation keeps serving ciphertext that its reader cannot read', async () => {
  const ana = await person('Ana')
  await ana.session.addEntry(condition('Asthma'))
  const { eve } = await rogueKnownTo(ana)
  const id = await share(ana, 'Eve')
  await ana.session.checkMail()
  const member = await memberOf(eve)
  await until(async () => (await member.titles()).includes('Asthma'))
  const request = ana.link.request.bind(ana.link)
  // It says that it ended what it did not.
  ana.link.request = asked =>
    asked.method === 'DELETE' && asked.path.includes('/caps/')
      ? Promise.resolve({ ok: true, value: { status: 200, body: new Uint8Array(0) } })
      : request(asked)
  expect((await ana.session.stopShare(id)).ok).toBe(true)
  await exchange([ana.session], async () => (await sharesOf(ana.session)).given[0]?.state === 'ended')
  const before = await member.frameCount()
  await ana.session.addEntry(condition('Migraine'))
  await backedUp(ana.session)
  await until(async () => (await member.frameCount()) > before)
  expect(await member.titles()).toEqual(['Asthma'])
  await member.close()
})

test('a relay that rolls back, or replays an old roster, is given the end of a share once more', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const { eve } = await rogueKnownTo(ana)
  const beas = await share(ana, 'Bea')
  await accepted(ana, bea, beas)
  const eves = await share(ana, 'Eve')
  await ana.session.checkMail()
  const member = await memberOf(eve)
  await until(async () => (await member.titles()).includes('Asthma'))
  const mark = relay().mark()
  expect((await ana.session.stopShare(eves)).ok).toBe(true)
  await exchange([ana.session], async () => (await sharesOf(ana.session)).given[0]?.state === 'ended')
  await ana.session.addEntry(condition('Migraine'))
  await sees(bea.session, beas, ['Asthma', 'Migraine'])
  expect(await member.look()).toBe('not-allowed')

  await relay().putBack(mark)
  await until(async () => (await member.look()) === 'not-allowed')
  // And before it was ever registered: they have its bytes, and bring them again, right after Ana was told what is served.
  const request = ana.link.request.bind(ana.link)
  let isBrought = false
  ana.link.request = async asked => {
    const answer = await request(asked)
    if (asked.method !== 'GET' || !asked.path.endsWith(`${member.logId}/caps`)) return answer
    await member.register()
    isBrought = true
    return answer
  }
  await relay().putBack(0)
  await sees(bea.session, beas, ['Asthma', 'Migraine'])
  await until(() => isBrought)
  await until(async () => (await member.register()) === 'stale')
  expect(await member.look()).toBe('not-allowed')
  expect(await member.titles()).toEqual(['Asthma'])
  await member.close()
})

test('a relay that forks, and shows a recipient another history, is found out when the two meet', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const id = await share(ana, 'Bea', { role: 'write' })
  await accepted(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  await backedUp(ana.session)
  const other = await relay().copyAt(relay().mark())
  const moved = async (from: TestDevice, to: LoopRelay) => {
    from.link.setReachable(false)
    from.store.kill()
    return device({ relay: to, disk: from.disk, clock: from.clock })
  }
  const there = await moved(bea, other)
  expect((await there.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await sees(there.session, id, ['Asthma'])
  expect((await there.session.askShared(id, 'addEntry', [condition('In the other history')]))?.ok).toBe(true)
  await ana.session.addEntry(condition('Migraine'))
  await backedUp(ana.session)
  expect(await titles(there.session, id)).toEqual(['Asthma', 'In the other history'])
  const back = await moved(there, relay())
  expect((await back.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await sees(back.session, id, ['Asthma', 'In the other history', 'Migraine'])
  await until(async () => (await ana.session.timelineRows({ kinds: ['condition'] }, 0, 9)).length === 3)
  await other.stop()
})

test('a recipient’s stolen device gets no keys of what comes after its removal', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const id = await share(ana, 'Bea')
  await accepted(ana, bea, id)
  // The first device is the stolen one; it paired the one that stays.
  const tablet = await device()
  await pair(bea, tablet, passphraseOf('Bea'))
  await sees(tablet.session, id, ['Asthma'])
  const stolen = (await tablet.session.devices()).find(one => !one.isThisOne)
  bea.setOnline(false)
  const robbed = bea.disk.clone()
  expect((await tablet.session.removeDevice(stolen!.deviceId)).ok).toBe(true)
  await exchange([tablet.session, ana.session], async () => {
    const devices = await tablet.session.devices()
    return devices.length === 1
  })
  for (let times = 0; times < 4; times++) {
    for (const { session } of [tablet, ana]) await session.checkMail()
  }
  await ana.session.addEntry(condition('Migraine'))
  await sees(tablet.session, id, ['Asthma', 'Migraine'])
  const thief = await device({ disk: robbed })
  expect((await thief.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await sees(thief.session, id, ['Asthma'])
  for (let times = 0; times < 5; times++) await thief.session.checkMail()
  expect(await titles(thief.session, id)).toEqual(['Asthma'])
})
