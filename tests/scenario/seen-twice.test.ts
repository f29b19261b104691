import { expect, test, vi } from 'vitest'
import type { Session } from '#app/core/session.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { condition, household } from '#tests/support/household.ts'
import { obtainable } from '#tests/support/raw-content.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 90_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

async function add(session: Session, name: string): Promise<EntryId> {
  const added = await session.addEntry(condition(name))
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

async function share(ana: TestDevice, to: TestDevice, name: string, role: 'read' | 'write' = 'read') {
  const { contactId } = (await contactOf(ana.session, name))!
  const request = { sections: ['problems'] as const, role, withHistory: true, passphrase: passphraseOf('Ana') }
  const shared = await ana.session.share({ contactId, ...request })
  if (!shared.ok) throw new Error(shared.failure.kind)
  const id = shared.value.shareId
  await exchange([ana.session, to.session], async () =>
    (await sharesOf(to.session)).received.some(one => one.shareId === id),
  )
  expect((await to.session.answerShare(id, 'accept')).ok).toBe(true)
  return id
}

async function titles(session: Session, id: string): Promise<string> {
  const rows = (await session.askShared(id, 'timelineRows', [{}, 0, 100])) ?? []
  return rows
    .map(row => `${row.title}${row.mergedFrom === undefined ? '' : ` ×${row.mergedFrom}`}`)
    .toSorted()
    .join()
}

async function own(session: Session): Promise<string> {
  const rows = await session.timelineRows({}, 0, 100)
  return rows
    .map(row => `${row.title}${row.mergedFrom === undefined ? '' : ` ×${row.mergedFrom}`}`)
    .toSorted()
    .join()
}

test('whoever has the section sees a thing once, apart again when it is taken apart, and may not say so themselves', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const [one, two] = [await add(ana.session, 'Asthma'), await add(ana.session, 'Asthma')]
  const id = await share(ana, bea, 'Bea', 'write')
  const both = [ana.session, bea.session]
  await exchange(both, async () => (await titles(bea.session, id)) === 'Asthma,Asthma')
  expect((await ana.session.sayIfSame(one, two, 'same')).ok).toBe(true)
  expect(await own(ana.session)).toBe('Asthma ×2')
  await exchange(both, async () => (await titles(bea.session, id)) === 'Asthma ×2')
  expect((await ana.session.takeApart(one)).ok).toBe(true)
  await exchange(both, async () => (await titles(bea.session, id)) === 'Asthma,Asthma')
})

test('what was said of an entry goes on in a section that begins anew, less what names what is private', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const [one, two] = [await add(ana.session, 'Asthma'), await add(ana.session, 'Asthma')]
  const [hiv, aids] = [await add(ana.session, 'HIV positive'), await add(ana.session, 'HIV')]
  expect((await ana.session.sayIfSame(one, two, 'same')).ok).toBe(true)
  expect((await ana.session.sayIfSame(hiv, aids, 'same')).ok).toBe(true)
  expect((await ana.session.sayIfSame(one, hiv, 'different')).ok).toBe(true)
  expect((await ana.session.makePrivate([hiv])).ok).toBe(true)
  const id = await share(ana, bea, 'Bea')
  await exchange([ana.session, bea.session], async () => (await titles(bea.session, id)) === 'Asthma ×2')
  const { texts } = await obtainable(bea)
  expect(texts.some(text => text.includes(one))).toBe(true)
  for (const secret of [hiv, aids, 'HIV']) expect(texts.filter(text => text.includes(secret))).toEqual([])
  expect((await ana.session.timelineRows({ isPrivate: true }, 0, 9)).map(row => row.mergedFrom)).toEqual([2])
})

test('an answer of a device that did not know reaches nobody beside what is private', async () => {
  const [ana, bea, cara] = [await person('Ana'), await person('Bea'), await person('Cara')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await meet(ana, cara, ['Ana', 'Cara'])
  const tablet = await device()
  await pair(ana, tablet)
  const [asthma, hiv] = [await add(ana.session, 'Asthma'), await add(ana.session, 'HIV positive')]
  const more = await add(ana.session, 'Asthma')
  await add(ana.session, 'Migraine')
  const id = await share(ana, bea, 'Bea')
  await exchange([ana.session, bea.session], async () => (await titles(bea.session, id)).includes('HIV'))
  await until(async () => (await tablet.session.timelineRows({}, 0, 9)).length === 4)
  tablet.setOnline(false)
  expect((await tablet.session.sayIfSame(asthma, hiv, 'same')).ok).toBe(true)
  expect((await tablet.session.sayIfSame(asthma, more, 'same')).ok).toBe(true)
  expect((await ana.session.makePrivate([hiv])).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => !(await titles(bea.session, id)).includes('HIV'))
  tablet.setOnline(true)
  const everybody = [ana.session, bea.session, tablet.session]
  await exchange(everybody, async () => (await titles(bea.session, id)) === 'Asthma ×2,Migraine')
  for (const { session } of [ana, tablet])
    await until(async () => (await own(session)) === 'Asthma ×2,HIV positive,Migraine')
  const caras = await share(ana, cara, 'Cara')
  await exchange([ana.session, cara.session], async () => (await titles(cara.session, caras)).includes('Migraine'))
  const { texts } = await obtainable(cara)
  expect(texts.some(text => text.includes(asthma))).toBe(true)
  expect(texts.filter(text => text.includes(hiv))).toEqual([])
})
