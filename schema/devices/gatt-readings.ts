import { type ByteReader, type DecodeFailure, decodeAll } from '../bytes.ts'
import { fail, type Result } from '../result.ts'
import {
  dateTime,
  type DeviceNumber,
  type DeviceTime,
  flagsIn,
  float,
  later,
  s16le,
  sfloat,
  u16le,
  u24le,
} from './gatt-numbers.ts'

/** Characteristics of the standard health services that say measurements, by their assigned numbers (Bluetooth SIG, Assigned Numbers). */
export const CHARACTERISTICS = {
  'blood-pressure': 0x2a35,
  weight: 0x2a9d,
  glucose: 0x2a18,
  'glucose-context': 0x2a34,
  pulse: 0x2a37,
  temperature: 0x2a1c,
  'oxygen-spot': 0x2a5e,
  'oxygen-continuous': 0x2a5f,
} as const
export type Characteristic = keyof typeof CHARACTERISTICS

/** Blood Pressure Service 1.1. */
export const PRESSURE_STATUS = [
  'body-moved',
  'cuff-loose',
  'irregular-pulse',
  undefined,
  undefined,
  'wrong-position',
] as const
/** Glucose Service 1.0. */
export const GLUCOSE_STATUS = [
  'battery-low',
  'sensor-fault',
  'sample-small',
  'strip-wrong-way',
  'strip-wrong-kind',
  'above-device',
  'below-device',
  'too-warm',
  'too-cold',
  'strip-pulled',
  'device-fault',
  'time-fault',
] as const
/** Pulse Oximeter Service 1.0: of a measurement from bit 5 on, of device and sensor from bit 0 on. */
export const OXYGEN_STATUS = [
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  'ongoing',
  'early-estimate',
  'validated',
  'fully-qualified',
  'from-storage',
  'demonstration',
  'testing',
  'calibrating',
  'unavailable',
  'questionable',
  'invalid',
] as const
export const SENSOR_STATUS = [
  'display-updating',
  'equipment-fault',
  'signal-irregular',
  'signal-inadequate',
  'signal-poor',
  'perfusion-low',
  'signal-erratic',
  'no-pulse-signal',
  'pulse-questionable',
  'signal-analysed',
  'interface-fault',
  'sensor-off',
  'sensor-unknown',
  'sensor-displaced',
  'sensor-fault',
  'sensor-disconnected',
] as const

type NameIn<Names extends readonly (string | undefined)[]> = Exclude<Names[number], undefined>
export type DeviceRemark =
  | NameIn<typeof PRESSURE_STATUS>
  | NameIn<typeof GLUCOSE_STATUS>
  | NameIn<typeof OXYGEN_STATUS>
  | NameIn<typeof SENSOR_STATUS>
  | 'pulse-above-range'
  | 'pulse-below-range'
  | 'no-skin-contact'
  | 'clock-not-set'

interface Taken {
  readonly at?: DeviceTime
  /** Which of its users the device believes it was; 255 unknown, and then absent. */
  readonly userId?: number
  /** What the device said of the measurement, in its own terms. */
  readonly remarks: readonly DeviceRemark[]
}

const MEALS = { 1: 'before-meal', 2: 'after-meal', 3: 'fasting', 4: 'casual', 5: 'bedtime' } as const
export type GattMeal = (typeof MEALS)[keyof typeof MEALS]

/** One measurement as it was sent, in the units it was sent in. */
export type GattReading =
  | (Taken & {
      readonly type: 'blood-pressure'
      readonly unit: 'mm[Hg]' | 'kPa'
      readonly systolic: DeviceNumber
      readonly diastolic: DeviceNumber
      readonly mean: DeviceNumber
      readonly pulse?: DeviceNumber
    })
  | (Taken & {
      readonly type: 'weight'
      readonly unit: 'kg' | '[lb_av]'
      /** Absent where the device could not weigh. */
      readonly weight?: number
      readonly bmi?: number
      readonly height?: number
    })
  | (Taken & {
      readonly type: 'glucose'
      readonly sequence: number
      readonly unit?: 'kg/L' | 'mol/L'
      readonly concentration?: DeviceNumber
      readonly sample?: number
      readonly location?: number
    })
  | {
      readonly type: 'glucose-context'
      readonly sequence: number
      readonly carbohydrate?: { readonly kind: number; readonly kg: DeviceNumber }
      readonly meal?: GattMeal
      readonly tester?: number
      readonly health?: number
      /** In seconds, 65535 longer; percent of the most possible. */
      readonly exercise?: { readonly seconds: number; readonly percent: number }
      readonly medication?: { readonly kind: number; readonly amount: DeviceNumber; readonly unit: 'kg' | 'L' }
      readonly hba1cPercent?: DeviceNumber
    }
  | (Taken & {
      readonly type: 'pulse'
      readonly perMinute: number
      readonly energyKj?: number
      /** From beat to beat, in seconds. */
      readonly intervals: readonly number[]
    })
  | (Taken & {
      readonly type: 'temperature'
      readonly unit: 'Cel' | '[degF]'
      readonly temperature: DeviceNumber
      readonly site?: number
    })
  | (Taken & {
      readonly type: 'oxygen'
      readonly isSpot: boolean
      readonly saturation: DeviceNumber
      readonly pulse: DeviceNumber
      readonly amplitudePercent?: DeviceNumber
    })

/** Reads what a device sent. Never throws; bytes behind the known ones are of newer versions of the service, and passed over. */
export function decodeGatt(characteristic: Characteristic, bytes: Uint8Array): Result<GattReading, DecodeFailure> {
  // No value of these services is longer than one attribute may be.
  if (bytes.length > 512) return fail('too-large')
  return decodeAll(bytes, read => {
    const value = DECODERS[characteristic](read)
    while (read.left > 0) read.u8()
    return value
  })
}

const has = (flags: number, bit: number) => (flags >> bit) % 2 === 1

function optional<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>> {
  const found: Partial<Record<Name, Value>> = {}
  if (value !== undefined) found[name] = value
  return found
}

/** 255 is a user that the device does not know. */
const userOf = (id: number) => (id === 0xff ? undefined : id)

function pressure(read: ByteReader): GattReading {
  const flags = read.u8()
  const [systolic, diastolic, mean] = [sfloat(read), sfloat(read), sfloat(read)]
  const at = has(flags, 1) ? dateTime(read) : undefined
  const pulse = has(flags, 2) ? sfloat(read) : undefined
  const userId = has(flags, 3) ? userOf(read.u8()) : undefined
  const status = has(flags, 4) ? u16le(read) : 0
  const range = (['pulse-above-range', 'pulse-below-range'] as const)[((status >> 3) & 3) - 1]
  return {
    type: 'blood-pressure',
    unit: has(flags, 0) ? 'kPa' : 'mm[Hg]',
    systolic,
    diastolic,
    mean,
    ...optional('pulse', pulse),
    ...optional('at', at),
    ...optional('userId', userId),
    remarks: [...flagsIn(status, PRESSURE_STATUS), ...(range === undefined ? [] : [range])],
  }
}

/** Weight Scale Service 1.0: in steps of 5 g or a hundredth of a pound; 0xFFFF is a measurement that failed. */
function weight(read: ByteReader): GattReading {
  const flags = read.u8()
  const isImperial = has(flags, 0)
  const raw = u16le(read)
  const at = has(flags, 1) ? dateTime(read) : undefined
  const userId = has(flags, 2) ? userOf(read.u8()) : undefined
  const [bmi, height] = has(flags, 3) ? [u16le(read), u16le(read)] : []
  const scaled = (value: number, divisor: number) => Number((value / divisor).toFixed(3))
  return {
    type: 'weight',
    unit: isImperial ? '[lb_av]' : 'kg',
    ...optional('weight', raw === 0xffff ? undefined : scaled(raw, isImperial ? 100 : 200)),
    ...optional('bmi', bmi === undefined ? undefined : scaled(bmi, 10)),
    ...optional('height', height === undefined ? undefined : scaled(height, isImperial ? 10 : 1000)),
    ...optional('at', at),
    ...optional('userId', userId),
    remarks: [],
  }
}

function glucose(read: ByteReader): GattReading {
  const flags = read.u8()
  const sequence = u16le(read)
  const base = dateTime(read)
  const offset = has(flags, 0) ? s16le(read) : 0
  const concentration = has(flags, 1) ? sfloat(read) : undefined
  const where = has(flags, 1) ? read.u8() : undefined
  const status = has(flags, 3) ? u16le(read) : 0
  // Both ends of the offset are "further than can be said".
  const isKnown = offset !== 0x7fff && offset !== -0x8000
  return {
    type: 'glucose',
    sequence,
    ...optional('at', base && isKnown ? later(base, offset) : undefined),
    ...optional('concentration', concentration),
    ...(concentration === undefined ? {} : { unit: has(flags, 2) ? ('mol/L' as const) : ('kg/L' as const) }),
    ...optional('sample', where === undefined ? undefined : where & 0xf),
    ...optional('location', where === undefined ? undefined : where >> 4),
    remarks: flagsIn(status, GLUCOSE_STATUS),
  }
}

function glucoseContext(read: ByteReader): GattReading {
  const flags = read.u8()
  const sequence = u16le(read)
  if (has(flags, 7)) read.u8()
  const carbohydrate = has(flags, 0) ? { kind: read.u8(), kg: sfloat(read) } : undefined
  const meal = has(flags, 1) ? read.u8() : 0
  const people = has(flags, 2) ? read.u8() : undefined
  const exercise = has(flags, 3) ? { seconds: u16le(read), percent: read.u8() } : undefined
  const unit = has(flags, 5) ? ('L' as const) : ('kg' as const)
  const medication = has(flags, 4) ? { kind: read.u8(), amount: sfloat(read), unit } : undefined
  const hba1cPercent = has(flags, 6) ? sfloat(read) : undefined
  return {
    type: 'glucose-context',
    sequence,
    ...optional('carbohydrate', carbohydrate),
    ...optional('meal', meal >= 1 && meal <= 5 ? MEALS[meal as keyof typeof MEALS] : undefined),
    ...optional('tester', people === undefined ? undefined : people & 0xf),
    ...optional('health', people === undefined ? undefined : people >> 4),
    ...optional('exercise', exercise),
    ...optional('medication', medication),
    ...optional('hba1cPercent', hba1cPercent),
  }
}

function pulse(read: ByteReader): GattReading {
  const flags = read.u8()
  const perMinute = has(flags, 0) ? u16le(read) : read.u8()
  const energyKj = has(flags, 3) ? u16le(read) : undefined
  const intervals: number[] = []
  if (has(flags, 4)) while (read.left >= 2) intervals.push(u16le(read) / 1024)
  const hasNoContact = ((flags >> 1) & 3) === 2
  return {
    type: 'pulse',
    perMinute,
    ...optional('energyKj', energyKj),
    intervals,
    remarks: hasNoContact ? ['no-skin-contact'] : [],
  }
}

function temperature(read: ByteReader): GattReading {
  const flags = read.u8()
  const value = float(read)
  const at = has(flags, 1) ? dateTime(read) : undefined
  const site = has(flags, 2) ? read.u8() : undefined
  return {
    type: 'temperature',
    unit: has(flags, 0) ? '[degF]' : 'Cel',
    temperature: value,
    ...optional('at', at),
    ...optional('site', site),
    remarks: [],
  }
}

function oxygenSpot(read: ByteReader): GattReading {
  const flags = read.u8()
  const [saturation, perMinute] = [sfloat(read), sfloat(read)]
  const at = has(flags, 0) ? dateTime(read) : undefined
  const measured = has(flags, 1) ? u16le(read) : 0
  const sensor = has(flags, 2) ? u24le(read) : 0
  const amplitudePercent = has(flags, 3) ? sfloat(read) : undefined
  const isClockSet = !has(flags, 4)
  return {
    type: 'oxygen',
    isSpot: true,
    saturation,
    pulse: perMinute,
    // A clock that nobody set says nothing.
    ...optional('at', isClockSet ? at : undefined),
    ...optional('amplitudePercent', amplitudePercent),
    remarks: [...oxygenRemarks(measured, sensor), ...(isClockSet ? [] : (['clock-not-set'] as const))],
  }
}

function oxygenContinuous(read: ByteReader): GattReading {
  const flags = read.u8()
  const [saturation, perMinute] = [sfloat(read), sfloat(read)]
  // The same over fewer and over more beats: the normal one is what a display shows.
  for (const bit of [0, 1]) {
    if (!has(flags, bit)) continue
    sfloat(read)
    sfloat(read)
  }
  const measured = has(flags, 2) ? u16le(read) : 0
  const sensor = has(flags, 3) ? u24le(read) : 0
  const amplitudePercent = has(flags, 4) ? sfloat(read) : undefined
  return {
    type: 'oxygen',
    isSpot: false,
    saturation,
    pulse: perMinute,
    ...optional('amplitudePercent', amplitudePercent),
    remarks: oxygenRemarks(measured, sensor),
  }
}

const oxygenRemarks = (measured: number, sensor: number) => [
  ...flagsIn(measured, OXYGEN_STATUS),
  ...flagsIn(sensor, SENSOR_STATUS),
]

const DECODERS: Readonly<Record<Characteristic, (read: ByteReader) => GattReading>> = {
  'blood-pressure': pressure,
  weight,
  glucose,
  'glucose-context': glucoseContext,
  pulse,
  temperature,
  'oxygen-spot': oxygenSpot,
  'oxygen-continuous': oxygenContinuous,
}
