import type { Measure } from '../../table-session.ts'

/** One unit a measure is given in. `print` is FHIR's human form. */
export interface MeasureUnit {
  readonly code: string
  readonly print: string
  /** Outside of it no living person is: kept out, with the reason. */
  readonly possible: readonly [number, number]
  /** Outside of it it is brought in with a remark, as the forms ask about it. */
  readonly usual: readonly [number, number]
}

interface MeasureKind {
  readonly loinc: string
  readonly display: string
  readonly units: readonly MeasureUnit[]
}

const unit = (
  code: string,
  print: string,
  possible: readonly [number, number],
  usual: readonly [number, number],
): MeasureUnit => ({ code, print, possible, usual })

const MMHG = (usual: readonly [number, number]) => [unit('mm[Hg]', 'mmHg', [1, 400], usual)]

/**
 * What a column can measure, by LOINC 2.78 and FHIR's vital signs (https://hl7.org/fhir/R4/observation-vitalsigns.html). Of a blood
 * pressure the two parts; glucose by a meter stands under another code in each unit, and so does what a sensor finds under the skin.
 * Limits of blood pressure, pulse and weight are those of the forms.
 */
export const MEASURE: Readonly<Record<Measure, MeasureKind>> = {
  systolic: { loinc: '8480-6', display: 'Systolic blood pressure', units: MMHG([60, 250]) },
  diastolic: { loinc: '8462-4', display: 'Diastolic blood pressure', units: MMHG([30, 150]) },
  pulse: { loinc: '8867-4', display: 'Heart rate', units: [unit('/min', 'beats/minute', [1, 400], [30, 220])] },
  weight: {
    loinc: '29463-7',
    display: 'Body weight',
    units: [
      unit('kg', 'kg', [0.001, 700], [2, 300]),
      unit('[lb_av]', 'lb', [0.003, 1543], [4, 660]),
      unit('[stone_av]', 'st', [0.001, 110], [0.3, 47]),
    ],
  },
  height: {
    loinc: '8302-2',
    display: 'Body height',
    units: [
      unit('cm', 'cm', [10, 300], [40, 230]),
      unit('m', 'm', [0.1, 3], [0.4, 2.3]),
      unit('[in_i]', 'in', [4, 118], [16, 90]),
    ],
  },
  bmi: {
    loinc: '39156-5',
    display: 'Body mass index (BMI) [Ratio]',
    units: [unit('kg/m2', 'kg/m2', [1, 300], [10, 70])],
  },
  'body-fat': {
    loinc: '41982-0',
    display: 'Percentage of body fat Measured',
    units: [unit('%', '%', [0, 100], [3, 65])],
  },
  glucose: {
    loinc: '41653-7',
    display: 'Glucose [Mass/volume] in Capillary blood by Glucometer',
    units: [unit('mg/dL', 'mg/dL', [1, 3000], [40, 500]), unit('mmol/L', 'mmol/L', [0.1, 170], [2.2, 28])],
  },
  'glucose-sensor': {
    loinc: '99504-3',
    display: 'Glucose [Mass/volume] in Interstitial fluid',
    units: [unit('mg/dL', 'mg/dL', [1, 3000], [40, 500]), unit('mmol/L', 'mmol/L', [0.1, 170], [2.2, 28])],
  },
  temperature: {
    loinc: '8310-5',
    display: 'Body temperature',
    units: [unit('Cel', '°C', [10, 50], [34, 42]), unit('[degF]', '°F', [50, 122], [93, 108])],
  },
  oxygen: {
    loinc: '59408-5',
    display: 'Oxygen saturation in Arterial blood by Pulse oximetry',
    units: [unit('%', '%', [1, 100], [70, 100])],
  },
  'breathing-rate': {
    loinc: '9279-1',
    display: 'Respiratory rate',
    units: [unit('/min', 'breaths/minute', [1, 200], [6, 60])],
  },
  'peak-flow': {
    loinc: '33452-4',
    display: 'Maximum expiratory gas flow Respiratory system airway',
    units: [unit('L/min', 'L/min', [10, 1500], [50, 900])],
  },
}

/** LOINC names mass and amount of substance apart. */
const MOLAR: Readonly<Partial<Record<Measure, { readonly loinc: string; readonly display: string }>>> = {
  glucose: { loinc: '14743-9', display: 'Glucose [Moles/volume] in Capillary blood by Glucometer' },
  'glucose-sensor': { loinc: '105272-9', display: 'Glucose [Moles/volume] in Interstitial fluid' },
}

/** The code of a measure given in this unit. */
export function codeOf(measure: Measure, ucum: string): { readonly loinc: string; readonly display: string } {
  return (ucum === 'mmol/L' ? MOLAR[measure] : undefined) ?? MEASURE[measure]
}

/** Units as tables write them, folded, to UCUM. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['mmhg', 'mm[Hg]'],
  ['mm[hg]', 'mm[Hg]'],
  ['mm hg', 'mm[Hg]'],
  ['毫米汞柱', 'mm[Hg]'],
  ['bpm', '/min'],
  ['/min', '/min'],
  ['1/min', '/min'],
  ['min-1', '/min'],
  ['beats/min', '/min'],
  ['count/min', '/min'],
  ['回/分', '/min'],
  ['beats/minute', '/min'],
  ['次/分', '/min'],
  ['次/分钟', '/min'],
  ['kg', 'kg'],
  ['kgs', 'kg'],
  ['公斤', 'kg'],
  ['千克', 'kg'],
  ['كغ', 'kg'],
  ['كجم', 'kg'],
  ['lb', '[lb_av]'],
  ['lbs', '[lb_av]'],
  ['[lb_av]', '[lb_av]'],
  ['pounds', '[lb_av]'],
  ['st', '[stone_av]'],
  ['[stone_av]', '[stone_av]'],
  ['cm', 'cm'],
  ['厘米', 'cm'],
  ['سم', 'cm'],
  ['m', 'm'],
  ['in', '[in_i]'],
  ['inch', '[in_i]'],
  ['inches', '[in_i]'],
  ['[in_i]', '[in_i]'],
  ['kg/m2', 'kg/m2'],
  ['kg/m²', 'kg/m2'],
  ['%', '%'],
  ['mg/dl', 'mg/dL'],
  ['mmol/l', 'mmol/L'],
  ['°c', 'Cel'],
  ['℃', 'Cel'],
  ['c', 'Cel'],
  ['cel', 'Cel'],
  ['°f', '[degF]'],
  ['℉', '[degF]'],
  ['f', '[degF]'],
  ['[degf]', '[degF]'],
  ['l/min', 'L/min'],
])

/** The UCUM unit that a table means by these words; undefined for any other. */
export function writtenUnit(words: string): string | undefined {
  return WRITTEN.get(words.trim().toLowerCase())
}

export function unitOf(measure: Measure, ucum: string | undefined): MeasureUnit | undefined {
  return MEASURE[measure].units.find(({ code }) => code === ucum)
}
