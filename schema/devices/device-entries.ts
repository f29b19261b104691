import type { EntryFields, MealContext } from '../record/entry.ts'
import { parseFields } from '../record/own-entry.ts'
import type { DeviceNumber, DeviceTime } from './gatt-numbers.ts'
import type { DeviceRemark, GattMeal, GattReading } from './gatt-readings.ts'

/** What a reading of a device would be as entries, before anybody said that it is to be kept. */
export interface DeviceDraft {
  /** The same for the same reading, however often it comes; of a stream of values the newest takes the place of those before. */
  readonly key: string
  readonly entries: readonly EntryFields[]
  /** No time came with it: `entries` stand at the moment it arrived. */
  readonly isUntimed: boolean
  readonly remarks: readonly DeviceRemark[]
  readonly userId?: number
}

const KPA = 7.500617
const rounded = (value: number, digits = 0) => Number(value.toFixed(digits))
const valueOf = (number: DeviceNumber | undefined) => (number?.kind === 'number' ? number.value : undefined)

/** Of a meter's "casual" there is no field. */
const CONTEXTS: Readonly<Record<GattMeal, MealContext | undefined>> = {
  'before-meal': 'before-meal',
  'after-meal': 'after-meal',
  fasting: 'fasting',
  bedtime: 'bedtime',
  casual: undefined,
}

/**
 * The drafts of one reading; undefined where the device measured nothing, or what no record can hold. `dateTimeOf` says a clock on the
 * wall as a FHIR dateTime; `now` stands for a time that is not known.
 */
export function draftOfReading(
  reading: Exclude<GattReading, { readonly type: 'glucose-context' }>,
  meal: GattMeal | undefined,
  dateTimeOf: (at: DeviceTime) => string | undefined,
  now: string,
): DeviceDraft | undefined {
  const known = reading.at && dateTimeOf(reading.at)
  const takenAt = known ?? now
  const entries = fieldsOf(reading, meal, takenAt).flatMap(fields => {
    const parsed = parseFields(fields)
    return parsed.ok ? [parsed.value] : []
  })
  if (entries.length === 0) return undefined
  const isStream = reading.type === 'pulse' || (reading.type === 'oxygen' && !reading.isSpot)
  return {
    key: isStream ? `${reading.type} now` : JSON.stringify(known === undefined ? fieldsOf(reading, meal, '') : entries),
    entries,
    isUntimed: known === undefined,
    remarks: reading.remarks,
    ...(reading.userId === undefined ? {} : { userId: reading.userId }),
  }
}

function fieldsOf(
  reading: Exclude<GattReading, { readonly type: 'glucose-context' }>,
  meal: GattMeal | undefined,
  takenAt: string,
): readonly object[] {
  const measure = (name: string, value: number | undefined, unit: string) =>
    value === undefined ? [] : [{ kind: 'measure', measure: name, value, unit, takenAt }]
  switch (reading.type) {
    case 'blood-pressure': {
      const inMmHg = (number: DeviceNumber) => {
        const value = valueOf(number)
        return value === undefined ? undefined : rounded(reading.unit === 'kPa' ? value * KPA : value)
      }
      const pulse = valueOf(reading.pulse)
      const rate = pulse === undefined ? {} : { pulsePerMinute: rounded(pulse) }
      const [systolicMmHg, diastolicMmHg] = [inMmHg(reading.systolic), inMmHg(reading.diastolic)]
      return [{ kind: 'blood-pressure', takenAt, systolicMmHg, diastolicMmHg, ...rate }]
    }
    case 'weight': {
      const { weight, unit } = reading
      const weightKg = weight === undefined ? undefined : unit === 'kg' ? weight : rounded(weight * 0.45359237, 3)
      return [{ kind: 'weight', takenAt, weightKg }]
    }
    case 'glucose': {
      const value = valueOf(reading.concentration)
      const isMass = reading.unit === 'kg/L'
      const amount = value === undefined ? undefined : isMass ? rounded(value * 100_000) : rounded(value * 1000, 1)
      const context = meal === undefined ? undefined : CONTEXTS[meal]
      const stood = context === undefined ? {} : { context }
      return measure('glucose', amount, isMass ? 'mg/dL' : 'mmol/L').map(fields => ({ ...fields, ...stood }))
    }
    case 'pulse':
      return measure('pulse', reading.perMinute, '/min')
    case 'temperature': {
      const value = valueOf(reading.temperature)
      return measure('temperature', value === undefined ? undefined : rounded(value, 2), reading.unit)
    }
    case 'oxygen': {
      const [saturation, rate] = [valueOf(reading.saturation), valueOf(reading.pulse)]
      return [
        ...measure('oxygen', saturation, '%'),
        ...measure('pulse', rate === undefined ? undefined : rounded(rate), '/min'),
      ]
    }
  }
}
