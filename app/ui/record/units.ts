import type { Settings } from '#app/core/session.ts'
import { analyteOf, inAnalyteUnit } from '#schema/codes/analytes.ts'
import type { Coding, Quantity } from '#schema/record/entry.ts'

export type Units = Settings['units']
/** In what somebody reads quantities. */
export type ReaderUnits = Pick<Settings, 'units' | 'labUnits'>

/** The international pound, exactly. */
const KG_PER_POUND = 0.45359237
const CM_PER_INCH = 2.54

export const poundsFromKg = (kg: number) => kg / KG_PER_POUND

/** To the gram, which brings tenths of a pound back as they were typed. */
export const kgFromPounds = (pounds: number) => Math.round(pounds * KG_PER_POUND * 1000) / 1000

/** Units of bodies by UCUM code, and what each is in the other system. Grams and ounces are doses: never converted. */
const IMPERIAL: Readonly<Record<string, readonly [string, (value: number) => number]>> = {
  kg: ['[lb_av]', poundsFromKg],
  cm: ['[in_i]', value => value / CM_PER_INCH],
  m: ['[ft_i]', value => value / (CM_PER_INCH * 0.12)],
  Cel: ['[degF]', value => value * 1.8 + 32],
}

const METRIC: Readonly<Record<string, readonly [string, (value: number) => number]>> = {
  '[lb_av]': ['kg', value => value * KG_PER_POUND],
  '[in_i]': ['cm', value => value * CM_PER_INCH],
  '[ft_i]': ['cm', value => value * CM_PER_INCH * 12],
  '[degF]': ['Cel', value => (value - 32) / 1.8],
}

/**
 * The same quantity in the reader's units; untouched where there is no fixed conversion (laboratory units keep what
 * the laboratory wrote). Rounded to a tenth, which is what scales and thermometers show.
 */
export function inUnits(quantity: Quantity, units: Units): Quantity {
  if (!quantity.isUcum) return quantity
  const conversion = (units === 'imperial' ? IMPERIAL : METRIC)[quantity.unit]
  if (conversion === undefined) return quantity
  const [unit, convert] = conversion
  return { ...quantity, unit, value: Math.round(convert(quantity.value) * 10) / 10 }
}

/**
 * The same result by mass or by amount of substance, as the reader wants it; untouched where its codes do not say for certain by which
 * factor.
 */
export function inLabUnits(quantity: Quantity, codes: readonly Coding[], labUnits: ReaderUnits['labUnits']): Quantity {
  const analyte = labUnits === 'reported' ? undefined : analyteOf(codes)
  if (labUnits === 'reported' || analyte === undefined) return quantity
  return inAnalyteUnit(quantity, codes, analyte[labUnits]) ?? quantity
}
