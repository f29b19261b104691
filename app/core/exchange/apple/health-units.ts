import { type WrittenNumber, writtenNumber } from '../cda/fhir-json.ts'

/** UCUM for HealthKit's spellings (https://developer.apple.com/documentation/healthkit/hkunit), where they differ from it. */
const UCUM: Readonly<Record<string, string>> = {
  'count/min': '/min',
  bpm: '/min',
  count: '{count}',
  'count/s': '/s',
  mmHg: 'mm[Hg]',
  lb: '[lb_av]',
  st: '[stone_av]',
  oz: '[oz_av]',
  ft: '[ft_i]',
  in: '[in_i]',
  yd: '[yd_i]',
  mi: '[mi_i]',
  degC: 'Cel',
  degF: '[degF]',
  Cal: 'kcal',
  hr: 'h',
  mcg: 'ug',
  mcS: 'uS',
  IU: '[IU]',
  fl_oz_us: '[foz_us]',
  cup_us: '[cup_us]',
  dBASPL: 'dB[SPL]',
  dBHL: 'dB',
  D: '[diop]',
  'ft/s': '[ft_i]/s',
  'km/hr': 'km/h',
  'mi/hr': '[mi_i]/h',
  'mL/min·kg': 'mL/min/kg',
  'ml/(kg*min)': 'mL/min/kg',
  'mL/kg·min': 'mL/min/kg',
  'kcal/hr·kg': 'kcal/h/kg',
  'kcal/(hr·kg)': 'kcal/h/kg',
}
/** Written the same in both. */
const SAME = new Set(
  '% kg g mg ug cm m km mm mL L dL ms s min h kcal kJ mg/dL mmol/L L/min L/s m/s cm/s K W J Pa kPa mV V uS S rad deg'.split(
    ' ',
  ),
)
/** What a HealthKit unit is multiplied by where a FHIR profile admits only another (https://hl7.org/fhir/R4/bodyheight.html), each exact. */
const WITHIN: Readonly<Record<string, Readonly<Record<string, readonly [string, number]>>>> = {
  HKQuantityTypeIdentifierHeight: { '[ft_i]': ['[in_i]', 12], m: ['cm', 100], mm: ['cm', 0.1] },
  HKQuantityTypeIdentifierBodyMass: { '[stone_av]': ['[lb_av]', 14] },
}
const BMI = 'HKQuantityTypeIdentifierBodyMassIndex'

export interface HealthUnit {
  /** UCUM where `isUcum`, else as written. */
  readonly unit: string
  readonly isUcum: boolean
  /** What a value is multiplied by. */
  readonly factor: number
}

/** How a unit of an export is called by UCUM. `mmol<180.15…>/L` names the molar mass of glucose; it is mmol/L all the same. */
export function healthUnit(type: string, written: string): HealthUnit {
  if (type === BMI) return { unit: 'kg/m2', isUcum: true, factor: 1 }
  const plain = written.replace(/<[\d.]{1,30}>/, '')
  const unit = Object.hasOwn(UCUM, plain) ? UCUM[plain] : SAME.has(plain) ? plain : undefined
  if (unit === undefined) return { unit: plain, isUcum: false, factor: 1 }
  const [other, factor] = WITHIN[type]?.[unit] ?? [unit, 1]
  return { unit: other, isUcum: true, factor }
}

/** A number as HealthKit writes it, in `unit`: percentages are fractions there, unless an app wrote more than 1. NaN for no number. */
export function healthNumber(written: string | undefined, { unit, factor }: HealthUnit): number {
  const value = written === undefined || written.trim() === '' ? Number.NaN : Number(written)
  if (unit === '%' && Math.abs(value) <= 1) return rounded(value * 100)
  return factor === 1 ? value : rounded(value * factor)
}

/** Twelve digits: more than anything is measured to, and without what binary fractions add. */
const rounded = (value: number) => Number(value.toPrecision(12))

/** The same with the digits it was written with, where it stays as it is. */
export function writtenHealthNumber(written: string, unit: HealthUnit): WrittenNumber | undefined {
  const value = healthNumber(written, unit)
  if (!Number.isFinite(value)) return undefined
  return writtenNumber(value === Number(written) ? written : String(value))
}
