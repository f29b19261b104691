import type { KeptMaterial } from '#app/core/material-session.ts'
import type { Workspace } from '#app/core/workspace-session.ts'
import type { AcceptedFrom } from '#app/core/addition-session.ts'
import type { DirectoryInfo } from '#app/core/issuer-session.ts'
import { circleOf, postsOf } from '#tests/support/circle-acts.ts'
import type { CircleDetail, Post } from '#app/core/circle-session.ts'
import { expect, test, vi } from 'vitest'
import type { MadeBackup } from '#app/core/backup-session.ts'
import type { Ending } from '#app/core/follow-session.ts'
import type { OutLink } from '#app/core/out-link-session.ts'
import type { FreeSlot, RequestDetail, RequestPlace } from '#app/core/request-session.ts'
import type { ThreadDetail, ThreadList, ThreadPlace } from '#app/core/message-session.ts'
import type { OwnRelay } from '#app/core/relay-session.ts'
import type { Session, TimelineQuery } from '#app/core/session.ts'
import { FATES } from '#app/platform/session-methods.ts'
import { SessionSwitch } from '#app/platform/session-switch.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { hash } from '#crypto/hash.ts'
import { toBase64Url } from '#schema/base64url.ts'
import { utf8 } from '#schema/bytes.ts'
import { FileId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { VisitorDetail } from '#app/core/visitor-session.ts'
import { ANA, condition, household, shows } from '#tests/support/household.ts'
import { DIRECTORY, directoryOf, TestIssuer } from '#tests/support/make-card.ts'
import { answerOf, linkOf, sealJwe } from '#tests/support/make-link.ts'
import { doorOf, ORIGIN, visitorOf } from '#tests/support/visitor-acts.ts'
import { README_WORDS } from '#tests/support/test-backup.ts'
import {
  firstEntry,
  firstSettings,
  firstStatus,
  firstVault,
  type TestDevice,
  until,
} from '#tests/support/test-device.ts'
import { guardiansIn, keepFor, keptTitles } from '#tests/support/test-kept.ts'
import {
  accept,
  contactOf,
  exchange,
  makePerson,
  meet,
  pair,
  passphraseOf,
  peopleOf,
  share,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 900_000 })

const MANY = { perSecond: 10_000, burst: 100_000 }
const { clock, device, phoneWithRecord, relay } = household({ newDrops: MANY, newLogs: MANY })
const HOUR_MS = 3600_000
const passphrase = passphraseOf('Ana')
const DONE = { ok: true, value: undefined }

type Resent = {
  [Name in keyof typeof FATES]: (typeof FATES)[Name] extends 'again' | 'named' | 'inner' ? Name : never
}[keyof typeof FATES]

/** One command, and what must be so once it was answered, whoever died meanwhile. */
interface Act {
  /** Whose vault it is done in; where the last one died, on the same disk. */
  readonly at: TestDevice
  readonly send: (session: Session) => Promise<unknown>
  readonly check: (at: TestDevice, answer: unknown) => Promise<void>
}

type Acts = (before: TestDevice | undefined) => Promise<Act>

/** A guest's command whose owner dies before its first commit, then after it, then at the second, until one lives to answer. */
async function dyingAtEachCommit(acts: Acts, last: number): Promise<number> {
  let living: TestDevice | undefined
  let deaths = 0
  for (let number = 1; number <= last; number++) {
    for (const when of ['before', 'after'] as const) {
      const { at, send, check } = await acts(living)
      let key: Uint8Array<ArrayBuffer> | undefined
      at.host.watchKey(given => {
        key = given ?? key
      })
      const guest = new SessionSwitch()
      guest.connect(at.session)
      at.store.killAt(at.store.commits + number, when)
      let isAnswered = false
      const answer = send(guest.session).finally(() => {
        isAnswered = true
      })
      await until(() => isAnswered || at.store.isKilled)
      const isThrough = !at.store.isKilled
      guest.disconnect()
      living = await at.restart()
      if (key !== undefined) await living.host.unlockWithKey(key)
      guest.connect(living.session)
      await check(living, await answer)
      if (isThrough) return deaths
      deaths++
    }
  }
  return deaths
}

async function materialsOf(session: Session): Promise<readonly KeptMaterial[]> {
  const told = Promise.withResolvers<readonly KeptMaterial[]>()
  const stop = await session.watchMaterials(told.resolve)
  stop()
  return told.promise
}

async function workspaceOf(session: Session): Promise<Workspace> {
  const told = Promise.withResolvers<Workspace>()
  const stop = await session.watchWorkspace(told.resolve)
  stop()
  return told.promise
}

function value<Value>(result: Result<Value, unknown> | undefined): Value {
  if (result?.ok !== true) throw new Error(`refused: ${JSON.stringify(result)}`)
  return result.value
}

/** Nothing waits to be sent, so that few commits but those of the act are made. */
async function quiet(session: Session): Promise<void> {
  await until(async () => (await firstStatus(session, () => true)).kind === 'backed-up', 120_000)
}

let ever = 0
/** Its own for each name. */
const fileIdOf = (name: string) => FileId.of(hash(utf8(name)).subarray(0, FileId.size))
const unheardOf = () => `Thing ${++ever}`

async function home(before: TestDevice | undefined): Promise<TestDevice> {
  const at = before ?? (await makePerson(device, 'Ana'))
  await quiet(at.session)
  return at
}

/** An act on an entry of its own. */
const onEntry =
  (
    prepare: (session: Session, id: EntryId) => Promise<unknown>,
    send: (session: Session, id: EntryId) => Promise<unknown>,
    check: (session: Session, id: EntryId, name: string) => Promise<void>,
  ): Acts =>
  async before => {
    const at = await home(before)
    const name = unheardOf()
    const id = value(await at.session.addEntry(condition(name)))
    await prepare(at.session, id)
    await quiet(at.session)
    return {
      at,
      send: session => send(session, id),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        await check(session, id, name)
      },
    }
  }

/** By the entry, another one that may be the same. */
const twins = new Map<EntryId, EntryId>()

async function addTwin(session: Session, id: EntryId): Promise<void> {
  twins.set(id, value(await session.addEntry(condition(unheardOf()))))
}

function twinOf(id: EntryId): EntryId {
  const twin = twins.get(id)
  if (twin === undefined) throw new Error('Cannot find the twin: none was added')
  return twin
}

function equals(found: unknown, wanted: unknown): void {
  expect(found).toEqual(wanted)
}

/** On a device that shows nothing while it is locked. */
async function lockedCard(before: TestDevice | undefined, send: (session: Session) => Promise<unknown>) {
  return {
    at: await home(before),
    send,
    check: async (_: TestDevice, answer: unknown) => expect(answer).toEqual(DONE),
  }
}

/** An act on a link of its own, which stands so before it. */
const onOutLink =
  (
    before: 'open' | 'paused',
    send: (session: Session, linkId: string) => Promise<unknown>,
    after: OutLink['standing'] | undefined,
  ): Acts =>
  async known => {
    const at = await home(known)
    const expiresAt = instant(at.clock.now() + 3_600_000)
    const about = {
      sections: ['problems'],
      files: [],
      noneKnown: [],
      words: outWords(),
      label: unheardOf(),
      expiresAt,
      isLiving: false,
    } as const
    const { linkId } = value(await at.session.makeOutLink({ ...about, origin: 'https://relay.example', passphrase }))
    if (before === 'paused') value(await at.session.endOutLink(linkId, 'pause'))
    await quiet(at.session)
    return {
      at,
      send: session => send(session, linkId),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        const link = (await session.outLinks()).find(one => one.linkId === linkId)
        expect(link?.standing).toBe(after)
      },
    }
  }

const nothing = async () => undefined

/** With the index level with every document. */
async function rowsOf(session: Session, query: TimelineQuery = {}): Promise<readonly EntrySummary[]> {
  await session.facets()
  return session.timelineRows(query, 0, 999)
}

async function letterFor(session: Session, id: EntryId): Promise<EntryId> {
  const letter = (await rowsOf(session)).find(row => row.title === `Letter ${id}`)
  if (letter === undefined) throw new Error('There is no such letter')
  return letter.id
}

const isIn = async (session: Session, id: EntryId) => (await rowsOf(session)).some(row => row.id === id)
const isBinned = async (session: Session, id: EntryId) => (await session.bin()).some(({ summary }) => summary.id === id)

/** With a contact, Bea, who is another one for every act where `isNew`. */
async function withBea(before: TestDevice | undefined, isNew = false) {
  const at = await home(before)
  const name = isNew ? unheardOf() : 'Bea'
  let bea: TestDevice | undefined
  if ((await contactOf(at.session, name)) === undefined) {
    bea = await makePerson(device, name)
    await meet(at, bea, ['Ana', name])
  }
  await quiet(at.session)
  return { at, bea, contactId: (await contactOf(at.session, name))!.contactId }
}

async function threadsIn(session: Session): Promise<ThreadList['threads']> {
  const told = Promise.withResolvers<ThreadList>()
  const stop = await session.watchThreads(told.resolve)
  stop()
  return (await told.promise).threads
}

async function threadIn(session: Session, place: ThreadPlace): Promise<ThreadDetail | undefined> {
  const told = Promise.withResolvers<ThreadDetail | undefined>()
  const stop = await session.watchThread(place, 100, told.resolve)
  stop()
  return told.promise
}

async function requestIn(session: Session, place: RequestPlace): Promise<RequestDetail | undefined> {
  const told = Promise.withResolvers<RequestDetail | undefined>()
  const stop = await session.watchRequest(place, told.resolve)
  stop()
  return told.promise
}

let hours = 0
/** One that nobody has published yet. */
const anHour = () => new Date(Date.UTC(2099, 2, 9, ++hours)).toISOString()

async function freeSlotsOf(session: Session): Promise<readonly FreeSlot[]> {
  const told = Promise.withResolvers<readonly FreeSlot[]>()
  const stop = await session.watchFreeSlots(told.resolve)
  stop()
  return told.promise
}

const textsIn = async (session: Session, place: ThreadPlace) =>
  (await threadIn(session, place))?.messages.map(({ text }) => text)

/** In a thread with Bea of its own. */
function inThread(
  send: (session: Session, place: ThreadPlace, key: string) => Promise<unknown>,
  check: (session: Session, place: ThreadPlace) => Promise<void | undefined>,
): Acts {
  return async before => {
    const { at, contactId } = await withBea(before)
    const about = { contactIds: [contactId], subject: '', about: 'family', text: 'Hello', key: unheardOf() } as const
    const place = value(await at.session.beginThread(about))
    await quiet(at.session)
    const key = unheardOf()
    return {
      at,
      send: session => send(session, place, key),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        await check(session, place)
      },
    }
  }
}

/** With somebody of its own who has no Wellkeep, and who answered by a link. */
function withVisitor(
  send: (session: Session, place: ThreadPlace, linkId: string, answerId: string) => Promise<unknown>,
  check: (visitor: VisitorDetail | undefined) => Promise<void>,
): Acts {
  return async before => {
    const at = await home(before)
    const { session } = at
    const whom = { contactIds: [], visitor: unheardOf(), about: 'my-care' } as const
    const place = value(await session.beginThread({ ...whom, subject: '', text: 'Hello', key: unheardOf() }))
    const { conversationId, threadId } = place
    const expiresAt = instant(clock.now() + 3600_000)
    const link = value(
      await session.makeVisitorLink({ conversationId, topic: { threadId }, expiresAt, origin: ORIGIN }),
    )
    const door = doorOf(relay(), link.address)
    const letter = await door.open('')
    if (!letter.ok) throw new Error(letter.failure)
    await door.answer(letter.value, { name: 'Dr. Green', text: 'Yes.' })
    const answers = async () => (await visitorOf(session, conversationId))?.answers ?? []
    await until(async () => (await answers()).length === 1)
    const [answer] = await answers()
    await quiet(session)
    return {
      at,
      send: now => send(now, place, link.linkId, answer!.answerId),
      async check(after, said) {
        expect(said).toEqual(DONE)
        await check(await visitorOf(after.session, conversationId))
      },
    }
  }
}

/** In a circle of its own, with one thing said. */
function inCircle(
  send: (session: Session, saidId: string) => Promise<unknown>,
  check: (circle: CircleDetail | undefined, said: Post | undefined) => void,
  answer: unknown = DONE,
): Acts {
  return async before => {
    const at = await home(before)
    const { session } = at
    if ((await circleOf(session)) === undefined) value(await session.beginCircle(CIRCLE))
    value(await session.sayInCircle({ text: 'Hello', key: unheardOf() }))
    const saidId = (await postsOf(session)).posts[0]!.id
    await quiet(session)
    return {
      at,
      send: now => send(now, saidId),
      async check(after, said) {
        expect(said).toEqual(answer)
        check(
          await circleOf(after.session),
          (await postsOf(after.session)).posts.find(({ id }) => id === saidId),
        )
      },
    }
  }
}

const CIRCLE = { name: 'Walkers', rules: 'Be kind.', avatar: 'squirrel', key: 'circle' }
const refusedFor = (kind: string) => ({ ok: false, failure: { kind } })

/** Of a message that is being written. */
function withFile(act: (session: Session, id: FileId) => Promise<void>): Acts {
  return inThread(async (session, _place, key) => {
    await act(session, fileIdOf(key))
    return DONE
  }, nothing)
}

const FILE = (name: string) =>
  new Blob([
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Condition', id: name, code: { text: name } } }],
    }),
  ])

const ACTS: Readonly<Record<Resent, Acts>> = {
  async createRecord() {
    const at = await device()
    const about = { personName: 'Ana', birthDate: '1961', passphrase, deviceName: 'phone' }
    return {
      at,
      send: session => session.createRecord(about),
      async check({ session }, answer) {
        const state = await firstVault(session, ({ kind }) => kind !== 'starting')
        const isThere = (answer as { failure?: { kind: string } }).failure?.kind === 'already-there'
        if (!isThere) expect(answer).toMatchObject({ ok: true })
        expect(state.kind).toMatch(isThere ? /locked|open/ : /open/)
        expect(await session.unlock(passphrase)).toEqual(DONE)
        expect((await session.showKit(passphrase)).ok).toBe(true)
        expect(await session.devices()).toHaveLength(1)
      },
    }
  },
  async removePasskey(before) {
    const at = await home(before)
    const credentialId = Uint8Array.from(unheardOf(), letter => letter.charCodeAt(0))
    const output = new Uint8Array(32).fill(7)
    const passkey = { credentialId, output, salt: new Uint8Array(32), name: 'Key', passphrase }
    expect(await at.session.addPasskey(passkey)).toEqual(DONE)
    const id = toBase64Url(credentialId)
    return {
      at,
      send: session => session.removePasskey(id),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await session.passkeys()).map(each => each.id)).not.toContain(id)
      },
    }
  },
  async createSample() {
    const at = await device()
    return {
      at,
      send: session => session.createSample({ deviceName: 'phone' }),
      async check({ session }, answer) {
        const isThere = (answer as { failure?: { kind: string } }).failure?.kind === 'already-there'
        if (!isThere) expect(answer).toEqual(DONE)
        expect(await firstVault(session, ({ kind }) => kind === 'open')).toMatchObject({ isSample: true })
      },
    }
  },
  async confirmKit() {
    const at = await device()
    const about = { personName: 'Ana', birthDate: '1961', passphrase, deviceName: 'phone' }
    const { words } = value(await at.session.createRecord(about))
    await quiet(at.session)
    const positions = await at.session.kitChallenge()
    return {
      at,
      send: session => session.confirmKit(positions.map(position => ({ position, word: words[position - 1]! }))),
      async check({ session }, answer) {
        // The one who asked for the words is dead: the screen finds the kit confirmed, or asks anew.
        if (answer !== undefined && (answer as { ok: boolean }).ok) expect(answer).toEqual(DONE)
        else expect(answer).toEqual({ ok: false, failure: { kind: 'no-kit' } })
        const state = await firstVault(session, ({ kind }) => kind === 'open')
        const isConfirmed = state.kind === 'open' && state.kitConfirmed
        expect((await session.showKit(passphrase)).ok).toBe(!isConfirmed)
        if ((answer as { ok: boolean }).ok) expect(isConfirmed).toBe(true)
      },
    }
  },
  async practiseKit() {
    const at = await device()
    const about = { personName: 'Ana', birthDate: '1961', passphrase, deviceName: 'phone' }
    const { words } = value(await at.session.createRecord(about))
    await quiet(at.session)
    return {
      at,
      send: session => session.practiseKit(words.join(' ')),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        const state = await firstVault(session, ({ kind }) => kind === 'open')
        expect(state.kind === 'open' && state.kitTypedAt).toBeGreaterThan(0)
      },
    }
  },
  async unlock(before) {
    const at = await home(before)
    await at.session.lock()
    return {
      at,
      send: session => session.unlock(passphrase),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        await firstVault(session, ({ kind }) => kind === 'open')
      },
    }
  },
  async giveRelayToken(before) {
    const at = await home(before)
    const token = `for the family of ${unheardOf()}`
    return {
      at,
      send: session => session.giveRelayToken(token),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        const told = Promise.withResolvers<OwnRelay>()
        const stop = await session.watchRelay(relay => relay.hasToken && told.resolve(relay))
        expect((await told.promise).hasToken).toBe(true)
        stop()
      },
    }
  },
  async addMirror(before) {
    const at = await home(before)
    return {
      at,
      send: session => session.addMirror({ address: 'nowhere', passphrase }),
      async check(_after, answer) {
        expect(answer).toEqual(refusedFor('bad-address'))
      },
    }
  },
  async copyToMirror(before) {
    const at = await home(before)
    return {
      at,
      send: session => session.copyToMirror(false),
      async check(_after, answer) {
        expect(answer).toBeUndefined()
      },
    }
  },
  async removeMirror(before) {
    const at = await home(before)
    return {
      at,
      send: session => session.removeMirror(true),
      async check(_after, answer) {
        expect(answer).toEqual(DONE)
      },
    }
  },
  async startMove(before) {
    const at = await home(before)
    return {
      at,
      send: session => session.startMove({ address: 'nowhere', passphrase }),
      async check(_after, answer) {
        expect(answer).toEqual(refusedFor('bad-address'))
      },
    }
  },
  async cancelMove(before) {
    const at = await home(before)
    return {
      at,
      send: session => session.cancelMove(),
      async check(_after, answer) {
        expect(answer).toEqual(refusedFor('too-late'))
      },
    }
  },
  async renameDevice(before) {
    const at = await home(before)
    const deviceId = (await at.session.devices())[0]!.deviceId
    const name = unheardOf()
    return {
      at,
      send: session => session.renameDevice(deviceId, name),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await session.devices()).map(one => one.name)).toEqual([name])
      },
    }
  },
  async removeDevice() {
    const at = await home(undefined)
    const tablet = await device()
    await pair(at, tablet)
    tablet.setOnline(false)
    await quiet(at.session)
    const other = (await at.session.devices()).find(one => !one.isThisOne && !one.isBeingRemoved)!
    return {
      at,
      send: session => session.removeDevice(other.deviceId),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await session.devices()).every(one => one.isThisOne || one.isBeingRemoved)).toBe(true)
      },
    }
  },

  async beginThread(before) {
    const { at, contactId } = await withBea(before, true)
    const about = {
      contactIds: [contactId],
      subject: 'Knee',
      about: 'family',
      text: 'Hello',
      key: unheardOf(),
    } as const
    return {
      at,
      send: session => session.beginThread(about),
      async check({ session }, answer) {
        const place = value(answer as Result<ThreadPlace, unknown>)
        expect(await textsIn(session, place)).toEqual(['Hello'])
        const ofThem = (await threadsIn(session)).filter(one => one.conversationId === place.conversationId)
        expect(ofThem).toHaveLength(1)
      },
    }
  },
  async openRequest(before) {
    const { at, contactId } = await withBea(before, true)
    const data = { why: 'My knee' }
    const about = { kind: 'appointment', contactId, key: unheardOf(), data } as const
    return {
      at,
      send: session => session.openRequest(about),
      async check({ session }, answer) {
        const place = value(answer as Result<RequestPlace, unknown>)
        expect((await requestIn(session, place))?.history).toHaveLength(1)
      },
    }
  },
  async takeStep(before) {
    const { at, contactId } = await withBea(before)
    const data = { why: 'My knee' }
    const place = value(await at.session.openRequest({ kind: 'appointment', contactId, key: unheardOf(), data }))
    await quiet(at.session)
    return {
      at,
      send: session => session.takeStep(place, { kind: 'withdraw', data: {} }),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await requestIn(session, place))?.history.map(({ kind }) => kind)).toEqual(['ask', 'withdraw'])
      },
    }
  },
  async saveTemplate(before) {
    const at = await home(before)
    const template = { id: 'ab'.repeat(16), title: 'Rest', text: unheardOf() }
    return {
      at,
      send: session => session.saveTemplate(template),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await workspaceOf(session)).templates).toEqual([template])
      },
    }
  },
  async keepMaterial(before) {
    const at = await home(before)
    const material = { id: 'ab'.repeat(16), title: 'Knee', text: unheardOf() }
    return {
      at,
      send: session => session.keepMaterial({ ...material, fileIds: [] }),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect(await materialsOf(session)).toEqual([{ ...material, files: [] }])
      },
    }
  },
  async removeMaterial(before) {
    const at = await home(before)
    const id = 'cd'.repeat(16)
    value(await at.session.keepMaterial({ id, title: 'Gone', text: 'Gone', fileIds: [] }))
    return {
      at,
      send: session => session.removeMaterial(id),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await materialsOf(session)).some(one => one.id === id)).toBe(false)
      },
    }
  },
  async removeTemplate(before) {
    const at = await home(before)
    const template = { id: 'cd'.repeat(16), title: 'Gone', text: 'Gone' }
    value(await at.session.saveTemplate(template))
    return {
      at,
      send: session => session.removeTemplate(template.id),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await workspaceOf(session)).templates.some(({ id }) => id === template.id)).toBe(false)
      },
    }
  },
  async sayAnswerTimesEverywhere(before) {
    const at = await home(before)
    const text = unheardOf()
    return {
      at,
      send: session => session.sayAnswerTimesEverywhere(text),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await workspaceOf(session)).answerTimes).toBe(text)
      },
    }
  },
  async showFreeTimes(before) {
    const at = await home(before)
    const isOn = !(await workspaceOf(at.session)).showsFreeTimes
    return {
      at,
      send: session => session.showFreeTimes(isOn),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await workspaceOf(session)).showsFreeTimes).toBe(isOn)
      },
    }
  },
  async acceptFrom(before) {
    const { at, contactId } = await withBea(before)
    return {
      at,
      send: session => session.acceptFrom(contactId, true),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        const told = Promise.withResolvers<readonly AcceptedFrom[]>()
        const stop = await session.watchAcceptedFrom(told.resolve)
        stop()
        expect((await told.promise).map(one => one.contactId)).toEqual([contactId])
      },
    }
  },
  async addFreeSlots(before) {
    const at = await home(before)
    const startsAt = anHour()
    return {
      at,
      send: session => session.addFreeSlots([{ startsAt }]),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await freeSlotsOf(session)).filter(slot => slot.startsAt === startsAt)).toHaveLength(1)
      },
    }
  },
  async removeFreeSlot(before) {
    const at = await home(before)
    const startsAt = anHour()
    await at.session.addFreeSlots([{ startsAt }])
    return {
      at,
      send: session => session.removeFreeSlot(startsAt),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await freeSlotsOf(session)).filter(slot => slot.startsAt === startsAt)).toEqual([])
      },
    }
  },
  sendMessage: inThread(
    (session, place, key) => session.sendMessage(place, { text: 'Again', key }),
    async (session, place) => equals([await textsIn(session, place)], [['Hello', 'Again']]),
  ),
  holdFile: inThread(async (session, _place, key) => {
    const held = await session.holdFile(fileIdOf(key), new Blob(['A page']), 'page.txt')
    return held.ok ? DONE : held
  }, nothing),
  letGoFile: withFile(async (session, id) => {
    await session.holdFile(id, new Blob(['A page']), 'page.txt')
    await session.letGoFile(id)
  }),
  stopTransfer: withFile((session, id) => session.stopTransfer(id)),
  goOnTransfer: withFile((session, id) => session.goOnTransfer(id)),
  endVisitorLink: withVisitor(
    async (session, { conversationId }, linkId) => session.endVisitorLink(conversationId, linkId),
    async visitor => equals([visitor?.links.length], [0]),
  ),
  takeAnswer: withVisitor(
    async (session, { conversationId }, _linkId, answerId) => session.takeAnswer(conversationId, answerId),
    async visitor => equals([visitor?.answers.length], [0]),
  ),
  putAnswerAway: withVisitor(
    async (session, { conversationId }, _linkId, answerId) => session.putAnswerAway(conversationId, answerId),
    async visitor => equals([visitor?.answers.length], [0]),
  ),
  markThreadRead: inThread((session, place) => session.markThreadRead(place), nothing),
  muteThread: inThread(
    (session, place) => session.muteThread(place, true),
    async (session, place) => {
      equals([(await threadsIn(session)).find(one => one.threadId === place.threadId)?.isMuted], [true])
    },
  ),
  sayAnswerTimes: inThread(
    (session, { conversationId }) => session.sayAnswerTimes(conversationId, 'Soon'),
    async (session, place) => {
      equals([(await threadIn(session, place))?.answerTimes.map(({ text }) => text)], [['Soon']])
    },
  ),
  endConversation: inThread(
    (session, { conversationId }) => session.endConversation(conversationId),
    async (session, place) => {
      equals([(await threadIn(session, place))?.noReply], ['ended-by-you'])
    },
  ),

  async beginCircle(before) {
    const at = await home(before)
    return {
      at,
      send: session => session.beginCircle(CIRCLE),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect(await circleOf(session)).toMatchObject({ name: 'Walkers', you: { role: 'owner', avatar: 'squirrel' } })
      },
    }
  },
  sayInCircle: inCircle(
    (session, saidId) => session.sayInCircle({ text: 'Once', key: `again ${saidId}` }),
    (_circle, said) => equals([said?.text], ['Hello']),
  ),
  react: inCircle(
    (session, saidId) => session.react(saidId, 'hug'),
    (_circle, said) => equals([said?.reactions], [[{ mark: 'hug', count: 1, isYours: true }]]),
  ),
  report: inCircle(
    (session, saidId) => session.report(saidId, 'Rude'),
    (circle, said) => equals([circle?.reports.filter(({ saidId }) => saidId === said?.id).length], [1]),
  ),
  hideInCircle: inCircle(
    (session, saidId) => session.hideInCircle(saidId, true),
    (_circle, said) => equals([said?.isHidden], [true]),
  ),
  takeDown: inCircle(
    (session, saidId) => session.takeDown(saidId),
    (_circle, said) => equals([said?.takenDownBy, said?.text], ['writer', '']),
  ),
  lookAtCircle: inCircle(
    session => session.lookAtCircle(),
    (_circle, said) => equals([said?.text], ['Hello']),
  ),
  async muteCircle(before) {
    const at = await home(before)
    const isMuted = (await circleOf(at.session))?.isMuted !== true
    const acts = inCircle(
      session => session.muteCircle(isMuted),
      circle => equals([circle?.isMuted], [isMuted]),
    )
    return acts(at)
  },
  changeProfile: inCircle(
    session => session.changeProfile({ name: 'Otter', avatar: 'bird' }),
    circle => equals([circle?.you.name, circle?.you.avatar], ['Otter', 'bird']),
  ),
  changeRules: inCircle(
    session => session.changeRules('Be kinder.'),
    circle => equals([circle?.rules], ['Be kinder.']),
  ),
  chooseModerators: inCircle(
    session => session.chooseModerators([]),
    circle => equals([circle?.you.role], ['owner']),
  ),
  noteInvitation: inCircle(
    (session, saidId) => session.noteInvitation('0'.repeat(16), saidId),
    (circle, said) => equals([circle?.invitedFor['0'.repeat(16)]], [said?.id]),
  ),
  letIn: inCircle(
    session => session.letIn('nobody'),
    circle => equals([circle?.members.length], [1]),
    refusedFor('nobody-chosen'),
  ),
  removeFromCircle: inCircle(
    session => session.removeFromCircle('0'.repeat(64)),
    circle => equals([circle?.members.length], [1]),
    refusedFor('not-found'),
  ),
  leaveCircle: inCircle(
    session => session.leaveCircle(),
    circle => equals([circle?.name], ['Walkers']),
  ),

  async addEntry(before) {
    const at = await home(before)
    const name = unheardOf()
    return {
      at,
      send: session => session.addEntry(condition(name)),
      async check({ session }, answer) {
        const id = value(answer as Result<EntryId, unknown>)
        expect((await rowsOf(session, { text: name })).map(row => row.id)).toEqual([id])
      },
    }
  },
  async addEntries(before) {
    const at = await home(before)
    const reading = { kind: 'blood-pressure', takenAt: '2026-03-04T08:00:00Z', diastolicMmHg: 80 } as const
    const had = await at.session.readings('blood-pressure', instant(0), instant(Date.now()))
    // Of its own to each round: what says the same in the same minute may go by the same short name.
    const list = [reading, reading].map(each => ({ ...each, systolicMmHg: 90 + had.length }))
    return {
      at,
      send: session => session.addEntries(list, { isPrivate: true }),
      async check({ session }, answer) {
        const ids = value(answer as Result<readonly EntryId[], unknown>)
        const now = await session.readings('blood-pressure', instant(0), instant(Date.now()))
        const added = now.map(row => row.id).filter(id => !had.some(row => row.id === id))
        expect(added.toSorted()).toEqual(ids.toSorted())
        expect(ids).toHaveLength(2)
      },
    }
  },
  editEntry: onEntry(
    nothing,
    (session, id) => session.editEntry(id, condition('Edited')),
    async (session, id) => void (await firstEntry(session, id, entry => entry.summary.title === 'Edited')),
  ),
  binEntry: onEntry(
    nothing,
    (session, id) => session.binEntry(id),
    async (session, id) => {
      equals([await isIn(session, id), await isBinned(session, id)], [false, true])
    },
  ),
  restoreEntry: onEntry(
    (session, id) => session.binEntry(id),
    (session, id) => session.restoreEntry(id),
    async (session, id) => {
      equals([await isIn(session, id), await isBinned(session, id)], [true, false])
    },
  ),
  async chooseConflict() {
    const at = await makePerson(device, 'Ana')
    const tablet = await device()
    await pair(at, tablet)
    const id = value(await at.session.addEntry(condition('Asthma')))
    await shows(tablet.session, ['Asthma'])
    tablet.setOnline(false)
    value(await tablet.session.editEntry(id, condition('Asthma, mild')))
    value(await at.session.editEntry(id, condition('Asthma, severe')))
    await quiet(at.session)
    tablet.setOnline(true)
    await firstEntry(at.session, id, entry => entry.conflicts.length > 0)
    tablet.setOnline(false)
    await quiet(at.session)
    return {
      at,
      send: session => session.chooseConflict(id, 'name', 'Asthma, mild'),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        await firstEntry(
          session,
          id,
          ({ conflicts, summary }) => conflicts.length === 0 && summary.title === 'Asthma, mild',
        )
      },
    }
  },
  makePrivate: onEntry(
    nothing,
    (session, id) => session.makePrivate([id]),
    async (session, id) => void (await firstEntry(session, id, entry => entry.summary.isPrivate === true)),
  ),
  makeOpen: onEntry(
    (session, id) => session.makePrivate([id]),
    (session, id) => session.makeOpen([id], passphrase),
    async (session, id) => void (await firstEntry(session, id, entry => entry.summary.isPrivate !== true)),
  ),
  sayIfSame: onEntry(
    addTwin,
    (session, id) => session.sayIfSame(id, twinOf(id), 'same'),
    async (session, id) => void (await firstEntry(session, id, entry => entry.sameAs?.length === 1)),
  ),
  takeApart: onEntry(
    async (session, id) => {
      await addTwin(session, id)
      value(await session.sayIfSame(id, twinOf(id), 'same'))
    },
    (session, id) => session.takeApart(id),
    async (session, id) => void (await firstEntry(session, id, entry => entry.sameAs === undefined)),
  ),
  eraseHistory: onEntry(
    async session => session.binEntry(value(await session.addEntry(condition('HIV')))),
    session => session.eraseHistory(['problems'], passphrase),
    async (session, id) => {
      equals(await isIn(session, id), true)
      await until(async () => {
        await session.checkMail()
        return (await session.erasing()).length === 0
      })
      equals(await session.bin(), [])
    },
  ),
  async commitImport(before) {
    const at = await home(before)
    const name = unheardOf()
    const { importId } = value(await at.session.previewImport(FILE(name), 'clinic.json'))
    return {
      at,
      send: session => session.commitImport(importId),
      async check({ session }, answer) {
        // The file waited with the one who died.
        const isGone = (answer as { failure?: { kind: string } }).failure?.kind === 'gone'
        if (!isGone) expect(answer).toEqual({ ok: true, value: { added: 1 } })
        expect(await rowsOf(session, { text: name })).toHaveLength(isGone ? 0 : 1)
      },
    }
  },
  async addPaper(before) {
    const at = await home(before)
    const title = unheardOf()
    const files = [{ file: new Blob([`%PDF-1.7 ${title}`]), name: 'letter.pdf' }]
    return {
      at,
      send: session => session.addPaper({ files, title, keepAsIs: false, isPrivate: false }),
      async check({ session }, answer) {
        expect(answer).toMatchObject({ ok: true })
        expect(await rowsOf(session, { text: title })).toHaveLength(1)
      },
    }
  },
  attachPaper: onEntry(
    async (session, id) => {
      const files = [{ file: new Blob([`%PDF-1.7 ${unheardOf()}`]), name: 'letter.pdf' }]
      value(await session.addPaper({ files, title: `Letter ${id}`, keepAsIs: false, isPrivate: false }))
    },
    async (session, id) => session.attachPaper(await letterFor(session, id), id, true),
    async (session, id) => {
      const isAbout = (each: EntrySummary) => each.id === id
      await firstEntry(session, await letterFor(session, id), entry => entry.about?.some(isAbout) === true)
    },
  ),
  async keepText(before) {
    const at = await home(before)
    const text = unheardOf()
    return {
      at,
      send: session => session.keepText('visit-questions', 'Questions', text),
      async check({ session }, answer) {
        equals(answer, DONE)
        equals(await session.keptText('visit-questions'), text)
        equals((await rowsOf(session, { text: 'Questions' })).length, 1)
      },
    }
  },
  endOutLink: onOutLink('open', (session, id) => session.endOutLink(id, 'destroy'), undefined),
  armOutLink: onOutLink('paused', (session, id) => session.armOutLink(id, passphrase), 'open'),
  async undoImport(before) {
    const at = await home(before)
    const name = unheardOf()
    const { importId } = value(await at.session.previewImport(FILE(name), 'clinic.json'))
    value(await at.session.commitImport(importId))
    await quiet(at.session)
    return {
      at,
      send: session => session.undoImport(importId),
      async check({ session }, answer) {
        expect(answer).toEqual({ ok: true, value: { removed: 1 } })
        expect(await rowsOf(session, { text: name })).toEqual([])
      },
    }
  },
  async keepIssuerFile(before) {
    const at = await home(before)
    const clinic = await TestIssuer.at(`https://clinic-${++ever}.example`)
    const info = { issuer: clinic.address, keyCount: 1 }
    return {
      at,
      send: session => session.keepIssuerFile(new Blob([clinic.keySet()]), clinic.address),
      async check({ session }, answer) {
        expect(answer).toEqual({ ok: true, value: info })
        expect(await session.cardIssuers()).toContainEqual(info)
      },
    }
  },
  async forgetLink(before) {
    const at = await home(before)
    const url = `https://files.example/${++ever}`
    const asthma = { resourceType: 'Condition', id: `link-${ever}`, code: { text: 'Asthma' } }
    const files = [{ contentType: 'application/fhir+json', embedded: await sealJwe(JSON.stringify(asthma)) }]
    const asked = { link: linkOf({ url, flag: 'L' }), recipient: 'Ana', fetched: [[answerOf({ files })]] }
    const step = value(await at.session.previewLink(asked))
    if (step.kind !== 'preview') throw new Error('There is more to fetch')
    const { importId } = step.preview
    value(await at.session.commitImport(importId))
    await quiet(at.session)
    const linksAt = async ({ session }: TestDevice) =>
      (await session.imports()).flatMap(each => (each.link === undefined ? [] : each.importId))
    expect(await linksAt(at)).toContain(importId)
    return {
      at,
      send: session => session.forgetLink(importId),
      async check(device, answer) {
        expect(answer).toEqual(DONE)
        expect(await linksAt(device)).not.toContain(importId)
      },
    }
  },
  async forgetCardIssuer(before) {
    const at = await home(before)
    const clinic = await TestIssuer.at(`https://clinic-${++ever}.example`)
    value(await at.session.keepIssuerFile(new Blob([clinic.keySet()]), clinic.address))
    await quiet(at.session)
    return {
      at,
      send: session => session.forgetCardIssuer(clinic.address),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await session.cardIssuers()).map(({ issuer }) => issuer)).not.toContain(clinic.address)
      },
    }
  },
  async keepDirectory(before) {
    const at = await home(before)
    const issuer = await TestIssuer.at(`https://clinic-${++ever}.example`)
    return {
      at,
      send: session => session.keepDirectory(new Blob([directoryOf([{ issuer }])])),
      async check({ session }, answer) {
        const info = value(answer as Result<DirectoryInfo, unknown>)
        expect(info).toMatchObject({ source: DIRECTORY, issuerCount: 1 })
        expect(await session.cardDirectories()).toContainEqual(info)
      },
    }
  },
  async forgetDirectory(before) {
    const at = await home(before)
    const issuer = await TestIssuer.at(`https://clinic-${++ever}.example`)
    value(await at.session.keepDirectory(new Blob([directoryOf([{ issuer }])])))
    await quiet(at.session)
    return {
      at,
      send: session => session.forgetDirectory(DIRECTORY),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect(await session.cardDirectories()).toEqual([])
      },
    }
  },
  async makeBackup(before) {
    const at = await home(before)
    return {
      at,
      send: session => session.makeBackup({ readme: README_WORDS }),
      async check({ session }, answer) {
        const { file } = value(answer as Result<MadeBackup, unknown>)
        expect(await session.checkBackup({ file })).toMatchObject({ ok: true, value: { personName: 'Ana' } })
        expect((await session.backupState()).last).toMatchObject({ isLevel: true })
      },
    }
  },
  async keepBackupCode() {
    const { phone, words } = await phoneWithRecord()
    const tablet = await device()
    await pair(phone, tablet, ANA.passphrase)
    await quiet(tablet.session)
    expect(await tablet.session.backupState()).toMatchObject({ kind: 'no-code' })
    return {
      at: tablet,
      send: session => session.keepBackupCode({ words, passphrase: 'tablet words' }),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect(await session.backupState()).toMatchObject({ kind: 'ready' })
      },
    }
  },

  async withdrawInvitation(before) {
    const at = await home(before)
    const { invitationId } = value(await at.session.invite())
    await quiet(at.session)
    return {
      at,
      send: session => session.withdrawInvitation(invitationId),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await peopleOf(session)).invitations).toEqual([])
      },
    }
  },
  async renameContact(before) {
    const { at, contactId } = await withBea(before, before === undefined)
    const name = unheardOf()
    return {
      at,
      send: session => session.renameContact(contactId, name),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        await until(async () => (await contactOf(session, name)) !== undefined)
        value(await session.renameContact(contactId, 'Bea'))
        await until(async () => (await contactOf(session, 'Bea')) !== undefined)
      },
    }
  },
  async markDiffering(before) {
    const { at, contactId } = await withBea(before, true)
    const { digits } = (await at.session.safetyNumber(contactId))!
    return {
      at,
      send: session => session.markDiffering(contactId, digits),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await peopleOf(session)).contacts.find(one => one.contactId === contactId)?.state).toBe('differs')
      },
    }
  },
  async removeContact(before) {
    const { at, contactId } = await withBea(before, true)
    return {
      at,
      send: session => session.removeContact(contactId),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect((await peopleOf(session)).contacts.some(one => one.contactId === contactId)).toBe(false)
      },
    }
  },
  async stopShare(before) {
    const { at } = await withBea(before)
    const shareId = await share(at, 'Bea')
    await quiet(at.session)
    return {
      at,
      send: session => session.stopShare(shareId),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        const isOver = async () => (await sharesOf(session)).given.find(one => one.shareId === shareId)?.endedBy
        await until(async () => (await isOver()) === 'stopped')
      },
    }
  },
  async putShareAway() {
    const [at, bea] = [await home(undefined), await makePerson(device, 'Bea')]
    await meet(at, bea, ['Ana', 'Bea'])
    const shareId = await share(bea, 'Ana', { passphrase: passphraseOf('Bea') })
    await accept(bea, at, shareId)
    expect(await bea.session.stopShare(shareId)).toEqual(DONE)
    const find = async (session: Session) => (await sharesOf(session)).received.find(one => one.shareId === shareId)
    await exchange([bea.session, at.session], async () => (await find(at.session))?.state === 'ended')
    await quiet(at.session)
    return {
      at,
      send: session => session.putShareAway(shareId),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        await until(async () => (await find(session)) === undefined)
      },
    }
  },
  async dismissEnding() {
    const [at, bea] = [await home(undefined), await makePerson(device, 'Bea')]
    await meet(at, bea, ['Ana', 'Bea'])
    const shareId = await share(at, 'Bea', { until: instant(Date.now() + HOUR_MS) })
    await accept(at, bea, shareId)
    const find = async (session: Session) =>
      (await endingsOf(session)).find(one => one.kind === 'share' && one.shareId === shareId)
    await until(async () => (await find(at.session)) !== undefined)
    await quiet(at.session)
    const { endingId } = (await find(at.session))!
    return {
      at,
      send: session => session.dismissEnding(endingId),
      async check({ session }, answer) {
        // Nobody is told of it.
        expect([DONE, { ok: false, failure: { kind: 'not-found' } }]).toContainEqual(answer)
        await until(async () => (await find(session)) === undefined)
      },
    }
  },
  async changeManaging(before) {
    const { at, contactId } = await withBea(before)
    if ((await guardiansIn(at.session)).length === 0) {
      expect(await at.session.addGuardian({ contactId, passphrase })).toEqual(DONE)
    }
    // An offer is no guardian before its device is known.
    await until(async () => (await guardiansIn(at.session))[0]?.state === 'offered')
    await quiet(at.session)
    const [known] = await guardiansIn(at.session)
    const end = instant((known?.until ?? at.clock.now() + HOUR_MS) + HOUR_MS)
    return {
      at,
      send: session => session.changeManaging({ contactId, until: end, passphrase }),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        await until(async () => (await guardiansIn(session))[0]?.until === end)
      },
    }
  },
  async changeSettings(before) {
    const at = await home(before)
    const units = (await firstSettings(at.session, () => true)).units === 'metric' ? 'imperial' : 'metric'
    return {
      at,
      send: session => session.changeSettings({ units }),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        await firstSettings(session, settings => settings.units === units)
      },
    }
  },

  async changeCard(before) {
    const at = await home(before)
    const key = `key:${unheardOf().replaceAll(/\W/g, '')}`
    return {
      at,
      send: session => session.changeCard({ kind: 'item', key, isOn: true }),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        let items: Readonly<Record<string, boolean>> = {}
        const stop = await session.watchCard(({ choices }) => (items = choices.items))
        await until(() => items[key] === true)
        stop()
      },
    }
  },
  renewLockedCard: async before => lockedCard(before, session => session.renewLockedCard([])),
  forbidLockedCard: async before => lockedCard(before, session => session.forbidLockedCard()),
  async keepDraft(before) {
    const at = await home(before)
    const text = unheardOf()
    return {
      at,
      send: session => session.keepDraft('/add/note', text),
      async check({ session }, answer) {
        expect(answer).toEqual(DONE)
        expect(await session.keptDraft('/add/note')).toBe(text)
      },
    }
  },

  async askShared(before) {
    let shareId = before && (await sharesOf(before.session)).received[0]?.shareId
    let at = before
    if (at === undefined || shareId === undefined) {
      const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
      await meet(ana, bea, ['Ana', 'Bea'])
      shareId = await share(ana, 'Bea', { role: 'write' })
      await accept(ana, bea, shareId)
      at = bea
      const add = () => bea.session.askShared(shareId ?? '', 'addEntry', [condition('First')])
      await until(async () => (await add())?.ok === true)
    }
    const id = shareId
    const name = unheardOf()
    const rows = async (session: Session) => {
      await session.askShared(id, 'facets', [])
      return (await session.askShared(id, 'timelineRows', [{ text: name }, 0, 9])) ?? []
    }
    await rows(at.session)
    await quiet(at.session)
    return {
      at,
      send: session => session.askShared(id, 'addEntry', [condition(name)]),
      async check({ session }, answer) {
        expect((await rows(session)).map(row => row.id)).toEqual([value(answer as Result<EntryId, unknown>)])
      },
    }
  },
  async askKept(before) {
    const at = await home(before)
    const told = Promise.withResolvers<{ readonly records: readonly { readonly keptId: string }[] }>()
    await at.session.watchKept(told.resolve)
    const [known] = (await told.promise).records
    const keptId = known?.keptId ?? (await keepFor(at.session, 'Cem')).keptId
    const name = unheardOf()
    await at.session.flush()
    return {
      at,
      send: session => session.askKept(keptId, 'addEntry', [condition(name)]),
      async check({ session }, reply) {
        value((reply as { readonly answer: Result<EntryId, unknown> } | undefined)?.answer)
        await session.askKept(keptId, 'facets', [])
        expect((await keptTitles(session, keptId))?.filter(title => title === name)).toHaveLength(1)
      },
    }
  },
}

async function endingsOf(session: Session): Promise<readonly Ending[]> {
  const told = Promise.withResolvers<readonly Ending[]>()
  const stop = await session.watchEndings(told.resolve)
  stop()
  return told.promise
}

/**
 * A vault is unlocked, and a link armed at the relay, without writing anything here; the card of a locked device is kept elsewhere; and
 * in a thread in which nobody else wrote there is nothing to be marked as read.
 */
const WRITES_NOTHING: ReadonlySet<string> = new Set([
  'unlock',
  'armOutLink',
  'renewLockedCard',
  'forbidLockedCard',
  // There is one relay.
  'addMirror',
  'copyToMirror',
  'removeMirror',
  'startMove',
  'cancelMove',
  'markThreadRead',
  // With nobody else in the circle.
  'lookAtCircle',
  'letIn',
  'removeFromCircle',
  'leaveCircle',
])

/** A sample is filled with one commit an entry. */
const LAST: Readonly<Partial<Record<string, number>>> = { createSample: 2 }

for (const [name, acts] of Object.entries(ACTS)) {
  test(`${name}() whose owner dies at any commit is done once, by that one or by the next, and answered`, async () => {
    const deaths = await dyingAtEachCommit(acts, LAST[name] ?? Number.POSITIVE_INFINITY)
    expect(deaths).toBeGreaterThanOrEqual(WRITES_NOTHING.has(name) ? 0 : 2)
  })
}
