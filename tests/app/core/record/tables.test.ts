import { expect, test } from 'vitest'
import type { ImportPreview } from '#app/core/import-session.ts'
import type { TableLook, TableMapping } from '#app/core/table-session.ts'
import { COLUMNS } from '#app/core/exchange/report/columns.ts'
import type { OutWords } from '#app/core/exchange/report/out-words.ts'
import { ar } from '#app/ui/language/ar.ts'
import { en } from '#app/ui/language/en.ts'
import { es } from '#app/ui/language/es.ts'
import { zhHans } from '#app/ui/language/zh-hans.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import type { EntryDetail, EntryFields } from '#schema/record/entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

function value<Value, Failure>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

const file = (text: string) => new Blob([text])
const FIRST = 'Datum;Sys;Dia;Gewicht;Laune\n04/03/2026 07:15;128;82;80,5;3\n05/03/2026 07:20;121;80;80,1;4\n'
const SECOND = 'Datum;Sys;Dia;Gewicht;Laune\n04/03/2026 07:15;128;82;80,5;3\n06/03/2026 07:20;119;79;;\n'

async function asked(device: RecordDevice, text: string): Promise<TableLook> {
  const preview = await device.record.previewImport(file(text), 'readings.csv')
  if (preview.ok || preview.failure.kind !== 'needs-columns') throw new Error('nothing was asked')
  return preview.failure.table
}

const answerTo = (look: TableLook): TableMapping => ({
  ...look.mapping,
  dateOrder: 'day-first',
  columns: look.mapping.columns.map(column => (column.use === 'weight' ? { use: 'weight', unit: 'kg' } : column)),
})

async function bringIn(device: RecordDevice, text: string, columns?: TableMapping): Promise<ImportPreview> {
  const preview = value(await device.record.previewImport(file(text), 'readings.csv', columns))
  value(await device.record.commitImport(preview.importId))
  return preview
}

const rows = async (device: RecordDevice) =>
  (await device.record.timelineRows({}, 0, 100)).map(({ kind, when }) => `${when?.text} ${kind}`)

test('a table is asked about once: the next one with its heading is read alike, also after the next unlock', async () => {
  const device = await (await makeWorld()).device()
  const look = await asked(device, FIRST)
  expect(look.doubts).toEqual(['unit', 'date-order', 'columns'])
  const first = await bringIn(device, FIRST, answerTo(look))
  expect([first.format, first.newCount, first.table?.isRemembered]).toEqual(['table', 6, false])
  const second = await bringIn(device, SECOND)
  expect([second.newCount, second.alreadyThereCount, second.table?.isRemembered]).toEqual([1, 3, true])
  expect(await rows(device)).toContain('2026-03-06T07:20:00+01:00 blood-pressure')
  // The same file again adds nothing.
  const again = value(await device.record.previewImport(file(FIRST), 'copy.csv'))
  expect([again.newCount, again.alreadyThereCount]).toEqual([0, 6])
})

test('what was said of a table counts only once it was brought in, and can be said otherwise', async () => {
  const device = await (await makeWorld()).device()
  const look = await asked(device, FIRST)
  value(await device.record.previewImport(file(FIRST), 'a.csv', answerTo(look)))
  await device.record.cancelImport()
  expect((await asked(device, FIRST)).isRemembered).toBe(false)
  await bringIn(device, FIRST, answerTo(look))
  const other = { ...answerTo(look), dateOrder: 'month-first' as const }
  const changed = await bringIn(device, FIRST, other)
  expect(changed.newCount).toBe(6)
  expect((await rows(device)).slice(0, 1)).toEqual(['2026-05-03T07:20:00+02:00 vital-sign'])
  const third = value(await device.record.previewImport(file(FIRST), 'c.csv'))
  expect(third.table?.mapping.dateOrder).toBe('month-first')
})

test('a table comes in as one step, says where it came from, and leaves as one step', async () => {
  const device = await (await makeWorld()).device()
  const { importId } = await bringIn(device, FIRST, answerTo(await asked(device, FIRST)))
  const [row] = await device.record.timelineRows({ kinds: ['blood-pressure'] }, 0, 1)
  expect(row?.source).toMatchObject({ type: 'import', importId, fileName: 'readings.csv' })
  expect(value(await device.record.undo())).toMatchObject({ act: 'import', count: 6 })
  expect(await rows(device)).toEqual([])
  // What was taken back is new again, and is still known how to be read.
  expect((await bringIn(device, FIRST)).newCount).toBe(6)
  expect(value(await device.record.undoImport(importId)).removed).toBe(6)
  expect(await rows(device)).toEqual([])
})

const OWN: readonly EntryFields[] = [
  {
    kind: 'blood-pressure',
    takenAt: '2026-03-04T07:15:00+01:00',
    systolicMmHg: 128,
    diastolicMmHg: 82,
    pulsePerMinute: 61,
    arm: 'left',
    posture: 'sitting',
    note: '=1+1; "early"',
  },
  { kind: 'blood-pressure', takenAt: '2026-03-05T07:15:30-03:30', systolicMmHg: 121, diastolicMmHg: 80 },
  { kind: 'weight', takenAt: '2026-03-04T07:16:00+01:00', weightKg: 80.55, note: 'after tea' },
]

const RESULT = {
  resourceType: 'Observation',
  id: 'r',
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }], text: 'Glucose' },
  effectiveDateTime: '2026-03-01T10:00:00+01:00',
  valueQuantity: { value: 5.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
}

/** What a table says in this language. */
function wordsIn(language: Readonly<Record<keyof typeof en, unknown>>): OutWords {
  const say = <Name extends string>(names: readonly Name[], key: (name: Name) => string) =>
    Object.fromEntries(names.map(name => [name, String(language[key(name) as keyof typeof en])])) as Record<
      Name,
      string
    >
  return {
    ...outWords(),
    columns: say(COLUMNS, column => `column.${column}`),
    arms: say(['left', 'right'], arm => `form.arm.${arm}`),
    postures: say(['sitting', 'standing', 'lying'], posture => `form.posture.${posture}`),
  }
}

test.each([
  ['en', en],
  ['ar', ar],
  ['es', es],
  ['zh-Hans', zhHans],
])(
  'our own tables (%s) add nothing to the record they came from, and the same readings to another',
  async (_, language) => {
    const device = await (await makeWorld()).device()
    value(await device.record.addEntries(OWN))
    const given = value(await device.record.previewImport(file(JSON.stringify(RESULT)), 'lab.json'))
    value(await device.record.commitImport(given.importId))
    const other = await (await makeWorld()).device()
    for (const table of ['blood-pressure', 'weight', 'results'] as const) {
      const made = { kind: 'table', table, words: wordsIn(language) } as const
      const csv = await value(await device.record.takeOut({ sections: SECTIONS, withPrivate: true, file: made })).text()
      const preview = value(await device.record.previewImport(file(csv), `${table}.csv`))
      expect([table, preview.newCount, preview.unusable]).toEqual([table, 0, []])
      await bringIn(other, csv)
    }
    const shown = async (from: RecordDevice) =>
      (await from.record.timelineRows({}, 0, 100)).map(({ kind, when, value: amount, title }) => [
        kind,
        when,
        amount,
        kind === 'lab-result' ? title : '',
      ])
    expect(await shown(other)).toEqual(await shown(device))
    const [, , pressure] = await other.record.timelineRows({}, 0, 100)
    const detail = await new Promise<EntryDetail | undefined>(resolve => {
      void other.record.watchEntry(pressure!.id, resolve)
    })
    expect(detail?.correctionDraft).toEqual(OWN[0])
  },
)
