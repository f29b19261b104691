/** Words around what a test is (decision 41); the explanations themselves are loaded when somebody asks. */
export const explain = {
  'explain.what': 'What is this?',
  'explain.ask': 'Ask whoever ordered the test what your own result means.',
  'explain.own': 'Wellkeep wrote this in its own words, in every language; the translations are Wellkeep’s own.',
  'explain.source': 'After MedlinePlus, National Library of Medicine (USA), read on {date}:',
} as const
