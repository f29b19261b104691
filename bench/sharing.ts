import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { RelayLink } from '#app/core/ports.ts'
import type { Session } from '#app/core/session.ts'
import type { ShareRequest } from '#app/core/share-session.ts'
import { encodeGrant } from '#app/core/sharing/grant.ts'
import { sealLetter } from '#app/core/sharing/letter.ts'
import { browserLink } from '#app/platform/browser-link.ts'
import { makeKemKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { PrincipalId, ShareId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { makePerson } from '#tests/app/core/sharing/card-kit.ts'
import { RelayProcess } from '#tests/browser/relay-process.ts'
import { condition } from '#tests/support/household.ts'
import { allFrames, makeEpochKey, tellStory } from '#tests/support/log-kit.ts'
import { type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'
import { makeRogue } from '#tests/support/rogue.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'
import { until } from '#tests/support/test-device.ts'
import { contactOf, exchange, knows, passphraseOf, sharesOf } from '#tests/support/test-people.ts'
import { cpuMs } from './cpu.ts'

const UNLIMITED = { perSecond: 1e6, burst: 1e6 }
const WAIT_MS = 300_000

export async function startPerson(link: RelayLink, personName: string, disk = makeMemoryDisk()): Promise<SessionHost> {
  await readyCrypto()
  const ports = { store: disk.open(), relay: link, clock: makeTestClock(), random: testRandom }
  const host = await makeSession(ports)
  const passphrase = passphraseOf(personName)
  const created = await host.session.createRecord({ personName, birthDate: '1961', passphrase, deviceName: 'bench' })
  if (!created.ok) throw new Error(`Cannot create a record: ${created.failure.kind}`)
  return host
}

export async function startRelay(): Promise<LoopRelay> {
  const clock = makeTestClock()
  const limits = { requests: UNLIMITED, newDrops: UNLIMITED, newLogs: UNLIMITED, framesPerAddress: UNLIMITED }
  return startLoopRelay({ now: () => clock.now(), limits })
}

async function codeOf(session: Session): Promise<string> {
  const invited = await session.invite()
  if (!invited.ok) throw new Error(`Cannot invite: ${invited.failure.kind}`)
  return invited.value.code
}

export async function share(session: Session, to: string, sections: ShareRequest['sections']): Promise<string> {
  const contact = await contactOf(session, to)
  const passphrase = passphraseOf('Ana')
  const request = { contactId: contact!.contactId, sections, role: 'read', withHistory: false, passphrase } as const
  const shared = await session.share(request)
  if (!shared.ok) throw new Error(`Cannot share: ${shared.failure.kind}`)
  return shared.value.shareId
}

export async function meetEachOther(ana: Session, bea: Session): Promise<void> {
  const accepted = await bea.acceptInvitation(await codeOf(ana))
  if (!accepted.ok) throw new Error(`Cannot meet: ${accepted.failure.kind}`)
  await exchange([ana, bea], async () => (await knows(ana, 'Bea')) && knows(bea, 'Ana'))
}

export const givenOf = async (session: Session, id: string) =>
  (await sharesOf(session)).given.find(one => one.shareId === id)?.state

/** Laboratory results alone, so that all of them lie in one section. */
function results(count: number): Blob {
  const entry = Array.from({ length: count }, (_, index) => ({
    resource: {
      resourceType: 'Observation',
      id: `r${index}`,
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { coding: [{ system: 'http://loinc.org', code: '4548-4', display: `Result ${index % 90}` }] },
      effectiveDateTime: new Date(Date.UTC(2015, 0, 1) + index * 3_600_000).toISOString(),
      valueQuantity: { value: 4 + (index % 60) / 10, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    },
  }))
  return new Blob([JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })])
}

async function bringIn(session: Session, count: number): Promise<void> {
  const preview = await session.previewImport(results(count), 'results.json')
  const done = preview.ok ? await session.commitImport(preview.value.importId) : preview
  if (!done.ok) throw new Error(`Cannot import: ${done.failure.kind}`)
}

/**
 * CPU time of this process, which runs the giver, the recipient and the relay: `ready`, from "Share now", passphrase and all, until the
 * grant is on its way; `seen`, from "Accept" until the recipient has the home page and the first rows of the timeline.
 */
export async function shareLargeSection(count: number): Promise<{ readonly ready: number; readonly seen: number }> {
  const relay = await startRelay()
  const [ana, bea] = [await startPerson(relay.link(), 'Ana'), await startPerson(relay.link(), 'Bea')]
  await meetEachOther(ana.session, bea.session)
  await bringIn(ana.session, count)
  await until(async () => (await statusOf(ana.session)) === 'backed-up', WAIT_MS)
  let id = ''
  const ready = await cpuMs(async () => {
    id = await share(ana.session, 'Bea', ['results'])
    await exchange([ana.session], async () => (await givenOf(ana.session, id)) === 'offered')
  })
  await exchange([bea.session], async () => (await sharesOf(bea.session)).received.length > 0)
  const seen = await cpuMs(async () => {
    await bea.session.answerShare(id, 'accept')
    await until(
      async () => ((await bea.session.askShared(id, 'timelineRows', [{}, 0, 30])) ?? []).length === 30,
      WAIT_MS,
    )
    await new Promise<void>(resolve => void bea.session.watchShared(id, 'watchHome', [], () => resolve()))
  })
  return { ready, seen }
}

async function statusOf(session: Session): Promise<string> {
  const told = Promise.withResolvers<string>()
  const stop = await session.watchStatus(status => told.resolve(status.kind))
  stop()
  return told.promise
}

/** CPU time from "Stop sharing" with one of `readers` people, who have the same sections, until it is over and they are told. */
export async function revokeOneOf(readers: number, sectionCount: number): Promise<number> {
  const relay = await startRelay()
  const ana = await startPerson(relay.link(), 'Ana')
  await ana.session.addEntry(condition('Asthma'))
  const sections = SECTIONS.slice(0, sectionCount)
  for (let number = 0; number < readers; number++) {
    const guest = makeRogue(relay)
    await guest.answer(await codeOf(ana.session), guest.cardBytes({ name: `Reader ${number}` }))
  }
  await exchange([ana.session], () => knows(ana.session, `Reader ${readers - 1}`))
  const ids: string[] = []
  for (let number = 0; number < readers; number++) ids.push(await share(ana.session, `Reader ${number}`, sections))
  await exchange([ana.session], async () => (await givenOf(ana.session, ids.at(-1)!)) === 'offered')
  return cpuMs(async () => {
    await ana.session.stopShare(ids[0]!)
    await exchange([ana.session], async () => (await givenOf(ana.session, ids[0]!)) === 'ended')
  })
}

/** Milliseconds by the clock, the 95th of a hundred: from adding an entry until the other person's screen is told, over sockets of a relay process. */
export async function changeArrives(): Promise<number> {
  const relay = await RelayProcess.start({ REQUESTS_PER_SECOND: '100000', NEW_LOGS_PER_HOUR: '1000000' })
  try {
    const link = () => browserLink(relay.origin)
    const [ana, bea] = [await startPerson(link(), 'Ana'), await startPerson(link(), 'Bea')]
    await meetEachOther(ana.session, bea.session)
    await ana.session.addEntry(condition('First'))
    const id = await share(ana.session, 'Bea', ['problems'])
    await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received.length > 0)
    await bea.session.answerShare(id, 'accept')
    const seen = { total: 0, told: () => undefined as void }
    await until(async () => (await bea.session.askShared(id, 'timelineRows', [{}, 0, 1]))?.length === 1, WAIT_MS)
    await bea.session.watchShared(id, 'watchTimeline', [{}], ((page: { readonly total: number }) => {
      seen.total = page.total
      seen.told()
    }) as (told: never) => void)
    const times: number[] = []
    for (let number = 0; number < 100; number++) times.push(await oneChange(ana.session, seen, number))
    return times.toSorted((a, b) => a - b)[94]!
  } finally {
    await relay.destroy()
  }
}

async function oneChange(
  session: Session,
  seen: { readonly total: number; told: () => void },
  number: number,
): Promise<number> {
  const arrived = Promise.withResolvers<void>()
  const before = seen.total
  seen.told = () => seen.total > before && arrived.resolve()
  const start = performance.now()
  await session.addEntry(condition(`Change ${number}`))
  await arrived.promise
  return performance.now() - start
}

/** Bytes of the letter that gives one section with one epoch, as it lies in a mailbox. */
export async function bytesOfGrant(): Promise<number> {
  await readyCrypto()
  const [ana, to] = [makePerson(), makeKemKey()]
  const log = {
    section: 'problems',
    genesis: randomBytes(82),
    epochs: [makeEpochKey()],
    capability: randomBytes(154),
  } as const
  const about = { shareId: ShareId.of(randomBytes(ShareId.size)), version: 1, part: 0, parts: 1, role: 'read' } as const
  const body = encodeGrant({
    ...about,
    until: NEVER,
    isPaused: false,
    recordName: 'Ana',
    seed: randomBytes(32),
    logs: [log],
  })
  const head = { to: PrincipalId.of(randomBytes(PrincipalId.size)), from: ana.principal, chain: ana.chain } as const
  return sealLetter({ ...head, kind: 'grant', body }, ana.device, to.publicKey).length
}

/** Bytes that each of twenty more readers adds to the EPOCH of one section. */
export async function bytesOfRotationPerReader(): Promise<number> {
  await readyCrypto()
  const sizes: number[] = []
  // Envelopes are filled up to a multiple of four.
  for (const count of [4, 24]) {
    const { creator } = await tellStory()
    const readers = Array.from({ length: count }, () => ({ kemPublicKey: makeKemKey().publicKey, notAfter: NEVER }))
    const grants = readers.map(() => ({
      principal: PrincipalId.of(randomBytes(PrincipalId.size)),
      role: 'read' as const,
    }))
    const before = await allFrames(creator.log)
    await creator.log.writeEpoch(makeEpochKey(), [], [], { grants, readers })
    const after = await allFrames(creator.log)
    sizes.push(after.slice(before.length).reduce((total, frame) => total + frame.length, 0))
  }
  return (sizes[1]! - sizes[0]!) / 20
}
