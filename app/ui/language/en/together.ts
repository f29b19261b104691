/** Words of several people writing in one record: who wrote what. */
export const together = {
  'author.added': 'Added by {name}',
  'author.addedByYou': 'Added by you',
  'author.addedBySomebody': 'Added by somebody with access',
  'author.at': '{when}, by {name}',
  'author.atByYou': '{when}, by you',
  'author.atByYouOn': '{when}, by you on “{device}”',
  'author.atBySomebody': '{when}, by somebody with access',
  'author.addedFormer': 'Added by “{name}”, guardian until the hand-over',
  'author.addedByFormer': 'Added by a guardian until the hand-over',
  'author.atFormer': '{when}, by “{name}”, guardian until the hand-over',
  'author.atByFormer': '{when}, by a guardian until the hand-over',
  'sync.problem.late.title': 'Written after you stopped sharing',
  'sync.problem.late.text': {
    one: 'Somebody wrote in your record without knowing yet that they no longer may. Nothing of it is in your record until you decide.',
    other:
      '{count} people wrote in your record without knowing yet that they no longer may. Nothing of it is in your record until you decide.',
  },
  'late.look': 'See what it is',
  'late.title': 'Written too late',
  'late.lead':
    'By people you had stopped sharing with, or on devices you had removed, before they knew. It is kept, and not part of your record unless you take it in.',
  'late.none': 'Nothing to decide',
  'late.by': { one: '{name} wrote one thing', other: '{name} wrote {count} things' },
  'late.byDevice': { one: 'One thing was written on “{device}”', other: '{count} things were written on “{device}”' },
  'late.bySomebody': { one: 'Somebody wrote one thing', other: 'Somebody wrote {count} things' },
  'late.when': 'Last on {when}, by their clock. Take in only what you would have believed.',
  'late.added': 'New',
  'late.changed': 'Changed',
  'late.binned': 'To the bin',
  'late.now': 'Now: {title}',
  'late.take': 'Take it in',
  'late.leave': 'Leave it out',
  'late.take.title': 'Take this into your record?',
  'late.take.text':
    'It becomes part of your record, on all your devices, and whoever you share these sections with sees it. It stays marked with who wrote it.',
  'late.leave.title': 'Leave this out of your record?',
  'late.leave.text':
    'It is not shown again, and nobody is told. If you need it after all, whoever wrote it has to tell you.',
  'late.taken': 'Taken into your record',
  'late.left': 'Left out. It is kept, and not shown again.',
} as const
