/** Words of the simple view. */
export const simple = {
  'simple.set': 'Simple view: larger text, large buttons, fewer things at a time. On this device alone.',
  'simple.label': 'What would you like to do?',
  'simple.home': 'To the start page',
  'simple.medicines': 'My medicines',
  'simple.measure': 'Write down a measurement',
  'simple.results': 'My results',
  'simple.record': 'My record and papers',
  'simple.card': 'Emergency card',
  'simple.doctor': 'Show a doctor',
  'simple.more': 'Everything else',
} as const
