import { expect, test, vi } from 'vitest'
import type { CardFaces, CardRecord, LockedCard } from '#app/core/card-session.ts'
import type { Table } from '#app/core/ports.ts'
import type { Session } from '#app/core/session.ts'
import { fail, ok } from '#schema/result.ts'
import { ANA, condition, household } from '#tests/support/household.ts'
import { makeMemoryBox } from '#tests/support/memory-box.ts'
import { makeMemoryDisk } from '#tests/support/memory-store.ts'
import { firstVault, until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()
const PASSPHRASE = ANA.passphrase
const FACES: CardFaces = [
  { language: 'en', head: ['Ana'], parts: [{ title: 'Allergies', lines: ['Penicillin (hives)'] }] },
]

async function withBox() {
  const box = makeMemoryBox()
  const phone = await device({ box })
  const made = await phone.session.createRecord(ANA)
  if (!made.ok) throw new Error(made.failure.kind)
  return { box, phone, words: made.value.words.join(' ') }
}

async function shown(session: Session): Promise<LockedCard | undefined> {
  let card: LockedCard | undefined
  const stop = await session.watchLockedCard(now => (card = now))
  stop()
  return card
}

async function cardOf(session: Session, isWanted: (card: CardRecord) => boolean): Promise<CardRecord> {
  let card: CardRecord | undefined
  const stop = await session.watchCard(now => (card = now))
  await until(() => card !== undefined && isWanted(card))
  stop()
  return card!
}

test('Nothing of the card is on the device until Ana allows it, with her passphrase', async () => {
  const { box, phone } = await withBox()
  const { session } = phone
  expect(await session.renewLockedCard(FACES)).toEqual(ok(undefined))
  expect(await session.allowLockedCard(FACES, 'a wrong one')).toEqual(fail({ kind: 'wrong-passphrase' }))
  await session.lock()
  expect(await session.allowLockedCard(FACES, PASSPHRASE)).toEqual(fail({ kind: 'locked' }))
  expect(box.plain).toBeUndefined()
  expect(await shown(session)).toBeUndefined()
})

test('The card is there while the record is locked, with what was chosen and nothing else, also after a killed tab', async () => {
  const { box, phone } = await withBox()
  const { session } = phone
  await session.addEntry(condition('Secret illness'))
  expect(await session.allowLockedCard(FACES, PASSPHRASE)).toEqual(ok(undefined))
  await session.lock()
  expect((await shown(session))?.faces).toEqual(FACES)
  const again = await phone.restart()
  await firstVault(again.session, ({ kind }) => kind === 'locked')
  expect((await shown(again.session))?.faces).toEqual(FACES)
  expect(Object.keys(JSON.parse(box.plain ?? '{}'))).toEqual(['faces', 'asOf'])
  expect(box.plain).not.toContain('Secret illness')
})

test('While it is locked the card is neither changed nor forbidden, and nothing else of the record is answered', async () => {
  const { box, phone } = await withBox()
  const { session } = phone
  await session.addEntry(condition('Secret illness'))
  await session.allowLockedCard(FACES, PASSPHRASE)
  await session.lock()
  const before = box.plain
  expect(await session.renewLockedCard([])).toEqual(fail({ kind: 'locked' }))
  expect(await session.forbidLockedCard()).toEqual(fail({ kind: 'locked' }))
  expect(await session.changeCard({ kind: 'checked' })).toEqual(fail({ kind: 'locked' }))
  expect(box.plain).toBe(before)
  let told = 0
  const stop = await session.watchCard(() => told++)
  stop()
  expect(told).toBe(0)
  expect(await session.timelineRows({}, 0, 10)).toEqual([])
})

test('What the record’s store holds is the same with the card and without: no row of it is for the card’s key', async () => {
  const { phone } = await withBox()
  const { session, disk } = phone
  await session.addEntry(condition('Cough'))
  await session.flush()
  const tables: readonly Table[] = ['vault', 'frames', 'outbox', 'sealed', 'blobs']
  const rows = () => JSON.stringify(tables.map(table => [table, [...disk.rows(table).keys()].toSorted()]))
  const before = rows()
  await session.allowLockedCard(FACES, PASSPHRASE)
  expect(rows()).toBe(before)
  for (const table of tables)
    for (const value of disk.rows(table).values())
      expect(new TextDecoder('latin1').decode(value)).not.toContain('Penicillin')
})

test('It is renewed while it is allowed, and forbidding it leaves nothing that a late renewal could bring back', async () => {
  const { box, phone } = await withBox()
  const { session } = phone
  await session.allowLockedCard(FACES, PASSPHRASE)
  const changed: CardFaces = [{ ...FACES[0]!, parts: [{ title: 'Allergies', lines: ['Latex'] }] }]
  expect(await session.renewLockedCard(changed)).toEqual(ok(undefined))
  expect((await shown(session))?.faces).toEqual(changed)
  const long: CardFaces = [{ language: 'en', head: ['x'.repeat(70_000)], parts: [] }]
  expect(await session.renewLockedCard(long)).toEqual(fail({ kind: 'too-long' }))
  expect((await shown(session))?.faces).toEqual(changed)
  const [forbidden] = await Promise.all([session.forbidLockedCard(), session.renewLockedCard(FACES)])
  expect(forbidden).toEqual(ok(undefined))
  expect(box.plain).toBeUndefined()
  await session.lock()
  expect(await shown(session)).toBeUndefined()
})

test('Deleting everything takes the card along, and so does another record in the place of this one', async () => {
  const first = await withBox()
  await first.phone.session.allowLockedCard(FACES, PASSPHRASE)
  await first.phone.session.deleteEverything()
  expect(first.box.plain).toBeUndefined()
  expect(await shown(first.phone.session)).toBeUndefined()

  const second = await withBox()
  const { session } = second.phone
  await session.allowLockedCard(FACES, PASSPHRASE)
  await session.flush()
  await until(
    async () =>
      (
        await session.recover({
          words: second.words,
          passphrase: 'another long one',
          deviceName: 'phone',
          replace: true,
        })
      ).ok,
  )
  expect(second.box.plain).toBeUndefined()
  expect(await shown(session)).toBeUndefined()
})

test('A card that a deletion cut short left behind goes when the app starts', async () => {
  const { box, phone } = await withBox()
  await phone.session.allowLockedCard(FACES, PASSPHRASE)
  const next = await device({ box, disk: makeMemoryDisk() })
  await firstVault(next.session, ({ kind }) => kind === 'empty')
  expect(await shown(next.session)).toBeUndefined()
  expect(box.plain).toBeUndefined()
})

test('A removed device stops showing the card once it hears of its removal', async () => {
  const { box, phone, words } = await withBox()
  await phone.session.allowLockedCard(FACES, PASSPHRASE)
  await phone.session.flush()
  const laptop = await device()
  await until(async () => (await laptop.session.recover({ words, passphrase: PASSPHRASE, deviceName: 'laptop' })).ok)
  const lost = (await laptop.session.devices()).find(({ isThisOne }) => !isThisOne)!
  expect(await laptop.session.removeDevice(lost.deviceId)).toEqual(ok(undefined))
  await until(() => box.plain === undefined, 30_000)
  expect(await shown(phone.session)).toBeUndefined()
})

test('What can be on the card: crucial sections and notes for it, what is private marked as such, and what was chosen', async () => {
  const { phone } = await withBox()
  const { session } = phone
  await session.addEntry({ kind: 'allergy', substance: 'Penicillin', reaction: 'Hives', severity: 'severe' })
  await session.addEntry(condition('HIV'), { isPrivate: true })
  await session.addEntry({ kind: 'weight', kg: 70, takenAt: '2026-01-01T10:00:00Z' } as never)
  await session.keepText('emergency-blood-group', 'Blood group', 'A Rh positive')
  await session.changeCard({ kind: 'item', key: 'part:problems', isOn: false })
  await session.changeCard({ kind: 'none-known', of: 'medicines', isKnown: true })
  const card = await cardOf(
    session,
    ({ entries, choices }) => entries.length === 2 && choices.noneKnownAt.medicines !== undefined,
  )
  expect(new Map(card.entries.map(({ summary }) => [summary.title, summary.isPrivate ?? false]))).toEqual(
    new Map([
      ['HIV', true],
      ['Penicillin', false],
    ]),
  )
  expect(card.texts['emergency-blood-group']).toBe('A Rh positive')
  expect(card.choices.items).toEqual({ 'part:problems': false })
  expect(await session.changeCard({ kind: 'item', key: 'Bea 0123', isOn: true })).toEqual(
    fail({ kind: 'invalid', field: 'key' }),
  )
})
