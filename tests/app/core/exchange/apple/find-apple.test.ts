import { beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { readChosenFile } from '#app/core/exchange/read-import-file.ts'
import type { ImportedFile } from '#app/core/exchange/imported-resource.ts'
import { previewOf } from '#app/core/exchange/preview.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { isObject, type JsonObject } from '#schema/record/fhir/json.ts'
import { healthData, note, pressure, record, WATCH, zipOf } from '#tests/support/apple-health.ts'
import { Made } from '#tests/support/read-made.ts'

beforeAll(readyCrypto)

async function read(file: Blob | string): Promise<ImportedFile> {
  const answer = await readChosenFile(typeof file === 'string' ? new Blob([file]) : file, 'export.zip')
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.value
}

const failureOf = async (file: Blob | string) => {
  const answer = await readChosenFile(typeof file === 'string' ? new Blob([file]) : file, 'export.zip')
  return answer.ok ? undefined : answer.failure
}

/** The Observations of a kind, by Apple's code. */
function observations(file: ImportedFile, code: string): readonly JsonObject[] {
  return new Made(file).all('Observation').filter(each => JSON.stringify(each['code']).includes(`"${code}"`))
}

const left = (file: ImportedFile) => Object.fromEntries((file.left ?? []).map(({ reason, count }) => [reason, count]))

test('readChosenFile() brings a weight in with its unit, its own time and who measured it', async () => {
  const file = await read(
    healthData(
      record('BodyMass', '2024-03-05 07:12:44 +0100', '80.10', {
        unit: 'kg',
        source: 'Simon’s &amp; co',
        more: WATCH,
        inside: note('HKWasUserEntered', '1'),
      }),
    ),
  )
  expect(file.format).toBe('apple-health')
  expect(file.person).toEqual({ name: '', birthDate: '1970-03-04' })
  const [weight] = observations(file, 'HKQuantityTypeIdentifierBodyMass')
  expect(weight).toMatchObject({
    status: 'final',
    effectiveDateTime: '2024-03-05T07:12:44+01:00',
    performer: [{ display: 'Simon’s & co' }],
    device: { display: 'Apple Watch, Apple Inc., Watch6,2' },
    valueQuantity: { value: 80.1, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
    note: [{ text: 'HKWasUserEntered: 1' }],
  })
  const resource = file.resources.find(({ parts }) => parts.kind === 'weight')
  expect(resource?.text).toContain('"value":80.10')
  expect(resource?.author).toBe('Simon’s & co')
  expect(new Made(file).one('Patient')).toMatchObject({ gender: 'female', birthDate: '1970-03-04' })
  expect(observations(file, '882-1')[0]).toMatchObject({ valueString: 'A Rh positive' })
})

test('a blood pressure is one panel, however often its halves stand in the file', async () => {
  const file = await read(
    healthData(
      pressure('2024-03-05 08:00:00 +0100', 131, 81),
      // A pair that no Correlation holds together.
      record('BloodPressureDiastolic', '2024-03-06 08:00:00 +0100', '82', { unit: 'mmHg' }),
      record('BloodPressureSystolic', '2024-03-06 08:00:00 +0100', '132', { unit: 'mmHg' }),
      // Two upper values and one lower at one time: nothing is guessed.
      record('BloodPressureSystolic', '2024-03-07 08:00:00 +0100', '133', { unit: 'mmHg' }),
      record('BloodPressureSystolic', '2024-03-07 08:00:00 +0100', '143', { unit: 'mmHg' }),
      record('BloodPressureDiastolic', '2024-03-07 08:00:00 +0100', '83', { unit: 'mmHg' }),
    ),
  )
  const rows = new Made(file).rows('blood-pressure')
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({ value: { systolicMmHg: 131, diastolicMmHg: 81 } })
  expect(rows[1]).toMatchObject({ value: { systolicMmHg: 132, diastolicMmHg: 82 } })
  const [panel] = observations(file, '85354-9')
  expect(panel).toMatchObject({
    component: [{ code: { coding: [{ code: '8480-6' }, {}] } }, { code: { coding: [{ code: '8462-4' }, {}] } }],
  })
  expect(observations(file, '8480-6').filter(each => each['component'] === undefined)).toHaveLength(2)
  expect(file.series).toContainEqual(
    expect.objectContaining({
      key: 'HKCorrelationTypeIdentifierBloodPressure',
      readings: 5,
      from: '2024-03-05',
      to: '2024-03-07',
    }),
  )
})

test('units come over as UCUM, percentages as per cent, glucose by its own code', async () => {
  const at = '2024-03-05 08:00:00 +0100'
  const file = await read(
    healthData(
      record('Height', at, '6', { unit: 'ft' }),
      record('BodyFatPercentage', at, '0.29', { unit: '%' }),
      record('BodyMassIndex', at, '22.5312', { unit: 'count' }),
      record('BodyTemperature', at, '98.6', { unit: 'degF' }),
      record('RestingHeartRate', at, '58', { unit: 'count/min' }),
      record('BloodGlucose', at, '4.59', {
        unit: 'mmol&lt;180.15588000005408&gt;/L',
        inside: note('HKBloodGlucoseMealTime', '1'),
      }),
      record('BloodGlucose', at, '94', { unit: 'mg/dL', source: 'Meter' }),
      record('VO2Max', at, '41.5', { unit: 'mL/min·kg' }),
    ),
  )
  const values = new Made(file)
    .all('Observation')
    .flatMap(({ valueQuantity: value }) =>
      isObject(value) ? [`${String(value['value'])} ${String(value['code'])}`] : [],
    )
  expect(values).toEqual([
    '72 [in_i]',
    '29 %',
    '22.5312 kg/m2',
    '98.6 [degF]',
    '58 /min',
    '4.59 mmol/L',
    '94 mg/dL',
    '41.5 mL/min/kg',
  ])
  expect(observations(file, '15074-8')[0]).toMatchObject({ component: [{ valueString: 'before a meal' }] })
  expect(observations(file, '2339-0')).toHaveLength(1)
  expect(file.resources.flatMap(({ remarks }) => remarks)).toEqual([])
})

test('heart rates come as a week in one entry, with the least, the mean and the greatest of each day', async () => {
  const beat = (at: string, value: number) =>
    record('HeartRate', at, String(value), { unit: 'count/min', source: 'Watch' })
  const file = await read(
    healthData(
      beat('2024-03-04 00:10:00 +0100', 50),
      beat('2024-03-04 23:59:59 +0100', 100),
      beat('2024-03-06 12:00:00 +0100', 72),
      // Monday of the week in which the export was made.
      beat('2024-03-18 12:00:00 +0100', 72),
    ),
  )
  const weeks = observations(file, 'HKQuantityTypeIdentifierHeartRate')
  expect(weeks).toHaveLength(1)
  expect(weeks[0]).toMatchObject({
    effectivePeriod: { start: '2024-03-04', end: '2024-03-10' },
    valueQuantity: { value: 74, code: '/min' },
    component: [
      { valueQuantity: { value: 50 } },
      { valueQuantity: { value: 100 } },
      { valueInteger: 3 },
      { valueSampledData: { dimensions: 3, data: '50 75 100 E E E 72 72 72 E E E E E E E E E E E E' } },
    ],
  })
  expect(JSON.stringify(weeks[0])).not.toContain('8867-4')
  expect(left(file)).toMatchObject({ 'this-week': 1 })
})

test('steps are added up by day and device, never over devices', async () => {
  const steps = (from: string, to: string, value: number, source: string) =>
    record('StepCount', `2024-03-05 ${from}:00 +0100`, String(value), {
      unit: 'count',
      source,
      until: `2024-03-05 ${to}:00 +0100`,
    })
  const file = await read(
    healthData(
      steps('08:00', '09:00', 500, 'Phone'),
      steps('08:00', '09:00', 500, 'Phone'),
      steps('10:00', '11:00', 250, 'Phone'),
      steps('08:00', '09:00', 600, 'Watch'),
    ),
  )
  const weeks = observations(file, 'HKQuantityTypeIdentifierStepCount')
  expect(weeks.map(week => [week['performer'], week['valueQuantity']])).toEqual([
    [[{ display: 'Phone' }], expect.objectContaining({ value: 750 })],
    [[{ display: 'Watch' }], expect.objectContaining({ value: 600 })],
  ])
  expect(left(file)).toMatchObject({ twice: 1 })
})

test('sleep is counted from noon to noon, each stage by itself, no stretch twice', async () => {
  const sleep = (from: string, to: string, stage: string) =>
    record(
      'HKCategoryTypeIdentifierSleepAnalysis',
      `2024-03-${from}:00 +0100`,
      `HKCategoryValueSleepAnalysis${stage}`,
      { until: `2024-03-${to}:00 +0100` },
    )
  const file = await read(
    healthData(
      sleep('05 22:00', '06 02:00', 'AsleepCore'),
      sleep('06 01:00', '06 03:00', 'AsleepCore'),
      sleep('06 03:00', '06 04:30', 'AsleepREM'),
    ),
  )
  const [core] = observations(file, 'HKCategoryValueSleepAnalysisAsleepCore')
  expect(core).toMatchObject({
    valueQuantity: { value: 5, code: 'h' },
    component: [{}, { valueSampledData: { data: 'E E 5 E E E E' } }],
  })
  expect(observations(file, 'HKCategoryValueSleepAnalysisAsleepREM')[0]).toMatchObject({
    valueQuantity: { value: 1.5 },
  })
})

test('a sensor that measures all day is gathered by the week, a meter is not', async () => {
  const sensor = Array.from({ length: 60 }, (_, minute) =>
    record('BloodGlucose', `2024-03-05 08:${String(minute).padStart(2, '0')}:00 +0100`, '100', {
      unit: 'mg/dL',
      source: 'Sensor',
    }),
  )
  const meter = record('BloodGlucose', '2024-03-05 08:00:00 +0100', '104', { unit: 'mg/dL', source: 'Meter' })
  const file = await read(healthData(...sensor, meter))
  const found = observations(file, 'HKQuantityTypeIdentifierBloodGlucose')
  expect(found).toHaveLength(2)
  expect(found[0]).toMatchObject({ component: [{}, {}, { valueInteger: 60 }, {}] })
  expect(found[1]).toMatchObject({ valueQuantity: { value: 104 }, effectiveDateTime: '2024-03-05T08:00:00+01:00' })
})

test('events, workouts and what nobody has heard of come in under Apple’s codes', async () => {
  const at = '2024-03-05 08:00:00 +0100'
  const file = await read(
    healthData(
      record('HKCategoryTypeIdentifierHeadache', at, 'HKCategoryValueSeverityModerate'),
      record('HKCategoryTypeIdentifierLowHeartRateEvent', at, 'HKCategoryValueNotApplicable'),
      record('HKQuantityTypeIdentifierSomethingNew', at, '3', { unit: 'widgets' }),
      ` <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30.5" durationUnit="min" sourceName="Watch" startDate="${at}" endDate="2024-03-05 08:30:30 +0100">
  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" startDate="${at}" endDate="${at}" average="140" minimum="90" maximum="170" unit="count/min"/>
  <WorkoutRoute sourceName="Watch" startDate="${at}" endDate="${at}"><FileReference path="/workout-routes/route.gpx"/></WorkoutRoute>
 </Workout>`,
      ' <ActivitySummary dateComponents="2024-03-05" activeEnergyBurned="590"/>',
      ` <Correlation type="HKCorrelationTypeIdentifierFood" sourceName="Food" startDate="${at}" endDate="${at}">${record('DietaryProtein', at, '3', { unit: 'g' })}</Correlation>`,
      ' <Audiogram type="HKDataTypeIdentifierAudiogram"><SensitivityPoint leftEarValue="10"/></Audiogram>',
      record('BodyMass', '2024-02-30 08:00:00 +0100', '80', { unit: 'kg' }),
      record('BodyMass', at, '', { unit: 'kg' }),
    ),
  )
  expect(new Made(file).all('Observation').map(({ code }) => isObject(code) && code['text'])).toEqual([
    'Blood group',
    'Workout: running',
    'Headache',
    'Low heart rate event',
    'Something new',
  ])
  expect(observations(file, 'HKCategoryTypeIdentifierHeadache')[0]).toMatchObject({
    valueCodeableConcept: { text: 'Moderate' },
  })
  expect(observations(file, 'HKQuantityTypeIdentifierSomethingNew')[0]).toMatchObject({
    valueQuantity: { value: 3, unit: 'widgets' },
  })
  expect(observations(file, 'HKWorkoutActivityTypeRunning')[0]).toMatchObject({
    valueQuantity: { value: 30.5, code: 'min' },
    effectivePeriod: { start: '2024-03-05T08:00:00+01:00', end: '2024-03-05T08:30:30+01:00' },
  })
  expect(left(file)).toEqual({ rings: 1, group: 1, kind: 1, 'no-date': 1, 'no-value': 1, route: 1 })
})

test('an archive is read whatever its names are, and says what in it is not read', async () => {
  const json = JSON.stringify({
    resourceType: 'AllergyIntolerance',
    id: 'a',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'Birch pollen' },
  })
  const old = JSON.stringify({ resourceType: 'MedicationOrder', id: 'b' })
  const files = [
    {
      name: 'apple_health_export/export_cda.xml',
      text: `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">${' '.repeat(9000)}</ClinicalDocument>`,
    },
    {
      name: '../../etc/exportación.xml',
      text: healthData(record('BodyMass', '2024-03-05 08:00:00 +0100', '80', { unit: 'kg' })),
    },
    { name: 'apple_health_export/workout-routes/route_1.gpx', text: '<gpx/>' },
    { name: 'apple_health_export/electrocardiograms/ecg_1.csv', text: 'Name,Kim' },
    { name: 'apple_health_export/clinical-records/Allergy-1.json', text: json, isStored: true },
    { name: 'apple_health_export/clinical-records/Order-1.json', text: old },
    { name: 'apple_health_export/clinical-records/Broken-1.json', text: '{"resourceType":' },
  ]
  for (const wide of [false, true]) {
    const file = await read(zipOf(files, wide))
    expect(file.resources.map(({ parts }) => parts.kind).sort()).toEqual(['allergy', 'lab-result', 'person', 'weight'])
    expect(left(file)).toEqual({ copy: 1, route: 1, trace: 1 })
    expect(file.unusable).toEqual([
      { reason: 'other-version', example: 'Order-1.json' },
      { reason: 'not-a-resource', example: 'Broken-1.json' },
    ])
  }
})

test('the next export adds only what is new, wherever the phone was', async () => {
  const weights = (zone: string, hour: number) => [
    record('BodyMass', `2024-03-05 ${String(hour).padStart(2, '0')}:00:00 ${zone}`, '80', { unit: 'kg' }),
    pressure(`2024-03-05 ${String(hour).padStart(2, '0')}:10:00 ${zone}`, 131, 81),
  ]
  const identities = (file: ImportedFile) =>
    file.resources.map(({ sourceKey, contentKey }) => `${sourceKey} ${contentKey}`)
  const first = identities(await read(healthData(...weights('+0100', 8))))
  const again = identities(
    await read(
      healthData(...weights('-0500', 2), record('BodyMass', '2024-03-19 08:00:00 +0100', '79', { unit: 'kg' })),
    ),
  )
  expect(new Set(first).size).toBe(4)
  expect(again.filter(each => !first.includes(each))).toHaveLength(1)
})

test('previewOf() counts what is chosen from apart, with its period', async () => {
  const file = await read(
    healthData(
      record('BodyMass', '2024-03-05 08:00:00 +0100', '80', { unit: 'kg' }),
      record('BodyMass', '2024-03-07 08:00:00 +0100', '80', { unit: 'kg' }),
    ),
  )
  const [, , known] = file.resources
  const preview = previewOf(file, {
    importId: '' as ImportId,
    isKnown: each => each === known,
    owner: { name: 'Kim Sample', birthDate: '1970-03-04' },
  })
  expect(preview.series).toEqual([
    {
      key: 'HKQuantityTypeIdentifierBodyMass',
      name: 'Body weight',
      readings: 2,
      isByWeek: false,
      from: '2024-03-05',
      to: '2024-03-07',
      isBasic: true,
      isNew: 1,
      alreadyThere: 1,
    },
  ])
  expect(preview.byKind.map(({ kind }) => kind).sort()).toEqual(['lab-result', 'person'])
  expect(preview.newCount).toBe(3)
  expect(preview.person).toEqual({ name: '', birthDate: '1970-03-04', looksDifferent: false })
  expect(
    previewOf(file, { importId: '' as ImportId, isKnown: () => false, owner: { name: 'Kim', birthDate: '1971-03-04' } })
      .person?.looksDifferent,
  ).toBe(true)
})

test.each([
  ['2024-03-05 7:12:44 AM +0100', '2024-03-05T07:12:44+01:00'],
  ['2024-03-05 7:12:44\u202fpm +0100', '2024-03-05T19:12:44+01:00'],
  ['2024-03-05 12:12:44 a.\u00a0m. -0330', '2024-03-05T00:12:44-03:30'],
  ['2024-03-05 下午7:12:44 +0800', '2024-03-05T19:12:44+08:00'],
  ['٢٠٢٤-٠٣-٠٥ ٧:١٢:٤٤ م +٠٣٠٠', '2024-03-05T19:12:44+03:00'],
])('a time as a phone writes it by its own language: %s', async (written, when) => {
  const file = await read(healthData(record('BodyMass', written, '80', { unit: 'kg' })))
  const [weight] = file.resources.filter(({ parts }) => parts.kind === 'weight')
  expect(weight?.parts.when?.text).toBe(when)
})

test.each([
  '2024-03-05 13:12:44 PM +0100',
  '2024-03-05 0:12:44 AM +0100',
  '2567-03-05 07:12:44 +0700',
  '05/03/2024 07:12',
])('no time that is certain: %s is left out and said', async written => {
  const file = await read(healthData(record('BodyMass', written, '80', { unit: 'kg' })))
  expect(left(file)).toEqual({ 'no-date': 1 })
})

test('what is no export is refused by its name', async () => {
  expect(await failureOf(zipOf([{ name: 'word/document.xml', text: '<w:document/>' }]))).toEqual({
    kind: 'not-supported',
    what: 'zip',
  })
  expect(await failureOf('<HealthData locale="x"><ExportDate value="')).toEqual({ kind: 'truncated' })
  expect(await failureOf('<!DOCTYPE HealthData [<!ENTITY a "b">]><HealthData></HealthData>')).toEqual({
    kind: 'unsafe-xml',
  })
  expect(await failureOf('<HealthData>\n<Me a="&lol;"/></HealthData>')).toEqual({ kind: 'unsafe-xml' })
  expect(await failureOf('<HealthData>\n<Me a=1/></HealthData>')).toEqual({ kind: 'not-xml', line: 2 })
  expect(await failureOf(`<HealthData>${'<a>'.repeat(30)}`)).toEqual({ kind: 'unsafe-xml' })
})

test('cancelling leaves nothing half read', async () => {
  const stop = new AbortController()
  stop.abort()
  const file = new Blob([healthData(record('BodyMass', '2024-03-05 08:00:00 +0100', '80', { unit: 'kg' }))])
  expect(await readChosenFile(file, 'export.xml', { signal: stop.signal })).toEqual({
    ok: false,
    failure: { kind: 'cancelled' },
  })
})
