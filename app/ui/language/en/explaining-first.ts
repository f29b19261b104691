/** Words of new results that are shown with an explanation first (decision 47). */
export const explainingFirst = {
  'first.set': 'Explain the test before showing a new result',
  'first.set.about':
    'A result of the last 30 days then opens with what its test is, and one tap shows it. What a laboratory marked critical, and tests without an explanation here, are shown at once.',
  'first.row': 'New: open to see it',
  'first.about': 'There is a new result. First what this test is, as you chose; then see the result whenever you like.',
  'first.show': 'Show the result',
  'first.off': 'You can turn this off on the page of test results, or in the settings.',
} as const
