import { SYSTEMS } from './systems.ts'
import type { Coding, Quantity } from '../record/entry.ts'

/** What a laboratory measures either by mass or by amount of substance. `factor`: how much of `molar` one of `mass` is. UCUM units. */
interface Analyte {
  readonly name: string
  readonly mass: string
  readonly molar: string
  readonly factor: number
  readonly loinc: readonly string[]
}

/**
 * Only these are ever converted between mg/dL and mmol/L or µmol/L, each by its own factor: those of the AMA Manual of Style (10th
 * edition, "SI Conversion Calculator"), which the American journals ask authors to use
 * (http://w3.csmu.edu.tw/~chr/Int_unit_conversion.htm has the table). LOINC 2.78: the codes of serum, plasma and blood.
 */
export const ANALYTES: readonly Analyte[] = [
  {
    name: 'glucose',
    mass: 'mg/dL',
    molar: 'mmol/L',
    factor: 0.05551,
    loinc: [
      '2345-7',
      '2339-0',
      '1558-6',
      '41653-7',
      '2340-8',
      '14749-6',
      '15074-8',
      '14771-0',
      '14743-9',
      '99504-3',
      '105272-9',
    ],
  },
  { name: 'cholesterol', mass: 'mg/dL', molar: 'mmol/L', factor: 0.02586, loinc: ['2093-3', '14647-2'] },
  { name: 'HDL cholesterol', mass: 'mg/dL', molar: 'mmol/L', factor: 0.02586, loinc: ['2085-9', '14646-4'] },
  {
    name: 'LDL cholesterol',
    mass: 'mg/dL',
    molar: 'mmol/L',
    factor: 0.02586,
    loinc: ['13457-7', '18262-6', '2089-1', '22748-8', '39469-2'],
  },
  { name: 'triglycerides', mass: 'mg/dL', molar: 'mmol/L', factor: 0.01129, loinc: ['2571-8', '14927-8'] },
  { name: 'creatinine', mass: 'mg/dL', molar: 'umol/L', factor: 88.4, loinc: ['2160-0', '14682-9'] },
  { name: 'bilirubin', mass: 'mg/dL', molar: 'umol/L', factor: 17.1, loinc: ['1975-2', '14631-6'] },
  { name: 'calcium', mass: 'mg/dL', molar: 'mmol/L', factor: 0.2495, loinc: ['17861-6', '2000-8'] },
  { name: 'urate', mass: 'mg/dL', molar: 'umol/L', factor: 59.48, loinc: ['3084-1', '14933-6'] },
]

const ANALYTE_BY_LOINC: ReadonlyMap<string, Analyte> = new Map(
  ANALYTES.flatMap(analyte => analyte.loinc.map(code => [code, analyte] as const)),
)

/** What a result is of, where it is one of these. */
export function analyteOf(codes: readonly Coding[]): Analyte | undefined {
  for (const { system, code } of codes) {
    const found = system === SYSTEMS.loinc && code !== undefined ? ANALYTE_BY_LOINC.get(code) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** Significant digits of what was converted: no more than the factors have. */
const DIGITS = 4

/**
 * The same result in `unit`. Undefined unless both are the mass and the molar unit of what its codes say it is of: one number of mg/dL
 * is another of mmol/L for each substance.
 */
export function inAnalyteUnit(quantity: Quantity, codes: readonly Coding[], unit: string): Quantity | undefined {
  if (!quantity.isUcum) return undefined
  if (quantity.unit === unit) return quantity
  const analyte = analyteOf(codes)
  if (analyte === undefined) return undefined
  const isToMolar = quantity.unit === analyte.mass && unit === analyte.molar
  const isToMass = quantity.unit === analyte.molar && unit === analyte.mass
  if (!isToMolar && !isToMass) return undefined
  const value = isToMolar ? quantity.value * analyte.factor : quantity.value / analyte.factor
  return { ...quantity, unit, value: Number(value.toPrecision(DIGITS)) }
}
