import { expect, test } from 'vitest'
import { makeWorld } from './record-world.ts'

test('keepText() keeps one private note for each use, in the record and found again on every device', async () => {
  const world = await makeWorld()
  const [phone, tablet] = [await world.device(), await world.device()]
  expect(await phone.record.keptText('visit-questions')).toBe('')
  await phone.record.keepText('visit-questions', 'Questions', ' Why so tired? ')
  await phone.record.keepText('emergency-contacts', 'Contacts', 'Bea 0123')
  await world.sync()
  expect(await tablet.record.keptText('visit-questions')).toBe('Why so tired?')
  await tablet.record.keepText('visit-questions', 'Questions', 'Why so tired?\nMay I swim?')
  await world.sync()
  expect(await phone.record.keptText('visit-questions')).toBe('Why so tired?\nMay I swim?')
  const rows = await phone.record.timelineRows({}, 0, 9)
  expect(rows.map(({ title, isPrivate }) => [title, isPrivate])).toEqual(
    expect.arrayContaining([
      ['Questions', true],
      ['Contacts', true],
    ]),
  )
  expect(rows).toHaveLength(2)
})

test('keepText() of nothing moves the note to the bin; of the same text changes nothing', async () => {
  const { record } = await (await makeWorld()).device()
  await record.keepText('visit-questions', 'Questions', 'One')
  await record.keepText('visit-questions', 'Questions', 'One')
  expect(await record.undoable()).toMatchObject({ act: 'add' })
  await record.keepText('visit-questions', 'Questions', ' ')
  expect(await record.keptText('visit-questions')).toBe('')
  expect(await record.bin()).toHaveLength(1)
  await record.keepText('visit-questions', 'Questions', '')
  expect(await record.timelineRows({}, 0, 9)).toEqual([])
})

test('a note that was edited elsewhere keeps what it is for', async () => {
  const { record } = await (await makeWorld()).device()
  await record.keepText('visit-questions', 'Questions', 'One')
  const [row] = await record.timelineRows({}, 0, 1)
  const fields = {
    kind: 'note',
    title: 'My questions',
    text: 'Two',
    writtenAt: '2026-03-04T10:00:00Z',
    about: 'visit-questions',
  } as const
  expect((await record.editEntry(row!.id, fields)).ok).toBe(true)
  expect(await record.keptText('visit-questions')).toBe('Two')
})
