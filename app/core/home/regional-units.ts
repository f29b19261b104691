import type { Settings } from '../session.ts'

export type RegionalUnits = Pick<Settings, 'units' | 'labUnits'>

/** CLDR 45, `unitPreferenceData`: concentration, blood-glucose, millimole-per-liter. Everywhere else it is mg/dL. See NOTICES. */
const MOLAR =
  'AG AI AO AU BA BG BH BM BN BW BY CA CH CM CN CZ DK DM EE FI FJ GB GD HK HR HU IE IM IS KE KN KW KZ LC LI LT LU LV ' +
  'ME MG MK MO MS MT MU MY MZ NA NL NO NZ OM PG RS RU SE SG SI SK TC TO UA UG VC VG VN VU ZA'

/** The same: mass of a person in pounds, height in inches and temperature in °F, all three. */
const IMPERIAL = 'US'

/**
 * The units that people are used to where `locale` (BCP 47) is at home; where it names no region, in the likeliest one of its language.
 * Undefined for what is no locale.
 */
export function regionalUnits(locale: string): RegionalUnits | undefined {
  const region = regionOf(locale)
  if (region === undefined) return undefined
  return {
    units: region === IMPERIAL ? 'imperial' : 'metric',
    labUnits: MOLAR.split(' ').includes(region) ? 'molar' : 'mass',
  }
}

function regionOf(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale).maximize().region
  } catch {
    return undefined
  }
}
