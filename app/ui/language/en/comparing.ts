/** Words of two periods of a measure beside each other. */
export const comparing = {
  'beside.with': 'Compare with',
  'beside.with.before': 'As many days before',
  'beside.with.none': 'Nothing',
  'beside.from': 'Compared days: from',
  'beside.to': 'Compared days: to',
  'beside.about': 'This period, and the days you compare it with. Times are those on the clock where you were.',
  'beside.about.alone': 'This period. Times are those on the clock where you were.',
  'beside.choose': 'Choose the days to compare with.',
  'beside.none': 'There are no values in the days you compare with.',
  'beside.lower': '{what}: {now} on average, {by} lower than in the compared days ({other}).',
  'beside.higher': '{what}: {now} on average, {by} higher than in the compared days ({other}).',
  'beside.same': '{what}: {now} on average, about the same as in the compared days.',
  'beside.share': 'Within the goal: {now}% of the values in this period, {other}% in the compared days.',
  'beside.shared': 'The two periods have days in common. The values of those days count in both.',
  'beside.meaning': 'These are only numbers. Ask your care team what a difference means for you.',
} as const
