import { expect, test, vi } from 'vitest'
import type { Session } from '#app/core/session.ts'
import type { ShareRequest } from '#app/core/share-session.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { condition, household } from '#tests/support/household.ts'
import { obtainable } from '#tests/support/raw-content.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

async function add(session: Session, name: string): Promise<EntryId> {
  const added = await session.addEntry(condition(name))
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

async function share(ana: TestDevice, to: TestDevice, name: string, request: Partial<ShareRequest> = {}) {
  const { contactId } = (await contactOf(ana.session, name))!
  const shared = await ana.session.share({
    contactId,
    sections: ['problems'],
    role: 'read',
    withHistory: true,
    passphrase: passphraseOf('Ana'),
    ...request,
  })
  if (!shared.ok) throw new Error(shared.failure.kind)
  const id = shared.value.shareId
  const offered = async () => (await sharesOf(to.session)).received.some(one => one.shareId === id)
  await exchange([ana.session, to.session], offered)
  expect((await to.session.answerShare(id, 'accept')).ok).toBe(true)
  return id
}

async function titles(session: Session, id: string): Promise<string> {
  const rows = await session.askShared(id, 'timelineRows', [{}, 0, 100])
  return (rows ?? [])
    .map(row => row.title)
    .toSorted()
    .join()
}

const sees = (both: readonly Session[], session: Session, id: string, expected: string) =>
  exchange(both, async () => (await titles(session, id)) === expected)

async function privates(session: Session): Promise<string> {
  const rows = await session.timelineRows({ isPrivate: true }, 0, 100)
  return rows
    .map(row => row.title)
    .toSorted()
    .join()
}

async function twoWhoMet() {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const hiv = await add(ana.session, 'HIV positive')
  await add(ana.session, 'Asthma')
  return { ana, bea, hiv, both: [ana.session, bea.session] }
}

test.each([true, false])('problems are shared without what is private of them, with history: %s', async withHistory => {
  const { ana, bea, hiv, both } = await twoWhoMet()
  expect((await ana.session.makePrivate([hiv])).ok).toBe(true)
  const id = await share(ana, bea, 'Bea', { withHistory })
  await sees(both, bea.session, id, 'Asthma')
  await ana.session.editEntry(hiv, condition('HIV, undetectable'))
  await add(ana.session, 'Migraine')
  await sees(both, bea.session, id, 'Asthma,Migraine')
  expect(await bea.session.askShared(id, 'timelineRows', [{ text: 'HIV' }, 0, 9])).toEqual([])
  const { texts, frames } = await obtainable(bea)
  expect(frames).toBeGreaterThan(2)
  expect(texts.some(text => text.includes('Migraine'))).toBe(true)
  expect(texts.filter(text => text.includes('HIV'))).toEqual([])
  expect(await privates(ana.session)).toBe('HIV, undetectable')
})

test('who has the section already goes on without the entry, and an app that is honest drops it', async () => {
  const { ana, bea, hiv, both } = await twoWhoMet()
  const id = await share(ana, bea, 'Bea', { role: 'write' })
  await sees(both, bea.session, id, 'Asthma,HIV positive')
  expect((await ana.session.makePrivate([hiv])).ok).toBe(true)
  await sees(both, bea.session, id, 'Asthma')
  expect((await bea.session.askShared(id, 'addEntry', [condition('By Bea')]))?.ok).toBe(true)
  await until(async () => (await ana.session.timelineRows({ isPrivate: false }, 0, 9)).length === 2)
  expect(await privates(ana.session)).toBe('HIV positive')

  const wrong = await ana.session.makeOpen([hiv], 'wrong')
  expect(wrong).toEqual({ ok: false, failure: { kind: 'wrong-passphrase' } })
  expect(await privates(ana.session)).toBe('HIV positive')
  expect((await ana.session.makeOpen([hiv], passphraseOf('Ana'))).ok).toBe(true)
  await sees(both, bea.session, id, 'Asthma,By Bea,HIV positive')
})

test('what another device and a member wrote meanwhile reaches the private entry, and not the section', async () => {
  const { ana, bea, hiv, both } = await twoWhoMet()
  const tablet = await device()
  await pair(ana, tablet)
  const id = await share(ana, bea, 'Bea', { role: 'write' })
  await sees(both, bea.session, id, 'Asthma,HIV positive')
  await until(async () => (await tablet.session.timelineRows({}, 0, 9)).length === 2)
  tablet.setOnline(false)
  ana.setOnline(false)
  expect((await ana.session.makePrivate([hiv])).ok).toBe(true)
  const byTablet = { kind: 'condition', name: 'HIV positive', clinicalStatus: 'active', note: 'tablet' } as const
  expect((await tablet.session.editEntry(hiv, byTablet)).ok).toBe(true)
  const byBea = { kind: 'condition', name: 'HIV positive', clinicalStatus: 'active', since: '2020' } as const
  expect((await bea.session.askShared(id, 'editEntry', [hiv, byBea]))?.ok).toBe(true)
  await until(async () => (await bea.store.keys('outbox', '')).length === 0)
  ana.setOnline(true)
  tablet.setOnline(true)
  await sees([...both, tablet.session], bea.session, id, 'Asthma')
  for (const { session } of [ana, tablet]) {
    await until(async () => (await privates(session)) === 'HIV positive')
    await until(async () => {
      const told = Promise.withResolvers<unknown>()
      const stop = await session.watchEntry(hiv, entry => told.resolve(entry?.fields))
      stop()
      const fields = (await told.promise) as Record<string, unknown>
      return fields['note'] === 'tablet' && fields['since'] === '2020'
    })
  }
  expect(await titles(bea.session, id)).toBe('Asthma')
})

test('private on one device is private on the other, and after a restart', async () => {
  const { ana, hiv } = await twoWhoMet()
  const tablet = await device()
  await pair(ana, tablet)
  await ana.session.makePrivate([hiv])
  await until(async () => (await privates(tablet.session)) === 'HIV positive')
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await until(async () => (await privates(again.session)) === 'HIV positive')
  expect((await again.session.timelineRows({}, 0, 9)).length).toBe(2)
})
