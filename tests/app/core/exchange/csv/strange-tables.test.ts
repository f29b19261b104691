import { beforeAll, describe, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import type { TableMapping } from '#app/core/table-session.ts'
import { readyCrypto } from '#crypto/sodium.ts'

/** Tables of strangers: the headings are those that vendor-headings.ts names, the values are examples. */

beforeAll(readyCrypto)

function read(text: string, answer?: TableMapping) {
  const tables = {
    zone: () => 'Europe/Berlin',
    remembered: () => undefined,
    ...(answer === undefined ? {} : { answer }),
  }
  return readImportFile(new TextEncoder().encode(text), 'table.csv', { tables })
}

async function readings(text: string, answer?: TableMapping) {
  const file = await read(text, answer)
  if (!file.ok) throw new Error(JSON.stringify(file.failure))
  expect(file.value.unusable).toEqual([])
  return file.value.resources.map(({ parts: { when, value } }) =>
    value?.type === 'blood-pressure'
      ? `${when?.text} ${value.systolicMmHg}/${value.diastolicMmHg} ${value.pulsePerMinute ?? '-'}`
      : value?.type === 'quantity'
        ? `${when?.text} ${value.quantity.value} ${value.quantity.unit}`
        : '-',
  )
}

async function asked(text: string) {
  const file = await read(text)
  if (file.ok || file.failure.kind !== 'needs-columns') throw new Error('not asked')
  return file.failure.table
}

describe('Samsung Health', () => {
  const P = 'com.samsung.health.blood_pressure.'

  test('names each column with what it is of, and writes times in UTC beside the offset of the clock', async () => {
    const text = `com.samsung.shealth.blood_pressure,7006011,1
comment,${P}systolic,${P}diastolic,${P}mean,${P}pulse,${P}start_time,${P}time_offset,${P}datauuid
,128.0,82.0,97.0,70,2026-03-01 23:15:00.000,UTC+0100,bp-1,
,131.0,85.0,100.0,68,2026-03-02 02:15:00.000,UTC-0330,bp-2,
`
    expect(await readings(text)).toEqual(['2026-03-02T00:15:00+01:00 128/82 70', '2026-03-01T22:45:00-03:30 131/85 68'])
  })

  test('does not say what a weight is in: the person is asked for that, and for no column', async () => {
    const { doubts, hasOpenZone } = await asked(`com.samsung.health.weight,6006001,6
start_time,weight,height,body_fat,update_time,create_time,time_offset,deviceuuid,comment,pkg_name,datauuid,
2026-03-01 07:15:00.000,80.1,178.0,18.2,2026-03-01 07:16:00.000,2026-03-01 07:16:00.000,UTC+0100,d,,com.sec,w-1,
`)
    expect({ doubts, hasOpenZone }).toEqual({ doubts: ['unit'], hasOpenZone: false })
  })
})

const GARMIN = `Time,Weight,Change,BMI,Body Fat,
" Mar 6, 2026",
7:15 AM,79.9 kg,0.2 kg,24.8,18.1 %,
" Mar 5, 2026",
9:12 PM,80.1 kg,0.1 kg,24.9,--,
7:12 AM,80.2 kg,0.0 kg,24.9,18.2 %,
`

test('Garmin Connect writes a day once, in a row of its own, and below it the times of that day', async () => {
  expect(await readings(GARMIN)).toEqual([
    '2026-03-06T07:15:00+01:00 79.9 kg',
    '2026-03-06T07:15:00+01:00 24.8 kg/m2',
    '2026-03-06T07:15:00+01:00 18.1 %',
    '2026-03-05T21:12:00+01:00 80.1 kg',
    '2026-03-05T21:12:00+01:00 24.9 kg/m2',
    '2026-03-05T07:12:00+01:00 80.2 kg',
    '2026-03-05T07:12:00+01:00 24.9 kg/m2',
    '2026-03-05T07:12:00+01:00 18.2 %',
  ])
})

test('a pulse with its unit in the cell is part of the blood pressure', async () => {
  const text = 'Date,Time,Systolic,Diastolic,Pulse\n"Mar 5, 2026",7:12 AM,128 mmHg,82 mmHg,71 bpm\n'
  expect(await readings(text)).toEqual(['2026-03-05T07:12:00+01:00 128/82 71'])
})

test.each([
  ['128/82', '128/82 -'],
  ['128 / 82 mmHg', '128/82 -'],
  ['128/82/71', '128/82 71'],
  ['128 over 82', '128/82 -'],
  ['128 zu 82', '128/82 -'],
])('a blood pressure written by hand as %s', async (cell, expected) => {
  expect(await readings(`Date;BP\n5.3.2026;${cell}\n`)).toEqual([`2026-03-05 ${expected}`])
})

test.each([
  [
    'Japanese',
    '測定日,タイムゾーン,最高血圧(mmHg),最低血圧(mmHg),脈拍(bpm),メモ',
    '2026/03/05 07:12,Asia/Tokyo',
    '+09:00',
  ],
  ['Korean', '측정일시,Time zone,수축기(mmHg),이완기(mmHg),맥박(bpm),메모', '2026-03-05 07:12,Asia/Seoul', '+09:00'],
  ['Russian', 'Дата и время,Time zone,Систолическое,Диастолическое,Пульс,Комментарий', '05.03.2026 07:12,', '+01:00'],
  ['Polish', 'Data,Godzina,Skurczowe,Rozkurczowe,Tętno,Uwagi', '2026-03-05,07:12', '+01:00'],
])('headings in %s', async (_, header, time, zone) => {
  expect(await readings(`${header}\n${time},128,82,71,\n`)).toEqual([`2026-03-05T07:12:00${zone} 128/82 71`])
})

test('Health Auto Export and Glooko', async () => {
  const pressures =
    'Date/Time,Blood Pressure [Systolic] (mmHg),Blood Pressure [Diastolic] (mmHg),Weight & Body Mass (kg)\n2026-03-05 07:12:00,128,82,80.1\n'
  expect(await readings(pressures)).toEqual(['2026-03-05T07:12:00+01:00 128/82 -', '2026-03-05T07:12:00+01:00 80.1 kg'])
  const sensor =
    'Name:Kim,Date Range:2026-03-01 - 2026-03-14\nTimestamp,CGM Glucose Value (mmol/l),Serial Number\n2026-03-05 07:12,7.8,A\n'
  expect(await readings(sensor)).toEqual(['2026-03-05T07:12:00+01:00 7.8 mmol/L'])
})
