import { beforeAll, describe, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { ccda, loinc, measured, organizer, quantity, section } from '#tests/support/ccda-fixtures.ts'
import { readMade } from '#tests/support/read-made.ts'
import { medplumFaults } from '#tests/support/validity/fhir-validity.ts'
import { ownFaults } from '#tests/support/validity/own-faults.ts'

/** What belongs together in a clinical document: the time of a group, the parts of a blood pressure. */

beforeAll(readyCrypto)

const PANEL_TIME = '2024-01-02T15:30:00-05:00'
const untimed = (text: string) => text.replace(/<effectiveTime value="[^"]*"\/>(?=<value)/, '')
const unknown = (text: string) =>
  text.replace(/<effectiveTime value="[^"]*"\/>(?=<value)/, '<effectiveTime nullFlavor="UNK"/>')

const glucose = measured('g', '2345-7', 'Glucose', quantity('5.1', 'mmol/L'))
const sodium = measured('na', '2951-2', 'Sodium', quantity('140', 'mmol/L'), '20240103')
const upper = measured('s', '8480-6', 'Systolic', quantity('131', 'mm[Hg]'))
const lower = measured('d', '8462-4', 'Diastolic', quantity('81', 'mm[Hg]'))

async function madeOf(code: string, ...entries: readonly string[]) {
  const { made, unusable } = await readMade(ccda(section(code, 'A section', 'x', ...entries)))
  expect(unusable).toEqual([])
  expect(made.resources.flatMap(resource => [...medplumFaults(resource), ...ownFaults(resource)])).toEqual([])
  return made
}

const timesOf = async (code: string, ...entries: readonly string[]) =>
  (await madeOf(code, ...entries)).rows('lab-result').map(row => ('when' in row ? row.when : undefined))

describe('a result without a time of its own', () => {
  const cbc = (...components: readonly string[]) => organizer('1', 'o', loinc('58410-2', 'Panel'), ...components)

  test('has its panel’s, one with a time keeps its own', async () => {
    expect(await timesOf('30954-2', cbc(untimed(glucose), sodium))).toEqual([PANEL_TIME, '2024-01-03'])
    expect(await timesOf('30954-2', cbc(unknown(glucose)))).toEqual([PANEL_TIME])
  })

  test('has that of the group around its group', async () => {
    const inner = cbc(untimed(glucose)).replace(/<effectiveTime value="202401021530-0500"\/>/, '')
    expect(await timesOf('30954-2', cbc(`<component>${inner}</component>`))).toEqual([PANEL_TIME])
  })

  test('has the time from first to last where that is its panel’s, and none where the panel has none', async () => {
    const whole = cbc(untimed(glucose))
    const days = whole.replace(
      'value="202401021530-0500"/>',
      '><low value="20240101"/><high value="20240103"/></effectiveTime>',
    )
    expect((await madeOf('30954-2', days)).one('Observation')).toMatchObject({
      effectivePeriod: { start: '2024-01-01', end: '2024-01-03' },
    })
    expect(await timesOf('30954-2', whole.replace(/<effectiveTime [^>]*>/, ''))).toEqual([undefined])
  })

  test('a part of a result has not: nobody says when that was', async () => {
    const part = `<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">${loinc('1-8', 'Part')}<statusCode code="completed"/></observation></entryRelationship>`
    const made = await madeOf('30954-2', cbc(glucose.replace('</observation>', `${part}</observation>`)))
    expect(made.rows('lab-result')).toMatchObject([
      { title: 'Part', when: undefined },
      { title: 'Glucose', when: PANEL_TIME },
    ])
  })
})

describe('a blood pressure is in one piece', () => {
  const expected = [{ when: PANEL_TIME, value: { type: 'blood-pressure', systolicMmHg: 131, diastolicMmHg: 81 } }]

  test.each([
    ['vital signs', '8716-3', '26', loinc('46680005')],
    ['results, under the code of a blood pressure', '30954-2', '1', loinc('55417-0', 'Blood pressure')],
    ['results, in a panel of other things', '30954-2', '1', loinc('58410-2', 'Panel')],
    ['daily life', '47420-5', '66', loinc('58410-2', 'Panel')],
    ['a section of any kind', '1234-5', '999', loinc('58410-2', 'Panel')],
  ])('in %s, each part with the group’s time', async (_, code, number, panel) => {
    const made = await madeOf(code, organizer(number, 'o', panel, untimed(upper), lower, glucose))
    expect(made.rows('blood-pressure')).toMatchObject(expected)
    const pressure = made.all('Observation').find(each => JSON.stringify(each['code']).includes('85354-9'))
    expect(pressure).toMatchObject({ category: [{ coding: [{ code: 'vital-signs' }] }] })
  })

  test('inside an observation that is its panel', async () => {
    const parts = [upper, lower].map(part => part.replace(/component>/g, 'entryRelationship>')).join('')
    const panel = `<observation classCode="OBS" moodCode="EVN">${loinc('55417-0', 'Blood pressure')}<statusCode code="completed"/>
      <effectiveTime value="202401021530-0500"/>${parts}</observation>`
    const made = await madeOf('30954-2', panel)
    expect(made.rows('blood-pressure')).toMatchObject(expected)
    expect(made.rows('lab-result')).toEqual([])
  })
})
