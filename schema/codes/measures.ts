/** One unit a measure is given in, by its UCUM code. `print` is FHIR's human form. */
export interface MeasureUnit {
  readonly code: string
  readonly print: string
  /** Outside of it no living person is: kept out, with the reason. */
  readonly possible: readonly [number, number]
  /** Outside of it it is asked about, and of a file brought in with a remark. */
  readonly usual: readonly [number, number]
}

/** https://hl7.org/fhir/R4/valueset-observation-category.html */
type MeasureCategory = 'vital-signs' | 'laboratory' | 'activity' | 'survey'

interface MeasureKind {
  /** Absent where LOINC has no code for just this: it is called by its name alone. */
  readonly loinc?: string
  readonly display: string
  readonly category: MeasureCategory
  readonly units: readonly MeasureUnit[]
}

const unit = (
  code: string,
  print: string,
  possible: readonly [number, number],
  usual: readonly [number, number],
): MeasureUnit => ({ code, print, possible, usual })

const MMHG = (usual: readonly [number, number]) => [unit('mm[Hg]', 'mmHg', [1, 400], usual)]
const GLUCOSE_UNITS = [unit('mg/dL', 'mg/dL', [1, 3000], [40, 500]), unit('mmol/L', 'mmol/L', [0.1, 170], [2.2, 28])]
const SCORE = [unit('{score}', '{score}', [0, 10], [0, 10])]

/** What can be measured, in the order in which people are offered it. */
export const MEASURE_NAMES = [
  'systolic',
  'diastolic',
  'pulse',
  'weight',
  'glucose',
  'glucose-sensor',
  'temperature',
  'oxygen',
  'breathing-rate',
  'peak-flow',
  'height',
  'head-circumference',
  'bmi',
  'body-fat',
  'waist',
  'sleep',
  'steps',
  'mood',
  'pain',
] as const

export type MeasureName = (typeof MEASURE_NAMES)[number]

/**
 * By LOINC 2.78 and FHIR's vital signs (https://hl7.org/fhir/R4/observation-vitalsigns.html). Of a blood pressure the two parts; glucose by
 * a meter stands under another code in each unit, and so does what a sensor finds under the skin. Mood has no code in LOINC as one number
 * from 0 (worst) to 10 (best), so it has none here.
 */
export const MEASURE = {
  systolic: { loinc: '8480-6', display: 'Systolic blood pressure', category: 'vital-signs', units: MMHG([60, 250]) },
  diastolic: { loinc: '8462-4', display: 'Diastolic blood pressure', category: 'vital-signs', units: MMHG([30, 150]) },
  pulse: {
    loinc: '8867-4',
    display: 'Heart rate',
    category: 'vital-signs',
    units: [unit('/min', 'beats/minute', [1, 400], [30, 220])],
  },
  weight: {
    loinc: '29463-7',
    display: 'Body weight',
    category: 'vital-signs',
    units: [
      unit('kg', 'kg', [0.001, 700], [2, 300]),
      unit('[lb_av]', 'lb', [0.003, 1543], [4, 660]),
      unit('[stone_av]', 'st', [0.001, 110], [0.3, 47]),
    ],
  },
  glucose: {
    loinc: '41653-7',
    display: 'Glucose [Mass/volume] in Capillary blood by Glucometer',
    category: 'laboratory',
    units: GLUCOSE_UNITS,
  },
  'glucose-sensor': {
    loinc: '99504-3',
    display: 'Glucose [Mass/volume] in Interstitial fluid',
    category: 'laboratory',
    units: GLUCOSE_UNITS,
  },
  temperature: {
    loinc: '8310-5',
    display: 'Body temperature',
    category: 'vital-signs',
    units: [unit('Cel', '°C', [10, 50], [34, 42]), unit('[degF]', '°F', [50, 122], [93, 108])],
  },
  oxygen: {
    loinc: '59408-5',
    display: 'Oxygen saturation in Arterial blood by Pulse oximetry',
    category: 'vital-signs',
    units: [unit('%', '%', [1, 100], [70, 100])],
  },
  'breathing-rate': {
    loinc: '9279-1',
    display: 'Respiratory rate',
    category: 'vital-signs',
    units: [unit('/min', 'breaths/minute', [1, 200], [6, 60])],
  },
  'peak-flow': {
    loinc: '33452-4',
    display: 'Maximum expiratory gas flow Respiratory system airway',
    category: 'vital-signs',
    units: [unit('L/min', 'L/min', [10, 1500], [50, 900])],
  },
  height: {
    loinc: '8302-2',
    display: 'Body height',
    category: 'vital-signs',
    units: [
      unit('cm', 'cm', [10, 300], [40, 230]),
      unit('m', 'm', [0.1, 3], [0.4, 2.3]),
      unit('[in_i]', 'in', [4, 118], [16, 90]),
    ],
  },
  'head-circumference': {
    loinc: '9843-4',
    display: 'Head Occipital-frontal circumference',
    category: 'vital-signs',
    units: [unit('cm', 'cm', [10, 100], [28, 65]), unit('[in_i]', 'in', [4, 39], [11, 26])],
  },
  bmi: {
    loinc: '39156-5',
    display: 'Body mass index (BMI) [Ratio]',
    category: 'vital-signs',
    units: [unit('kg/m2', 'kg/m2', [1, 300], [10, 70])],
  },
  'body-fat': {
    loinc: '41982-0',
    display: 'Percentage of body fat Measured',
    category: 'vital-signs',
    units: [unit('%', '%', [0, 100], [3, 65])],
  },
  waist: {
    loinc: '8280-0',
    display: 'Waist Circumference at umbilicus by Tape measure',
    category: 'vital-signs',
    units: [unit('cm', 'cm', [10, 300], [30, 200]), unit('[in_i]', 'in', [4, 118], [12, 79])],
  },
  sleep: {
    loinc: '93832-4',
    display: 'Sleep duration',
    category: 'activity',
    units: [unit('h', 'h', [0, 48], [1, 16])],
  },
  steps: {
    loinc: '41950-7',
    display: 'Number of steps in 24 hour Measured',
    category: 'activity',
    units: [unit('{steps}/d', 'steps/day', [0, 300_000], [0, 60_000])],
  },
  mood: { display: 'Mood', category: 'vital-signs', units: SCORE },
  pain: {
    loinc: '72514-3',
    display: 'Pain severity - 0-10 verbal numeric rating [Score] - Reported',
    category: 'survey',
    units: SCORE,
  },
} as const satisfies Readonly<Record<MeasureName, MeasureKind>>

const KINDS: Readonly<Record<MeasureName, MeasureKind>> = MEASURE

/** LOINC names mass and amount of substance apart. */
const MOLAR: Readonly<Partial<Record<MeasureName, { readonly loinc: string; readonly display: string }>>> = {
  glucose: { loinc: '14743-9', display: 'Glucose [Moles/volume] in Capillary blood by Glucometer' },
  'glucose-sensor': { loinc: '105272-9', display: 'Glucose [Moles/volume] in Interstitial fluid' },
}

/** The code of a measure given in this unit; without a LOINC code where there is none. */
export function codeOf(measure: MeasureName, ucum: string): { readonly loinc?: string; readonly display: string } {
  return (ucum === 'mmol/L' ? MOLAR[measure] : undefined) ?? KINDS[measure]
}

export function unitOf(measure: MeasureName, ucum: string | undefined): MeasureUnit | undefined {
  return KINDS[measure].units.find(({ code }) => code === ucum)
}

export const unitsOf = (measure: MeasureName): readonly MeasureUnit[] => KINDS[measure].units

export const categoryOf = (measure: MeasureName): MeasureCategory => KINDS[measure].category

/** Other codes that say the same: saturation however it was found, weights and heights with how they were taken. */
const ALSO: readonly (readonly [code: string, measure: MeasureName])[] = [
  ['2708-6', 'oxygen'],
  ['8287-5', 'head-circumference'],
  ['8331-1', 'temperature'],
  ['19935-6', 'peak-flow'],
  ['2339-0', 'glucose'],
  ['15074-8', 'glucose'],
]

const BY_LOINC: ReadonlyMap<string, MeasureName> = new Map([
  ...ALSO,
  ...MEASURE_NAMES.flatMap(name =>
    [KINDS[name].loinc, MOLAR[name]?.loinc].flatMap(code => (code === undefined ? [] : [[code, name] as const])),
  ),
])

/** The measure that a LOINC code stands for; of glucose also in blood without saying of which part, as devices and phones write it. */
export function measureOfLoinc(code: string): MeasureName | undefined {
  return BY_LOINC.get(code)
}

/** What a person types as kind `measure`; blood pressure and weight have kinds of their own, BMI is reckoned and not measured. */
export const TYPED_MEASURES = [
  'glucose',
  'temperature',
  'pulse',
  'oxygen',
  'breathing-rate',
  'peak-flow',
  'height',
  'head-circumference',
  'body-fat',
  'waist',
  'sleep',
  'steps',
  'mood',
  'pain',
] as const satisfies readonly MeasureName[]

export type TypedMeasure = (typeof TYPED_MEASURES)[number]
