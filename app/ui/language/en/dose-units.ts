/** What a dose is counted in (`dose-units.ts`): a number of them. */
export const doseUnits = {
  'counted.tablet': { one: '{amount} tablet', other: '{amount} tablets' },
  'counted.tableta': { one: '{amount} tablet', other: '{amount} tablets' },
  'counted.pill': { one: '{amount} pill', other: '{amount} pills' },
  'counted.capsule': { one: '{amount} capsule', other: '{amount} capsules' },
  'counted.drop': { one: '{amount} drop', other: '{amount} drops' },
  'counted.puff': { one: '{amount} puff', other: '{amount} puffs' },
  'counted.spray': { one: '{amount} spray', other: '{amount} sprays' },
  'counted.patch': { one: '{amount} patch', other: '{amount} patches' },
  'counted.sachet': { one: '{amount} sachet', other: '{amount} sachets' },
  'counted.suppository': { one: '{amount} suppository', other: '{amount} suppositories' },
  'counted.injection': { one: '{amount} injection', other: '{amount} injections' },
  'counted.ampoule': { one: '{amount} ampoule', other: '{amount} ampoules' },
  'counted.teaspoon': { one: '{amount} teaspoon', other: '{amount} teaspoons' },
  'counted.unit': { one: '{amount} unit', other: '{amount} units' },
  'counted.dose': { one: '{amount} dose', other: '{amount} doses' },
} as const
