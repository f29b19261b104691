/** How readings of a kind are gathered. `each`: one by one, unless there are very many. */
export type Gathering = 'each' | 'spread' | 'sum'

export interface HealthType {
  /** HealthKit's own identifier. */
  readonly id: string
  /** English, for the resource; screens have words of their own for `id`. */
  readonly name: string
  readonly gathering: Gathering
  readonly category: 'vital-signs' | 'activity' | 'laboratory' | 'survey'
  readonly loinc: readonly (readonly [code: string, display: string])[]
  /** Whether it is brought in unless the person says otherwise. */
  readonly isBasic: boolean
}

type Known = Partial<Omit<HealthType, 'id'>>

const QUANTITY = 'HKQuantityTypeIdentifier'
const vital = (code: string, display: string, name = display): Known => ({
  name,
  loinc: [[code, display]],
  category: 'vital-signs',
})
const spread: Known = { gathering: 'spread' }
const sum: Known = { gathering: 'sum', category: 'activity' }
const isBasic = true

/**
 * LOINC 2.78 of what HealthKit measures; FHIR R4's vital signs where it is one (https://hl7.org/fhir/R4/observation-vitalsigns.html).
 * What is not here keeps Apple's identifier alone.
 */
const KNOWN: Readonly<Record<string, Known>> = {
  BodyMass: vital('29463-7', 'Body weight'),
  Height: vital('8302-2', 'Body height'),
  BodyMassIndex: vital('39156-5', 'Body mass index (BMI) [Ratio]', 'Body mass index'),
  BodyFatPercentage: { ...vital('41982-0', 'Percentage of body fat Measured', 'Body fat') },
  LeanBodyMass: vital('91557-9', 'Lean body weight'),
  WaistCircumference: vital('8280-0', 'Waist Circumference at umbilicus by Tape measure', 'Waist'),
  BodyTemperature: vital('8310-5', 'Body temperature'),
  BasalBodyTemperature: { name: 'Basal body temperature', category: 'vital-signs' },
  AppleSleepingWristTemperature: { name: 'Wrist temperature asleep', category: 'vital-signs' },
  HeartRate: { ...vital('8867-4', 'Heart rate'), ...spread, isBasic },
  RestingHeartRate: vital('40443-4', 'Heart rate --resting', 'Resting heart rate'),
  WalkingHeartRateAverage: { name: 'Heart rate walking', category: 'vital-signs' },
  HeartRateRecoveryOneMinute: { name: 'Heart rate recovery in one minute', category: 'vital-signs' },
  HeartRateVariabilitySDNN: {
    ...vital('80404-7', 'R-R interval.standard deviation (Heart rate variability)', 'Heart rate variability (SDNN)'),
    ...spread,
  },
  AtrialFibrillationBurden: { name: 'Atrial fibrillation burden', category: 'vital-signs' },
  VO2Max: { name: 'VO₂ max', category: 'vital-signs' },
  OxygenSaturation: {
    name: 'Oxygen saturation',
    category: 'vital-signs',
    loinc: [
      ['2708-6', 'Oxygen saturation in Arterial blood'],
      ['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'],
    ],
    ...spread,
    isBasic,
  },
  RespiratoryRate: { ...vital('9279-1', 'Respiratory rate'), ...spread, isBasic },
  BloodPressureSystolic: vital('8480-6', 'Systolic blood pressure'),
  BloodPressureDiastolic: vital('8462-4', 'Diastolic blood pressure'),
  PeakExpiratoryFlowRate: {
    ...vital('19935-6', 'Maximum expiratory gas flow Respiratory system airway by Peak flow meter', 'Peak flow'),
  },
  ForcedExpiratoryVolume1: vital('20150-9', 'FEV1', 'Forced expiratory volume in one second (FEV1)'),
  ForcedVitalCapacity: vital('19870-5', 'Forced vital capacity [Volume] Respiratory system', 'Forced vital capacity'),
  BloodGlucose: { name: 'Blood glucose', category: 'laboratory', isBasic },
  InsulinDelivery: { ...sum, name: 'Insulin delivered' },
  StepCount: { ...sum, name: 'Steps', isBasic },
  DistanceWalkingRunning: { ...sum, name: 'Distance walked and run' },
  DistanceCycling: { ...sum, name: 'Distance cycled' },
  DistanceSwimming: { ...sum, name: 'Distance swum' },
  DistanceWheelchair: { ...sum, name: 'Distance by wheelchair' },
  FlightsClimbed: { ...sum, name: 'Flights of stairs climbed' },
  ActiveEnergyBurned: { ...sum, name: 'Active energy' },
  BasalEnergyBurned: { ...sum, name: 'Resting energy' },
  AppleExerciseTime: { ...sum, name: 'Exercise time' },
  AppleStandTime: { ...sum, name: 'Standing time' },
  AppleMoveTime: { ...sum, name: 'Moving time' },
  TimeInDaylight: { ...sum, name: 'Time in daylight' },
  PushCount: { ...sum, name: 'Wheelchair pushes' },
  SwimmingStrokeCount: { ...sum, name: 'Swimming strokes' },
  NikeFuel: sum,
  NumberOfAlcoholicBeverages: { ...sum, name: 'Alcoholic drinks' },
  EnvironmentalAudioExposure: { ...spread, name: 'Noise around' },
  HeadphoneAudioExposure: { ...spread, name: 'Headphone loudness' },
  PhysicalEffort: spread,
  WalkingSpeed: spread,
  WalkingStepLength: spread,
  WalkingAsymmetryPercentage: spread,
  WalkingDoubleSupportPercentage: spread,
  StairAscentSpeed: spread,
  StairDescentSpeed: spread,
}

/** Glucose is counted by mass or by amount, each with a code of its own. */
export const GLUCOSE_LOINC = {
  'mg/dL': ['2339-0', 'Glucose [Mass/volume] in Blood'],
  'mmol/L': ['15074-8', 'Glucose [Moles/volume] in Blood'],
} as const

/** Events whose length counts, by the day. */
const LASTING = new Set(['SleepAnalysis', 'MindfulSession', 'HandwashingEvent', 'ToothbrushingEvent'])

/** What is known of a kind by its identifier; of one never heard of, its name. */
export function healthType(id: string): HealthType {
  const short = shortName(id)
  const known = id.startsWith(QUANTITY) && Object.hasOwn(KNOWN, short) ? KNOWN[short] : undefined
  const plain = {
    id,
    name: wordsOf(short),
    category: 'activity',
    loinc: [],
    gathering: 'each',
    isBasic: false,
  } as const
  if (known !== undefined) return { ...plain, isBasic: known.gathering === undefined, ...known }
  if (short.startsWith('Dietary')) return { ...plain, gathering: 'sum' }
  if (id === STAND_HOUR) return { ...plain, gathering: 'sum' }
  if (LASTING.has(short)) {
    return {
      ...plain,
      gathering: 'sum',
      name: short === 'SleepAnalysis' ? 'Sleep' : plain.name,
      isBasic: short === 'SleepAnalysis',
    }
  }
  const isEvent = id.startsWith('HKCategoryTypeIdentifier')
  return { ...plain, isBasic: true, category: isEvent ? 'survey' : 'activity' }
}

/** One for each hour of the day: those of one value are counted. */
export const STAND_HOUR = 'HKCategoryTypeIdentifierAppleStandHour'
export const SLEEP = 'HKCategoryTypeIdentifierSleepAnalysis'

/** Of a category type whose length is what counts. */
export const isLasting = (id: string) => id.startsWith('HKCategoryTypeIdentifier') && LASTING.has(shortName(id))

/** `HKQuantityTypeIdentifierHeartRate` → `HeartRate`. */
export function shortName(id: string): string {
  return id.replace(
    /^HK(?:(?:Quantity|Category|Correlation|Data|Characteristic)TypeIdentifier|WorkoutActivityType|CategoryValue)?/,
    '',
  )
}

/** `LowHeartRateEvent` → `Low heart rate event`. */
export function wordsOf(short: string): string {
  const words = short.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
  return words.replace(/ ([A-Z])(?=[a-z])/g, (_, letter: string) => ` ${letter.toLowerCase()}`).slice(0, 200)
}
