import { beforeAll, expect, test, vi } from 'vitest'
import { makeDevice, makeEpochKey } from '#app/core/home/create-account.ts'
import type { KnownDevice } from '#app/core/home/keyring.ts'
import { putDevice } from '#app/core/home/keyring-document.ts'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { mayAdmit } from '#app/core/sharing/admission.ts'
import { type ContactCard, contactIdOf } from '#app/core/sharing/contact-card.ts'
import { membersOf } from '#app/core/sharing/due-epoch.ts'
import { carryLate } from '#app/core/sharing/former-logs.ts'
import { GivenShares } from '#app/core/sharing/given-shares.ts'
import { putCard, putContact, putContactRemoved } from '#app/core/sharing/people-document.ts'
import { PostOffice } from '#app/core/sharing/post-office.ts'
import { rebaseSection } from '#app/core/sharing/rebase-section.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { openLetter } from '#app/core/sharing/letter.ts'
import { changeShare, endShare, putShare, putToldVersion } from '#app/core/sharing/given-changes.ts'
import { decodeShareEnded, encodeShareAnswer } from '#app/core/sharing/share-letters.ts'
import { makeKemKey, makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { DeviceId, PrincipalId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import { fail, ok } from '#schema/result.ts'
import type { Limits } from '#sync-server/limits/limits.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { makePerson } from './card-kit.ts'

beforeAll(readyCrypto)

async function anaWhoKnowsBea(limits: Partial<Limits> = {}) {
  const { account, clock, store, keys, deps, end } = await startAccount(limits)
  const office = new PostOffice(account, clock, new RelayClock(account.client, clock, store, keys.local), () => 'Ana')
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(store, prepared)
  const rebase = { ...deps, account, record: () => undefined, commit }
  const given = new GivenShares(office, keys.local, () => 'Ana', rebase)
  const bea = makePerson()
  const id = contactIdOf(bea.principal)
  const putBea = (change: Partial<ContactCard> = {}, signer = bea.device) => {
    const [card, bytes] = [bea.card(change, signer), bea.cardBytes(change, signer)]
    return office.change(doc => putContact(doc, id, { card, bytes, at: clock.now() }))
  }
  await putBea()
  const share = {
    role: 'read',
    until: NEVER,
    withHistory: true,
    createdAt: clock.now(),
    sections: ['problems'],
  } as const
  const answer = (shareId: ShareId, chain = bea.chain, offeredBy?: DeviceId) => {
    const body = encodeShareAnswer({ shareId, answer: 'accepted', ...(offeredBy === undefined ? {} : { offeredBy }) })
    return { to: office.me, from: bea.principal, chain, kind: 'share-answer', body } as const
  }
  const contact = async () => (await office.book()).contacts[0]!
  const begin = async (change: { readonly withHistory?: boolean } = {}) => {
    const begun = await given.begin({ ...share, ...change, contact: id })
    if (!begun.ok) throw new Error(begun.failure)
    return begun.value
  }
  const isAccepted = async () => (await given.shares())[0]?.isAccepted
  /** How many letters Bea has. */
  const lying = async () => {
    const items = await account.client.take(bea.box)
    return items.ok ? items.value.length : items
  }
  const putDevices = async (...devices: readonly Pick<KnownDevice, 'name' | 'removedAt'>[]) => {
    const made = devices.map(about => ({ ...makeDevice(about.name, makeSigningKey(), { clock }).known, ...about }))
    const put = await account.logs.home.changeKeyring(doc => made.forEach(device => putDevice(doc, device)))
    expect(put).toEqual(ok(undefined))
    await account.refreshed()
    return made.map(({ deviceId }) => deviceId)
  }
  return { account, office, rebase, given, bea, putBea, contact, begin, answer, isAccepted, lying, putDevices, end }
}

test('take() leaves an answer to a share that is not here yet: another device of ours told of it first', async () => {
  const { given, contact, begin, answer, isAccepted, end } = await anaWhoKnowsBea()
  expect(await given.take(answer(ShareId.of(randomBytes(ShareId.size))), await contact(), false)).toEqual(ok('early'))
  expect(await given.take(answer(await begin()), await contact(), false)).toEqual(ok(undefined))
  expect(await isAccepted()).toBe(true)
  await end()
})

test('take() says of what nobody told of who is left that it is over: a removed device had, and nothing of that had reached the relay', async () => {
  const { account, given, bea, contact, answer, end } = await anaWhoKnowsBea()
  const shareId = ShareId.of(randomBytes(ShareId.size))
  expect(await given.take(answer(shareId), await contact(), true)).toEqual(ok(undefined))
  const items = await account.client.take(bea.box)
  const letter = openLetter((items.ok ? items.value : [])[0]!.item, bea.principal, [bea.shareKem])
  expect(letter).toMatchObject({ ok: true, value: { kind: 'share-ended' } })
  expect(letter.ok && decodeShareEnded(letter.value.body)).toMatchObject({ shareId, endedBy: 'stopped' })
  await end()
})

test('take() says so once a share, and of no more shares than somebody can have, to whoever makes answers up', async () => {
  const { given, contact, answer, lying, end } = await anaWhoKnowsBea()
  const shareId = ShareId.of(randomBytes(ShareId.size))
  for (let time = 0; time < 3; time++) await given.take(answer(shareId), await contact(), true)
  expect(await lying()).toBe(1)
  for (let made = 0; made < 2 * SECTIONS.length; made++) {
    expect(await given.take(answer(ShareId.of(randomBytes(ShareId.size))), await contact(), true)).toEqual(
      ok(undefined),
    )
  }
  expect(await lying()).toBe(SECTIONS.length)
  await end()
})

test('take() leaves an answer to what is over until its writer’s mailbox, full just now, takes that', async () => {
  const { account, given, contact, answer, lying, end } = await anaWhoKnowsBea()
  const shareId = ShareId.of(randomBytes(ShareId.size))
  const drop = account.client.drop.bind(account.client)
  account.client.drop = async () => fail({ kind: 'refused', code: 'quota' })
  expect(await given.take(answer(shareId), await contact(), true)).toEqual(ok('early'))
  account.client.drop = drop
  expect(await given.take(answer(shareId), await contact(), true)).toEqual(ok(undefined))
  expect(await lying()).toBe(1)
  await end()
})

test('take() says, where several devices stay, what is over by the device that offered it: one that stays may tell of it still', async () => {
  const { account, given, bea, contact, answer, lying, putDevices, end } = await anaWhoKnowsBea()
  const [tablet, lost] = await putDevices({ name: 'tablet' }, { name: 'lost', removedAt: instant(1) })
  const unknown = () => ShareId.of(randomBytes(ShareId.size))
  for (const by of [undefined, tablet, account.deviceId])
    expect(await given.take(answer(unknown(), bea.chain, by), await contact(), true)).toEqual(ok('early'))
  expect(await given.take(answer(unknown(), bea.chain, lost), await contact(), false)).toEqual(ok('early'))
  expect(await lying()).toBe(0)
  expect(await given.take(answer(unknown(), bea.chain, lost), await contact(), true)).toEqual(ok(undefined))
  expect(await lying()).toBe(1)
  await end()
})

test('metAgain() offers once more what was not answered, and nothing else', async () => {
  const { account, given, contact, begin, answer, end } = await anaWhoKnowsBea()
  const [offered, accepted] = [await begin(), await begin({ withHistory: false })]
  await given.change(doc => {
    for (const id of [offered, accepted]) putToldVersion(doc, id, 1, account.deviceId)
  })
  await given.take(answer(accepted), await contact(), true)
  expect(await given.metAgain((await contact()).id)).toEqual(ok(undefined))
  const unheard = (await given.shares()).filter(({ isUnheard }) => isUnheard).map(({ id }) => id)
  expect(unheard).toEqual([offered])
  await end()
})

test('what is over is told again to the devices that its recipient has now, also to who was removed as a contact', async () => {
  const { account, given, bea, office, putBea, contact, begin, end } = await anaWhoKnowsBea()
  await begin()
  await given.endAll((await contact()).id)
  const told = async () => {
    expect(await given.round()).toEqual(ok(undefined))
    const items = await account.client.take(bea.box)
    return items.ok && items.value.length
  }
  expect([await told(), await told()]).toEqual([1, 1])
  const card = bea.cardBytes({ number: 2, shareKem: makeKemKey().publicKey })
  const { id } = await contact()
  await office.change(doc => putContactRemoved(doc, id, instant(1)))
  await office.change(doc => putCard(doc, id, card))
  expect([await told(), await told()]).toEqual([2, 2])
  await putBea({ number: 3, shareKem: makeKemKey().publicKey })
  expect(await told()).toBe(3)
  await end()
})

test('more ends than a mailbox holds are told again in as many rounds as it takes, and none is lost', async () => {
  const { account, given, bea, office, putBea, contact, end } = await anaWhoKnowsBea({
    newDrops: { perSecond: 1000, burst: 1000 },
  })
  const { id: contactId } = await contact()
  const ids = Array.from({ length: 70 }, () => ShareId.of(randomBytes(ShareId.size)))
  await given.change(doc => {
    for (const id of ids) {
      putShare(doc, {
        id,
        contact: contactId,
        role: 'write',
        until: NEVER,
        withHistory: true,
        createdAt: instant(1),
        principal: PrincipalId.of(randomBytes(32)),
        holderKey: randomBytes(32),
        kemMark: randomBytes(32),
        by: account.deviceId,
        sections: ['problems'],
        since: new Map(),
      })
      endShare(doc, id, 'stopped', { at: office.now(), logs: [] })
      putToldVersion(doc, id, 2, account.deviceId)
    }
  })
  await putBea({ number: 2, removed: [DeviceId.of(makeSigningKey().publicKey)] })
  const read = new Set<string>()
  let [rounds, most] = [0, 0]
  while (read.size < ids.length && rounds++ < 40) {
    await given.round()
    const items = await account.client.take(bea.box)
    if (!items.ok) throw new Error(items.failure.kind)
    most = Math.max(most, items.value.length)
    for (const item of items.value) {
      const letter = openLetter(item.item, bea.principal, [bea.shareKem])
      const ended = letter.ok && decodeShareEnded(letter.value.body)
      if (ended) read.add(ended.shareId)
      await account.client.remove(bea.box, item)
    }
  }
  expect([...read].toSorted()).toEqual(ids.toSorted())
  expect([rounds > 1, most <= 64]).toEqual([true, true])
  await end()
})

test('what only a device said that its owner has removed is not accepted any more, until one that stays says it', async () => {
  const { given, bea, putBea, contact, begin, answer, isAccepted, end } = await anaWhoKnowsBea()
  const id = await begin()
  const [tablet, thief] = [makeSigningKey(), makeSigningKey()]
  const tabletChain = [bea.certify(tablet, bea.device), ...bea.chain]
  const thiefChain = [bea.certify(thief, tablet), ...tabletChain]
  for (const chain of [thiefChain, tabletChain]) await given.take(answer(id, chain), await contact(), false)
  expect(await isAccepted()).toBe(true)
  const lost = DeviceId.of(tablet.publicKey)
  await putBea({ number: 2, removed: [lost] })
  expect(await isAccepted()).toBe(false)
  await given.take(answer(id), await contact(), false)
  expect(await isAccepted()).toBe(true)
  await end()
})

test('begin() without the past notes what this device wrote in a former log too, until it is in the one that goes on', async () => {
  const { account, rebase, given, begin, end } = await anaWhoKnowsBea()
  const former = account.logs.sections.get('problems')!
  const nobody = async () => ({ grants: [], readers: [] })
  expect(await rebaseSection(rebase, 'problems', nobody, () => undefined)).toEqual(ok(undefined))
  const log = account.logs.sections.get('problems')!
  await former.change<Record<string, boolean>>('entries/0', doc => void (doc['late'] = true))
  await former.flush()
  await begin({ withHistory: false })
  const mayLetIn = async () => mayAdmit(account, (await given.shares())[0]!, log, 'problems')
  expect(await mayLetIn()).toBe(false)
  expect(await carryLate(former, log)).toEqual(ok(true))
  expect(await mayLetIn()).toBe(true)
  await end()
})

test('a share is told again once another device, which had not heard of it, began its section anew and let its reader in later', async () => {
  const { account, rebase, given, bea, begin, lying, end } = await anaWhoKnowsBea()
  const shareId = await begin()
  expect(await given.round()).toEqual(ok(undefined))
  expect(await lying()).toBe(1)
  const [share] = await given.shares()
  const member = {
    principal: share!.principal,
    role: 'read',
    until: NEVER,
    kemPublicKey: bea.shareKem.publicKey,
  } as const
  const everybody = async () => membersOf([member])
  expect(await rebaseSection(rebase, 'problems', everybody, () => undefined)).toEqual(ok(undefined))
  await account.settle()
  for (let round = 0; round < 3; round++) expect(await given.round()).toEqual(ok(undefined))
  expect(await lying()).toBe(2)
  expect((await given.shares())[0]).toMatchObject({ id: shareId, version: 2, told: 2 })
  await end()
})

test('whom another device took out is not let in again before all is here that it noted before', async () => {
  const { account, given, begin, end } = await anaWhoKnowsBea()
  await begin()
  expect(await given.round()).toEqual(ok(undefined))
  const log = account.logs.sections.get('problems')!
  const [share] = await given.shares()
  const { principal } = share!
  expect(await log.writeEpoch(makeEpochKey(), [], [{ kind: 'principal', id: principal }])).toEqual(ok(undefined))
  const levelHome = account.levelHome.bind(account)
  account.levelHome = async () => {
    account.levelHome = levelHome
    expect(await given.end([share!], 'stopped')).toEqual(ok(undefined))
    return levelHome()
  }
  const writeEpoch = vi.spyOn(log, 'writeEpoch')
  expect(await given.round()).toEqual(ok(undefined))
  expect(writeEpoch).not.toHaveBeenCalled()
  expect(log.members().roster.map(entry => entry.principal)).not.toContain(principal)
  await end()
})

test('whom this person takes out and lets in again, with what was before, is let in again', async () => {
  const { account, given, begin, end } = await anaWhoKnowsBea()
  const id = await begin()
  const log = account.logs.sections.get('problems')!
  const isIn = async (sections: readonly Section[]) => {
    await given.change(doc => changeShare(doc, id, { sections }))
    expect(await given.round()).toEqual(ok(undefined))
    const { principal } = (await given.shares())[0]!
    return log.members().roster.some(entry => entry.principal === principal)
  }
  expect(await isIn(['problems', 'allergies'])).toBe(true)
  expect(await isIn(['allergies'])).toBe(false)
  expect(await isIn(['problems', 'allergies'])).toBe(true)
  await end()
})
