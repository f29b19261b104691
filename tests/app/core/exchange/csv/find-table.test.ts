import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { KNOWN_HEADINGS } from '#app/core/exchange/csv/heading.ts'
import { unitsOf } from '#schema/codes/measures.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { MEASURE_UNITS, MEASURES, type TableMapping } from '#app/core/table-session.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { validityFaults } from '#tests/support/validity/fhir-validity.ts'

beforeAll(readyCrypto)

const BERLIN = 'Europe/Berlin'
const bytesOf = (text: string | Uint8Array) => (typeof text === 'string' ? new TextEncoder().encode(text) : text)

function read(text: string | Uint8Array, answer?: TableMapping, zone = BERLIN) {
  const tables = { zone: () => zone, remembered: () => undefined, ...(answer === undefined ? {} : { answer }) }
  return readImportFile(bytesOf(text), 'table.csv', { tables })
}

async function good(text: string | Uint8Array, answer?: TableMapping, zone?: string) {
  const file = await read(text, answer, zone)
  if (!file.ok) throw new Error(`refused: ${JSON.stringify(file.failure)}`)
  return file.value
}

async function asked(text: string | Uint8Array) {
  const file = await read(text)
  if (file.ok || file.failure.kind !== 'needs-columns') throw new Error(`not asked: ${JSON.stringify(file)}`)
  return file.failure.table
}

async function refused(text: string | Uint8Array) {
  const file = await read(text)
  return file.ok ? 'ok' : file.failure
}

/** Each entry in short: when, of what kind, how much. */
async function readings(text: string | Uint8Array, answer?: TableMapping) {
  const { resources } = await good(text, answer)
  return resources.map(({ parts: { kind, when, value, title } }) => {
    const amount =
      value?.type === 'quantity'
        ? `${value.quantity.comparator ?? ''}${value.quantity.value} ${value.quantity.unit}`
        : value?.type === 'blood-pressure'
          ? `${value.systolicMmHg}/${value.diastolicMmHg} ${value.pulsePerMinute ?? '-'}`
          : value?.text
    return `${when?.text ?? '-'} ${kind === 'vital-sign' || kind === 'lab-result' ? title : kind} ${amount ?? '-'}`
  })
}

const unusable = async (text: string) =>
  (await good(text)).unusable.map(({ reason, example }) => `${reason.replace('row-', '')} ${example}`)

describe('headings that exports are known to have (docs/how-to/bring-in-tables.md says where each was seen)', () => {
  test('OMRON connect', async () => {
    const text =
      'Date,Time,Systolic (mmHg),Diastolic (mmHg),Pulse (bpm),Symptoms,Consumed,TruRead,Notes\nJan 12 2025,08:12,114,74,47,-,-,-,-\nJan 6 2025,08:46,117,76,50,-,-,-,after tea\n'
    expect(await readings(text)).toEqual([
      '2025-01-12T08:12:00+01:00 blood-pressure 114/74 47',
      '2025-01-06T08:46:00+01:00 blood-pressure 117/76 50',
    ])
  })

  test('Withings weight.csv and bp.csv', async () => {
    const weight =
      'Date,"Weight (kg)","Fat mass (kg)","Bone mass (kg)","Muscle mass (kg)","Hydration (kg)",Comments\n"2026-09-30 07:12:45",84.2,16.4,3.4,63.6,47.1,\n"2026-09-29 07:05:01",84.6,,,,,\n'
    const look = await asked(weight)
    expect(look.doubts).toEqual(['columns'])
    expect(look.mapping.columns.map(({ use }) => use)).toEqual(['when', 'weight', 'own', 'own', 'own', 'own', 'note'])
    expect(await readings(weight, look.mapping)).toEqual([
      '2026-09-30T07:12:45+02:00 weight 84.2 kg',
      '2026-09-30T07:12:45+02:00 Fat mass 16.4 kg',
      '2026-09-30T07:12:45+02:00 Bone mass 3.4 kg',
      '2026-09-30T07:12:45+02:00 Muscle mass 63.6 kg',
      '2026-09-30T07:12:45+02:00 Hydration 47.1 kg',
      '2026-09-29T07:05:01+02:00 weight 84.6 kg',
    ])
    const pressure =
      'Date,"Heart rate",Systolic,Diastolic,Comments\n"2026-06-20 08:15:00",58,,,\n"2026-06-14 08:15:00",61,120,80,\n'
    expect(await readings(pressure)).toEqual([
      '2026-06-20T08:15:00+02:00 Heart rate 58 /min',
      '2026-06-14T08:15:00+02:00 blood-pressure 120/80 61',
    ])
  })

  test('LibreView: a title before the heading, rows of insulin, a sensor and strips', async () => {
    const text =
      'Glucose Data,Created,16-06-2026 10:00 UTC,Created by,Test User\r\nDevice,Serial Number,Device Timestamp,Record Type,Historic Glucose mmol/L,Scan Glucose mmol/L,Rapid-Acting Insulin (units),Notes,Strip Glucose mmol/L\r\nFreeStyle Libre 3,SN,25-06-2026 21:15,0,5.5,,,,\r\nFreeStyle Libre 3,SN,25-06-2026 21:20,1,,6.0,,,\r\nFreeStyle Libre 3,SN,25-06-2026 21:25,4,,,3,,\r\nFreeStyle Libre 3,SN,25-06-2026 21:30,2,,,,,5.9\r\n'
    const look = await asked(text)
    expect(look.doubts).toEqual(['columns'])
    const columns = look.mapping.columns.map(each => (each.use === 'own' ? { use: 'left-out' as const } : each))
    const mapping = { ...look.mapping, columns }
    expect(await readings(text, mapping)).toEqual([
      '2026-06-25T21:15:00+02:00 Glucose [Moles/volume] in Interstitial fluid 5.5 mmol/L',
      '2026-06-25T21:20:00+02:00 Glucose [Moles/volume] in Interstitial fluid 6 mmol/L',
      '2026-06-25T21:30:00+02:00 Glucose [Moles/volume] in Capillary blood by Glucometer 5.9 mmol/L',
    ])
    expect((await good(text, mapping)).unusable).toMatchObject([{ reason: 'row-no-value' }])
  })

  test('Dexcom Clarity: rows about the person before those of values, "Low" is no number', async () => {
    const text =
      'Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Patient Info,Device Info,Source Device ID,Glucose Value (mg/dL)\n1,,FirstName,,Kim,,,\n2,2026-01-01T08:00:00,EGV,,,,iPhone,105\n3,2026-01-01T08:05:00,EGV,,,,iPhone,Low\n'
    const file = await good(text)
    expect(file.resources.map(({ parts }) => parts.value)).toEqual([
      { type: 'quantity', quantity: { value: 105, unit: 'mg/dL', isUcum: true } },
    ])
    expect(file.unusable.map(({ reason, example }) => [reason, example.slice(0, 6)])).toEqual([
      ['row-no-date', '2: 1 ·'],
      ['row-not-a-number', '4: Low'],
    ])
  })
})

const CAPILLARY = 'Glucose [Mass/volume] in Capillary blood by Glucometer'
const CAPILLARY_MOLES = 'Glucose [Moles/volume] in Capillary blood by Glucometer'
const SENSOR = 'Glucose [Mass/volume] in Interstitial fluid'
const SENSOR_MOLES = 'Glucose [Moles/volume] in Interstitial fluid'

describe('exports of further meters and apps, by headings that others quote (vendor-headings.ts says who)', () => {
  test('Contour, as its app writes it in each of two units and languages', async () => {
    const english =
      '\uFEFF#,Date and Time,Readings [mmol/L],Meal Marker,Data Source,Notes,Activity,Meal[g],Medication,Location\n1,"25.02.26. 7:15",5.6,"Before Meal","Meter","","","30","","Home"\n'
    expect(await readings(english)).toEqual([`2026-02-25T07:15:00+01:00 ${CAPILLARY_MOLES} 5.6 mmol/L`])
    const { resources } = await good(english)
    expect(JSON.parse(resources[0]!.text).note).toEqual([{ text: 'Meal Marker: Before Meal; Meal[g]: 30' }])
    const older =
      '#,Date and Time,BGValue [mg/dL],Meal Marker,Data Source\n1,"02/25/2026 7:15:03\u202fAM",108,Fasting,Meter\n'
    expect(await readings(older)).toEqual([`2026-02-25T07:15:03+01:00 ${CAPILLARY} 108 mg/dL`])
    const german = '#,Datum und Zeit,Messungen [mg/dL],Mahlzeit-Markierung,Notizen\n1,25.02.26 07:15,108,Nüchtern,\n'
    expect(await readings(german)).toEqual([`2026-02-25T07:15:00+01:00 ${CAPILLARY} 108 mg/dL`])
    const polish =
      '#,Data i godzina,BGValue[mg/dl],Znacznik posiłku,Źródło danych,Uwagi,Aktywność,Posiłek[g],Leki,Lokalizacja\n1,"27.09.2025 08:36:03","108","Przed posiłkiem","Glukometr","","","","","Sadowa"\n'
    expect(await readings(polish)).toEqual([`2025-09-27T08:36:03+02:00 ${CAPILLARY} 108 mg/dL`])
  })

  test('"Readings" of nothing named is no glucose', async () => {
    const look = await asked('Date,Readings\n2026-03-04,5.6\n')
    expect(look.mapping.columns.map(({ use }) => use)).toEqual(['date', 'own'])
  })

  test('Accu-Chek: two lines about the meter, units by row, and its test liquid is nobody’s glucose', async () => {
    const text =
      'Serial number;Download date;Download time;;;;;;;\nU100;08.12.2025;17:04;;;;;;;\nDate;Time;Result;Unit;Temperature warning;Out of target range;Other;Before meal;After meal;Control test\n08.12.2025;16:58;6,3;mmol/L;;X;;;X;\n08.12.2025;09:02;5,1;mmol/L;;;;X;;\n07.12.2025;09:00;9,9;mmol/L;;;;;;X\n'
    expect(await readings(text)).toEqual([
      `2025-12-08T16:58:00+01:00 ${CAPILLARY_MOLES} 6.3 mmol/L`,
      `2025-12-08T09:02:00+01:00 ${CAPILLARY_MOLES} 5.1 mmol/L`,
    ])
    expect((await unusable(text)).map(each => each.slice(0, 9))).toEqual(['control 6'])
  })

  test('OneTouch Reveal: what a row holds stands in it; two ways of dates', async () => {
    const text =
      'Item Type,Date and Time,Value,Unit,Manual,Additional Value,Notes\nBlood Sugar Reading,"03/14/26, 8:15 PM",112,mg/dL,No,After Meal,soup\nInsulin,"03/14/26, 8:20 PM",4,u,Yes,Rapid,\n'
    expect(await readings(text)).toEqual([
      `2026-03-14T20:15:00+01:00 ${CAPILLARY} 112 mg/dL`,
      '2026-03-14T20:20:00+01:00 Insulin 4 u',
    ])
    const later =
      'Item Type,Date and Time,Value,Recommended Range,Unit,Manual,Additional Notes,Data Source\nBlood Glucose,"Aug 1, 2026 at 8:41 PM",89,,mg/dL,No,Before Meal,\n'
    expect(await readings(later)).toEqual([`2026-08-01T20:41:00+02:00 ${CAPILLARY} 89 mg/dL`])
  })

  test('OMRON connect of other countries: each row says where its clock stood, and a room is no fever', async () => {
    const text =
      '"Measurement Date","Timezone","SYS(mmHg)","DIA(mmHg)","Pulse(bpm)","Irregular heartbeat detected","IHB detection counts(times)","Body Movement","Cuff wrap guide","Positioning Indicator","room temperature(°C)","Measurement Mode","Device"\n"2026/01/12 08:12","Asia/Manila","114","74","47","","0","","","","27","Normal","HEM-7361T"\n'
    expect(await readings(text)).toEqual(['2026-01-12T08:12:00+08:00 blood-pressure 114/74 47'])
    expect((await good(text)).table?.hasOpenZone).toBe(false)
    const unknown = text.replace('Asia/Manila', 'Here')
    expect(await readings(unknown)).toEqual(['2026-01-12T08:12:00+01:00 blood-pressure 114/74 47'])
    expect((await good(unknown)).table?.hasOpenZone).toBe(true)
  })

  test('iHealth', async () => {
    const text = 'Date,Time,SYS(mmHg),DIA(mmHg),Pulse(Beats/Min),Note\r\n"Dec 31, 2025",07:04,111,81,68,\r\n'
    expect(await readings(text)).toEqual(['2025-12-31T07:04:00+01:00 blood-pressure 111/81 68'])
  })

  test('Beurer: tables one below the other, of which the first is read and the next is named', async () => {
    const text =
      'Kim\nWeight\nDate;Time;kg;BMI;Body fat;Water;Muscles;Bone\n25/02/2026;07:15;80,5;25,1;22,0;55,0;38,0;3,1\n\nBlood sugar\nDate;Time;mg/dL\n25/02/2026;07:20;110\n26/02/2026;07:20;90\n'
    const look = await asked(text)
    expect([look.doubts, look.rows]).toEqual([
      ['columns'],
      [['25/02/2026', '07:15', '80,5', '25,1', '22,0', '55,0', '38,0', '3,1']],
    ])
    expect(look.mapping.columns.slice(0, 5)).toEqual([
      { use: 'date' },
      { use: 'time' },
      { use: 'weight', unit: 'kg' },
      { use: 'bmi', unit: 'kg/m2' },
      { use: 'body-fat', unit: '%' },
    ])
    const file = await good(text, look.mapping)
    expect(file.resources.filter(({ parts }) => parts.kind === 'weight')).toHaveLength(1)
    expect(file.unusable.map(({ reason, example }) => `${reason} ${example}`)).toEqual([
      'row-another-table 7: Date · Time · mg/dL',
    ])
    expect(await readings('Datum;Uhrzeit;°C;Kommentar;Medikation\n25.02.2026;07:15;37,2;;\n')).toEqual([
      '2026-02-25T07:15:00+01:00 Body temperature 37.2 Cel',
    ])
  })

  test('a line of words at the end of a table is told, as no title of another', async () => {
    expect(await unusable('Date;Weight (kg)\n2026-03-04;80,5\nThe end\n')).toEqual(['not-a-date 3: The end'])
  })

  test('the same heading once more, as of files put together, ends no table', async () => {
    const text = 'Date,Weight (kg)\n2026-03-04,80.5\nDate,Weight (kg)\n2026-03-05,80.6\n'
    expect(await readings(text)).toEqual(['2026-03-04 weight 80.5 kg', '2026-03-05 weight 80.6 kg'])
  })

  test.each([
    [
      'German',
      'Gerät,Seriennummer,Gerätezeitstempel,Aufzeichnungstyp,Glukosewert-Verlauf mg/dL,Glukose-Scan mg/dL,Notizen,Glukose-Teststreifen mg/dL',
    ],
    [
      'Spanish',
      'Dispositivo,Número de serie,Sello de tiempo del dispositivo,Tipo de registro,Historial de glucosa mg/dL,Escaneo de glucosa mg/dL,Notas,Tira reactiva para glucosa mg/dL',
    ],
    [
      'French',
      'Appareil,Numéro de série,Horodatage de l’appareil,Type d’enregistrement,Historique de la glycémie mg/dL,Numérisation de la glycémie mg/dL,Notes,Glycémie de la bandelette mg/dL',
    ],
  ])('LibreView in %s', async (_, heading) => {
    const text = `Titel,Erstellt am,26-08-2026 16:21 UTC,Erstellt von,Kim\n${heading}\nFreeStyle Libre 3,SN,25-06-2026 21:15,0,105,,,\nFreeStyle Libre 3,SN,25-06-2026 21:20,1,,110,,\nFreeStyle Libre 3,SN,25-06-2026 21:30,2,,,,101\n`
    expect(await readings(text)).toEqual([
      `2026-06-25T21:15:00+02:00 ${SENSOR} 105 mg/dL`,
      `2026-06-25T21:20:00+02:00 ${SENSOR} 110 mg/dL`,
      `2026-06-25T21:30:00+02:00 ${CAPILLARY} 101 mg/dL`,
    ])
  })

  test('Dexcom Clarity measures under the skin, in any language', async () => {
    const german =
      'Index;Zeitstempel (JJJJ-MM-TTThh:mm:ss);Ereignistyp;Ereignisuntertyp;Patienteninfo;Geräteinfo;Quellgeräte-ID;Glukosewert (mmol/l)\n10;2026-06-02T00:00:00;EGW;;;;iOS;5,8\n11;2026-06-02T00:05:00;EGW;;;;iOS;Niedrig\n'
    expect(await readings(german)).toEqual([`2026-06-02T00:00:00+02:00 ${SENSOR_MOLES} 5.8 mmol/L`])
    const spanish =
      'Marca temporal (AAAA-MM-DDThh:mm:ss);Tipo de evento;Nivel de glucosa (mg/dL)\n2026-06-02T00:00:00;EGV;105\n'
    expect(await readings(spanish)).toEqual([`2026-06-02T00:00:00+02:00 ${SENSOR} 105 mg/dL`])
  })

  test('mySugr in German', async () => {
    expect(await readings('Datum,Zeit,Tags,Blutzuckermessung (mg/dL),Notiz\n25.02.2026,07:15:00,,110,\n')).toEqual([
      `2026-02-25T07:15:00+01:00 ${CAPILLARY} 110 mg/dL`,
    ])
  })
})

test('no heading is known for two things', () => {
  const uses = Map.groupBy(KNOWN_HEADINGS, ([words]) => words)
  const torn = [...uses].filter(([, all]) => new Set(all.map(([, use]) => use)).size > 1)
  expect(torn.map(([words]) => words)).toEqual([])
})

test('mySugr: a month by its name, a time with AM, tags and a note', async () => {
  const heading = '"Date","Time","Tags","Blood Sugar Measurement (mg/dL)","Note"'
  for (const date of ['Mar 4, 2026', 'Mar 4 2026'])
    expect(await readings(`${heading}\n"${date}","7:15:00 AM","Fasting","110","x"\n`)).toEqual([
      '2026-03-04T07:15:00+01:00 Glucose [Mass/volume] in Capillary blood by Glucometer 110 mg/dL',
    ])
})

describe('the same weight is read', () => {
  const rows = (separator: string, number: string) =>
    [
      ['Datum', 'Gewicht (kg)', 'Notiz'],
      ['04.03.2026', number, 'gut'],
    ].map(cells => cells.join(separator))
  test.each([
    ['parted by semicolons, with a decimal comma', rows(';', '80,5').join('\n')],
    ['with a mark, CR LF and the line Excel reads', `\uFEFFsep=;\r\n${rows(';', '80,5').join('\r\n')}\r\n`],
    ['with that line in quotes', `"sep=;"\r\n${rows(';', '80,5').join('\r\n')}`],
    ['parted by tabs', rows('\t', '80,5').join('\n')],
    ['parted by commas, its number in quotes', rows(',', '"80,5"').join('\n')],
    ['parted by bars', rows('|', '80.5').join('\n')],
    ['with lines that end in CR', rows(',', '80.5').join('\r')],
    [
      'with a separator at the end of each line',
      rows(';', '80,5')
        .map(line => `${line};`)
        .join('\n'),
    ],
  ])('%s', async (_, text) => {
    expect(await readings(text)).toEqual(['2026-03-04 weight 80.5 kg'])
  })

  test('with a note of several lines, quotes and separators', async () => {
    const rows = ['2026-03-04,80.5,"a, b\nc ""d"""', '2026-03-05,80.6,ok']
    const { resources } = await good(`Date,Weight (kg),Comments\n${rows.join('\n')}\n`)
    expect(resources.map(({ text }) => JSON.parse(text).note[0].text)).toEqual(['a, b\nc "d"', 'ok'])
  })
})

test('headings, digits and dates of other scripts', async () => {
  expect(await readings('التاريخ,الوقت,السكر (mg/dL)\n٢٠٢٦/٠٣/٠٤,٠٧:١٥,١٢٠\n')).toEqual([
    '2026-03-04T07:15:00+01:00 Glucose [Mass/volume] in Capillary blood by Glucometer 120 mg/dL',
  ])
  expect(await readings('时间,高压,低压,脉搏,备注\n2026年3月4日 下午7:15,128,82,61,饭后\n')).toEqual([
    '2026-03-04T19:15:00+01:00 blood-pressure 128/82 61',
  ])
})

describe('what is asked', () => {
  test('the unit of glucose, and it is never converted', async () => {
    const text = 'Date,Time,Blood sugar\n2026-03-04,07:15,5.60\n2026-03-05,07:15,101\n'
    const { doubts, mapping, rows } = await asked(text)
    expect(doubts).toEqual(['unit'])
    expect(rows[0]).toEqual(['2026-03-04', '07:15', '5.60'])
    const inUnit = (unit: string) => ({
      ...mapping,
      columns: mapping.columns.map(each => (each.use === 'glucose' ? { ...each, unit } : each)),
    })
    const [first] = (await good(text, inUnit('mmol/L'))).resources
    expect(first?.text).toContain('"value":5.60,"unit":"mmol/L"')
    expect(first?.text).toContain('"code":"14743-9"')
    const mass = await good(text, inUnit('mg/dL'))
    expect(mass.resources[1]?.text).toContain('"value":101,"unit":"mg/dL"')
    expect(mass.resources[1]?.text).toContain('"code":"41653-7"')
    // 5.6 mg/dL is possible for no living person's meter, but that is for the person to see: it is remarked on.
    expect(mass.resources[0]?.remarks).toEqual(['unusual-value'])
  })

  test('the order of day and month, unless a date settles it', async () => {
    const day = (date: string) => `Date,Weight (kg)\n03/04/2026,80.5\n${date},80.6\n`
    expect((await asked(day('05/06/2026'))).doubts).toEqual(['date-order'])
    expect(await readings(day('25/06/2026'))).toEqual(['2026-04-03 weight 80.5 kg', '2026-06-25 weight 80.6 kg'])
    expect(await readings(day('05/26/2026'))).toEqual(['2026-03-04 weight 80.5 kg', '2026-05-26 weight 80.6 kg'])
    expect((await asked('Date,Weight (kg)\n25/03/2026,80.5\n03/25/2026,80.6\n')).doubts).toEqual(['date-order'])
  })

  test('columns whose headings are not known, a missing half of a blood pressure, a missing date', async () => {
    expect((await asked('Date,Mood\n2026-03-04,4\n')).doubts).toEqual(['columns'])
    expect((await asked('Date,Systolic\n2026-03-04,120\n')).doubts).toEqual(['measure'])
    expect((await asked('Pulse,Weight (kg)\n60,80.5\n')).doubts).toContain('when')
    expect((await asked('2026-03-04;128/82\n2026-03-05;121/80\n')).mapping.columns.map(({ use }) => use)).toEqual([
      'when',
      'pressure',
    ])
  })

  test('a comma that may stand between thousands or before decimals', async () => {
    expect((await asked('Date;Weight (kg)\n2026-03-04;80,500\n')).doubts).toEqual(['decimal'])
    expect(await readings('Date;Weight (kg)\n2026-03-04;80,500\n2026-03-05;80,4\n')).toEqual([
      '2026-03-04 weight 80.5 kg',
      '2026-03-05 weight 80.4 kg',
    ])
  })

  test('whose rows, where several people used the meter', async () => {
    const text = 'User,Date,Sys,Dia\nAnn,2026-03-04,120,80\nBen,2026-03-04,150,95\n'
    const look = await asked(text)
    expect([look.doubts, look.people]).toEqual([['person'], ['Ann', 'Ben']])
    const file = await good(text, { ...look.mapping, person: 'Ben' })
    expect(file.resources).toHaveLength(1)
    expect(file.unusable).toEqual([{ reason: 'row-other-person', example: '2: Ann' }])
  })

  test('a heading that is a day in one language and a pressure in another, by what stands there', async () => {
    const look = await asked('Día,Peso (kg)\n2026-03-04,80.5\n')
    expect([look.doubts, look.mapping.columns.map(({ use }) => use)]).toEqual([['columns'], ['date', 'weight']])
  })

  test('a pressure in kPa: never read as mmHg', async () => {
    expect((await asked('Date,Systolic (kPa),Diastolic (kPa)\n2026-03-04,16.0,10.7\n')).doubts).toEqual(['unit'])
  })
})

describe('what stays out is said, row by row', () => {
  test('and costs nothing else of the row', async () => {
    const text =
      'Datum;Uhrzeit;Systolisch;Diastolisch;Puls;Gewicht (kg);Bemerkung\n04.03.2026;07:15;128;82;61;80,5;nüchtern\n05.03.2026;07:20;siebzig;82;60;80,1;\n06.03.2026;07:20;120;;60;;\n31.02.2026;07:20;120;80;;;\nheute;07:20;120;80;;;\n;07:20;120;80;;;\n07.03.2026;07:20;1200;80;;;\n08.03.2026;07:20;;;;;nichts\n09.03.2026;07:20;120;80;;;;mehr\n\n'
    expect(await unusable(text)).toEqual([
      'not-a-number 3: siebzig',
      'half-pressure 4: 120',
      'impossible-date 5: 31.02.2026',
      'not-a-date 6: heute',
      'no-date 7:  · 07:20 · 120 · 80 ·  ·  · ',
      'out-of-range 8: 1200',
      'no-value 9: 08.03.2026 · 07:20 ·  ·  ·  ·  · nichts',
      'width 10: 09.03.2026 · 07:20 · 120 · 80 ·  ·  ·  · mehr',
    ])
    expect(await readings(text)).toEqual([
      '2026-03-04T07:15:00+01:00 blood-pressure 128/82 61',
      '2026-03-04T07:15:00+01:00 weight 80.5 kg',
      '2026-03-05T07:20:00+01:00 Heart rate 60 /min',
      '2026-03-05T07:20:00+01:00 weight 80.1 kg',
      '2026-03-06T07:20:00+01:00 Heart rate 60 /min',
    ])
  })

  test('a table of which nothing is of use is looked over all the same', async () => {
    const { resources, unusable: left } = await good('Date,Weight (kg)\n2026-03-04,much\n')
    expect([resources.length, left]).toEqual([0, [{ reason: 'row-not-a-number', example: '2: much' }]])
  })

  test('what is far from usual comes in with a remark, as it stands', async () => {
    const { resources } = await good('Date,Sys,Dia\n2026-03-04,82,128\n2026-03-05,120,80\n')
    expect(resources.map(({ remarks }) => remarks)).toEqual([['unusual-value'], []])
  })
})

describe('letters', () => {
  const text = 'Datum;Gewicht (kg);Bemerkung\n04.03.2026;80,5;nüchtern – früh\n'
  const noted = async (bytes: Uint8Array) => {
    const { resources, table } = await good(bytes)
    return [JSON.parse(resources[0]?.text ?? '{}').note?.[0]?.text, table?.isGuessedText]
  }
  test('Unicode of each kind, and what is guessed is said to be', async () => {
    expect(await noted(Buffer.from(text))).toEqual(['nüchtern – früh', false])
    expect(await noted(Buffer.from(`\uFEFF${text}`))).toEqual(['nüchtern – früh', false])
    expect(await noted(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual(['nüchtern – früh', false])
    expect(await noted(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())).toEqual(['nüchtern – früh', false])
    const windows = Buffer.from(text.replace('–', '\u0096'), 'latin1')
    expect(await noted(windows)).toEqual(['nüchtern – früh', true])
  })

  test('cut into pieces of any size, also amid a letter that turns out to be none', async () => {
    const windows = Buffer.from(`${text.replace('–', '\u0096')}05.03.2026;80,5;Ã¼ber\n`, 'latin1')
    for (const size of [1, 2, 3, 5]) {
      async function* pieces() {
        for (let start = 0; start < windows.length; start += size)
          yield new Uint8Array(windows.subarray(start, start + size))
      }
      const file = await readImportFile(pieces(), 'x.csv')
      if (!file.ok) throw new Error(file.failure.kind)
      expect(file.value.resources[0]?.text).toContain('nüchtern – früh')
      expect(file.value.resources[1]?.text).toContain('Ã¼ber')
    }
  })
})

test('the same row has the same address in any table, in whatever zone it is read', async () => {
  const keys = async (text: string, zone?: string) =>
    (await good(text, undefined, zone)).resources.map(({ sourceKey }) => sourceKey)
  const one = await keys('Date,Time,Sys,Dia\n2026-03-04,07:15,120,80\n')
  expect(
    await keys('Datum;Uhrzeit;Sys;Dia;Bemerkung\n04.03.2026;07:15;120;80;x\n05.03.2026;07:15;121;80;\n', 'Asia/Tokyo'),
  ).toContain(one[0])
  expect(await keys('Date,Time,Sys,Dia\n2026-03-04,07:15,120,81\n')).not.toEqual(one)
})

test('what is made of rows is valid FHIR R4, a panel 85354-9 with both of its parts', async () => {
  const text =
    'Date,Time,Sys,Dia,Pulse,Weight (lb),SpO2 (%),Temp (°F),Blood sugar (mg/dL),Peak flow,Mood,Arm,Position,Note\n2026-03-04,07:15,120,80,60,177.50,98,98.6,<40,410,4,left,sitting,"a ""b"""\n'
  const look = await asked(text)
  const { resources } = await good(text, look.mapping)
  expect(resources).toHaveLength(7)
  for (const { text: written } of resources) expect(validityFaults(JSON.parse(written))).toEqual([])
  const pressure = JSON.parse(resources[0]?.text ?? '{}')
  expect(pressure.code.coding[0].code).toBe('85354-9')
  expect(pressure.component.map((part: { code: { coding: { code: string }[] } }) => part.code.coding[0]?.code)).toEqual(
    ['8480-6', '8462-4', '8867-4'],
  )
  expect(pressure.bodySite.coding[0].code).toBe('368208006')
})

test('MEASURE_UNITS is what the finder knows', () => {
  for (const measure of MEASURES) {
    expect(MEASURE_UNITS[measure]).toEqual(unitsOf(measure).map(({ code }) => code))
  }
})

describe('what is no table', () => {
  test.each([
    ['a letter', 'Dear Dr Lee,\nI am well, thank you.\nYours, Kim\n', { kind: 'not-supported', what: 'text' }],
    [
      'a report of many words, with a colon and a bar here and there',
      `MY REPORT 10 Jun 2013\n\n${'Some words\n'.repeat(20)}Name: Kim | Born: 01 Mar 1970\nDate | 10 Jun 2013\n${'More words\n'.repeat(20)}`,
      { kind: 'not-supported', what: 'text' },
    ],
    ['one line', 'hello', { kind: 'not-supported', what: 'text' }],
    ['nothing', '', { kind: 'empty' }],
    ['a heading alone', 'Date,Weight (kg)\n', { kind: 'empty' }],
    ['too many rows', `Date,Weight (kg)\n${'2026-03-04,80\n'.repeat(50_001)}`, { kind: 'too-many-rows', max: 50_000 }],
  ])('%s', async (_, text, failure) => {
    expect(await refused(text)).toEqual(failure)
  })
})

describe('hostile input', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      'Date',
      'Sys',
      'Dia',
      'Weight (kg)',
      'User',
      'Unit',
      '2026-03-04',
      '03/04/26',
      '120',
      '80,5',
      '"',
      '-',
      '١٢',
      '1e400',
      '=',
    ),
  )

  test('whatever stands in a table, the answer is an answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 12 }),
        fc.constantFrom(',', ';', '\t', '|'),
        async (rows, separator) => {
          const text = rows.map(row => row.join(separator)).join('\n')
          const first = await read(text)
          expect(first).toHaveProperty('ok')
          if (first.ok || first.failure.kind !== 'needs-columns') return
          const { table } = first.failure
          const again = await read(text, { ...table.mapping, dateOrder: 'day-first', decimal: '.' })
          expect(again).toHaveProperty('ok')
        },
      ),
      { numRuns: 400 },
    )
  })

  const corpus = process.env.WELLKEEP_CORPUS ?? '../shared/data'
  const folders = ['hostile-json', 'hostile-text', 'hostile-xml'].map(name => join(corpus, name)).filter(existsSync)
  test.runIf(folders.length > 0)(
    'strings that break programs stand in notes as they are; other hostile files are answered',
    async () => {
      for (const folder of folders) {
        for (const name of readdirSync(folder)) {
          const bytes = new Uint8Array(readFileSync(join(folder, name)))
          await read(bytes)
          await read(
            Buffer.concat([Buffer.from('Date,Weight (kg),Note\n2026-03-04,80.5,"'), bytes, Buffer.from('"\n')]),
          )
        }
      }
      const naughty: string[] = JSON.parse(readFileSync(join(corpus, 'hostile-text/blns.json'), 'utf8'))
      const noted = naughty.filter(
        each => each.trim() === each && !/^'?[=+\-@\uFF1D\uFF0B\uFF0D\uFF20.–—]|^(?:null|none|nan|n\/?a|)$/i.test(each),
      )
      const lines = noted.map((each, index) => `2026-03-04 00:00,${index + 1},"${each.replaceAll('"', '""')}"`)
      const { resources } = await good(`When,Weight (kg),Note\n${lines.slice(0, 400).join('\n')}\n`)
      const notes = resources.map(({ text }) => JSON.parse(text).note?.[0].text)
      expect(notes).toEqual(noted.slice(0, 400).map(each => each.toWellFormed()))
    },
  )
})
