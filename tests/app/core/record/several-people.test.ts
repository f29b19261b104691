import { expect, test } from 'vitest'
import type { ImportPreview } from '#app/core/import-session.ts'
import type { Result } from '#schema/result.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const patient = (id: string, name: string, birthDate: string) => ({
  resourceType: 'Patient',
  id,
  name: [{ text: name }],
  birthDate,
})
const condition = (text: string, person: string) => ({
  resourceType: 'Condition',
  id: text,
  code: { text },
  subject: { reference: `Patient/${person}` },
})
const FAMILY = [
  patient('1', 'Tom Jansen', '2015-06-01'),
  patient('2', 'Ann Jansen', '2017-08-02'),
  condition('Measles', '1'),
  condition('Mumps', '1'),
  condition('Croup', '2'),
]
const file = new Blob([FAMILY.map(each => JSON.stringify(each)).join('\n')])

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`)
  return result.value
}

const previewed = async (at: RecordDevice) => value(await at.record.previewImport(file, 'family.ndjson'))
const placeOf = ({ people }: ImportPreview, name: string) => people!.people.find(each => each.name === name)!.place
const titles = async (at: RecordDevice) => (await at.record.timelineRows({}, 0, 100)).map(row => row.title).toSorted()

test('a file about several people asks whose entries come in, and brings in only theirs', async () => {
  const at = await (await makeWorld()).device()
  const asked = await previewed(at)
  expect(asked).toMatchObject({
    newCount: 0,
    byKind: [],
    people: {
      people: [
        { name: 'Tom Jansen', birthDate: '2015-06-01', count: 3, isChosen: false },
        { name: 'Ann Jansen', birthDate: '2017-08-02', count: 2, isChosen: false },
      ],
      leftOut: 5,
    },
  })
  expect(asked.person).toBeUndefined()
  expect(value(await at.record.commitImport(asked.importId))).toEqual({ added: 0 })
  expect(await titles(at)).toEqual([])

  const again = await previewed(at)
  const chosen = value(await at.record.choosePeople(again.importId, [placeOf(again, 'Ann Jansen')]))
  expect(chosen).toMatchObject({
    importId: again.importId,
    newCount: 2,
    person: { name: 'Ann Jansen' },
    people: { leftOut: 3 },
  })
  expect(value(await at.record.commitImport(again.importId))).toEqual({ added: 2 })
  expect(await titles(at)).toEqual(['Ann Jansen', 'Croup'])

  // The same file for somebody else, in this record or in theirs.
  const other = await previewed(at)
  const both = value(await at.record.choosePeople(other.importId, [0, 1]))
  expect(both).toMatchObject({ newCount: 3, alreadyThereCount: 2, people: { leftOut: 0 } })
})

test('choosePeople() has nothing to choose from once the file is in, or another was begun', async () => {
  const at = await (await makeWorld()).device()
  const first = await previewed(at)
  await previewed(at)
  expect(await at.record.choosePeople(first.importId, [0])).toEqual({ ok: false, failure: { kind: 'gone' } })
})
